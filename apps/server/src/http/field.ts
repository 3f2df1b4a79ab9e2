import { type Actor, dayInChina, type Label, Problem, type Transaction } from '@hengjian/kernel';
import { describeFor, listInput, listRecords, readRecord } from '@hengjian/reading';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { findRegion, findSeat } from '../../../../data/regions/index.ts';
import type { Server } from './app.ts';
import { parse } from './records.ts';

/** What is done outside, offline too: acts in the order in which they are offered, states that still need somebody there, who is named. */
const outside = {
  'sampling.task': {
    actions: ['sample', 'order', 'unbox', 'notSampled', 'terminate', 'deliver', 'sendShopPapers'],
    states: 'assigned,ordered,sampled',
    people: 'samplers',
  },
  'inspections.visit': { actions: ['enter', 'record'], states: 'approved,inspecting', people: 'officers' },
} as const;
type Outside = keyof typeof outside;
const kinds = Object.keys(outside) as Outside[];
/** So many tasks are taken along at most; a body with more works them off office by office. */
const most = 200;

/**
 * What the field app carries into the day: the caller's own tasks and nobody else's (practice W1), each whole, so that nothing has to be asked
 * outside, and the time, so that the device's clock can be corrected.
 */
export function fieldRoutes(app: FastifyInstance, { platform, actor, readLog, configuration }: Server): void {
  app.get('/api/field/time', async (request) => {
    await actor(request);
    return { now: platform.now().toISOString() };
  });

  app.get('/api/field/day', async (request) => {
    const who = await actor(request);
    const day = await platform.database.transaction('hengjian_app', who.claim, async (sql) => {
      const tasks = [];
      let more = false;
      const barred = await whyNoVisits(sql, who, dayInChina(platform.now()));
      for (const entity of kinds) {
        if (entity === 'inspections.visit' && barred !== null) continue;
        const asked = listInput.parse({ entity, state: outside[entity].states, limit: most });
        const page = await listRecords(platform, who, sql, asked);
        more ||= page.next !== null;
        for (const { id } of page.rows) {
          const task = await takeAlong(platform, who, sql, id);
          if (isNamed(who, task)) tasks.push(task);
        }
      }
      return { tasks, more, barred };
    });
    for (const { id, entity } of day.tasks) readLog.note(who, id, entity, 'open');
    return {
      now: platform.now().toISOString(),
      person: { id: who.person, name: who.name },
      verifyAt: `${configuration.baseUrl}/verify/`,
      ...declared(platform, who),
      ...day,
    };
  });

  app.get('/api/field/tasks/:id', async (request) => {
    const who = await actor(request);
    const { id } = parse(z.object({ id: z.uuid() }), request.params);
    const task = await platform.database.transaction('hengjian_app', who.claim, (sql) =>
      takeAlong(platform, who, sql, id),
    );
    if (!isNamed(who, task))
      throw new Problem(
        404,
        'not-found',
        '没有这项任务，或者不由您办理。',
        'There is no such task, or it is not yours.',
      );
    readLog.note(who, id, task.entity, 'open');
    return { now: platform.now().toISOString(), task };
  });
}

/** The forms of what is done outside, as the domains declare them: the very ones of the desk. */
function declared(platform: Server['platform'], who: Actor) {
  const described = describeFor(platform.register, who);
  const of = (entity: Outside) => described.find(({ name }) => name === entity);
  return {
    actions: kinds.flatMap((entity) =>
      outside[entity].actions.flatMap((wanted) =>
        (of(entity)?.actions ?? []).filter(({ name }) => name === wanted).map((form) => ({ ...form, entity })),
      ),
    ),
    documents: Object.assign({}, ...kinds.map((entity) => of(entity)?.documents ?? {})) as Record<string, Label>,
    states: Object.fromEntries(kinds.map((entity) => [entity, of(entity)?.states ?? {}])),
  };
}

/** The person is one of those whom the task names; nobody else takes it along (practice W1). */
function isNamed(who: Actor, task: { entity: string; fields: Record<string, unknown> }): boolean {
  const known = outside[task.entity as Outside];
  const named = known === undefined ? undefined : task.fields[known.people];
  return Array.isArray(named) && named.some(({ person }: { person?: string }) => person === who.person);
}

/** Inspections are for officers of the bank whose certificate holds; a body's samplers see sampling alone (practice W11). */
async function whyNoVisits(sql: Transaction, who: Actor, today: string): Promise<Label | null> {
  if (who.role !== 'inspector') return null;
  const [own] = await sql.query<{ until: string }>(
    `select to_char(certificate_until, 'YYYY-MM-DD') as until from inspections.officer where person = $1 and state = 'listed' order by certificate_until desc`,
    [who.person],
  );
  if (own !== undefined && own.until >= today) return null;
  return own === undefined
    ? {
        zh: '您不在执法检查人员名录库中，没有检查任务可办。',
        en: 'You are not in the bank of inspecting officers; there are no inspections for you.',
      }
    : {
        zh: `您的执法证已于 ${own.until} 到期，换证之前不能检查。`,
        en: `Your enforcement certificate ended on ${own.until}; you may not inspect until it is renewed.`,
      };
}

/** A task with everything that is needed where there is no network: papers as they read, the firm, and where to go. */
async function takeAlong(platform: Server['platform'], who: Actor, sql: Transaction, id: string) {
  const page = await readRecord(platform, who, sql, id);
  const papers = await sql.query<{ kind: string; content: Record<string, unknown> }>(
    `select kind, title, number, sha256, content from kernel.document
     where record = $1 and template is not null and superseded_by is null and kind in ('samplingNotice', 'authorisation', 'taskLetter', 'sheet', 'notice') order by created_at`,
    [id],
  );
  const region = String(page.fields.enterpriseRegion ?? '');
  const { fields, entity, number, title, state, stateLabel, due, dueState, version, subject } = page;
  return {
    id,
    entity,
    number,
    title,
    state,
    stateLabel,
    due,
    dueState,
    version,
    fields,
    papers,
    firm: subject === null ? null : await firmOf(platform, who, sql, subject.id),
    earlier: await earlierOf(
      sql,
      id,
      String(fields.enterprise ?? subject?.id ?? ''),
      String(fields.enterpriseCode ?? ''),
    ),
    region: { code: region, name: regionName(region) },
    seat: findSeat(region) ?? null,
  };
}

/** What the caller may see of the firm in the register; null where his post reads none of it. */
async function firmOf(platform: Server['platform'], who: Actor, sql: Transaction, id: string) {
  const [visible] = await sql.query<{ entity: string }>('select entity from kernel.record where id = $1', [id]);
  return visible === undefined ? null : (await readRecord(platform, who, sql, id)).fields;
}

/** What was sampled of the firm before, as far as the caller stood in it, and what was made public of it: the newest of each. */
async function earlierOf(sql: Transaction, task: string, enterprise: string, code: string) {
  const sheets = z.uuid().safeParse(enterprise).success
    ? await sql.query(
        `select sampled_on as "sampledOn", sample_name as "sampleName", trademark, model, standard, grade from sampling.task
         where enterprise = $1 and id <> $2 and sampled_on is not null order by sampled_on desc limit 3`,
        [enterprise, task],
      )
    : [];
  const published = await sql.query<{ id: string; zh: string; en: string; at: string }>(
    `select id, title_zh as zh, title_en as en, published_at as at from public_record.entry
     where subjects @> array[$1::text] and withdrawn_at is null order by published_at desc limit 5`,
    [code],
  );
  return { sheets, published: published.map(({ id, zh, en, at }) => ({ id, title: { zh, en }, at })) };
}

function regionName(code: string): string {
  const region = findRegion(code);
  if (region === undefined) return code;
  const above = region.parent === null ? undefined : findRegion(region.parent);
  return `${above === undefined || above.parent === null ? '' : above.name}${region.name}`;
}
