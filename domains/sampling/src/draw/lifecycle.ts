import { lifecycle, on } from '@hengjian/kernel';
import { CommitInput, checkCommit, commitDraw } from './commit.ts';
import { announcementPaper, recordPaper } from './documents.ts';
import { SamplingDraw } from './entity.ts';
import { checkFreeze, FreezeInput, freezeFrame } from './freeze.ts';
import { checkOpen, open, VoidInput, voidDraw } from './open.ts';
import { ResolveInput } from './randomness.ts';
import { checkResolve, resolve } from './resolve.ts';

/** 抽取: frame frozen, committed in public, drawn by a number that nobody knew, opened after the last visit. */
export const drawLifecycle = lifecycle(SamplingDraw, {
  editions: [
    { name: 'O18-2020', basis: '《产品质量监督抽查管理暂行办法》（市场监管总局令第18号）', inForce: '2020-01-01' },
  ],
  states: {
    frozen: { zh: '抽样框已冻结', en: 'Frame frozen' },
    committed: { zh: '已公布承诺', en: 'Committed in public' },
    drawn: { zh: '已抽取，名单封存', en: 'Drawn, names sealed' },
    opened: { zh: '名单已公开', en: 'Opened', closed: true },
    voided: { zh: '已作废', en: 'Void', closed: true },
  },
  readers: ['planner', 'organiser', 'section-chief', 'bureau-head', 'auditor'],
  columns: ['productName', 'committedOn', 'drawnOn', 'openedOn'],
  documents: {
    announcement: { zh: '随机抽取公告', en: 'Announcement of the draw', paper: announcementPaper },
    record: { zh: '随机抽取记录', en: 'Record of the draw', paper: recordPaper },
  },
  actions: {
    freeze: on({
      label: { zh: '冻结抽样框', en: 'Freeze the frame' },
      from: null,
      to: 'frozen',
      by: ['planner', 'organiser'],
      basis: '总局令第18号第十二条第三款、第十五条第一款',
      input: FreezeInput,
      check: checkFreeze,
      run: freezeFrame,
    }),
    commit: on({
      label: { zh: '公布承诺', en: 'Commit in public' },
      from: 'frozen',
      to: 'committed',
      by: ['planner', 'organiser'],
      basis: '总局令第18号第十五条第一款、第十六条第一款',
      papers: ['announcement'],
      input: CommitInput,
      check: checkCommit,
      run: commitDraw,
    }),
    draw: on({
      label: { zh: '抽取', en: 'Draw' },
      from: 'committed',
      to: 'drawn',
      by: ['planner', 'organiser', 'system'],
      basis: '总局令第18号第十五条第一款',
      papers: ['record'],
      input: ResolveInput,
      check: checkResolve,
      run: resolve,
    }),
    open: on({
      label: { zh: '公开名单', en: 'Open the names' },
      from: 'drawn',
      to: 'opened',
      by: ['planner', 'organiser', 'system'],
      basis: '总局令第18号第十四条第二款第一项',
      check: checkOpen,
      run: open,
    }),
    discard: on({
      label: { zh: '放弃', en: 'Discard' },
      from: 'frozen',
      to: 'voided',
      by: ['planner', 'organiser'],
      aside: true,
      danger: true,
      basis: '总局令第18号第十五条',
      input: VoidInput,
    }),
    void: on({
      label: { zh: '作废', en: 'Void' },
      from: 'committed',
      to: 'voided',
      by: ['planner', 'organiser'],
      aside: true,
      danger: true,
      basis: '总局令第18号第十五条',
      approval: ['section-chief'],
      input: VoidInput,
      run: voidDraw,
    }),
  },
});
