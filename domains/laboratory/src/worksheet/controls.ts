import { type Act, field, optional, type Refusal, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { type Control, type ControlAnswer, judgeControl } from '../rules.ts';
import type { WorksheetRow } from './entity.ts';

const decimal = (zh: string, en: string) => optional(field.decimal(zh, { en }));

/** A control of the run; which figures it needs depends on its kind. */
export const ControlEntry = z.strictObject({
  kind: field.choice(
    '质控种类',
    {
      blank: { zh: '空白', en: 'Blank' },
      duplicate: { zh: '平行样', en: 'Duplicates' },
      spike: { zh: '加标回收', en: 'Spike' },
      control: { zh: '质控样', en: 'Control material' },
    },
    { en: 'Kind of control' },
  ),
  parameter: field.text('检验项目', { en: 'Item' }),
  value: decimal('测定值', 'Value'),
  first: decimal('平行一', 'First'),
  second: decimal('平行二', 'Second'),
  original: decimal('本底值', 'Original'),
  added: decimal('加标量', 'Added'),
  leastPercent: decimal('下限', 'Least, %'),
  mostPercent: decimal('上限', 'Most, %'),
  material: optional(field.text('质控样编号', { en: 'Control material' })),
  mean: decimal('质控样定值', 'Target value'),
  deviation: decimal('质控样标准差', 'Standard deviation'),
});
type ControlEntry = z.infer<typeof ControlEntry>;

const incomplete = refuse('control-incomplete', '该种质控的数值没有填全。', 'This control needs more figures.', 'kind');

/** The figures of a control as its rule wants them, or undefined when some are missing. */
function controlOf(
  input: ControlEntry,
  quantification: string | null,
  earlier: readonly string[],
): Control | undefined {
  const { kind, value, first, second, original, added, leastPercent, mostPercent, mean, deviation } = input;
  if (kind === 'blank') return value && quantification ? { kind, value, quantification } : undefined;
  if (kind === 'duplicate') return first && second && mostPercent ? { kind, first, second, mostPercent } : undefined;
  if (kind === 'spike')
    return value && original && added && Number(added) > 0 && leastPercent && mostPercent
      ? { kind, found: value, original, added, leastPercent, mostPercent }
      : undefined;
  return value && mean && deviation && Number(deviation) > 0 && input.material
    ? { kind, value, mean, deviation, earlier }
    : undefined;
}

/** Earlier points of the same material, parameter and method in this body, oldest first. */
async function earlierPoints(row: WorksheetRow, input: ControlEntry, method: string, act: Act): Promise<string[]> {
  if (input.kind !== 'control' || !input.material) return [];
  const points = await act.sql.query<{ value: string }>(
    `select measured->>'value' as value from laboratory.control
     where organisation = $1 and parameter = $2 and method = $3 and material = $4 and kind = 'control'
     order by entered_on desc, record desc, position desc limit 20`,
    [row.organisation, input.parameter, method, input.material],
  );
  return points.map(({ value }) => value).reverse();
}

export async function checkControl(row: WorksheetRow, input: ControlEntry, act: Act): Promise<true | Refusal> {
  const answer = await answerOf(row, input, act);
  return 'code' in answer ? answer : true;
}

async function answerOf(
  row: WorksheetRow,
  input: ControlEntry,
  act: Act,
): Promise<(ControlAnswer & { method: string }) | Refusal> {
  const line = row.lines.find(({ item }) => item === input.parameter);
  if (line === undefined)
    return refuse(
      'parameter-not-asked',
      `这份原始记录没有“${input.parameter}”。`,
      `${input.parameter} is not on this worksheet.`,
      'parameter',
    );
  const control = controlOf(input, line.quantification ?? null, await earlierPoints(row, input, line.method, act));
  return control === undefined ? incomplete : { ...judgeControl(control), method: line.method };
}

export async function recordControl(row: WorksheetRow, input: ControlEntry, act: Act): Promise<void> {
  const answer = await answerOf(row, input, act);
  if ('code' in answer) throw act.problem(answer.code, answer.zh, answer.en);
  await act.sql.query(
    `insert into laboratory.control (record, position, organisation, kind, parameter, method, material, measured, accepted, zh, en, entered_on)
     select $1, coalesce(max(position), 0) + 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11 from laboratory.control where record = $1`,
    [
      row.id,
      row.organisation,
      input.kind,
      input.parameter,
      answer.method,
      input.material ?? null,
      JSON.stringify(input),
      answer.accepted,
      answer.zh,
      answer.en,
      act.occurredOn,
    ],
  );
}

/** The last control of each kind and parameter must be accepted: a run out of control is measured again, not submitted. */
export async function checkRun(row: WorksheetRow, act: Act): Promise<true | Refusal> {
  const last = await act.sql.query<{ kind: string; parameter: string; accepted: boolean; zh: string; en: string }>(
    `select distinct on (parameter, kind, material) kind, parameter, accepted, zh, en from laboratory.control
     where record = $1 order by parameter, kind, material, position desc`,
    [row.id],
  );
  const rejected = last.find(({ accepted }) => !accepted);
  if (rejected !== undefined)
    return refuse(
      'run-out-of-control',
      `“${rejected.parameter}”的质控不合格：${rejected.zh}请查明原因，重新测定后再提交。`,
      `The control of ${rejected.parameter} fails: ${rejected.en} Find the cause and measure again.`,
    );
  const numeric = new Set(row.lines.filter(({ quantification }) => quantification).map(({ item }) => item));
  const bare = [...numeric].find((item) => !last.some(({ parameter }) => parameter === item));
  return (
    bare === undefined ||
    refuse('control-missing', `“${bare}”没有质控记录。`, `There is no control of ${bare} on this worksheet.`)
  );
}
