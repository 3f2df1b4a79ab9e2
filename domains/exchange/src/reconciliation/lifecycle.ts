import { createHash } from 'node:crypto';
import { type Act, field, lifecycle, on, optional, type Refusal, refuse } from '@hengjian/kernel';
import { canonicalJson } from '@hengjian/transparency';
import { z } from 'zod';
import { edition, readers, reporting } from '../clauses.ts';
import { ports, systemChoices } from '../connection/entity.ts';
import { asObject, type Line } from '../counterpart/mapping.ts';
import { findKey, keyOf } from '../package/rules.ts';
import { Reconciliation, type ReconciliationRow, resolutions } from './entity.ts';
import { compare, type Item, type OurItem } from './rules.ts';

const Listing = z.strictObject({
  system: field.choice('对方系统', systemChoices, { en: 'National system' }),
  since: field.date('起', { en: 'From' }),
  until: field.date('止', { en: 'Until' }),
  origin: field.choice('对方清单来自', ports, { en: 'Their list came by' }),
  list: field.list(
    '对方清单',
    z.object({
      key: field.text('报送编号', { en: 'Key', max: 100 }),
      message: field.text('报文代码', { en: 'Message', max: 40 }),
      foreignNumber: optional(field.text('国家系统编号', { en: 'Number there', max: 100 })),
      values: field.json('内容', { en: 'Content' }),
    }),
    { en: 'Their list', max: 20_000 },
  ),
});
type Listing = z.infer<typeof Listing>;
/** Contents of an item: foreign field → text. */
const Values = z.record(z.string().max(80), z.string().max(10_000));
const Resolution = z.strictObject({
  ordinal: field.integer('差异序号', { en: 'No. of the difference', min: 1 }),
  resolution: field.choice('处理', resolutions, { en: 'Resolved by' }),
  reason: field.longText('处理说明', { en: 'Why', max: 1000 }),
});
type Resolution = z.infer<typeof Resolution>;

const hashOfList = (list: Listing['list']): string =>
  createHash('sha256')
    .update(canonicalJson(list as never))
    .digest('hex');

function checkListing(_row: ReconciliationRow, input: Listing, act: Act): true | Refusal {
  if (input.since > input.until)
    return refuse('days-reversed', '起始日晚于截止日。', 'It begins after it ends.', 'since');
  if (input.until > act.today)
    return refuse('in-the-future', '截止日不能晚于今天。', 'It cannot end in the future.', 'until');
  if (!input.list.every(({ values }) => Values.safeParse(values).success))
    return refuse(
      'values-unclear',
      '清单里的内容应为字段和文本。',
      'The contents of the list must be fields and texts.',
      'list',
    );
  const keys = input.list.map(({ key }) => key);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  return (
    twice === undefined ||
    refuse('twice', `对方清单中“${twice}”出现两次。`, `"${twice}" stands twice in their list.`, 'list')
  );
}

interface Ours {
  id: string;
  version: number;
  state: string;
  message: string;
  foreignNumber: string | null;
  matter: string;
  payload: Line[];
}

/** What we hold as sent in those days, and what their list names wherever it lies. */
const ourItems = (office: string, input: Listing, act: Act): Promise<Ours[]> =>
  act.sql.query<Ours>(
    `select id, version, state, message, foreign_number as "foreignNumber", left(coalesce(source_number || ' ', '') || source_title, 500) as matter, payload
     from exchange.dispatch where office = $1 and system = $2 and state in ('sent', 'accepted')
       and (sent_on between $3 and $4 or id = any($5::uuid[])) order by id`,
    [office, input.system, input.since, input.until, input.list.flatMap(({ key }) => findKey(key)?.dispatch ?? [])],
  );

/** Freezes both lists and what differs. Where they hold what we only know as sent, the acceptance is entered with its number. */
async function reconcile(
  row: ReconciliationRow,
  input: Listing,
  act: Act,
): Promise<Partial<ReconciliationRow> & { to: string }> {
  const theirs: Item[] = input.list.map(({ key, message, foreignNumber, values }) => ({
    key,
    message,
    foreignNumber: foreignNumber ?? null,
    values: values as Record<string, string>,
  }));
  const held = await ourItems(row.office, input, act);
  const ours: OurItem[] = held.map(({ id, version, message, foreignNumber, matter, payload }) => ({
    key: keyOf(id, version),
    dispatch: id,
    matter,
    message,
    foreignNumber,
    values: asObject(payload),
  }));
  const { differences, ...counts } = compare(ours, theirs);
  const inDispute = new Set(differences.map(({ key }) => key));
  let completed = 0;
  for (const { id, version, state } of held) {
    const there = theirs.find(({ key }) => key === keyOf(id, version));
    if (state !== 'sent' || !there?.foreignNumber || inDispute.has(there.key)) continue;
    await act.perform('exchange.dispatch', id, 'accept', { foreignNumber: there.foreignNumber, version });
    completed += 1;
  }
  return {
    ...counts,
    completed,
    open: differences.length,
    differences,
    listHash: hashOfList(input.list),
    ourList: ours as never,
    theirList: theirs as never,
    to: differences.length === 0 ? 'settled' : 'open',
  };
}

function checkResolution(row: ReconciliationRow, input: Resolution): true | Refusal {
  const found = row.differences.find(({ ordinal }) => ordinal === input.ordinal);
  if (found === undefined)
    return refuse('no-such-difference', '没有这项差异。', 'There is no such difference.', 'ordinal');
  return (
    !found.resolution ||
    refuse('resolved-already', '这项差异已经处理。', 'This difference was resolved before.', 'ordinal')
  );
}

function resolve(row: ReconciliationRow, input: Resolution, act: Act): Partial<ReconciliationRow> & { to: string } {
  const differences = row.differences.map((one) =>
    one.ordinal === input.ordinal
      ? {
          ...one,
          resolution: input.resolution,
          resolutionReason: input.reason,
          resolvedBy: act.actor.name,
          resolvedOn: act.occurredOn,
        }
      : one,
  );
  const open = differences.filter(({ resolution }) => !resolution).length;
  return { differences, open, to: open === 0 ? 'settled' : 'open' };
}

/** 对账: frozen with both lists; settled when every difference has its reason. */
export const reconciliationLifecycle = lifecycle(Reconciliation, {
  editions: [edition],
  states: {
    open: { zh: '有差异', en: 'Differences open' },
    settled: { zh: '已对平', en: 'Settled', closed: true },
  },
  readers,
  columns: ['system', 'until', 'matched', 'onlyOurs', 'onlyTheirs', 'differing', 'open'],
  documents: { list: { zh: '对方清单', en: 'Their list' } },
  actions: {
    reconcile: on({
      label: { zh: '对账', en: 'Reconcile' },
      from: null,
      to: ['open', 'settled'],
      by: ['organiser', 'system'],
      basis: reporting,
      input: Listing,
      check: checkListing,
      reserves: (row: ReconciliationRow, input) => [
        {
          key: `exchange.reconciliation|${row.office}|${input.system}|${input.since}|${input.until}|${hashOfList(input.list)}`,
          refusal: refuse('reconciled-already', '这份清单已经对过账。', 'This list was reconciled before.', 'list'),
        },
      ],
      run: reconcile,
    }),
    resolve: on({
      label: { zh: '处理差异', en: 'Resolve a difference' },
      from: 'open',
      to: ['open', 'settled'],
      by: ['organiser'],
      basis: reporting,
      input: Resolution,
      check: checkResolution,
      run: resolve,
    }),
  },
});
