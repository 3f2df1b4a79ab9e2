import {
  type CommittedRecord,
  fromHex,
  leafOf,
  toHex,
  verifyConsistency,
  verifyInclusion,
  verifyRedacted,
} from '@hengjian/transparency';
import { type LogKey, type TreeHead, verifyTreeHead } from '@hengjian/transparency/verification';
import type { Finding } from './report.ts';

/** A proof that an entry stands in the log; a file of this shape can be dropped on the page of the log. */
export interface InclusionFile {
  readonly treeHead: string;
  readonly leafIndex: number;
  /** Hash of the leaf in hexadecimal; not needed where the record is there. */
  readonly leaf?: string;
  readonly proof: readonly string[];
  readonly record?: CommittedRecord;
}

const finding = (
  asks: [string, string],
  ok: boolean | null,
  yes: [string, string],
  no: [string, string] = yes,
): Finding => {
  const [zh, en] = ok === false ? no : yes;
  return { asks: { zh: asks[0], en: asks[1] }, ok, why: { zh, en } };
};

/** Bytes of hexadecimal texts; undefined when one of them is none. */
function bytesOf(texts: readonly unknown[]): Uint8Array[] | undefined {
  try {
    return texts.map((text) => fromHex(text as string));
  } catch {
    return undefined;
  }
}

/** The head of a signed note if `key` signed it, with the finding that says so. */
export function checkHead(
  note: string,
  key: LogKey,
  which: [string, string],
): { head: TreeHead | undefined; finding: Finding } {
  const head = verifyTreeHead(note, [key]);
  return {
    head,
    finding: finding(
      [`${which[0]}的签名是否有效`, `Is ${which[1]} signed by the log’s key?`],
      head !== undefined,
      [`有效：${head?.size} 条，签于 ${head?.time}。`, `It is: ${head?.size} entries, signed at ${head?.time}.`],
      ['无效：不是这把公钥签的，或者内容被改过。', 'It is not: another key signed it, or it was altered.'],
    ),
  };
}

/** Whether an entry stands at its place under a head. */
export function checkInclusion(leafIndex: number, leaf: string, proof: readonly string[], head: TreeHead): Finding {
  const bytes = bytesOf([leaf, head.root, ...proof]);
  const [hash, root, ...path] = bytes ?? [];
  const ok = hash !== undefined && root !== undefined && verifyInclusion(leafIndex, head.size, hash, path, root);
  return finding(
    [`第 ${leafIndex} 条是否在日志里`, `Is entry ${leafIndex} in the log?`],
    ok,
    [
      `在：由 ${path.length} 个相邻哈希算到了签名的根。`,
      `It is: ${path.length} neighbouring hashes lead to the signed root.`,
    ],
    ['不在：算出的根与签名的根不同。', 'It is not: they lead to another root.'],
  );
}

const consistent: [string, string] = [
  '您保存的树头之后，日志是否只增未改',
  'Has the log only grown since the head that you kept?',
];

/** What two heads say by themselves, before any proof: that the log went back, or was restored in between. Undefined when a proof decides. */
export function compareHeads(kept: TreeHead, now: TreeHead): Finding | undefined {
  const survived = now.restored?.keptSize ?? 0;
  if (kept.epoch < now.epoch && kept.size > survived)
    return finding(consistent, null, [
      `日志其间从备份恢复过（代次 ${kept.epoch} → ${now.epoch}），恢复后保留 ${survived} 条，少于您的 ${kept.size} 条，无法核对。`,
      `Meanwhile the log was restored from backup (epoch ${kept.epoch} → ${now.epoch}) and kept ${survived} entries, fewer than your ${kept.size}; they cannot be compared.`,
    ]);
  if (kept.epoch > now.epoch || (kept.epoch === now.epoch && kept.size > now.size))
    return finding(consistent, false, [
      `不是：您保存的树头有 ${kept.size} 条，现在反而只有 ${now.size} 条。请保留这份文件并举报。`,
      `It has not: the head that you kept has ${kept.size} entries, and now there are only ${now.size}. Keep this file and report it.`,
    ]);
  return undefined;
}

/** Whether the head that was kept is the beginning of the present one. */
export function checkConsistency(kept: TreeHead, now: TreeHead, proof: readonly string[]): Finding {
  const [first, second, ...path] = bytesOf([kept.root, now.root, ...proof]) ?? [];
  const ok = first !== undefined && second !== undefined && verifyConsistency(kept.size, now.size, path, first, second);
  // Only the last restore is told in a head: after two of them a difference may be the loss of the first
  if (!ok && now.epoch - kept.epoch > 1)
    return finding(consistent, null, [
      '日志其间多次从备份恢复，无法核对。',
      'Meanwhile the log was restored more than once; they cannot be compared.',
    ]);
  return finding(
    consistent,
    ok,
    [
      `只增未改：先前的 ${kept.size} 条都在，现在共 ${now.size} 条。`,
      `It has: the ${kept.size} entries are all there; there are ${now.size} now.`,
    ],
    [
      '不是：先前的树头不是现在日志的前半部分，请保留这份文件并举报。',
      'It has not: the former head is not the beginning of the present log. Keep this file and report it.',
    ],
  );
}

/** Whether the fields of a record that were opened hash to the leaf, and what they say. */
export function checkRecord(record: CommittedRecord, leaf: string): Finding[] {
  const bytes = bytesOf([leaf])?.[0];
  const outcome = bytes === undefined ? { ok: false, fields: {} } : verifyRedacted(record, bytes);
  const opened = Object.entries(record.fields).filter(([name]) => outcome.fields[name] === 'opened');
  const closed = Object.keys(record.fields).length - opened.length;
  const whole = finding(
    ['公开的各项是否就是当时写入的', 'Are the opened fields what was written then?'],
    outcome.ok,
    [`是：${opened.length} 项公开，${closed} 项保密。`, `They are: ${opened.length} opened, ${closed} kept closed.`],
    ['不是：有的项目与日志中的哈希不符。', 'They are not: a field does not hash to what the log holds.'],
  );
  const told = opened.map(([name, { value }]) =>
    finding([`“${name}”`, `“${name}”`], true, [JSON.stringify(value), JSON.stringify(value)]),
  );
  return [whole, ...(outcome.ok ? told : [])];
}

/** What a dropped file is: a signed note, a proof of inclusion, or neither. */
export function readProofFile(content: string): { note: string } | { inclusion: InclusionFile } | undefined {
  const text = content.replaceAll('\r\n', '\n');
  if (!text.trimStart().startsWith('{')) return text.includes('\n\n— ') ? { note: text } : undefined;
  let parsed: Partial<InclusionFile>;
  try {
    parsed = JSON.parse(text) as Partial<InclusionFile>;
  } catch {
    return undefined;
  }
  const { treeHead, leafIndex, proof, leaf, record } = parsed;
  const complete = typeof treeHead === 'string' && typeof leafIndex === 'number' && Array.isArray(proof);
  return complete && (typeof leaf === 'string' || isRecord(record))
    ? { inclusion: parsed as InclusionFile }
    : undefined;
}

const isRecord = (record: unknown): record is CommittedRecord =>
  typeof record === 'object' &&
  record !== null &&
  'fields' in record &&
  typeof record.fields === 'object' &&
  record.fields !== null;

/** The hash of the leaf that a file speaks of; undefined when its record cannot be hashed. */
export function leafOfFile({ leaf, record }: InclusionFile): string | undefined {
  try {
    return record === undefined ? leaf : toHex(leafOf(record));
  } catch {
    return undefined;
  }
}
