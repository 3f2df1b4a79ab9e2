import { type Act, field, optional, type Refusal, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import type { BodyRow } from './entity.ts';

export const Instrument = z.strictObject({
  instrument: field.identifier('仪器编号', { en: 'Instrument' }),
  instrumentName: field.text('仪器名称', { en: 'Name' }),
  model: field.text('型号', { en: 'Model' }),
  serial: field.text('出厂编号', { en: 'Serial number' }),
  shared: field.flag('对外共享', { en: 'Open to others' }),
});

export async function addInstrument(row: BodyRow, input: z.infer<typeof Instrument>, act: Act): Promise<void> {
  const { instrument, instrumentName, model, serial, shared } = input;
  await act.sql.query(
    `insert into institutions.instrument (id, record, organisation, name, model, serial, shared, from_on) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [instrument, row.id, row.organisation, instrumentName, model, serial, shared, act.occurredOn],
  );
}

export const Calibration = z.strictObject({
  instrument: field.identifier('仪器编号', { en: 'Instrument' }),
  certificate: field.text('检定或校准证书号', { en: 'Certificate' }),
  laboratory: field.text('检定或校准机构', { en: 'By whom' }),
  doneOn: field.date('检定或校准日期', { en: 'Done on' }),
  calibratedUntil: field.date('有效期至', { en: 'Valid until' }),
});
type Calibration = z.infer<typeof Calibration>;

export async function checkCalibration(row: BodyRow, input: Calibration, act: Act): Promise<true | Refusal> {
  if (input.doneOn > act.occurredOn || input.calibratedUntil < input.doneOn)
    return refuse(
      'calibration-days',
      '检定或校准日期应不晚于今天，有效期应不早于该日。',
      'It was done up to today and is valid from that day on.',
      'doneOn',
    );
  return ownInstrument(row, input.instrument, act);
}

async function ownInstrument(row: BodyRow, instrument: string, act: Act): Promise<true | Refusal> {
  const own = await act.sql.query('select 1 from institutions.instrument where id = $1 and record = $2', [
    instrument,
    row.id,
  ]);
  return (
    own.length > 0 ||
    refuse('instrument-unknown', '该仪器不属于本机构。', 'The instrument is not of this body.', 'instrument')
  );
}

export async function recordCalibration(row: BodyRow, input: Calibration, act: Act): Promise<void> {
  await act.sql.query(
    `insert into institutions.calibration (instrument, record, certificate, laboratory, done_on, valid_until) values ($1, $2, $3, $4, $5, $6)`,
    [input.instrument, row.id, input.certificate, input.laboratory, input.doneOn, input.calibratedUntil],
  );
}

export const Use = z.strictObject({
  instrument: field.identifier('仪器编号', { en: 'Instrument' }),
  usedOn: field.date('使用日期', { en: 'Used on' }),
  hours: field.decimal('使用时数', { en: 'Hours', unit: 'h' }),
});
type Use = z.infer<typeof Use>;

export function checkUse(row: BodyRow, input: Use, act: Act): Promise<true | Refusal> | Refusal {
  if (!(Number(input.hours) > 0 && Number(input.hours) <= 24) || input.usedOn > act.occurredOn)
    return refuse(
      'hours',
      '每日使用时数为0至24小时，日期不晚于今天。',
      'Up to 24 hours a day, on a day up to today.',
      'hours',
    );
  return ownInstrument(row, input.instrument, act);
}

export async function logUse(row: BodyRow, input: Use, act: Act): Promise<void> {
  await act.sql.query(
    `insert into institutions.instrument_use (instrument, record, used_on, hours) values ($1, $2, $3, $4)
     on conflict (instrument, used_on) do update set hours = excluded.hours`,
    [input.instrument, row.id, input.usedOn, input.hours],
  );
}

export const Signatory = z.strictObject({
  person: field.identifier('人员', { en: 'Person' }),
  personName: field.text('姓名', { en: 'Name' }),
  fields: field.list('授权签字领域', field.text('领域', { en: 'Field' }), { en: 'Fields', max: 100 }),
  fromOn: field.date('起始日', { en: 'From' }),
  untilOn: optional(field.date('截止日', { en: 'Until' })),
});

/** Nobody signs for two bodies (order 39 art. 8: staff work in one testing body only). */
export async function checkSignatory(
  row: BodyRow,
  input: z.infer<typeof Signatory>,
  act: Act,
): Promise<true | Refusal> {
  const elsewhere = await act.sql.query(
    `select 1 from institutions.signatory where person = $1 and organisation <> $2 and (until_on is null or until_on >= $3)`,
    [input.person, row.organisation, input.fromOn],
  );
  return (
    elsewhere.length === 0 ||
    refuse(
      'two-bodies',
      '检验检测人员不得同时在两个以上机构从业（令第39号第八条）。',
      'Nobody works for two testing bodies at once (order 39 art. 8).',
      'person',
    )
  );
}

export async function nameSignatory(row: BodyRow, input: z.infer<typeof Signatory>, act: Act): Promise<void> {
  for (const technical of input.fields)
    await act.sql.query(
      `insert into institutions.signatory (record, organisation, person, name, field, from_on, until_on) values ($1, $2, $3, $4, $5, $6, $7)`,
      [row.id, row.organisation, input.person, input.personName, technical, input.fromOn, input.untilOn ?? null],
    );
}

export const SignatoryEnd = z.strictObject({
  person: field.identifier('人员', { en: 'Person' }),
  untilOn: field.date('最后有效日', { en: 'Last day' }),
});

export async function endSignatory(row: BodyRow, input: z.infer<typeof SignatoryEnd>, act: Act): Promise<void> {
  await act.sql.query(
    `update institutions.signatory set until_on = $3 where record = $1 and person = $2 and (until_on is null or until_on > $3)`,
    [row.id, input.person, input.untilOn],
  );
}

const ReadyLine = z.strictObject({
  scope: field.identifier('能力行', { en: 'Line of scope' }),
  quantification: field.decimal('定量限', { en: 'Limit of quantification' }),
  quantificationUnit: field.text('单位', { en: 'Unit', max: 40 }),
  instrument: field.identifier('仪器', { en: 'Instrument' }),
  price: optional(field.money('收费', { en: 'Price' })),
  days: optional(field.integer('检验周期', { en: 'Days', unit: '日', max: 400 })),
});
export const Readiness = z.strictObject({
  fromOn: field.date('起始日', { en: 'From' }),
  lines: field.list('检验条件', ReadyLine, { en: 'Readiness', max: 5_000 }),
});
type Readiness = z.infer<typeof Readiness>;

export async function checkReadiness(row: BodyRow, input: Readiness, act: Act): Promise<true | Refusal> {
  const own = await act.sql.query<{ id: string }>(
    `select id from institutions.scope where record = $1 union select id from institutions.instrument where record = $1`,
    [row.id],
  );
  const known = new Set(own.map(({ id }) => id));
  const wrong = input.lines.findIndex(({ scope, instrument }) => !known.has(scope) || !known.has(instrument));
  return (
    wrong === -1 ||
    refuse(
      'line-unknown',
      `第${wrong + 1}行的能力或仪器不属于本机构。`,
      `Line ${wrong + 1} names a line of scope or an instrument of another body.`,
      `lines.${wrong}.scope`,
    )
  );
}

/** A new declaration closes the one before it on the day before; what held on an earlier day stays answerable. */
export async function declareReadiness(row: BodyRow, input: Readiness, act: Act): Promise<void> {
  const lines = JSON.stringify(input.lines);
  await act.sql.query(
    `update institutions.readiness set until_on = $2::date - 1 where record = $1 and until_on is null and from_on < $2
       and scope in (select (l->>'scope')::uuid from jsonb_array_elements($3::jsonb) l)`,
    [row.id, input.fromOn, lines],
  );
  await act.sql.query(
    `insert into institutions.readiness (scope, record, organisation, quantification, quantification_unit, instrument, price, days, from_on)
     select (l->>'scope')::uuid, $1, $2, (l->>'quantification')::numeric, l->>'quantificationUnit', (l->>'instrument')::uuid,
       (l->>'price')::numeric, (l->>'days')::int, $3 from jsonb_array_elements($4::jsonb) l`,
    [row.id, row.organisation, input.fromOn, lines],
  );
}
