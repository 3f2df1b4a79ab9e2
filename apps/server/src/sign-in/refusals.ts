import { Problem } from '@hengjian/kernel';
import type { z } from 'zod';

/** Characters. */
export const passwordLength = { least: 10, most: 128 };

export const passwordTooShort = (): Problem =>
  new Problem(
    422,
    'password-too-short',
    `密码至少 ${passwordLength.least} 个字符。`,
    `A password has at least ${passwordLength.least} characters.`,
  );

export const passwordTooLong = (): Problem =>
  new Problem(
    422,
    'password-too-long',
    `密码至多 ${passwordLength.most} 个字符。`,
    `A password has at most ${passwordLength.most} characters.`,
  );

export const accountLocked = (): Problem =>
  new Problem(
    423,
    'account-locked',
    '登录失败次数过多，账号已暂时锁定，请十五分钟后再试。',
    'Too many failed sign-ins; the account is locked for fifteen minutes.',
  );

export const secondFactorNeeded = (): Problem =>
  new Problem(
    401,
    'second-factor-needed',
    '请再输入动态口令。',
    'Please enter the code of your authenticator as well.',
  );

export const signInNeeded = (): Problem => new Problem(401, 'sign-in-needed', '请先登录。', 'Please sign in first.');

export const noSuchAddress = (): Problem =>
  new Problem(404, 'no-such-address', '没有这个地址。', 'There is no such address.');

const tooManyAttempts = (seconds: number): Problem =>
  new Problem(429, 'too-many-attempts', '尝试过于频繁，请稍候再试。', 'Too many attempts; please wait a moment.', [], {
    retryAfterSeconds: seconds,
  });

const wrongCredentials = (): Problem =>
  new Problem(401, 'wrong-credentials', '邮箱或密码不正确。', 'The e-mail address or the password is wrong.');

export const wrongSecondFactor = (): Problem =>
  new Problem(401, 'wrong-second-factor', '动态口令不正确或已过期。', 'The code is wrong or has expired.');

/** What the library's own codes mean to somebody who signs in. */
const meanings: Record<string, () => Problem> = {
  INVALID_EMAIL: wrongCredentials,
  INVALID_EMAIL_OR_PASSWORD: wrongCredentials,
  INVALID_CODE: wrongSecondFactor,
  INVALID_BACKUP_CODE: wrongSecondFactor,
  INVALID_TWO_FACTOR_COOKIE: wrongSecondFactor,
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: wrongSecondFactor,
  ACCOUNT_TEMPORARILY_LOCKED: accountLocked,
  INVALID_PASSWORD: () => new Problem(422, 'wrong-password', '当前密码不正确。', 'The present password is wrong.'),
  PASSWORD_TOO_SHORT: passwordTooShort,
  PASSWORD_TOO_LONG: passwordTooLong,
  TOTP_ALREADY_ENABLED: () =>
    new Problem(409, 'second-factor-already-on', '动态口令已经启用。', 'The second factor is on already.'),
  TOTP_NOT_ENABLED: () =>
    new Problem(409, 'second-factor-not-on', '尚未启用动态口令。', 'The second factor is not on.'),
};

/** Turns a refusal of the library into a problem. Its failures (5xx) are thrown as what they are. */
export async function refusalOf(response: Response): Promise<Error> {
  const answer = (await response.json().catch(() => ({}))) as { code?: string; message?: string };
  const meaning = answer.code === undefined ? undefined : meanings[answer.code];
  if (meaning !== undefined) return meaning();
  if (response.status === 429) return tooManyAttempts(Number(response.headers.get('x-retry-after') ?? 60));
  if (response.status === 401) return signInNeeded();
  if (response.status >= 500) return new Error(`Sign-in failed: ${answer.code ?? answer.message ?? response.status}`);
  return new Problem(
    422,
    'sign-in-refused',
    '登录请求被拒绝。',
    `The request was refused: ${answer.message ?? response.status}`,
  );
}

/** Reads what was sent. @throws Problem 422 `invalid-input` */
export function read<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  throw new Problem(
    422,
    'invalid-input',
    '填写的内容有误，请逐项更正。',
    'Some of what was entered is wrong; please correct each item.',
    parsed.error.issues.map(({ path, code, message }) => ({
      path: path.join('.'),
      code,
      zh: '请填写正确的内容。',
      en: message,
    })),
  );
}
