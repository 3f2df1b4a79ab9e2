import { type Act, field, optional, type Refusal, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import type { BodyRow } from './entity.ts';

const ScopeLine = z.strictObject({
  id: field.identifier('行编号', { en: 'Line' }),
  kind: field.text('类别代码', { en: 'Kind' }),
  kindName: field.text('类别名称', { en: 'Name of the kind' }),
  parameter: field.text('项目（参数）', { en: 'Parameter' }),
  method: field.text('标准（方法）', { en: 'Method' }),
  field: field.text('授权签字领域', { en: 'Field of signature' }),
  limitation: optional(field.text('限制范围', { en: 'Limitation', max: 300 })),
});

/** 扩项: lines of scope that come into force on one day (order 163 art. 14). */
export const Extension = z.strictObject({
  fromOn: field.date('生效日期', { en: 'In force from' }),
  lines: field.list('能力', ScopeLine, { en: 'Lines of scope', max: 5_000 }),
});
type Extension = z.infer<typeof Extension>;

const keyOf = ({ kind, parameter, method }: { kind: string; parameter: string; method: string }): string =>
  [kind, parameter, method].join('|');

/** No line twice, in the file or beside one that is in force: two versions of one ability must not overlap. */
export async function checkExtension(row: BodyRow, input: Extension, act: Act): Promise<true | Refusal> {
  if (input.lines.length === 0) return refuse('no-lines', '没有填写能力。', 'No line was given.', 'lines');
  const held = await act.sql.query<{ kind: string; parameter: string; method: string }>(
    `select kind, parameter, method from institutions.scope
     where record = $1 and parameter = any($2) and (until_on is null or until_on >= $3)`,
    [row.id, input.lines.map(({ parameter }) => parameter), input.fromOn],
  );
  const seen = new Set(held.map(keyOf));
  for (const [index, line] of input.lines.entries()) {
    if (seen.has(keyOf(line)))
      return refuse(
        'line-twice',
        `第${index + 1}行“${line.kindName} · ${line.parameter} · ${line.method}”已在能力范围内。`,
        `Line ${index + 1} (${line.kindName} · ${line.parameter} · ${line.method}) is in the scope already.`,
        `lines.${index}.parameter`,
      );
    seen.add(keyOf(line));
  }
  return true;
}

export async function extend(row: BodyRow, input: Extension, act: Act): Promise<void> {
  await act.sql.query(
    `insert into institutions.scope (id, record, organisation, kind, kind_name, parameter, method, field, limitation, from_on)
     select (l->>'id')::uuid, $1, $2, l->>'kind', l->>'kindName', l->>'parameter', l->>'method', l->>'field', l->>'limitation', $3
     from jsonb_array_elements($4::jsonb) l`,
    [row.id, row.organisation, input.fromOn, JSON.stringify(input.lines)],
  );
}

/** 缩项: lines that end; the last day on which they hold is named. */
export const Narrowing = z.strictObject({
  lines: field.list('能力', field.identifier('行编号', { en: 'Line' }), { en: 'Lines of scope', max: 5_000 }),
  untilOn: field.date('最后有效日', { en: 'Last day' }),
  reason: field.longText('理由', { en: 'Reason', max: 2000 }),
});

export async function narrow(row: BodyRow, input: z.infer<typeof Narrowing>, act: Act): Promise<void> {
  const closed = await act.sql.query(
    `update institutions.scope set until_on = greatest($3::date, from_on - 1)
     where record = $1 and id = any($2) and (until_on is null or until_on > $3) returning id`,
    [row.id, input.lines, input.untilOn],
  );
  if (closed.length !== new Set(input.lines).size)
    throw act.problem(
      'line-unknown',
      '有的能力行不属于本机构或者已经终止。',
      'Some lines are not of this body or have ended already.',
    );
}

/** What everybody may search: lines in force, with price and days as the body states them, and instruments it shares. */
export async function publicScope(row: BodyRow, act: Act): Promise<Record<string, unknown>> {
  const lines = await act.sql.query<Record<string, unknown>>(
    `select s.kind, s.kind_name as "kindName", s.parameter, s.method, s.limitation, r.price::text as price, r.days,
       r.quantification::text as quantification, r.quantification_unit as "quantificationUnit"
     from institutions.scope s left join institutions.readiness r on r.scope = s.id and r.from_on <= $2 and (r.until_on is null or r.until_on >= $2)
     where s.record = $1 and s.from_on <= $2 and (s.until_on is null or s.until_on >= $2) order by s.kind, s.parameter, s.method`,
    [row.id, act.occurredOn],
  );
  const instruments = await act.sql.query<Record<string, unknown>>(
    `select i.name, i.model, to_char(max(c.valid_until), 'YYYY-MM-DD') as "calibratedUntil",
       coalesce((select sum(u.hours) from institutions.instrument_use u where u.instrument = i.id and u.used_on > $2::date - 30), 0)::text as "hoursOfThirtyDays"
     from institutions.instrument i left join institutions.calibration c on c.instrument = i.id
     where i.record = $1 and i.shared and (i.until_on is null or i.until_on >= $2) group by i.id, i.name, i.model order by i.name`,
    [row.id, act.occurredOn],
  );
  const { organisation, name, creditCode, region, address, certificateNumber, validFrom, validUntil } = row;
  return {
    organisation,
    name,
    creditCode,
    region,
    address,
    certificateNumber,
    validFrom,
    validUntil,
    asOf: act.occurredOn,
    lines,
    instruments,
  };
}
