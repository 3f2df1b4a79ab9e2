import { gunzipSync, gzipSync } from 'node:zlib';

/** Bits of one list: the least that W3C Bitstring Status List 1.0 allows, so that an index tells little. */
export const listLength = 131_072;

/** The bits of a list with those at `set` raised, as `encodedList`: multibase base64url of the gzipped bits, bit 0 leftmost. */
export function encodeStatusList(set: Iterable<number>): string {
  const bits = new Uint8Array(listLength / 8);
  for (const index of set) bits[index >> 3]! |= 0x80 >> (index & 7);
  return `u${gzipSync(bits).toString('base64url')}`;
}

/**
 * Whether the bit at an index is raised.
 * @throws Error when the list is not one, or is shorter than the index
 */
export function isRaised(encodedList: string, index: number): boolean {
  if (!encodedList.startsWith('u')) throw new Error('The status list is not in base64url.');
  // A list that unpacks to more than ten times its size is no list of ours.
  const bits = gunzipSync(Buffer.from(encodedList.slice(1), 'base64url'), { maxOutputLength: listLength * 2 });
  const byte = bits[index >> 3];
  if (byte === undefined) throw new Error(`The status list ends before ${index}.`);
  return (byte & (0x80 >> (index & 7))) !== 0;
}
