import { type Act, disclose, field, optional, type Publication, type Refusal, refuse } from '@hengjian/kernel';
import { authorityOf } from '@hengjian/people';
import { z } from 'zod';
import { kindRule, type PlanKind, type Regime } from '../plan/index.ts';
import { representationOf } from '../task/representation.ts';
import { Bulletin, type BulletinRow } from './entity.ts';
import { addsUp, checkLeftOut, compile, type ReportedTask } from './rules.ts';

const leftOut = optional(
  field.list(
    '未纳入的任务',
    z.object({
      task: field.reference('未办结任务', 'sampling.task', { en: 'Task' }),
      reason: field.text('未纳入的原因', { en: 'Why it is left out', max: 500 }),
    }),
    { en: 'Left out' },
  ),
);
const summary = optional(field.longText('抽查概况', { en: 'Summary', max: 5000 }));
const name = field.text('公告名称', { en: 'Name' });

export const Draft = z.strictObject({
  scheme: field.reference('抽查方案', 'sampling.scheme', { en: 'Scheme' }),
  name,
  summary,
  leftOut,
});
export const Redraft = z.strictObject({ name, summary, leftOut });
type Drafted = { scheme?: string; leftOut?: { task: string; reason: string }[] | null | undefined };

/** The tasks that a bulletin on a scheme speaks of, with the conclusion that holds now. */
export function tasksOf(sql: Act['sql'], scheme: string): Promise<ReportedTask[]> {
  return sql.query<ReportedTask>(
    `select t.id, r.number, t.state, c.conclusion, coalesce(c.producer_denied, false) as "producerDenied",
       exists (select from sampling.objection o where o.task = t.id and o.retest_conclusion is not null)
         or exists (select from sampling.food_retest f where f.task = t.id and f.retest_conclusion is not null) as retested,
       t.enterprise_name as enterprise, t.enterprise_code as "enterpriseCode", t.enterprise_region as region,
       t.labelled_producer ->> 'name' as producer, t.labelled_producer ->> 'code' as "producerCode", t.product_name as "productName",
       t.trademark, t.model, t.batch, t.channel, t.lab ->> 'name' as laboratory, t.failed_items as "failedItems", t.seriousness
     from sampling.task t join kernel.record r on r.id = t.id join sampling.effective_conclusion c on c.task = t.id
     where t.scheme = $1 and t.state not in ('reserved', 'released')`,
    [scheme],
  );
}

export async function checkDraft(row: BulletinRow, input: Drafted, act: Act): Promise<true | Refusal> {
  const tasks = await tasksOf(act.sql, input.scheme ?? row.scheme);
  const [plan] = await act.sql.query<{ kind: PlanKind; regime: Regime }>(
    'select p.kind, p.regime from sampling.scheme s join sampling.plan p on p.id = s.plan where s.id = $1',
    [input.scheme ?? row.scheme],
  );
  if (plan !== undefined && !kindRule(plan.regime, plan.kind).penaltyBasis)
    return refuse(
      'monitoring-unpublished',
      '风险监测不是监督抽查，结果不发布监督抽查公告；监测结果按会商程序处理。',
      'Monitoring is no supervision sampling; its results are not published as such.',
      'scheme',
    );
  if (tasks.length === 0) return refuse('no-tasks', '这个方案没有抽样任务。', 'The scheme has no tasks.', 'scheme');
  return checkLeftOut(tasks, input.leftOut ?? []);
}

/** A rate that is not the market's says so wherever it is read. */
async function worthOf(act: Act, scheme: string): Promise<Pick<BulletinRow, 'representative' | 'rateNote'>> {
  const { representative, note } = await representationOf(act.sql, scheme);
  return { representative, rateNote: note.zh };
}

export async function draft(row: BulletinRow, input: Drafted, act: Act): Promise<Partial<BulletinRow>> {
  const scheme = input.scheme ?? row.scheme;
  const [found] = await act.sql.query<{ product_name: string }>(
    'select product_name from sampling.scheme where id = $1',
    [scheme],
  );
  if (found === undefined) throw act.problem('scheme-unknown', '找不到抽查方案。', 'The scheme was not found.');
  const compiled = compile(await tasksOf(act.sql, scheme));
  return {
    ...compiled,
    ...(await worthOf(act, scheme)),
    productName: found.product_name,
    leftOut: input.leftOut ?? [],
    revision: row.revision ?? 0,
  };
}

/** What is published is what the tasks say on the day of publication: a draft that time overtook is drafted again. */
export async function checkFresh(row: BulletinRow, _input: unknown, act: Act): Promise<true | Refusal> {
  const tasks = await tasksOf(act.sql, row.scheme);
  const compiled = compile(tasks);
  if (compiled.digest !== row.digest)
    return refuse(
      'draft-stale',
      '起草之后任务又有变化，请重新汇总后再报批。',
      'Tasks changed after the draft; draft it again.',
    );
  if (!addsUp(compiled)) throw new Error('The counts of a bulletin do not add up.');
  return checkLeftOut(tasks, row.leftOut);
}

/** The public body: public fields alone, and of the rows everything but the internal task number. */
function bodyOf(row: BulletinRow): Record<string, unknown> {
  const strip = (rows: BulletinRow['passing']) => rows.map(({ task: _task, ...open }) => open);
  return {
    ...disclose(Bulletin as unknown as Parameters<typeof disclose>[0], { ...row }),
    passing: strip(row.passing),
    failing: strip(row.failing),
  };
}

function publicationOf(row: BulletinRow, act: Act): Publication {
  const rows = [...row.passing, ...row.failing];
  const codes = rows.flatMap(({ enterpriseCode, producerCode }) => [enterpriseCode, producerCode]);
  const names = rows.flatMap(({ enterprise, producer }) => [enterprise, producer]);
  return {
    kind: 'sampling-bulletin',
    title: { zh: row.name, en: `Sampling bulletin: ${row.productName}` },
    region: authorityOf(act.offices, row.office).region,
    subjects: [...new Set(codes.filter((code): code is string => Boolean(code)))],
    body: bodyOf(row),
    words: [...new Set([row.productName, ...names].filter((text): text is string => Boolean(text)))],
  };
}

export async function publish(row: BulletinRow, _input: unknown, act: Act): Promise<Partial<BulletinRow>> {
  const now = { publishedOn: act.occurredOn, revision: 1, reason: null };
  return { ...now, entry: await act.publish(publicationOf({ ...row, ...now }, act)) };
}

export const Correction = z.strictObject({
  reason: field.longText('更正理由', { en: 'Why it is corrected', max: 2000 }),
  summary,
  leftOut,
});
type Correction = z.infer<typeof Correction>;

/** A correction compiles the campaign afresh; it must change something. */
export async function checkCorrection(row: BulletinRow, input: Correction, act: Act): Promise<true | Refusal> {
  const tasks = await tasksOf(act.sql, row.scheme);
  const same = compile(tasks).digest === row.digest && (input.summary ?? row.summary ?? null) === (row.summary ?? null);
  if (same)
    return refuse(
      'nothing-to-correct',
      '汇总结果与已发布的公告一致，没有需要更正的内容。',
      'It says what the tasks say; there is nothing to correct.',
    );
  return checkLeftOut(tasks, input.leftOut ?? []);
}

/** The new entry replaces the old one, which stays readable with the reason. */
export async function correct(row: BulletinRow, input: Correction, act: Act): Promise<Partial<BulletinRow>> {
  const compiled = compile(await tasksOf(act.sql, row.scheme));
  const now = {
    ...compiled,
    ...(await worthOf(act, row.scheme)),
    leftOut: input.leftOut ?? [],
    summary: input.summary ?? row.summary ?? null,
    reason: input.reason,
    publishedOn: act.occurredOn,
    revision: row.revision + 1,
  };
  const entry = await act.publish({ ...publicationOf({ ...row, ...now }, act), replaces: row.entry! });
  await act.withdraw(row.entry!, input.reason, entry);
  return { ...now, entry };
}

export const Withdrawal = z.strictObject({
  reason: field.longText('撤回理由', { en: 'Why it is withdrawn', max: 2000 }),
});

export async function withdraw(
  row: BulletinRow,
  input: z.infer<typeof Withdrawal>,
  act: Act,
): Promise<Partial<BulletinRow>> {
  await act.withdraw(row.entry!, input.reason);
  return {};
}
