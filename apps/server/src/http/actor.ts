import { type Actor, actorOf, dayInChina, grantsOf, Problem } from '@hengjian/kernel';
import type { FastifyRequest } from 'fastify';
import type { Platform } from '../platform.ts';
import type { SignIn } from '../sign-in/index.ts';

type HeldGrant = Awaited<ReturnType<typeof grantsOf>>[number];

/** Who asks: the person of the session, the grants held today and the one in use. */
export interface Caller {
  person: string;
  session: string;
  grants: HeldGrant[];
  grant: HeldGrant | null;
}

const kept = new Map<string, { until: number; grants: HeldGrant[] }>();
const keepMilliseconds = 3_000;

/** The caller of a request. Throws 401 when nobody is signed in. */
export async function callerOf(platform: Platform, signIn: SignIn, request: FastifyRequest): Promise<Caller> {
  const session = await signIn.person(request);
  if (session === null) throw new Problem(401, 'sign-in-needed', '请先登录。', 'Please sign in first.');
  const now = platform.now();
  let held = kept.get(session.person);
  if (held === undefined || held.until < Date.now()) {
    held = {
      until: Date.now() + keepMilliseconds,
      grants: await grantsOf(platform.database, session.person, dayInChina(now)),
    };
    if (kept.size > 10_000) kept.clear();
    kept.set(session.person, held);
  }
  const { grants } = held;
  return {
    person: session.person,
    session: session.session,
    grants,
    grant: grants.find(({ id }) => id === session.grant) ?? grants[0] ?? null,
  };
}

/** The actor of a request, under the grant in use. Throws 401, or 403 when the person holds no post today. */
export async function requireActor(platform: Platform, signIn: SignIn, request: FastifyRequest): Promise<Actor> {
  const { grant } = await callerOf(platform, signIn, request);
  if (grant === null)
    throw new Problem(403, 'no-grant', '您目前没有任何岗位或授权。', 'You hold no post or grant today.');
  return actorOf(platform, grant);
}

/** Forgets what is remembered of grants; after an appointment. */
export function forgetGrants(): void {
  kept.clear();
}
