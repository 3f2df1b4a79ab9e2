import { type Refusal, refuse } from '@hengjian/kernel';
import {
  anticipatedDeviation,
  integerNeymanAllocation,
  probabilityOfDetection,
  riskWeightedAllocation,
  StatisticsError,
} from '@hengjian/statistics';
import { Decimal } from 'decimal.js';

/** How a number of batches is shared between strata of one product, or products of one plan. */
export const allocationMethods = {
  proportional: { zh: '按企业数比例', en: 'Proportional to the firms' },
  neyman: { zh: '奈曼分配（企业数×离散程度）', en: 'Neyman: firms × deviation' },
  'cost-optimal': { zh: '费用最优（兼顾每批费用）', en: 'Cost-optimal: deviation over √cost' },
  'risk-weighted': { zh: '按历史不合格率和产品类别加权', en: 'Weighted by past failures and product class' },
} as const;
export type AllocationMethod = keyof typeof allocationMethods;

/** Weight of a class of products by its risk; a setting of the province, shown wherever it counts. */
export const classWeights = { high: 3, medium: 2, low: 1 } as const;
export type RiskClass = keyof typeof classWeights;

/** A stratum or a product to be given part of the batches. */
export interface Cell {
  key: string;
  label: string;
  /** Firms in the directory. */
  population: number;
  /** Batches concluded in the years looked at, and those of them that failed. */
  inspected: number;
  failed: number;
  /** Yuan a batch, as decimal text. */
  unitCost?: string | null | undefined;
  risk?: RiskClass | null | undefined;
}

/** A cell with its share and every number that led to it. Inside only. */
export interface AllocatedCell extends Cell {
  /** (x + ½)/(n + 1): never 0 or 1, however short the history. */
  anticipatedRate: number;
  deviation: number;
  /** What one firm of the cell counts for under the method. */
  score: number;
  /** The floor, or the whole cell where it is smaller. */
  quota: number;
  allocated: number;
}

export interface Allocation {
  method: AllocationMethod;
  total: number;
  floor: number;
  cells: AllocatedCell[];
  /** `random`: the raw rate estimates the frame. `weighted`: only when weighted back. `targeted`: not at all. */
  representation: Representation;
  statement: { zh: string; en: string };
}

export type Representation = 'random' | 'weighted' | 'targeted';

const representationOf: Record<AllocationMethod, Representation> = {
  proportional: 'random',
  neyman: 'weighted',
  'cost-optimal': 'weighted',
  'risk-weighted': 'targeted',
};

const rounded = (value: number): number => Number(value.toFixed(6));

function weigh(method: AllocationMethod, cell: Cell): Omit<AllocatedCell, 'quota' | 'allocated'> {
  const anticipatedRate = (cell.failed + 0.5) / (cell.inspected + 1);
  const deviation = anticipatedDeviation(cell.failed, cell.inspected);
  const cost = Number(cell.unitCost ?? '1');
  const score = {
    proportional: 1,
    neyman: deviation,
    'cost-optimal': deviation / Math.sqrt(cost),
    'risk-weighted': classWeights[cell.risk ?? 'medium'] * anticipatedRate,
  }[method];
  return { ...cell, anticipatedRate: rounded(anticipatedRate), deviation: rounded(deviation), score: rounded(score) };
}

/**
 * Shares `total` batches between the cells by a method, with at least `floor` in each (the whole cell where it is smaller). Whole
 * numbers that add up. Returns the sentence that says why it cannot be done. Sources: Cochran 1977 5.5–5.9, Wright 2012.
 */
export function allocate(
  method: AllocationMethod,
  total: number,
  floor: number,
  cells: readonly Cell[],
): Allocation | Refusal {
  if (method === 'cost-optimal' && cells.some(({ unitCost }) => !unitCost || new Decimal(unitCost).lte(0)))
    return refuse(
      'unit-cost-missing',
      '按费用最优分配，每层都须填写每批费用。',
      'A cost-optimal allocation needs the cost of a batch in every stratum.',
      'strata',
    );
  const weighed = cells.map((cell) => weigh(method, cell));
  try {
    const quotas = cells.map(({ population }) => Math.min(floor, population));
    const allocated =
      method === 'neyman'
        ? integerNeymanAllocation(total, weighed, floor)
        : riskWeightedAllocation(
            total,
            weighed.map(({ population, score }) => ({ population, riskScore: score })),
            floor,
          ).allocation;
    const settled = weighed.map((cell, index) => ({
      ...cell,
      quota: quotas[index]!,
      allocated: allocated[index]!,
    }));
    const representation = representationOf[method];
    return {
      method,
      total,
      floor,
      cells: settled,
      representation,
      statement: statementOf(method, floor, settled, representation),
    };
  } catch (error) {
    if (error instanceof StatisticsError) return refuse(error.code, `${error.zh}。`, `${error.en}.`, 'strata');
    throw error;
  }
}

/** What may be said of a rate that was found in a sample of this kind. */
export const representationNotes: Record<Representation, { zh: string; en: string }> = {
  random: {
    zh: '样本按企业数比例随机抽取，不合格率可以作为名录内企业总体情况的估计，以置信区间为限。',
    en: 'Drawn at random in proportion to the firms: the rate estimates the firms of the directory, within its interval.',
  },
  weighted: {
    zh: '各层抽取比例不同，未加权的不合格率不代表总体；须按层加权后才能估计总体。',
    en: 'Strata were drawn at different rates: the raw rate is not that of all firms; only weighted by strata does it estimate them.',
  },
  targeted: {
    zh: '样本有针对性地选取，不合格率仅反映所检批次，不代表总体质量，不得与随机抽取的结果比较。',
    en: 'The sample was targeted: the rate describes the batches tested, not the market, and is not compared with random ones.',
  },
};

const percent = (share: number): string => `${new Decimal(share).times(100).toDecimalPlaces(1).toString()}%`;

function statementOf(
  method: AllocationMethod,
  floor: number,
  cells: readonly AllocatedCell[],
  representation: Representation,
): { zh: string; en: string } {
  const drawn = cells.filter(({ allocated }) => allocated > 0);
  const name = allocationMethods[method];
  const note = representationNotes[representation];
  const zh = [`${name.zh}分配，每层至少 ${floor} 批次（不足的全查）。`, note.zh];
  const en = [`${name.en}; at least ${floor} batches in every stratum, or all of it. `, note.en];
  const least = drawn.reduce<AllocatedCell | undefined>(
    (smallest, cell) => (smallest === undefined || cell.allocated < smallest.allocated ? cell : smallest),
    undefined,
  );
  if (least !== undefined) {
    const nonconforming = Math.max(1, Math.round(least.population * 0.1));
    const found = probabilityOfDetection(least.allocated, {
      model: 'hypergeometric',
      lotSize: least.population,
      nonconforming,
    });
    zh.push(
      `样本最少的“${least.label}”抽 ${least.allocated} 家：若其中一成企业不合格，至少抽到一家的概率为 ${percent(found)}；不能据此比较各层高低。`,
    );
    en.push(
      ` The smallest, ${least.key}, has ${least.allocated}: if a tenth of its firms fail, at least one is found with probability ${percent(found)}; strata of such size cannot be compared.`,
    );
  }
  const unseen = cells.filter(({ allocated, population }) => allocated === 0 && population > 0);
  if (unseen.length > 0) {
    zh.push(`未抽取的层：${unseen.map(({ label }) => label).join('、')}，对其不能作任何判断。`);
    en.push(` Nothing can be said of ${unseen.map(({ key }) => key).join(', ')}, where nothing is drawn.`);
  }
  return { zh: zh.join(''), en: en.join('') };
}
