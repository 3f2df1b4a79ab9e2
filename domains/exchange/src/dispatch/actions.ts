import { type Act, field, optional, type Refusal, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { ports } from '../connection/entity.ts';
import { connectionOf, notConnected } from '../connection/standing.ts';
import { getCounterpart, getMessage } from '../counterpart/index.ts';
import { concerns, type Drawn, drawFrom } from './drawing.ts';
import type { DispatchRow } from './entity.ts';

const text = (zh: string, en: string, max: number) => field.text(zh, { en, max });

export const Queueing = z.strictObject({
  system: text('对方系统', 'National system', 60),
  message: text('报文代码', 'Message', 40),
  source: field.identifier('来源记录', { en: 'Record of ours' }),
  factOn: field.date('事项发生日期', { en: 'Happened on' }),
  previous: optional(field.reference('上一交换件', 'exchange.dispatch', { en: 'Dispatch before this' })),
});
type Queueing = z.infer<typeof Queueing>;

export const Sending = z.strictObject({
  via: field.choice('报送方式', ports, { en: 'Sent by' }),
  package: optional(field.reference('报送包', 'exchange.package', { en: 'Package' })),
  version: field.integer('版次', { en: 'Version', min: 1 }),
});
export const Acceptance = z.strictObject({
  foreignNumber: text('国家系统编号', 'Number there', 100),
  version: field.integer('版次', { en: 'Version', min: 1 }),
});
export const Rejection = z.strictObject({
  code: optional(text('对方错误代码', 'Their code', 80)),
  reason: field.longText('退回原因', { en: 'Why it came back', max: 2000 }),
  version: field.integer('版次', { en: 'Version', min: 1 }),
});
export const Resending = z.strictObject({
  correction: optional(
    field.longText('更正说明', {
      en: 'What was corrected',
      max: 1000,
      help: {
        zh: '先在原记录中更正，再重报；内容由系统重新取数。',
        en: 'Correct our record first; the content is drawn from it again.',
      },
    }),
  ),
  unchanged: optional(
    field.flag('内容不变，原样重报', {
      en: 'Send the same content again',
      help: { zh: '对方系统自身原因退回时选用。', en: 'For when the fault was the counterpart’s.' },
    }),
  ),
});
export const Cancelling = z.strictObject({ reason: field.longText('撤销理由', { en: 'Why', max: 1000 }) });

/** One fact goes to one system once; a correction of it follows the dispatch before. */
export const onceOnly = (_row: DispatchRow, input: Queueing) => [
  {
    key: `exchange.dispatch|${input.system}|${input.message}|${input.source}|${input.previous ?? 'first'}`,
    refusal: refuse('queued-already', '这个事项已经列入报送。', 'This was queued before.', 'source'),
  },
];

async function draw(row: Pick<DispatchRow, 'system' | 'message' | 'source' | 'factOn'>, act: Act) {
  const counterpart = getCounterpart(row.system, act.today);
  const message = getMessage(counterpart, row.message);
  const drawn = await drawFrom(act.sql, message, row.source, row.factOn);
  if (drawn === undefined)
    throw act.problem('source-hidden', '看不到来源记录，不能取数。', 'The record it comes from cannot be read.');
  return { counterpart, message, drawn };
}

const frozen = (drawn: Drawn, mapping: string, today: string) => ({
  payload: drawn.payload.lines,
  faults: drawn.payload.faults,
  hash: drawn.payload.hash,
  mapping,
  builtOn: today,
  sourceNumber: drawn.number,
  sourceTitle: drawn.title.slice(0, 400),
  to: drawn.payload.faults.length > 0 ? 'incomplete' : 'queued',
});

export async function checkQueueing(row: DispatchRow, input: Queueing, act: Act): Promise<true | Refusal> {
  const connection = await connectionOf(act, row.office, input.system);
  if (connection === undefined) return notConnected();
  if (input.factOn < connection.since)
    return refuse('before-connection', '事项发生在对接之前。', 'It happened before the connection.', 'factOn');
  const { message, drawn } = await draw(input, act);
  if (drawn.office !== row.office)
    return refuse('other-office', '事项属于其他机关。', 'The matter is another organ’s.', 'source');
  return (
    concerns(message, drawn.fields) ||
    refuse('not-concerned', '这个事项不向该系统报送。', 'This is not reported to that system.', 'source')
  );
}

export async function queue(
  _row: DispatchRow,
  input: Queueing,
  act: Act,
): Promise<Partial<DispatchRow> & { to: string }> {
  const { counterpart, message, drawn } = await draw(input, act);
  const termFrom = message.clock === undefined ? null : (drawn.fields[message.clock.from] as string | null);
  return {
    ...frozen(drawn, counterpart.edition, act.today),
    messageLabel: message.label.zh,
    sourceEntity: message.entity,
    subject: drawn.subject,
    subjectName: drawn.subjectName,
    termFrom,
    version: 1,
    earlier: [],
  };
}

/** The version that is replaced, as it is kept. */
const kept = (row: DispatchRow): DispatchRow['earlier'][number] => ({
  version: row.version,
  mapping: row.mapping,
  hash: row.hash,
  builtOn: row.builtOn,
  sentOn: row.sentOn ?? null,
  code: row.code ?? null,
  reason: row.reason ?? null,
  payload: Object.fromEntries(row.payload.map(({ field: name, value }) => [name, value])),
});
const nothingSent = { sentOn: null, via: null, package: null, answeredOn: null, code: null, reason: null };

/** Draws the content again; what it replaces is kept as a version. Nothing changes where nothing differs. */
export async function refresh(
  row: DispatchRow,
  _input: unknown,
  act: Act,
): Promise<Partial<DispatchRow> & { to: string }> {
  const { counterpart, drawn } = await draw(row, act);
  const next = frozen(drawn, counterpart.edition, act.today);
  if (next.hash === row.hash) return next;
  return { ...next, version: row.version + 1, earlier: [...row.earlier, kept(row)] };
}

export async function checkResending(
  row: DispatchRow,
  input: z.infer<typeof Resending>,
  act: Act,
): Promise<true | Refusal> {
  if (input.unchanged) return true;
  const { drawn } = await draw(row, act);
  return (
    drawn.payload.hash !== row.hash ||
    refuse(
      'content-unchanged',
      '重新取数后的内容与被退回的完全相同。请先更正原记录；确属对方原因的，选“内容不变，原样重报”。',
      'The content drawn again is the one that came back. Correct our record first, or say that the same content is sent again.',
    )
  );
}

/** After a rejection: a new payload under a new version; the one that came back stays with the reason. */
export async function resend(
  row: DispatchRow,
  _input: unknown,
  act: Act,
): Promise<Partial<DispatchRow> & { to: string }> {
  const { counterpart, drawn } = await draw(row, act);
  return {
    ...frozen(drawn, counterpart.edition, act.today),
    ...nothingSent,
    version: row.version + 1,
    earlier: [...row.earlier, kept(row)],
  };
}

export const send = (_row: DispatchRow, _input: unknown, act: Act) => ({ sentOn: act.occurredOn });

/** An answer is to the version that is out; one to an earlier version says nothing of this. */
export const checkAnswer = (row: DispatchRow, input: { version: number }): true | Refusal =>
  input.version === row.version ||
  refuse(
    'other-version',
    `回执是对第${input.version}版的，现在报送的是第${row.version}版。`,
    `The answer is to version ${input.version}; version ${row.version} is out.`,
    'version',
  );

export const accept = (row: DispatchRow, input: z.infer<typeof Acceptance>, act: Act) => ({
  foreignNumber: input.foreignNumber,
  version: row.version,
  answeredOn: act.occurredOn,
  code: null,
  reason: null,
});
export const reject = (row: DispatchRow, input: z.infer<typeof Rejection>, act: Act) => ({
  code: input.code ?? null,
  version: row.version,
  answeredOn: act.occurredOn,
});
export const takeBack = (_row: DispatchRow) => nothingSent;
