import { createHash, randomUUID } from 'node:crypto';
import {
  addPiece,
  beginChain,
  type CapturedPiece,
  type EvidenceChain,
  type Signer,
  sheetDigest,
} from '@hengjian/evidence';
import { execute } from '@hengjian/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { assigned, type Campaign, openCampaign, sampleRecord } from '../campaign-fixture.ts';

const salt = '5a'.repeat(16);
/** The phone's clock is two days and a little ahead of the platform's. */
const clock = { deviceAt: '2026-03-04T02:31:00.000Z', serverAt: '2026-03-02T02:00:00.000Z' };

let campaign: Campaign;
beforeAll(async () => {
  campaign = await openCampaign();
});
beforeEach(() => campaign.kernel.at('2026-03-02T02:00:00Z'));
afterAll(() => campaign.kernel.close());

interface Visit {
  task: string;
  chain: EvidenceChain;
  documents: { kind: string; upload: string }[];
  input: Record<string, unknown>;
  seals: string[];
}

/** What the field app would hand in: a photograph, both samplers' and the firm's signatures, each file already with the server. */
async function visited(
  more: Record<string, unknown> = {},
  seals = [String(Math.random()).slice(2, 8)],
): Promise<Visit> {
  const task = await assigned(campaign);
  const input = sampleRecord(campaign, { seal: `封条 ${seals.join('、')}，完好`, ...more });
  const sheet = sheetDigest(input, salt);
  const hand = (part: Signer['part'], name: string, person: string | null): Signer => ({ part, name, person, sheet });
  const signers = [
    ...campaign.samplers.map(({ name, person }) => hand('sampler', name, person)),
    hand('firm', '陈经办', null),
  ];
  let chain = beginChain({ id: randomUUID(), record: task, device: 'android-1', begunAt: '2026-03-04T02:00:00.000Z' });
  const documents: Visit['documents'] = [];
  for (const [index, signer] of [null, ...signers].entries()) {
    const piece: CapturedPiece = {
      id: randomUUID(),
      kind: signer === null ? 'photos' : 'signatures',
      mediaType: 'image/png',
      size: 9 + index,
      sha256: createHash('sha256').update(randomUUID()).digest('hex'),
      deviceAt: `2026-03-04T02:0${index}:00.000Z`,
      place: { latitude: '28.2282', longitude: '112.9388', accuracy: '15' },
      signer,
    };
    chain = addPiece(chain, piece);
    documents.push({ kind: piece.kind, upload: piece.id });
    await arrive(piece);
  }
  return { task, chain, documents, input, seals };
}

const arrive = (piece: CapturedPiece, sha256 = piece.sha256): Promise<unknown> =>
  campaign.kernel.database.asOwner((tx) =>
    tx.query(
      `insert into desk.upload (id, person, name, media_type, size, sha256, created_at) values ($1, $2, 'a.png', 'image/png', $3, $4, now())
       on conflict (id) do update set sha256 = excluded.sha256`,
      [piece.id, campaign.samplers[0].person, piece.size, sha256],
    ),
  );

const hand = ({ task, chain, documents, input, seals }: Visit, id = randomUUID()) =>
  execute(campaign.kernel, campaign.samplers[0], {
    id,
    entity: 'sampling.task',
    action: 'sample',
    record: task,
    input: { ...input, capture: { chain, clock, salt, seals } },
    documents,
  });

describe('现场证据随抽样单一并提交', () => {
  it('单子、签名、照片和封条相符的收下；重发同一命令只登记一次；证据可重新核验，单子凭校验码可查', async () => {
    const visit = await visited();
    const id = randomUUID();
    expect(await hand(visit, id)).toMatchObject({ state: 'sampled', replayed: false });
    expect(await hand(visit, id)).toMatchObject({ state: 'sampled', replayed: true });
    const row = await campaign.get<{ evidence: Record<string, unknown>[] }>('task', visit.task);
    expect(row.evidence).toEqual([
      expect.objectContaining({ pieces: 4, aheadSeconds: 174_660, firstAt: '2026-03-02T01:29:00.000Z' }),
    ]);
    const told = await campaign.ask<{
      chains: { fault: unknown; pieces: { at: string; document: string | null }[] }[];
    }>(campaign.organiser, 'sampling.task-evidence', { task: visit.task });
    expect(told.chains).toHaveLength(1);
    expect(told.chains[0]).toMatchObject({ fault: null, pieces: [{ at: '2026-03-02T01:29:00.000Z' }, {}, {}, {}] });
    expect(told.chains[0]!.pieces.every(({ document }) => document !== null)).toBe(true);
    const standing = (digest: string) =>
      campaign.kernel.database.transaction('hengjian_public', null, (tx) =>
        tx.query('select office, recorded_on from sampling.sheet_standing($1)', [digest]),
      );
    expect(await standing(sheetDigest(visit.input, salt))).toEqual([{ office: '43', recorded_on: '2026-03-02' }]);
    expect(await standing(sheetDigest({ ...visit.input, stock: 61 }, salt))).toEqual([]);
  });

  it('照片被换、签名后改单、少一人签名、证据属于另一任务的，拒收并指明是哪一件', async () => {
    const changed = await visited();
    await arrive(changed.chain.links[0]!.piece, 'f'.repeat(64));
    await expect(hand(changed)).rejects.toMatchObject({
      code: 'evidence-changed-piece',
      zh: expect.stringContaining('第 1 件证据（photos'),
    });
    const edited = await visited();
    await expect(hand({ ...edited, input: { ...edited.input, stock: 99 } })).rejects.toMatchObject({
      code: 'evidence-signed-another-sheet',
      zh: expect.stringContaining('第 2 件证据'),
    });
    const alone = await visited();
    const withoutSecond = alone.chain.links.filter(({ piece }) => piece.signer?.person !== campaign.samplers[1].person);
    const chain = withoutSecond.reduce(
      (held, { piece }) => addPiece(held, piece),
      beginChain({ id: alone.chain.id, record: alone.task, device: 'android-1', begunAt: alone.chain.begunAt }),
    );
    await expect(hand({ ...alone, chain })).rejects.toMatchObject({
      code: 'sampler-not-signed',
      zh: expect.stringContaining('乙抽样'),
    });
    const foreign = await visited();
    await expect(hand({ ...foreign, task: await assigned(campaign) })).rejects.toMatchObject({
      code: 'evidence-other-record',
    });
    expect(await campaign.get('task', changed.task)).toMatchObject({ state: 'assigned', evidence: null });
  });

  it('扫到的封条不在单上、或者已用于另一份样品的，拒收；时钟校正后仍在未来的，拒收', async () => {
    const wrong = await visited();
    await expect(hand({ ...wrong, seals: ['990077'] })).rejects.toMatchObject({ code: 'wrong-seal' });
    await hand(await visited({}, ['880011']));
    await expect(hand(await visited({}, ['880011']))).rejects.toMatchObject({ code: 'seal-used' });
    const late = await visited();
    const unmeasured = { deviceAt: clock.serverAt, serverAt: clock.serverAt };
    await expect(
      execute(campaign.kernel, campaign.samplers[0], {
        id: randomUUID(),
        entity: 'sampling.task',
        action: 'sample',
        record: late.task,
        input: { ...late.input, capture: { chain: late.chain, clock: unmeasured, salt, seals: [] } },
        documents: late.documents,
      }),
    ).rejects.toMatchObject({ code: 'captured-in-future' });
  });

  it('联网预检与登记用同一规则：六个月内重复抽查事先可知', async () => {
    const first = await visited();
    await hand(first);
    const again = await assigned(campaign, {
      enterpriseName: (await campaign.get<{ enterprise_name: string }>('task', first.task)).enterprise_name,
    });
    const check = (sheet: unknown) =>
      campaign.ask(campaign.samplers[0], 'sampling.sheet-check', { task: again, sheet: JSON.stringify(sheet) });
    expect(await check(first.input)).toMatchObject({ stands: false, code: 'sampled-within-six-months' });
    expect(await check({ ...first.input, model: '另一型号' })).toEqual({ stands: true });
    expect(await check({ ...first.input, stock: 1 })).toMatchObject({ stands: false, code: 'stock-too-small' });
    expect(await check('x')).toMatchObject({ stands: false, code: 'sheet-incomplete' });
  });
});
