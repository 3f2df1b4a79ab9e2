import type { InspectionLevel, Severity } from '../attribute-sampling/index.ts';
import type { VectorRegistry } from '../vector-registry.ts';
import { type ForeignVariablesLevel, foreignDoublePlan, foreignVariablesPlan } from './index.ts';

/** Reference-vector methods of tables of foreign editions (in files 01 and 03). */
export const foreignEditionVectors: VectorRegistry = {
  'milstd105e.double_plan': (inputs) => {
    const { lotSize, level, aql, state } = inputs as unknown as {
      lotSize: number;
      level: InspectionLevel;
      aql: number;
      state: Severity;
    };
    const stages = foreignDoublePlan(lotSize, level, aql, state)?.stages;
    return {
      n: stages?.map((stage) => stage.n) ?? null,
      ac: stages?.map((stage) => stage.ac) ?? null,
      re: stages?.map((stage) => stage.re) ?? null,
    };
  },
  'z19.plan_s_method': (inputs) => {
    const { lotSize, level, aql, state } = inputs as unknown as {
      lotSize: number;
      level: ForeignVariablesLevel;
      aql: number;
      state: Severity;
    };
    const { n, k, maximumPercent } = foreignVariablesPlan(lotSize, level, aql, state);
    return { n, k, Mpercent: maximumPercent };
  },
};
