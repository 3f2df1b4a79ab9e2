import {
  type Act,
  entity,
  field,
  type Lifecycle,
  lifecycle,
  on,
  optional,
  type RecordRow,
  refuse,
} from '@hengjian/kernel';
import { z } from 'zod';
import { edition, o16, readers } from '../clauses.ts';

/** 号源: the seats of one day at one office's counters; an appointment takes one of them. */
const Slots = entity(
  'licensing.slots',
  { zh: '预约号源', en: 'Slots of a day' },
  {
    fields: {
      day: field.date('日期', { en: 'Day' }),
      times: field.list('时段', field.text('时段', { en: 'Time', pattern: /^\d{2}:\d{2}$/ }), { en: 'Times', max: 40 }),
      windows: field.integer('窗口数', { en: 'Counters', min: 1, max: 30 }),
    },
    title: (row) => row.day,
    purpose: {
      zh: '窗口放出的预约号源：每个时段每个窗口一个号。',
      en: 'Slots that the counters offer: one for each time at each counter.',
    },
  },
);
type SlotsRow = RecordRow<typeof Slots>;

/** 预约: one seat at one time, held for one applicant. */
export const Appointment = entity(
  'licensing.appointment',
  { zh: '窗口预约', en: 'Appointment' },
  {
    fields: {
      account: field.reference('办事账户', 'licensing.account', { en: 'Account' }),
      organisation: field.identifier('预约人编号', { en: 'Who comes (id)' }),
      name: field.text('预约人', { en: 'Who comes' }),
      day: field.date('日期', { en: 'Day' }),
      time: field.text('时段', { en: 'Time', pattern: /^\d{2}:\d{2}$/ }),
      matter: field.text('事项', { en: 'Matter', max: 100 }),
      counter: optional(field.integer('窗口号', { en: 'Counter', min: 1, max: 30 })),
    },
    title: (row) => `${row.day} ${row.time}·${row.name}`,
    subject: (row) => ({ id: row.organisation, name: row.name }),
    purpose: { zh: '申请人预约的窗口时段。', en: 'Times that applicants have booked at the counters.' },
  },
);
type AppointmentRow = RecordRow<typeof Appointment>;

const Opening = z.strictObject({ day: Slots.shape.day, times: Slots.shape.times, windows: Slots.shape.windows });
const Booked = z.strictObject({
  account: Appointment.shape.account,
  organisation: Appointment.shape.organisation,
  name: Appointment.shape.name,
  day: Appointment.shape.day,
  time: Appointment.shape.time,
  matter: Appointment.shape.matter,
});
const basis = `${o16('第十一条')}；政务服务预约规则`;

export const slotsLifecycle: Lifecycle = lifecycle(Slots, {
  editions: [edition],
  states: { offered: { zh: '已放号', en: 'Offered' }, past: { zh: '已过期', en: 'Past', closed: true } },
  readers,
  columns: ['day', 'windows'],
  actions: {
    offer: on({
      label: { zh: '放出号源', en: 'Offer slots' },
      from: null,
      to: 'offered',
      by: ['licence-window'],
      basis,
      input: Opening,
      check: (_row: SlotsRow, input: z.infer<typeof Opening>, act) => {
        if (input.day < act.today) return refuse('day-past', '日期已过。', 'That day is past.', 'day');
        if (!act.calendar.isWorkingDay(input.day))
          return refuse('no-working-day', '该日不办公。', 'The office is closed that day.', 'day');
        return (
          new Set(input.times).size === input.times.length ||
          refuse('time-twice', '时段重复。', 'A time is listed twice.', 'times')
        );
      },
      reserves: (row: SlotsRow, input: z.infer<typeof Opening>) => [
        {
          key: `slots|${row.office}|${input.day}`,
          refusal: refuse('slots-offered', '该日号源已经放出。', 'The slots of that day are offered already.'),
        },
      ],
      run: async (row: SlotsRow, input: z.infer<typeof Opening>, act) => {
        await act.sql.query(
          `insert into licensing.seat (office, day, time, counter)
           select $1, $2, t, w from unnest($3::text[]) t, generate_series(1, $4::int) w`,
          [row.office, input.day, input.times, input.windows],
        );
      },
    }),
    pass: on({ label: { zh: '当日结束', en: 'The day is over' }, from: 'offered', to: 'past', by: ['system'], basis }),
  },
  clocks: {
    day: {
      label: { zh: '放号日', en: 'The day' },
      rule: { kind: 'within', unit: 'day', amount: 0, rollForward: 'none', basis: '号源日期' },
      starts: { at: ['offer'], on: 'day' },
      stops: ['pass'],
      onExpiry: 'pass',
    },
  },
});

/** Takes one free seat of that time; whoever comes at the same moment gets the next one, or is told that there is none. */
async function takeSeat(
  row: AppointmentRow,
  input: z.infer<typeof Booked>,
  act: Act,
): Promise<Partial<AppointmentRow>> {
  if (input.day < act.today) throw act.problem('day-past', '日期已过。', 'That day is past.');
  const [seat] = await act.sql.query<{ counter: number }>(
    `update licensing.seat set appointment = $4 where (office, day, time, counter) = (
       select office, day, time, counter from licensing.seat
       where office = $1 and day = $2 and time = $3 and appointment is null order by counter limit 1 for update skip locked)
     returning counter`,
    [row.office, input.day, input.time, row.id],
  );
  if (seat === undefined)
    throw act.problem(
      'no-slot',
      '该时段已约满或者没有放号，请另选。',
      'Nothing is free at that time; please choose another.',
    );
  return { counter: seat.counter };
}

const giveBack = (row: AppointmentRow, act: Act) =>
  act.sql.query('update licensing.seat set appointment = null where appointment = $1', [row.id]);

export const appointmentLifecycle: Lifecycle = lifecycle(Appointment, {
  editions: [edition],
  states: {
    booked: { zh: '已预约', en: 'Booked' },
    attended: { zh: '已到场', en: 'Attended', closed: true },
    missed: { zh: '爽约', en: 'Missed', closed: true },
    cancelled: { zh: '已取消', en: 'Cancelled', closed: true },
  },
  readers,
  columns: ['day', 'time', 'counter', 'matter'],
  parties: {
    visitor: {
      label: { zh: '预约人', en: 'Who comes' },
      of: (row) => [`org:${row.organisation}`, `person:${row.organisation}`],
      sees: 'all',
      from: 'booked',
    },
  },
  actions: {
    book: on({
      label: { zh: '预约', en: 'Book' },
      from: null,
      to: 'booked',
      by: ['system'],
      basis,
      input: Booked,
      reserves: (_row: AppointmentRow, input: z.infer<typeof Booked>) => [
        {
          key: `appointment|${input.organisation}|${input.day}|${input.time}`,
          refusal: refuse('booked-twice', '您在该时段已有预约。', 'You have an appointment at that time already.'),
        },
      ],
      run: takeSeat,
    }),
    attend: on({
      label: { zh: '到场签到', en: 'Check in' },
      from: 'booked',
      to: 'attended',
      by: ['licence-window'],
      basis,
    }),
    cancel: on({
      label: { zh: '取消预约', en: 'Cancel' },
      from: 'booked',
      to: 'cancelled',
      by: ['visitor', 'licence-window'],
      aside: true,
      basis,
      run: async (row: AppointmentRow, _input, act) => {
        await giveBack(row, act);
        await act.sql.query('select kernel.release_reservations($1)', [row.id]);
      },
    }),
    miss: on({
      label: { zh: '未到场', en: 'Missed' },
      from: 'booked',
      to: 'missed',
      by: ['system', 'licence-window'],
      aside: true,
      basis,
    }),
  },
  clocks: {
    visit: {
      label: { zh: '预约日', en: 'Day of the visit' },
      rule: { kind: 'within', unit: 'day', amount: 0, rollForward: 'none', basis: '预约日期' },
      starts: { at: ['book'], on: 'day' },
      stops: ['attend', 'miss'],
      onExpiry: 'miss',
    },
  },
});
