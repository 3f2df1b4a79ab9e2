import { lifecycle, on } from '@hengjian/kernel';
import { z } from 'zod';
import { check, checkRepeat, checkSubmission, Repeat, Return, repeat } from './checking.ts';
import { ControlEntry, checkControl, recordControl } from './controls.ts';
import { checkEntry, Entry, enter } from './entering.ts';
import { LineFields, Worksheet, type WorksheetRow } from './entity.ts';

const o39 = (article: string): string => `《检验检测机构监督管理办法》（令第39号，2025修订）${article}`;
const ofRole = (row: WorksheetRow, role: string): string[] => [`org:${row.organisation}#${role}`];
const party = (role: string, zh: string, en: string) => ({
  label: { zh, en },
  of: (row: WorksheetRow) => ofRole(row, role),
  sees: 'all' as const,
  from: 'open',
});

export const worksheetLifecycle = lifecycle(Worksheet, {
  editions: [{ name: 'O39-2025', basis: o39(''), inForce: '2000-01-01' }],
  states: {
    open: { zh: '录入中', en: 'Open' },
    submitted: { zh: '待校核', en: 'Submitted' },
    checked: { zh: '已校核', en: 'Checked' },
  },
  readers: ['auditor'],
  columns: ['instrument'],
  parties: {
    tester: party('laboratory-tester', '检验人员', 'Tester'),
    checker: party('laboratory-checker', '校核人员', 'Checker'),
    receiver: party('laboratory-receiver', '样品管理员', 'Sample custodian'),
    signatory: party('laboratory-signatory', '授权签字人', 'Signatory'),
    quality: party('laboratory-quality', '质量负责人', 'Quality officer'),
  },
  actions: {
    open: on({
      label: { zh: '建立原始记录', en: 'Open' },
      from: null,
      to: 'open',
      by: ['system'],
      basis: o39('第九条、第十三条'),
      input: z.strictObject({
        bench: Worksheet.shape.bench,
        organisation: Worksheet.shape.organisation,
        title: Worksheet.shape.title,
        lines: z.array(LineFields).max(5_000),
      }),
    }),
    enter: on({
      label: { zh: '录入结果', en: 'Enter results' },
      from: 'open',
      to: 'same',
      by: ['tester'],
      basis: o39('第九条、第十三条'),
      input: Entry,
      check: checkEntry,
      run: enter,
    }),
    recordControl: on({
      label: { zh: '登记质控', en: 'Record a control' },
      from: 'open',
      to: 'same',
      by: ['tester'],
      aside: true,
      basis: o39('第九条'),
      input: ControlEntry,
      check: checkControl,
      run: recordControl,
    }),
    submit: on({
      label: { zh: '提交校核', en: 'Submit' },
      from: 'open',
      to: 'submitted',
      by: ['tester'],
      basis: o39('第九条'),
      check: checkSubmission,
    }),
    sendBack: on({
      label: { zh: '退回检验人员', en: 'Send back' },
      from: 'submitted',
      to: 'open',
      by: ['checker'],
      aside: true,
      basis: o39('第九条'),
      input: Return,
    }),
    repeat: on({
      label: { zh: '复测', en: 'Test again' },
      from: ['submitted', 'checked'],
      to: 'open',
      by: ['checker', 'quality'],
      aside: true,
      basis: o39('第九条、第十五条第二项'),
      input: Repeat,
      check: checkRepeat,
      run: repeat,
    }),
    check: on({
      label: { zh: '校核', en: 'Check' },
      from: 'submitted',
      to: 'checked',
      by: ['checker'],
      basis: o39('第九条'),
      notBy: [{ actions: ['enter', 'submit'], same: 'person' }],
      run: check,
    }),
  },
});
