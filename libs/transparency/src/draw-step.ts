import { beaconRandomness } from './beacon.ts';
import { fromHex } from './bytes.ts';
import { drawSeed } from './commitment.ts';
import type { DrawBundle } from './draw-bundle.ts';
import { type Sentence, TransparencyError } from './errors.ts';

/** Stable names of the steps, in the order in which they are answered. */
export type DrawStepName =
  | 'format'
  | 'frame'
  | 'frame-root'
  | 'commitment'
  | 'publication'
  | 'beacon'
  | 'beacon-time'
  | 'secrets'
  | 'selection'
  | 'reserves'
  | 'opened-leaves'
  | 'opened-reserves'
  | 'samplers'
  | 'exclusions'
  | 'recusal'
  | 'pairing';

/** One thing checked. `ok` is null when there is nothing to check, or not at this stage: `detail` says why. */
export interface DrawStep {
  readonly name: DrawStepName;
  readonly ok: boolean | null;
  readonly detail: Sentence;
}

/** What a check answers; null as `ok` for what cannot be checked. */
export type Answer = Omit<DrawStep, 'name'>;

export function passed(zh: string, en: string): Answer {
  return { ok: true, detail: { zh, en } };
}

export function failed(zh: string, en: string): Answer {
  return { ok: false, detail: { zh, en } };
}

export function unchecked(zh: string, en: string): Answer {
  return { ok: null, detail: { zh, en } };
}

/** Runs a check; what it throws is the reason why it failed. */
export function step(name: DrawStepName, check: () => Answer): DrawStep {
  try {
    return { name, ...check() };
  } catch (error) {
    if (error instanceof TransparencyError) return { name, ok: false, detail: { zh: error.zh, en: error.en } };
    return { name, ok: false, detail: { zh: '该步骤无法完成。', en: 'This step could not be completed.' } };
  }
}

/** The seed of a drawn bundle. */
export function seedOfBundle({ commitment, result }: DrawBundle): Uint8Array {
  const randomness = result === null || result.beacon === null ? null : beaconRandomness(result.beacon.signature);
  return drawSeed(commitment, randomness, result?.secrets.map(fromHex) ?? []);
}
