import { flow } from '@hengjian/kernel';

/** An appointment that was missed → counted at the account, wherever that was opened. */
export const appointmentMissedToAccount = flow({
  name: 'appointment-missed-to-account',
  on: [{ entity: 'licensing.appointment', action: 'miss' }],
  sends: [{ entity: 'licensing.account', action: 'countNoShow' }],
  owner: 'licence-window',
  decide: async ({ record }, sql) => {
    const [missed] = await sql.query<{ account: string }>('select account from licensing.appointment where id = $1', [
      record,
    ]);
    if (missed === undefined) return [];
    return [{ entity: 'licensing.account', action: 'countNoShow', record: missed.account, input: {} }];
  },
});
