/** What the law asks whoever signs to look at, answered from the record as far as the record tells. */
import type { RecordPage } from '../api.ts';
import type { MessageKey, Speech } from '../i18n/language.ts';
import type { Sheet } from './sheet.ts';

export type Check = {
  name: string;
  text: string /** null: a person must judge. */;
  ok: boolean | null;
  detail: string;
};

type Fields = Record<string, unknown>;
type Row = Record<string, unknown>;

function rows(value: unknown): Row[] {
  return Array.isArray(value) ? (value as Row[]) : [];
}

function amount(value: unknown): number {
  return Number(typeof value === 'string' || typeof value === 'number' ? value : Number.NaN);
}

type Judged = { key: MessageKey; ok: boolean | null; detail?: string };

function ofPlan(fields: Fields): Judged[] {
  const superior = rows(fields.duplicates).filter(({ relation }) => relation === 'superior');
  const items = rows(fields.items);
  const sum = (name: string) => items.reduce((total, item) => total + amount(item[name]), 0);
  return [
    {
      key: 'check.no-duplication',
      ok: superior.length === 0,
      detail: superior.map(({ productName, plan }) => `${productName}（${plan}）`).join('；'),
    },
    {
      key: 'check.totals',
      ok: sum('batches') === amount(fields.batches) && Math.abs(sum('budget') - amount(fields.budget)) < 0.005,
    },
  ];
}

function ofScheme(fields: Fields): Judged[] {
  const { cost, budget, scheduleFrom, scheduleUntil } = fields;
  return [
    { key: 'check.within-budget', ok: amount(cost) <= amount(budget), detail: `${cost} / ${budget}` },
    { key: 'check.schedule', ok: String(scheduleFrom) <= String(scheduleUntil) },
    { key: 'check.power', ok: null },
  ];
}

function ofRules(fields: Fields): Judged[] {
  const agreed = rows(fields.reviews).filter(({ agrees }) => agrees === true);
  const both = ['supervision', 'testing'].every((part) => agreed.some((review) => review.part === part));
  return [
    { key: 'check.joint-review', ok: both, detail: agreed.map(({ name }) => String(name)).join('、') },
    { key: 'check.methods', ok: rows(fields.items).every(({ method, limit }) => Boolean(method) && Boolean(limit)) },
  ];
}

function ofBulletin(fields: Fields): Judged[] {
  const counts = (fields.counts ?? {}) as Record<string, number>;
  const { conforming = 0, failing = 0, open = 0 } = counts;
  return [
    {
      key: 'check.counts',
      ok: rows(fields.passing).length === conforming && rows(fields.failing).length === failing,
      detail: `${conforming} + ${failing}`,
    },
    { key: 'check.left-out', ok: rows(fields.leftOut).length === open, detail: String(open) },
    { key: 'check.public-names', ok: null },
  ];
}

const judges: Record<string, (fields: Fields) => Judged[]> = {
  'sampling.plan/submit': ofPlan,
  'sampling.scheme/submit': ofScheme,
  'sampling.rules/submit': ofRules,
  'sampling.bulletin/publish': ofBulletin,
  'sampling.bulletin/correct': (fields) => [{ key: 'check.correction', ok: null }, ...ofBulletin(fields).slice(0, 1)],
  'sampling.bulletin/withdraw': () => [{ key: 'check.withdrawal', ok: null }],
  'sampling.reversal/approve': () => [{ key: 'check.reversal', ok: null }],
};

/** The checks of one sheet; none where no rule names any. */
export function checksOf(sheet: Sheet, target: RecordPage | undefined, { t }: Speech): Check[] {
  const judge = judges[`${sheet.targetEntity}/${sheet.targetAction}`];
  if (judge === undefined || target === undefined) return [];
  return judge(target.fields).map(({ key, ok, detail = '' }) => ({ name: key, text: t(key), ok, detail }));
}
