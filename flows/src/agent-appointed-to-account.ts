import { flow } from '@hengjian/kernel';
import { nameOfEntity } from '@hengjian/subjects';

/** The first agent of a firm → its account at the service hall, once. */
export const agentAppointedToAccount = flow({
  name: 'agent-appointed-to-account',
  on: [{ entity: 'kernel.grant', action: 'appoint' }],
  sends: [{ entity: 'licensing.account', action: 'open' }],
  owner: 'licence-window',
  decide: async ({ input, office }, sql) => {
    const { role, organisation } = input as { role: string; organisation?: string | null };
    if (role !== 'enterprise-agent' || !organisation) return [];
    const [account] = await sql.query<{ open: boolean }>(
      'select kernel.is_reserved(array[$1::text], current_date) as open',
      [`hall-account|${organisation}`],
    );
    const firm = account?.open ? undefined : await nameOfEntity(sql, organisation);
    if (firm === undefined) return [];
    const opened = { organisation, subject: 'firm', name: firm.name, creditCode: firm.creditCode };
    return [{ entity: 'licensing.account', action: 'open', office, input: opened }];
  },
});
