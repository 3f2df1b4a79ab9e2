/** The SM3 compression function (GB/T 32905-2016, section 5.3.3) on 32-bit words. */

// GB/T 32905-2016, section 4.1
export const SM3_INITIAL = Int32Array.of(
  0x7380166f,
  0x4914b2b9,
  0x172442d7,
  0xda8a0600,
  0xa96f30bc,
  0x163138aa,
  0xe38dee4d,
  0xb0fb0e4e,
);

function rotate(word: number, count: number): number {
  return (word << count) | (word >>> (32 - count));
}

/** Section 4.2: the constant of round j, already rotated left by j mod 32. */
const ROUND_CONSTANTS = Int32Array.from({ length: 64 }, (_, j) => {
  const constant = j < 16 ? 0x79cc4519 : 0x7a879d8a;
  return j % 32 === 0 ? constant : rotate(constant, j % 32);
});

const schedule = new Int32Array(68);

/** Mixes the 16 words of one block into the 8 words of `state`. */
export function compressSm3(state: Int32Array, block: Int32Array): void {
  for (let j = 0; j < 16; j += 1) schedule[j] = block[j]!;
  for (let j = 16; j < 68; j += 1) {
    const x = schedule[j - 16]! ^ schedule[j - 9]! ^ rotate(schedule[j - 3]!, 15);
    const permuted = x ^ rotate(x, 15) ^ rotate(x, 23);
    schedule[j] = permuted ^ rotate(schedule[j - 13]!, 7) ^ schedule[j - 6]!;
  }
  let a = state[0]!;
  let b = state[1]!;
  let c = state[2]!;
  let d = state[3]!;
  let e = state[4]!;
  let f = state[5]!;
  let g = state[6]!;
  let h = state[7]!;
  for (let j = 0; j < 64; j += 1) {
    const turned = rotate(a, 12);
    const ss1 = rotate((turned + e + ROUND_CONSTANTS[j]!) | 0, 7);
    const ss2 = ss1 ^ turned;
    const ff = j < 16 ? a ^ b ^ c : (a & b) | (a & c) | (b & c);
    const gg = j < 16 ? e ^ f ^ g : (e & f) | (~e & g);
    const tt1 = (ff + d + ss2 + (schedule[j]! ^ schedule[j + 4]!)) | 0;
    const tt2 = (gg + h + ss1 + schedule[j]!) | 0;
    d = c;
    c = rotate(b, 9);
    b = a;
    a = tt1;
    h = g;
    g = rotate(f, 19);
    f = e;
    e = tt2 ^ rotate(tt2, 9) ^ rotate(tt2, 17);
  }
  state[0] = state[0]! ^ a;
  state[1] = state[1]! ^ b;
  state[2] = state[2]! ^ c;
  state[3] = state[3]! ^ d;
  state[4] = state[4]! ^ e;
  state[5] = state[5]! ^ f;
  state[6] = state[6]! ^ g;
  state[7] = state[7]! ^ h;
}
