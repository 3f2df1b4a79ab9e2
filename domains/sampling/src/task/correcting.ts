import { type Act, field, type Refusal, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import type { TaskRow } from './entity.ts';
import { forgetSixMonths, keysFor } from './six-months.ts';

/** What of a signed sheet may be put right; quantities and seals are facts of the bags themselves and are not. */
export const correctable = {
  place: { zh: '抽样地点', en: 'Place' },
  storage: { zh: '贮存环境', en: 'Storage' },
  sampleName: { zh: '样品名称', en: 'Name on the product' },
  trademark: { zh: '商标', en: 'Trademark' },
  model: { zh: '规格型号', en: 'Model' },
  batch: { zh: '生产日期或批号', en: 'Batch or date of production' },
  grade: { zh: '产品等级', en: 'Grade' },
  standard: { zh: '执行标准', en: 'Standard' },
} as const;
type Correctable = keyof typeof correctable;

const what = field.choice('更正项目', correctable, { en: 'What is corrected' });
const why = field.text('更正理由', { en: 'Why', max: 500 });

/** One correction as it is kept: the old words stay readable beside the new ones. */
export const Correction = z.object({
  on: field.date('更正日期', { en: 'On' }),
  by: field.text('更正人', { en: 'By' }),
  what,
  before: field.text('原记录', { en: 'Before', max: 300 }),
  after: field.text('更正为', { en: 'After', max: 300 }),
  why,
  confirmedBy: field.text('确认人', { en: 'Confirmed by' }),
  confirmedHow: field.choice(
    '确认方式',
    { signature: { zh: '签名', en: 'Signature' }, stamp: { zh: '盖章', en: 'Stamp' } },
    { en: 'How it was confirmed' },
  ),
});
type Correction = z.infer<typeof Correction>;

export const SheetCorrection = z.strictObject({
  corrections: field.list('更正内容', z.object({ what, after: field.text('更正为', { en: 'After', max: 300 }), why }), {
    en: 'Corrections',
    max: 20,
  }),
  confirmedBy: field.text('被抽样单位确认人', {
    en: 'Confirmed for the firm by',
    personal: { zh: '证明更正经确认', en: 'to prove the confirmation' },
  }),
  confirmedHow: Correction.shape.confirmedHow,
});
type SheetCorrection = z.infer<typeof SheetCorrection>;

const valuesOf = ({ corrections }: SheetCorrection): Partial<Record<Correctable, string>> =>
  Object.fromEntries(corrections.map(({ what: name, after }) => [name, after]));

/** A signed sheet is put right where it was wrong, and the party confirms each place (order 18 art. 19(4)). */
export function checkCorrection(row: TaskRow, input: SheetCorrection): true | Refusal {
  if (input.corrections.length === 0)
    return refuse('nothing-to-correct', '没有填写更正内容。', 'Nothing is corrected.', 'corrections');
  const twice = new Set(input.corrections.map(({ what: name }) => name)).size !== input.corrections.length;
  if (twice)
    return refuse('corrected-twice', '同一项目更正了两次。', 'The same place is corrected twice.', 'corrections');
  const same = input.corrections.findIndex(({ what: name, after }) => row[name] === after);
  return (
    same < 0 ||
    refuse(
      'same-words',
      '更正后的内容与原记录相同。',
      'The corrected words are those that stand there.',
      `corrections.${same}.after`,
    )
  );
}

/** The product may have become another one: its six months are given back and taken anew under the right name. */
export async function correctSheet(row: TaskRow, input: SheetCorrection, act: Act): Promise<Partial<TaskRow>> {
  await forgetSixMonths(row.id, act);
  const told = input.corrections.map(
    ({ what: name, after, why: reason }): Correction => ({
      on: act.occurredOn,
      by: act.actor.name,
      what: name,
      before: row[name] ?? '（未填写）',
      after,
      why: reason,
      confirmedBy: input.confirmedBy,
      confirmedHow: input.confirmedHow,
    }),
  );
  return { ...valuesOf(input), corrections: [...(row.corrections ?? []), ...told] };
}

export const reserveCorrected = (row: TaskRow, input: SheetCorrection, act: Act) =>
  keysFor(row, { ...row, ...valuesOf(input) } as TaskRow, act);
