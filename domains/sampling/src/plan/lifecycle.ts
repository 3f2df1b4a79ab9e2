import { lifecycle, on } from '@hengjian/kernel';
import {
  approvePlan, CompleteInput, checkFiling, checkNoDuplication, checkPlan, checkSchemesEnded, checkSuperior, FilingInput, PlanInput, ReasonInput,
  SuperiorInput, settlePlan, settleSuperior,
} from './actions.ts';
import { filingPaper, planPaper } from './documents.ts';
import { type PlanRow, SamplingPlan } from './entity.ts';

/** 年度计划: drafted, approved, filed with the superior, in force, completed. */
export const planLifecycle = lifecycle(SamplingPlan, {
  editions: [{ name: 'O18-2020', basis: '《产品质量监督抽查管理暂行办法》（市场监管总局令第18号）', inForce: '2020-01-01' }],
  states: {
    drafted: { zh: '编制中', en: 'Drafted' },
    approved: { zh: '已批准待报备', en: 'Approved, not yet filed' },
    inForce: { zh: '执行中', en: 'In force' },
    completed: { zh: '已完成', en: 'Completed', closed: true },
    withdrawn: { zh: '已撤回', en: 'Withdrawn', closed: true },
  },
  readers: ['planner', 'organiser', 'section-chief', 'bureau-head', 'auditor'],
  columns: ['year', 'kind', 'level', 'batches', 'budget'],
  documents: {
    plan: { zh: '监督抽查年度计划', en: 'Annual sampling plan', paper: planPaper },
    filing: { zh: '备案报告', en: 'Filing report', paper: filingPaper },
  },
  parties: {
    subordinate: {
      label: { zh: '下级机关', en: 'Lower authority' },
      of: (row) => row.subordinates.map((office) => `office:${office}`),
      sees: ['year', 'name', 'kind', 'level', 'items', 'batches'],
      from: 'approved',
    },
  },
  actions: {
    draft: on({
      label: { zh: '编制', en: 'Draft' }, from: null, to: 'drafted', by: ['planner'], basis: '总局令第18号第十一条第二款',
      input: PlanInput, check: checkPlan, run: settlePlan,
    }),
    amend: on({
      label: { zh: '修改', en: 'Amend' }, from: 'drafted', to: 'same', by: ['planner'], basis: '总局令第18号第十一条第二款',
      aside: true, input: PlanInput, check: checkPlan, run: settlePlan,
    }),
    submit: on({
      label: { zh: '报批', en: 'Submit for approval' }, from: 'drafted', to: 'approved', by: ['planner'],
      basis: '总局令第18号第十一条第二款；《产品质量法》第十五条第二款', approval: ['section-chief', 'bureau-head'], numbers: '抽检计', papers: ['plan'],
      check: checkNoDuplication, run: approvePlan,
    }),
    fileUpward: on({
      label: { zh: '报上一级备案', en: 'File with the superior' }, from: 'approved', to: 'inForce', by: ['planner'],
      basis: '总局令第18号第十一条第二款', papers: ['filing'], input: FilingInput, check: checkFiling,
    }),
    registerSuperior: on({
      label: { zh: '登记上级计划', en: "Register a superior's plan" }, from: null, to: 'inForce', by: ['planner'],
      basis: '《产品质量法》第十五条第二款', input: SuperiorInput, check: checkSuperior, run: settleSuperior,
    }),
    complete: on({
      label: { zh: '年度办结', en: 'Complete' }, from: 'inForce', to: 'completed', by: ['planner'], aside: true,
      basis: '总局令第18号第五条', input: CompleteInput, check: checkSchemesEnded,
    }),
    withdraw: on({
      label: { zh: '撤回', en: 'Withdraw' }, from: 'drafted', to: 'withdrawn', by: ['planner'], aside: true, danger: true,
      basis: '总局令第18号第十一条第二款', input: ReasonInput,
    }),
  },
});
