import { request } from './http.ts';
import { readFact, writeFact } from './store.ts';

/** One comparison of both clocks; the server's is taken at the middle of the round trip. */
export type Comparison = { deviceAt: string; serverAt: string };

const factName = 'clock';

export function compare(askedAt: number, answeredAt: number, serverAt: string): Comparison {
  return { deviceAt: new Date((askedAt + answeredAt) / 2).toISOString(), serverAt };
}

/** Asks the server for the time and keeps the comparison. @throws {Problem} */
export async function compareClocks(): Promise<Comparison> {
  const askedAt = Date.now();
  const { now } = await request<{ now: string }>('/api/field/time');
  return keep(compare(askedAt, Date.now(), now));
}

export async function keep(comparison: Comparison): Promise<Comparison> {
  await writeFact(factName, comparison);
  return comparison;
}

export const lastComparison = (): Promise<Comparison | undefined> => readFact<Comparison>(factName);

/** Milliseconds by which the device is ahead of the server (negative: behind). */
export const aheadOf = (comparison: Comparison | undefined): number =>
  comparison === undefined ? 0 : Date.parse(comparison.deviceAt) - Date.parse(comparison.serverAt);

/** An instant of the device as the server's clock would have told it. */
export const corrected = (deviceAt: string, comparison: Comparison | undefined): string =>
  new Date(Date.parse(deviceAt) - aheadOf(comparison)).toISOString();

/** The day in China of an instant. */
export const dayInChina = (instant: string): string =>
  new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 10);

/** Date and minute in China of an instant: `2026-03-02 09:05`. */
export const minuteInChina = (instant: string): string =>
  new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
