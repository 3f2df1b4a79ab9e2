import type { Desk } from './desk.ts';

/** The day that the demonstration has reached. */
export const clockOf = async (desk: Desk): Promise<string> =>
  (await desk.read<{ today: string }>('/api/demonstration/clock')).today;
