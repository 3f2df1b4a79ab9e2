import { randomUUID } from 'node:crypto';
import { findStanding, mayTest } from '@hengjian/institutions';
import { type Act, field, type Refusal, refuse } from '@hengjian/kernel';
import { checkDecision } from '@hengjian/sampling';
import { parseLimit, StatisticsError } from '@hengjian/statistics';
import { z } from 'zod';
import type { Announced, Item } from '../fields.ts';
import { type BenchRow, MappingFields } from './entity.ts';

/** A code under which testers know a sample: it says nothing of whose it is, nor when it came. */
export const newBlindCode = (): string => {
  const code = randomUUID().replaceAll('-', '').slice(0, 10).toUpperCase();
  return `${code.slice(0, 5)}-${code.slice(5)}`;
};

/** Outside the accredited scope of that day nothing is taken (order 163 art. 19); every limit must be one that can be judged. */
export async function checkItems(
  organisation: string,
  input: Pick<Announced, 'kind' | 'items'>,
  act: Act,
): Promise<true | Refusal> {
  const { kind, items } = input;
  if (items.length === 0) return refuse('no-items', '没有检验项目。', 'There is no item to test.', 'items');
  const standing = await findStanding(
    act.sql,
    organisation,
    items.map(({ item }) => item),
  );
  const seen = new Set<string>();
  for (const [index, { item, method, limit, unit }] of items.entries()) {
    const { assign } = mayTest({ kinds: [kind], parameter: item, method }, standing, act.occurredOn);
    if (assign !== true) return { ...assign, path: `items.${index}.item` };
    if (seen.has(item))
      return refuse('item-twice', `“${item}”列了两次。`, `${item} is listed twice.`, `items.${index}.item`);
    seen.add(item);
    const decided = checkDecision(input.items[index]!, `items.${index}`);
    if (decided !== true) return decided;
    try {
      parseLimit(limit, unit ?? null);
    } catch (error) {
      if (!(error instanceof StatisticsError)) throw error;
      return refuse(error.code, `“${item}”：${error.zh}`, `${item}: ${error.en}`, `items.${index}.limit`);
    }
  }
  return true;
}

/** Adds what the body declared of each item on that day, so that a later change does not reach back. */
export async function withQuantification(organisation: string, input: Announced, act: Act): Promise<Item[]> {
  const standing = await findStanding(
    act.sql,
    organisation,
    input.items.map(({ item }) => item),
  );
  return input.items.map((item) => {
    const question = { kinds: [input.kind], parameter: item.item, method: item.method };
    const { readiness } = mayTest(question, standing, act.occurredOn);
    const limit = parseLimit(item.limit, item.unit ?? null);
    const unit = limit.kind === 'range' || limit.kind === 'not-detected' ? limit.unit : null;
    return {
      ...item,
      unit: item.unit ?? unit,
      quantification: readiness?.quantification ?? null,
      quantificationUnit: readiness?.quantificationUnit ?? null,
    };
  });
}

export const Distribution = z.strictObject({
  title: field.text('原始记录名称', { en: 'Title of the worksheet' }),
  samples: field.list('样品', field.identifier('样品', { en: 'Sample' }), { en: 'Samples', max: 500 }),
  items: field.list('检验项目', field.text('检验项目', { en: 'Item' }), { en: 'Items; all when empty', max: 500 }),
});
type Distribution = z.infer<typeof Distribution>;

interface Distributed {
  id: string;
  blindCode: string;
  state: string;
  items: Item[];
}

const samplesOf = (row: BenchRow, ids: readonly string[], act: Act): Promise<Distributed[]> =>
  act.sql.query<Distributed>(
    `select id, blind_code as "blindCode", state, items from laboratory.sample where bench = $1 and id = any($2) order by blind_code`,
    [row.id, ids],
  );

/** Only samples that were received here, and items that were asked of them. */
export async function checkDistribution(row: BenchRow, input: Distribution, act: Act): Promise<true | Refusal> {
  const samples = await samplesOf(row, input.samples, act);
  if (samples.length === 0 || samples.length !== new Set(input.samples).size)
    return refuse('sample-unknown', '有的样品不属于本机构。', 'Some samples are not of this body.', 'samples');
  const waiting = samples.find(({ state }) => state !== 'received' && state !== 'testing');
  if (waiting !== undefined)
    return refuse(
      'sample-not-received',
      `样品${waiting.blindCode}没有收样或已经检毕，不能分发。`,
      `Sample ${waiting.blindCode} is not received or tested already.`,
      'samples',
    );
  const asked = new Set(samples.flatMap(({ items }) => items.map(({ item }) => item)));
  const foreign = input.items.find((item) => !asked.has(item));
  if (foreign !== undefined)
    return refuse('parameter-not-asked', `没有样品要求检验“${foreign}”。`, `No sample asks for ${foreign}.`, 'items');
  const taken = await act.sql.query<{ sample: string; item: string }>(
    `select l->>'sample' as sample, l->>'item' as item from laboratory.worksheet w, jsonb_array_elements(w.lines) l
     where w.bench = $1 and l->>'sample' = any($2)`,
    [row.id, input.samples],
  );
  const held = new Set(taken.map(({ sample, item }) => `${sample}/${item}`));
  for (const { id, blindCode, items } of samples)
    for (const { item } of items)
      if (held.has(`${id}/${item}`) && (input.items.length === 0 || input.items.includes(item)))
        return refuse(
          'already-distributed',
          `样品${blindCode}的“${item}”已经分发。`,
          `${item} of sample ${blindCode} was distributed already.`,
          'samples',
        );
  return true;
}

/** Opens a worksheet whose lines carry blind codes, limits and clauses, and no name. */
export async function distribute(row: BenchRow, input: Distribution, act: Act): Promise<void> {
  const samples = await samplesOf(row, input.samples, act);
  const lines = samples.flatMap(({ id, blindCode, items }) =>
    items
      .filter(({ item }) => input.items.length === 0 || input.items.includes(item))
      .map((item) => ({ ...item, sample: id, blindCode, attempt: 1, repeatReason: null })),
  );
  await act.create('laboratory.worksheet', 'open', {
    bench: row.id,
    organisation: row.organisation,
    title: input.title,
    lines,
  });
  for (const { id, state } of samples)
    if (state === 'received') await act.perform('laboratory.sample', id, 'beginTest', {});
}

export const SavedMapping = z.strictObject(MappingFields.shape);

/** A mapping of the same name takes the place of the earlier one; the event keeps what it was. */
export function saveMapping(row: BenchRow, input: z.infer<typeof SavedMapping>): Partial<BenchRow> {
  return { mappings: [...row.mappings.filter(({ name }) => name !== input.name), input] };
}
