import {
  type Act,
  entity,
  field,
  type Lifecycle,
  lifecycle,
  on,
  optional,
  type Paper,
  type RecordRow,
  refuse,
} from '@hengjian/kernel';
import { authorityOf } from '@hengjian/people';
import { z } from 'zod';
import { edition, reportReaders, rewardClause } from '../clauses.ts';
import { claimRule } from '../clocks.ts';
import { fingerprintOf } from '../vault/follow.ts';
import { rewardOf } from './rules.ts';

const levels = {
  '1': { zh: '一级', en: 'First' },
  '2': { zh: '二级', en: 'Second' },
  '3': { zh: '三级', en: 'Third' },
} as const;
const proposeShape = {
  report: field.reference('举报', 'complaints.report', { en: 'Report' }),
  reportNumber: field.text('举报编号', { en: 'Number of the report' }),
  level: field.choice('奖励等级', levels, { en: 'Level' }),
  ground: field.longText('理由', { en: 'Reasons', max: 2000 }),
  fined: field.money('罚款', { en: 'Fine' }),
  confiscated: field.money('没收', { en: 'Confiscated' }),
};
const Reward = entity(
  'complaints.reward',
  { zh: '举报奖励', en: 'Reward' },
  {
    fields: {
      ...proposeShape,
      base: field.money('罚没款', { en: 'Fines and confiscations' }),
      rate: field.decimal('比例', { en: 'Rate' }),
      amount: field.money('奖励金额', { en: 'Amount' }),
      bound: field.choice(
        '金额依据',
        {
          rate: { zh: '按比例', en: 'By the rate' },
          floor: { zh: '按下限', en: 'By the floor' },
          cap: { zh: '按上限', en: 'By the cap' },
        },
        { en: 'What made the amount' },
      ),
      finance: field.flag('须与财政部门共同决定', { en: 'With the finance department' }),
      approvedOn: optional(field.date('批准日期', { en: 'Approved on' })),
      toldOn: optional(field.date('通知日期', { en: 'Told on' })),
      paidOn: optional(field.date('发放日期', { en: 'Paid on' })),
      paidBy: optional(field.text('发放方式', { en: 'How it was paid' })),
      reason: optional(field.longText('不予奖励或者失效理由', { en: 'Why not', max: 2000 })),
    },
    title: (row) => `${row.reportNumber} ${levels[row.level].zh}奖励`,
    words: (row) => [row.reportNumber],
    purpose: {
      zh: '查证属实并办结的重大违法举报：按罚没款的 5%、3%、1% 计算，凭编号和密码领取，不写姓名。',
      en: 'Rewards for major offences verified and concluded: five, three or one per cent, paid against number and secret, without a name.',
    },
  },
);
type RewardRow = RecordRow<typeof Reward>;

const notice = (row: RewardRow, act: Act): Paper => ({
  template: 'reward-notice',
  title: '举报奖励领取通知',
  content: {
    to: `举报编号 ${row.reportNumber} 的举报人`,
    facts: [
      ['奖励等级', levels[row.level].zh],
      ['奖励金额（元）', row.amount],
      ['领取机关', authorityOf(act.offices, row.office).label.zh],
    ],
    paragraphs: ['凭查询编号和查询密码领取，不需要出示姓名。'],
  },
});

const Claiming = z.strictObject({
  number: field.text('查询编号', { en: 'Query number', pattern: /^\d{12}$/ }),
  secret: field.text('查询密码', { en: 'Secret', max: 20, sealed: true }),
  paidBy: field.text('发放方式', { en: 'How it is paid' }),
});
const Reasoned = z.strictObject({ reason: field.longText('理由', { en: 'Reasons', max: 2000 }) });

/** Whoever shows number and secret of the report holds the claim; no name is asked. */
async function checkClaim(row: RewardRow, { number, secret }: z.infer<typeof Claiming>, act: Act) {
  const [held] = await act.sql.query<{ record: string }>('select record from complaints.follow_of($1, $2)', [
    number,
    fingerprintOf(number, secret),
  ]);
  return (
    held?.record === row.report ||
    refuse('token-wrong', '编号或者密码不对，不能领取。', 'Number or secret is wrong; nothing is paid.', 'secret')
  );
}

/** 举报奖励: proposed → approved by two → told → paid against the token, or lapsed. */
export const rewardLifecycle: Lifecycle = lifecycle(Reward, {
  editions: [edition],
  states: {
    proposed: { zh: '待审批', en: 'To be approved' },
    approved: { zh: '已批准，待通知', en: 'Approved, to be told' },
    told: { zh: '已通知，待领取', en: 'Told, to be fetched' },
    paid: { zh: '已发放', en: 'Paid', closed: true },
    lapsed: { zh: '逾期未领，视为放弃', en: 'Not fetched', closed: true },
    declined: { zh: '不予奖励', en: 'Not granted', closed: true },
  },
  readers: [...reportReaders],
  columns: ['reportNumber', 'level', 'base', 'amount', 'approvedOn', 'paidOn'],
  documents: {
    notice: { zh: '举报奖励领取通知', en: 'Notice to fetch', number: '举奖', paper: notice },
    financeOpinion: { zh: '财政部门意见', en: 'Opinion of the finance department' },
    receipt: { zh: '领取凭证', en: 'Receipt' },
  },
  actions: {
    propose: on({
      label: { zh: '提出奖励', en: 'Propose' },
      from: null,
      to: 'proposed',
      by: ['system'],
      basis: rewardClause('第三条、第十一条、第十二条'),
      input: z.strictObject(proposeShape),
      reserves: (_row: RewardRow, input) => [
        {
          key: `complaints.reward|${input.report}`,
          refusal: refuse('proposed-already', '这件举报已经提出过奖励。', 'A reward was proposed for this report.'),
        },
      ],
      run: (_row: RewardRow, input) => rewardOf(input.level, input),
    }),
    attach: on({
      label: { zh: '登记财政部门意见', en: 'Enter the finance department’s opinion' },
      from: 'proposed',
      to: 'same',
      by: ['report-verifier', 'section-chief'],
      aside: true,
      basis: rewardClause('第十二条'),
      needs: ['financeOpinion'],
    }),
    approve: on({
      label: { zh: '批准奖励', en: 'Approve' },
      from: 'proposed',
      to: 'approved',
      by: ['report-verifier'],
      basis: rewardClause('第十二条'),
      approval: ['section-chief', 'bureau-head'],
      check: async (row: RewardRow, _input, act: Act) => {
        if (!row.finance) return true;
        const [held] = await act.sql.query(
          `select 1 from kernel.document where record = $1 and kind = 'financeOpinion' and superseded_by is null`,
          [row.id],
        );
        return (
          held !== undefined ||
          refuse(
            'finance-first',
            '五十万元以上的奖励，须与财政部门共同决定。',
            'From 500,000 yuan on the finance department decides, too.',
          )
        );
      },
      run: (_row: RewardRow, _input, act: Act) => ({ approvedOn: act.occurredOn }),
    }),
    decline: on({
      label: { zh: '不予奖励', en: 'Do not grant' },
      from: 'proposed',
      to: 'declined',
      by: ['section-chief'],
      aside: true,
      basis: rewardClause('第三条'),
      input: Reasoned,
    }),
    tell: on({
      label: { zh: '通知领取', en: 'Tell the reporter' },
      from: 'approved',
      to: 'told',
      by: ['report-verifier'],
      basis: rewardClause('领取'),
      papers: ['notice'],
      run: async (row: RewardRow, _input, act: Act) => {
        await act.sql.query('update complaints.follow set told = $2, told_on = $3 where record = $1', [
          row.report,
          `奖励 ${row.amount} 元已批准，请凭本编号和密码到受理机关领取。`,
          act.occurredOn,
        ]);
        return { toldOn: act.occurredOn };
      },
    }),
    pay: on({
      label: { zh: '凭编号和密码发放', en: 'Pay against number and secret' },
      from: 'told',
      to: 'paid',
      by: ['report-verifier'],
      basis: rewardClause('领取'),
      input: Claiming,
      check: checkClaim,
      run: (_row: RewardRow, _input, act: Act) => ({ paidOn: act.occurredOn }),
    }),
    lapse: on({
      label: { zh: '逾期未领', en: 'Not fetched in time' },
      from: 'told',
      to: 'lapsed',
      by: ['section-chief'],
      aside: true,
      basis: rewardClause('领取期限（待核实）'),
      input: Reasoned,
      check: async (row: RewardRow, _input, act: Act) => {
        const [clock] = await act.sql.query<{ due: string }>(
          `select to_char(due_on, 'YYYY-MM-DD') as due from kernel.clock where record = $1 and name = 'claim' and status = 'running'`,
          [row.id],
        );
        return (
          (clock !== undefined && clock.due < act.occurredOn) ||
          refuse('claim-runs', '领取期限没有届满。', 'The time to fetch it is not over.')
        );
      },
    }),
  },
  clocks: {
    claim: {
      label: { zh: '领取期限', en: 'Time to fetch' },
      rule: claimRule,
      starts: { at: ['tell'] },
      stops: ['pay', 'lapse'],
    },
  },
});
