import { importJWK, type JWK, jwtVerify } from 'jose';
import { isRaised } from './status-list.ts';

/** What a check of an electronic certificate found, step by step. */
export interface Verification {
  valid: boolean;
  demonstration: boolean;
  steps: { step: 'signature' | 'period' | 'revocation' | 'suspension'; passed: boolean; zh: string; en: string }[];
  subject: Record<string, unknown> | null;
}

interface Claims {
  validFrom?: string;
  validUntil?: string;
  termsOfUse?: { type: string }[];
  credentialSubject?: Record<string, unknown>;
  credentialStatus?: { statusPurpose: string; statusListIndex: string; statusListCredential: string }[];
  id?: string;
}

async function read(token: string, key: JWK): Promise<Claims | undefined> {
  try {
    const { payload } = await jwtVerify(token, await importJWK(key, 'EdDSA'), { algorithms: ['EdDSA'], typ: 'vc+jwt' });
    return payload as Claims;
  } catch {
    return undefined;
  }
}

const within = ({ validFrom, validUntil }: Claims, at: Date): boolean =>
  (validFrom === undefined || new Date(validFrom) <= at) && (validUntil === undefined || at <= new Date(validUntil));

/**
 * Checks a certificate without the installation that issued it: with its published key and with status lists that were fetched
 * before. A list that is missing, not signed by the key or out of date fails its step.
 */
export async function verifyLicence(
  token: string,
  lists: readonly string[],
  key: JWK,
  at: Date,
): Promise<Verification> {
  const steps: Verification['steps'] = [];
  const say = (step: Verification['steps'][number]['step'], passed: boolean, zh: string, en: string) =>
    steps.push({ step, passed, zh, en });
  const claims = await read(token, key);
  if (claims === undefined) {
    say(
      'signature',
      false,
      '签名不是由公布的密钥作出，或者内容被改动。',
      'Not signed by the published key, or altered.',
    );
    return { valid: false, demonstration: false, steps, subject: null };
  }
  say('signature', true, '签名由公布的密钥作出，内容未改动。', 'Signed by the published key and unaltered.');
  const period = within(claims, at);
  say('period', period, period ? '在有效期内。' : '不在有效期内。', period ? 'Within its term.' : 'Outside its term.');
  const known = (await Promise.all(lists.map((list) => read(list, key)))).filter(
    (list) => list !== undefined && within(list, at),
  );
  for (const { statusPurpose, statusListIndex, statusListCredential } of claims.credentialStatus ?? []) {
    const step = statusPurpose === 'suspension' ? 'suspension' : 'revocation';
    const list = known.find((one) => one?.id === statusListCredential);
    if (list === undefined) {
      say(
        step,
        false,
        '没有当日有效的状态清单，无法确认。',
        'There is no status list of the day; it cannot be confirmed.',
      );
      continue;
    }
    const raised = isRaised(String(list.credentialSubject?.encodedList), Number(statusListIndex));
    const [zh, en] = step === 'suspension' ? ['暂扣', 'suspended'] : ['终止', 'ended'];
    say(
      step,
      !raised,
      raised ? `许可已${zh}。` : `许可未${zh}。`,
      raised ? `The licence is ${en}.` : `The licence is not ${en}.`,
    );
  }
  const checked = new Set(steps.map(({ step }) => step));
  const whole = checked.has('revocation') && checked.has('suspension');
  return {
    valid: whole && steps.every(({ passed }) => passed),
    demonstration: claims.termsOfUse?.some(({ type }) => type === 'DemonstrationKey') ?? false,
    steps,
    subject: claims.credentialSubject ?? null,
  };
}
