import { flow } from '@hengjian/kernel';

/**
 * A lead of result handling that was checked, and whose filing the head approved there → the penalty case, with its ninety days from that
 * day; officers are named next (order 2 arts 18, 19; practice W2).
 */
export const leadFiledToCase = flow({
  name: 'lead-filed-to-case',
  on: [{ entity: 'handling.referral', action: 'decideLead' }],
  sends: [{ entity: 'cases.case', action: 'takeOver' }],
  owner: 'section-chief',
  decide: async ({ record, office }, sql) => {
    const [lead] = await sql.query<Record<string, string | null>>(
      `select r.subject_id as party, r.subject_name as "partyName", r.subject_code as "partyCode", r.product_name as product, r.ground,
         r.started_on as "foundOn", r.decided_on as "filedOn", r.decision_reason as verification, l.region
       from handling.referral r join handling.loop l on l.id = r.loop where r.id = $1 and r.decision = 'filed'`,
      [record],
    );
    if (lead === undefined) return [];
    const { product, ground, region, ...told } = lead;
    const input = {
      ...told,
      source: 'sampling',
      sourceRecord: record,
      region: region ?? office.slice(0, 6),
      partyKind: 'entity',
      partyCode: told.partyCode?.length === 18 ? told.partyCode : null,
      cause: `生产、销售不合格${product}`.slice(0, 200),
      facts: ground,
    };
    return [{ entity: 'cases.case', action: 'takeOver', office, input }];
  },
});
