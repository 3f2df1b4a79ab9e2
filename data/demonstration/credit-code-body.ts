import { choices } from './draw.ts';

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const SPACE = ALPHABET.length ** 6;
/** Coprime to the size of the space, so that consecutive numbers visit every body once before any comes again. */
const STRIDE = 387_420_489;

/**
 * Body (eight characters) of the organisation code of the `index`-th invented entity of a kind. All begin with `YD`: bodies in use begin with
 * a digit or with MA and its successors, so an invented code is known at sight and meets no real one.
 */
export function inventedBody(seed: string, kind: string, index: number): string {
  const start = choices(seed, `codes of ${kind}`).below(SPACE);
  let rest = Number((BigInt(start) + BigInt(index) * BigInt(STRIDE)) % BigInt(SPACE));
  let body = '';
  for (let place = 0; place < 6; place++) {
    body = ALPHABET[rest % ALPHABET.length]! + body;
    rest = Math.floor(rest / ALPHABET.length);
  }
  return `YD${body}`;
}
