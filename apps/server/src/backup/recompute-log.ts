import { createHash } from 'node:crypto';
import type { Transaction } from '@hengjian/kernel';
import {
  appendToTree,
  canonicalJson,
  EMPTY_FRONTIER,
  type Hash,
  rootOfFrontier,
  type StoredNode,
  toHex,
} from '@hengjian/transparency';
import { readByCursor } from './tables.ts';

/** A fault of the log, as a sentence in both languages. */
export interface LogFault {
  code: 'gap' | 'leaf' | 'node' | 'head' | 'content';
  zh: string;
  en: string;
}

export interface RecomputedLog {
  /** Events that have a number, and the root over their leaves in lower-case hexadecimal. */
  size: number;
  root: string;
  /** Newest signed head, by epoch and then by size. */
  newest: LogHead | null;
  /** Heads of the log whose root was compared. */
  heads: number;
  /** Events whose stored content was hashed again and compared with their leaf; null when that was not asked for. */
  contents: number | null;
  /** What does not agree, at most the first twenty of a kind; empty when all does. */
  faults: LogFault[];
}

export interface LogHead {
  epoch: number;
  size: number;
  root: string;
  note: string;
}

const sha256: Hash = (bytes) => createHash('sha256').update(bytes).digest();
const mostFaults = 20;

/**
 * Builds the whole log anew from the leaves of the sealed events and compares: numbers without a gap, every stored node, the
 * root of every signed head. With `contents` each event's own content is hashed under its salts and compared with its leaf, so
 * that a row changed behind the platform's back shows. Signatures are for the caller, who knows the key.
 *
 * Needs a role that reads events, nodes, heads and (for contents) documents.
 */
export async function recomputeLog(
  tx: Transaction,
  options: { contents?: boolean; onProgress?: (done: number) => void } = {},
): Promise<RecomputedLog> {
  const faults = new Faults();
  const heads = (
    await tx.query<LogHead>('select epoch, size, root, note from kernel.log_head order by epoch, size')
  ).map((head) => ({ ...head, size: Number(head.size) }));
  const headsBySize = Map.groupBy(heads, ({ size }) => size);
  let frontier = EMPTY_FRONTIER;
  let nodes = 0;
  let compared = 0;
  let contents = 0;
  const compareHeads = (): void => {
    for (const head of headsBySize.get(frontier.size) ?? []) {
      compared += 1;
      if (head.root !== toHex(rootOfFrontier(frontier, sha256)))
        faults.add(
          'head',
          `第 ${head.epoch} 期、${head.size} 条的签名摘要与重算的根不一致。`,
          `The signed head of epoch ${head.epoch} with ${head.size} entries does not have the root computed from the leaves.`,
        );
    }
  };
  compareHeads();
  const columns = options.contents === true ? contentColumns : 'e.number, e.leaf';
  const statement = `select ${columns} from kernel.event e where e.number is not null order by e.number`;
  for await (const rows of readByCursor<EventRow>(
    tx,
    statement,
    (row) => JSON.stringify(row.input ?? '').length + 300,
  )) {
    const completed: StoredNode[] = [];
    for (const row of rows) {
      if (Number(row.number) !== frontier.size)
        faults.add(
          'gap',
          `日志编号不连续：应为 ${frontier.size}，实为 ${row.number}。`,
          `The numbers have a gap: ${frontier.size} was expected, ${row.number} was found.`,
        );
      const step = appendToTree(frontier, new Uint8Array(row.leaf), sha256);
      frontier = step.frontier;
      completed.push(...step.completed);
      compareHeads();
      if (options.contents === true) {
        contents += 1;
        if (!isContentOfLeaf(row))
          faults.add(
            'content',
            `第 ${row.number} 条事件（${row.id}）的内容与日志不符，写入之后被改动过。`,
            `Entry ${row.number} (event ${row.id}) is no longer what the log committed to: it was changed after it was written.`,
          );
      }
    }
    nodes += completed.length;
    await compareNodes(tx, completed, faults);
    options.onProgress?.(frontier.size);
  }
  const [stored] = await tx.query<{ n: number }>('select count(*) as n from kernel.log_node');
  if (Number(stored!.n) !== nodes)
    faults.add(
      'node',
      `日志树保存了 ${stored!.n} 个节点，按条目应为 ${nodes} 个。`,
      `The log stores ${stored!.n} nodes; its entries make ${nodes}.`,
    );
  for (const head of heads)
    if (head.size > frontier.size)
      faults.add(
        'head',
        `签名摘要声明有 ${head.size} 条，实际只有 ${frontier.size} 条：有条目丢失。`,
        `A signed head states ${head.size} entries, but there are ${frontier.size}: entries are missing.`,
      );
  return {
    size: frontier.size,
    root: toHex(rootOfFrontier(frontier, sha256)),
    newest: heads.at(-1) ?? null,
    heads: compared,
    contents: options.contents === true ? contents : null,
    faults: faults.list,
  };
}

class Faults {
  readonly list: LogFault[] = [];
  add(code: LogFault['code'], zh: string, en: string): void {
    if (this.list.filter((fault) => fault.code === code).length < mostFaults) this.list.push({ code, zh, en });
  }
}

async function compareNodes(tx: Transaction, nodes: readonly StoredNode[], faults: Faults): Promise<void> {
  const wrong = await tx.query<{ level: number; index: number }>(
    `select w.level, w.index from unnest($1::smallint[], $2::bigint[], $3::text[]) as w (level, index, hash)
       left join kernel.log_node n on n.level = w.level and n.index = w.index
     where n.hash is null or n.hash <> decode(w.hash, 'hex') limit ${mostFaults}`,
    [nodes.map(({ level }) => level), nodes.map(({ index }) => index), nodes.map(({ hash }) => toHex(hash))],
  );
  for (const { level, index } of wrong)
    faults.add(
      level === 0 ? 'leaf' : 'node',
      `日志树第 ${level} 层第 ${index} 个节点缺失或与重算结果不一致。`,
      `Node ${index} on level ${level} of the log is missing or is not what the leaves make.`,
    );
}

interface EventRow extends Record<string, unknown> {
  number: number;
  leaf: Uint8Array;
  id: string;
  salts: Record<string, string>;
  input: unknown;
}

const contentColumns = `e.number, e.leaf, e.id, e.entity, e.record, e.action, e.office, e.occurred_at, e.recorded_at, e.from_state,
  e.to_state, e.edition, e.version, e.actor, e.role, e.hands, e.input, e.changes, e.note, e.opened, e.salts,
  (select jsonb_agg(jsonb_build_object('kind', d.kind, 'sha256', d.sha256, 'number', d.number) order by d.id)
     from kernel.document d where d.event = e.id) as documents`;

/** What an event committed to, as kernel/src/write.ts puts it; a batch of ingested rows commits to fewer fields. */
function isContentOfLeaf(row: EventRow): boolean {
  const act = { id: row.id, entity: row.entity, record: row.record, action: row.action, office: row.office };
  const batch = !Object.hasOwn(row.salts, 'changes');
  const told: Record<string, unknown> = batch
    ? { act: { ...act, recordedAt: row.recorded_at }, actor: { person: row.actor, role: row.role }, input: row.input }
    : {
        ...(row.opened as Record<string, unknown>),
        act: {
          ...act,
          occurredAt: row.occurred_at,
          recordedAt: row.recorded_at,
          from: row.from_state,
          to: row.to_state,
          edition: row.edition,
          version: row.version,
        },
        actor: { person: row.actor, role: row.role, hands: row.hands },
        input: row.input,
        changes: row.changes,
        documents: row.documents ?? [],
        note: row.note,
      };
  const digests: Record<string, string> = {};
  for (const [name, value] of Object.entries(told)) {
    const salt = row.salts[name];
    if (salt === undefined) return false;
    digests[name] = createHash('sha256')
      .update('hengjian-field-v1\0')
      .update(Buffer.from(salt, 'hex'))
      .update(canonicalJson([name, value] as never))
      .digest('hex');
  }
  const content = canonicalJson({ fields: digests, format: 'hengjian-salted-fields-v1', hash: 'sha256' });
  return createHash('sha256').update('\0').update(content).digest().equals(Buffer.from(row.leaf));
}
