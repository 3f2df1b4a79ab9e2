/** Results of the named queries behind hand-made pages (GET /api/queries/:name). */
import type { Instant, IsoDate, Label, RecordPage, RecordRow } from './api.ts';

/** sampling.plan-design: one acceptance plan, its operating characteristic, risks and cost. Probabilities 0–1. */
export type PlanDesign = {
  n: number;
  acceptance: number;
  rejection: number;
  codeLetter: string | null;
  clause: string | null;
  curve: { p: number; accept: number }[];
  producerRisk: { p: number; risk: number } | number | null;
  consumerRisk: { p: number; risk: number } | number | null;
  power: { p: number; detect: number }[];
  cost: { perBatch: string; total: string; currency: string } | null;
  statement: Label;
};

/** sampling.draw-state: what of a draw exists, what of it is public, what is still sealed. */
export type DrawState = {
  stage: 'frozen' | 'committed' | 'drawn' | 'opened';
  frame: {
    size: number;
    root: string;
    strata: {
      key: string;
      label: Label;
      size: number;
      weightClasses: unknown;
      sample: number;
      reserves: number;
    }[];
    freshness: { on: IsoDate; zh: string; en: string } | Label | string | null;
  };
  commitment: unknown;
  beacon: { chain: string; round: number; at: Instant; kind: string } | null;
  drawn: {
    leaf: string;
    stratum: string;
    order: number;
    reserve: boolean;
    opened: { name: string; creditCode: string; samplers: string[] | string } | null;
  }[];
  steps: { name: string; label: Label; ok: boolean | null; detail: string | Label | null }[];
  opensWhen: Label;
  tasks: { total: number; done: number };
};

/** subjects.archive: one file per enterprise, with its facts as of any past day. */
export type Archive = {
  enterprise: RecordPage;
  history: { from: IsoDate; until: IsoDate | null; fields: Record<string, unknown> }[];
  records: { entity: string; label: Label; rows: RecordRow[] }[];
  issues: RecordRow[];
  counts: Record<string, number>;
};

/** sampling.campaign-progress: the state of all tasks of a scheme and the failure rate with its interval. */
export type CampaignProgress = {
  total: number;
  byState: { state: string; label: Label; n: number }[];
  reservesUsed: number;
  failed: number;
  rate: { x: number; n: number; low: number; high: number; method: string } | null;
};

/** operations.parked: consequences a flow could not complete, each with an owner. */
export type Parked = {
  flow: string;
  event: string;
  reason: Label;
  owner: string | { name: string } | null;
  since: Instant;
};
