import { createHmac, timingSafeEqual } from 'node:crypto';

/** The cookie that carries a session: `token.signature`, HMAC-SHA-256 in base64, percent-encoded, as better-auth signs it. */
export interface SessionCookie {
  name: string;
  /** The token of the cookie header if its signature is this installation's, else null. */
  read(header: string | undefined): string | null;
  /** A `Set-Cookie` value for a token. */
  write(token: string): string;
  /** A `Set-Cookie` value that takes it away. */
  expired: string;
  /** `name=value` as a browser sends it back. */
  pair(token: string): string;
}

/** The signature keeps a copy of the table of sessions from being of any use without the secret. */
export function createSessionCookie(name: string, secret: string, secure: boolean): SessionCookie {
  const sign = (token: string): Buffer => createHmac('sha256', secret).update(token).digest();
  const pair = (token: string): string => `${name}=${encodeURIComponent(`${token}.${sign(token).toString('base64')}`)}`;
  const attributes = `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
  return {
    name,
    pair,
    write: (token) => `${pair(token)}; ${attributes}`,
    expired: `${name}=; ${attributes}; Max-Age=0`,
    read(header) {
      const sent = header
        ?.split(';')
        .map((part) => part.trim())
        .find((part) => part.startsWith(`${name}=`));
      const value = sent === undefined ? null : decode(sent.slice(name.length + 1));
      const dot = value?.lastIndexOf('.') ?? -1;
      if (value === null || dot < 1) return null;
      const token = value.slice(0, dot);
      const given = Buffer.from(value.slice(dot + 1), 'base64');
      const right = sign(token);
      return given.length === right.length && timingSafeEqual(given, right) ? token : null;
    },
  };
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
