import {
  type Act,
  entity,
  field,
  lifecycle,
  on,
  optional,
  type RecordRow,
  type Refusal,
  refuse,
} from '@hengjian/kernel';
import { z } from 'zod';
import { nameOf } from './names.ts';
import { roles } from './roles.ts';

const heads = ['section-chief', 'bureau-head'];
const basis = '《机关事业单位工作人员带薪年休假实施办法》；AB 角工作制度';
const officers = Object.keys(roles).filter(
  (role) => !/^(?:enterprise-agent|sampler|laboratory-|test-expert)/.test(role),
);

const kinds = {
  annual: { zh: '年休假', en: 'Annual leave' },
  sick: { zh: '病假', en: 'Sick leave' },
  personal: { zh: '事假', en: 'Personal leave' },
  mission: { zh: '出差、培训', en: 'Away on duty' },
} as const;

const askShape = {
  kind: field.choice('种类', kinds, { en: 'Kind' }),
  firstDay: field.date('起始日', { en: 'From' }),
  lastDay: field.date('截止日', { en: 'Until' }),
  deputy: field.identifier('代行人（B 角）', { en: 'Deputy' }),
  remark: optional(field.text('说明', { en: 'Remark', max: 500 })),
};

const StandIn = z.object({
  grant: field.identifier('授权', { en: 'Grant' }),
  role: field.text('岗位', { en: 'Post' }),
});

/** 请假: while it lasts the deputy acts for whoever is away, in each of his posts, and every act says so. */
const Leave = entity(
  'people.leave',
  { zh: '请假和代行', en: 'Leave' },
  {
    fields: {
      ...askShape,
      person: field.identifier('请假人', { en: 'Person' }),
      personName: field.text('请假人姓名', { en: 'Name' }),
      deputyName: field.text('代行人姓名', { en: 'Name of the deputy' }),
      standIns: field.list('代行的岗位', StandIn, { en: 'Posts stood in for' }),
      returnedOn: optional(field.date('销假日期', { en: 'Back on' })),
      reason: optional(field.text('理由', { en: 'Reason', max: 500 })),
    },
    title: (row) => `${row.personName} ${row.firstDay} 至 ${row.lastDay}`,
    purpose: {
      zh: '请假、批准、销假；请假期间由 B 角代行全部岗位，每一次办理都写明代行。',
      en: 'Leave asked for, granted, ended; the deputy acts in every post meanwhile, and each act says for whom.',
    },
  },
);
type LeaveRow = RecordRow<typeof Leave>;
type Ask = z.infer<z.ZodObject<typeof askShape>>;

function checkAsk(_row: LeaveRow, input: Ask, act: Act): true | Refusal {
  if (input.deputy === act.actor.person)
    return refuse('own-deputy', '代行人不能是本人。', 'The deputy must be somebody else.', 'deputy');
  if (input.lastDay < input.firstDay)
    return refuse('ends-before-start', '截止日早于起始日。', 'It ends before it starts.', 'lastDay');
  return input.lastDay >= act.today || refuse('leave-past', '请假期已经过去。', 'It lies in the past.', 'lastDay');
}

/** Every post that the absent holds himself goes to the deputy; what he holds as a deputy, and the administrators' posts, do not. */
async function grantIt(row: LeaveRow, _input: unknown, act: Act): Promise<Partial<LeaveRow>> {
  const held = await act.sql.query<{ role: string; office: string }>(
    `select role, office from kernel.grant where person = $1 and state = 'held' and organisation is null and acting_for is null
       and not role = any($4::text[]) and valid_from <= $3 and (valid_until is null or valid_until >= $2) order by id`,
    [row.person, row.firstDay, row.lastDay, [...act.apart]],
  );
  if (held.length === 0)
    throw act.problem(
      'no-post-to-stand-in',
      '请假人在本机关没有可以代行的岗位。',
      'The absent holds no post here that somebody could stand in for.',
    );
  const standIns: LeaveRow['standIns'] = [];
  for (const { role, office } of held) {
    const grant = await act.create(
      'kernel.grant',
      'standIn',
      {
        person: row.deputy,
        personName: row.deputyName,
        role,
        validFrom: row.firstDay,
        validUntil: row.lastDay,
        actingFor: row.person,
        actingForName: row.personName,
      },
      { office },
    );
    standIns.push({ grant: grant.id, role });
  }
  return { standIns };
}

/** Back early: what the deputy holds for him ends. */
async function comeBack(row: LeaveRow, _input: unknown, act: Act): Promise<Partial<LeaveRow>> {
  for (const { grant } of row.standIns) await act.perform('kernel.grant', grant, 'end', {});
  return { returnedOn: act.occurredOn };
}

const Reason = z.strictObject({ reason: field.text('理由', { en: 'Reason', max: 500 }) });

export const leaveLifecycle = lifecycle(Leave, {
  editions: [{ name: '2026', basis, inForce: '2000-01-01' }],
  states: {
    asked: { zh: '待批准', en: 'Asked for' },
    granted: { zh: '已批准', en: 'Granted' },
    ended: { zh: '已销假', en: 'Ended', closed: true },
    refused: { zh: '未批准', en: 'Refused', closed: true },
    withdrawn: { zh: '已撤回', en: 'Withdrawn', closed: true },
  },
  readers: [...heads, 'auditor'],
  columns: ['personName', 'kind', 'firstDay', 'lastDay', 'deputyName'],
  parties: {
    absent: {
      label: { zh: '请假人', en: 'Absent' },
      of: (row) => [`person:${row.person}`],
      sees: 'all',
      from: 'asked',
    },
    deputy: {
      label: { zh: '代行人', en: 'Deputy' },
      of: (row) => [`person:${row.deputy}`],
      sees: 'all',
      from: 'asked',
    },
  },
  actions: {
    ask: on({
      label: { zh: '请假', en: 'Ask for leave' },
      from: null,
      to: 'asked',
      by: officers,
      basis,
      input: z.strictObject(askShape),
      check: checkAsk,
      run: async (_row: LeaveRow, input, act) => ({
        person: act.actor.person,
        personName: act.actor.name,
        deputyName: await nameOf(input.deputy, act.sql),
        standIns: [],
      }),
    }),
    grant: on({
      label: { zh: '批准', en: 'Grant' },
      from: 'asked',
      to: 'granted',
      by: heads,
      basis,
      notBy: [{ actions: ['ask'], same: 'person' }],
      run: grantIt,
    }),
    refuse: on({
      label: { zh: '不批准', en: 'Refuse' },
      from: 'asked',
      to: 'refused',
      by: heads,
      aside: true,
      basis,
      input: Reason,
    }),
    withdraw: on({
      label: { zh: '撤回', en: 'Withdraw' },
      from: 'asked',
      to: 'withdrawn',
      by: ['absent'],
      aside: true,
      basis,
      input: Reason,
    }),
    comeBack: on({
      label: { zh: '销假', en: 'Back at work' },
      from: 'granted',
      to: 'ended',
      by: ['absent', ...heads],
      aside: true,
      basis,
      run: comeBack,
    }),
    elapse: on({
      label: { zh: '假期届满', en: 'Ended by time' },
      from: 'granted',
      to: 'ended',
      by: ['system'],
      basis,
      run: comeBack,
    }),
  },
  clocks: {
    absence: {
      label: { zh: '假期', en: 'Leave' },
      rule: { kind: 'within', unit: 'day', amount: 0, rollForward: 'none', basis },
      starts: { at: ['grant'], on: 'lastDay' },
      stops: ['comeBack', 'elapse'],
      onExpiry: 'elapse',
    },
  },
});
