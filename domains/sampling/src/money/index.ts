import { costCatalogueLifecycle } from './catalogue.ts';
import { expenseLifecycle } from './expense.ts';
import { costEstimate, moneyState } from './queries.ts';
import { settlementLifecycle } from './settlement.ts';

export { entrustmentLifecycle } from './entrustment.ts';
export { priceOf } from './queries.ts';

/** Prices with their days, expenses one by one, settlements. Agreements belong to the planning side: no draw without them. */
export const moneyLifecycles = [costCatalogueLifecycle, expenseLifecycle, settlementLifecycle];
export const moneyQueries = [moneyState, costEstimate];
