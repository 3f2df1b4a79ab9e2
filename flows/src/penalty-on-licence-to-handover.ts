import { flow } from '@hengjian/kernel';

/**
 * A served decision that suspends or revokes a licence → the authority of the licence, with the decision itself: the counter there carries
 * it out, and nobody else can (practice W15).
 */
export const penaltyOnLicenceToHandover = flow({
  name: 'penalty-on-licence-to-handover',
  on: [{ entity: 'cases.case', action: 'decisionServed' }],
  sends: [{ entity: 'kernel.handover', action: 'send' }],
  owner: 'section-chief',
  decide: async ({ record, office }, sql) => {
    const [decided] = await sql.query<{
      measure: string;
      number: string;
      until: string | null;
      paper: string;
      licence: string;
    }>(
      `select c.licence_measure as measure, c.decision_number as number, to_char(c.suspended_until, 'YYYY-MM-DD') as until, p.id as paper, c.licence
       from cases.case c join cases.paper p on p.penalty_case = c.id and p.form = 'decision'
       where c.id = $1 and c.licence_measure is not null and c.licence is not null order by p.id desc limit 1`,
      [record],
    );
    if (decided === undefined) return [];
    // Licences in force are public, whoever's office they are of.
    const [licence] = await sql.query<{ office: string; number: string }>(
      `select office, body ->> 'number' as number from public_record.entry where record = $1 and kind = 'licence' order by published_at desc limit 1`,
      [decided.licence],
    );
    if (licence === undefined) return [];
    const measure = { suspend: '暂扣', revoke: '吊销' }[decided.measure] ?? '降低资质等级';
    const purpose = `行政处罚决定${decided.number}：${measure}许可证 ${licence.number}${decided.until ? `至 ${decided.until}` : ''}，请依法执行。`;
    const input = { target: decided.paper, toOffice: licence.office, purpose, kind: 'transfer' };
    return [{ entity: 'kernel.handover', action: 'send', office, parent: record, input }];
  },
});
