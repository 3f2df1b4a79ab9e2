import { dispatchesFor, reportedFacts } from '@hengjian/exchange';
import { dayInChina, flow } from '@hengjian/kernel';

/** Whatever a national system wants to know of → a dispatch at the organ's exchange desk (practice M2): no officer types it twice. */
export const factToDispatches = flow({
  name: 'fact-to-dispatches',
  on: reportedFacts,
  sends: ['queue', 'refresh', 'resend'].map((action) => ({ entity: 'exchange.dispatch', action })),
  owner: 'organiser',
  decide: async ({ entity, action, record, office, occurredAt }, sql) => {
    const wanted = await dispatchesFor({ entity, action, record, office, occurredOn: dayInChina(occurredAt) }, sql);
    return wanted.map((one) =>
      one.action === 'queue'
        ? { entity: 'exchange.dispatch', action: one.action, office, parent: record, input: one.input }
        : { entity: 'exchange.dispatch', action: one.action, record: one.record, input: {} },
    );
  },
});
