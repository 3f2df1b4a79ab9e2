import type { VectorInputs, VectorRegistry } from '../vector-registry.ts';
import { multistageCharacteristic, type Stage } from './multistage.ts';
import {
  type LotQuality,
  probabilityOfAcceptance,
  qualityAtAcceptance,
  samplingRisks,
} from './operating-characteristic.ts';
import { averageOutgoingQualityLimit, type RectifyingModel, rectifyingInspection } from './rectifying.ts';
import { schemeCharacteristic } from './scheme.ts';
import { codeLetter, singlePlanByCode, singlePlanForLot } from './single.ts';
import { replaySwitching } from './switching.ts';
import type { CodeLetter, InspectionLevel, Severity } from './tables.ts';

interface QualityInputs {
  readonly type: string;
  readonly p?: number;
  readonly lotSize?: number;
  readonly defectives?: number;
}

/** The vectors state Poisson quality as nonconformities per unit. */
function qualityOf(inputs: VectorInputs): LotQuality {
  const { type, p = Number.NaN, lotSize = Number.NaN, defectives } = inputs as unknown as QualityInputs;
  if (type.startsWith('hyper')) {
    return { model: 'hypergeometric', lotSize, nonconforming: defectives ?? Math.round(p * lotSize) };
  }
  return type === 'poisson' ? { model: 'poisson', per100Units: 100 * p } : { model: 'binomial', p };
}

function stagesOf(inputs: VectorInputs): Stage[] {
  const { n, ac, re } = inputs as unknown as { n: number[]; ac: (number | null)[]; re: number[] };
  return n.map((size, index) => ({ n: size, ac: ac[index]!, re: re[index]! }));
}

function multistage(inputs: VectorInputs): unknown {
  const result = multistageCharacteristic(stagesOf(inputs), qualityOf(inputs));
  return {
    pa: result.pa,
    asn: result.asn,
    pAcceptFirst: result.acceptAt.slice(0, 1),
    pRejectFirst: result.rejectAt.slice(0, 1),
  };
}

function single(inputs: VectorInputs): { n: number; ac: number } {
  const { n, c } = inputs as { n: number; c: number };
  return { n, ac: c };
}

function switching(inputs: VectorInputs): unknown {
  const { code, aql, productionSteady, reducedApproved, nonconforming, irregularLots } = inputs as unknown as {
    code: CodeLetter;
    aql: number;
    productionSteady: boolean;
    reducedApproved: boolean;
    nonconforming: number[];
    irregularLots?: number[];
  };
  const lots = nonconforming.map((count, index) => ({
    nonconforming: count,
    productionSteady: productionSteady && !(irregularLots ?? []).includes(index + 1),
    reducedApproved,
  }));
  const trace = replaySwitching(code, aql, lots).map((step) => ({
    lot: step.lot,
    inspectedUnder: step.inspectedUnder,
    n: step.plan.n,
    ac: step.plan.ac,
    accepted: step.accepted,
    switchingScore: step.next.score,
    nextState: step.next.severity,
  }));
  return { trace };
}

/** Reference-vector methods of attribute sampling (file 01). */
export const attributeSamplingVectors: VectorRegistry = {
  'gb2828_1.code_letter': (inputs) => {
    const { lotSize, level } = inputs as { lotSize: number; level: InspectionLevel };
    return { code: codeLetter(lotSize, level) };
  },
  'gb2828_1.single_plan_by_code': (inputs) => {
    const { code, aql, state } = inputs as { code: CodeLetter; aql: number; state: Severity };
    return singlePlanByCode(code, aql, state);
  },
  'gb2828_1.single_plan_by_lot': (inputs) => {
    const { lotSize, level, aql, state } = inputs as {
      lotSize: number;
      level: InspectionLevel;
      aql: number;
      state: Severity;
    };
    return singlePlanForLot(lotSize, level, aql, state);
  },
  'gb2828_1.switching': switching,
  'oc.single': (inputs) => ({ pa: probabilityOfAcceptance(single(inputs), qualityOf(inputs)) }),
  'oc.quality_at_pa': (inputs) => {
    const { pa, type } = inputs as { pa: number; type: 'binomial' | 'poisson' };
    const quality = qualityAtAcceptance(single(inputs), pa, type);
    return { p: type === 'poisson' ? quality / 100 : quality };
  },
  'oc.risks': (inputs) => {
    const { aqlPercent, lqPercent } = inputs as { aqlPercent: number; lqPercent: number };
    return samplingRisks(
      single(inputs),
      { model: 'binomial', p: aqlPercent / 100 },
      { model: 'binomial', p: lqPercent / 100 },
    );
  },
  'oc.double': multistage,
  'oc.multiple': multistage,
  'oc.scheme_normal_tightened': (inputs) => {
    const { normal, tightened, p } = inputs as {
      normal: { n: number; c: number };
      tightened: { n: number; c: number };
      p: number;
    };
    const scheme = schemeCharacteristic(
      { n: normal.n, ac: normal.c },
      { n: tightened.n, ac: tightened.c },
      { model: 'binomial', p },
    );
    return { pa: scheme.pa };
  },
  'rectifying.aoq_ati': (inputs) => {
    const { lotSize, p, type } = inputs as { lotSize: number; p: number; type: RectifyingModel };
    return rectifyingInspection(single(inputs), lotSize, p, type);
  },
  'rectifying.aoql': (inputs) => {
    const { lotSize, type } = inputs as { lotSize: number; type: RectifyingModel };
    const limit = averageOutgoingQualityLimit(single(inputs), lotSize, type);
    return { aoql: limit.aoql, pAtMax: limit.p };
  },
};
