import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import type { Act, Hand } from './act.ts';
import type { Row } from './database/database.ts';
import { entity, type RecordRow } from './declare/entity.ts';
import { field, optional } from './declare/field.ts';
import { type Action, type Lifecycle, lifecycle, on } from './declare/lifecycle.ts';
import { take, type Work } from './execute.ts';
import { Problem, refuse } from './problem.ts';
import { bindUpload } from './write.ts';

const Step = z.object({
  role: field.text('签批岗位', { en: 'Post' }),
  kind: field.choice('方式', { sign: '审批', countersign: '会签' }, { en: 'Kind' }),
  person: optional(field.identifier('指定人员', { en: 'Person' })),
});
const Opinion = z.object({
  person: field.identifier('人员', { en: 'Person' }),
  name: field.text('签批人', { en: 'Name' }),
  role: field.text('岗位', { en: 'Post' }),
  decision: field.text('意见', { en: 'Decision' }),
  opinion: optional(field.longText('意见内容', { en: 'Opinion' })),
  at: field.text('时间', { en: 'At' }),
});

/** 审批表: a command that waits for signatures; the last signature carries it out. */
export const Approval = entity(
  'kernel.approval',
  { zh: '审批表', en: 'Approval sheet' },
  {
    fields: {
      target: field.identifier('所批记录', { en: 'Record' }),
      targetEntity: field.text('记录类别', { en: 'Kind of record' }),
      targetAction: field.text('拟办事项', { en: 'Proposed action' }),
      targetTitle: field.text('标题', { en: 'Title', max: 300 }),
      proposer: field.identifier('承办人', { en: 'Proposer' }),
      proposerName: field.text('承办人姓名', { en: 'Name of proposer' }),
      command: field.json('办理内容', { en: 'Command' }),
      actor: field.json('承办身份', { en: 'Capacity' }),
      apart: field.json('回避', { en: 'Kept apart from' }),
      steps: field.list('签批顺序', Step, { en: 'Steps' }),
      step: field.integer('当前步骤', { en: 'Current step' }),
      opinions: field.list('签批意见', Opinion, { en: 'Opinions' }),
    },
    title: (row) => row.targetTitle,
    purpose: {
      zh: '等待签批的事项；最后一位签批后自动办理。',
      en: 'What waits for a signature; the last signature carries it out.',
    },
  },
);
type ApprovalRow = RecordRow<typeof Approval>;

const opinion = z.strictObject({ opinion: optional(field.longText('意见', { en: 'Opinion', max: 2000 })) });
const reason = z.strictObject({ opinion: field.longText('理由', { en: 'Reason', max: 2000 }) });

/** Who proposed it does not sign it, nor does anybody whom the action keeps apart from an earlier one. */
const mayJudge = async (row: ApprovalRow, _input: unknown, act: Act) => {
  if (row.proposer === act.actor.person)
    return refuse('own-proposal', '承办人不得审批自己提出的事项。', 'Nobody signs what he proposed himself.');
  const [clash] = await act.sql.query(
    `select 1 from kernel.event where record = $1 and action = any($2::text[])
       and (actor = $3 or hands @> jsonb_build_array(jsonb_build_object('person', $3::text)))`,
    [row.target, row.apart as string[], act.actor.person],
  );
  return (
    clash === undefined ||
    refuse(
      'separation',
      '您办理过须与本决定分开的环节，请转交他人签批。',
      'You took part in a step that must be kept apart from this; pass the sheet on.',
    )
  );
};

/** Whoever is asked must be able to sign: somebody there is, and not the proposer. */
const mayBeAsked = async (row: ApprovalRow, person: string, act: Act) => {
  if (person === row.proposer)
    return refuse('own-proposal', '承办人不得审批自己提出的事项。', 'Nobody signs what he proposed himself.', 'person');
  const [known] = await act.sql.query(`select 1 from kernel.person where id = $1 and kind = 'person'`, [person]);
  return known !== undefined || refuse('unknown-person', '没有这个人员。', 'There is no such person.', 'person');
};

const withOpinion = (row: ApprovalRow, act: Act, decision: string, text: string | null | undefined) => [
  ...row.opinions,
  {
    person: act.actor.person,
    name: act.actor.name,
    role: act.actor.role,
    decision,
    opinion: text ?? null,
    at: act.occurredAt,
  },
];

const release = (row: ApprovalRow, act: Act) =>
  act.sql.query('update kernel.record set sheet = null where id = $1 and sheet = $2', [row.target, row.id]);

/** Those who may sign now: the person a step names, else whoever holds its post at the record's office. */
function signers(row: ApprovalRow): string[] {
  const step = row.steps[row.step];
  if (step === undefined) return [];
  return step.person ? [`person:${step.person}`] : [`role:${step.role}@${row.office}`];
}

export const approvalLifecycle = lifecycle(Approval, {
  editions: [{ name: '2020', basis: '《党政机关公文处理工作条例》；各机关内部审批制度', inForce: '2000-01-01' }],
  states: {
    submitted: { zh: '待签批', en: 'Awaiting signature' },
    signed: { zh: '已批准', en: 'Approved', closed: true },
    returned: { zh: '已退回', en: 'Returned', closed: true },
    withdrawn: { zh: '已撤回', en: 'Withdrawn', closed: true },
  },
  readers: [],
  parties: {
    signer: { label: { zh: '签批人', en: 'Signatory' }, of: signers, sees: 'all', from: 'submitted' },
    hasSigned: {
      label: { zh: '已签批人', en: 'Has signed' },
      of: (row) => row.opinions.map(({ person }) => `person:${person}`),
      sees: 'all',
      from: 'submitted',
    },
    proposed: {
      label: { zh: '承办人', en: 'Proposer' },
      of: (row) => [`person:${row.proposer}`],
      sees: 'all',
      from: 'submitted',
    },
  },
  actions: {
    submit: on({
      label: { zh: '提交审批', en: 'Submit' },
      from: null,
      to: 'submitted',
      by: ['system'],
      basis: '内部审批制度',
      input: z.strictObject({
        target: z.uuid(),
        targetEntity: z.string(),
        targetAction: z.string(),
        targetTitle: z.string(),
        proposer: z.uuid(),
        proposerName: z.string(),
        command: z.json(),
        actor: z.json(),
        apart: z.json(),
        steps: z.array(Step),
        step: z.int(),
        opinions: z.array(Opinion),
      }),
    }),
    sign: on({
      label: { zh: '同意', en: 'Approve' },
      from: 'submitted',
      to: ['submitted', 'signed'],
      by: ['signer'],
      basis: '内部审批制度',
      input: opinion,
      check: mayJudge,
      run: async (row: ApprovalRow, input, act) => {
        const opinions = withOpinion(row, act, 'approved', input.opinion);
        if (row.step + 1 < row.steps.length) return { opinions, step: row.step + 1, to: 'submitted' };
        await release(row, act);
        const proposal = row.actor as unknown as Hand;
        await act.perform(row.targetEntity, row.target, row.targetAction, row.command as Record<string, unknown>, [
          { ...proposal, part: 'proposed' },
        ]);
        return { opinions, to: 'signed' };
      },
    }),
    returnIt: on({
      label: { zh: '退回', en: 'Return' },
      from: 'submitted',
      to: 'returned',
      by: ['signer'],
      basis: '内部审批制度',
      input: reason,
      check: mayJudge,
      run: async (row: ApprovalRow, input, act) => {
        await release(row, act);
        return { opinions: withOpinion(row, act, 'returned', input.opinion) };
      },
    }),
    withdraw: on({
      label: { zh: '撤回', en: 'Withdraw' },
      from: 'submitted',
      to: 'withdrawn',
      by: ['proposed'],
      aside: true,
      basis: '内部审批制度',
      input: opinion,
      run: async (row: ApprovalRow, input, act) => {
        await release(row, act);
        return { opinions: withOpinion(row, act, 'withdrawn', input.opinion) };
      },
    }),
    countersign: on({
      label: { zh: '送会签', en: 'Ask to countersign' },
      from: 'submitted',
      to: 'submitted',
      by: ['signer'],
      aside: true,
      basis: '内部审批制度',
      input: z.strictObject({
        role: field.text('会签岗位', { en: 'Post' }),
        person: optional(field.identifier('会签人', { en: 'Person' })),
      }),
      check: (row: ApprovalRow, input, act) => {
        if (!act.roles.has(input.role))
          return refuse('unknown-role', '没有这个岗位。', 'There is no such post.', 'role');
        return input.person ? mayBeAsked(row, input.person, act) : true;
      },
      run: (row: ApprovalRow, input, act) => ({
        steps: [
          ...row.steps.slice(0, row.step),
          { role: input.role, kind: 'countersign' as const, person: input.person ?? null },
          ...row.steps.slice(row.step),
        ],
        opinions: withOpinion(row, act, 'countersign', null),
      }),
    }),
    transfer: on({
      label: { zh: '转交', en: 'Transfer' },
      from: 'submitted',
      to: 'submitted',
      by: ['signer'],
      aside: true,
      basis: '内部审批制度',
      input: z.strictObject({ person: field.identifier('转交给', { en: 'To' }) }),
      check: (row: ApprovalRow, input, act) => mayBeAsked(row, input.person, act),
      run: (row: ApprovalRow, input, act) => ({
        steps: row.steps.map((step, index) => (index === row.step ? { ...step, person: input.person } : step)),
        opinions: withOpinion(row, act, 'transferred', null),
      }),
    }),
  },
});

/** Puts a command that was found lawful on a sheet; the record waits with it. */
export async function submitForApproval(
  work: Work,
  target: Lifecycle,
  action: Action,
  row: Row,
  digest: string,
  input: Record<string, unknown>,
): Promise<{ id: string; event: string }> {
  const { actor, sql, command } = work;
  const hand = { person: actor.person, name: actor.name, role: actor.role, organisation: actor.organisation };
  const id = uuid();
  const title = `${action.label.zh}：${target.entity.title(row as never)}`.slice(0, 300);
  const steps = action.approval!.map((role) => ({ role, kind: 'sign' as const, person: null }));
  const nothing = { row: null, register: null, clocks: [], held: [], hands: [], replay: null };
  const documents = command.documents ?? [];
  command.documents = [];
  const sheetInput = {
    target: row.id,
    targetEntity: target.entity.name,
    targetAction: action.name,
    targetTitle: title,
    proposer: actor.person,
    proposerName: actor.name,
    command: input,
    actor: hand,
    apart: (action.notBy ?? []).filter(({ same }) => same === 'person').flatMap(({ actions }) => actions),
    steps,
    step: 0,
    opinions: [],
  };
  const step = await take(work, approvalLifecycle, approvalLifecycle.actions.submit!, nothing, sheetInput, digest, [], {
    id,
    office: row.office as string,
    parent: row.id as string,
    vouched: true,
  });
  const placed = await sql.query(
    'update kernel.record set sheet = $2, version = version where id = $1 and sheet is null returning id',
    [row.id, id],
  );
  if (placed.length === 0)
    throw new Problem(409, 'in-approval', '这条记录已在审批。', 'The record is with an approval sheet already.');
  for (const { kind, upload } of documents)
    await bindUpload(step, row.id as string, kind, target.documents[kind]!.zh, upload);
  return { id, event: step.event };
}
