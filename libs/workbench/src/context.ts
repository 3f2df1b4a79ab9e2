import type { Calendar } from '@hengjian/calendar';
import type { RegionTable } from '@hengjian/identifiers';

/** What the calculations know of the world; all of it is the caller's. */
export interface Context {
  /** Working days, from the State Council's notices. */
  readonly calendar: Calendar;
  /** The table of region codes, where the caller has one. */
  readonly regions?: RegionTable;
}
