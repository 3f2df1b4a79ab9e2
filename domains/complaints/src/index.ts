import type { Lifecycle, Query } from '@hengjian/kernel';
import { complaintLifecycle } from './complaint/lifecycle.ts';
import { digestLifecycle } from './digest/lifecycle.ts';
import { feedbackLifecycle } from './feedback/lifecycle.ts';
import { analysis, patterns, topics } from './queries/analysis.ts';
import { alike, earlier, firms, suggest } from './queries/desk.ts';
import { categories, follow } from './queries/public.ts';
import { referralLifecycle } from './referral/lifecycle.ts';
import { reportLifecycle } from './report/lifecycle.ts';
import { rewardLifecycle } from './reward/lifecycle.ts';

/** 12315: complaints and reports as two procedures, what follows from them, and their analysis. */
export const complaintsLifecycles: readonly Lifecycle[] = [
  complaintLifecycle,
  reportLifecycle,
  referralLifecycle,
  rewardLifecycle,
  feedbackLifecycle,
  digestLifecycle,
];
export const complaintsQueries: readonly Query[] = [
  firms,
  earlier,
  suggest,
  alike,
  topics,
  analysis,
  patterns,
  follow,
  categories,
];

export { cosinePairs, likePairs, type Written } from './analysis/duplicates.ts';
export { centroidRouter, type Example, linearRouter, type Router } from './analysis/routing.ts';
export { authorityAt } from './moving.ts';
export {
  type Identity,
  isEnvelope,
  openIdentity,
  openText,
  sealIdentity,
  sealText,
  withoutIdentity,
} from './vault/envelope.ts';
export { type Follow, fingerprintOf, followFor } from './vault/follow.ts';
export { freshKeyring, type Keyring, readKeyring } from './vault/keyring.ts';
export { rotateIdentities } from './vault/rotation.ts';
