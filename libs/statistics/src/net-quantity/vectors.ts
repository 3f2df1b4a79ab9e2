import { decimalOf, printExact } from '../conformity/decimal.ts';
import type { VectorInputs, VectorRegistry } from '../vector-registry.ts';
import { judgePrepackageLot } from './batch.ts';
import { correctionFactor, europeanMeanPlan, handbook133Factor, prepackagePlan } from './plan.ts';
import { type ShortageRounding, tolerableShortage } from './shortage.ts';

const EDITION = 'JJF 1070-2005';
const number = (inputs: VectorInputs, key: string): number => inputs[key] as number;
const decimal = (value: number): string => printExact(decimalOf(value));

function shortage(rounding: ShortageRounding): (inputs: VectorInputs) => unknown {
  return (inputs) => {
    const unit = inputs.unit === 'count' ? '个' : (inputs.unit as string);
    const { T, unrounded } = tolerableShortage(decimal(number(inputs, 'nominal')), unit, rounding);
    return { T: Number(T), Tunrounded: Number(unrounded) };
  };
}

/** Reference-vector methods of the net quantity of prepackages, by name. */
export const netQuantityVectors: VectorRegistry = {
  'netqty.T_mass_volume': shortage('china'),
  'netqty.T_oiml_r87_roundup': shortage('oiml-r87'),
  'netqty.T_count': shortage('china'),
  'netqty.T_length': shortage('china'),
  'netqty.T_area': shortage('china'),
  'netqty.jjf1070_2005_plan': (i) => {
    const plan = prepackagePlan(number(i, 'lotSize'), EDITION);
    return { ...plan, n: plan.sampleSize, lambda: plan.correction === null ? null : Number(plan.correction) };
  },
  'netqty.correction_factor': (i) => ({ lambda: correctionFactor(number(i, 'n'), number(i, 'confidence')) }),
  'netqty.hb133_scf': (i) => ({ scf: handbook133Factor(number(i, 'n')) }),
  'netqty.jjf1070_2005_batch': (i) => {
    const verdict = judgePrepackageLot({
      lotSize: number(i, 'lotSize'),
      nominal: decimal(number(i, 'nominal')),
      unit: 'g',
      actual: (i.actual as number[]).map(decimal),
      tolerable: decimal(number(i, 'T')),
      edition: EDITION,
    });
    return { ...verdict, mean: Number(verdict.mean), s: verdict.s === null ? null : Number(verdict.s) };
  },
  'netqty.eu76211_mean_plan': (i) => europeanMeanPlan(number(i, 'batchSize'), i.destructive === true),
};
