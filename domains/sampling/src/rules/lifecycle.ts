import { lifecycle, on } from '@hengjian/kernel';
import {
  AmendInput, checkAmendment, checkDraft, checkExpert, checkReviewed, publishRules, ReasonInput, ReviewInput, RulesInput, reviewAsExpert,
  reviewAsSupervisor, settleAmendment, settleDraft,
} from './actions.ts';
import { rulesPaper } from './documents.ts';
import { SamplingRules } from './entity.ts';

/** 实施细则: drafted, jointly reviewed, approved, published, superseded by the next version. */
export const rulesLifecycle = lifecycle(SamplingRules, {
  editions: [{ name: 'O18-2020', basis: '《产品质量监督抽查管理暂行办法》（市场监管总局令第18号）', inForce: '2020-01-01' }],
  states: {
    drafted: { zh: '起草、评审中', en: 'Drafted, under review' },
    reviewed: { zh: '已联合评审', en: 'Jointly reviewed' },
    approved: { zh: '已批准待公布', en: 'Approved, not yet published' },
    published: { zh: '已公布', en: 'Published' },
    superseded: { zh: '已被新版替代', en: 'Superseded', closed: true },
    withdrawn: { zh: '已撤回', en: 'Withdrawn', closed: true },
  },
  readers: ['planner', 'organiser', 'section-chief', 'bureau-head', 'auditor', 'test-expert', 'sampler', 'result-handler'],
  columns: ['productName', 'version', 'publishedOn'],
  documents: { rules: { zh: '监督抽查实施细则', en: 'Detailed rules', paper: rulesPaper } },
  parties: {
    invitedExpert: {
      label: { zh: '受邀评审专家', en: 'Invited expert' },
      of: (row) => (row.experts ?? []).map(({ person }) => `person:${person}`),
      sees: ['product', 'productName', 'version', 'method', 'items', 'testSample', 'spareSample', 'sampleUnit', 'minimumStock', 'verdictRule', 'retestDays', 'reviews'],
      from: 'drafted',
    },
  },
  actions: {
    draft: on({
      label: { zh: '起草', en: 'Draft' }, from: null, to: 'drafted', by: ['planner'], basis: '总局令第18号第十二条第一款、第二款',
      input: RulesInput, check: checkDraft, run: settleDraft,
    }),
    amend: on({
      label: { zh: '修改', en: 'Amend' }, from: ['drafted', 'reviewed'], to: 'drafted', by: ['planner'], basis: '总局令第18号第十二条',
      aside: true, input: AmendInput, check: checkAmendment, run: settleAmendment,
    }),
    reviewAsSupervisor: on({
      label: { zh: '监管人员评审', en: 'Review as supervisor' }, from: 'drafted', to: ['drafted', 'reviewed'], by: ['organiser', 'section-chief'],
      basis: '总局令第18号第十二条；实施细则联合评审制度', input: ReviewInput, run: reviewAsSupervisor,
      notBy: [{ actions: ['draft', 'amend', 'reviewAsExpert'], same: 'person' }],
    }),
    reviewAsExpert: on({
      label: { zh: '检验专家评审', en: 'Review as test expert' }, from: 'drafted', to: ['drafted', 'reviewed'], by: ['test-expert', 'invitedExpert'],
      basis: '总局令第18号第十二条；实施细则联合评审制度', input: ReviewInput, check: checkExpert, run: reviewAsExpert,
      notBy: [{ actions: ['draft', 'amend', 'reviewAsSupervisor'], same: 'person' }],
    }),
    submit: on({
      label: { zh: '报批', en: 'Submit for approval' }, from: 'reviewed', to: 'approved', by: ['planner'], basis: '总局令第18号第十二条',
      approval: ['section-chief', 'bureau-head'], papers: ['rules'], when: checkReviewed,
    }),
    publish: on({
      label: { zh: '向社会公布', en: 'Publish' }, from: 'approved', to: 'published', by: ['planner', 'organiser'],
      basis: '总局令第18号第十二条第三款', run: publishRules,
    }),
    supersede: on({
      label: { zh: '由新版替代', en: 'Supersede' }, from: 'published', to: 'superseded', by: ['system'], aside: true,
      basis: '总局令第18号第十二条第三款', input: ReasonInput,
    }),
    withdraw: on({
      label: { zh: '撤回', en: 'Withdraw' }, from: ['drafted', 'reviewed', 'approved'], to: 'withdrawn', by: ['planner'], aside: true, danger: true,
      basis: '总局令第18号第十二条', input: ReasonInput,
    }),
  },
});
