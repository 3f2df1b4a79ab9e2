import { hash as nodeHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { getChain } from './beacon.ts';
import { compareBytes, concatBytes, fromHex, toHex, utf8 } from './bytes.ts';
import { canonicalJson } from './canonical-json.ts';
import { commitmentDigest, type DrawCommitment, secretCommitment } from './commitment.ts';
import { type DrawBundle, type Opening, parseBundle } from './draw-bundle.ts';
import { announceDraw, type DrawRequest, openDraw, pairDrawn, resolveDraw } from './draw-stages.ts';
import { type Frame, frameRoot } from './frame.ts';
import { sha256 } from './hashing.ts';
import { inclusionProof } from './merkle-proofs.ts';
import { appendToTree, EMPTY_FRONTIER, leafHash, rootOfFrontier } from './merkle-tree.ts';
import { commitFields, randomSalts } from './salted-fields.ts';
import { draw } from './selection.ts';
import { logKeyOf, signTreeHead } from './tree-head.ts';
import { verifyDraw } from './verify-draw.ts';

// Round 1000 of quicknet was published on 2023-08-23 at 15:59:24 UTC
const beacon = {
  round: 1000,
  signature: 'b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39',
};
const secret = sha256(utf8('监察室的秘密数'));
const enterprises = Array.from({ length: 80 }, (_, index) => ({
  record: { name: `星沙示例企业${index}`, code: `91430000EXAMPLE${index}` },
  stratum: index % 2,
  weight: 1 + (index % 3),
}));
const people = Array.from({ length: 12 }, (_, index) => ({ record: { name: `抽样员甲${index}` }, body: index % 3 }));
const request: DrawRequest = {
  id: 'HN-2023-017',
  committedAt: '2023-08-23T15:00:00Z',
  enterprises,
  strata: [
    { code: 0, sample: 6, reserve: 3 },
    { code: 1, sample: 4, reserve: 2 },
  ],
  samplers: {
    team: 'any',
    people,
    exclusions: enterprises.flatMap((_, enterprise) => [{ enterprise, person: enterprise % 12 }]),
  },
  beacon: { chain: getChain('quicknet').hash, round: beacon.round },
  parties: [{ name: '监察室', commitment: toHex(secretCommitment('监察室', secret)) }],
};

const { bundle: announced, sealed } = announceDraw(request);
const drawn = resolveDraw(announced, { beacon, secrets: [toHex(secret)] });
const opened = openDraw(drawn, sealed, { reserves: { 0: 1 } });
const audited = openDraw(drawn, sealed, { reserves: { 0: 1 }, exclusions: true });

function failures(bundle: unknown, options = {}): string[] {
  return verifyDraw(bundle, options)
    .steps.filter(({ ok }) => ok === false)
    .map(({ name }) => name);
}

function unchecked(bundle: DrawBundle): string[] {
  return verifyDraw(bundle)
    .steps.filter(({ ok }) => ok === null)
    .map(({ name }) => name);
}

function recommit(bundle: DrawBundle, change: Partial<DrawCommitment>): DrawBundle {
  const commitment = { ...bundle.commitment, ...change };
  return { ...bundle, commitment, commitmentDigest: toHex(commitmentDigest(commitment)) };
}

function reopen(change: Partial<Opening>): DrawBundle {
  return { ...audited, opening: { ...audited.opening!, ...change } };
}

describe('a draw from announcement to audit', () => {
  it('verifies at every stage, and says what cannot be checked yet', () => {
    const late = ['opened-leaves', 'opened-reserves', 'samplers', 'exclusions', 'recusal', 'pairing'];
    expect(verifyDraw(announced)).toMatchObject({ ok: true, stage: 'announced' });
    expect(unchecked(announced)).toEqual(['publication', 'beacon', 'secrets', 'selection', 'reserves', ...late]);
    expect(verifyDraw(drawn)).toMatchObject({ ok: true, stage: 'drawn' });
    expect(unchecked(drawn)).toEqual(['publication', ...late]);
    expect(verifyDraw(opened)).toMatchObject({ ok: true, stage: 'opened' });
    expect(unchecked(opened)).toEqual(['publication', 'exclusions', 'recusal', 'pairing']);
    expect(verifyDraw(audited)).toMatchObject({ ok: true, stage: 'audited' });
    expect(unchecked(audited)).toEqual(['publication']);
  });

  it('verifies after a journey as JSON, with the hash of node:crypto, and under SM3', () => {
    const parsed = parseBundle(JSON.parse(JSON.stringify(audited)));
    expect(canonicalJson(parsed)).toBe(canonicalJson(audited));
    expect(verifyDraw(parsed, { hash: (bytes) => nodeHash('sha256', bytes, 'buffer') }).ok).toBe(true);
    const parties = [{ name: '监察室', commitment: toHex(secretCommitment('监察室', secret, 'sm3')) }];
    const national = announceDraw({ ...request, hash: 'sm3', parties });
    const resolved = resolveDraw(national.bundle, { beacon, secrets: [toHex(secret)] });
    expect(verifyDraw(openDraw(resolved, national.sealed, { exclusions: true }))).toMatchObject({
      ok: true,
      stage: 'audited',
    });
  });

  it('names nobody before the opening, and no recusal before the audit', () => {
    for (const bundle of [announced, drawn]) {
      const text = JSON.stringify(bundle);
      for (const { record } of enterprises) {
        expect(text).not.toContain(record.name);
        expect(text).not.toContain(record.code);
      }
      expect(text).not.toContain('抽样员');
      for (const { salt } of sealed.leaves) expect(text).not.toContain(salt);
    }
    expect(opened.opening?.pairing?.exclusions).toBeNull();
    const positions = new Set(opened.opening!.leaves.map(({ index }) => index));
    const rest = sealed.leaves.filter((_, position) => !positions.has(position));
    for (const { salt } of rest) expect(JSON.stringify(opened)).not.toContain(salt);
  });

  it('lets the organiser know the names and the pairs at once', () => {
    const { pairs, impossible } = pairDrawn(drawn, sealed);
    expect(impossible).toEqual([]);
    expect(pairs).toHaveLength(15);
    expect(pairs).toEqual(opened.opening?.pairing?.pairs);
  });

  it('is void while a party has not revealed', () => {
    expect(() => resolveDraw(announced, { beacon, secrets: [] })).toThrow(
      expect.objectContaining({ code: 'DRAW_VOID' }),
    );
    expect(() => resolveDraw(announced, { secrets: [toHex(secret)] })).toThrow(
      expect.objectContaining({ code: 'DRAW_VOID' }),
    );
    expect(() => openDraw(announced, sealed)).toThrow(expect.objectContaining({ code: 'DRAW_NOT_READY' }));
  });
});

describe('a tampered draw fails at the step that shows it', () => {
  const result = drawn.result!;
  const { frameRows } = announced;
  const [stratum, ...otherStrata] = result.selection;

  it.each<[string, unknown, string[]]>([
    ['no bundle at all', { format: 'other' }, ['format']],
    ['an unknown member that might carry a name', { ...drawn, remark: '星沙示例企业7' }, ['format']],
    [
      'two leaves exchanged',
      { ...drawn, frameRows: frameRows.slice(70, 140) + frameRows.slice(0, 70) + frameRows.slice(140) },
      ['frame'],
    ],
    ['a leaf left out', { ...announced, frameRows: frameRows.slice(70) }, ['frame-root']],
    [
      'a sample size changed afterwards',
      { ...announced, commitment: { ...announced.commitment, strata: [] } },
      ['commitment'],
    ],
    ['randomness from one side alone', recommit(announced, { beacon: null }), ['commitment']],
    ['another beacon round', { ...drawn, result: { ...result, beacon: { ...beacon, round: 1001 } } }, ['beacon']],
    [
      'a forged signature',
      { ...drawn, result: { ...result, beacon: { ...beacon, signature: `80${beacon.signature.slice(2)}` } } },
      ['beacon', 'selection', 'reserves'],
    ],
    [
      'a beacon round that was out already',
      recommit(announced, { committedAt: '2023-08-23T15:59:24Z' }),
      ['beacon-time'],
    ],
    [
      'a secret that was not committed to',
      { ...drawn, result: { ...result, secrets: ['00'.repeat(32)] } },
      ['secrets', 'selection', 'reserves'],
    ],
    [
      'one leaf instead of another',
      {
        ...drawn,
        result: {
          ...result,
          selection: [{ ...stratum!, drawn: stratum!.drawn.with(0, stratum!.reserve[0]!) }, ...otherStrata],
        },
      },
      ['selection'],
    ],
    [
      'the reserves in another order',
      {
        ...drawn,
        result: { ...result, selection: [{ ...stratum!, reserve: stratum!.reserve.toReversed() }, ...otherStrata] },
      },
      ['reserves'],
    ],
  ])('%s', (_, bundle, expected) => {
    expect(failures(bundle)).toEqual(expected);
  });

  const opening = audited.opening!;
  const pairing = opening.pairing!;
  const [leaf, ...otherLeaves] = opening.leaves;
  const [pair, ...otherPairs] = pairing.pairs;
  const excluded = pairing.exclusions!.find(({ position }) => position === pair!.position)!;
  // Of a firm that nobody visits: without it the pairs come out the same, whatever the salts are.
  const beside = pairing.exclusions!.find(
    ({ position }) => !pairing.pairs.some((visited) => visited.position === position),
  )!;

  it.each<[string, DrawBundle, string[]]>([
    [
      'another enterprise opened for a leaf',
      reopen({ leaves: [{ ...leaf!, record: { name: '别的企业' } }, ...otherLeaves] }),
      ['opened-leaves'],
    ],
    ['a drawn leaf kept closed', reopen({ leaves: otherLeaves }), ['opened-leaves']],
    [
      'a reserve called on out of order',
      reopen({ leaves: [...opening.leaves, { ...sealed.leaves[stratum!.reserve[2]!]!, index: stratum!.reserve[2]! }] }),
      ['opened-reserves'],
    ],
    ['no samplers told', reopen({ pairing: null }), ['samplers']],
    [
      'a sampler added to the pool',
      reopen({ pairing: { ...pairing, poolRows: `${'00'.repeat(34)}${pairing.poolRows}` } }),
      ['samplers', 'exclusions', 'pairing'],
    ],
    [
      'another person opened for a sampler',
      reopen({ pairing: { ...pairing, samplers: pairing.samplers.map((sampler) => ({ ...sampler, record: {} })) } }),
      ['samplers'],
    ],
    [
      'an exclusion dropped',
      reopen({ pairing: { ...pairing, exclusions: pairing.exclusions!.filter((edge) => edge !== beside) } }),
      ['exclusions'],
    ],
    [
      'an excluded sampler sent',
      reopen({
        pairing: { ...pairing, pairs: [{ ...pair!, samplers: [excluded.sampler, pair!.samplers[1]] }, ...otherPairs] },
      }),
      ['recusal', 'pairing'],
    ],
    ['the pairs exchanged', reopen({ pairing: { ...pairing, pairs: pairing.pairs.toReversed() } }), ['pairing']],
  ])('%s', (_, bundle, expected) => {
    const found = failures(bundle);
    expect(found.filter((name) => expected.includes(name))).toEqual(found);
    expect(found[0]).toBe(expected[0]);
  });

  it('the same enterprise twice in the frame under two salts', () => {
    const twice = announceDraw({
      ...request,
      samplers: { team: 'any', people, exclusions: [] },
      enterprises: [enterprises[0]!, ...enterprises.slice(0, 9)],
      strata: [
        { code: 0, sample: 6, reserve: 0 },
        { code: 1, sample: 4, reserve: 0 },
      ],
    });
    const resolved = resolveDraw(twice.bundle, { beacon, secrets: [toHex(secret)] });
    expect(failures(openDraw(resolved, twice.sealed))).toEqual(['opened-leaves']);
  });
});

describe('the commitment in the public log', () => {
  const logSecret = new Uint8Array(32).fill(5);
  const key = logKeyOf('log.example', logSecret);

  async function publish(digest: string, time: string): Promise<DrawBundle> {
    const fields = { kind: 'draw-announced', commitment: digest };
    const { record, leaf } = commitFields(fields, randomSalts(fields));
    const first = appendToTree(EMPTY_FRONTIER, leafHash(utf8('前一条')));
    const { frontier, completed } = appendToTree(first.frontier, leaf);
    const stored = [...first.completed, ...completed];
    const proof = await inclusionProof(
      1,
      2,
      (level, index) => stored.find((node) => node.level === level && node.index === index)!.hash,
    );
    const head = {
      origin: key.name,
      size: 2,
      root: toHex(rootOfFrontier(frontier)),
      epoch: 0,
      time,
      hash: 'sha256' as const,
    };
    const treeHead = signTreeHead(head, key.name, logSecret);
    return { ...drawn, publication: { treeHead, leafIndex: 1, proof: proof.map(toHex), record } };
  }

  it('is proved to have stood there before the beacon round', async () => {
    const published = await publish(drawn.commitmentDigest, '2023-08-23T15:01:00Z');
    const verdict = verifyDraw(published, { logKeys: [key] });
    expect(verdict.steps.find(({ name }) => name === 'publication')).toMatchObject({ ok: true });
    expect(verifyDraw(published).steps.find(({ name }) => name === 'publication')?.ok).toBeNull();
  });

  it('is refused when signed too late, of another draw, or by another log', async () => {
    const options = { logKeys: [key] };
    expect(failures(await publish(drawn.commitmentDigest, '2023-08-23T15:59:24Z'), options)).toEqual(['publication']);
    expect(failures(await publish('00'.repeat(32), '2023-08-23T15:01:00Z'), options)).toEqual(['publication']);
    const published = await publish(drawn.commitmentDigest, '2023-08-23T15:01:00Z');
    const stranger = { logKeys: [logKeyOf('log.example', new Uint8Array(32).fill(6))] };
    expect(failures(published, stranger)).toEqual(['publication']);
    const moved = { ...published, publication: { ...published.publication!, leafIndex: 0 } };
    expect(failures(moved, options)).toEqual(['publication']);
  });
});

describe('the pinned draw, on which every machine must agree', () => {
  const golden = parseBundle(
    JSON.parse(readFileSync(new URL('../fixtures/golden-draw.json', import.meta.url), 'utf8')),
  );

  it('verifies in full', () => {
    const verdict = verifyDraw(golden);
    expect(verdict).toMatchObject({ ok: true, stage: 'audited' });
    expect(verdict.steps.filter(({ ok }) => ok === true)).toHaveLength(15);
  });

  it('has the numbers printed in DRAW.md', () => {
    const page = readFileSync(new URL('../DRAW.md', import.meta.url), 'utf8');
    const { commitment, commitmentDigest: digest, result } = golden;
    const printed = [digest, commitment.frame.root, JSON.stringify(result?.selection)];
    for (const text of printed) expect(page).toContain(text);
  });

  it('20,000 leaves by formula give the pinned root and the pinned selection', () => {
    const leaves = Array.from({ length: 20_000 }, (_, index) => sha256(utf8(`leaf ${index}`))).sort(compareBytes);
    const frame: Frame = {
      leaves: concatBytes(...leaves),
      strata: Uint16Array.from(leaves, (leaf) => leaf[31]! % 3),
      weights: Uint8Array.from(leaves, (leaf) => 1 + (leaf[30]! % 5)),
    };
    const sizes = [0, 1, 2].map((code) => ({ code, sample: 100, reserve: 20 }));
    const selection = draw(frame, sizes, sha256(utf8('seed')));
    expect(toHex(frameRoot(frame))).toBe('487624b55e3aa121a8e645bbf057f70034ed5bb835dccbbfd38533c65c4c346b');
    expect(toHex(sha256(utf8(canonicalJson(selection))))).toBe(
      '9f0396c68b5c37ba340407dc48638e6fa8d37a284634e659d6fc881369c6bdf8',
    );
    expect(fromHex(golden.frameRows)).toHaveLength(60 * 35);
  });
});
