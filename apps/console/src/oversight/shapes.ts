/** Oversight of campaigns as the server answers it (reporting.campaigns, reporting.campaign-loops, sampling.campaign-oversight). */
import type { Instant, IsoDate, Label } from '../api.ts';
import type { Rate } from '../plan/progress.tsx';

export type Campaign = {
  id: string;
  name: string;
  product: string;
  state: string;
  until: IsoDate;
  budget: string;
  incurred: string;
  overBudget: boolean;
  tasks: number;
  sampled: number;
  reported: number;
  concluded: number;
  failing: number;
  reserves: number;
  late: number;
  loops: number;
  closed: number;
};
export type Campaigns = { today: IsoDate; campaigns: Campaign[] };

export type CampaignLoops = {
  loops: {
    id: string;
    officeLabel: Label;
    state: string;
    openedOn: IsoDate;
    closedOn: IsoDate | null;
    title: string | null;
    due: IsoDate | null;
  }[];
  late: { id: string; title: string; state: string; due: IsoDate; samplingBody: string; lab: string }[];
};

type Share = Omit<Rate, 'low' | 'high'> & { rate: number | null; low: number | null; high: number | null };
export type Oversight = {
  strata: {
    stratum: string;
    drawn: number;
    waiting: number;
    sampled: number;
    none: number;
    refused: number;
    ended: number;
    inTest: number;
    decided: number;
    failed: number;
    reservesUsed: number;
    reservesLeft: number;
    failureRate: Share;
  }[];
  total: number;
  failureRate: Share;
  weighted: { rate: number; low: number | null; high: number | null; method: string } | null;
  representation: { representative: boolean; note: Label };
  unsampled: { reason: string; label: Label; n: number }[];
  lateBodies: { id: string; name: string; part: 'sampling' | 'testing'; late: number; oldest: IsoDate }[];
  reserves: {
    id: string;
    stratum: string;
    sequence: number;
    replaces: string;
    reason: string | null;
    endedAs: string;
    calledAt: Instant | null;
    event: number | null;
  }[];
  money: {
    budget: string;
    incurred: string;
    paid: string;
    left: string;
    overBudget: boolean;
    byKind: { kind: string; label: Label; bearerLabel: Label; n: number; incurred: string; paid: string }[];
    testsWithoutPrice: number;
  } | null;
};
