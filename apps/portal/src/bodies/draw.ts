import { getChain, TransparencyError, timeOfRound } from '@hengjian/transparency';
import { z } from 'zod';
import { list, text } from './reading.ts';

const count = z.number().int().nonnegative();

const Draw = z.object({
  draw: z.string(),
  stage: z.enum(['committed', 'drawn', 'opened', 'voided']),
  name: z.string(),
  productName: text,
  /** Public entry of the detailed rules. */
  rules: text,
  strata: list(
    z.object({
      code: count,
      label: z.string(),
      size: count,
      sample: count,
      reserves: count,
      weightClasses: list(z.object({ weight: count, size: count })),
    }),
  ),
  sizes: z.object({ frame: count, drawn: count, reserves: count }),
  commitmentDigest: z.string(),
  opensWhen: z.object({ zh: z.string(), en: z.string() }),
  commitment: z.object({
    hash: z.string(),
    committedAt: z.string(),
    frame: z.object({ size: count, root: z.string() }),
    samplers: z.object({ size: count, team: z.string() }).nullable(),
    beacon: z.object({ chain: z.string(), round: count }).nullable(),
    parties: list(z.object({ name: z.string() })),
  }),
  result: z
    .object({ selection: list(z.object({ stratum: count, drawn: list(count), reserve: list(count) })) })
    .nullish()
    .transform((value) => value ?? null),
  opening: z
    .object({
      leaves: list(z.object({ index: count, record: z.object({ name: z.string(), creditCode: text, region: text }) })),
    })
    .nullish()
    .transform((value) => value ?? null),
  reason: text,
});
/** One published stage of a draw. Before the stage `opened` it names nobody. */
export type Draw = z.infer<typeof Draw>;

/** A stage of a draw as it was published; undefined when the body is of another shape. */
export function readDraw(body: unknown): Draw | undefined {
  const read = Draw.safeParse(body);
  return read.success ? read.data : undefined;
}

/** The beacon round that decides: name of the network, number, and when it comes out in milliseconds of Unix time. */
export function beaconOf({
  commitment: { beacon },
}: Pick<Draw, 'commitment'>): { network: string; round: number; at: number } | null {
  if (beacon === null) return null;
  try {
    const chain = getChain(beacon.chain);
    return { network: chain.name, round: beacon.round, at: timeOfRound(beacon.round, chain) * 1000 };
  } catch (error) {
    if (error instanceof TransparencyError) return null;
    throw error;
  }
}
