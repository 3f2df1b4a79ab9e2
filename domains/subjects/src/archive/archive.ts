import { showPersonal } from '@hengjian/identifiers';
import { type Label, query, type Reader, type Transaction } from '@hengjian/kernel';
import { type RecordView, readRecord, viewRecords } from '@hengjian/reading';
import { z } from 'zod';
import { Enterprise, type Facts } from '../enterprise/entity.ts';
import { enterpriseAsOf } from '../enterprise/history.ts';
import { readers } from '../enterprise/reading.ts';
import { QualityIssue } from '../quality/entity.ts';

/** A time during which everything told about the enterprise stayed the same. */
interface Period {
  from: string;
  until: string | null;
  fields: Record<string, unknown>;
  recordedOn: string;
  label: Label;
  reason: string | null;
}

/** Records of one kind that are shown; the count tells of more, the list has them all. */
const perKind = 50;
const registerColumns = `r.id, r.entity, r.office, r.number, r.title, r.state, r.subject, r.subject_name, r.handler, r.due, r.opened_at,
  r.updated_at, r.closed_at, r.version, r.next_roles, r.sheet, r.parent`;

/**
 * 一企一档: the enterprise today or on any past day, by what is known now or was known on another day, with every record that
 * concerns it or in which it stands, of every domain, as far as the reader may see. Records of duplicates merged into it count as its own.
 */
export const archive = query({
  name: 'subjects.archive',
  label: { zh: '一企一档', en: 'Enterprise archive' },
  roles: [...readers, 'enterprise-agent'],
  input: z.object({ enterprise: z.uuid(), asOf: z.iso.date().optional(), knownOn: z.iso.date().optional() }),
  answer: async ({ enterprise, asOf, knownOn }, reader) => {
    const { sql, kernel, actor } = reader;
    const page = await readRecord(kernel, actor, sql, enterprise);
    const visible = new Set(Object.keys(page.fields));
    const periods = await sql.query<{
      from: string;
      until: string | null;
      fields: Facts;
      recordedOn: string;
      action: string;
      reason: string | null;
    }>(
      `select valid_from as "from", valid_until as "until", fields, recorded_on as "recordedOn", action, reason
       from subjects.enterprise_version where enterprise = $1 and superseded_on is null order by valid_from, id`,
      [enterprise],
    );
    const actions = kernel.register.lifecycles.get(Enterprise.name)!.actions;
    const history = periods.map(
      ({ from, until, fields, recordedOn, action, reason }): Period => ({
        from,
        until,
        fields: shown(fields, visible),
        recordedOn,
        label: actions[action]!.label,
        reason,
      }),
    );
    const then =
      asOf === undefined && knownOn === undefined
        ? undefined
        : await enterpriseAsOf(sql, enterprise, asOf ?? reader.today, knownOn);
    const { records, counts } = await recordsAbout(reader, enterprise);
    const issues = records.find(({ entity }) => entity === QualityIssue.name)?.rows ?? [];
    return {
      enterprise: page,
      asOf: then === undefined ? null : { from: then.from, until: then.until, fields: shown(then.fields, visible) },
      history,
      records: records.filter(({ entity }) => entity !== QualityIssue.name),
      issues: issues.filter(({ closed }) => !closed),
      counts,
    };
  },
});

/** The facts that the reader sees of the enterprise itself; personal ones masked. */
function shown(facts: Facts, visible: ReadonlySet<string>): Record<string, unknown> {
  return Object.fromEntries(
    Enterprise.fields
      .filter(({ name }) => visible.has(name) && Object.hasOwn(facts, name))
      .map(({ name, meta }) => {
        const value = facts[name as keyof Facts] ?? null;
        return [
          name,
          meta.personal === undefined || value === null
            ? value
            : { masked: showPersonal('personal-name', String(value)) },
        ];
      }),
  );
}

/** Under the reader's claim, so row security decides; a firm sees what is open to it as a party. */
async function recordsAbout(
  { sql, kernel }: Reader,
  enterprise: string,
): Promise<{ records: { entity: string; label: Label; rows: RecordView[] }[]; counts: Record<string, number> }> {
  const ids = await withMerged(sql, enterprise);
  const found = await sql.query<{ n: number; entity: string }>(
    `select * from (
       select ${registerColumns}, count(*) over (partition by r.entity) as n, row_number() over (partition by r.entity order by r.updated_at desc, r.id) as place
       from kernel.record r where (r.subject = any($1::uuid[]) or r.parties && $2::text[]) and r.id <> $3 and r.entity <> 'kernel.grant') as near
     where place <= $4 order by entity, place`,
    [ids, ids.map((id) => `org:${id}`), enterprise, perKind],
  );
  const views = await viewRecords(kernel, sql, found);
  const groups = Map.groupBy(views, ({ entity }) => entity);
  return {
    records: [...groups].map(([entity, rows]) => ({
      entity,
      label: kernel.register.lifecycles.get(entity)!.entity.label,
      rows,
    })),
    counts: Object.fromEntries(found.map(({ entity, n }) => [entity, Number(n)])),
  };
}

/** The enterprise and the duplicates that were merged into it, also by way of others. */
async function withMerged(sql: Transaction, enterprise: string): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `with recursive same as (
       select $1::uuid as id union select e.id from subjects.enterprise e join same s on e.merged_into = s.id)
     select id from same`,
    [enterprise],
  );
  return rows.map(({ id }) => id);
}
