import { type Act, type Refusal, refuse } from '@hengjian/kernel';
import { authorityOf } from '@hengjian/people';
import type { TaskRow } from './entity.ts';
import { isExemptFromSixMonths, lastDayOfSixMonths, makerOf, sixMonthKeys } from './rules.ts';
import type { Channel, LabelledProducer } from './sample-fields.ts';

const sampledAlready = refuse(
  'sampled-within-six-months',
  '本机关六个月内已抽查过同一生产者、同一标准、同一商标、同一规格型号的产品（第八条），不得重复抽样，请改为登记未抽到样。',
  'This authority sampled the same product within six months (art. 8): take none, and record that none was taken.',
);

/** What of a sample says which product it is, and when it was taken. */
interface Taken {
  channel?: Channel | null | undefined;
  labelledProducer?: LabelledProducer | null | undefined;
  standard?: string | null | undefined;
  trademark?: string | null | undefined;
  model?: string | null | undefined;
  sampledOn?: string | null | undefined;
  repeatGround?: string | null | undefined;
}

function keysOf(
  row: TaskRow,
  { channel, labelledProducer, standard, trademark, model }: Taken,
  act: Pick<Act, 'offices'>,
): string[] {
  const maker = makerOf(row, { channel: channel!, labelledProducer });
  const authority = authorityOf(act.offices, row.office).code;
  const product = { standard: standard!, trademark: trademark!, model: model! };
  return sixMonthKeys({ authority, makerCode: maker.code, makerName: maker.name, ...product });
}

/** Looks the six months up by the day of sampling; they are taken by {@link keysFor} in the same transaction. */
export async function checkSixMonths(
  row: TaskRow,
  sample: Taken,
  act: Pick<Act, 'offices' | 'sql'>,
): Promise<true | Refusal> {
  if (isExemptFromSixMonths(row, sample.repeatGround)) return true;
  const [held] = await act.sql.query<{ taken: boolean }>('select kernel.is_reserved($1, $2) as taken', [
    keysOf(row, sample, act),
    sample.sampledOn,
  ]);
  return !held!.taken || sampledAlready;
}

/** The keys that hold the six months of order 18 art. 8: two samplers cannot both be first. */
export function keysFor(row: TaskRow, sample: Taken, act: Act) {
  if (isExemptFromSixMonths(row, sample.repeatGround)) return [];
  const until = lastDayOfSixMonths(sample.sampledOn!, act.calendar);
  return keysOf(row, sample, act).map((key) => ({ key, until, refusal: sampledAlready }));
}

/** Gives back what a sample took: it was refused, or its sheet is put right. */
export async function forgetSixMonths(task: string, act: Act): Promise<void> {
  await act.sql.query(`select kernel.release_reservations($1, 'sampling.same-product')`, [task]);
}
