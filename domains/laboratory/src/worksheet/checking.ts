import { type Act, field, type Refusal, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { checkRun } from './controls.ts';
import type { WorksheetRow } from './entity.ts';

interface Counted {
  line: number;
  attempt: number;
}

/** A sheet is handed on when every line has its result and the run is in control. */
export async function checkSubmission(row: WorksheetRow, _input: unknown, act: Act): Promise<true | Refusal> {
  const held = await act.sql.query<Counted>('select line, attempt from laboratory.result where record = $1', [row.id]);
  const filled = new Set(held.map(({ line, attempt }) => `${line}/${attempt}`));
  const empty = row.lines.findIndex(({ attempt }, at) => !filled.has(`${at}/${attempt}`));
  if (empty !== -1) {
    const { blindCode, item, repeatReason } = row.lines[empty]!;
    return refuse(
      'line-empty',
      `${blindCode}“${item}”${repeatReason ? '的复测' : ''}还没有结果。`,
      `${blindCode} ${item} has no result${repeatReason ? ' of its repeat test' : ''} yet.`,
    );
  }
  return checkRun(row, act);
}

export const Return = z.strictObject({ reason: field.longText('退回理由', { en: 'Why it is returned', max: 2000 }) });

export const Repeat = z.strictObject({
  lines: field.list('复测项目', field.integer('行', { en: 'Line' }), { en: 'Lines to repeat', max: 500 }),
  reason: field.text('复测理由', { en: 'Why it is repeated', max: 500 }),
});
type Repeat = z.infer<typeof Repeat>;

export async function checkRepeat(row: WorksheetRow, input: Repeat, act: Act): Promise<true | Refusal> {
  const wrong = input.lines.find((line) => row.lines[line] === undefined);
  if (wrong !== undefined || input.lines.length === 0)
    return refuse('line-unknown', '没有这一行。', 'There is no such line.', 'lines');
  const reported = await act.sql.query<{ code: string }>(
    `select blind_code as code from laboratory.sample where id = any($1) and state not in ('testing', 'tested')`,
    [input.lines.map((line) => row.lines[line]!.sample)],
  );
  return (
    reported.length === 0 ||
    refuse(
      'report-out',
      `样品${reported[0]!.code}的报告已经签发，须先收回报告才能复测。`,
      `The report on sample ${reported[0]!.code} is out; take it back first.`,
    )
  );
}

/** 复测: the next attempt is opened beside the old one, which stays as it was. */
export async function repeat(row: WorksheetRow, input: Repeat, act: Act): Promise<Partial<WorksheetRow>> {
  for (const sample of new Set(input.lines.map((line) => row.lines[line]!.sample)))
    await act.perform('laboratory.sample', sample, 'reopen', {});
  return {
    lines: row.lines.map((line, at) =>
      input.lines.includes(at) ? { ...line, attempt: line.attempt + 1, repeatReason: input.reason } : line,
    ),
  };
}

/** The sheet is checked; a sample whose every item is now checked, on whichever sheet, is ready for its report. */
export async function check(row: WorksheetRow, _input: unknown, act: Act): Promise<void> {
  const samples = [...new Set(row.lines.map(({ sample }) => sample))];
  const ready = await act.sql.query<{ id: string }>(
    `select s.id from laboratory.sample s where s.id = any($1) and s.state = 'testing' and not exists (
       select from jsonb_array_elements(s.items) i where not exists (
         select from laboratory.worksheet w, jsonb_array_elements(w.lines) l
         where l->>'sample' = s.id::text and l->>'item' = i->>'item' and (w.id = $2 or w.state = 'checked')))`,
    [samples, row.id],
  );
  for (const { id } of ready) await act.perform('laboratory.sample', id, 'complete', {});
}
