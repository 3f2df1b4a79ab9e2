import type { Choices } from './draw.ts';
import { GIVEN, SURNAMES, TRADE_FIRST, TRADE_SECOND, TRADE_THIRD } from './words.ts';

/** A name of two or three characters. */
export function personName(from: Choices): string {
  const first = from.one(GIVEN);
  if (from.chance(1, 4)) return from.one(SURNAMES) + first;
  let second = from.one(GIVEN);
  while (second === first) second = from.one(GIVEN);
  return from.one(SURNAMES) + first + second;
}

/** A trade name of two or three uncommon characters. */
export function tradeName(from: Choices): string {
  const first = from.one(TRADE_FIRST);
  let second = from.one(TRADE_SECOND);
  while (second === first) second = from.one(TRADE_SECOND);
  return first + second + (from.chance(1, 3) ? from.one(TRADE_THIRD) : '');
}
