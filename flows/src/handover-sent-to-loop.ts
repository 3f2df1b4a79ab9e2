import { flow } from '@hengjian/kernel';
import { failureContentOf } from '@hengjian/sampling';

interface Sent {
  target: string;
  targetEntity: string;
  toOffice: string;
  deadline: string | null;
}

/**
 * A failure handed over, or a loop passed on → a loop at the receiving authority, to be signed for (order 18 art. 5(3), practice W2: one
 * for the seller's county and one for the producer's). Hand-overs that no follow-up sent are for information and open nothing.
 */
export const handoverSentToLoop = flow({
  name: 'handover-sent-to-loop',
  on: [{ entity: 'kernel.handover', action: 'send' }],
  sends: [{ entity: 'handling.loop', action: 'open' }],
  owner: 'organiser',
  decide: async ({ record, office }, sql) => {
    const [sent] = await sql.query<Sent>(
      `select target, target_entity as "targetEntity", to_office as "toOffice", deadline from kernel.handover where id = $1`,
      [record],
    );
    if (sent === undefined) return [];
    const open = (input: Record<string, unknown>) => [
      { entity: 'handling.loop', action: 'open', office: sent.toOffice, input },
    ];
    if (sent.targetEntity !== 'handling.loop') {
      const content = await failureContentOf(sql, { handover: record });
      if (content === undefined) return [];
      const { office: sentBy, ...rest } = content;
      return open({ ...rest, sentBy, handover: record, deadline: content.deadline ?? sent.deadline });
    }
    const [upstream] = await sql.query<Record<string, unknown>>(
      `select task, outside_failure as "outsideFailure", follow_up as "followUp", source, regime, duty, organiser, other_office as "otherOffice",
         subject_id as "subjectId", subject_name as "subjectName", subject_code as "subjectCode", product_name as "productName", region, trademark,
         model, batch, report_number as "reportNumber", seriousness, licence, failed_items as "failedItems", items, lab, ground
       from handling.loop where id = $1 and state = 'passed-on'`,
      [sent.target],
    );
    if (upstream === undefined) return [];
    return open({ ...upstream, upstream: sent.target, sentBy: office, handover: record, deadline: sent.deadline });
  },
});
