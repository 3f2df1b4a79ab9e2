import { flow } from '@hengjian/kernel';

/** What an applicant is told of, in words that give no finding away to whoever looks over his shoulder. */
const papers: Record<string, string> = {
  askSupplement: '补正材料通知书',
  accept: '受理通知书',
  acceptTacitly: '受理通知书',
  decline: '受理情况告知书',
  notifySiteCheck: '实地核查通知书',
  grant: '许可决定书',
  refuse: '许可决定书',
  issue: '许可证件',
};

/** A step of an application that its applicant waits for → a message in his inbox; it is a notice and serves nothing (order 2 art. 82(3)). */
export const applicationStepToMessage = flow({
  name: 'application-step-to-message',
  on: Object.keys(papers).map((action) => ({ entity: 'licensing.application', action })),
  sends: [{ entity: 'correspondence.message', action: 'queue' }],
  owner: 'licence-window',
  decide: async ({ id, record, action }, sql) => {
    const [row] = await sql.query<{ organisation: string; name: string; number: string | null; until: string | null }>(
      `select organisation, applicant_name as name, query_number as number, supplement_until::text as until
       from licensing.application where id = $1`,
      [record],
    );
    if (row === undefined) return [];
    return [
      {
        entity: 'correspondence.message',
        action: 'queue',
        input: {
          key: `application/${id}`,
          occasion: 'application-step',
          channel: 'in-app',
          language: 'zh',
          addresseeName: row.name,
          reader: `org:${row.organisation}`,
          about: record,
          aboutEntity: 'licensing.application',
          paper: papers[action],
          number: row.number,
          due: action === 'askSupplement' ? row.until : null,
        },
      },
    ];
  },
});
