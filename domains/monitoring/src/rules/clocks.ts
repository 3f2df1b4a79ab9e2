import type { Lifecycle } from '@hengjian/kernel';
import type { Rule } from './declaration.ts';
import type { Finding } from './findings.ts';

/** A clock that ran past its last day, still running or stopped too late. */
export interface LateClock {
  id: string;
  name: string;
  record: string;
  entity: string;
  office: string;
  dueOn: string;
  basis: string;
  /** Null while it runs. */
  stoppedOn: string | null;
  /** Who stopped it; a machine stands for nobody. */
  stopped: { person: string; name: string; role: string; organisation: string | null } | null;
  /** The officer who has the record in hand while it runs. */
  handler: { id: string; name: string } | null;
}

/**
 * Whether a clock measures what an office has to do. A clock that ends by itself is an office's only when nobody but officers can stop it:
 * silence for five days accepts an application, while a term in which a firm may object runs out lawfully.
 */
export function isDutyOfOffice(
  lifecycle: Lifecycle,
  name: string,
  posts: ReadonlySet<string>,
  outsiders: ReadonlySet<string>,
): boolean {
  const clock = lifecycle.clocks[name];
  if (clock === undefined || clock.rule.kind === 'not-before') return false;
  const stops = clock.stops
    .filter((action) => action !== clock.onExpiry)
    .map((action) => lifecycle.actions[action]?.by ?? [])
    .filter((by) => by.some((one) => one !== 'system'));
  const officers = (by: readonly string[]): boolean => by.some((one) => posts.has(one) && !outsiders.has(one));
  if (stops.length === 0 || !stops.some(officers)) return false;
  return clock.onExpiry === undefined || stops.every((by) => by.every((one) => one === 'system' || officers([one])));
}

/** The gravest rule that a late clock reaches, as a finding; null when it reaches none or is nobody's duty. Pure. */
export function findInClock(
  clock: LateClock,
  lifecycle: Lifecycle,
  rules: readonly Rule[],
  today: string,
  workingDays: (from: string, to: string) => number,
): Finding | null {
  if (clock.stopped?.organisation) return null;
  const until = clock.stoppedOn ?? today;
  const days = workingDays(clock.dueOn, until);
  const reached = rules
    .flatMap((rule) => (rule.check.by === 'clock' ? [{ rule, from: rule.check.workingDaysPast }] : []))
    .filter(({ from }) => days >= from)
    .sort((a, b) => b.from - a.from)[0];
  if (reached === undefined) return null;
  const { label } = lifecycle.clocks[clock.name]!;
  const person =
    clock.stopped !== null && clock.stopped.role !== 'system'
      ? { id: clock.stopped.person, name: clock.stopped.name }
      : null;
  return {
    rule: reached.rule,
    key: `late|${clock.id}`,
    record: clock.record,
    entity: clock.entity,
    office: clock.office,
    event: null,
    clock: clock.id,
    officer: person ?? clock.handler,
    foundOn: until,
    basis: clock.basis,
    facts: {
      zh: `“${label.zh}”应于 ${clock.dueOn} 前完成（${clock.basis}），${clock.stoppedOn === null ? `至 ${until} 未完成` : `${until} 才完成`}，超过 ${days} 个工作日。`,
      en: `"${label.en}" was due on ${clock.dueOn} (${clock.basis}) and ${clock.stoppedOn === null ? `was not done by ${until}` : `was done on ${until}`}: ${days} working days past.`,
    },
  };
}
