import { type Act, field, lifecycle, on, optional, type Refusal, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { readers } from '../enterprise/reading.ts';
import { Import, type ImportRow } from './entity.ts';

const basis = '主体库管理制度：登记资料的定期更新';
const count = (zh: string, en: string) => field.integer(zh, { en });

export const importLifecycle = lifecycle(Import, {
  editions: [{ name: '2026', basis, inForce: '2000-01-01' }],
  states: {
    running: { zh: '导入中', en: 'Running' },
    finished: { zh: '已完成', en: 'Finished', closed: true },
    abandoned: { zh: '已中止', en: 'Abandoned', closed: true },
  },
  readers,
  columns: ['asOf', 'total', 'added', 'amended', 'rejected', 'issues'],
  actions: {
    begin: on({
      label: { zh: '开始导入', en: 'Begin' },
      from: null,
      to: 'running',
      by: ['data-steward', 'system'],
      basis,
      input: z.strictObject({
        source: field.text('资料来源', { en: 'Source' }),
        fileName: optional(field.text('文件名', { en: 'File', max: 300 })),
        contentHash: field.text('文件校验值（SHA-256）', { en: 'SHA-256 of the file', max: 64 }),
        asOf: field.date('资料日期', { en: 'As of' }),
      }),
      check: onlyOne,
    }),
    finish: on({
      label: { zh: '完成导入', en: 'Finish' },
      from: 'running',
      to: 'finished',
      by: ['data-steward', 'system'],
      aside: true,
      basis,
      input: z.strictObject({
        total: count('总行数', 'Rows'),
        added: count('新增', 'Added'),
        amended: count('变更', 'Amended'),
        unchanged: count('未变', 'Unchanged'),
        rejected: count('未导入', 'Rejected'),
        issues: count('资料质量问题', 'Quality issues'),
        counts: field.json('各类情况', { en: 'Counts by kind' }),
        rows: field.json('逐行情况', { en: 'Row by row' }),
      }),
    }),
    abandon: on({
      label: { zh: '中止', en: 'Abandon' },
      from: 'running',
      to: 'abandoned',
      by: ['data-steward', 'system'],
      aside: true,
      basis: `${basis}；已写入的各户不受影响`,
    }),
  },
});

/** Two imports at once could each enter an enterprise that the other has not written yet. */
async function onlyOne(_row: ImportRow, _input: unknown, act: Act): Promise<true | Refusal> {
  await act.sql.query(`select pg_advisory_xact_lock(hashtext('subjects.import'))`, []);
  const [running] = await act.sql.query<{ source: string; fileName: string | null }>(
    `select source, file_name as "fileName" from subjects.import where state = 'running' limit 1`,
    [],
  );
  if (running === undefined) return true;
  const name = running.fileName ?? running.source;
  return refuse(
    'import-running',
    `正在导入“${name}”，请等它完成；如果它已经中断，请先把那次导入“中止”。`,
    `"${name}" is being imported. Wait for it, or abandon it if it was interrupted.`,
  );
}
