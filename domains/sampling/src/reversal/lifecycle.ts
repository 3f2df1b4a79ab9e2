import { type Act, field, lifecycle, on, optional, type Refusal, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { Reversal, type ReversalRow, reversalGrounds } from './entity.ts';

const Proposal = z.strictObject({
  task: field.reference('抽样任务', 'sampling.task', { en: 'Task' }),
  ground: field.choice('变更依据', reversalGrounds, { en: 'Ground' }),
  change: field.choice(
    '变更内容',
    {
      conforms: { zh: '改为未发现不合格', en: 'Conforms' },
      void: { zh: '撤销结论', en: 'Void' },
      'seller-only': { zh: '仅对销售者有效', en: 'Seller only' },
    },
    { en: 'Change' },
  ),
  decisionNumber: optional(field.text('决定文号', { en: 'Number of the decision' })),
  decidedOn: field.date('决定日期', { en: 'Decided on' }),
  reason: field.longText('理由', { en: 'Reasons', max: 4000 }),
});
type Proposal = z.infer<typeof Proposal>;

interface Concerned {
  state: string;
  conclusion: string | null;
  denied: boolean;
  channel: string;
  producer: unknown;
  concludedOn: string | null;
  title: string;
}

async function findConcerned(task: string, act: Act): Promise<Concerned | undefined> {
  const [found] = await act.sql.query<Concerned>(
    `select t.state, c.conclusion, c.producer_denied as denied, t.channel, t.labelled_producer as producer, t.concluded_on as "concludedOn",
       r.title from sampling.task t join sampling.effective_conclusion c on c.task = t.id join kernel.record r on r.id = t.id where t.id = $1`,
    [task],
  );
  return found;
}

/** Only a conclusion that is final and failing can fall; a court or a superior is cited by the number of its decision. */
async function checkProposal(_row: ReversalRow, input: Proposal, act: Act): Promise<true | Refusal> {
  const task = await findConcerned(input.task, act);
  if (task === undefined || task.state !== 'concluded')
    return refuse(
      'not-final',
      '该任务的结论尚未生效，请走异议和复检程序。',
      'The conclusion is not final; use objection and retest.',
      'task',
    );
  if (task.conclusion !== 'fails')
    return refuse('nothing-to-change', '现行结论不是不合格。', 'The conclusion is not a failure.', 'task');
  if (input.change === 'seller-only' && (task.channel === 'producer' || task.producer === null || task.denied))
    return refuse(
      'no-producer',
      '该样品没有可以排除的标称生产者。',
      'There is no labelled producer to take out.',
      'change',
    );
  if ((input.change === 'seller-only') !== (input.ground === 'denial'))
    return refuse(
      'ground-and-change',
      '标称生产者否认成立的，变更为仅对销售者有效；其他依据不适用。',
      'A proved denial means "seller only", and nothing else does.',
      'change',
    );
  if (!input.decisionNumber && ['reconsideration', 'judgment', 'superior'].includes(input.ground))
    return refuse('decision-number', '请填写所依据决定的文号。', 'Give the number of the decision.', 'decisionNumber');
  return (
    (input.decidedOn <= act.occurredOn && input.decidedOn >= task.concludedOn!) ||
    refuse(
      'decided-on',
      '决定日期应在结论生效之后、今天之前。',
      'It was decided after the conclusion and not in the future.',
      'decidedOn',
    )
  );
}

async function propose(_row: ReversalRow, input: Proposal, act: Act): Promise<Partial<ReversalRow>> {
  return { taskTitle: (await findConcerned(input.task, act))!.title };
}

/** 结论变更: proposed with its document, signed, effective. Follow-ups are taken back by a flow, the bulletin by correction. */
export const reversalLifecycle = lifecycle(Reversal, {
  editions: [
    { name: 'O18-2020', basis: '《产品质量法》第十五条第四款；《行政复议法》；《行政诉讼法》', inForce: '2020-01-01' },
  ],
  states: {
    proposed: { zh: '拟变更', en: 'Proposed' },
    effective: { zh: '已变更', en: 'In force', closed: true },
    dropped: { zh: '已撤回', en: 'Dropped', closed: true },
  },
  readers: ['organiser', 'section-chief', 'bureau-head', 'auditor', 'planner'],
  columns: ['ground', 'change', 'decidedOn'],
  documents: { decision: { zh: '决定书或者证据', en: 'Decision or evidence' } },
  actions: {
    propose: on({
      label: { zh: '提出变更', en: 'Propose' },
      from: null,
      to: 'proposed',
      by: ['organiser'],
      basis: '《产品质量法》第十五条第四款',
      input: Proposal,
      needs: ['decision'],
      reserves: (_row: ReversalRow, input: Proposal) => [
        {
          key: `sampling.reversal|${input.task}|${input.change}`,
          refusal: refuse(
            'proposed-already',
            '该结论已有同样的变更。',
            'The same change was proposed already.',
            'task',
          ),
        },
      ],
      check: checkProposal,
      run: propose,
    }),
    approve: on({
      label: { zh: '批准变更', en: 'Bring into force' },
      from: 'proposed',
      to: 'effective',
      by: ['organiser'],
      danger: true,
      basis: '《产品质量法》第十五条第四款',
      approval: ['section-chief', 'bureau-head'],
      run: (_row: ReversalRow, _input, act) => ({ effectiveOn: act.occurredOn }),
    }),
    drop: on({
      label: { zh: '撤回', en: 'Drop' },
      from: 'proposed',
      to: 'dropped',
      by: ['organiser'],
      aside: true,
      basis: '内部审批制度',
      input: z.strictObject({ dropReason: field.longText('撤回理由', { en: 'Why it is dropped', max: 2000 }) }),
      run: async (row: ReversalRow, _input, act) => {
        await act.sql.query('select kernel.release_reservations($1)', [row.id]);
      },
    }),
  },
});
