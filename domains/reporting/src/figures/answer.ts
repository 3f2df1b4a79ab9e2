import { createHash } from 'node:crypto';
import type { Label } from '@hengjian/kernel';
import { clopperPearsonInterval, wilsonInterval } from '@hengjian/statistics';
import { canonicalJson } from '@hengjian/transparency';
import type { Worth } from './worth.ts';

/** Fewer than this, and a rate is never shown without its interval nor coloured on a map. */
export const leastForColour = 20;

interface Limits {
  lower: string;
  upper: string;
}

/** One number with everything that it takes to doubt it. Rates and limits are decimals of six places. */
export interface Figured {
  /** Code of the group; null for the whole. */
  group: string | null;
  label: Label;
  numerator: number;
  denominator: number | null;
  /** A rate, or a count; null where nothing was counted. */
  value: string | null;
  interval: { confidence: string; wilson: Limits; exact: Limits } | null;
  /** What is rate of too few to be compared. */
  small: boolean;
  worth: Worth | null;
}

const places = (value: number): string => value.toFixed(6);
const limits = ({ lower, upper }: { lower: number; upper: number }): Limits => ({
  lower: places(lower),
  upper: places(upper),
});

/** The number of a count, or of a rate with both of its intervals. Pure. */
export function figured(
  counted: { group: string | null; label: Label; numerator: number; denominator: number | null },
  worth: Worth | null,
): Figured {
  const { numerator, denominator } = counted;
  if (denominator === null) return { ...counted, value: String(numerator), interval: null, small: false, worth };
  if (denominator === 0) return { ...counted, value: null, interval: null, small: true, worth };
  return {
    ...counted,
    value: places(numerator / denominator),
    interval: {
      confidence: '0.95',
      wilson: limits(wilsonInterval(numerator, denominator)),
      exact: limits(clopperPearsonInterval(numerator, denominator)),
    },
    small: denominator < leastForColour,
    worth,
  };
}

/**
 * SHA-256 of the canonical answer: what was asked and every count, without the moment of asking and without names. The same question
 * over the same records has the same hash, whoever asks.
 */
export function hashOf(parameters: Record<string, string>, lines: readonly Figured[]): string {
  const counts = lines.map(({ group, numerator, denominator, worth }) => [
    group,
    numerator,
    denominator,
    worth?.basis ?? null,
  ]);
  return createHash('sha256').update(canonicalJson({ parameters, counts })).digest('hex');
}
