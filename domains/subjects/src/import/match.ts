import { hash } from 'node:crypto';
import { isCreditCode, isRegionWithin } from '@hengjian/identifiers';
import type { EnterpriseRow, Facts } from '../enterprise/entity.ts';
import { isSame } from '../enterprise/history.ts';
import type { CodeHolder } from '../enterprise/reading.ts';
import type { ReadRow } from './row.ts';

/** What the register holds of an enterprise, as far as a row is compared with it. */
export type Held = Facts &
  Pick<EnterpriseRow, 'id' | 'office' | 'state' | 'source' | 'sourceKey' | 'sourceMarks' | 'effectiveOn'>;

/** What becomes of a row. */
export type Decision =
  | { kind: 'new'; sharing: Held[] }
  | { kind: 'unchanged'; held: Held }
  | { kind: 'changed'; held: Held; changes: Partial<Facts> }
  /** The file is older than what is held. */
  | { kind: 'older'; held: Held }
  /** The enterprise was merged into another or made void here; the file does not bring it back. */
  | { kind: 'ended'; held: Held }
  | { kind: 'repeated'; held: Held; differs: boolean }
  | { kind: 'elsewhere'; holder: CodeHolder };

/** What is known of the register while a chunk of rows is compared with it. */
export interface Known {
  byCode: Map<string, Held[]>;
  byName: Map<string, Held[]>;
  /** Holders of codes whose records the importer may not see. */
  elsewhere: Map<string, CodeHolder[]>;
  /** Enterprises that a row of this file has met already, with the digest of that row. */
  met: Map<string, string>;
  source: string;
  asOf: string;
}

/** Adds an enterprise to what is known, so that later rows meet it too. */
export function remember(known: Known, held: Held): void {
  const add = (map: Map<string, Held[]>, key: string): unknown => map.set(key, [...(map.get(key) ?? []), held]);
  if (held.creditCode) add(known.byCode, held.creditCode);
  add(known.byName, plain(held.name));
}

/** Notes that a row of the file is about an enterprise. */
export function meet(known: Known, held: Held, row: ReadRow): void {
  if (!known.met.has(held.id)) known.met.set(held.id, digestOf(row));
}

/**
 * Decides about one row. A right credit code identifies (order 112), also under another name; a wrong one only together with the
 * name; where one side has no right code, name and place (or the source's own number) identify, so that a code that is given or put
 * right later finds its enterprise. A second row with the same right code and another name is another enterprise that shares the
 * code: kept, and queued as an issue.
 */
export function decide(row: ReadRow, known: Known): Decision {
  const { facts } = row;
  const code = facts.creditCode;
  const isMet = (held: Held): boolean => known.met.has(held.id);
  const found = (held: Held): Decision =>
    isMet(held)
      ? { kind: 'repeated', held, differs: known.met.get(held.id) !== digestOf(row) }
      : compare(row, held, known);
  const sameName = (known.byName.get(plain(facts.name)) ?? []).filter((held) => isAtSamePlace(held, row, known.source));
  if (!code) return sameName[0] === undefined ? { kind: 'new', sharing: [] } : found(sameName[0]);
  const sameCode = known.byCode.get(code) ?? [];
  const own = sameCode.find((held) => isCalled(held, facts.name));
  if (own !== undefined) return found(own);
  const right = isCreditCode(code);
  const renamed = right ? sameCode.find((held) => isLive(held) && !isMet(held)) : undefined;
  if (renamed !== undefined) return compare(row, renamed, known);
  const holder = known.elsewhere.get(code)?.find(({ name }) => right || plain(name) === plain(facts.name));
  if (holder !== undefined && sameCode.length === 0) return { kind: 'elsewhere', holder };
  const uncoded = right ? sameName.find((held) => !isMet(held) && !isCreditCode(held.creditCode ?? '')) : undefined;
  if (uncoded !== undefined) return compare(row, uncoded, known);
  return { kind: 'new', sharing: right ? sameCode.filter(isLive) : [] };
}

const digestOf = (row: ReadRow): string => hash('sha256', JSON.stringify(marksOf(row)), 'hex');
const isLive = ({ state }: Held): boolean => state === 'registered' || state === 'closed';
const plain = (name: string): string => name.normalize('NFKC').replaceAll(/\s/g, '');
const isCalled = (held: Held, name: string): boolean =>
  [held.name, ...(held.aliases ?? [])].some((one) => plain(one) === plain(name));

function isAtSamePlace(held: Held, { facts, sourceKey }: ReadRow, source: string): boolean {
  if (sourceKey !== null && held.sourceKey !== null && held.source === source) return sourceKey === held.sourceKey;
  return plain(held.address ?? '') === plain(facts.address ?? '');
}

/** What the source said differently from the last time, and the register does not say yet. Blank cells change nothing. */
function compare(row: ReadRow, held: Held, { source, asOf }: Known): Decision {
  if (!isLive(held)) return { kind: 'ended', held };
  const marks = marksOf(row);
  const before = held.source === source ? ((held.sourceMarks ?? {}) as Record<string, unknown>) : {};
  const changes = Object.fromEntries(
    row.given
      .filter((name) => marks[name] !== before[name] && isNews(name, row.facts, held))
      .map((name) => [name, row.facts[name]]),
  ) as Partial<Facts>;
  if (Object.keys(changes).length === 0) return { kind: 'unchanged', held };
  return asOf < held.effectiveOn ? { kind: 'older', held } : { kind: 'changed', held, changes };
}

function isNews(name: keyof Facts, facts: Facts, held: Held): boolean {
  if (isSame(facts[name], held[name])) return false;
  if (name === 'name') return !isCalled(held, facts.name);
  // A ledger that only knows the city says nothing against the county that is held.
  if (name === 'region') return !(held.region && facts.region && isRegionWithin(held.region, facts.region));
  return true;
}

/** A short digest of each fact that the file gives: tells next time what the source itself has changed since. */
export function marksOf({ facts, given }: ReadRow): Record<string, string> {
  return Object.fromEntries(
    given.map((name) => [name, hash('sha256', JSON.stringify(facts[name]), 'hex').slice(0, 12)]),
  );
}
