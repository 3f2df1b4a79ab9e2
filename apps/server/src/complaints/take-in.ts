import {
  authorityAt,
  type Follow,
  followFor,
  type Identity,
  sealIdentity,
  withoutIdentity,
} from '@hengjian/complaints';
import { type Actor, dayInChina, execute, machineActor, Problem } from '@hengjian/kernel';
import { v5 as uuidFrom } from 'uuid';
import { z } from 'zod';
import type { Platform } from '../platform.ts';
import { visitor } from './visitor.ts';

const namespace = 'f6b7c1de-2d0b-4a35-9d34-7f0a6b5e12aa';
const text = (max: number) => z.string().trim().max(max);
const given = (max: number) =>
  text(max)
    .nullish()
    .transform((value) => value || null);

/** What comes in by a form of the portal, by telephone or over the counter; who says it stands in `person` alone. */
export const Incoming = z.object({
  /** Makes a repetition happen once. */
  id: z.uuid(),
  kind: z.enum(['complaint', 'report', 'both']),
  channel: z.enum(['web', 'phone', 'counter', 'letter', 'exchange']),
  receivedOn: given(10),
  person: z.object({ name: given(60), phone: given(30), address: given(300), document: given(30) }),
  anonymous: z.boolean().default(false),
  insider: z.boolean().default(false),
  wantsReward: z.boolean().default(false),
  subjectId: z.uuid().nullish(),
  subjectName: text(200),
  subjectCode: given(18),
  subjectKind: z.enum(['trader', 'platform', 'platform-merchant']).default('trader'),
  region: text(9),
  platformRegion: given(9),
  address: given(300),
  productName: given(200),
  category: text(40).default('other'),
  matter: given(8000),
  demand: given(2000),
  amount: given(20),
  happenedOn: given(10),
  knownOn: given(10),
  facts: given(8000),
  consentMediation: z.boolean().default(false),
  consentEntrust: z.boolean().default(false),
  consentPublish: z.boolean().default(false),
  foreignSystem: z.enum(['consumer-12315', 'hotline-12345']).nullish(),
  foreignNumber: given(60),
  /** A single text holds both and was not split yet. */
  mixed: z.boolean().default(false),
});
export type Incoming = z.infer<typeof Incoming>;

export interface TakenIn {
  kind: 'complaint' | 'report';
  record: string;
  /** Official number. */
  number: string | null;
  follow: Pick<Follow, 'number' | 'secret'>;
  replayed: boolean;
}

/** Who said it, or null where nothing was said of that. */
const personOf = (incoming: Incoming): Identity | null =>
  Object.values(incoming.person).some(Boolean) ? incoming.person : null;

/**
 * Enters what came in. The identity is sealed, and taken out of the text, before it becomes a command, so that no event, digest, list or
 * log ever holds it. A complaint and a report that come together become two records with a number each (order 121 art. 9).
 * `by` null: somebody who is not signed in.
 * @throws Problem with the domain's refusal, or `no-authority-here` when no authority of that place works on this platform
 */
export async function takeIn(platform: Platform, by: Actor | null, incoming: Incoming): Promise<TakenIn[]> {
  const kinds = incoming.kind === 'both' ? (['complaint', 'report'] as const) : ([incoming.kind] as const);
  const taken: TakenIn[] = [];
  for (const kind of kinds) taken.push(await takeOne(platform, by, incoming, kind));
  return taken;
}

async function takeOne(
  platform: Platform,
  by: Actor | null,
  incoming: Incoming,
  kind: 'complaint' | 'report',
): Promise<TakenIn> {
  const id = kind === incoming.kind ? incoming.id : uuidFrom(`${incoming.id}/${kind}`, namespace);
  const person = personOf(incoming);
  const { identities } = platform;
  const clean = (written: string | null): string | undefined =>
    written === null ? undefined : person === null ? written : withoutIdentity(written, person);
  const anonymous = kind === 'report' && incoming.anonymous;
  const input = {
    channel: incoming.channel,
    foreignSystem: incoming.foreignSystem ?? null,
    foreignNumber: incoming.foreignNumber,
    receivedOn: incoming.receivedOn ?? dayInChina(platform.now()),
    productName: incoming.productName,
    category: incoming.category,
    subjectId: incoming.subjectId ?? null,
    subjectName: incoming.subjectName,
    subjectCode: incoming.subjectCode,
    subjectKind: incoming.subjectKind,
    region: incoming.region,
    platformRegion: incoming.platformRegion,
    address: incoming.address,
    mixed: incoming.mixed,
    ...(person === null || anonymous ? {} : { identity: sealIdentity(identities, person, id) }),
    ...(kind === 'complaint'
      ? {
          matter: clean(incoming.matter),
          demand: clean(incoming.demand),
          amount: incoming.amount,
          happenedOn: incoming.happenedOn,
          knownOn: incoming.knownOn,
          consentMediation: incoming.consentMediation,
          consentEntrust: incoming.consentEntrust,
          consentPublish: incoming.consentPublish,
        }
      : {
          facts: clean(incoming.facts),
          anonymous: anonymous || person === null,
          insider: incoming.insider,
          wantsReward: incoming.wantsReward,
        }),
  };
  const follow = followFor(identities, id);
  const followed = { followNumber: follow.number, followFingerprint: follow.fingerprint };
  const entity = `complaints.${kind}`;
  const outcome =
    by === null
      ? await execute(platform, machineActor(platform, visitor, officeFor(platform, incoming.region)), {
          id,
          entity,
          action: 'lodge',
          input: { ...input, ...followed },
        })
      : await execute(platform, by, { id, entity, action: 'register', input });
  const office = by === null ? officeFor(platform, incoming.region) : by.office!;
  const doorkeeper = machineActor(platform, visitor, office);
  if (by !== null)
    await execute(platform, doorkeeper, {
      id: uuidFrom(`${id}/secret`, namespace),
      entity,
      action: 'issueSecret',
      record: outcome.record,
      input: followed,
    });
  const [row] = await platform.database.transaction('hengjian_app', doorkeeper.claim, (sql) =>
    sql.query<{ number: string | null }>('select number from kernel.record where id = $1', [outcome.record]),
  );
  return {
    kind,
    record: outcome.record,
    number: row?.number ?? null,
    follow: { number: follow.number, secret: follow.secret },
    replayed: outcome.replayed,
  };
}

function officeFor(platform: Platform, region: string): string {
  const office = /^\d{6}/.test(region) ? authorityAt(platform.offices, region) : undefined;
  if (office === undefined)
    throw new Problem(
      422,
      'no-authority-here',
      '该地的市场监督管理部门不在本平台，请拨打当地 12315。',
      'The authority of that place does not work on this platform; please call 12315 there.',
    );
  return office;
}
