/** Results of the named queries behind hand-made pages (GET /api/queries/:name). */
import type { Instant, IsoDate, Label, RecordPage, RecordRow } from './api.ts';

/** sampling.plan-design: one acceptance plan, its operating characteristic, risks and cost. Probabilities 0–1. */
export type PlanDesign = {
  basis: 'aql' | 'risk' | 'fixed';
  n: number;
  acceptance: number;
  rejection: number;
  codeLetter: string | null;
  clause: string;
  model: 'binomial' | 'hypergeometric';
  curve: { p: number; accept: number }[];
  producerRisk: { p: number; risk: number };
  consumerRisk: { p: number; risk: number };
  power: { p: number; detect: number }[];
  /** Finding at least one failing firm, and how sharp the failure rate will be; needs the number of firms. */
  coverage: {
    population: number;
    batches: number;
    detect: { p: number; detect: number }[];
    interval: { x: number; n: number; low: number; high: number; method: string };
  } | null;
  cost: { perBatch: string; total: string; currency: string };
  statement: Label;
};

/** How fresh the directory was from which a frame was drawn up. */
export type Freshness = { oldest?: IsoDate | null; checkedSince?: IsoDate | null; staleReason?: string | null };

/** sampling.draw-state: what of a draw exists, what of it is public, what is still sealed. */
export type DrawState = {
  stage: 'frozen' | 'committed' | 'drawn' | 'opened' | 'voided';
  frame: {
    size: number;
    root: string;
    strata: {
      key: string;
      label: Label;
      size: number;
      weightClasses: { weight: number; size: number }[];
      sample: number;
      reserves: number;
    }[];
    freshness: Freshness | null;
  };
  commitmentDigest: string | null;
  beacon: { chain: string; round: number; at: Instant; kind: string } | null;
  drawn: {
    leaf: string;
    stratum: string;
    order: number;
    reserve: boolean;
    opened: { name: string; creditCode: string | null; samplers: string[] } | null;
  }[];
  steps: { name: string; label: Label; ok: boolean | null; detail: Label }[];
  opensWhen: Label;
  tasks: { total: number; done: number } | null;
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
  rate: { x: number; n: number; low: number | null; high: number | null; method: string };
  /** What the rate is worth: stands beside it wherever it is shown. */
  representation: { basis: 'random' | 'weighted' | 'targeted'; representative: boolean; note: Label };
};

/** GET /api/parked: a consequence that a flow could not complete, with the post that looks after it. */
export type Parked = { id: string; flow: string; reason: Label; owner: Label | string; since: Instant; tries: number };
