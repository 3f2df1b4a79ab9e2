import { hkdfSync, randomBytes } from 'node:crypto';
import { z } from 'zod';

const hexKey = z.string().regex(/^[0-9a-f]{64}$/);
const File = z.strictObject({
  /** Id of the key under which is sealed now. */
  current: z.string().regex(/^[a-z0-9-]{1,20}$/),
  /** Every key by its id; an old one stays until nothing is sealed under it. */
  keys: z.record(z.string().regex(/^[a-z0-9-]{1,20}$/), hexKey),
  /** Makes tags of persons and query numbers; never changed, or earlier persons are no longer recognised. */
  tag: hexKey,
});

/** Keys that lie outside the database. `encryption` and `nonce` are derived from each master key (HKDF-SHA256, RFC 5869). */
export interface Keyring {
  current: string;
  keys: ReadonlyMap<string, { encryption: Buffer; nonce: Buffer }>;
  tag: Buffer;
}

const derive = (master: Buffer, use: string): Buffer => Buffer.from(hkdfSync('sha256', master, '', use, 32));

/**
 * Reads a keyring from its JSON text: `{"current":"k2","keys":{"k1":"<64 hex>","k2":"<64 hex>"},"tag":"<64 hex>"}`.
 * @throws Error saying what is wrong, and never a key
 */
export function readKeyring(text: string): Keyring {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new Error('The keyring of sealed identities is not JSON.');
  }
  const parsed = File.safeParse(content);
  if (!parsed.success)
    throw new Error(
      `The keyring of sealed identities is wrong at: ${parsed.error.issues.map(({ path }) => path.join('.') || 'the top').join(', ')}.`,
    );
  const { current, keys, tag } = parsed.data;
  if (keys[current] === undefined)
    throw new Error(`The keyring of sealed identities has no key ${current}, which it names as the current one.`);
  return {
    current,
    keys: new Map(
      Object.entries(keys).map(([id, hex]) => {
        const master = Buffer.from(hex, 'hex');
        return [
          id,
          {
            encryption: derive(master, 'hengjian/identity/encryption'),
            nonce: derive(master, 'hengjian/identity/nonce'),
          },
        ];
      }),
    ),
    tag: Buffer.from(tag, 'hex'),
  };
}

/** The text of a fresh keyring, for an installation that has none yet. */
export function freshKeyring(): string {
  // A name of its own: a key that was lost is then missed by its name and never mistaken for this one.
  const id = `k-${randomBytes(4).toString('hex')}`;
  const [key, tag] = [randomBytes(32).toString('hex'), randomBytes(32).toString('hex')];
  return `${JSON.stringify({ current: id, keys: { [id]: key }, tag }, null, 2)}\n`;
}
