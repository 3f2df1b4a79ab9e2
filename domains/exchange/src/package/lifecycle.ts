import { type Act, field, lifecycle, on, optional, type Refusal, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { edition, readers, reporting } from '../clauses.ts';
import { systemChoices } from '../connection/entity.ts';
import { connectionOf, notConnected } from '../connection/standing.ts';
import { getCounterpart, getMessage } from '../counterpart/index.ts';
import { asObject, type Line } from '../counterpart/mapping.ts';
import { Package, type PackageRow, type PackedLine } from './entity.ts';
import { controlTotals, digestOf, findKey, keyOf, receiptFaults } from './rules.ts';

/** Most items of one package; what is over goes into the next. */
const mostItems = 500;

const Packing = z.strictObject({
  system: field.choice('对方系统', systemChoices, { en: 'National system' }),
  message: field.text('报文代码', { en: 'Message', max: 40 }),
});
type Packing = z.infer<typeof Packing>;
const Receipt = z.strictObject({
  rows: field.list(
    '回执',
    z.object({
      key: field.text('报送编号', { en: 'Key', max: 60 }),
      outcome: field.choice('处理状态', {
        accepted: { zh: '接收', en: 'Accepted' },
        rejected: { zh: '退回', en: 'Rejected' },
      }),
      foreignNumber: optional(field.text('国家系统编号', { en: 'Number there', max: 100 })),
      code: optional(field.text('对方错误代码', { en: 'Their code', max: 80 })),
      reason: optional(field.longText('退回原因', { en: 'Why it came back', max: 2000 })),
    }),
    { en: 'Receipt', max: mostItems },
  ),
});
type Receipt = z.infer<typeof Receipt>;
const Voiding = z.strictObject({ reason: field.longText('作废理由', { en: 'Why', max: 1000 }) });

const waiting = (office: string, input: Packing, act: Act) =>
  act.sql.query<{ id: string; version: number; hash: string; matter: string; payload: Line[] }>(
    `select id, version, hash, left(coalesce(source_number || ' ', '') || source_title, 500) as matter, payload from exchange.dispatch
     where office = $1 and system = $2 and message = $3 and state = 'queued' order by fact_on, id limit ${mostItems}`,
    [office, input.system, input.message],
  );

async function checkPacking(row: PackageRow, input: Packing, act: Act): Promise<true | Refusal> {
  getMessage(getCounterpart(input.system, act.today), input.message);
  const connection = await connectionOf(act, row.office, input.system);
  if (connection === undefined) return notConnected();
  if (connection.port !== 'file')
    return refuse(
      'port-is-api',
      '这个系统用接口报送，不用文件包。',
      'This system is reached by API, not by file.',
      'system',
    );
  return (
    (await waiting(row.office, input, act)).length > 0 ||
    refuse('nothing-queued', '没有待报送的事项。', 'Nothing is waiting to be sent.', 'message')
  );
}

/** The content is frozen here; every dispatch in it is sent in the same transaction. */
async function pack(row: PackageRow, input: Packing, act: Act): Promise<Partial<PackageRow>> {
  const counterpart = getCounterpart(input.system, act.today);
  const message = getMessage(counterpart, input.message);
  const lines: PackedLine[] = [];
  for (const { id, version, hash, matter, payload } of await waiting(row.office, input, act)) {
    await act.perform('exchange.dispatch', id, 'send', { via: 'file', package: row.id, version });
    lines.push({ key: keyOf(id, version), dispatch: id, matter, hash, values: asObject(payload) });
  }
  return {
    messageLabel: message.label.zh,
    mapping: counterpart.edition,
    packedOn: act.occurredOn,
    total: lines.length,
    accepted: 0,
    rejected: 0,
    control: controlTotals(message, lines),
    digest: digestOf(lines),
    lines,
  };
}

/** Keys of the package that have their answer, or left it. */
async function answeredIn(row: PackageRow, act: Pick<Act, 'sql'>): Promise<Set<string>> {
  const open = await act.sql.query<{ id: string; version: number }>(
    `select id, version from exchange.dispatch where package = $1 and state = 'sent'`,
    [row.id],
  );
  const unanswered = new Set(open.map(({ id, version }) => keyOf(id, version)));
  return new Set(row.lines.map(({ key }) => key).filter((key) => !unanswered.has(key)));
}

async function checkReceipt(row: PackageRow, input: Receipt, act: Act): Promise<true | Refusal> {
  if (input.rows.length === 0) return refuse('receipt-empty', '回执里没有内容。', 'The receipt is empty.', 'rows');
  const [fault] = receiptFaults(input.rows, row.lines, await answeredIn(row, act));
  return fault === undefined || refuse(fault.code, fault.zh, fault.en, `rows.${fault.index}.${fault.column}`);
}

async function takeReceipt(row: PackageRow, input: Receipt, act: Act): Promise<Partial<PackageRow> & { to: string }> {
  let { accepted, rejected } = row;
  for (const { key, outcome, foreignNumber, code, reason } of input.rows) {
    const { dispatch, version } = findKey(key)!;
    if (outcome === 'accepted') {
      accepted += 1;
      await act.perform('exchange.dispatch', dispatch, 'accept', { foreignNumber, version });
    } else {
      rejected += 1;
      await act.perform('exchange.dispatch', dispatch, 'reject', { ...(code ? { code } : {}), reason, version });
    }
  }
  return { accepted, rejected, to: accepted + rejected === row.total ? 'answered' : 'packed' };
}

async function voidPackage(row: PackageRow, _input: unknown, act: Act): Promise<Partial<PackageRow>> {
  const answered = await answeredIn(row, act);
  for (const { key, dispatch } of row.lines)
    if (!answered.has(key)) await act.perform('exchange.dispatch', dispatch, 'takeBack', {});
  return {};
}

/** 报送包: packed from what is queued, answered by the counterpart's receipts, or voided and its items queued again. */
export const packageLifecycle = lifecycle(Package, {
  editions: [edition],
  states: {
    packed: { zh: '待回执', en: 'Receipt awaited' },
    answered: { zh: '回执齐全', en: 'Answered', closed: true },
    voided: { zh: '已作废', en: 'Voided', closed: true },
  },
  readers,
  columns: ['system', 'messageLabel', 'packedOn', 'total', 'accepted', 'rejected'],
  documents: { receipt: { zh: '回执文件', en: 'Receipt file' } },
  actions: {
    pack: on({
      label: { zh: '生成报送包', en: 'Pack' },
      from: null,
      to: 'packed',
      by: ['organiser'],
      basis: reporting,
      numbers: '数据报送',
      input: Packing,
      check: checkPacking,
      run: pack,
    }),
    takeReceipt: on({
      label: { zh: '导入回执', en: 'Take the receipt' },
      from: 'packed',
      to: ['packed', 'answered'],
      by: ['organiser'],
      basis: reporting,
      input: Receipt,
      needs: ['receipt'],
      check: checkReceipt,
      run: takeReceipt,
    }),
    void: on({
      label: { zh: '作废', en: 'Void' },
      from: 'packed',
      to: 'voided',
      by: ['organiser'],
      aside: true,
      danger: true,
      basis: reporting,
      input: Voiding,
      run: voidPackage,
    }),
  },
});
