import { canonicalBytes, sha256, toHex } from '@hengjian/transparency';

/**
 * The digest that people sign for: SHA-256 of what a sheet says, with 16 bytes of salt as 32 hexadecimal digits, so that nobody finds a
 * sheet by trying contents. `content` is JSON; members that are undefined are taken as left out.
 */
export function sheetDigest(content: Readonly<Record<string, unknown>>, salt: string): string {
  const said = JSON.parse(JSON.stringify(content)) as unknown;
  return toHex(sha256(canonicalBytes({ profile: 'hengjian/sheet/1', salt, content: said })));
}
