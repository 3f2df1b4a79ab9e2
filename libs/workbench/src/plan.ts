import type { Tool } from './form.ts';
import { both } from './label.ts';
import { planByCount, planByDeclaration } from './plan-by-declaration.ts';
import { planByLot } from './plan-by-lot.ts';
import { planByNetQuantity } from './plan-by-net-quantity.ts';
import { planByRisks } from './plan-by-risks.ts';
import { planByVariables } from './plan-by-variables.ts';

/** How many to inspect, and what the number can tell. */
export const plan: Tool = {
  name: 'plan',
  title: both('抽样方案', 'Plan'),
  lead: both(
    '抽多少、几件不合格算拒收，以及这样的方案会看错多少。',
    'How many to inspect, what to reject, and how often that is wrong.',
  ),
  ways: [planByLot, planByRisks, planByVariables, planByDeclaration, planByCount, planByNetQuantity],
};
