import { allocationVectors } from './allocation/vectors.ts';
import { attributeSamplingVectors } from './attribute-sampling/vectors.ts';
import { calibrationIntervalVectors } from './calibration-intervals/vectors.ts';
import { conformityVectors } from './conformity/vectors.ts';
import { creditScoringVectors } from './credit-scoring/vectors.ts';
import { declaredQualityVectors } from './declared-quality/vectors.ts';
import { distributionVectors } from './distributions/vectors.ts';
import { estimationVectors } from './estimation/vectors.ts';
import { foreignEditionVectors } from './foreign-editions/vectors.ts';
import { multiCriteriaVectors } from './multi-criteria/vectors.ts';
import { netQuantityVectors } from './net-quantity/vectors.ts';
import { planDesignVectors } from './plan-design/vectors.ts';
import { productRiskVectors } from './product-risk/vectors.ts';
import { proficiencyVectors } from './proficiency/vectors.ts';
import { qualityIndexVectors } from './quality-indices/vectors.ts';
import { surveillanceVectors } from './surveillance/vectors.ts';
import { uncertaintyVectors } from './uncertainty/vectors.ts';
import { variablesSamplingVectors } from './variables-sampling/vectors.ts';
import type { VectorRegistry } from './vector-registry.ts';

/** Every method of the reference vectors that this library computes, by the method name used in the files. */
export const statisticsVectors: VectorRegistry = {
  ...allocationVectors,
  ...attributeSamplingVectors,
  ...distributionVectors,
  ...estimationVectors,
  ...declaredQualityVectors,
  ...planDesignVectors,
  ...variablesSamplingVectors,
  ...conformityVectors,
  ...netQuantityVectors,
  ...proficiencyVectors,
  ...uncertaintyVectors,
  ...surveillanceVectors,
  ...qualityIndexVectors,
  ...productRiskVectors,
  ...multiCriteriaVectors,
  ...foreignEditionVectors,
  ...creditScoringVectors,
  ...calibrationIntervalVectors,
};
