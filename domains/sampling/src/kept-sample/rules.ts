import { type Calendar, type ClockRule, computeDeadline } from '@hengjian/calendar';
import { type Refusal, refuse } from '@hengjian/kernel';
import type { KeptSampleRow } from './entity.ts';

const retention = (amount: number, article: string): ClockRule => ({
  kind: 'not-before',
  unit: 'month',
  amount,
  basis: `《食品安全抽样检验管理办法》${article}`,
});

/** How long back-up samples of food are kept from the conclusion on (order 15 art. 25). */
export const retentionRules = {
  conforms: retention(3, '第二十五条第一款'),
  fails: retention(6, '第二十五条第二款'),
} as const;

/** The first day on which a back-up sample may go: after its months, or after its shelf life where that is shorter. */
export function keptUntil(
  row: Pick<KeptSampleRow, 'kind' | 'conclusion' | 'keepUntil' | 'shelfLifeUntil'>,
  calendar: Calendar,
): string | null {
  if (row.kind !== 'backup' || !row.keepUntil) return null;
  const rule = row.conclusion === 'conforms' ? retentionRules.conforms : retentionRules.fails;
  const opens = computeDeadline(rule, row.keepUntil, calendar).opensOn!;
  return row.shelfLifeUntil && row.shelfLifeUntil < opens ? row.shelfLifeUntil : opens;
}

/** What was lent free and passed goes back (order 18 art. 34(1)); nothing else has to. */
export const mustBeReturned = ({ kind, conclusion }: Pick<KeptSampleRow, 'kind' | 'conclusion'>): boolean =>
  kind === 'spare' && conclusion === 'conforms';

export const mayReturn = (row: KeptSampleRow): true | Refusal =>
  mustBeReturned(row) ||
  refuse(
    'not-to-return',
    '只有检验结论为合格且无偿提供的样品应当退还，其他样品按规定处理（第三十四条）。',
    'Only what was lent free and passed is returned; the rest is disposed of (art. 34).',
  );

/** Nothing is disposed of that must go back, or before its time. */
export function checkDisposal(
  row: KeptSampleRow,
  input: { fate: string; fateOn: string },
  today: string,
  calendar: Calendar,
): true | Refusal {
  if (mustBeReturned(row) && input.fate !== 'waived')
    return refuse(
      'to-return',
      '检验结论为合格的无偿样品应当及时退还；企业书面放弃的才可处置（第三十四条第一款）。',
      'A passing sample that was lent goes back, unless the firm waives it in writing (art. 34(1)).',
      'fate',
    );
  if (!mustBeReturned(row) && input.fate === 'waived')
    return refuse('nothing-to-waive', '该样品不属应当退还的样品。', 'This sample is not one that goes back.', 'fate');
  if (input.fateOn > today || input.fateOn < row.releasedOn!)
    return refuse(
      'disposed-on',
      '处置日期应在异议期满之后、今天之前。',
      'It is disposed of after the term to object and not in the future.',
      'fateOn',
    );
  const until = keptUntil(row, calendar);
  return (
    until === null ||
    input.fateOn >= until ||
    (row.conclusion === 'conforms' && input.fate === 'reused') ||
    refuse(
      'kept-longer',
      `复检备份样品应当保存至 ${until}（总局令第15号第二十五条）。`,
      `The back-up sample is kept until ${until} (order 15 art. 25).`,
      'fateOn',
    )
  );
}
