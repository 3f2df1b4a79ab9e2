import { Decimal } from 'decimal.js';
import { Exact, parseDecimal, printExact } from '../conformity/decimal.ts';
import { refuse } from '../conformity/refuse.ts';
import { convertUnit } from '../conformity/units.ts';
import type { StandardTable } from '../table-slots.ts';
import { type PrepackagePlan, prepackagePlan } from './plan.ts';
import { nominalQuantity, tolerableShortage } from './shortage.ts';

/** Sixty digits settle any comparison a scale can cause; printed values carry fifteen. */
const Precise = Decimal.clone({ precision: 60, rounding: Decimal.ROUND_HALF_EVEN });

/** A lot tested for its net quantity; decimal strings. */
export interface PrepackageLot {
  readonly lotSize: number;
  readonly nominal: string;
  /** Unit of `nominal`; also of `actual` and `tolerable` unless given otherwise. */
  readonly unit: string;
  /** Actual net quantities of the sample, one per package. */
  readonly actual: readonly string[];
  readonly actualUnit?: string;
  /** Tolerable shortage, when not the table's. */
  readonly tolerable?: string;
  /** Edition id, for example `JJF 1070-2005`. */
  readonly edition: string;
  /** The transcribed sampling table, for an edition whose slot is empty here. */
  readonly table?: StandardTable;
}

/** Result of both criteria; decimal strings in `unit` (g, mL, m, m² or pieces). */
export interface PrepackageVerdict {
  readonly plan: PrepackagePlan;
  readonly unit: string;
  readonly T: string;
  readonly mean: string;
  /** Sample standard deviation; null for a single package. */
  readonly s: string | null;
  /** Mean after correction, q̄ + λs; null where the average is not tested. */
  readonly correctedMean: string | null;
  /** Packages short by more than T and at most 2T. */
  readonly countT1: number;
  /** Packages short by more than 2T. */
  readonly countT2: number;
  readonly averagePass: boolean | null;
  readonly individualPass: boolean;
  readonly accept: boolean;
  readonly clause: string;
  readonly reasons: ReadonlyArray<{ readonly zh: string; readonly en: string }>;
}

function printed(value: Decimal): string {
  return new Exact(value.toSignificantDigits(15)).toFixed();
}

/**
 * Judges a lot by both criteria: the mean (q̄ + λs not below the nominal quantity) and the single packages (those short by more
 * than T but not 2T at most the allowed number, none beyond 2T). A shortage of exactly T, or exactly 2T for the second count,
 * is allowed; all comparisons are decimal. Lots of up to 10 are tested whole and by the single packages only.
 * Throws `sample-size` when the sample is not the plan's, `not-a-decimal`, `tolerable-negative`, `negative-quantity`, plan and unit errors.
 * Source: JJF 1070-2005 annex table 4; OIML R 87:2016 4.
 */
export function judgePrepackageLot(input: PrepackageLot): PrepackageVerdict {
  const plan = prepackagePlan(input.lotSize, input.edition, input.table);
  const nominal = nominalQuantity(input.nominal, input.unit);
  if (input.actual.length !== plan.sampleSize) {
    refuse(
      'sample-size',
      'actual',
      plan.edition,
      `批量 ${input.lotSize} 应检验 ${plan.sampleSize} 件，给出 ${input.actual.length} 件。`,
      `A lot of ${input.lotSize} needs ${plan.sampleSize} packages; ${input.actual.length} are given.`,
    );
  }
  const rounding = plan.edition.startsWith('OIML') ? 'oiml-r87' : 'china';
  const T =
    input.tolerable === undefined
      ? new Exact(tolerableShortage(input.nominal, input.unit, rounding).T)
      : convertUnit(parseDecimal(input.tolerable, 'tolerable'), input.unit, nominal.unit, 'unit');
  if (T.isNegative()) {
    refuse(
      'tolerable-negative',
      'tolerable',
      plan.edition,
      '允许短缺量不能为负。',
      'The tolerable shortage is negative.',
    );
  }
  const actual = input.actual.map((text) => {
    const value = convertUnit(parseDecimal(text, 'actual'), input.actualUnit ?? input.unit, nominal.unit, 'actualUnit');
    if (value.isNegative() && !value.isZero()) {
      refuse('negative-quantity', 'actual', plan.edition, '实际含量不能为负。', 'A net quantity cannot be negative.');
    }
    return value;
  });
  const shortages = actual.map((value) => nominal.value.minus(value));
  const countT2 = shortages.filter((shortage) => shortage.greaterThan(T.times(2))).length;
  const countT1 = shortages.filter((shortage) => shortage.greaterThan(T)).length - countT2;

  const n = actual.length;
  const mean = new Precise(actual.reduce((sum, value) => sum.plus(value), new Exact(0))).div(n);
  const squares = actual.reduce((sum, value) => sum.plus(mean.minus(value).pow(2)), new Precise(0));
  const s = n > 1 ? squares.div(n - 1).sqrt() : null;
  if (plan.correction !== null && s === null) {
    refuse(
      'sample-size',
      'table',
      plan.edition,
      '抽样方案要求平均值检验，样本量却只有 1 件。',
      'The plan tests the average but has a sample of one.',
    );
  }
  const corrected = plan.correction !== null && s !== null ? mean.plus(s.times(plan.correction)) : null;
  const averagePass = corrected === null ? null : corrected.greaterThanOrEqualTo(nominal.value);
  const individualPass = countT2 === 0 && countT1 <= plan.allowedT1;
  return {
    plan,
    unit: nominal.unit,
    T: printExact(T),
    mean: printed(mean),
    s: s === null ? null : printed(s),
    correctedMean: corrected === null ? null : printed(corrected),
    countT1,
    countT2,
    averagePass,
    individualPass,
    accept: individualPass && averagePass !== false,
    clause: plan.edition.startsWith('JJF') ? `${plan.edition} 附表4` : plan.edition,
    reasons: [
      corrected === null
        ? { zh: '该批量不作平均实际含量检验。', en: 'A lot of this size is not tested for its average.' }
        : {
            zh: `平均实际含量修正值 ${printed(corrected)}，标注 ${printExact(nominal.value)} ${nominal.unit}。`,
            en: `Corrected mean ${printed(corrected)}, nominal ${printExact(nominal.value)} ${nominal.unit}.`,
          },
      {
        zh: `短缺量大于 T（${printExact(T)}）且不大于 2T 的 ${countT1} 件，允许 ${plan.allowedT1} 件；大于 2T 的 ${countT2} 件，允许 0 件。`,
        en: `${countT1} short by more than T (${printExact(T)}) up to 2T, ${plan.allowedT1} allowed; ${countT2} beyond 2T, 0 allowed.`,
      },
    ],
  };
}
