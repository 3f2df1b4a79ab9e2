import type { CheckOf, Rule } from './declaration.ts';
import type { Around, Finding, Step } from './findings.ts';

type Facts = { zh: string; en: string };

const isOfficer = (step: Step): boolean => step.role !== 'system' && step.organisation === null;
const personsOf = ({ actor, hands }: Step): string[] => [actor, ...hands.map(({ person }) => person)];
const millisecondsOfDay = 86_400_000;
const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / millisecondsOfDay);
const isDay = (value: unknown): value is string => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
const actionOf = (step: Step, { lifecycle }: Around) => lifecycle.actions[step.action];
const nameOf = (step: Step, around: Around): Facts =>
  actionOf(step, around)?.label ?? { zh: step.action, en: step.action };
/** The value that a step wrote into a field, or was told. */
const written = (step: Step, field: string): unknown => step.changes[field]?.[1] ?? step.input[field];

/** Earlier steps that this one is kept apart from by its declaration, as persons. */
const keptApart = (step: Step, around: Around): Step[] => {
  const actions = (actionOf(step, around)?.notBy ?? [])
    .filter(({ same }) => same === 'person')
    .flatMap((one) => one.actions);
  return around.earlier.filter(({ action }) => actions.includes(action));
};

function sequence(step: Step, around: Around): Facts | null {
  const before = around.earlier.at(-1);
  if (before === undefined || step.occurredOn >= before.occurredOn) return null;
  const [here, there] = [nameOf(step, around), nameOf(before, around)];
  return {
    zh: `“${here.zh}”登记的发生日期 ${step.occurredOn} 早于前一环节“${there.zh}”（${before.occurredOn}）。`,
    en: `"${here.en}" is dated ${step.occurredOn}, before the step that precedes it, "${there.en}" (${before.occurredOn}).`,
  };
}

function delay(step: Step, around: Around, check: CheckOf<'delay'>): Facts | null {
  const days = around.workingDays(step.occurredOn, step.recordedOn);
  if (days <= check.workingDays) return null;
  const { zh, en } = nameOf(step, around);
  return {
    zh: `“${zh}”发生于 ${step.occurredOn}，${step.recordedOn} 才登记，相隔 ${days} 个工作日（限 ${check.workingDays} 个）。`,
    en: `"${en}" took place on ${step.occurredOn} and was entered on ${step.recordedOn}, ${days} working days later (at most ${check.workingDays}).`,
  };
}

function after(step: Step, around: Around, check: CheckOf<'after'>): Facts | null {
  if (check.entity !== step.entity || !check.actions.includes(step.action)) return null;
  if (around.earlier.some(({ action }) => check.requires.includes(action))) return null;
  const { zh, en } = nameOf(step, around);
  const required = check.requires.map((action) => around.lifecycle.actions[action]!.label);
  return {
    zh: `“${zh}”之前没有“${required.map((one) => one.zh).join('”或者“')}”。`,
    en: `"${en}" was not preceded by "${required.map((one) => one.en).join('" or "')}".`,
  };
}

function declaredSeparation(step: Step, around: Around): Facts | null {
  const persons = new Set(personsOf(step));
  const before = keptApart(step, around).find((one) => personsOf(one).some((person) => persons.has(person)));
  if (before === undefined) return null;
  const [here, there] = [nameOf(step, around), nameOf(before, around)];
  return {
    zh: `“${there.zh}”和“${here.zh}”应当由不同的人办理，卷宗显示有同一人参与。`,
    en: `"${there.en}" and "${here.en}" are kept apart; the file shows one person in both.`,
  };
}

function deputySeparation(step: Step, around: Around): Facts | null {
  if (step.actingFor === null) return null;
  const before = keptApart(step, around).find(({ actorName }) => actorName === step.actingFor);
  if (before === undefined) return null;
  const [here, there] = [nameOf(step, around), nameOf(before, around)];
  return {
    zh: `“${here.zh}”由代行职务的人办理，被代行人与“${there.zh}”的办理人同名。`,
    en: `"${here.en}" was taken by a deputy for somebody of the same name as whoever took "${there.en}".`,
  };
}

function declaredDocuments(step: Step, around: Around): Facts | null {
  const { needs = [], papers = [] } = actionOf(step, around) ?? {};
  const missing = [
    ...needs.filter(
      (kind) => !around.papers.some((paper) => paper.kind === kind && paper.createdAt <= step.recordedAt),
    ),
    ...papers.filter((kind) => !around.papers.some((paper) => paper.kind === kind && paper.event === step.id)),
  ];
  if (missing.length === 0) return null;
  const named = missing.map((kind) => around.lifecycle.documents[kind] ?? { zh: kind, en: kind });
  const { zh, en } = nameOf(step, around);
  return {
    zh: `“${zh}”应有的《${named.map((one) => one.zh).join('》《')}》不在案。`,
    en: `"${en}" lacks on the file: ${named.map((one) => one.en).join(', ')}.`,
  };
}

function amount(step: Step, around: Around, check: CheckOf<'amount'>): Facts | null {
  if (check.entity !== step.entity || step.occurredOn < check.from) return null;
  const taken = step.changes[check.field]?.[1] ?? (around.earlier.length === 0 ? step.input[check.field] : undefined);
  if (taken === undefined || taken === null || Number(taken) <= Number(check.most)) return null;
  for (const [field, values] of Object.entries(check.where ?? {}))
    if (!values.includes(String(written(step, field)))) return null;
  return {
    zh: `收费 ${String(taken)} 元，公布的清单为 ${check.most} 元。`,
    en: `${String(taken)} yuan were charged; the published list says ${check.most}.`,
  };
}

function term(step: Step, around: Around, check: CheckOf<'term'>): Facts | null {
  if (check.entity !== step.entity || check.action !== step.action) return null;
  const until = written(step, check.field);
  if (!isDay(until)) return null;
  const days = daysBetween(step.occurredOn, until);
  if (days >= check.leastDays && days <= check.mostDays) return null;
  const { zh, en } = nameOf(step, around);
  return {
    zh: `“${zh}”确定的期限为 ${days} 天，裁量范围为 ${check.leastDays} 至 ${check.mostDays} 天。`,
    en: `"${en}" set a term of ${days} days; the range is ${check.leastDays} to ${check.mostDays}.`,
  };
}

function look(step: Step, around: Around, { check }: Rule): Facts | null {
  switch (check.by) {
    case 'clock':
      return null;
    case 'sequence':
      return sequence(step, around);
    case 'delay':
      return delay(step, around, check);
    case 'after':
      return after(step, around, check);
    case 'declared-separation':
      return declaredSeparation(step, around);
    case 'deputy-separation':
      return deputySeparation(step, around);
    case 'declared-documents':
      return declaredDocuments(step, around);
    case 'amount':
      return amount(step, around, check);
    case 'term':
      return term(step, around, check);
  }
}

/** What the rules find in one step of an officer; steps of machines and of people outside the offices are no office's doing. Pure. */
export function findInStep(step: Step, around: Around, rules: readonly Rule[]): Finding[] {
  if (!isOfficer(step)) return [];
  return rules.flatMap((rule) => {
    const facts = look(step, around, rule);
    if (facts === null) return [];
    return [
      {
        rule,
        key: `${rule.code}|${step.id}`,
        record: step.record,
        entity: step.entity,
        office: step.office,
        event: step.id,
        clock: null,
        officer: { id: step.actor, name: step.actorName },
        foundOn: step.recordedOn,
        basis: rule.basis,
        facts,
      },
    ];
  });
}
