import { field, lifecycle, on } from '@hengjian/kernel';
import { z } from 'zod';
import {
  Check,
  check,
  checkCorrection,
  checkEnded,
  correct,
  Draft,
  draft,
  draftEdition,
  Edition,
  freeze,
  Reason,
  recount,
} from './actions.ts';
import { reportPaper } from './documents.ts';
import { Report, type ReportRow } from './entity.ts';

const basis =
  '《统计法》第七条、第二十四条；《产品质量监督抽查管理暂行办法》第五条、第四十四条；统计报告制度（按配置执行）';
const drafters = ['planner', 'organiser'];

/** 定期统计报告: drafted, checked, signed and frozen; corrected by another edition. */
export const reportLifecycle = lifecycle(Report, {
  editions: [{ name: 'M14', basis, inForce: '2020-01-01' }],
  states: {
    drafted: { zh: '待核对', en: 'To be checked' },
    checked: { zh: '待签发', en: 'To be signed' },
    frozen: { zh: '已签发', en: 'Signed and frozen' },
    superseded: { zh: '已更正', en: 'Corrected', closed: true },
    discarded: { zh: '已作废', en: 'Discarded', closed: true },
  },
  readers: ['planner', 'organiser', 'section-chief', 'bureau-head', 'auditor'],
  columns: ['template', 'periodFrom', 'periodUntil', 'edition', 'frozenOn'],
  documents: { report: { zh: '定期统计报告', en: 'Periodical report', number: '统报', paper: reportPaper } },
  actions: {
    draft: on({
      label: { zh: '汇总起草', en: 'Put together' },
      from: null,
      to: 'drafted',
      by: ['system', ...drafters],
      basis,
      input: Draft,
      check: checkEnded,
      run: draft,
    }),
    draftEdition: on({
      label: { zh: '起草更正版', en: 'Draft a corrected edition' },
      from: null,
      to: 'drafted',
      by: ['system'],
      basis,
      input: Edition,
      run: draftEdition,
    }),
    recount: on({
      label: { zh: '重新汇总', en: 'Put together again' },
      from: ['drafted', 'checked'],
      to: 'drafted',
      by: drafters,
      aside: true,
      basis,
      run: recount,
    }),
    check: on({
      label: { zh: '核对', en: 'Check' },
      from: 'drafted',
      to: 'checked',
      by: drafters,
      basis,
      input: Check,
      run: check,
    }),
    freeze: on({
      label: { zh: '报请签发', en: 'Ask for signature' },
      from: 'checked',
      to: 'frozen',
      by: drafters,
      basis,
      approval: ['section-chief'],
      papers: ['report'],
      run: freeze,
    }),
    correct: on({
      label: { zh: '更正', en: 'Correct' },
      from: 'frozen',
      to: 'same',
      by: drafters,
      aside: true,
      basis,
      input: Reason,
      check: checkCorrection,
      run: correct,
    }),
    supersede: on({
      label: { zh: '由更正版代替', en: 'Replaced by a corrected edition' },
      from: 'frozen',
      to: 'superseded',
      by: ['system'],
      basis,
      input: z.strictObject({
        replacedBy: field.reference('更正后的报告', 'reporting.report', { en: 'Corrected by' }),
      }),
      run: (_row: ReportRow, { replacedBy }) => ({ replacedBy }),
    }),
    discard: on({
      label: { zh: '作废', en: 'Discard' },
      from: ['drafted', 'checked'],
      to: 'discarded',
      by: drafters,
      aside: true,
      danger: true,
      basis,
      input: Reason,
      run: (_row: ReportRow, { reason }) => ({ reason }),
    }),
  },
});
