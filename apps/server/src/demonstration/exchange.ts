import { keyOf } from '@hengjian/exchange';
import { later, type OfficeWork } from './office-work.ts';

const organiser = 'sampling-organiser.430000';
const system = 'product-sampling';

/** From this day on the province reports what happens: early enough for a desk with something on it, late enough for a quick start. */
const reportedDays = 34;

/** The province is connected to two national systems before the campaigns of the last weeks are told; what happens then is queued by itself. */
export async function connectSystems(work: OfficeWork, today: string): Promise<void> {
  const since = later(today, -reportedDays);
  for (const name of [system, 'credit-publicity'])
    await work.act(work.who(organiser), 'exchange.connection', 'connect', {
      system: name,
      port: 'file',
      since,
      agreement: '演示：接口和代码待对方书面确认',
    });
}

interface Packed {
  id: string;
  lines: { key: string; dispatch: string; values: Record<string, string> }[];
}

/** What became of it: one package answered, one item of it sent back, one package still out, and a list that does not quite agree. */
export async function exchangeReports(work: OfficeWork, today: string): Promise<void> {
  const officer = work.who(organiser);
  await work.platform.settle();
  work.on(later(today, -2));
  const [packed] = await pack(work, 'sheet');
  if (packed === undefined) return;
  const rows = packed.lines.map(({ key }, index) =>
    index === 1
      ? {
          key,
          outcome: 'rejected',
          code: 'E-0207',
          reason: '被抽样单位统一社会信用代码在主体库中查无此单位，请核对后重报。',
        }
      : { key, outcome: 'accepted', foreignNumber: numberOf(index) },
  );
  await work.act(officer, 'exchange.package', 'takeReceipt', { rows }, packed.id, ['receipt']);
  // Their list lacks one that they accepted, has a batch number cut short, and bears a number that nobody here knows.
  const list = packed.lines.flatMap(({ key, values }, index) =>
    index === 1 || index === 2
      ? []
      : [
          {
            key,
            message: 'sheet',
            foreignNumber: numberOf(index),
            values: {
              PRODUCT_NAME: values.PRODUCT_NAME!,
              BATCH_NO: index === 0 ? values.BATCH_NO!.slice(0, -1) : values.BATCH_NO!,
            },
          },
        ],
  );
  const strange = { key: keyOf(packed.id, 1), message: 'sheet', foreignNumber: numberOf(99), values: {} };
  const day = later(today, -2);
  await work.act(officer, 'exchange.reconciliation', 'reconcile', {
    system,
    since: day,
    until: day,
    origin: 'file',
    list: [...list, strange],
  });
  work.on(later(today, -1));
  await pack(work, 'result');
}

const numberOf = (index: number): string => `GJ-演示-${String(index + 1).padStart(6, '0')}`;

async function pack(work: OfficeWork, message: string): Promise<Packed[]> {
  const officer = work.who(organiser);
  const [waiting] = await work.rows(
    officer,
    `select 1 from exchange.dispatch where office = '430000' and message = $1 and state = 'queued' limit 1`,
    [message],
  );
  if (waiting === undefined) return [];
  const { record } = await work.act(officer, 'exchange.package', 'pack', { system, message });
  return work.rows<Packed>(officer, 'select id, lines from exchange.package where id = $1', [record]);
}
