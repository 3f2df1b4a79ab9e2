import { once, readJson } from '../read.ts';

interface Setting<T> {
  readonly value: T;
  readonly basis: string;
  /** `configuration`: practice or a province's choice, not read in a text. */
  readonly confidence: 'sourced' | 'configuration';
}

/** Terms, caps and counts of inspections, each with its ground. */
export interface InspectionSettings {
  readonly minimumOfficers: Setting<number>;
  readonly publishWorkingDays: Setting<number>;
  readonly recheckWorkingDays: Setting<number>;
  readonly negativeTermMonths: Setting<number>;
  readonly yearlyCap: Setting<number>;
  readonly yearlyCapByMatter: readonly (Setting<number> & { readonly matter: string })[];
  readonly countedSources: Setting<readonly string[]>;
  readonly scanInRequired: Setting<boolean>;
  readonly escalateAgainWorkingDays: Setting<number>;
  readonly minorPerMajor: Setting<number>;
}

export const inspectionSettings = once(
  (): InspectionSettings => readJson<InspectionSettings>(import.meta.dirname, 'settings.json'),
);
