import { type Refusal, refuse } from '@hengjian/kernel';
import {
  findSinglePlan,
  type InspectionLevel,
  type LotQuality,
  probabilityOfAcceptance,
  probabilityOfDetection,
  probabilityOfMoreThan,
  qualityAtAcceptance,
  type Severity,
  StatisticsError,
  samplingCost,
  singlePlanForLot,
  wilsonInterval,
} from '@hengjian/statistics';
import { Decimal } from 'decimal.js';
import { designStatement } from './statement.ts';

/** What the sample size rests on: the AQL tables, two risks of one's own, or a number fixed by national rules. */
export type DesignBasis = 'aql' | 'risk' | 'fixed';

/** What a design is computed from. Qualities are percent nonconforming as decimal text; money is yuan as decimal text. */
export interface DesignRequest {
  basis: DesignBasis;
  /** Units tested of a batch and the greatest number of nonconforming ones; found by the basis where left out. */
  n?: number | null;
  c?: number | null;
  /** Units in a batch. */
  lotSize?: number | null;
  level?: InspectionLevel | null;
  aql?: string | null;
  severity?: Severity | null;
  acceptable?: string | null;
  limiting?: string | null;
  /** Name of the national rules that fix n. */
  nationalRule?: string | null;
  batches: number;
  /** Firms that make or sell the product. */
  population?: number | null;
  visitCost: string;
  unitPrice: string;
  testingFee: string;
}

/** Chance of finding at least one failing firm, and how sharp the failure rate of the campaign will be. */
export interface Coverage {
  population: number;
  batches: number;
  detect: { p: number; detect: number }[];
  interval: { x: number; n: number; low: number; high: number; method: 'Wilson' };
}

/** A design as it is stored with a scheme and printed. Probabilities lie in 0 to 1, rounded to six places. */
export interface Design {
  basis: DesignBasis;
  n: number;
  c: number;
  codeLetter: string | null;
  clause: string;
  model: 'binomial' | 'hypergeometric';
  curve: { p: number; accept: number }[];
  producerRisk: { p: number; risk: number };
  consumerRisk: { p: number; risk: number };
  power: { p: number; detect: number }[];
  coverage: Coverage | null;
  cost: { perBatch: string; total: string; currency: 'CNY' };
  statement: { zh: string; en: string };
}

const PRODUCER_CONFIDENCE = 0.95;
const CONSUMER_RISK = 0.1;
const CURVE = [
  0, 0.0025, 0.005, 0.01, 0.015, 0.02, 0.025, 0.03, 0.04, 0.05, 0.065, 0.08, 0.1, 0.125, 0.15, 0.175, 0.2, 0.25, 0.3,
  0.35, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1,
];
const POWER = [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5];
const COVERAGE = [0.01, 0.02, 0.05, 0.1, 0.2];
const ASSUMED_FAILURE_RATE = 0.1;

const rounded = (probability: number): number => Number(probability.toFixed(6));
const fraction = (percent: string): number => new Decimal(percent).div(100).toNumber();

/** Text such as `12.5` of a decimal number however many zeros a database wrote behind it. */
const plain = (decimal: string): string => new Decimal(decimal).toString();

class Inconsistent extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.en);
    this.refusal = refusal;
  }
}

function inconsistent(code: string, zh: string, en: string, path?: string): never {
  throw new Inconsistent(refuse(code, zh, en, path));
}

interface Numbers {
  n: number;
  c: number;
  codeLetter: string | null;
  clause: string;
}

function byStandard(request: DesignRequest): Numbers {
  const { lotSize, level, aql, severity } = request;
  if (!lotSize || !level || !aql)
    return inconsistent(
      'design-incomplete',
      '按接收质量限设计，须填写批量、检验水平和接收质量限（AQL）。',
      'A design by AQL needs lot size, inspection level and AQL.',
      'aql',
    );
  const plan = singlePlanForLot(lotSize, level, Number(plain(aql)), severity ?? 'normal');
  const clause = `GB/T 2828.1-2012 表1、表2（检验水平 ${level}，AQL ${plain(aql)}）`;
  return { n: plan.inspect, c: plan.ac, codeLetter: plan.code, clause };
}

function byRisks({ acceptable, limiting }: DesignRequest): Numbers {
  if (!acceptable || !limiting)
    return inconsistent(
      'design-incomplete',
      '按两类风险设计，须填写可接收质量和极限质量。',
      'A design by two risks needs the acceptable and the limiting quality.',
      'acceptableQuality',
    );
  const { n, ac } = findSinglePlan({
    producer: { p: fraction(acceptable), pa: PRODUCER_CONFIDENCE },
    consumer: { p: fraction(limiting), pa: CONSUMER_RISK },
  });
  return { n, c: ac, codeLetter: null, clause: '按生产方风险 5%、使用方风险 10% 计算的一次抽样方案' };
}

function byNationalRules({ n, c, nationalRule }: DesignRequest): Numbers {
  if (!n || c === undefined || c === null || !nationalRule)
    return inconsistent(
      'design-incomplete',
      '样本量由国家实施细则规定的，须填写细则名称、样本量和接收数。',
      'Where national rules fix the sample, their name, n and c are needed.',
      'nationalRule',
    );
  return { n, c, codeLetter: null, clause: nationalRule };
}

function settleNumbers(request: DesignRequest): Numbers {
  const { basis, n, c, lotSize } = request;
  const found = { aql: byStandard, risk: byRisks, fixed: byNationalRules }[basis](request);
  if (typeof lotSize === 'number' && found.n > lotSize)
    return inconsistent(
      'sample-larger-than-lot',
      `样本量 ${found.n} 大于批量 ${lotSize}。`,
      `The sample of ${found.n} is larger than the lot of ${lotSize}.`,
      'sampleSize',
    );
  if (found.c >= found.n)
    return inconsistent(
      'never-rejects',
      `接收数 ${found.c} 不小于样本量 ${found.n}，任何一批都不会被判为不合格。`,
      `With acceptance number ${found.c} and sample ${found.n} no batch could ever fail.`,
      'acceptance',
    );
  const asked = { n: n ?? found.n, c: c ?? found.c };
  if (asked.n !== found.n || asked.c !== found.c)
    return inconsistent(
      'design-differs',
      `按${found.clause}应抽 ${found.n} 件、接收数 ${found.c}，与填写的 ${asked.n} 件、${asked.c} 不一致。`,
      `By ${found.clause} the sample is ${found.n} with acceptance number ${found.c}, not ${asked.n} and ${asked.c}.`,
      'sampleSize',
    );
  return found;
}

/** Above a tenth of the batch the finite lot matters (type A curve); below, the stream of batches is meant (type B). */
function modelOf(n: number, lotSize: number | null | undefined): Design['model'] {
  return typeof lotSize === 'number' && n * 10 > lotSize ? 'hypergeometric' : 'binomial';
}

function qualities(model: Design['model'], lotSize: number): { p: number; quality: LotQuality }[] {
  if (model === 'binomial') return CURVE.map((p) => ({ p, quality: { model, p } }));
  const counts = new Set(CURVE.map((p) => Math.round(p * lotSize)));
  return [...counts].map((nonconforming) => ({
    p: rounded(nonconforming / lotSize),
    quality: { model, lotSize, nonconforming },
  }));
}

function coverageOf({ population, batches }: DesignRequest): Coverage | null {
  if (!population) return null;
  const drawn = Math.min(batches, population);
  const x = Math.round(ASSUMED_FAILURE_RATE * batches);
  const { lower, upper } = wilsonInterval(x, batches);
  return {
    population,
    batches,
    detect: COVERAGE.map((p) => {
      const nonconforming = Math.max(1, Math.round(p * population));
      return {
        p,
        detect: rounded(probabilityOfDetection(drawn, { model: 'hypergeometric', lotSize: population, nonconforming })),
      };
    }),
    interval: { x, n: batches, low: rounded(lower), high: rounded(upper), method: 'Wilson' },
  };
}

/**
 * The design of a scheme: sample size and acceptance number by their basis, operating characteristic, risks, power, firm
 * coverage and cost. Returns the sentence that says why a request is not consistent. Source: GB/T 2828.1-2012 (tables and
 * clause 12), Guenther 1969 for two risks, hypergeometric coverage of firms.
 */
export function computeDesign(request: DesignRequest): Design | Refusal {
  try {
    return settleDesign(request);
  } catch (error) {
    if (error instanceof Inconsistent) return error.refusal;
    if (error instanceof StatisticsError) return refuse(error.code, `${error.zh}。`, `${error.en}.`);
    throw error;
  }
}

export const isRefusal = (answer: object): answer is Refusal => 'code' in answer && 'zh' in answer && 'en' in answer;

function settleDesign(request: DesignRequest): Design {
  const { n, c, codeLetter, clause } = settleNumbers(request);
  const plan = { n, ac: c };
  const model = modelOf(n, request.lotSize);
  const curve = qualities(model, request.lotSize ?? n).map(({ p, quality }) => ({
    p,
    accept: rounded(probabilityOfAcceptance(plan, quality)),
  }));
  const acceptable = request.acceptable ?? request.aql;
  const good = acceptable ? fraction(acceptable) : qualityAtAcceptance(plan, PRODUCER_CONFIDENCE, 'binomial');
  const bad = request.limiting ? fraction(request.limiting) : qualityAtAcceptance(plan, CONSUMER_RISK, 'binomial');
  const perBatch = samplingCost(n, {
    fixed: request.visitCost,
    unitPrice: request.unitPrice,
    testingFee: request.testingFee,
  });
  const design: Omit<Design, 'statement'> = {
    basis: request.basis,
    n,
    c,
    codeLetter,
    clause,
    model,
    curve,
    producerRisk: { p: rounded(good), risk: rounded(probabilityOfMoreThan(c, n, { model: 'binomial', p: good })) },
    consumerRisk: { p: rounded(bad), risk: rounded(probabilityOfAcceptance(plan, { model: 'binomial', p: bad })) },
    power: POWER.map((p) => ({ p, detect: rounded(probabilityOfMoreThan(c, n, { model: 'binomial', p })) })),
    coverage: coverageOf(request),
    cost: { perBatch, total: new Decimal(perBatch).times(request.batches).toFixed(), currency: 'CNY' },
  };
  return { ...design, statement: designStatement(design) };
}
