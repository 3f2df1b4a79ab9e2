import type { Act, Transaction } from '@hengjian/kernel';
import {
  type DrawBundle,
  type DrawCommitment,
  type DrawResult,
  encodeFrame,
  type Frame,
  fromBase64,
  type Opening,
  toBase64,
  toHex,
} from '@hengjian/transparency';
import type { DrawRow } from './entity.ts';

/** Kind of public entry of every stage of a draw of inspections. */
const DRAW_ENTRY = 'inspection-draw';

type Stage = 'committed' | 'drawn' | 'opened' | 'voided';

interface Entry {
  draw: string;
  stage: Stage;
  name: string;
  matter: string;
  strata: unknown;
  sizes: DrawRow['sizes'];
  commitment: DrawCommitment;
  commitmentDigest: string;
  opensWhen: { zh: string; en: string };
  frameRows?: string;
  result: DrawResult | null;
  opening: Opening | null;
  reason: string | null;
}

const opensWhen = {
  zh: '全部检查结束后公开企业名称、盐值和检查人员；回避关系不公开。',
  en: 'Names, salts and officers are opened when the last visit is over; exclusions stay sealed.',
};
const titles: Record<Stage, { zh: string; en: string; after: string }> = {
  committed: { zh: '抽取公告', en: 'announcement of the draw', after: '已公布承诺。' },
  drawn: { zh: '抽取结果', en: 'result of the draw', after: '已抽取，见结果条目。' },
  opened: { zh: '抽取名单公开', en: 'opening of the draw', after: '已公开名单。' },
  voided: { zh: '抽取作废公告', en: 'the draw is void', after: '本次抽取作废。' },
};

/** Publishes a stage; the entry of the stage before is replaced by it. */
export async function publishStage(
  row: DrawRow,
  act: Act,
  told: Pick<Entry, 'stage' | 'commitment' | 'commitmentDigest'> & Partial<Entry> & { frame?: Frame },
): Promise<string> {
  const { frame, ...rest } = told;
  const body: Entry = {
    draw: row.id,
    name: row.name,
    matter: row.matter,
    strata: row.strata,
    sizes: row.sizes,
    opensWhen,
    result: null,
    opening: null,
    reason: null,
    ...rest,
    ...(frame === undefined ? {} : { frameRows: toBase64(encodeFrame(frame)) }),
  };
  const firms = (told.opening?.leaves ?? []).map(
    ({ record }) => record as unknown as { name: string; creditCode: string | null },
  );
  const { zh, en, after } = titles[told.stage];
  const entry = await act.publish({
    kind: DRAW_ENTRY,
    title: { zh: `${row.name}：${zh}`, en: `${row.name}: ${en}` },
    region: act.offices.get(row.office)!.region,
    subjects: firms.map(({ creditCode }) => creditCode).filter((code) => code !== null),
    body: body as unknown as Record<string, unknown>,
    words: [row.matter, ...firms.map(({ name }) => name)],
    ...(told.stage === 'committed' ? { opens: { commitment: told.commitmentDigest } } : {}),
    ...(row.entry ? { replaces: row.entry } : {}),
  });
  if (row.entry) await act.withdraw(row.entry, after, entry);
  return entry;
}

/** The bundle that anybody verifies, from the public record alone; undefined before the commitment. */
export async function readBundle(sql: Transaction, draw: string): Promise<DrawBundle | undefined> {
  const rows = await sql.query<{ body: Entry }>(
    'select body from public_record.entry where record = $1 and kind = $2 order by published_at, id',
    [draw, DRAW_ENTRY],
  );
  const entries = rows.map(({ body }) => body);
  const committed = entries.find(({ stage }) => stage === 'committed');
  if (committed?.frameRows === undefined) return undefined;
  return {
    format: 'hengjian-draw-bundle-v1',
    commitment: committed.commitment,
    commitmentDigest: committed.commitmentDigest,
    frameRows: toHex(fromBase64(committed.frameRows)),
    publication: null,
    result: entries.findLast(({ result }) => result !== null)?.result ?? null,
    opening: entries.findLast(({ opening }) => opening !== null)?.opening ?? null,
  };
}
