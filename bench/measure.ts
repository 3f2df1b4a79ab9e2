/** Measuring alike in every bench: clients that work side by side, and figures that noise moves least. */
export { numberedUuid, repeatable } from '../data/demonstration/numbered.ts';

/** The middle value; of an even number, the upper one. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** Nearest-rank percentile; `share` between 0 and 1. */
export function percentile(values: readonly number[], share: number): number {
  if (values.length === 0) return Number.NaN;
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}

/** Three significant digits are more than a shared machine can repeat. */
export function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

export interface Side {
  /** Milliseconds of each call. */
  latencies: number[];
  seconds: number;
  /** Calls a second. */
  rate: number;
  /** Milliseconds of processor that this process spent on each call; not disturbed by what else the machine does. */
  processorMilliseconds: number;
}

/**
 * Runs `calls` calls over clients that each start the next when the last has ended, as long as the time allowed.
 * @param work gets the number of the client and of the call
 */
export async function inClients(
  clients: number,
  calls: number,
  work: (client: number, call: number) => Promise<unknown>,
  secondsAllowed = Number.POSITIVE_INFINITY,
): Promise<Side> {
  const latencies: number[] = [];
  let next = 0;
  const begun = performance.now();
  const processor = process.cpuUsage();
  const client = async (_: unknown, number: number): Promise<void> => {
    while (next < calls && performance.now() - begun < secondsAllowed * 1000) {
      const call = next;
      next += 1;
      const start = performance.now();
      await work(number, call);
      latencies.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  const seconds = (performance.now() - begun) / 1000;
  const { user, system } = process.cpuUsage(processor);
  const processorMilliseconds = (user + system) / 1000 / latencies.length;
  return { latencies, seconds, rate: latencies.length / seconds, processorMilliseconds };
}

/** Seconds that some work takes. */
export async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}
