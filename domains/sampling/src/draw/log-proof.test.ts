import { type DrawBundle, fromHex, leafOf, toHex } from '@hengjian/transparency';
import { logKeyOf, verifyDraw } from '@hengjian/transparency/verification';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { afterTheRound, round1000 } from '../planning-fixture.ts';
import { type Campaign, openCampaign } from './draw-fixture.ts';

/** As the test kernel signs. */
const logKeys = [logKeyOf('hengjian.test/log', new Uint8Array(32).fill(7))];

let campaign: Campaign;
beforeAll(async () => {
  campaign = await openCampaign();
});
afterAll(() => campaign.bureau.kernel.close());

const failures = (bundle: unknown): string[] =>
  verifyDraw(bundle, { logKeys })
    .steps.filter(({ ok }) => ok === false)
    .map(({ name }) => name);
const publicationStep = (bundle: DrawBundle) =>
  verifyDraw(bundle, { logKeys }).steps.find(({ name }) => name === 'publication')!;

describe('the commitment of a draw', () => {
  it('is proved to have stood in the public log before the beacon round, from what is public alone', async () => {
    const { bureau, draws, freezeInput, commitInput, bundleOf, owner } = campaign;
    const draw = (await draws(bureau.planner, 'freeze', freezeInput())).record;
    await draws(bureau.planner, 'commit', commitInput(), draw);
    expect((await bundleOf(draw)).publication).toBeNull();
    await bureau.kernel.sealer.seal();

    const announced = await bundleOf(draw);
    expect(publicationStep(announced)).toMatchObject({
      ok: true,
      detail: { zh: expect.stringContaining('2023-08-23T02:00:00Z') },
    });
    // Nothing of the event is told but the digest of the commitment.
    const { record, leafIndex } = announced.publication!;
    expect(Object.entries(record.fields).flatMap(([name, field]) => (field.salt ? [[name, field.value]] : []))).toEqual(
      [['commitment', announced.commitmentDigest]],
    );
    const [event] = (await owner(
      `select encode(leaf, 'hex') as leaf, number from kernel.event where record = '${draw}' and action = 'commit'`,
    )) as { leaf: string; number: number }[];
    expect({ leaf: toHex(leafOf(record)), number: leafIndex }).toEqual({
      leaf: event!.leaf,
      number: Number(event!.number),
    });

    bureau.kernel.at(afterTheRound);
    await draws(bureau.planner, 'draw', { signature: round1000.signature }, draw);
    await bureau.kernel.sealer.seal();
    const drawn = await bundleOf(draw);
    expect(verifyDraw(drawn, { logKeys })).toMatchObject({ ok: true, stage: 'drawn' });
    expect(drawn.publication).toEqual(announced.publication);
    // The insider's own reading gives the same file.
    expect(await bureau.ask<DrawBundle>(bureau.organiser, 'sampling.draw-bundle', { draw })).toEqual(drawn);

    const tampered = (change: Partial<NonNullable<DrawBundle['publication']>>): DrawBundle => ({
      ...drawn,
      publication: { ...drawn.publication!, ...change },
    });
    const flipped = toHex(fromHex(drawn.publication!.proof[0]!).map((byte, at) => (at === 0 ? byte ^ 1 : byte)));
    for (const forged of [
      tampered({ proof: [flipped, ...drawn.publication!.proof.slice(1)] }),
      tampered({ leafIndex: leafIndex - 1 }),
      tampered({ treeHead: drawn.publication!.treeHead.replace('2023-08-23T02', '2023-08-22T02') }),
      tampered({
        record: { ...record, fields: { ...record.fields, commitment: { ...record.fields.commitment!, value: '00' } } },
      }),
    ])
      expect(failures(forged)).toEqual(['publication']);
    const stranger = { logKeys: [logKeyOf('hengjian.test/log', new Uint8Array(32).fill(8))] };
    expect(verifyDraw(drawn, stranger).ok).toBe(false);
  });

  it('that reached the log only after the round is answered with a plain no', async () => {
    const { bureau, draws, freezeInput, commitInput, bundleOf } = campaign;
    bureau.kernel.at('2023-08-23T02:00:00Z');
    const draw = (await draws(bureau.planner, 'freeze', freezeInput())).record;
    await draws(bureau.planner, 'commit', commitInput(), draw);
    bureau.kernel.at(afterTheRound);
    await bureau.kernel.sealer.seal();
    const late = await bundleOf(draw);
    expect(verifyDraw(late, { logKeys }).ok).toBe(false);
    expect(failures(late)).toEqual(['publication']);
    expect(publicationStep(late).detail.en).toBe('The tree head was not signed before the beacon round.');
  });
});
