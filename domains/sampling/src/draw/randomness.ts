import { type Act, field, optional, type Refusal, refuse } from '@hengjian/kernel';
import {
  type BeaconRound,
  type DrawCommitment,
  fromHex,
  getChain,
  roundAt,
  timeOfRound,
  verifySecret,
} from '@hengjian/transparency';
import { verifyBeacon } from '@hengjian/transparency/verification';
import { z } from 'zod';
import { chains, PartyField } from './entity.ts';

/** Where the number comes from that nobody knows at the commitment: a beacon to come, or secrets of two parties. */
export const randomnessShape = {
  beaconChain: optional(field.choice('随机信标', chains, { en: 'Beacon' })),
  beaconRound: optional(field.integer('信标轮次', { en: 'Round', min: 1 })),
  beaconAt: optional(
    field.instant('抽取时间', {
      en: 'Time of the draw',
      help: { zh: '取该时间起的第一轮。', en: 'The first round from then on.' },
    }),
  ),
  parties: optional(field.list('秘密数参与方', PartyField, { en: 'Parties with a secret', max: 20 })),
};
const Randomness = z.object(randomnessShape);
type Randomness = z.infer<typeof Randomness>;

const hex = (zh: string, en: string, max: number) => field.text(zh, { en, max, pattern: /^(?:[0-9a-f]{2})+$/ });

export const ResolveInput = z.strictObject({
  signature: optional(hex('信标签名', 'Signature of the round', 400)),
  previousSignature: optional(hex('上一轮签名', 'Signature of the round before', 400)),
  secrets: optional(
    field.list('揭示的秘密数（按参与方次序）', hex('秘密数', 'Secret', 64), {
      en: 'Secrets, in the order of the parties',
      max: 20,
    }),
  ),
});
type ResolveInput = z.infer<typeof ResolveInput>;

/** How long after its own time a commitment may be entered: it is made when it is published, never afterwards. */
const ENTRY_SECONDS = 60;

const seconds = (instant: string): number => Math.floor(new Date(instant).getTime() / 1000);

/** The announced round: as named, or the first that comes out at or after the named time. */
export function roundOf({ beaconChain, beaconRound, beaconAt }: Randomness): { round: number; time: number } | null {
  if (!beaconChain) return null;
  const chain = getChain(beaconChain);
  if (beaconRound) return { round: beaconRound, time: timeOfRound(beaconRound, chain) };
  if (!beaconAt) return null;
  const wanted = Math.max(seconds(beaconAt), chain.genesis);
  const last = roundAt(wanted, chain);
  const round = timeOfRound(last, chain) < wanted ? last + 1 : last;
  return { round, time: timeOfRound(round, chain) };
}

const beaconPast = refuse(
  'beacon-past',
  '信标轮次已经或即将发布，随机数不再是未知的；请选以后的轮次。',
  'That beacon round is out, or about to be; choose a later one.',
  'beaconRound',
);

export function checkRandomness(input: Randomness, act: Act): true | Refusal {
  const round = roundOf(input);
  if (input.beaconChain && round === null)
    return refuse(
      'beacon-round-missing',
      '请填写信标轮次或抽取时间。',
      'Name the round, or the time of the draw.',
      'beaconRound',
    );
  if (round === null && (input.parties ?? []).length < 2)
    return refuse(
      'randomness-one-sided',
      '请选随机信标，或由至少两方各出一个秘密数；随机数不能只来自一方。',
      'Choose a beacon, or at least two parties with a secret each; randomness from one side proves nothing.',
      'beaconChain',
    );
  const names = (input.parties ?? []).map(({ name }) => name);
  if (new Set(names).size !== names.length)
    return refuse('party-twice', '参与方重复。', 'A party is listed twice.', 'parties');
  return round === null || round.time > seconds(act.occurredAt) || beaconPast;
}

/** The time of publication is the platform's, not the actor's word: the round must come out after it, and soon after is too late to pretend. */
export async function requirePublishedInTime(entry: string, roundTime: number | null, act: Act): Promise<void> {
  const [published] = await act.sql.query<{ at: string }>(
    'select published_at as at from public_record.entry where id = $1',
    [entry],
  );
  const at = seconds(published!.at);
  if (at - seconds(act.occurredAt) > ENTRY_SECONDS)
    throw act.problem(
      'commitment-backdated',
      '承诺在公布时作出，不能补录。',
      'A commitment is made when it is published; it cannot be entered afterwards.',
    );
  if (roundTime !== null && roundTime <= at) throw act.problem(beaconPast.code, beaconPast.zh, beaconPast.en);
}

export function beaconOf({ beacon }: DrawCommitment, input: ResolveInput): BeaconRound | null {
  if (beacon === null || !input.signature) return null;
  const { signature, previousSignature } = input;
  return { round: beacon.round, signature, ...(previousSignature ? { previousSignature } : {}) };
}

export function checkSources(commitment: DrawCommitment, input: ResolveInput): true | Refusal {
  const published = beaconOf(commitment, input);
  if (commitment.beacon !== null && published === null)
    return refuse(
      'beacon-missing',
      '请填写所公布轮次的信标签名。',
      'The signature of the announced round is needed.',
      'signature',
    );
  if (commitment.beacon === null && input.signature)
    return refuse('beacon-not-announced', '承诺中没有随机信标。', 'The commitment announces no beacon.', 'signature');
  if (published !== null && !verifyBeacon(getChain(commitment.beacon!.chain), published))
    return refuse(
      'beacon-invalid',
      `不是第 ${published.round} 轮信标的有效签名。`,
      `That is not the network's signature of round ${published.round}.`,
      'signature',
    );
  const secrets = input.secrets ?? [];
  const broken = commitment.parties.find((party, index) => {
    const secret = secrets[index];
    return secret === undefined || !verifySecret(party, fromHex(secret), commitment.hash);
  });
  if (broken !== undefined)
    return refuse(
      'secret-mismatch',
      `“${broken.name}”没有揭示秘密数，或与其承诺不符；无法揭示的，本次抽取作废。`,
      `${broken.name} has not revealed what it committed to; if it cannot, the draw is void.`,
      'secrets',
    );
  return (
    secrets.length === commitment.parties.length ||
    refuse('secrets-too-many', '秘密数多于参与方。', 'There are more secrets than parties.', 'secrets')
  );
}
