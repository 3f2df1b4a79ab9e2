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
import type { FirmRecord } from './frame.ts';
import type { Stratum } from './rules.ts';

/** Kind of public entry of every stage of a draw. */
export const DRAW_ENTRY = 'sampling-draw';

export const opensWhen = {
  zh: '全部任务完成抽样、未抽到样、终止或取消后，公开被抽样企业名称、盐值和抽样人员；回避关系不公开。',
  en: 'Names, salts and samplers are opened when every task is sampled, unsampled, terminated or cancelled; exclusions stay sealed.',
};

export type PublicStage = 'committed' | 'drawn' | 'opened' | 'voided';

/** What a public entry of a draw says. Nothing before the stage `opened` names a firm or a sampler. */
export interface DrawEntry {
  draw: string;
  stage: PublicStage;
  name: string;
  product: string;
  productName: string;
  rules: string;
  strata: Stratum[];
  sizes: DrawRow['sizes'];
  commitmentDigest: string;
  opensWhen: typeof opensWhen;
  commitment: DrawCommitment;
  /** 35 bytes a leaf in base64; only in the entry of the commitment. */
  frameRows?: string;
  result: DrawResult | null;
  opening: Opening | null;
  reason: string | null;
}

const stageTitles: Record<PublicStage, { zh: string; en: string }> = {
  committed: { zh: '抽取公告', en: 'announcement of the draw' },
  drawn: { zh: '抽取结果', en: 'result of the draw' },
  opened: { zh: '抽取名单公开', en: 'opening of the draw' },
  voided: { zh: '抽取作废公告', en: 'the draw is void' },
};

const stageReasons: Record<PublicStage, string> = {
  committed: '已公布承诺。',
  drawn: '已抽取，见结果条目。',
  opened: '已公开名单，见公开条目。',
  voided: '本次抽取作废，见作废公告。',
};

/** Publishes a stage; the entry of the stage before refers to it from now on. */
export async function publishStage(
  row: DrawRow,
  act: Act,
  told: Pick<DrawEntry, 'stage' | 'rules' | 'commitment' | 'commitmentDigest'> & Partial<DrawEntry> & { frame?: Frame },
): Promise<string> {
  const { frame, ...rest } = told;
  const body: DrawEntry = {
    draw: row.id,
    name: row.name,
    product: row.product,
    productName: row.productName,
    strata: row.strata as unknown as Stratum[],
    sizes: row.sizes,
    opensWhen,
    result: null,
    opening: null,
    reason: null,
    ...rest,
    ...(frame === undefined ? {} : { frameRows: toBase64(encodeFrame(frame)) }),
  };
  const firms = (told.opening?.leaves ?? []).map(({ record }) => record as unknown as FirmRecord);
  const title = stageTitles[told.stage];
  const entry = await act.publish({
    kind: DRAW_ENTRY,
    title: { zh: `${row.name}：${title.zh}`, en: `${row.name}: ${title.en}` },
    region: act.offices.get(row.office)!.region,
    subjects: firms.map(({ creditCode }) => creditCode).filter((code) => code !== null),
    body: body as unknown as Record<string, unknown>,
    words: [row.productName, ...firms.map(({ name }) => name)],
    ...(told.stage === 'committed' ? { opens: { commitment: told.commitmentDigest } } : {}),
    ...(row.entry === null || row.entry === undefined ? {} : { replaces: row.entry }),
  });
  if (row.entry) await act.withdraw(row.entry, stageReasons[told.stage], entry);
  return entry;
}

/** The public entries of a draw, the latest last; the public role and every officer read the same. */
export async function readEntries(sql: Transaction, draw: string): Promise<DrawEntry[]> {
  const rows = await sql.query<{ body: DrawEntry }>(
    'select body from public_record.entry where record = $1 and kind = $2 order by published_at, id',
    [draw, DRAW_ENTRY],
  );
  return rows.map(({ body }) => body);
}

/** The bundle that anybody verifies, put together from the public record alone; undefined before the commitment. */
export function bundleOf(
  entries: readonly DrawEntry[],
  publication: DrawBundle['publication'] = null,
): DrawBundle | undefined {
  const committed = entries.find(({ stage }) => stage === 'committed');
  if (committed?.frameRows === undefined) return undefined;
  return {
    format: 'hengjian-draw-bundle-v1',
    commitment: committed.commitment,
    commitmentDigest: committed.commitmentDigest,
    frameRows: toHex(fromBase64(committed.frameRows)),
    publication,
    result: entries.findLast(({ result }) => result !== null)?.result ?? null,
    opening: entries.findLast(({ opening }) => opening !== null)?.opening ?? null,
  };
}
