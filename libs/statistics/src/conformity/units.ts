import type { Decimal } from 'decimal.js';
import { Exact } from './decimal.ts';
import { refuse } from './refuse.ts';

const CLAUSE = 'GB 3100-1993; GB/T 8170-2008 4.1';

/**
 * Every unit as `symbol=factor` to a reference unit of its dimension; other spellings of the same symbol follow after `|`.
 * Dimensions are kept apart wherever converting would need a fact that is not in the unit:
 * a density (mg/L to mg/kg), a basis (% by mass or by volume), a counting method (CFU or MPN), an area (mg/dm2 to mg/kg).
 */
const DIMENSIONS: Readonly<Record<string, string>> = {
  dimensionless: '1=1|pH|无量纲',
  ratio: '%=1e-2 ‰=1e-3',
  'volume fraction': '%vol=1e-2|%(V/V)|%Vol',
  'mass fraction':
    'kg/kg=1 g/kg=1e-3 mg/g=1e-3 g/100g=1e-2 mg/100g=1e-5 mg/kg=1e-6 μg/g=1e-6 μg/100g=1e-8 μg/kg=1e-9 ng/g=1e-9 ng/kg=1e-12 pg/g=1e-12 %(m/m)=1e-2|%(质量分数)',
  mass: 't=1e6 kg=1e3|千克|公斤 g=1|克 mg=1e-3|毫克 μg=1e-6|微克 ng=1e-9',
  'mass concentration':
    'kg/m3=1 g/L=1 mg/mL=1 g/mL=1e3 g/cm3=1e3 kg/L=1e3 g/100mL=10 mg/100mL=1e-2 g/m3=1e-3 mg/L=1e-3 μg/mL=1e-3 mg/m3=1e-6 μg/L=1e-6 ng/mL=1e-6 μg/m3=1e-9 ng/L=1e-9 ng/m3=1e-12',
  length: 'km=1e3 m=1|米 dm=1e-1 cm=1e-2|厘米 mm=1e-3|毫米 μm=1e-6|微米 nm=1e-9',
  area: 'm2=1|平方米 dm2=1e-2 cm2=1e-4 mm2=1e-6 hm2=1e4',
  volume: 'm3=1e3 L=1|升 dm3=1 dL=1e-1 cL=1e-2 mL=1e-3|毫升 cm3=1e-3 μL=1e-6 mm3=1e-6',
  'mass per area': 'kg/m2=1 g/m2=1e-3 mg/m2=1e-6 mg/dm2=1e-4 mg/cm2=1e-2 μg/cm2=1e-5',
  'count by culture per mass': 'CFU/g=1 CFU/25g=4e-2 CFU/10g=1e-1 CFU/100g=1e-2',
  'count by culture per volume': 'CFU/mL=1 CFU/100mL=1e-2 CFU/250mL=4e-3 CFU/L=1e-3',
  'count by culture per area': 'CFU/cm2=1 CFU/50cm2=2e-2 CFU/25cm2=4e-2',
  'count by dilution per mass': 'MPN/g=1 MPN/100g=1e-2',
  'count by dilution per volume': 'MPN/mL=1 MPN/100mL=1e-2 MPN/L=1e-3',
  force: 'MN=1e6 kN=1e3 N=1 mN=1e-3 cN=1e-2',
  'force per length': 'kN/m=1e3 N/mm=1e3 N/m=1 mN/m=1e-3 N/cm=1e2',
  torque: 'kN·m=1e3 N·m=1|Nm N·cm=1e-2 N·mm=1e-3 mN·m=1e-3',
  pressure: 'GPa=1e9 kN/mm2=1e9 MPa=1e6 N/mm2=1e6 kPa=1e3 kN/m2=1e3 hPa=1e2 mbar=1e2 Pa=1 N/m2=1 bar=1e5',
  temperature: '°C=1|摄氏度',
  time: 'd=86400|天 h=3600|小时 min=60|分钟 s=1|秒 ms=1e-3 μs=1e-6',
  speed: 'm/s=1 mm/s=1e-3 cm/s=1e-2 m/min=1/60 mm/min=1/60000 km/h=1/3.6',
  energy: 'MJ=1e6 kJ=1e3 J=1 mJ=1e-3 kW·h=3.6e6|kWh',
  'energy per mass': 'MJ/kg=1e6 kJ/kg=1e3 J/g=1e3 kJ/g=1e6 kJ/100g=1e4 J/kg=1',
  power: 'MW=1e6 kW=1e3 W=1 mW=1e-3',
  voltage: 'kV=1e3 V=1 mV=1e-3 μV=1e-6',
  current: 'kA=1e3 A=1 mA=1e-3 μA=1e-6',
  resistance: 'GΩ=1e9 MΩ=1e6 kΩ=1e3 Ω=1 mΩ=1e-3 μΩ=1e-6',
  'resistance per length': 'Ω/m=1 mΩ/m=1e-3 Ω/km=1e-3 mΩ/km=1e-6',
  frequency: 'GHz=1e9 MHz=1e6 kHz=1e3 Hz=1',
  angle: '°=1|度',
  'activity per mass': 'kBq/kg=1e3 Bq/g=1e3 Bq/kg=1',
  'activity per volume': 'kBq/L=1e3 Bq/L=1 mBq/L=1e-3 Bq/m3=1e-3',
  'dynamic viscosity': 'Pa·s=1 mPa·s=1e-3',
  'kinematic viscosity': 'm2/s=1 mm2/s=1e-6',
  'sound level': 'dB=1',
  'sound level, A-weighted': 'dB(A)=1',
  grade: '级=1',
  number: '个=1|只|件|支|粒|根|片|枚',
  occurrence: '次=1',
  place: '处=1',
};

/** A known unit: canonical symbol, dimension, and size in the dimension's reference unit as an exact fraction. */
export interface Unit {
  readonly symbol: string;
  readonly dimension: string;
  readonly numerator: string;
  readonly denominator: string;
}

function tidy(spelling: string): string {
  return spelling
    .normalize('NFKC')
    .replace(/\s+/g, '')
    .replace(/[•⋅∙]/g, '·')
    .replace(/µ/g, 'μ')
    .replace(/^(\d*)[uU](?=[gLlmM])/, '$1μ')
    .replace(/(?<=\/\d*)[uU](?=[gLlmM])/g, 'μ')
    .replace(/^KG(?![A-Za-z])|^Kg(?![A-Za-z])/, 'kg')
    .replace(/\/(KG|Kg)$/, '/kg')
    .replace(/(^|\/|\d)([mμncd]?)l$/, '$1$2L')
    .replace(/^(cfu|CFU|mpn|MPN)(?=\/)/, (name) => name.toUpperCase());
}

function buildCatalogue(): ReadonlyMap<string, Unit> {
  const catalogue = new Map<string, Unit>();
  for (const [dimension, line] of Object.entries(DIMENSIONS)) {
    for (const entry of line.trim().split(' ')) {
      const [spellings = '', ...others] = entry.split('|');
      const [symbol = '', factor = ''] = spellings.split('=');
      const [numerator = '1', denominator = '1'] = factor.split('/');
      const unit: Unit = { symbol, dimension, numerator, denominator };
      for (const spelling of [symbol, ...others]) catalogue.set(tidy(spelling), unit);
    }
  }
  return catalogue;
}

const CATALOGUE = buildCatalogue();
const AMBIGUOUS = new Set(['ppm', 'ppb', 'ppt', 'PPM', 'PPB']);

/** The unit behind a spelling (`ug/kg`, `μg/kg`, `㎎/㎏`, `ML/L` is not one), or undefined. */
export function findUnit(spelling: string): Unit | undefined {
  return CATALOGUE.get(tidy(spelling));
}

/**
 * The unit behind a spelling.
 * Throws `ambiguous-unit` (ppm and its kin do not say by mass or by volume) or `unknown-unit`.
 */
export function getUnit(spelling: string, argument: string): Unit {
  const unit = findUnit(spelling);
  if (unit !== undefined) return unit;
  if (AMBIGUOUS.has(tidy(spelling))) {
    refuse(
      'ambiguous-unit',
      argument,
      CLAUSE,
      `单位“${spelling}”未说明按质量还是按体积，请改用 mg/kg、mg/L 等法定计量单位。`,
      `The unit "${spelling}" does not say whether by mass or by volume; use mg/kg, mg/L or the like.`,
    );
  }
  refuse(
    'unknown-unit',
    argument,
    CLAUSE,
    `不认识的单位“${spelling}”。`,
    `The unit "${spelling}" is not in the list of known units.`,
  );
}

/**
 * Converts an exact decimal between units of one dimension; the result is exact.
 * Throws `unknown-unit`, `ambiguous-unit`, `incompatible-units` (different dimensions), and
 * `conversion-not-exact` when the quotient has no end (20 min in h): a rounded figure must not meet a limit.
 */
export function convertUnit(value: Decimal, from: string, to: string, argument: string): Decimal {
  const source = getUnit(from, argument);
  const target = getUnit(to, argument);
  if (source.dimension !== target.dimension) {
    refuse(
      'incompatible-units',
      argument,
      CLAUSE,
      `“${from}”不能换算为“${to}”：两者不是同一种量。`,
      `"${from}" (${source.dimension}) cannot be converted to "${to}" (${target.dimension}).`,
    );
  }
  if (source.symbol === target.symbol) return value;
  const over = value.times(source.numerator).times(target.denominator);
  const under = new Exact(source.denominator).times(target.numerator);
  const quotient = over.div(under);
  if (!quotient.times(under).equals(over) || quotient.sd() > 400) {
    refuse(
      'conversion-not-exact',
      argument,
      CLAUSE,
      `由“${from}”换算为“${to}”得不到有限小数，请按标准的单位给出结果。`,
      `Converting "${from}" to "${to}" gives an endless decimal; state the result in the unit of the limit.`,
    );
  }
  return quotient;
}
