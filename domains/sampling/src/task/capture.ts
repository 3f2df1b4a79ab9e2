import { captureTimes, type EvidenceChain, headOf, sheetDigest, verifyChain } from '@hengjian/evidence';
import { type Act, dayInChina, field, optional, type Refusal, refuse } from '@hengjian/kernel';
import { authorityOf } from '@hengjian/people';
import { z } from 'zod';
import type { TaskRow } from './entity.ts';

const hex = (digits: number) => z.string().regex(new RegExp(`^[0-9a-f]{${digits}}$`));
const instant = z.iso.datetime({ offset: true });
const said = (max: number) => z.string().min(1).max(max);

/** What the field app hands in with an act: the chain, one comparison of both clocks, the seals it read, the salt of the sheet. */
const Capture = z.strictObject({
  chain: z.strictObject({
    profile: z.literal('hengjian/evidence/1'),
    id: z.uuid(),
    record: z.uuid(),
    device: said(80),
    begunAt: instant,
    links: z
      .array(
        z.strictObject({
          piece: z.strictObject({
            id: z.uuid(),
            kind: said(80),
            mediaType: said(80),
            size: z.int().min(1),
            sha256: hex(64),
            deviceAt: instant,
            place: z.strictObject({ latitude: said(24), longitude: said(24), accuracy: said(24) }).nullable(),
            signer: z
              .strictObject({
                part: z.enum(['sampler', 'officer', 'firm', 'witness']),
                name: said(100),
                person: z.uuid().nullable(),
                sheet: hex(64),
              })
              .nullable(),
          }),
          previous: hex(64),
          hash: hex(64),
        }),
      )
      .min(1)
      .max(200),
  }),
  clock: z.strictObject({ deviceAt: instant, serverAt: instant }),
  salt: hex(32),
  seals: z.array(said(40)).max(20),
});
type Capture = z.infer<typeof Capture>;

/** The input by which the field app adds its evidence; at the desk it stays empty. */
export const captureShape = {
  capture: optional(
    field.json('现场采集记录', {
      en: 'Captured on the spot',
      help: { zh: '由掌上终端填写。', en: 'Filled by the field app.' },
    }),
  ),
};

/** What the record keeps of evidence that was captured; the chain itself stands in the event of the act. */
export const KeptEvidence = z.object({
  device: field.text('设备', { en: 'Device' }),
  pieces: field.integer('件数', { en: 'Pieces' }),
  firstAt: field.instant('最早采集时间（校正后）', { en: 'First captured, corrected' }),
  lastAt: field.instant('最晚采集时间（校正后）', { en: 'Last captured, corrected' }),
  aheadSeconds: field.integer('设备时钟超前（秒）', {
    en: 'Device clock ahead, seconds',
    min: -1_000_000_000,
  }),
  head: field.text('证据链链尾', { en: 'Head of the chain' }),
  sheet: field.text('单据校验码', { en: 'Digest of the sheet' }),
});
type KeptEvidence = z.infer<typeof KeptEvidence>;

interface WithCapture {
  capture?: unknown;
  present?: readonly string[];
  signature?: string;
  seal?: string;
}

const contentOf = (input: object): Record<string, unknown> => {
  const { capture: _capture, ...content } = input as WithCapture;
  return content;
};
const digestOf = (input: object, { salt }: Capture): string => sheetDigest(contentOf(input), salt);
const at = 'capture';

/** What the field app captured, once it holds. */
interface Captured {
  chain: EvidenceChain;
  seals: readonly string[];
  /** Digest of the content that was handed in with it. */
  digest: string;
}

/**
 * Evidence of the field app holds, or the piece that does not is named: it is this record's, whole, every file is the one that was captured,
 * everybody signed this very content, and no time lies before `since` or in the future. Null where nothing was captured.
 */
export async function checkPieces(
  record: { id: string; since: string | null },
  input: object,
  act: Act,
): Promise<Captured | Refusal | null> {
  const { capture } = input as WithCapture;
  if (capture === undefined || capture === null) return null;
  const parsed = Capture.safeParse(capture);
  if (!parsed.success)
    return refuse('capture-unreadable', '现场采集记录无法识别。', 'What was captured cannot be read.', at);
  const { clock, seals } = parsed.data;
  const chain = parsed.data.chain as EvidenceChain;
  const files = await act.sql.query<{ id: string; sha256: string; size: number }>(
    'select id, sha256, size from desk.upload where id = any($1::uuid[])',
    [chain.links.map(({ piece }) => piece.id)],
  );
  const received = new Map(files.map(({ id, sha256, size }) => [id, { sha256, size: Number(size) }]));
  const digest = digestOf(input, parsed.data);
  const fault = verifyChain(chain, record.id, received, digest);
  if (fault !== null) return refuse(`evidence-${fault.code}`, fault.zh, fault.en, at);
  for (const [index, { at: corrected }] of captureTimes(chain, clock).entries()) {
    const day = dayInChina(corrected);
    if (day > act.today)
      return refuse(
        'captured-in-future',
        `第 ${index + 1} 件证据的时间校正后仍在今天之后，请核对设备时钟。`,
        `Piece ${index + 1} was captured after today even by the corrected clock; look at the device's clock.`,
        at,
      );
    if (day < (record.since ?? ''))
      return refuse(
        'captured-before-notice',
        `第 ${index + 1} 件证据采集于通知书签发之前，请核对设备时钟。`,
        `Piece ${index + 1} was captured before the notice was issued; look at the device's clock.`,
        at,
      );
  }
  return { chain, seals, digest };
}

export async function checkCapture(row: TaskRow, input: WithCapture, act: Act): Promise<true | Refusal> {
  const captured = await checkPieces({ id: row.id, since: row.issuedOn ?? null }, input, act);
  if (captured === null) return true;
  if ('code' in captured) return captured;
  return input.present === undefined ? true : checkSheet(row, input, captured.chain, captured.seals);
}

/** Everybody whose hand the sheet asks for has signed, and the seals on it are those that were read (order 18 arts 16, 19, 23). */
function checkSheet(row: TaskRow, input: WithCapture, chain: EvidenceChain, seals: readonly string[]): true | Refusal {
  const signers = chain.links.flatMap(({ piece }) => (piece.signer === null ? [] : [piece.signer]));
  const unsigned = input.present!.filter((person) => !signers.some((signer) => signer.person === person));
  if (unsigned.length > 0) {
    const names = unsigned.map((person) => row.samplers.find((named) => named.person === person)?.name ?? person);
    return refuse(
      'sampler-not-signed',
      `抽样人员${names.join('、')}没有在抽样单上签名（第十九条）。`,
      `${names.join(', ')} did not sign the sheet (art. 19).`,
      at,
    );
  }
  if (input.signature === 'signed' && !signers.some(({ part }) => part === 'firm'))
    return refuse(
      'firm-not-signed',
      '单子写明被抽样单位已签字，但没有收到其签名；拒绝签字的请如实登记。',
      'The sheet says that the firm signed, but no signature of it came; if it refused, say so.',
      at,
    );
  const strange = seals.find((number) => !numbersIn(input.seal ?? '').includes(number));
  return (
    strange === undefined ||
    refuse(
      'wrong-seal',
      `扫到的封条 ${strange} 不在抽样单的封样记录中，请核对封条或者单子。`,
      `Seal ${strange} was read but is not on the sheet; look at the seal or the sheet.`,
      'seal',
    )
  );
}

const numbersIn = (text: string): string[] => text.match(/[0-9A-Za-z-]+/g) ?? [];

/** A seal is used once: its number is taken with the sample. */
export function reserveSeals(row: TaskRow, input: WithCapture, act: Act) {
  const parsed = Capture.safeParse(input.capture);
  if (!parsed.success) return [];
  const authority = authorityOf(act.offices, row.office).code;
  return [...new Set(parsed.data.seals)].map((number) => ({
    key: `sampling.seal|${authority}|${number}`,
    refusal: refuse(
      'seal-used',
      `封条 ${number} 已经用于另一份样品，请核对。`,
      `Seal ${number} was used for another sample; look again.`,
    ),
  }));
}

/** What a record keeps of what was captured with an act; null where nothing was. */
export function keptOf(input: object): KeptEvidence | null {
  const parsed = Capture.safeParse((input as WithCapture).capture);
  if (!parsed.success) return null;
  const chain = parsed.data.chain as EvidenceChain;
  const times = captureTimes(chain, parsed.data.clock);
  const instants = times.map(({ at: time }) => time).sort();
  return {
    device: chain.device,
    pieces: chain.links.length,
    firstAt: instants[0]!,
    lastAt: instants.at(-1)!,
    aheadSeconds: times[0]!.aheadSeconds,
    head: headOf(chain),
    sheet: digestOf(input, parsed.data),
  };
}

/** Keeps what the evidence comes to, and the digest by which whoever holds the sheet can check it. */
export async function keepCapture(row: TaskRow, input: WithCapture, act: Act): Promise<Partial<TaskRow>> {
  const kept = keptOf(input);
  if (kept === null) return {};
  if (input.present !== undefined)
    await act.sql.query(
      'insert into sampling.sheet_receipt (digest, office, recorded_on) values ($1, $2, $3) on conflict do nothing',
      [kept.sheet, authorityOf(act.offices, row.office).code, act.today],
    );
  return { evidence: [...(row.evidence ?? []), kept] };
}
