import type { Decimal } from 'decimal.js';
import { requireOneOf } from '../arguments.ts';
import { Exact, parseDecimal, printExact } from '../conformity/decimal.ts';
import { refuse } from '../conformity/refuse.ts';
import { roundedAt } from '../conformity/rounding.ts';
import { convertUnit, getUnit } from '../conformity/units.ts';

const ORDER = '定量包装商品计量监督管理办法（总局令第70号）附件3';

/** China rounds T by GB/T 8170; OIML R 87 always rounds it up: 25 g gives 2.2 g against 2.3 g. */
export type ShortageRounding = 'china' | 'oiml-r87';

/** Tolerable shortage of one package; decimal strings in `unit`. */
export interface TolerableShortage {
  readonly T: string;
  readonly unrounded: string;
  readonly unit: 'g' | 'mL' | 'm' | 'm2' | '个';
}

/** Mass and volume bands up to and including `to` (g or mL): a percentage of the nominal quantity or a fixed amount. */
const BANDS: ReadonlyArray<{ readonly to: number; readonly percent?: string; readonly fixed?: string }> = [
  { to: 50, percent: '9' },
  { to: 100, fixed: '4.5' },
  { to: 200, percent: '4.5' },
  { to: 300, fixed: '9' },
  { to: 500, percent: '3' },
  { to: 1000, fixed: '15' },
  { to: 10_000, percent: '1.5' },
  { to: 15_000, fixed: '150' },
  { to: 50_000, percent: '1' },
];

const REFERENCE = { mass: 'g', volume: 'mL', length: 'm', area: 'm2', number: '个' } as const;

/** Nominal quantity in g, mL, m, m² or pieces. */
export interface NominalQuantity {
  readonly value: Decimal;
  readonly unit: TolerableShortage['unit'];
}

/** Reads a nominal quantity; throws `not-a-decimal`, `nominal-not-positive`, `not-a-package-quantity`, unit errors. */
export function nominalQuantity(nominal: string, unit: string): NominalQuantity {
  const { dimension } = getUnit(unit, 'unit');
  if (!(dimension in REFERENCE)) {
    refuse(
      'not-a-package-quantity',
      'unit',
      ORDER,
      `净含量不能以“${unit}”标注。`,
      `A net quantity is not labelled in "${unit}".`,
    );
  }
  const reference = REFERENCE[dimension as keyof typeof REFERENCE];
  const value = convertUnit(parseDecimal(nominal, 'nominal'), unit, reference, 'unit');
  if (!value.greaterThan(0)) {
    refuse(
      'nominal-not-positive',
      'nominal',
      ORDER,
      '标注净含量必须大于零。',
      'The nominal quantity must be above zero.',
    );
  }
  return { value, unit: reference };
}

function roundUp(value: Decimal, decimals: number): Decimal {
  const scale = new Exact(10).pow(decimals);
  return value.times(scale).ceil().div(scale);
}

function massOrVolume(nominal: Decimal, rounding: ShortageRounding): { T: Decimal; unrounded: Decimal } {
  const band = BANDS.find((candidate) => nominal.lessThanOrEqualTo(candidate.to));
  if (band === undefined) {
    refuse(
      'outside-scope',
      'nominal',
      ORDER,
      '标注净含量超过 50 kg（50 L），不在定量包装商品的范围内。',
      'A nominal quantity above 50 kg (50 L) is outside the scope of the regulation.',
    );
  }
  const unrounded = band.fixed !== undefined ? new Exact(band.fixed) : nominal.times(band.percent ?? '0').times('0.01');
  const decimals = nominal.lessThanOrEqualTo(1000) ? 1 : 0;
  return { T: rounding === 'china' ? roundedAt(unrounded, decimals) : roundUp(unrounded, decimals), unrounded };
}

function otherKinds(nominal: NominalQuantity): { T: Decimal; unrounded: Decimal } {
  const zero = new Exact(0);
  if (nominal.unit === '个') {
    if (!nominal.value.isInteger()) {
      refuse('count-not-whole', 'nominal', ORDER, '计数标注必须是整数。', 'A count must be a whole number.');
    }
    const unrounded = nominal.value.greaterThan(50) ? nominal.value.times('0.01') : zero;
    return { T: unrounded.ceil(), unrounded };
  }
  if (nominal.unit === 'm') {
    const T = nominal.value.greaterThan(5) ? nominal.value.times('0.02') : zero;
    return { T, unrounded: T };
  }
  const T = nominal.value.times('0.03');
  return { T, unrounded: T };
}

/**
 * Tolerable shortage T of a package labelled `nominal` `unit` (decimal string; mass, volume, length, area or count).
 * T comes back in g, mL, m, m² or pieces. Mass and volume: rounded to 0.1 up to 1 kg (L), to 1 above, by `rounding`.
 * Throws `not-a-decimal`, `nominal-not-positive`, `outside-scope` above 50 kg (L), `not-a-package-quantity`,
 * `count-not-whole`, unit errors. Sources: 总局令第70号 annex 3 (table as of the 2005 edition); OIML R 87:2016 3.4.
 */
export function tolerableShortage(
  nominal: string,
  unit: string,
  rounding: ShortageRounding = 'china',
): TolerableShortage {
  requireOneOf(rounding, ['china', 'oiml-r87'], 'rounding', ORDER);
  const quantity = nominalQuantity(nominal, unit);
  const byBand = quantity.unit === 'g' || quantity.unit === 'mL';
  const { T, unrounded } = byBand ? massOrVolume(quantity.value, rounding) : otherKinds(quantity);
  return { T: printExact(T), unrounded: printExact(unrounded), unit: quantity.unit };
}

/**
 * Unit in which the label has to state a nominal quantity: g below 1000 g, else kg; mL below 1000 mL, else L; mm or cm below
 * 100 cm, else m; and so on by area. Several units mean that any of them will do. Errors as {@link tolerableShortage}.
 * Source: 总局令第70号 annex 1.
 */
export function labelUnits(nominal: string, unit: string): readonly string[] {
  const { value, unit: reference } = nominalQuantity(nominal, unit);
  if (reference === 'g') return value.lessThan(1000) ? ['g'] : ['kg'];
  if (reference === 'mL') return value.lessThan(1000) ? ['mL'] : ['L'];
  if (reference === 'm') return value.lessThan(1) ? ['mm', 'cm'] : ['m'];
  if (reference === '个') return ['个'];
  if (value.lessThan('0.01')) return ['mm2', 'cm2'];
  return value.lessThan(1) ? ['dm2'] : ['m2'];
}

/**
 * Least height, in mm, of the characters that state the net quantity. Errors as {@link tolerableShortage}.
 * Source: 总局令第70号 annex 2.
 */
export function leastCharacterHeight(nominal: string, unit: string): number {
  const { value, unit: reference } = nominalQuantity(nominal, unit);
  if ((reference !== 'g' && reference !== 'mL') || value.lessThanOrEqualTo(50)) return 2;
  if (value.lessThanOrEqualTo(200)) return 3;
  return value.lessThanOrEqualTo(1000) ? 4 : 6;
}
