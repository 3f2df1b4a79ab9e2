import { Problem, query } from '@hengjian/kernel';
import { z } from 'zod';
import { directoryRoles } from '../directory/index.ts';
import { type AllocationMethod, allocationMethods, classWeights, type RiskClass } from '../scheme/allocation.ts';
import { allocateStrata } from './allocating.ts';
import { StratumField, WeightField } from './entity.ts';
import { countDirectory, readFirms } from './frame.ts';
import { arrangeFrame } from './rules.ts';

/** A list that a form sends as JSON text, because a query's input is an address. */
function jsonList<T extends z.ZodType>(item: T) {
  return z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue('不是有效的 JSON。');
        return z.NEVER;
      }
    })
    .pipe(z.array(item))
    .optional();
}

const keysOf = <K extends string>(labels: Record<K, unknown>) => z.enum(Object.keys(labels) as [K, ...K[]]).optional();

const PreviewInput = z.object({
  product: z.string().min(1).max(40),
  checkedSince: z.iso.date().optional(),
  role: keysOf(directoryRoles),
  strata: jsonList(StratumField),
  weightRules: jsonList(WeightField),
});

/** Sampled within six months by an authority of the reader's: brand and model are unknown yet, so this only warns (W5). */
const recentlySampled = `select count(distinct t.enterprise) as n from sampling.task t
  join kernel.event e on e.record = t.id and e.to_state = 'sampled' and e.from_state is distinct from 'sampled'
  where t.product = $1 and e.occurred_at > $2::date - interval '6 months'`;

/** sampling.frame-preview: what a frame would be, before it is frozen. */
export const framePreview = query({
  name: 'sampling.frame-preview',
  label: { zh: '抽样框预览', en: 'Preview of the frame' },
  roles: ['planner', 'organiser', 'section-chief', 'bureau-head'],
  input: PreviewInput,
  answer: async ({ product, checkedSince, role, strata, weightRules }, { sql, today }) => {
    const roles = role === undefined ? null : [role];
    const { firms, unregistered } = await readFirms(sql, product, roles);
    const directory = await countDirectory(sql, product, checkedSince ?? today, roles);
    const [recent] = await sql.query<{ n: number }>(recentlySampled, [product, today]);
    const arrangement = strata === undefined ? null : arrangeFrame(firms, strata, weightRules ?? []);
    if (arrangement !== null && 'code' in arrangement)
      throw new Problem(422, arrangement.code, arrangement.zh, arrangement.en);
    const regions = new Map<string, number>();
    for (const { region } of firms) regions.set(region.slice(0, 4), (regions.get(region.slice(0, 4)) ?? 0) + 1);
    return {
      size: firms.length,
      directory,
      unregistered,
      sampledWithinSixMonths: Number(recent!.n),
      byCity: [...regions].sort().map(([region, size]) => ({ region, size })),
      strata: arrangement?.strata ?? null,
      weights:
        arrangement?.placed
          .filter(({ reasons }) => reasons.length > 0)
          .map(({ firm, weight, reasons }) => ({ name: firm.name, weight, reasons })) ?? null,
    };
  },
});

const AllocationInput = z.object({
  product: z.string().min(1).max(40),
  total: z.coerce.number().int().min(1).max(100_000),
  floor: z.coerce.number().int().min(0).max(1_000).default(1),
  risk: keysOf(classWeights),
  strata: jsonList(StratumField.omit({ sample: true, reserves: true })),
});

/** sampling.allocation: the batches of one product shared by every method, with all weights; what each may and may not say. */
export const allocationPreview = query({
  name: 'sampling.allocation',
  label: { zh: '样本分配', en: 'Allocation of the sample' },
  roles: ['planner', 'organiser', 'section-chief', 'bureau-head', 'auditor'],
  input: AllocationInput,
  answer: async ({ product, total, floor, risk, strata }, { sql, today }) => {
    const { firms } = await readFirms(sql, product);
    const methods = [];
    for (const method of Object.keys(allocationMethods) as AllocationMethod[]) {
      const wanted = {
        product,
        firms,
        strata: strata ?? [],
        method,
        total,
        floor,
        risk: risk as RiskClass,
        day: today,
      };
      const found = await allocateStrata(sql, wanted);
      methods.push(
        'code' in found
          ? { method, label: allocationMethods[method], refused: found }
          : { label: allocationMethods[method], ...found },
      );
    }
    return { product, firms: firms.length, methods };
  },
});
