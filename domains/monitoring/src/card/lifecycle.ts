import type { ClockRule } from '@hengjian/calendar';
import { type Act, field, lifecycle, on, optional, type Refusal, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { conclusionPaper, orderPaper } from './documents.ts';
import { Card, type CardRow, causes, findings } from './entity.ts';

const { shape } = Card;
const basis = '电子监察和督查制度；《行政许可法》第十条、第六十条';
const Raised = z.strictObject({
  key: shape.key,
  rule: shape.rule,
  kind: shape.kind,
  level: shape.level,
  points: shape.points,
  target: shape.target,
  targetEntity: shape.targetEntity,
  targetEvent: shape.targetEvent,
  targetClock: shape.targetClock,
  officer: shape.officer,
  officerName: shape.officerName,
  facts: shape.facts,
  factsEnglish: shape.factsEnglish,
  basis: shape.basis,
  foundOn: shape.foundOn,
});
const Graver = z.strictObject({
  rule: shape.rule,
  level: shape.level,
  points: shape.points,
  facts: shape.facts,
  factsEnglish: shape.factsEnglish,
});
const Order = z.strictObject({
  demand: field.longText('督办要求', { en: 'What is asked', max: 4000 }),
  deadline: field.date('回复期限', { en: 'Answer by' }),
});
const Reply = z.strictObject({
  cause: field.choice('原因', causes, { en: 'Cause' }),
  reply: field.longText('说明和整改情况', { en: 'Explanation and what was done', max: 4000 }),
});
const Reasoned = z.strictObject({ reason: field.longText('理由', { en: 'Reason', max: 4000 }) });
const Return = Reasoned.extend({
  deadline: optional(
    field.date('新的回复期限', {
      en: 'New deadline',
      help: { zh: '发过督办单的必须填写。', en: 'Required where an order was sent.' },
    }),
  ),
});
const Review = z.strictObject({
  finding: field.choice('核查结论', findings, { en: 'Finding' }),
  opinion: field.longText('核查意见', { en: 'Opinion', max: 4000 }),
});
const Opinion = z.strictObject({ opinion: optional(field.longText('意见', { en: 'Opinion', max: 4000 })) });

/** A day that the order names. */
const namedDay: ClockRule = {
  kind: 'within',
  unit: 'day',
  amount: 0,
  rollForward: 'none',
  basis: '监察督办单载明的期限',
};

/** Nobody judges his own matter: neither whoever acts nor whoever signs is the officer concerned. */
function notOwn(row: CardRow, act: Act): true | Refusal {
  const persons = [act.actor.person, ...act.hands.map(({ person }) => person)];
  return (
    !row.officer ||
    !persons.includes(row.officer) ||
    refuse('own-card', '本人是该监察牌的承办人，不能办理。', 'You are the officer whom this card is about.')
  );
}
const judged = (row: CardRow, _input: unknown, act: Act): true | Refusal => notOwn(row, act);
/** An order that is upheld or answered anew runs again, until a day that lies ahead. */
const returned = (row: CardRow, input: z.infer<typeof Return>, act: Act): true | Refusal =>
  row.orderedOn && !(input.deadline && input.deadline > act.occurredOn)
    ? refuse('due-in-past', '请填写晚于今天的回复期限。', 'Name a deadline that lies ahead.', 'deadline')
    : notOwn(row, act);
const before = (row: CardRow) => ({ to: row.orderedOn ? ('ordered' as const) : ('raised' as const) });
/** Whoever explained or contested the card has no part in judging it. */
const apart = [{ actions: ['reply', 'contest'], same: 'person' as const }];

/** 监察牌: raised by a rule → explained or urged → reviewed → closed by another; or contested, and upheld or struck by two with reason. */
export const cardLifecycle = lifecycle(Card, {
  editions: [{ name: '2026', basis, inForce: '2000-01-01' }],
  states: {
    raised: { zh: '待处理', en: 'Raised' },
    ordered: { zh: '已督办，待回复', en: 'Urged, to be answered' },
    contested: { zh: '已申辩', en: 'Contested' },
    replied: { zh: '已回复，待核查', en: 'Answered, to be reviewed' },
    reviewed: { zh: '已核查，待办结', en: 'Reviewed, to be closed' },
    striking: { zh: '拟撤销', en: 'To be struck' },
    closed: { zh: '已办结', en: 'Closed', closed: true },
    struck: { zh: '已撤销', en: 'Struck', closed: true },
  },
  readers: ['auditor', 'section-chief', 'bureau-head'],
  columns: ['level', 'kind', 'officerName', 'foundOn', 'deadline'],
  documents: {
    order: { zh: '监察督办单', en: 'Supervision order', number: '监督', paper: orderPaper },
    conclusion: { zh: '监察结论书', en: 'Conclusion', number: '监结', paper: conclusionPaper },
    evidence: { zh: '说明材料', en: 'Evidence' },
  },
  parties: {
    concerned: {
      label: { zh: '承办人', en: 'Officer concerned' },
      of: (row: CardRow) => (row.officer ? [`person:${row.officer}`] : []),
      sees: 'all',
      from: 'raised',
    },
  },
  actions: {
    raise: on({
      label: { zh: '自动发牌', en: 'Raised by a rule' },
      from: null,
      to: 'raised',
      by: ['system'],
      basis,
      input: Raised,
      reserves: (_row: CardRow, input: z.infer<typeof Raised>) => [
        {
          key: `monitoring-card|${input.key}`,
          refusal: refuse('card-raised', '该事实已经发牌。', 'There is a card for this fact already.'),
        },
      ],
    }),
    escalate: on({
      label: { zh: '黄牌转红牌', en: 'From yellow to red' },
      from: ['raised', 'ordered', 'contested', 'replied', 'reviewed', 'striking'],
      to: 'same',
      by: ['system'],
      basis,
      input: Graver,
    }),
    order: on({
      label: { zh: '发督办单', en: 'Send a supervision order' },
      from: 'raised',
      to: 'ordered',
      by: ['auditor'],
      basis,
      input: Order,
      papers: ['order'],
      check: (row: CardRow, input: z.infer<typeof Order>, act: Act): true | Refusal =>
        input.deadline > act.occurredOn
          ? notOwn(row, act)
          : refuse('due-in-past', '回复期限应晚于今天。', 'The deadline must lie ahead.', 'deadline'),
      run: (_row: CardRow, _input: unknown, act: Act) => ({ orderedOn: act.occurredOn }),
    }),
    reply: on({
      label: { zh: '说明、回复', en: 'Explain' },
      from: ['raised', 'ordered'],
      to: 'replied',
      by: ['concerned', 'section-chief'],
      basis,
      input: Reply,
      run: (_row: CardRow, _input: unknown, act: Act) => ({ repliedOn: act.occurredOn }),
    }),
    contest: on({
      label: { zh: '申辩', en: 'Contest' },
      from: ['raised', 'ordered'],
      to: 'contested',
      by: ['concerned', 'section-chief'],
      aside: true,
      basis,
      input: Reasoned,
    }),
    uphold: on({
      label: { zh: '申辩不成立，维持', en: 'Uphold' },
      from: 'contested',
      to: ['raised', 'ordered'],
      by: ['auditor'],
      basis,
      notBy: apart,
      input: Return,
      check: returned,
      run: before,
    }),
    sendBack: on({
      label: { zh: '退回重报', en: 'Ask again' },
      from: 'replied',
      to: ['raised', 'ordered'],
      by: ['auditor'],
      aside: true,
      basis,
      notBy: apart,
      input: Return,
      check: returned,
      run: before,
    }),
    review: on({
      label: { zh: '核查', en: 'Review' },
      from: 'replied',
      to: 'reviewed',
      by: ['auditor'],
      basis,
      notBy: apart,
      input: Review,
      check: judged,
    }),
    reopen: on({
      label: { zh: '退回核查', en: 'Back to the review' },
      from: 'reviewed',
      to: 'replied',
      by: ['bureau-head'],
      aside: true,
      basis,
      input: Reasoned,
      check: judged,
    }),
    close: on({
      label: { zh: '办结', en: 'Close' },
      from: 'reviewed',
      to: 'closed',
      by: ['bureau-head', 'auditor'],
      basis,
      notBy: [{ actions: ['review', 'order', 'reply', 'contest'], same: 'person' }],
      papers: ['conclusion'],
      input: Opinion,
      check: judged,
      run: (row: CardRow, input: z.infer<typeof Opinion>, act: Act) => ({
        opinion: input.opinion ?? row.opinion,
        closedOn: act.occurredOn,
      }),
    }),
    proposeStrike: on({
      label: { zh: '拟撤销监察牌', en: 'Propose to strike the card' },
      from: ['raised', 'ordered', 'contested', 'replied', 'reviewed'],
      to: 'striking',
      by: ['auditor'],
      aside: true,
      basis,
      notBy: apart,
      input: Reasoned,
      check: judged,
    }),
    keep: on({
      label: { zh: '不予撤销，维持', en: 'Keep the card' },
      from: 'striking',
      to: ['raised', 'ordered'],
      by: ['auditor', 'bureau-head'],
      aside: true,
      basis,
      notBy: [{ actions: ['proposeStrike', 'reply', 'contest'], same: 'person' }],
      input: Return,
      check: returned,
      run: before,
    }),
    strike: on({
      label: { zh: '撤销监察牌', en: 'Strike the card' },
      from: 'striking',
      to: 'struck',
      by: ['auditor', 'bureau-head'],
      danger: true,
      basis,
      notBy: [{ actions: ['proposeStrike', 'reply', 'contest'], same: 'person' }],
      papers: ['conclusion'],
      check: judged,
      run: (_row: CardRow, _input: unknown, act: Act) => ({ closedOn: act.occurredOn }),
    }),
  },
  clocks: {
    reply: {
      label: { zh: '回复期限', en: 'Time to answer' },
      rule: namedDay,
      starts: { at: ['order', 'uphold', 'sendBack', 'keep'], on: 'deadline' },
      stops: ['reply', 'contest', 'proposeStrike'],
    },
  },
});
