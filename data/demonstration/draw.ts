import { createHash } from 'node:crypto';

/**
 * A reproducible stream of choices. The same seed gives the same stream on every machine: SHA-256 of seed, label and a
 * counter, read as 32-bit numbers. It decides nothing that matters; the statutory draw has an algorithm of its own.
 */
export interface Choices {
  /** A whole number from 0 up to, not including, `bound`; every value is equally likely. */
  below(bound: number): number;
  /** One of the given things. @throws RangeError when there is none */
  one<T>(things: readonly T[]): T;
  /** True `numerator` times out of `denominator`. */
  chance(numerator: number, denominator: number): boolean;
}

/** Starts a stream; streams of different labels are independent of each other. */
export function choices(seed: string, label: string): Choices {
  let block = Buffer.alloc(0);
  let offset = 0;
  let counter = 0;
  const next = (): number => {
    if (offset === block.length) {
      block = createHash('sha256').update(`${seed}\n${label}\n${counter++}`).digest();
      offset = 0;
    }
    offset += 4;
    return block.readUInt32BE(offset - 4);
  };
  const below = (bound: number): number => {
    if (!Number.isInteger(bound) || bound < 1 || bound > 2 ** 32) throw new RangeError(`cannot choose below ${bound}`);
    const fair = 2 ** 32 - (2 ** 32 % bound);
    let value = next();
    while (value >= fair) value = next();
    return value % bound;
  };
  return {
    below,
    one: (things) => {
      if (things.length === 0) throw new RangeError('cannot choose from nothing');
      return things[below(things.length)]!;
    },
    chance: (numerator, denominator) => below(denominator) < numerator,
  };
}
