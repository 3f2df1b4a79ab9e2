import type { Refusal, Transaction } from '@hengjian/kernel';
import { refuse } from '@hengjian/kernel';
import { type Allocation, type AllocationMethod, allocate, type Cell, type RiskClass } from '../scheme/allocation.ts';
import { type Firm, fits, type StratumRule } from './rules.ts';

/** How far back failures count. */
const YEARS = 3;

/** A stratum as allocation needs it: what belongs to it and what a batch costs there. */
export type StratumToFill = Omit<StratumRule, 'sample' | 'reserves'> & { unitCost?: string | null | undefined };

interface History {
  enterprise: string;
  inspected: number;
  failed: number;
}

/** Final conclusions of each firm on a product in the last years, as far as the reader may see them. */
async function historyOf(sql: Transaction, product: string, day: string): Promise<Map<string, History>> {
  const rows = await sql.query<History>(
    `select t.enterprise, count(*) as inspected, count(*) filter (where c.conclusion = 'fails') as failed
     from sampling.task t join sampling.effective_conclusion c on c.task = t.id
     where t.product = $1 and t.concluded_on >= $2::date - interval '${YEARS} years' and c.conclusion in ('conforms', 'fails')
     group by t.enterprise`,
    [product, day],
  );
  return new Map(rows.map((row) => [row.enterprise, row]));
}

/** Shares batches of one product between strata by the firms and the failures there. */
export async function allocateStrata(
  sql: Transaction,
  wanted: {
    product: string;
    firms: readonly Firm[];
    strata: readonly StratumToFill[];
    method: AllocationMethod;
    total: number;
    floor: number;
    risk?: RiskClass | null | undefined;
    day: string;
  },
): Promise<Allocation | Refusal> {
  const history = await historyOf(sql, wanted.product, wanted.day);
  const cells = wanted.strata.map(
    ({ key, label, unitCost }): Cell => ({
      key,
      label,
      unitCost: unitCost ?? null,
      risk: wanted.risk ?? null,
      population: 0,
      inspected: 0,
      failed: 0,
    }),
  );
  for (const firm of wanted.firms) {
    const cell = cells[wanted.strata.findIndex((stratum) => fits(firm, stratum))];
    if (cell === undefined) continue;
    const past = history.get(firm.enterprise);
    cell.population += 1;
    cell.inspected += Number(past?.inspected ?? 0);
    cell.failed += Number(past?.failed ?? 0);
  }
  return allocate(wanted.method, wanted.total, wanted.floor, cells);
}

/** The sample sizes that an officer wrote are those of the method that he named, or the draw is not frozen. */
export function checkAllocated(allocation: Allocation, strata: readonly StratumRule[]): true | Refusal {
  const differing = allocation.cells.find(({ allocated }, index) => allocated !== strata[index]!.sample);
  return (
    differing === undefined ||
    refuse(
      'allocation-differs',
      `按所选方法，“${differing.label}”应抽 ${differing.allocated} 批次；请按分配结果填写，或者不选分配方法。`,
      `By the method named ${differing.key} has ${differing.allocated} batches; enter those, or name no method.`,
      'strata',
    )
  );
}
