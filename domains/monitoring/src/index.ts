import type { Lifecycle, Query, Register } from '@hengjian/kernel';
import { cardLifecycle } from './card/lifecycle.ts';
import { requirePowers } from './powers/items.ts';
import { board, cardsOfRecord } from './queries/board.ts';
import { power, powers } from './queries/powers.ts';
import { requireRules } from './rules/declaration.ts';

/** Electronic monitoring over every domain, and the power list; rules, formula and list are data (data/monitoring). */
export const monitoringLifecycles: readonly Lifecycle[] = [cardLifecycle];
export const monitoringQueries: readonly Query[] = [board, cardsOfRecord, powers, power];

export { createMonitor, monitor, type Sweep } from './sweep.ts';

/** @throws Error naming every rule and every item of the power list that does not fit the declarations */
export function requireMonitoring(register: Register): void {
  requireRules(register);
  requirePowers(register);
}
