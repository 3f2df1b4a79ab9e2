import { type Act, field, optional, type Refusal, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import type { PlanKind, Regime } from '../plan/index.ts';
import { checkCapability } from './capability.ts';
import type { TaskRow } from './entity.ts';
import { findVerdictRule, type TestItem } from './items.ts';
import { Body, Person } from './sample-fields.ts';

/** What the draw says of one drawn firm. */
export const Assignment = z.strictObject({
  draw: optional(field.identifier('抽取', { en: 'Draw' })),
  targeting: optional(field.identifier('定向名单', { en: 'List of named firms' })),
  scheme: field.identifier('抽查方案', { en: 'Scheme' }),
  rules: field.identifier('实施细则', { en: 'Detailed rules' }),
  sequence: field.integer('层内次序', { en: 'Order in stratum' }),
  stratum: field.text('层', { en: 'Stratum' }),
  reserveOf: optional(field.identifier('候补对象', { en: 'Reserve of' })),
  isReserve: field.flag('候补', { en: 'Reserve' }),
  enterprise: field.identifier('被抽样单位编号', { en: 'Enterprise' }),
  enterpriseName: field.text('被抽样单位', { en: 'Sampled firm' }),
  enterpriseCode: optional(field.text('统一社会信用代码', { en: 'Credit code' })),
  enterpriseRegion: field.region('所在地', { en: 'Region' }),
  product: field.text('产品分类代码', { en: 'Product class' }),
  productName: field.text('产品名称', { en: 'Product' }),
  samplers: field.list('抽样人员', Person, { en: 'Samplers', max: 10 }),
  samplingBody: field.object('抽样机构', Body, { en: 'Sampling body' }),
  lab: field.object('检验机构', Body, { en: 'Laboratory' }),
  dueOn: field.date('完成期限', { en: 'Due on' }),
  leaf: optional(field.text('抽取叶值', { en: 'Leaf of the draw' })),
});
type Assignment = z.infer<typeof Assignment>;

interface RulesInForce {
  items: TestItem[];
  testSample: number;
  spareSample: number;
  sampleUnit: string;
  minimumStock: number | null;
  verdictRule: string;
  rulesVersion: number;
  publishedOn: string | null;
  separateBodies: boolean;
  planKind: PlanKind;
  regime: Regime;
}

async function rulesInForce(input: Assignment, act: Act): Promise<RulesInForce | undefined> {
  const [found] = await act.sql.query<RulesInForce>(
    `select r.items, r.test_sample as "testSample", r.spare_sample as "spareSample", r.sample_unit as "sampleUnit",
       r.minimum_stock as "minimumStock", r.verdict_rule as "verdictRule", r.version as "rulesVersion", r.published_on as "publishedOn",
       s.separate_bodies as "separateBodies", p.kind as "planKind", p.regime
     from sampling.rules r join sampling.scheme s on s.id = r.scheme join sampling.plan p on p.id = s.plan
     where r.id = $1 and s.id = $2`,
    [input.rules, input.scheme],
  );
  return found;
}

/** No task before the rules are public, none without two samplers, none with the bodies that the scheme keeps apart. */
export async function checkAssignment(_row: TaskRow, input: Assignment, act: Act): Promise<true | Refusal> {
  const rules = await rulesInForce(input, act);
  if (rules === undefined)
    return refuse(
      'rules-unknown',
      '找不到本方案的实施细则。',
      'The detailed rules of this scheme were not found.',
      'rules',
    );
  if (rules.publishedOn === null || rules.publishedOn > act.occurredOn)
    return refuse(
      'rules-not-public',
      '实施细则尚未向社会公开，不得下达抽样任务（第十二条）。',
      'The detailed rules are not public yet (art. 12).',
      'rules',
    );
  if (findVerdictRule(rules.verdictRule) === undefined)
    return refuse(
      'verdict-rule-unclear',
      '实施细则的判定规则不能自动执行，请选用规定的判定规则。',
      'The rule of conclusion cannot be applied as it is worded.',
      'rules',
    );
  if (new Set(input.samplers.map(({ person }) => person)).size < 2)
    return refuse(
      'two-samplers',
      '抽样人员不得少于两人（第十六条）。',
      'At least two samplers are needed (art. 16).',
      'samplers',
    );
  if (rules.separateBodies && input.samplingBody.id === input.lab.id)
    return refuse(
      'bodies-not-apart',
      '本方案要求抽样机构与检验机构分离。',
      'This scheme wants different bodies to sample and to test.',
      'lab',
    );
  return checkCapability(act.sql, { ...input, items: rules.items }, act.occurredOn, 'assign');
}

/** An item tested by two methods becomes two items, each called by its method. */
function itemsOf(items: readonly TestItem[]): TestItem[] {
  return items.map((entry) => {
    const twice = items.filter(({ item }) => item === entry.item).length > 1;
    return twice ? { ...entry, item: `${entry.item}（${entry.method}）`.slice(0, 200) } : entry;
  });
}

/** Freezes what the rules ask into the task: a later version does not reach back. */
export async function assign(_row: TaskRow, input: Assignment, act: Act): Promise<Partial<TaskRow> & { to: string }> {
  const { publishedOn: _publishedOn, verdictRule, items, ...rules } = (await rulesInForce(input, act))!;
  return {
    ...rules,
    selection: input.draw ? 'random' : 'targeted',
    items: itemsOf(items),
    verdictRule: findVerdictRule(verdictRule)!,
    refusals: 0,
    reportRevision: 0,
    overturned: false,
    to: input.isReserve ? 'reserved' : 'assigned',
  };
}

export const issue = (_row: TaskRow, _input: unknown, act: Act): Partial<TaskRow> => ({ issuedOn: act.occurredOn });

export const Activation = z.strictObject({
  replaces: field.identifier('递补的任务', { en: 'Stands in for' }),
  dueOn: optional(field.date('完成期限', { en: 'Due on' })),
});
type Activation = z.infer<typeof Activation>;

/** The reserve whose turn it is in a stratum of a draw: the first by order. */
export async function findNextReserve(sql: Act['sql'], draw: string, stratum: string): Promise<string | undefined> {
  const [next] = await sql.query<{ id: string }>(
    `select id from sampling.task where draw = $1 and stratum = $2 and state = 'reserved' order by sequence, id limit 1`,
    [draw, stratum],
  );
  return next?.id;
}

/** A reserve steps in by order, and only for a task of its stratum that ended without a sample. */
export async function checkActivation(row: TaskRow, input: Activation, act: Act): Promise<true | Refusal> {
  const [ended] = await act.sql.query<{ state: string; draw: string; stratum: string }>(
    'select state, draw, stratum from sampling.task where id = $1',
    [input.replaces],
  );
  if (ended === undefined || ended.draw !== row.draw || ended.stratum !== row.stratum)
    return refuse(
      'other-stratum',
      '只能递补同一抽取、同一层的任务。',
      'A reserve stands in within its own stratum of the draw.',
      'replaces',
    );
  if (ended.state !== 'not-sampled' && ended.state !== 'terminated')
    return refuse(
      'nothing-to-replace',
      '该任务没有因未抽到样或终止抽样而结束，不能启用候补。',
      'That task did not end without a sample.',
      'replaces',
    );
  if ((await findNextReserve(act.sql, row.draw!, row.stratum)) !== row.id)
    return refuse('not-next', '候补按抽取次序启用，不得挑选。', 'Reserves step in by their order; none is chosen.');
  const dueOn = input.dueOn ?? row.dueOn;
  return (
    dueOn >= act.occurredOn ||
    refuse('due-in-past', '完成期限已过，请填写新的期限。', 'The due date has passed; give a new one.', 'dueOn')
  );
}

/** Each ended task is replaced once. */
export const reserveReplacement = (_row: TaskRow, input: Activation) => [
  {
    key: `sampling.replacement|${input.replaces}`,
    refusal: refuse('already-replaced', '该任务已有候补递补。', 'Another reserve stands in for that task.', 'replaces'),
  },
];

export const activate = (row: TaskRow, input: Activation, act: Act): Partial<TaskRow> => ({
  issuedOn: act.occurredOn,
  dueOn: input.dueOn ?? row.dueOn,
});

/** How a stratum of a draw stands: what may still be visited, and for how many ended tasks nobody stepped in. */
export async function stratumState(
  sql: Act['sql'],
  draw: string,
  stratum: string,
): Promise<{ open: number; vacancies: number }> {
  const [state] = await sql.query<{ open: number; ended: number; replaced: number }>(
    `select count(*) filter (where state in ('assigned', 'ordered', 'sampled')) as open,
       count(*) filter (where state in ('not-sampled', 'terminated')) as ended,
       count(*) filter (where replaces is not null) as replaced
     from sampling.task where draw = $1 and stratum = $2`,
    [draw, stratum],
  );
  return { open: Number(state!.open), vacancies: Number(state!.ended) - Number(state!.replaced) };
}

/** Reserves are let go only when none can be called any more. */
export async function checkRelease(row: TaskRow, _input: unknown, act: Act): Promise<true | Refusal> {
  const { open, vacancies } = await stratumState(act.sql, row.draw!, row.stratum);
  return (
    (open === 0 && vacancies === 0) ||
    refuse(
      'reserve-may-be-needed',
      '本层还有任务没有到检验机构收样，候补可能还要启用。',
      'Tasks of this stratum are still out; the reserve may be needed.',
    )
  );
}

export const Reason = z.strictObject({ reason: field.longText('理由', { en: 'Reason', max: 2000 }) });

/**
 * Tasks of a draw that may still be visited, reserves included: while there are any, the names, salts and samplers of the draw
 * stay shut (practice W1).
 */
export async function unvisitedTasks(sql: Act['sql'], draw: string): Promise<number> {
  const [row] = await sql.query<{ n: number }>(
    `select count(*) as n from sampling.task where draw = $1 and state in ('reserved', 'assigned', 'ordered')`,
    [draw],
  );
  return Number(row!.n);
}
