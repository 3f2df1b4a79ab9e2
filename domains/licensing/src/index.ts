import type { Lifecycle, Query } from '@hengjian/kernel';
import { accountLifecycle } from './account/lifecycle.ts';
import { applicationLifecycle } from './application/lifecycle.ts';
import { appointmentLifecycle, slotsLifecycle } from './appointment/lifecycle.ts';
import { evaluationLifecycle } from './evaluation/lifecycle.ts';
import { findKind } from './kinds/catalogue.ts';
import { licenceLifecycle } from './licence/lifecycle.ts';
import { applicationPage, endingLicences, freeSlots, hall } from './queries/hall.ts';
import { certifiedPersons } from './queries/persons.ts';
import {
  applicationOutcome,
  evaluationCounts,
  licenceHistory,
  licenceKind,
  licenceKinds,
  licenceStatuses,
  licensingResults,
} from './queries/public.ts';
import { reviewerLifecycle } from './reviewer/lifecycle.ts';
import { paperServiceLifecycle } from './service/lifecycle.ts';
import { visitLifecycle } from './visit/lifecycle.ts';

export type { PublicLicence } from './queries/public.ts';

/** One licensing procedure for every kind of licence; what differs is data (data/licences). */
export const licensingLifecycles: readonly Lifecycle[] = [
  accountLifecycle,
  applicationLifecycle,
  licenceLifecycle,
  reviewerLifecycle,
  visitLifecycle,
  slotsLifecycle,
  appointmentLifecycle,
  evaluationLifecycle,
  paperServiceLifecycle,
];
export const licensingQueries: readonly Query[] = [
  licenceKinds,
  licenceKind,
  licensingResults,
  licenceHistory,
  licenceStatuses,
  applicationOutcome,
  evaluationCounts,
  certifiedPersons,
  hall,
  applicationPage,
  freeSlots,
  endingLicences,
];

/** Names of the fields of one version of a kind's form; empty for what is not declared. */
export const formFields = (kind: string, version: string): string[] =>
  findKind(kind)
    ?.forms.find((form) => form.version === version)
    ?.fields.map(({ name }) => name) ?? [];
