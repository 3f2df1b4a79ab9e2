import type { VectorInputs, VectorRegistry } from '../vector-registry.ts';
import {
  assignedFromReferenceMaterial,
  compareConsensus,
  homogeneity,
  homogeneityFactors,
  stability,
} from './items.ts';
import { cochranCritical, grubbsCritical, mandelCritical, precision } from './precision.ts';
import { qHampel } from './q-hampel.ts';
import { algorithmA, algorithmS, medianScales, qn } from './robust.ts';
import { classifyEn, classifyZ, horwitz, scores, sigmaFromPrecision, uncertaintyNegligible } from './scores.ts';

const number = (inputs: VectorInputs, key: string): number => inputs[key] as number;
const list = (inputs: VectorInputs, key: string): readonly number[] => inputs[key] as readonly number[];

/** Reference-vector methods of proficiency testing and interlaboratory precision, by name. */
export const proficiencyVectors: VectorRegistry = {
  'pt.algorithm_a': (i) => algorithmA(list(i, 'x')),
  'pt.algorithm_s': (i) => ({ wStar: algorithmS(list(i, 'w'), number(i, 'nu')) }),
  'pt.median_scales': (i) => medianScales(list(i, 'x')),
  'pt.q_hampel': (i) => qHampel((i.groups ?? i.x) as readonly (readonly number[])[] | readonly number[]),
  'pt.qn': (i) => ({ qn: qn(list(i, 'x')) }),
  'pt.scores': (i) =>
    scores({
      x: number(i, 'x'),
      assigned: number(i, 'xpt'),
      sigma: number(i, 'sigmaPt'),
      uAssigned: number(i, 'uXpt'),
      expandedAssigned: number(i, 'UXpt'),
      expanded: number(i, 'U'),
      coverageFactor: number(i, 'k'),
    }),
  'pt.z_interpretation': (i) => ({ class: classifyZ(number(i, 'z')) }),
  'pt.en_interpretation': (i) => ({ class: classifyEn(number(i, 'En')) }),
  'pt.uncertainty_negligible': (i) => ({
    negligible: uncertaintyNegligible(number(i, 'uXpt'), number(i, 'sigmaPt')),
  }),
  'pt.homogeneity': (i) => homogeneity(i.results as readonly (readonly number[])[], number(i, 'sigmaPt')),
  'pt.homogeneity_expanded_factors': (i) => homogeneityFactors(number(i, 'g')),
  'pt.stability': (i) => stability(list(i, 'before'), list(i, 'after'), number(i, 'sigmaPt')),
  'pt.assigned_from_crm': (i) => {
    const value = assignedFromReferenceMaterial(list(i, 'differences'), number(i, 'xCRM'), number(i, 'uCRM'));
    return { meanDiff: value.meanDifference, xpt: value.assigned, uXpt: value.u };
  },
  'pt.consensus_vs_reference': (i) => {
    const { consensus, difference, uDifference } = compareConsensus(
      list(i, 'x'),
      number(i, 'reference'),
      number(i, 'uReference'),
    );
    return {
      xStar: consensus.assigned,
      sStar: consensus.scale,
      uStar: consensus.u,
      xDiff: difference,
      uDiff: uDifference,
    };
  },
  'pt.horwitz': (i) => {
    const sigma = horwitz(number(i, 'massFraction'));
    return { sigma, sigmaMgPerKg: sigma * 1e6 };
  },
  'pt.sigma_from_precision': (i) => ({ sigma: sigmaFromPrecision(number(i, 'sR'), number(i, 'sr'), number(i, 'm')) }),
  'interlab.iso5725_2': (i) => precision(i.results as Readonly<Record<string, readonly number[]>>),
  'interlab.grubbs_critical': (i) => ({ G: grubbsCritical(number(i, 'p'), number(i, 'alpha')) }),
  'interlab.cochran_critical': (i) => ({ C: cochranCritical(number(i, 'p'), number(i, 'n'), number(i, 'alpha')) }),
  'interlab.mandel_critical': (i) => mandelCritical(number(i, 'p'), number(i, 'n'), number(i, 'alpha')),
};
