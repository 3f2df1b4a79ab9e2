import { lifecycle, on, type Paper } from '@hengjian/kernel';
import { drawPieces } from '@hengjian/sampling';
import { arrangers, doubleRandom, edition, o67 } from '../clauses.ts';
import {
  CommitInput,
  checkCommit,
  checkFreeze,
  checkOpen,
  checkResolve,
  commit,
  FreezeInput,
  freeze,
  open,
  Reason,
  resolve,
  voidDraw,
} from './actions.ts';
import { type DrawRow, InspectionDraw } from './entity.ts';

const record = (row: DrawRow): Paper => ({
  template: 'inspection-draw',
  title: '“双随机”抽取记录',
  content: {
    facts: [
      ['抽取名称', row.name],
      ['检查事项', row.matter],
      ['抽样框', `${row.sizes.frame} 户（另有 ${row.sizes.atCap} 户已达年度频次上限，未列入）`],
      ['抽取', `${row.sizes.drawn} 户`],
      ['抽样框根', row.frameRoot],
      ['承诺摘要', row.commitmentDigest ?? ''],
    ],
  },
});

/** 双随机: the object bank frozen, committed, drawn with its officers, opened after the last visit. */
export const drawLifecycle = lifecycle(InspectionDraw, {
  editions: [edition],
  states: {
    frozen: { zh: '名录已冻结', en: 'Frozen' },
    committed: { zh: '已公布承诺', en: 'Committed in public' },
    drawn: { zh: '已抽取，名单封存', en: 'Drawn, names sealed' },
    opened: { zh: '名单已公开', en: 'Opened', closed: true },
    voided: { zh: '已作废', en: 'Void', closed: true },
  },
  readers: [...arrangers, 'section-chief', 'bureau-head', 'auditor'],
  columns: ['matter', 'committedOn', 'drawnOn', 'openedOn'],
  documents: { record: { zh: '随机抽取记录', en: 'Record of the draw', paper: record } },
  actions: {
    freeze: on({
      label: { zh: '冻结对象名录', en: 'Freeze the frame' },
      from: null,
      to: 'frozen',
      by: arrangers,
      basis: o67('第四条、第五条'),
      input: FreezeInput,
      check: checkFreeze,
      run: freeze,
    }),
    commit: on({
      label: { zh: '公布承诺', en: 'Commit in public' },
      from: 'frozen',
      to: 'committed',
      by: arrangers,
      basis: doubleRandom,
      input: CommitInput,
      check: checkCommit,
      run: commit,
    }),
    draw: on({
      label: { zh: '抽取', en: 'Draw' },
      from: 'committed',
      to: 'drawn',
      by: [...arrangers, 'system'],
      basis: o67('第四条'),
      papers: ['record'],
      input: drawPieces.ResolveInput,
      check: checkResolve,
      run: resolve,
    }),
    open: on({
      label: { zh: '公开名单', en: 'Open the names' },
      from: 'drawn',
      to: 'opened',
      by: [...arrangers, 'system'],
      basis: doubleRandom,
      check: checkOpen,
      run: open,
    }),
    discard: on({
      label: { zh: '放弃', en: 'Discard' },
      from: 'frozen',
      to: 'voided',
      by: arrangers,
      aside: true,
      danger: true,
      basis: doubleRandom,
      input: Reason,
    }),
    void: on({
      label: { zh: '作废', en: 'Void' },
      from: 'committed',
      to: 'voided',
      by: arrangers,
      aside: true,
      danger: true,
      basis: doubleRandom,
      approval: ['section-chief'],
      input: Reason,
      run: voidDraw,
    }),
  },
});
