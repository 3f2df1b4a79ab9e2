import { lifecycle, on } from '@hengjian/kernel';
import { z } from 'zod';
import { Announced } from '../fields.ts';
import {
  checkDistribution,
  checkItems,
  Distribution,
  distribute,
  SavedMapping,
  saveMapping,
  withQuantification,
} from './actions.ts';
import { Bench, type BenchRow } from './entity.ts';

const o39 = (article: string): string => `《检验检测机构监督管理办法》（令第39号，2025修订）${article}`;
const ofRole = (row: BenchRow, role: string): string[] => [`org:${row.organisation}#${role}`];

export const benchLifecycle = lifecycle(Bench, {
  editions: [{ name: 'O39-2025', basis: o39(''), inForce: '2000-01-01' }],
  states: { open: { zh: '启用', en: 'Open' }, closed: { zh: '停用', en: 'Closed', closed: true } },
  readers: ['accreditation-officer', 'auditor'],
  columns: ['retainedMonths'],
  parties: {
    receiver: {
      label: { zh: '样品管理员', en: 'Sample custodian' },
      of: (row) => ofRole(row, 'laboratory-receiver'),
      sees: 'all',
      from: 'open',
    },
    quality: {
      label: { zh: '质量负责人', en: 'Quality officer' },
      of: (row) => ofRole(row, 'laboratory-quality'),
      sees: 'all',
      from: 'open',
    },
    staff: {
      label: { zh: '机构人员', en: "Body's staff" },
      of: (row) => [`org:${row.organisation}`],
      sees: 'all',
      from: 'open',
    },
    tester: {
      label: { zh: '检验人员', en: 'Tester' },
      of: (row) => ofRole(row, 'laboratory-tester'),
      sees: 'all',
      from: 'open',
    },
  },
  actions: {
    open: on({
      label: { zh: '启用工作台', en: 'Open' },
      from: null,
      to: 'open',
      by: ['accreditation-officer'],
      basis: o39('第六条'),
      input: z.strictObject({
        organisation: Bench.shape.organisation,
        name: Bench.shape.name,
        retainedMonths: Bench.shape.retainedMonths,
      }),
      run: (_row: BenchRow) => ({ mappings: [] }),
    }),
    takeOrder: on({
      label: { zh: '接受委托', en: 'Take an order' },
      from: 'open',
      to: 'same',
      by: ['receiver', 'system'],
      aside: true,
      basis: o39('第九条、第十条'),
      input: Announced,
      check: (row: BenchRow, input, act) => checkItems(row.organisation, input, act),
      run: async (row: BenchRow, input, act) => {
        const { id: bench, organisation, name: organisationName } = row;
        const items = await withQuantification(organisation, input, act);
        await act.create('laboratory.sample', 'announce', { ...input, items, bench, organisation, organisationName });
      },
    }),
    distribute: on({
      label: { zh: '分发检验', en: 'Distribute' },
      from: 'open',
      to: 'same',
      by: ['receiver', 'quality'],
      aside: true,
      basis: o39('第九条'),
      input: Distribution,
      check: checkDistribution,
      run: distribute,
    }),
    saveMapping: on({
      label: { zh: '保存导入对应', en: 'Save a mapping' },
      from: 'open',
      to: 'same',
      by: ['quality', 'tester'],
      aside: true,
      basis: o39('第九条（数据传输与保存）'),
      input: SavedMapping,
      run: saveMapping,
    }),
    close: on({
      label: { zh: '停用', en: 'Close' },
      from: 'open',
      to: 'closed',
      by: ['accreditation-officer'],
      aside: true,
      danger: true,
      basis: o39('第六条'),
    }),
  },
});
