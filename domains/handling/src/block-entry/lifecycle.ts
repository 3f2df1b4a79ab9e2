import { type Act, disclose, field, lifecycle, on, type Refusal, refuse } from '@hengjian/kernel';
import { authorityOf } from '@hengjian/people';
import { z } from 'zod';
import { edition, handlers, overseers, qualityLaw } from '../clauses.ts';
import { BlockEntry, type BlockEntryRow, blockSources, openingShape } from './entity.ts';

const Opening = z.strictObject(openingShape);
type Opening = z.infer<typeof Opening>;
const Reason = z.strictObject({ reason: field.longText('理由', { en: 'Why', max: 2000 }) });

/** Kinds of public entry that may be cited, by source. */
const citable: Record<string, readonly string[]> = {
  'published-conclusion': ['sampling-bulletin'],
  'published-recall': ['recall', 'recall-notice', 'recall-plan'],
};

interface Cited {
  title: string;
  kind: string;
  names: boolean;
}

/** An order may be prepared for the list while it is being served, and listed once it was. */
const issued = ['issued', 'returned', 'publicised', 'served'];
const inForce = ['served'];

/** The document that an entry rests on, as it stands now; undefined when it is gone or does not name the firm. */
async function findCited(input: Opening, orderStates: readonly string[], act: Act): Promise<string | undefined> {
  if (input.source === 'stop-sale-order') {
    if (!input.citedOrder) return undefined;
    const [order] = await act.sql.query<{ number: string | null; title: string }>(
      `select d.number, d.title from handling.order o join kernel.document d on d.record = o.id and d.kind = 'stopOrder'
       where o.id = $1 and o.kind = 'stop-sale' and o.state = any($2::text[])`,
      [input.citedOrder, orderStates],
    );
    return order === undefined ? undefined : `${order.title} ${order.number ?? ''}`.trim();
  }
  if (!input.citedEntry) return undefined;
  const [cited] = await act.sql.query<Cited>(
    `select title_zh as title, kind, ($2::text is not null and $2 = any(subjects)) or body::text like '%' || $3::text || '%' as names
     from public_record.entry where id = $1 and withdrawn_at is null`,
    [input.citedEntry, input.subjectCode ?? null, input.subjectName],
  );
  return cited?.names && citable[input.source]!.includes(cited.kind) ? cited.title : undefined;
}

async function checkSource(row: BlockEntryRow, input: Partial<Opening>, act: Act): Promise<true | Refusal> {
  const cited = await findCited({ ...row, ...input } as Opening, row.state === 'open' ? inForce : issued, act);
  return (
    cited !== undefined ||
    refuse(
      'source-not-cited',
      `公开提示须引用${blockSources[(input.source ?? row.source) as keyof typeof blockSources].zh}：文件有效、已经送达或者公开，并且载明该当事人。`,
      'An entry cites its document: in force, served or public, and naming the firm.',
      'source',
    )
  );
}

async function list(row: BlockEntryRow, _input: unknown, act: Act): Promise<Partial<BlockEntryRow>> {
  const listedOn = act.occurredOn;
  const citation = (await findCited(row as Opening, inForce, act))!;
  const entry = await act.publish({
    kind: 'block-entry',
    title: { zh: `不合格产品提示：${row.subjectName} ${row.productName}`, en: `Not to be sold: ${row.productName}` },
    region: authorityOf(act.offices, row.office).region,
    subjects: row.subjectCode ? [row.subjectCode] : [],
    body: disclose(BlockEntry as unknown as Parameters<typeof disclose>[0], { ...row, listedOn, citation }),
    words: [row.subjectName, row.productName, row.batches],
  });
  return { listedOn, citation, entry };
}

async function unlist(row: BlockEntryRow, input: z.infer<typeof Reason>, act: Act): Promise<void> {
  if (row.entry) await act.withdraw(row.entry, input.reason);
}

/** 公开提示: prepared, listed by an officer with its document cited, ended or taken back. */
export const blockEntryLifecycle = lifecycle(BlockEntry, {
  editions: [{ ...edition, basis: '《产品质量法》第二十四条；产品质量安全公开提示清单制度' }],
  states: {
    open: { zh: '待公开', en: 'To be listed' },
    listed: { zh: '公开中', en: 'Listed' },
    ended: { zh: '已移出', en: 'Ended', closed: true },
    reversed: { zh: '已撤销', en: 'Taken back', closed: true },
  },
  readers: overseers,
  columns: ['source', 'subjectName', 'productName', 'listedOn'],
  actions: {
    open: on({
      label: { zh: '拟列入', en: 'Prepare' },
      from: null,
      to: 'open',
      by: [...handlers, 'system'],
      basis: qualityLaw('第二十四条'),
      input: Opening,
      check: checkSource,
    }),
    list: on({
      label: { zh: '列入公开提示', en: 'List' },
      from: 'open',
      to: 'listed',
      by: handlers,
      basis: qualityLaw('第二十四条'),
      check: checkSource,
      run: list,
    }),
    end: on({
      label: { zh: '移出', en: 'End' },
      from: ['open', 'listed'],
      to: 'ended',
      by: handlers,
      aside: true,
      basis: '《产品质量监督抽查管理暂行办法》第四十九条',
      input: Reason,
      run: unlist,
    }),
    reverse: on({
      label: { zh: '撤销', en: 'Take back' },
      from: ['open', 'listed'],
      to: 'reversed',
      by: ['organiser', 'system'],
      aside: true,
      basis: '《产品质量监督抽查管理暂行办法》第四十二条',
      input: Reason,
      run: unlist,
    }),
  },
});
