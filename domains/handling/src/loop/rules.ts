import { type Act, type Refusal, refuse } from '@hengjian/kernel';
import type { LoopRow } from './entity.ts';

type Sql = Act['sql'];

/** What hangs on a loop and is not finished: each stands between it and its closure. */
export async function unfinished(sql: Sql, loop: string): Promise<{ what: string; id: string; state: string }[]> {
  return sql.query(
    `select 'order' as what, id, state from handling.order where loop = $1 and state not in ('served', 'fulfilled', 'lapsed', 'annulled', 'discarded')
     union all select 'recheck', id, state from handling.recheck where loop = $1 and state not in ('passed', 'failed', 'cancelled')
     union all select 'referral', id, state from handling.referral where loop = $1 and state not in ('decided', 'withdrawn')`,
    [loop],
  );
}

const words: Record<string, [string, string]> = {
  order: ['文书未送达', 'orders not served'],
  recheck: ['复查未完成', 'rechecks not finished'],
  referral: ['线索或者移送没有结果', 'leads or referrals without a result'],
};

/** Refuses a closure while anything is unfinished, naming it (nothing closes without its evidence). */
export async function checkFinished(row: LoopRow, act: Act, but: readonly string[] = []): Promise<true | Refusal> {
  const open = (await unfinished(act.sql, row.id)).filter(({ what }) => !but.includes(what));
  if (open.length === 0) return true;
  const counts = [...Map.groupBy(open, ({ what }) => what)].map(([what, held]) => ({ what, n: held.length }));
  return refuse(
    'unfinished',
    `不能办结：${counts.map(({ what, n }) => `${words[what]![0]}${n}项`).join('，')}。`,
    `It cannot be closed yet: ${counts.map(({ what, n }) => `${n} ${words[what]![1]}`).join(', ')}.`,
  );
}

/** A pass is told before the loop closes: only then may production and sale begin again (order 18 art. 49(2)). */
export async function checkResumptionTold(row: LoopRow, act: Act): Promise<true | Refusal> {
  const [told] = await act.sql.query(
    `select 1 from handling.order where loop = $1 and kind = 'recheck-passed' and state = 'served'`,
    [row.id],
  );
  return (
    told !== undefined ||
    refuse(
      'resumption-not-told',
      '复查合格通知书还没有送达，当事人尚不知道可以恢复生产销售。',
      'The notice that the recheck passed is not served; the firm does not know that it may sell again.',
    )
  );
}

export const onlyRegime =
  (regime: LoopRow['regime']) =>
  (row: LoopRow): true | Refusal =>
    row.regime === regime ||
    (regime === 'product'
      ? refuse(
          'food-procedure',
          '食品不合格按核查处置程序办理（令第15号），没有责令改正后的复查和公告。',
          'Food is handled by order 15: there is no recheck and announcement after an order.',
        )
      : refuse('product-procedure', '不是食品不合格。', 'This is not a failure of food.'));

/** How a loop whose recheck passed has come there. */
export function closingOf(row: LoopRow): NonNullable<LoopRow['closing']> {
  if (row.suspendedUntil) return 'after-suspension';
  return row.announcedOn ? 'second-recheck' : 'rechecked';
}

/** What still stands between the firm and selling the same product again, in its own words. */
export function blocksSale(
  row: Pick<LoopRow, 'state' | 'regime'>,
  resumptionTold: boolean,
): { zh: string; en: string }[] {
  if (row.state === 'annulled' || row.state === 'returned') return [];
  if (row.state === 'closed' || (row.state === 'passed' && resumptionTold)) return [];
  const steps: Record<string, { zh: string; en: string }> = {
    ordered: { zh: '尚未提交整改报告', en: 'The rectification is not reported yet' },
    rectified: { zh: '等待组织复查', en: 'The recheck has not begun' },
    rechecking: { zh: '复查正在进行', en: 'The recheck is under way' },
    'rechecking-again': { zh: '公告后的复查正在进行', en: 'The recheck after the announcement is under way' },
    'rechecking-after': { zh: '整顿后的复查正在进行', en: 'The recheck after the suspension is under way' },
    passed: { zh: '复查合格通知书尚未送达', en: 'The notice that the recheck passed is not served yet' },
    announced: { zh: '已公告，等待第二次复查', en: 'Announced; waiting for the second recheck' },
    suspended: { zh: '停业整顿期间', en: 'Suspended' },
    revoked: { zh: '营业执照已吊销', en: 'The licence is revoked' },
  };
  const step = steps[row.state];
  const rule =
    row.regime === 'product'
      ? {
          zh: '复查合格并经认定之前，不得恢复生产、销售同一产品（第四十九条）',
          en: 'No production or sale of the same product before the recheck is recognised as passed (art. 49)',
        }
      : {
          zh: '风险控制措施不因复检、异议停止（令第15号第四十条）',
          en: 'Risk control is not suspended by retest or objection (order 15 art. 40)',
        };
  return step === undefined ? [rule] : [rule, step];
}
