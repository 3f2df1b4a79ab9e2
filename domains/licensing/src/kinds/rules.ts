import { type Calendar, computeDeadline } from '@hengjian/calendar';
import type { FormField, Kind, KindClock, Purpose } from './declaration.ts';

type Form = Kind['forms'][number];
type Level = 'province' | 'city' | 'county';

export const clockOf = (kind: Kind, name: KindClock['name']): KindClock | undefined =>
  kind.clocks.find((clock) => clock.name === name);

/** The form in force on a day: the last that began by then, else the first. */
export function formOn(kind: Kind, day: string): Form {
  return kind.forms.findLast(({ inForce }) => inForce <= day) ?? kind.forms[0]!;
}

/** How one version of a form differs from another. */
export interface FormDifference {
  added: FormField[];
  removed: FormField[];
  changed: { from: FormField; to: FormField }[];
}

export function compareForms(kind: Kind, from: string, to: string): FormDifference {
  const fieldsOf = (version: string): FormField[] => kind.forms.find((form) => form.version === version)?.fields ?? [];
  const before = fieldsOf(from);
  const after = fieldsOf(to);
  const find = (fields: readonly FormField[], name: string) => fields.find((field) => field.name === name);
  return {
    added: after.filter(({ name }) => find(before, name) === undefined),
    removed: before.filter(({ name }) => find(after, name) === undefined),
    changed: after.flatMap((to) => {
      const from = find(before, to.name);
      const same = from === undefined || JSON.stringify(from) === JSON.stringify(to);
      return same ? [] : [{ from, to }];
    }),
  };
}

/** What is wrong with the answers to a form, in words; empty when it may be handed in. */
export function faultsOf(
  form: Form,
  answers: Readonly<Record<string, string>>,
): { name: string; zh: string; en: string }[] {
  return form.fields.flatMap(({ name, zh, en, type, required }) => {
    const answer = (answers[name] ?? '').trim();
    if (answer === '') return required ? [{ name, zh: `“${zh}”必填`, en: `“${en}” is required` }] : [];
    if (type === 'number' && !/^\d+(\.\d+)?$/.test(answer))
      return [{ name, zh: `“${zh}”应当是数字`, en: `“${en}” must be a number` }];
    if (type === 'date' && !/^\d{4}-\d{2}-\d{2}$/.test(answer))
      return [{ name, zh: `“${zh}”应当是日期`, en: `“${en}” must be a date` }];
    return [];
  });
}

/** The highest level that any of the products needs: one application goes to one authority. */
export function levelOf(kind: Kind, products: readonly string[]): Level {
  const order: readonly Level[] = ['county', 'city', 'province'];
  const levels = products.map(
    (code) => kind.products.find((product) => product.code === code)?.level ?? kind.authority[0]!.level,
  );
  return order[Math.max(...levels.map((level) => order.indexOf(level)), order.indexOf('county'))]!;
}

/** What stands between a product and an application under industrial policy (产业政策). */
export function policyOf(kind: Kind, products: readonly string[]) {
  const found = kind.products.filter(({ code }) => products.includes(code));
  return {
    banned: found.filter(({ policy }) => policy === 'banned'),
    restricted: found.filter(({ policy }) => policy === 'restricted'),
  };
}

/** The papers an application needs, each with what the platform holds of it already. */
export function papersOf(kind: Kind, purpose: Purpose, products: readonly string[]): Kind['papers'] {
  const restricted = policyOf(kind, products).restricted.length > 0;
  return kind.papers.filter((paper) => paper.for.includes(purpose) && (paper.condition === undefined || restricted));
}

/** Papers still to be handed in: needed, not held by the platform and not attached. */
export const missingPapers = (
  kind: Kind,
  purpose: Purpose,
  products: readonly string[],
  attached: readonly string[],
): Kind['papers'] =>
  papersOf(kind, purpose, products).filter((paper) => paper.heldIn === undefined && !attached.includes(paper.kind));

/** What of an application decides how it is reviewed. */
interface Reviewed {
  purpose: string;
  track: string;
  changeOf?: string | null | undefined;
}

/** Whether somebody must look on the spot before this can be decided. */
export function needsSiteCheck(kind: Kind, { purpose, track, changeOf }: Reviewed): boolean {
  if (track === 'commitment' || purpose === 'reissue' || (purpose === 'change' && changeOf === 'name')) return false;
  if (kind.siteCheck.when === 'always') return true;
  return kind.siteCheck.when === 'first' && purpose !== 'renewal';
}

/** A licensing test follows a site check that was passed; a failed one has none. */
export const needsTest = (kind: Kind, application: Reviewed): boolean =>
  kind.test.kind === 'licensing-test' && needsSiteCheck(kind, application);

/** Whether a grant on commitment is open for these products on this day. */
export function commitmentOpen(kind: Kind, products: readonly string[], day: string): boolean {
  const { commitment } = kind;
  if (commitment === null || !commitment.on || day < commitment.from) return false;
  if (commitment.until !== null && day > commitment.until) return false;
  return commitment.products.includes('*') || products.every((product) => commitment.products.includes(product));
}

/** Fees in force on a day. Nothing else may be taken. */
export const feesOn = (kind: Kind, day: string): Kind['fees'] =>
  kind.fees.filter(({ from, until }) => from <= day && (until === null || day <= until));

/** The score of a site check in hundredths, and whether it passes: enough points and no critical item failed. */
export function scoreSiteCheck(
  kind: Kind,
  answers: readonly { item: string; met: 'yes' | 'partly' | 'no' }[],
): { score: number; passed: boolean; failed: string[]; unanswered: string[] } {
  let doubled = 0;
  const failed: string[] = [];
  const unanswered: string[] = [];
  for (const item of kind.siteCheck.checklist) {
    const answer = answers.find((one) => one.item === item.code);
    if (answer === undefined) unanswered.push(item.code);
    else if (answer.met === 'no') {
      if (item.critical) failed.push(item.code);
    } else doubled += answer.met === 'yes' ? item.weight * 2 : item.weight;
  }
  const score = doubled / 2;
  return {
    score,
    passed: unanswered.length === 0 && failed.length === 0 && score >= kind.siteCheck.pass,
    failed,
    unanswered,
  };
}

const plus = (
  day: string,
  amount: number,
  unit: 'working-day' | 'day' | 'month' | 'year',
  calendar: Calendar,
): string =>
  computeDeadline({ kind: 'within', unit, amount, rollForward: 'none', basis: 'term' }, day, calendar).dueOn!;

/** When a licence granted on a day ends; null when it does not. */
export const validUntil = (kind: Kind, from: string, calendar: Calendar): string | null =>
  kind.validity === null ? null : plus(from, kind.validity.amount, kind.validity.unit, calendar);

/** The new end of a renewed licence: from the decision, or from the old end. */
export const renewedUntil = (kind: Kind, oldEnd: string, decidedOn: string, calendar: Calendar): string | null =>
  validUntil(kind, kind.validity?.renewedFrom === 'expiry' ? oldEnd : decidedOn, calendar);

/** The last day on which a renewal can be asked for; later it is a new application. */
export function renewalDeadline(kind: Kind, end: string, calendar: Calendar): string | null {
  const clock = clockOf(kind, 'renewal');
  if (clock === undefined) return null;
  const { amount, unit, basis } = clock;
  return computeDeadline({ kind: 'before', unit, amount, basis }, end, calendar).dueOn;
}

export const barUntil = (from: string, years: number, calendar: Calendar): string =>
  plus(from, years, 'year', calendar);
