import type { Label, Transaction } from '@hengjian/kernel';
import { type DrawUse, type Representation, representationFrom, representationNotes } from '@hengjian/sampling';

/** What a rate may be taken for: as its scheme was drawn, or put together of several schemes, or of draws that nobody here sees. */
export type Basis = Representation | 'pooled' | 'unknown' | 'none';

const notes: Record<Exclude<Basis, Representation>, Label> = {
  pooled: {
    zh: '由多次抽查合并计算，各次的抽样框和抽取比例不同，仅反映所检批次，不代表市场总体质量。',
    en: 'Put together of several campaigns with different frames: it describes the batches tested, not the market.',
  },
  unknown: {
    zh: '看不到抽取方式，不能作为总体质量的估计。',
    en: 'How the firms were drawn is not seen here: no estimate of the market.',
  },
  none: { zh: '没有检验任何批次，没有合格率。', en: 'No batch was tested: there is no rate.' },
};

export interface Worth {
  basis: Basis;
  representative: boolean;
  note: Label;
}

export const worthOf = (basis: Basis): Worth => ({
  basis,
  representative: basis === 'random',
  note: basis in notes ? notes[basis as keyof typeof notes] : representationNotes[basis as Representation],
});

/** A line of counts, as far as the way of drawing goes. */
export interface Drawn {
  n: number;
  targeted: number;
  firstScheme: string | null;
  lastScheme: string | null;
}

/** Looks up how the schemes were drawn of which a line holds one alone. */
export async function readBases(sql: Transaction, lines: readonly Drawn[]): Promise<(line: Drawn) => Basis> {
  const alone = new Set(
    lines.flatMap(({ firstScheme, lastScheme }) =>
      firstScheme !== null && firstScheme === lastScheme ? [firstScheme] : [],
    ),
  );
  const rows =
    alone.size === 0
      ? []
      : await sql.query<DrawUse & { scheme: string }>(
          'select scheme, strata, method from reporting.draw_fact where drawn and scheme = any($1::text[])',
          [[...alone]],
        );
  const draws = Map.groupBy(rows, ({ scheme }) => scheme);
  return ({ n, targeted, firstScheme, lastScheme }) => {
    if (n === 0) return 'none';
    if (targeted > 0) return 'targeted';
    if (firstScheme !== lastScheme) return 'pooled';
    const found = draws.get(firstScheme!);
    return found === undefined ? 'unknown' : representationFrom(found, 0);
  };
}
