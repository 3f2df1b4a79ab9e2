import { type Refusal, refuse } from '@hengjian/kernel';
import { Decimal } from 'decimal.js';
import type { Item, OutcomeKind, Severity } from './entity.ts';

/** What an officer wrote for one item. */
export interface Answer {
  item: string;
  value: string;
  note?: string | null | undefined;
}

/** An answer with what follows from it. */
export interface Finding extends Answer {
  text: string;
  clause: string | null;
  outcome: OutcomeKind;
  severity: Severity | null;
}

export type Grade = 'A' | 'B' | 'C' | 'D';

/** What an answer says of its item; null when it is no answer to it. Text and dates are recorded, they are neither met nor not. */
function outcomeOf(item: Item, value: string): OutcomeKind | null {
  if (item.kind === 'choice') return item.choices?.find((choice) => choice.value === value)?.outcome ?? null;
  if (item.kind === 'date') return /^\d{4}-\d\d-\d\d$/.test(value) ? 'met' : null;
  if (item.kind === 'text') return value.trim() === '' ? null : 'met';
  if (!/^-?\d{1,18}(\.\d{1,12})?$/.test(value)) return null;
  const number = new Decimal(value);
  const below = item.least && number.lessThan(item.least);
  const above = item.most && number.greaterThan(item.most);
  return below || above ? 'not-met' : 'met';
}

/** Whether an item is asked at all, given what was answered before it. */
function isAsked(item: Item, answers: readonly Answer[]): boolean {
  if (!item.when) return true;
  const { item: other, is, value } = item.when;
  return (answers.find((answer) => answer.item === other)?.value === value) === is;
}

/** The findings of a checklist, or the first thing that is wrong with the answers. */
export function findingsOf(items: readonly Item[], answers: readonly Answer[]): Finding[] | Refusal {
  const byKey = new Map(items.map((item) => [item.key, item]));
  const seen = new Set<string>();
  for (const [index, answer] of answers.entries()) {
    const at = `answers.${index}`;
    const item = byKey.get(answer.item);
    if (item === undefined)
      return refuse('item-unknown', `检查表中没有项目“${answer.item}”。`, `There is no item ${answer.item}.`, at);
    if (seen.has(answer.item))
      return refuse('item-twice', `“${item.text}”回答了两次。`, `${item.key} is answered twice.`, at);
    seen.add(answer.item);
    if (outcomeOf(item, answer.value) === null)
      return refuse('answer-unreadable', `“${item.text}”的回答不在可选范围内。`, `${item.key}: that is no answer.`, at);
  }
  const missing = items.find((item) => item.required && isAsked(item, answers) && !seen.has(item.key));
  if (missing !== undefined)
    return refuse(
      'item-unanswered',
      `“${missing.text}”是必查项目，还没有结果。`,
      `${missing.key} must be answered.`,
      'answers',
    );
  return answers
    .filter(({ item }) => isAsked(byKey.get(item)!, answers))
    .map((answer) => {
      const item = byKey.get(answer.item)!;
      const outcome = outcomeOf(item, answer.value)!;
      return {
        ...answer,
        text: item.text,
        clause: item.clause ?? null,
        outcome,
        severity: outcome === 'not-met' ? item.severity : null,
      };
    });
}

/**
 * Grade of what was found: D with anything critical, C with anything major or more minor findings than `minorPerMajor`, B with minor ones, A
 * with none. A convention of this platform, to be set by the province.
 */
export function gradeOf(findings: readonly Pick<Finding, 'severity'>[], minorPerMajor: number): Grade {
  const count = (severity: Severity): number => findings.filter((finding) => finding.severity === severity).length;
  if (count('critical') > 0) return 'D';
  if (count('major') > 0 || count('minor') > minorPerMajor) return 'C';
  return count('minor') > 0 ? 'B' : 'A';
}
