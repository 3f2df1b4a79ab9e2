import { canonicalUri } from '../identifiers/canonical-uri.ts';
import type { JsonValue, Vocabulary } from '../model.ts';

/** Master data as queries use it: attributes by identifier, and what lies below what. Identifiers are canonical. */
export interface MasterData {
  readonly attributes: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly children: ReadonlyMap<string, readonly string[]>;
}

/** Makes master data of the vocabularies of documents; later ones add to earlier ones. */
export function masterDataOf(vocabularies: readonly Vocabulary[]): MasterData {
  const attributes = new Map<string, Map<string, string>>();
  const children = new Map<string, string[]>();
  for (const { vocabularyElementList = [] } of vocabularies) {
    for (const element of vocabularyElementList) {
      const id = canonicalUri(element.id);
      const known = attributes.get(id) ?? new Map<string, string>();
      for (const one of element.attributes ?? []) known.set(one.id, textOf(one.attribute));
      attributes.set(id, known);
      if (element.children === undefined) continue;
      children.set(id, [...(children.get(id) ?? []), ...element.children.map(canonicalUri)]);
    }
  }
  return { attributes, children };
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value ?? '');
}

/** An identifier with everything below it (EPCIS 2.0 §6.5, `WD_` parameters). A circle in the data ends where it began. */
export function withDescendants(id: string, { children }: MasterData): Set<string> {
  const found = new Set<string>();
  const open = [canonicalUri(id)];
  while (open.length > 0) {
    const next = open.pop()!;
    if (found.has(next)) continue;
    found.add(next);
    open.push(...(children.get(next) ?? []));
  }
  return found;
}
