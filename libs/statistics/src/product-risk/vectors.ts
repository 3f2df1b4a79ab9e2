import type { VectorRegistry } from '../vector-registry.ts';
import { type InjuryScenario, productRisk, riskLevel, riskSensitivity, scenarioRisk } from './index.ts';

/** Reference-vector methods of consumer product risk (file 10). */
export const productRiskVectors: VectorRegistry = {
  'rapex.level': (inputs) => {
    const { probability, severity } = inputs as { probability: string; severity: number };
    return { level: riskLevel(probability, severity) };
  },
  'rapex.scenario': (inputs) => scenarioRisk(inputs as unknown as InjuryScenario),
  'rapex.overall': (inputs) => {
    const scenarios = inputs.scenarios as { probability: string; severity: number }[];
    const { scenarios: risks, overall } = productRisk(
      scenarios.map(({ probability, severity }) => ({ steps: [probability], severity })),
    );
    return { levels: risks.map(({ level }) => level), overall };
  },
  'rapex.sensitivity': (inputs) => {
    const { variations, ...summary } = riskSensitivity(inputs as unknown as InjuryScenario);
    return { ...summary, details: variations };
  },
};
