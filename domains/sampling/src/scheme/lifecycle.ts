import { lifecycle, on } from '@hengjian/kernel';
import {
  AmendInput,
  checkAmendment,
  checkApproval,
  checkDraft,
  EndInput,
  SchemeInput,
  settleAmendment,
  settleDraft,
} from './actions.ts';
import { schemePaper } from './documents.ts';
import { SamplingScheme } from './entity.ts';

/** 抽查方案: internal; drafted from a plan in force, approved with its design, ended when the campaign is over. */
export const schemeLifecycle = lifecycle(SamplingScheme, {
  editions: [
    { name: 'O18-2020', basis: '《产品质量监督抽查管理暂行办法》（市场监管总局令第18号）', inForce: '2020-01-01' },
  ],
  states: {
    drafted: { zh: '编制中', en: 'Drafted' },
    approved: { zh: '已批准', en: 'Approved' },
    ended: { zh: '已办结', en: 'Ended', closed: true },
    withdrawn: { zh: '已撤回', en: 'Withdrawn', closed: true },
  },
  readers: ['planner', 'organiser', 'section-chief', 'bureau-head', 'auditor', 'test-expert'],
  columns: ['year', 'productName', 'batches', 'sampleSize', 'acceptance', 'scheduleUntil'],
  documents: { scheme: { zh: '监督抽查方案', en: 'Sampling scheme', paper: schemePaper } },
  actions: {
    draft: on({
      label: { zh: '编制方案', en: 'Draft' },
      from: null,
      to: 'drafted',
      by: ['planner'],
      basis: '总局令第18号第十二条第一款、第二款',
      input: SchemeInput,
      check: checkDraft,
      run: settleDraft,
    }),
    amend: on({
      label: { zh: '修改', en: 'Amend' },
      from: 'drafted',
      to: 'same',
      by: ['planner'],
      basis: '总局令第18号第十二条',
      aside: true,
      input: AmendInput,
      check: checkAmendment,
      run: settleAmendment,
    }),
    submit: on({
      label: { zh: '报批', en: 'Submit for approval' },
      from: 'drafted',
      to: 'approved',
      by: ['planner'],
      basis: '总局令第18号第十二条',
      approval: ['section-chief', 'bureau-head'],
      papers: ['scheme'],
      check: checkApproval,
    }),
    end: on({
      label: { zh: '办结', en: 'End' },
      from: 'approved',
      to: 'ended',
      by: ['planner', 'organiser'],
      basis: '总局令第18号第五条',
      aside: true,
      input: EndInput,
    }),
    withdraw: on({
      label: { zh: '撤回', en: 'Withdraw' },
      from: 'drafted',
      to: 'withdrawn',
      by: ['planner'],
      basis: '总局令第18号第十二条',
      aside: true,
      danger: true,
      input: EndInput,
    }),
  },
});
