/** From what a field is chosen: nobody types an identifier, and a code only where the list may lack it. */
import type { FieldView } from '../api.ts';

export type CodeListName = 'regions' | 'products' | 'industries';

export type Choosing =
  /** People in their posts: of these posts only, or these first. */
  | { from: 'people'; roles?: readonly string[]; prefer?: readonly string[] }
  /** Sampling and testing bodies: those that have people in these posts. */
  | { from: 'bodies'; roles: readonly string[] }
  /** Organisations of people whom one may name, and any other by its credit code. */
  | { from: 'organisations' }
  /** `free`: a code that the list lacks is taken as typed. `prefix`: regions as the prefixes of their codes. */
  | { from: 'codes'; list: CodeListName; free?: boolean; prefix?: boolean }
  | { from: 'records'; entity: string; state?: string }
  /** Rows of a list that stands elsewhere: in this form, on the record, or on the record that a field refers to. */
  | { from: 'rows'; of: 'form' | 'record' | { reference: string }; list: string; id: string; text: string }
  /** The choices of another declared field. */
  | { from: 'choices'; entity: string; field: string }
  | { from: 'posts' };

/** What a field can know of its surroundings. */
export type Scope = {
  entity: string;
  action: string;
  /** Values of the whole form. */
  values: Record<string, unknown>;
  /** Fields of the record that the action is about. */
  known: Record<string, unknown>;
};

const samplers = ['sampler'];
const laboratory = ['laboratory-receiver', 'laboratory-tester', 'laboratory-signatory'];
const signing = ['section-chief', 'bureau-head'];

/** The post that the current step of an approval sheet asks for. */
function currentPost({ known }: Scope): string[] {
  const steps = Array.isArray(known.steps) ? (known.steps as { role?: string }[]) : [];
  const role = steps[typeof known.step === 'number' ? known.step : 0]?.role;
  return role ? [role] : signing;
}

function textOf(value: unknown): string[] {
  return typeof value === 'string' && value !== '' ? [value] : [];
}

/** Which list answers a field, by entity, action and the field's path without row numbers. */
const rules: Record<string, Choosing | ((scope: Scope) => Choosing)> = {
  'kernel.approval/countersign/role': { from: 'posts' },
  'kernel.approval/countersign/person': ({ values }) => {
    const roles = textOf(values.role);
    return roles.length > 0 ? { from: 'people', roles } : { from: 'people', prefer: signing };
  },
  'kernel.approval/transfer/person': (scope) => ({ from: 'people', prefer: currentPost(scope) }),
  'kernel.grant/appoint/role': { from: 'posts' },
  'kernel.grant/appoint/organisation': { from: 'organisations' },
  'kernel.grant/deputise/person': ({ known }) => ({ from: 'people', prefer: textOf(known.role) }),
  'people.leave/ask/deputy': { from: 'people' },
  'people.succession/takeOver/successor': { from: 'people' },
  'sampling.rules/draft/experts.person': { from: 'people', prefer: ['test-expert'] },
  'sampling.rules/amend/experts.person': { from: 'people', prefer: ['test-expert'] },
  'sampling.rules/draft/scheme': { from: 'records', entity: 'sampling.scheme', state: 'approved' },
  'sampling.scheme/draft/plan': { from: 'records', entity: 'sampling.plan', state: 'inForce' },
  'sampling.scheme/draft/product': {
    from: 'rows',
    of: { reference: 'plan' },
    list: 'items',
    id: 'product',
    text: 'productName',
  },
  'sampling.draw/freeze/scheme': { from: 'records', entity: 'sampling.scheme', state: 'approved' },
  'sampling.draw/freeze/rules': { from: 'records', entity: 'sampling.rules', state: 'published' },
  'sampling.draw/freeze/replaces': { from: 'records', entity: 'sampling.draw', state: 'voided' },
  'sampling.draw/freeze/strata.regions': { from: 'codes', list: 'regions', prefix: true },
  'sampling.draw/freeze/strata.bases': { from: 'choices', entity: 'sampling.directory', field: 'basis' },
  'sampling.draw/commit/samplers.person': { from: 'people', roles: samplers },
  'sampling.draw/commit/samplers.organisation': { from: 'bodies', roles: samplers },
  'sampling.draw/commit/exclusions.sampler': {
    from: 'rows',
    of: 'form',
    list: 'samplers',
    id: 'person',
    text: 'name',
  },
  'sampling.draw/commit/labs.id': { from: 'bodies', roles: laboratory },
  'sampling.draw/commit/labs.strata': { from: 'rows', of: 'record', list: 'strata', id: 'key', text: 'label' },
  'sampling.task/sample/present': { from: 'rows', of: 'record', list: 'samplers', id: 'person', text: 'name' },
  'sampling.task/activate/replaces': {
    from: 'records',
    entity: 'sampling.task',
    state: 'not-sampled,terminated',
  },
  'sampling.directory/recordFailure/task': { from: 'records', entity: 'sampling.task', state: 'concluded' },
  'sampling.notice/object/contested': { from: 'rows', of: 'record', list: 'failedItems', id: 'item', text: 'item' },
  'sampling.objection/designateLab/retestLab.id': { from: 'bodies', roles: laboratory },
  'sampling.bulletin/draft/scheme': { from: 'records', entity: 'sampling.scheme', state: 'approved,ended' },
  'sampling.reversal/propose/task': { from: 'records', entity: 'sampling.task', state: 'concluded' },
};

const persons = /^(person|sampler|expert|handler|deputy|proposer)$/i;

/** By the field alone, where no rule names it. */
function byField(field: FieldView): Choosing | undefined {
  switch (field.type) {
    case 'reference':
      return { from: 'records', entity: field.reference ?? '' };
    case 'region':
      return { from: 'codes', list: 'regions' };
    case 'identifier':
      return persons.test(field.name) ? { from: 'people' } : { from: 'records', entity: 'subjects.enterprise' };
    case 'text':
    case 'list':
      if (/^products?$/.test(field.name) && !field.item) return { from: 'codes', list: 'products', free: true };
      if (field.name === 'industry') return { from: 'codes', list: 'industries' };
      return undefined;
    default:
      return undefined;
  }
}

/** The path of a field without the numbers of rows: `samplers.0.person` → `samplers.person`. */
export function declaredPath(path: string): string {
  return path
    .split('.')
    .filter((part) => !/^\d+$/.test(part))
    .join('.');
}

/** How a field is chosen; undefined where it is simply written. */
export function choosingOf(field: FieldView, path: string, scope: Scope): Choosing | undefined {
  const rule = rules[`${scope.entity}/${scope.action}/${declaredPath(path)}`];
  if (rule !== undefined) return typeof rule === 'function' ? rule(scope) : rule;
  if (field.choices && field.choices.length > 0) return undefined;
  return byField(field);
}

/**
 * Fields that a choice beside them fills in, so that nobody is asked for what the chosen one is called. A name stays to be
 * written where nothing need be chosen: a firm that is in no register still has a name.
 */
export function filledBeside(fields: readonly FieldView[], prefix: string, scope: Scope): Set<string> {
  const filled = new Set<string>();
  for (const field of fields) {
    if (!field.required || field.type !== 'identifier') continue;
    const choosing = choosingOf(field, `${prefix}${field.name}`, scope);
    // In a row the body is the chosen one's own; an appointment asks for it by itself.
    const names = choosing?.from === 'people' && prefix !== '' ? ['organisation', 'organisationName'] : [];
    for (const name of [...names, ...nameFields(field.name, prefix)]) filled.add(name);
  }
  return filled;
}

/** Where the name of a choice goes: `enterpriseName` beside `enterprise`; inside a row or group, plain `name` as well. */
export function nameFields(field: string, prefix: string): string[] {
  return prefix === '' || field === 'organisation' ? [`${field}Name`] : [`${field}Name`, 'name'];
}

/** A region's code as the prefix that finds it and all below it: 430100 → 4301. */
export function regionPrefix(code: string): string {
  return code.length === 6 ? code.replace(/(?:00){1,2}$/, '') : code;
}

/** What stands in a field before anybody writes: products of a draw's laboratory are the draw's own. */
export function startingValue(path: string, scope: Scope): unknown {
  const key = `${scope.entity}/${scope.action}/${declaredPath(path)}`;
  if (key === 'sampling.draw/commit/labs.products' && typeof scope.known.product === 'string')
    return [scope.known.product];
  return undefined;
}
