import type { Register } from '@hengjian/kernel';
import { z } from 'zod';
import { monitoringRules } from '../../../../data/monitoring/index.ts';

const text = z.string().trim().min(1);
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const amount = z.string().regex(/^\d+\.\d{2}$/);
const names = z.array(text).min(1);

const Check = z.discriminatedUnion('by', [
  /** A clock that ran out so many working days ago, or was stopped so many too late. */
  z.strictObject({ by: z.literal('clock'), workingDaysPast: z.int().min(1) }),
  /** A step that took place on an earlier day than the step before it. */
  z.strictObject({ by: z.literal('sequence') }),
  /** A step entered more than so many working days after it took place. */
  z.strictObject({ by: z.literal('delay'), workingDays: z.int().min(1) }),
  /** These actions only after one of the others. */
  z.strictObject({ by: z.literal('after'), entity: text, actions: names, requires: names }),
  /** What a lifecycle keeps apart, looked at again from the ledger. */
  z.strictObject({ by: z.literal('declared-separation') }),
  /** A deputy who acts for somebody whom the lifecycle keeps apart from this step. */
  z.strictObject({ by: z.literal('deputy-separation') }),
  /** Papers that a lifecycle says a step needs or makes. */
  z.strictObject({ by: z.literal('declared-documents') }),
  /** A sum above what the list allows. */
  z.strictObject({
    by: z.literal('amount'),
    entity: text,
    field: text,
    most: amount,
    from: day,
    where: z.record(text, names).optional(),
  }),
  /** A term that an officer set, in days from the act. */
  z.strictObject({
    by: z.literal('term'),
    entity: text,
    action: text,
    field: text,
    leastDays: z.int().min(0),
    mostDays: z.int().min(1),
  }),
]);

export const ruleKinds = {
  'time-limit': { zh: '时限', en: 'Time limit' },
  order: { zh: '程序', en: 'Order' },
  separation: { zh: '分离', en: 'Separation' },
  fee: { zh: '收费', en: 'Fee' },
  document: { zh: '材料', en: 'Paper' },
  discretion: { zh: '裁量', en: 'Discretion' },
} as const;
export type RuleKind = keyof typeof ruleKinds;

const Rule = z.strictObject({
  code: z.string().regex(/^[a-z]+(-[a-z]+)*$/),
  kind: z.enum(Object.keys(ruleKinds) as [RuleKind, ...RuleKind[]]),
  level: z.enum(['yellow', 'red']),
  points: z.int().min(1),
  zh: text,
  en: text,
  basis: text,
  confidence: z.enum(['sourced', 'illustrative']),
  /** The rule whose card this one makes graver instead of raising a second. */
  escalates: text.optional(),
  check: Check,
});
export type Rule = z.infer<typeof Rule>;
type Of<By extends Rule['check']['by']> = Extract<Rule['check'], { by: By }>;
export type CheckOf<By extends Rule['check']['by']> = Of<By>;

export const RuleFile = z.strictObject({
  edition: text,
  rules: z.array(Rule).min(1),
  /** Kinds of records that are not watched: messages, sheets, what the platform keeps of itself. */
  except: z.array(text),
  /** Posts that are held outside the offices: what waits for them is no office's delay. */
  outsiders: z.array(text),
});
export type RuleFile = z.infer<typeof RuleFile>;

/** The rules in force. @throws ZodError naming the place that is wrong */
export const ruleFile: RuleFile = RuleFile.parse(monitoringRules());

export const findRule = (code: string): Rule | undefined => ruleFile.rules.find((rule) => rule.code === code);

/** What the rules name and the declarations do not have, one line for each. */
export function unfittingRules(file: RuleFile, register: Register): string[] {
  const wrong: string[] = [];
  const codes = file.rules.map(({ code }) => code);
  for (const code of codes.filter((one, place) => codes.indexOf(one) !== place)) wrong.push(`${code}: declared twice`);
  for (const name of file.except)
    if (!register.lifecycles.has(name)) wrong.push(`except: there are no records called ${name}`);
  for (const name of file.outsiders) if (!(name in register.roles)) wrong.push(`outsiders: there is no post ${name}`);
  for (const { code, check, escalates } of file.rules) {
    if (escalates !== undefined && !codes.includes(escalates))
      wrong.push(`${code}.escalates: there is no rule ${escalates}`);
    if (!('entity' in check)) continue;
    const lifecycle = register.lifecycles.get(check.entity);
    if (lifecycle === undefined) {
      wrong.push(`${code}.entity: there are no records called ${check.entity}`);
      continue;
    }
    const actions =
      check.by === 'after' ? [...check.actions, ...check.requires] : 'action' in check ? [check.action] : [];
    for (const action of actions)
      if (!Object.hasOwn(lifecycle.actions, action)) wrong.push(`${code}: ${check.entity} has no action ${action}`);
    const fields = 'field' in check ? [check.field, ...Object.keys('where' in check ? (check.where ?? {}) : {})] : [];
    for (const field of fields)
      if (!Object.hasOwn(lifecycle.entity.shape, field)) wrong.push(`${code}: ${check.entity} has no field ${field}`);
  }
  return wrong;
}

/** @throws Error naming every rule that does not fit the declarations: the platform does not start on it */
export function requireRules(register: Register): void {
  const wrong = unfittingRules(ruleFile, register);
  if (wrong.length > 0)
    throw new Error(
      `The rules of electronic monitoring are not sound:\n${wrong.map((line) => `  ${line}`).join('\n')}`,
    );
}
