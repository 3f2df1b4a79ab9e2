import { type Act, field, optional, type Refusal, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { Bench } from '../bench/entity.ts';
import type { WorksheetRow } from './entity.ts';
import { Entered, indexOf, type JudgedLine, judgeEntered } from './judging.ts';

export const Entry = z.strictObject({
  results: field.list('检验结果', Entered, { en: 'Results', max: 5_000 }),
  instrument: optional(field.text('仪器', { en: 'Instrument' })),
  /** Set by an import: the file, its mapping, and that its decimals are mended. */
  file: optional(
    field.object(
      '导入文件',
      {
        hash: field.text('文件校验值', { en: 'SHA-256', max: 64 }),
        name: field.text('文件名', { en: 'File', max: 300 }),
        mapping: Bench.shape.name,
        slashDecimal: field.flag('“/”作小数点', { en: '"/" is the decimal point' }),
      },
      { en: 'Imported file' },
    ),
  ),
});
type Entry = z.infer<typeof Entry>;

interface Held {
  line: number;
  attempt: number;
  revision: number;
  value: string;
  unit: string | null;
  tester: string;
  testerName: string;
}

const heldOf = (row: WorksheetRow, act: Act): Promise<Held[]> =>
  act.sql.query<Held>(
    `select line, attempt, revision, value, unit, tester, tester_name as "testerName" from laboratory.result where record = $1`,
    [row.id],
  );

/** Every cell is read and judged before the first is written; nothing is half entered. */
function judgeAll(row: WorksheetRow, { results, file }: Entry): JudgedLine[] | Refusal {
  const index = indexOf(row.lines);
  const seen = new Set<number>();
  const judged: JudgedLine[] = [];
  for (const [at, entered] of results.entries()) {
    const found = judgeEntered(row.lines, index, entered, file?.slashDecimal ?? false);
    if ('code' in found) return { ...found, path: `results.${at}.${found.path ?? 'result'}` };
    if (seen.has(found.line))
      return refuse(
        'cell-twice',
        `${entered.blindCode}“${entered.item}”录入了两次。`,
        `${entered.blindCode} ${entered.item} was entered twice.`,
        `results.${at}.item`,
      );
    seen.add(found.line);
    judged.push(found);
  }
  return judged;
}

export async function checkEntry(row: WorksheetRow, input: Entry, act: Act): Promise<true | Refusal> {
  if (input.results.length === 0) return refuse('no-results', '没有录入结果。', 'No result was entered.', 'results');
  const judged = judgeAll(row, input);
  if (!Array.isArray(judged)) return judged;
  const held = new Map((await heldOf(row, act)).map((cell) => [`${cell.line}/${cell.attempt}`, cell]));
  for (const [at, { line, attempt, seen, item }] of judged.entries()) {
    const cell = held.get(`${line}/${attempt}`);
    if ((cell?.revision ?? 0) === seen) continue;
    const code = row.lines[line]!.blindCode;
    return refuse(
      'cell-changed',
      cell === undefined
        ? `${code}“${item}”已转为复测，请刷新后再录。`
        : `${code}“${item}”已由${cell.testerName}录入“${cell.value}${cell.unit && cell.unit !== '1' ? ` ${cell.unit}` : ''}”，与您看到的不同，请核对后再录。`,
      cell === undefined
        ? `${code} ${item} became a repeat test; reload first.`
        : `${code} ${item} was entered as ${cell.value} by ${cell.testerName} meanwhile; compare first.`,
      `results.${at}.result`,
    );
  }
  if (input.file) {
    const again = await act.sql.query('select 1 from laboratory.import where record = $1 and file_hash = $2', [
      row.id,
      input.file.hash,
    ]);
    if (again.length > 0)
      return refuse(
        'file-taken',
        `文件“${input.file.name}”已经导入过这份原始记录。`,
        `The file ${input.file.name} was imported into this worksheet before.`,
        'file',
      );
  }
  return true;
}

/** Writes all cells in one statement; before submission the cell itself changes and the event keeps what it was. */
export async function enter(row: WorksheetRow, input: Entry, act: Act): Promise<void> {
  const judged = judgeAll(row, input);
  if (!Array.isArray(judged)) throw act.problem(judged.code, judged.zh, judged.en);
  const { person, name } = act.actor;
  const cells = judged.map(({ line, attempt, sample, item, value, unit, verdict }) => ({
    line,
    attempt,
    sample,
    item,
    value,
    unit,
    verdict: verdict.verdict,
    judgement: verdict,
    reason: row.lines[line]!.repeatReason ?? null,
  }));
  await act.sql.query(
    `insert into laboratory.result (record, line, attempt, revision, sample, item, value, unit, verdict, judgement, tester, tester_name, entered_on, source, reason)
     select $1, c.line, c.attempt, 1, c.sample, c.item, c.value, c.unit, c.verdict, c.judgement, $2, $3, $4, $5, c.reason
     from jsonb_to_recordset($6::jsonb) c(line int, attempt smallint, sample uuid, item text, value text, unit text, verdict text, judgement jsonb, reason text)
     on conflict (record, line, attempt) do update set revision = laboratory.result.revision + 1, value = excluded.value, unit = excluded.unit,
       verdict = excluded.verdict, judgement = excluded.judgement, tester = excluded.tester, tester_name = excluded.tester_name,
       entered_on = excluded.entered_on, source = excluded.source`,
    [row.id, person, name, act.occurredOn, input.file ? `file:${input.file.hash}` : 'hand', JSON.stringify(cells)],
  );
  if (input.file)
    await act.sql.query(
      'insert into laboratory.import (record, file_hash, file_name, mapping, rows, imported_on) values ($1, $2, $3, $4, $5, $6)',
      [row.id, input.file.hash, input.file.name, input.file.mapping, judged.length, act.occurredOn],
    );
}
