import { field, optional, type Refusal, refuse } from '@hengjian/kernel';
import type { DecisionRule, StatedUncertainty } from '@hengjian/statistics';

/** How measurement uncertainty enters a verdict; agreed before the test (ILAC-G8:09/2019 4.2, GB/T 8170-2008 4.3). */
const decisionRules = {
  simple: { zh: '不计不确定度', en: 'Uncertainty is left out' },
  'guarded-acceptance': { zh: '保护接受：限值内缩 r·U', en: 'Guarded acceptance: limit moved in by r·U' },
  'guarded-rejection': { zh: '保护拒收：超出限值 r·U 才判不合格', en: 'Guarded rejection: fails beyond r·U' },
  'non-binary': { zh: '非二元：落在 U 之内不作判定', en: 'Non-binary: undecided within U' },
} as const;

/** The part of an item that says so; nothing said is simple acceptance. */
export const decisionShape = {
  decision: optional(field.choice('不确定度判定规则', decisionRules, { en: 'Rule for uncertainty' })),
  guardRatio: optional(
    field.decimal('保护带系数 r', {
      en: 'Guard band r',
      help: { zh: '保护带 w = r·U（ILAC-G8）。', en: 'The guard band is w = r·U (ILAC-G8).' },
    }),
  ),
};

interface Decided {
  readonly decision?: keyof typeof decisionRules | null | undefined;
  readonly guardRatio?: string | null | undefined;
}

export function decisionOf({ decision, guardRatio }: Decided): DecisionRule {
  if (!decision || decision === 'simple') return { kind: 'simple' };
  return decision === 'non-binary' ? { kind: decision } : { kind: decision, r: guardRatio ?? '' };
}

/** A rule that cannot be applied is refused when it is made, not when the result is there. */
export function checkDecision(item: Decided & { item: string; judge: string }, at: string): true | Refusal {
  const { decision, guardRatio, judge } = item;
  if (!decision || decision === 'simple') return true;
  if (judge === 'rounded')
    return refuse(
      'rounding-with-guard-band',
      `“${item.item}”按修约值比较，不能再设保护带；请改用全数值比较法。`,
      `${item.item} is compared after rounding; a guard band needs the full value.`,
      `${at}.judge`,
    );
  return (
    decision === 'non-binary' ||
    (Boolean(guardRatio) && Number(guardRatio) >= 0) ||
    refuse(
      'guard-ratio-missing',
      `“${item.item}”设了保护带，请填写系数 r（w = r·U）。`,
      `${item.item} has a guard band; state its r (w = r·U).`,
      `${at}.guardRatio`,
    )
  );
}

const stated = /^([<+-]?\s*\d[^±+]*?)\s*(?:±|\+\/-)\s*(\d+(?:\.\d+)?)\s*([^\d\s].*)?$/;
const coverage = /\(\s*k\s*=\s*(\d+(?:\.\d+)?)\s*\)/;

/**
 * A result written with its expanded uncertainty, `0.19±0.02 mg/kg` or `0.19 ± 0.02 (k=2)`, taken apart; k is 2 where nothing else is
 * written. A result without one comes back as it is.
 */
export function readStated(text: string): { result: string; uncertainty: StatedUncertainty | null } {
  const plain = text.normalize('NFKC');
  const found = stated.exec(plain.replace(coverage, '').trim());
  if (found === null) return { result: text, uncertainty: null };
  const [, value = '', expanded = '', unit = ''] = found;
  const coverageFactor = coverage.exec(plain)?.[1] ?? '2';
  const bare = /^[<+-]?\s*[\d.]+$/.test(value);
  return { result: bare ? `${value} ${unit}`.trim() : value, uncertainty: { expanded, coverageFactor } };
}
