import { lifecycle, on } from '@hengjian/kernel';
import {
  Correction,
  checkCorrection,
  checkDraft,
  checkFresh,
  correct,
  Draft,
  draft,
  publish,
  Redraft,
  Withdrawal,
  withdraw,
} from './actions.ts';
import { bulletinPaper } from './documents.ts';
import { Bulletin } from './entity.ts';

const basis = '《产品质量监督抽查管理暂行办法》第十条、第四十四条；《产品质量法》第二十四条';
const signed = ['section-chief', 'bureau-head'];

/** 公告: an act of the organiser, never the last state of a task (practice W4). */
export const bulletinLifecycle = lifecycle(Bulletin, {
  editions: [
    {
      name: 'O18-2020',
      basis: '《产品质量监督抽查管理暂行办法》（市场监管总局令第18号）第六章',
      inForce: '2020-01-01',
    },
  ],
  states: {
    drafted: { zh: '起草中', en: 'Drafted' },
    published: { zh: '已发布', en: 'Published' },
    discarded: { zh: '已作废', en: 'Discarded', closed: true },
    withdrawn: { zh: '已撤回', en: 'Withdrawn', closed: true },
  },
  readers: ['organiser', 'planner', 'section-chief', 'bureau-head', 'auditor', 'result-handler'],
  columns: ['productName', 'publishedOn', 'revision'],
  documents: { bulletin: { zh: '监督抽查结果公告', en: 'Bulletin', number: '抽检公', paper: bulletinPaper } },
  actions: {
    draft: on({
      label: { zh: '起草', en: 'Draft' },
      from: null,
      to: 'drafted',
      by: ['organiser'],
      basis,
      input: Draft,
      check: checkDraft,
      run: draft,
    }),
    redraft: on({
      label: { zh: '重新汇总', en: 'Draft again' },
      from: 'drafted',
      to: 'same',
      by: ['organiser'],
      aside: true,
      basis,
      input: Redraft,
      check: checkDraft,
      run: draft,
    }),
    publish: on({
      label: { zh: '发布', en: 'Publish' },
      from: 'drafted',
      to: 'published',
      by: ['organiser'],
      basis,
      approval: signed,
      papers: ['bulletin'],
      check: checkFresh,
      run: publish,
    }),
    discard: on({
      label: { zh: '作废', en: 'Discard' },
      from: 'drafted',
      to: 'discarded',
      by: ['organiser'],
      aside: true,
      basis,
      input: Withdrawal,
    }),
    correct: on({
      label: { zh: '更正', en: 'Correct' },
      from: 'published',
      to: 'same',
      by: ['organiser'],
      aside: true,
      basis,
      approval: signed,
      papers: ['bulletin'],
      input: Correction,
      check: checkCorrection,
      run: correct,
    }),
    withdraw: on({
      label: { zh: '撤回', en: 'Withdraw' },
      from: 'published',
      to: 'withdrawn',
      by: ['organiser'],
      aside: true,
      danger: true,
      basis,
      approval: signed,
      input: Withdrawal,
      run: withdraw,
    }),
  },
});
