import type { Decimal } from 'decimal.js';
import type { Reading } from './compare.ts';
import { Exact, parseDecimal, printExact } from './decimal.ts';
import type { LimitBasis } from './limit.ts';
import { refuse } from './refuse.ts';
import type { Amount, Component, Result } from './result.ts';
import { convertUnit } from './units.ts';
import { type JudgeInput, type Step, step } from './verdict.ts';

const DETECTION = 'GB/T 27417-2017 5';

/** What is known of the measurand: a number, or anything from `from` up to `to`. */
export type Measured =
  | { readonly kind: 'number'; readonly reading: Reading }
  | { readonly kind: 'span'; readonly from: Reading; readonly to: Reading }
  | { readonly kind: 'open'; readonly from: Reading };

interface Spread {
  readonly from: Decimal;
  /** Null when a detection limit is missing. */
  readonly to: Decimal | null;
}

function inUnit(value: string, from: string, to: string, steps: Step[]): Decimal {
  const exact = parseDecimal(value, 'result');
  const converted = convertUnit(exact, from, to, 'result');
  if (from !== to) {
    const printed = printExact(converted);
    steps.push(step(`单位换算：${value} ${from} = ${printed} ${to}。`, `Unit: ${value} ${from} = ${printed} ${to}.`));
  }
  return converted;
}

function threshold(amount: Exclude<Amount, { kind: 'value' }>, unit: string, steps: Step[]): Decimal | null {
  const stated = amount.kind === 'below' ? amount.threshold : amount.detectionLimit;
  if (stated === null) return null;
  const value = inUnit(stated.value, stated.unit, unit, steps);
  if (!value.greaterThan(0)) {
    refuse(
      'detection-limit-not-positive',
      'result',
      DETECTION,
      '检出限或定量限必须大于零。',
      'A detection or quantification limit must be above zero.',
    );
  }
  return value;
}

function single(amount: Amount, unit: string, steps: Step[]): Measured {
  if (amount.kind === 'value') {
    return {
      kind: 'number',
      reading: { value: inUnit(amount.value, amount.unit, unit, steps), mark: amount.mark ?? '' },
    };
  }
  const from: Reading = { value: new Exact(0), mark: '' };
  const to = threshold(amount, unit, steps);
  if (to === null) return { kind: 'open', from };
  const printed = printExact(to);
  steps.push(
    step(
      `结果未定量：真值按不小于 0 且小于 ${printed} ${unit} 处理。`,
      `Not quantified: the true value is taken as at least 0 and below ${printed} ${unit}.`,
    ),
  );
  // The mark makes the end fall just short of the threshold itself.
  return { kind: 'span', from, to: { value: to, mark: '-' } };
}

function spreadOf(component: Component, unit: string, asZero: boolean, steps: Step[]): Spread {
  const { amount } = component;
  if (amount.kind === 'value') {
    const value = inUnit(amount.value, amount.unit, unit, steps);
    return { from: value, to: value };
  }
  const zero = new Exact(0);
  return { from: zero, to: asZero && amount.kind === 'not-detected' ? zero : threshold(amount, unit, steps) };
}

function checkNames(basis: LimitBasis, components: readonly Component[]): void {
  const named = components.map((component) => component.analyte);
  if (new Set(named).size !== named.length || named.length === 0) {
    refuse(
      'sum-components-differ',
      'result',
      'GB/T 8170-2008 4.3',
      '组分为空或重复。',
      'The components of the sum are empty or repeated.',
    );
  }
  if (basis.kind !== 'sum' || basis.analytes.length === 0) return;
  const same = basis.analytes.length === named.length && basis.analytes.every((analyte) => named.includes(analyte));
  if (!same) {
    refuse(
      'sum-components-differ',
      'result',
      'GB/T 8170-2008 4.3',
      `限值以${basis.analytes.join('、')}之和计，结果给出的是${named.join('、')}。`,
      `The limit is on the sum of ${basis.analytes.join(', ')}; the result gives ${named.join(', ')}.`,
    );
  }
}

function summed(components: readonly Component[], unit: string, input: JudgeInput, steps: Step[]): Measured {
  const asZero = input.notDetectedInSum === 'zero';
  let from = new Exact(0) as Decimal;
  let to: Decimal | null = new Exact(0);
  for (const component of components) {
    const spread = spreadOf(component, unit, asZero, steps);
    from = from.plus(spread.from);
    to = to === null || spread.to === null ? null : to.plus(spread.to);
  }
  const names = components.map((component) => component.analyte);
  const low = printExact(from);
  const high = to === null ? null : printExact(to);
  const shown = high === low ? low : `${low}–${high ?? '?'}`;
  steps.push(step(`${names.join('、')}之和：${shown} ${unit}。`, `Sum of ${names.join(', ')}: ${shown} ${unit}.`));
  if (to === null) return { kind: 'open', from: { value: from, mark: '' } };
  if (to.equals(from)) return { kind: 'number', reading: { value: from, mark: '' } };
  return { kind: 'span', from: { value: from, mark: '' }, to: { value: to, mark: '-' } };
}

/**
 * Brings a result to the limit's unit and sums its components where the limit asks for it; every conversion is a step.
 * Throws `assessment-for-number`, `sum-not-stated`, `sum-components-differ`, `unexpected-components` and unit errors.
 */
export function measuredIn(
  unit: string,
  basis: LimitBasis | null,
  result: Result,
  input: JudgeInput,
  steps: Step[],
): Measured {
  if (result.kind === 'assessment') {
    refuse(
      'assessment-for-number',
      'result',
      'GB/T 8170-2008 4.3',
      '限值是数值，结果却只写了符合与否，请给出测定值。',
      'The limit is numeric but the result only says whether it is met; give the measured value.',
    );
  }
  if (result.kind === 'components') {
    if (basis?.kind !== 'sum') {
      refuse(
        'unexpected-components',
        'result',
        'GB/T 8170-2008 4.3',
        '限值不是以总量计，结果却分列组分。',
        'The limit is not on a sum, yet the result lists components.',
      );
    }
    checkNames(basis, result.components);
    return summed(result.components, unit, input, steps);
  }
  if (basis?.kind === 'sum' && input.resultIsSum !== true) {
    refuse(
      'sum-not-stated',
      'resultIsSum',
      'GB/T 8170-2008 4.3',
      '限值以总量计，请列出各组分，或确认该结果就是总量。',
      'The limit is on a sum; list the components or confirm that the result is the sum.',
    );
  }
  return single(result, unit, steps);
}
