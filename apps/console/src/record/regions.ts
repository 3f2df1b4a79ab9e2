/** Names of regions by code, as far as a page has asked for them: what shows a region asks first and then reads here. */
import { useCodeNames } from '../action/codes.ts';
import type { FieldView } from '../api.ts';

const known = new Map<string, string>();

/** The region's name where it is known by now, else its code. */
export function regionName(code: string): string {
  return known.get(code) ?? code;
}

/** Every region's code in values of these fields, in groups and lists, too. */
export function regionCodes(values: Record<string, unknown>, fields: readonly FieldView[]): string[] {
  return fields.flatMap((field) => {
    const value = values[field.name];
    if (field.type === 'region') return typeof value === 'string' && value !== '' ? [value] : [];
    if (!field.item || typeof value !== 'object' || value === null) return [];
    const rows = Array.isArray(value) ? value : [value];
    return rows.flatMap((row) =>
      typeof row === 'object' && row !== null ? regionCodes(row as Record<string, unknown>, field.item ?? []) : [],
    );
  });
}

/** Asks for the names of these codes; the page that asks is drawn again when they have come. */
export function useRegionNames(codes: readonly string[]): void {
  const names = useCodeNames('regions', codes);
  for (const [code, { within, zh }] of names)
    known.set(code, [...within.split(' · ').slice(1), zh].filter(Boolean).join(''));
}
