import { flow } from '@hengjian/kernel';

const withdraw = (record: string, reason: string) => ({
  entity: 'cases.publication',
  action: 'withdraw',
  record,
  input: { reason },
});

/** A decision changed, revoked or found unlawful → its publication is withdrawn with the reason, at once (order 2 art. 63(2): three working days). */
export const decisionFellToPublicationWithdrawn = flow({
  name: 'decision-fell-to-publication-withdrawn',
  on: [
    { entity: 'cases.review-matter', action: 'decide' },
    { entity: 'cases.case', action: 'revokeDecision' },
  ],
  sends: [{ entity: 'cases.publication', action: 'withdraw' }],
  owner: 'section-chief',
  decide: async ({ record, entity }, sql) => {
    if (entity === 'cases.case') {
      const own = await sql.query<{ publication: string }>(
        `select id as publication from cases.publication where penalty_case = $1 and state in ('prepared', 'pushed', 'public', 'repair-asked')`,
        [record],
      );
      return own.map(({ publication }) => withdraw(publication, '行政处罚决定已由作出机关自行撤销、改变'));
    }
    const found = await sql.query<{ publication: string; organ: string; number: string; outcome: string }>(
      `select p.id as publication, m.organ, m.number, m.outcome from cases.review_matter m join cases.publication p on p.penalty_case = m.penalty_case
       where m.id = $1 and m.outcome in ('changed', 'revoked', 'illegal') and p.state in ('prepared', 'pushed', 'public', 'repair-asked')`,
      [record],
    );
    const words: Record<string, string> = { changed: '变更', revoked: '撤销', illegal: '确认违法或者无效' };
    return found.map(({ publication, organ, number, outcome }) =>
      withdraw(publication, `行政处罚决定已被${organ}${words[outcome]}（${number}）`),
    );
  },
});
