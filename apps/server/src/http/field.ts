import { type Actor, Problem, type Transaction } from '@hengjian/kernel';
import { describeFor, listInput, listRecords, readRecord } from '@hengjian/reading';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { findRegion, findSeat } from '../../../../data/regions/index.ts';
import type { Server } from './app.ts';
import { parse } from './records.ts';

/** What the field app does, offline too, in the order in which it offers it. */
const fieldActions = ['sample', 'order', 'unbox', 'notSampled', 'terminate', 'deliver', 'sendShopPapers'];
/** States in which a task still needs somebody outside. */
const openStates = 'assigned,ordered,sampled';
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
      const page = await listRecords(
        platform,
        who,
        sql,
        listInput.parse({ entity: 'sampling.task', state: openStates, limit: most }),
      );
      const tasks = [];
      for (const { id } of page.rows) {
        const task = await takeAlong(platform, who, sql, id);
        if (isNamed(who, task.fields.samplers)) tasks.push(task);
      }
      return { tasks, more: page.next !== null };
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
    if (task.entity !== 'sampling.task' || !isNamed(who, task.fields.samplers))
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

/** The forms of what is done outside, as the domain declares them: the very ones of the desk. */
function declared(platform: Server['platform'], who: Actor) {
  const task = describeFor(platform.register, who).find(({ name }) => name === 'sampling.task');
  return {
    actions: fieldActions.flatMap((wanted) => task?.actions.filter(({ name }) => name === wanted) ?? []),
    documents: task?.documents ?? {},
    states: task?.states ?? {},
  };
}

const isNamed = (who: Actor, samplers: unknown): boolean =>
  Array.isArray(samplers) && samplers.some((named: { person?: string }) => named.person === who.person);

/** A task with everything that is needed where there is no network: papers as they read, the firm, and where to go. */
async function takeAlong(platform: Server['platform'], who: Actor, sql: Transaction, id: string) {
  const page = await readRecord(platform, who, sql, id);
  const papers = await sql.query<{ kind: string; content: Record<string, unknown> }>(
    `select kind, title, number, sha256, content from kernel.document
     where record = $1 and template is not null and superseded_by is null and kind in ('samplingNotice', 'authorisation', 'taskLetter', 'sheet') order by created_at`,
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
