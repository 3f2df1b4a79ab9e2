import { v7 as uuid } from 'uuid';
import type { Act, Hand } from './act.ts';
import type { Row } from './database/database.ts';
import { insertRow } from './database/statement.ts';
import type { Lifecycle } from './declare/lifecycle.ts';
import { type Loaded, load, take, type Work } from './execute.ts';
import { parseInput } from './input.ts';
import { dayInChina } from './kernel.ts';
import { Problem } from './problem.ts';
import { getAction, getLifecycle } from './register.ts';
import { vectorOf } from './words.ts';

/** What a handler holds: reads under the actor's claim, children, other records of the same command, the public record. */
export function makeAct(work: Work, lifecycle: Lifecycle, row: Row, loaded: Loaded, hands: Hand[]): Act {
  const { kernel, actor, sql } = work;
  const act: Act & { event?: string } = {
    actor,
    hands,
    occurredAt: work.occurredAt,
    occurredOn: dayInChina(work.occurredAt),
    today: dayInChina(work.recordedAt),
    calendar: kernel.calendar,
    edition: (loaded.register?.edition as string | undefined) ?? lifecycle.editions.at(-1)!.name,
    sql,
    offices: kernel.offices,
    roles: new Set(Object.keys(kernel.register.roles)),
    apart: new Set(Object.keys(kernel.register.roles).filter((role) => kernel.register.roles[role]!.apart)),
    async create(entity, name, input, place = {}) {
      const child = getLifecycle(kernel.register, entity);
      const action = getAction(child, name);
      const office = place.office ?? (row.office as string);
      await allowWriting(work, office);
      const parsed = parseInput(action, input);
      const nothing = { row: null, register: null, clocks: [], held: [], hands: [], replay: null };
      const parent = place.parent ?? (row.id as string);
      const step = await take(work, child, action, nothing, parsed, '', [], {
        ...place,
        office,
        parent,
        vouched: true,
      });
      return step.row as never;
    },
    async perform(entity, id, name, input, as = []) {
      const other = getLifecycle(kernel.register, entity);
      const action = getAction(other, name);
      const found = await load(work, other, id);
      await allowWriting(work, found.row!.office);
      await take(work, other, action, found, parseInput(action, input), '', as, { vouched: true });
    },
    async publish(publication) {
      const id = uuid();
      const office = kernel.offices.get(row.office as string)!;
      const { title, kind, region, subjects, body, replaces = null } = publication;
      await insertRow(sql, 'public_record.entry', {
        id,
        kind,
        record: row.id,
        event: act.event,
        title_zh: title.zh,
        title_en: title.en,
        office: office.code,
        office_zh: office.label.zh,
        office_en: office.label.en,
        region,
        subjects,
        body: JSON.stringify(body),
        published_at: work.recordedAt,
        replaces,
        words: vectorOf([title.zh, title.en, ...publication.words]),
      });
      if (publication.opens !== undefined) {
        const { fields, entries } = work.opened.get(act.event!) ?? { fields: {}, entries: [] };
        work.opened.set(act.event!, { fields: { ...fields, ...publication.opens }, entries: [...entries, id] });
      }
      return id;
    },
    async withdraw(entry, reason, replacedBy) {
      const changed = await sql.query(
        `update public_record.entry set withdrawn_at = $2, reason = $3, replaced_by = $4 where id = $1 and withdrawn_at is null returning id`,
        [entry, work.recordedAt, reason, replacedBy ?? null],
      );
      if (changed.length === 0)
        throw new Problem(422, 'not-public', '没有可以撤回的公开内容。', 'There is nothing public to withdraw.');
    },
    async door(record, token, open, ending) {
      const [moved] = await sql.query<{ entity: string | null }>('select kernel.move_door($1, $2, $3, $4) as entity', [
        record,
        token,
        open,
        ending ?? null,
      ]);
      if (!moved?.entity)
        throw new Problem(
          404,
          'not-found',
          '没有这条记录，或者您无权移交。',
          'There is no such record, or you may not hand it over.',
        );
    },
    problem: (code, zh, en) => new Problem(422, code, zh, en),
  };
  return act;
}

/** Lets the handler of an admitted action write a child at another office: a firm's objection is kept by the organiser. */
async function allowWriting(work: Work, office: string): Promise<void> {
  const { claim } = work.actor;
  if (claim.writes.includes(office)) return;
  const widened = { ...claim, writes: [...claim.writes, office] };
  work.actor = { ...work.actor, claim: widened };
  await work.sql.query(`select set_config('hengjian.writes', $1::text[]::text, true)`, [widened.writes]);
}
