import { type ClockRule, computeDeadline } from '@hengjian/calendar';
import { dayInChina, execute, type Kernel, machineActor, machines, Problem } from '@hengjian/kernel';
import { v5 as uuidFrom } from 'uuid';

const namespace = '5b0d9c3a-1f2e-4f0c-8a61-3d1b7f6f9e20';
/** A term is near its end on its last day and on the two working days before it. */
const near: ClockRule = {
  kind: 'within',
  unit: 'working-day',
  amount: 2,
  rollForward: 'none',
  basis: '内部提醒制度',
};

interface Wanted {
  key: string;
  occasion: 'clock-near-due' | 'handover-received' | 'letter-received';
  record: string;
  entity: string;
  office: string;
  number: string | null;
  due: string | null;
  person: string;
  name: string;
  channel: string;
  address: string;
  language: 'zh' | 'en';
}

/**
 * Puts into the outbox what people asked to be told of: their terms near the end, and hand-overs and letters to their office that nobody
 * signed for. Each fact tells each person once by each channel. The inbox shows all of it to everybody, whether they ask or not.
 * @returns how many messages were queued
 */
export async function queueReminders(kernel: Kernel): Promise<number> {
  const today = dayInChina(kernel.now());
  const until = computeDeadline(near, today, kernel.calendar).dueOn;
  const wanted = await kernel.database.transaction(
    'hengjian_machine',
    null,
    (tx) =>
      tx.query<Wanted>(
        `with told as (
           select p.person, g.name, c.channel, c.address, p.language, p.near_due, p.handovers from correspondence.preference p
           join kernel.person g on g.id = p.person
           cross join lateral (values ('sms', p.phone), ('email', p.email), ('chat', p.chat)) c (channel, address) where c.address is not null)
         select w.*, t.name, t.channel, t.address, t.language, w.fact || '/' || w.person || '/' || t.channel as key from (
           select 'clock-near-due' as occasion, 'clock/' || c.id || '/' || c.due_on as fact, r.id as record, r.entity, r.office, r.number, c.due_on as due,
             r.handler as person
           from kernel.clock c join kernel.record r on r.id = c.record
           where c.status = 'running' and c.due_on between $1 and $2 and r.closed_at is null and r.handler is not null
           union all
           select 'handover-received', 'handover/' || h.id, h.id, 'kernel.handover', h.to_office, r.number, h.deadline, g.person
           from kernel.handover h join kernel.record r on r.id = h.id
           join kernel.grant g on g.office = h.to_office and g.state = 'held' and g.role in ('result-handler', 'organiser', 'section-chief')
             and g.valid_from <= $1 and (g.valid_until is null or g.valid_until >= $1)
           where h.state = 'sent'
           union all
           select 'letter-received', 'letter/' || l.id, l.id, 'correspondence.letter', l.to_office, r.number, l.deadline, g.person
           from correspondence.letter l join kernel.record r on r.id = l.id
           join kernel.grant g on g.office = l.to_office and g.state = 'held' and g.role in ('result-handler', 'organiser', 'section-chief')
             and g.valid_from <= $1 and (g.valid_until is null or g.valid_until >= $1)
           where l.state = 'issued') w
         join told t on t.person = w.person and case w.occasion when 'clock-near-due' then t.near_due else t.handovers end
         where not exists (select from correspondence.message m where m.key = w.fact || '/' || w.person || '/' || t.channel)
         order by key limit 500`,
        [today, until],
      ),
    'jobs',
  );
  let queued = 0;
  for (const { key, occasion, record, entity, office, number, due, name, channel, address, language } of wanted) {
    const label = kernel.register.lifecycles.get(entity)!.entity.label;
    const command = {
      id: uuidFrom(key, namespace),
      entity: 'correspondence.message',
      action: 'queue',
      office,
      input: {
        ...{ key, occasion, channel, language, address, number, due },
        addresseeName: name,
        about: record,
        aboutEntity: entity,
        paper: label[language],
      },
    };
    const done = await execute(kernel, machineActor(kernel, machines.flow, office), command).then(
      () => true,
      (error: unknown) => {
        if (error instanceof Problem) return false;
        throw error;
      },
    );
    if (done) queued += 1;
  }
  return queued;
}

/** Looks for reminders when the process starts and every ten minutes from then on. */
export function createReminders(kernel: Kernel, everyMilliseconds = 600_000): { start(): void; stop(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let working: Promise<unknown> = Promise.resolve();
  const tick = (): void => {
    working = queueReminders(kernel)
      .catch((error: unknown) => {
        if (!stopped) process.emitWarning(`Reminders cannot be looked for: ${(error as Error).message}`);
      })
      .finally(() => {
        if (!stopped) timer = setTimeout(tick, everyMilliseconds);
      });
  };
  return {
    start: tick,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await working;
    },
  };
}
