import { dayInChina, flow } from '@hengjian/kernel';

/** A failing conclusion is final → the directory of producers notes it, and the next draw can weigh it. */
export const failureConcludedToDirectoryNoted = flow({
  name: 'failure-concluded-to-directory-noted',
  on: [{ entity: 'sampling.task', action: 'conclude' }],
  sends: [{ entity: 'sampling.directory', action: 'recordFailure' }],
  owner: 'planner',
  decide: async ({ record, occurredAt }, sql) => {
    const entries = await sql.query<{ id: string }>(
      `select d.id from sampling.task t join sampling.effective_conclusion c on c.task = t.id
         join sampling.directory d on d.enterprise = t.enterprise and d.product = t.product
       where t.id = $1 and c.conclusion = 'fails' and not coalesce(c.producer_denied, false) and d.state <> 'closed'`,
      [record],
    );
    return entries.map(({ id }) => ({
      entity: 'sampling.directory',
      action: 'recordFailure',
      record: id,
      input: { concludedOn: dayInChina(occurredAt), task: record },
    }));
  },
});
