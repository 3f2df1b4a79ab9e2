import type { Act } from '@hengjian/kernel';
import { findAuthorityCode } from '../authority.ts';
import type { OutsideFailureRow } from '../outside-failure/index.ts';
import type { FailedItem, TestItem } from '../task/items.ts';
import type { FollowUpRow } from './entity.ts';

/** What result handling must know of a failure without its file: copied into the loop when the hand-over is sent. */
export interface FailureContent {
  followUp: string;
  handover: string | null;
  office: string;
  task: string | null;
  outsideFailure: string | null;
  source: 'own' | OutsideFailureRow['source'];
  regime: 'product' | 'food';
  duty: 'seller' | 'producer';
  organiser: string;
  otherOffice: string | null;
  subjectId: string | null;
  subjectName: string;
  subjectCode: string | null;
  productName: string;
  region: string | null;
  trademark: string | null;
  model: string | null;
  batch: string | null;
  reportNumber: string | null;
  seriousness: string | null;
  licence: string | null;
  failedItems: FailedItem[];
  items: TestItem[];
  lab: { id: string; name: string } | null;
  ground: string;
  deadline: string | null;
  /** The day on which a failure from outside came in; terms of a ledger run from there and not from its import. */
  receivedOn: string | null;
}

type Sql = Act['sql'];

interface Found extends Omit<FailureContent, 'duty' | 'otherOffice' | 'items' | 'regime' | 'organiser'> {
  kind: FollowUpRow['kind'];
  items: TestItem[] | null;
  firmRegion: string | null;
  producerRegion: string | null;
  firmName: string;
}

/**
 * The failure behind a follow-up that is handed over, by the follow-up's id or its hand-over's; undefined for other follow-ups and when the
 * conclusion has fallen meanwhile. A failure from outside brings no test programme: its failed items are that of the recheck.
 */
export async function failureContentOf(
  sql: Sql,
  by: { followUp: string } | { handover: string },
): Promise<FailureContent | undefined> {
  const [column, value] = 'followUp' in by ? ['f.id', by.followUp] : ['f.handover', by.handover];
  const [found] = await sql.query<Found>(
    `select f.id as "followUp", f.handover, f.office, f.kind, f.task, f.outside_failure as "outsideFailure", f.deadline,
       f.subject_id as "subjectId", f.subject_name as "subjectName", f.subject_code as "subjectCode", f.region, f.product_name as "productName",
       f.ground, o.received_on as "receivedOn", coalesce(o.source, 'own') as source, t.trademark, coalesce(t.model, o.model) as model, coalesce(t.batch, o.batch) as batch,
       coalesce(t.report_number, o.report_number) as "reportNumber", t.seriousness, t.labelled_producer ->> 'licence' as licence,
       coalesce(t.failed_items, o.failed_items, '[]') as "failedItems", t.items, t.lab,
       coalesce(t.enterprise_name, o.firm ->> 'name') as "firmName", coalesce(t.enterprise_region, o.firm ->> 'region') as "firmRegion",
       coalesce(t.labelled_producer ->> 'region', o.producer ->> 'region') as "producerRegion"
     from sampling.follow_up f left join sampling.task t on t.id = f.task left join sampling.outside_failure o on o.id = f.outside_failure
       left join sampling.effective_conclusion c on c.task = f.task
     where ${column} = $1 and f.kind in ('handover-seller', 'handover-producer', 'peer-notification') and f.state = 'handed-over'
       and coalesce(c.conclusion, 'fails') = 'fails' and coalesce(o.state, 'registered') = 'registered'`,
    [value],
  );
  if (found === undefined) return undefined;
  const { kind, firmName, firmRegion, producerRegion, items, ...rest } = found;
  const duty = kind === 'handover-seller' ? 'seller' : 'producer';
  const otherRegion = duty === 'seller' ? producerRegion : found.subjectName === firmName ? null : firmRegion;
  const other = otherRegion === null ? undefined : await findAuthorityCode(sql, otherRegion);
  return {
    ...rest,
    duty,
    regime: found.source === 'food' ? 'food' : 'product',
    organiser: found.office,
    otherOffice: other ?? null,
    items: items ?? found.failedItems.map((failed) => programmeOf(failed)),
  };
}

function programmeOf({ item, limit, unit, severity }: FailedItem): TestItem {
  return { item, method: '原检验报告所用方法', limit, unit: unit ?? null, severity, judge: 'full' };
}
