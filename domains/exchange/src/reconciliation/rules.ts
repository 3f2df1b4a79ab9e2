/** One item as one side holds it. `values` are those that are compared; the counterpart's list may show a few only. */
export interface Item {
  key: string;
  message: string;
  foreignNumber: string | null;
  values: Record<string, string>;
}
export interface OurItem extends Item {
  dispatch: string;
  matter: string;
}

export const differenceKinds = {
  'only-ours': { zh: '只有我方有', en: 'Only with us' },
  'only-theirs': { zh: '只有对方有', en: 'Only with them' },
  differing: { zh: '内容不一致', en: 'Contents differ' },
} as const;
export type DifferenceKind = keyof typeof differenceKinds;

export interface Difference {
  ordinal: number;
  kind: DifferenceKind;
  key: string;
  message: string;
  matter: string | null;
  dispatch: string | null;
  foreignNumber: string | null;
  /** Where both have it and say otherwise. */
  fields: { field: string; ours: string; theirs: string }[];
}

export interface Comparison {
  ours: number;
  theirs: number;
  matched: number;
  onlyOurs: number;
  onlyTheirs: number;
  differing: number;
  differences: Difference[];
}

/**
 * Compares two lists: by key, else by the number there. Every item of either side is counted once:
 * ours = matched + differing + only ours, theirs = matched + differing + only theirs.
 */
export function compare(ours: readonly OurItem[], theirs: readonly Item[]): Comparison {
  const byKey = new Map(theirs.map((item) => [item.key, item]));
  const byNumber = new Map(theirs.filter((item) => item.foreignNumber).map((item) => [item.foreignNumber!, item]));
  const used = new Set<Item>();
  const differences: Omit<Difference, 'ordinal'>[] = [];
  let matched = 0;
  for (const item of ours) {
    const candidate = byKey.get(item.key) ?? (item.foreignNumber ? byNumber.get(item.foreignNumber) : undefined);
    const other = candidate && !used.has(candidate) ? candidate : undefined;
    const { key, message, matter, dispatch, foreignNumber } = item;
    if (other === undefined) {
      differences.push({ kind: 'only-ours', key, message, matter, dispatch, foreignNumber, fields: [] });
      continue;
    }
    used.add(other);
    const fields = fieldsThatDiffer(item, other);
    if (fields.length === 0) matched += 1;
    else
      differences.push({
        kind: 'differing',
        key,
        message,
        matter,
        dispatch,
        foreignNumber: other.foreignNumber,
        fields,
      });
  }
  for (const item of theirs)
    if (!used.has(item))
      differences.push({
        kind: 'only-theirs',
        key: item.key,
        message: item.message,
        matter: null,
        dispatch: null,
        foreignNumber: item.foreignNumber,
        fields: [],
      });
  const count = (kind: DifferenceKind): number => differences.filter((one) => one.kind === kind).length;
  return {
    ours: ours.length,
    theirs: theirs.length,
    matched,
    onlyOurs: count('only-ours'),
    onlyTheirs: count('only-theirs'),
    differing: count('differing'),
    differences: differences.map((one, index) => ({ ordinal: index + 1, ...one })),
  };
}

/** How a side that has no value is shown. */
const nothing = '—';

/** The number there, and each value that the counterpart shows. */
function fieldsThatDiffer(ours: OurItem, theirs: Item): Difference['fields'] {
  const fields = Object.entries(theirs.values)
    .filter(([name, value]) => (ours.values[name] ?? '') !== value)
    .map(([name, value]) => ({ field: name, ours: ours.values[name] || nothing, theirs: value || nothing }));
  if (ours.foreignNumber !== null && ours.foreignNumber !== theirs.foreignNumber)
    fields.unshift({ field: '国家系统编号', ours: ours.foreignNumber, theirs: theirs.foreignNumber ?? nothing });
  return fields;
}
