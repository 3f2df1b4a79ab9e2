import { Problem, query } from '@hengjian/kernel';
import { z } from 'zod';
import { designBases, inspectionLevels, severities } from './entity.ts';
import { computeDesign, type DesignBasis, isRefusal } from './rules.ts';

const whole = z.coerce.number().int().min(0).max(1_000_000_000).optional();
const decimal = z
  .string()
  .regex(/^\d{1,9}(?:\.\d{1,6})?$/)
  .optional();
const keysOf = <K extends string>(labels: Record<K, unknown>) => z.enum(Object.keys(labels) as [K, ...K[]]).optional();

const PlanDesignInput = z.object({
  product: z.string().optional(),
  basis: keysOf(designBases),
  lot: whole,
  level: keysOf(inspectionLevels),
  aql: decimal,
  severity: keysOf(severities),
  n: whole,
  c: whole,
  acceptable: decimal,
  limiting: decimal,
  rule: z.string().max(200).optional(),
  batches: whole,
  population: whole,
  visitCost: decimal,
  unitPrice: decimal,
  testingFee: decimal,
});

function basisOf({ basis, aql, acceptable, limiting }: z.infer<typeof PlanDesignInput>): DesignBasis {
  if (basis !== undefined) return basis;
  if (aql !== undefined) return 'aql';
  return acceptable !== undefined && limiting !== undefined ? 'risk' : 'fixed';
}

/** sampling.plan-design: what a sample can tell and what it costs, while the planner turns the knobs. Nothing is stored. */
export const planDesign = query({
  name: 'sampling.plan-design',
  label: { zh: '抽样设计计算', en: 'Sampling design' },
  roles: ['planner', 'organiser', 'section-chief', 'bureau-head', 'auditor', 'test-expert'],
  input: PlanDesignInput,
  answer: async (input) => {
    const { lot, level, aql, severity, n, c, acceptable, limiting, population } = input;
    const design = computeDesign({
      basis: basisOf(input),
      n,
      c,
      lotSize: lot,
      level,
      aql,
      severity,
      acceptable,
      limiting,
      population,
      nationalRule: input.rule ?? '国家监督抽查实施细则',
      batches: input.batches || 1,
      visitCost: input.visitCost ?? '0',
      unitPrice: input.unitPrice ?? '0',
      testingFee: input.testingFee ?? '0',
    });
    if (isRefusal(design)) throw new Problem(422, design.code, design.zh, design.en);
    return { ...design, acceptance: design.c, rejection: design.c + 1 };
  },
});
