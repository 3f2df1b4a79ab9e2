import { flow } from '@hengjian/kernel';

/** A loop passed to an authority below → the loop is handed over, and with it the file it rests on (practice W3). */
export const loopPassedOnToHandover = flow({
  name: 'loop-passed-on-to-handover',
  on: [{ entity: 'handling.loop', action: 'passOn' }],
  sends: [{ entity: 'kernel.handover', action: 'send' }],
  owner: 'result-handler',
  decide: async ({ record, office, input }, sql) => {
    const [loop] = await sql.query<{ file: string; organiser: string; ground: string; passedTo: string }>(
      `select coalesce(task, outside_failure) as file, organiser, ground, passed_to as "passedTo" from handling.loop
       where id = $1 and state = 'passed-on'`,
      [record],
    );
    if (loop === undefined) return [];
    const purpose = `${loop.ground}。请依法处理并反馈。`.slice(0, 2000);
    const send = (from: string, target: string, kind: string) => ({
      entity: 'kernel.handover',
      action: 'send',
      office: from,
      parent: record,
      input: { target, toOffice: loop.passedTo, purpose, kind, deadline: input.deadline ?? null },
    });
    return [send(loop.organiser, loop.file, 'notification'), send(office, record, 'transfer')];
  },
});
