import type { Claim } from '@hengjian/kernel';
import { actorOf } from '@hengjian/kernel';
import { beforeAll, describe, expect, it } from 'vitest';
import { readTruth, type Truth } from './expected.ts';
import type { Matrix, Post, Row } from './installation.ts';

type Rule = (row: Row, post: Post, truth: Truth) => boolean;

const never: Rule = () => false;
const everybody: Rule = () => true;
const own: Rule = (row, post) => row.person === post.person;
const byColumn =
  (column: string): Rule =>
  (row, post, truth) =>
    truth.maySee(post, row[column] as string);

/** Which rows of a table a post may read when nothing but the database decides. A table without a rule fails the test. */
function rules(truth: Truth, children: readonly string[], entityTables: readonly string[]): Map<string, Rule> {
  return new Map<string, Rule>([
    // What hangs on a record goes with it, unless a rule below says otherwise.
    ...children.map((table): [string, Rule] => [table, byColumn('record')]),
    ...['kernel.record', ...entityTables].map((table): [string, Rule] => [table, byColumn('id')]),
    ...['sampling.frame_entry', 'sampling.pool_entry', 'inspections.frame_entry', 'inspections.pool_entry'].map(
      (table): [string, Rule] => [table, byColumn('draw')],
    ),
    ['subjects.enterprise_version', byColumn('enterprise')],
    ...[
      'kernel.office',
      'kernel.office_change',
      'kernel.person',
      'kernel.number',
      'kernel.log_node',
      'kernel.log_head',
      'public_record.entry',
      // Accreditation and limits are open to every officer and every laboratory.
      'institutions.certificate',
      'institutions.interruption',
      'institutions.scope',
      'institutions.instrument',
      'institutions.calibration',
      'institutions.instrument_use',
      'institutions.signatory',
      'institutions.readiness',
      'institutions.grade',
      'laboratory.limit',
      // Series of numbers, seats at counters and who is in which team say nothing of anybody's matter.
      'licensing.sequence',
      'licensing.seat',
      'licensing.assignment',
    ].map((table): [string, Rule] => [table, everybody]),
    // A participant of a round sees his own line, the organiser every one.
    [
      'laboratory.round_result',
      (row, post, truth) =>
        row.organisation === post.organisation ||
        (truth.maySee(post, row.record as string) &&
          truth.offices(post).has(truth.facts.get(row.record as string)!.office)),
    ],
    // Who may not apply again is asked by the offices that accept.
    ['licensing.bar', (_row, post, truth) => truth.offices(post).size > 0],
    ['licensing.outcome', byColumn('application')],
    // What figures are counted from: for those who read the records counted, in their offices and those below.
    ...Object.entries({
      'reporting.sampling_fact': 'sampling.task',
      'reporting.draw_fact': 'sampling.draw',
      'reporting.loop_fact': 'handling.loop',
    }).map(([table, entity]): [string, Rule] => [
      table,
      (row, post, truth) =>
        truth.lifecycle(entity).readers.includes(post.role) &&
        (truth.offices(post).has(row.office as string) ||
          (row.above as string[]).some((token) => truth.tokens(post).has(token))),
    ]),
    // Acts are counted for those who read the cards of that office.
    [
      'monitoring.tally',
      (row, post, truth) =>
        truth.lifecycle('monitoring.card').readers.includes(post.role) && truth.offices(post).has(row.office as string),
    ],
    ['kernel.parked', (row, post) => truth.offices(post).has(row.office as string)],
    ...['desk.draft', 'desk.upload', 'desk.job'].map((table): [string, Rule] => [table, own]),
    ...[
      'kernel.reservation',
      'sampling.exclusion',
      'inspections.exclusion',
      'sampling.sheet_receipt',
      'kernel.lease',
      'kernel.flow_cursor',
      'desk.sign_in_user',
      'desk.sign_in_session',
      'desk.sign_in_credential',
      'desk.sign_in_verification',
      'desk.sign_in_second_factor',
      'desk.sign_in_attempt',
    ].map((table): [string, Rule] => [table, never]),
  ]);
}

/** Tables of which the application reads some columns only. */
const partly = new Map([
  ['kernel.person', 'id'],
  ['complaints.identity', 'record'],
  ['complaints.follow', 'record'],
]);
/** Schemas of nobody's records; in `public` lie the names of applied migrations, which only the owner reads. */
const system = `('pg_catalog', 'information_schema', 'pg_toast', 'public')`;
const deciding = ['id', 'record', 'application', 'draw', 'enterprise', 'office', 'person', 'organisation', 'above'];

/** The database by itself: raw statements under each claim, with every predicate of the application removed. */
export function rowSecurity(held: () => Matrix): void {
  describe('what the database itself lets a post read', () => {
    let matrix: Matrix;
    let truth: Truth;
    let tables: Map<string, Row[]>;
    let children: string[];

    beforeAll(async () => {
      matrix = held();
      truth = await readTruth(matrix);
      const columns = await matrix.rows<{ target: string; names: string[] }>(
        `select t.schemaname || '.' || t.tablename as target, array_agg(c.column_name::text) as names
         from pg_tables t join information_schema.columns c on c.table_schema = t.schemaname and c.table_name = t.tablename
         where t.schemaname not in ${system} group by 1 order by 1`,
      );
      tables = new Map();
      children = columns.filter(({ names }) => names.includes('record')).map(({ target }) => target);
      for (const { target, names } of columns) {
        const wanted = deciding.filter((name) => names.includes(name));
        // The owner sees where each row lies; who may read some columns only is known by the id that they may read.
        const at = partly.get(target) ?? 'ctid';
        tables.set(target, await matrix.rows(`select ${[`${at}::text as at`, ...wanted].join(', ')} from ${target}`));
      }
    });

    const reader = async (role: 'hengjian_app' | 'hengjian_machine' | 'hengjian_public', claim: Claim | null) => {
      const granted = await matrix.platform.database.transaction(role, claim, (tx) =>
        tx.query<{ target: string; may: boolean }>(
          `select target, case when not has_schema_privilege(split_part(target, '.', 1), 'usage') then false
             when target = any($2) then has_column_privilege(target, ($3::text[])[array_position($2, target)], 'select')
             else has_table_privilege(target, 'select') end as may from unnest($1::text[]) as target`,
          [[...tables.keys()], [...partly.keys()], [...partly.values()]],
        ),
      );
      const open = granted.filter(({ may }) => may).map(({ target }) => target);
      const at = (target: string): string => partly.get(target) ?? 'ctid';
      const text = open
        .map(
          (target) =>
            `select '${target}' as target, coalesce(array_agg(${at(target)}::text), '{}') as seen from ${target}`,
        )
        .join(' union all ');
      const rows = await matrix.platform.database.transaction(role, claim, (tx) =>
        tx.query<{ target: string; seen: string[] }>(text),
      );
      return new Map(rows.map(({ target, seen }) => [target, new Set(seen)]));
    };

    it('forces row security on every table', async () => {
      const open = await matrix.rows(
        `select c.oid::regclass::text as target from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname not in ${system} and c.relkind = 'r'
           and not (c.relrowsecurity and c.relforcerowsecurity)`,
      );
      expect(open).toEqual([]);
    });

    it('opens each record to the parties that its declaration and its hand-overs name, and to nobody else', async () => {
      const held = await matrix.rows<{ id: string; parties: string[] }>('select id, parties from kernel.record');
      const wrong = held.filter(({ id, parties }) => {
        const { parties: declared, doors } = truth.facts.get(id)!;
        return [...new Set(parties)].sort().join() !== [...new Set([...declared, ...doors])].sort().join();
      });
      expect(wrong).toEqual([]);
    });

    it('shows under each claim exactly the rows that the rules give it, in every table', async () => {
      const known = rules(
        truth,
        children,
        [...matrix.platform.register.lifecycles.values()].map(({ entity }) => entity.table),
      );
      expect([...tables.keys()].filter((target) => !known.has(target))).toEqual([]);
      const wrong: string[] = [];
      for (const post of matrix.posts) {
        const claim = actorOf(matrix.platform, {
          ...post,
          personName: '',
          organisationName: null,
          validUntil: null,
          actingForName: null,
        }).claim;
        const seen = await reader('hengjian_app', claim);
        for (const [target, rows] of tables) {
          const rule = known.get(target)!;
          const shown = seen.get(target) ?? new Set();
          const expected = new Set(rows.filter((row) => rule(row, post, truth)).map(({ at }) => at as string));
          const more = [...shown].filter((at) => !expected.has(at)).length;
          const less = [...expected].filter((at) => !shown.has(at)).length;
          if (more + less > 0)
            wrong.push(`${post.role} at ${post.organisation ?? post.office}: ${target} +${more} -${less}`);
        }
      }
      expect(wrong).toEqual([]);
    });

    it('shows nothing but the tree of offices, the public record and the hashes of the log without a claim', async () => {
      const seen = await reader('hengjian_app', null);
      const some = [...seen].filter(([, rows]) => rows.size > 0).map(([target]) => target);
      expect(some.sort()).toEqual(['kernel.log_head', 'kernel.log_node', 'kernel.office', 'public_record.entry']);
    });

    it('shows visitors of the portal the public record and the hashes of the log only', async () => {
      const seen = await reader('hengjian_public', null);
      expect([...seen.keys()].sort()).toEqual(['kernel.log_head', 'kernel.log_node', 'public_record.entry']);
      expect(seen.get('public_record.entry')!.size).toBe(tables.get('public_record.entry')!.length);
    });

    it('shows the machines the ledger, and neither papers, drafts nor the content of any domain', async () => {
      const seen = await reader('hengjian_machine', null);
      expect([...seen.keys()].filter((target) => !target.startsWith('desk.sign_in_')).sort()).toEqual([
        // What is sent out, and to which systems.
        'correspondence.message',
        'correspondence.preference',
        'desk.job',
        'exchange.connection',
        'kernel.clock',
        'kernel.event',
        'kernel.flow_cursor',
        'kernel.grant',
        'kernel.handover',
        'kernel.lease',
        'kernel.log_head',
        'kernel.log_node',
        'kernel.office',
        'kernel.office_change',
        'kernel.parked',
        'kernel.person',
        'kernel.record',
        // What electronic monitoring has counted.
        'monitoring.tally',
      ]);
      await expect(
        matrix.platform.database.transaction('hengjian_machine', null, (tx) =>
          tx.query('select content from kernel.document'),
        ),
      ).rejects.toThrow(/permission denied/);
    });

    it('refuses a claim that widens itself inside a search', async () => {
      const county = matrix.post('result-handler', '430102');
      const [fact] = [...truth.facts.values()].filter(
        ({ entity, number }) => entity === 'sampling.task' && number !== null,
      );
      const found = await matrix.platform.database.transaction(
        'hengjian_app',
        { person: county.person, offices: [], entities: [], parties: [], writes: [] },
        (tx) =>
          tx.query(`select * from kernel.page('updated', true, 1000, with_words => to_tsquery('simple', $1))`, [
            fact!.number!.replaceAll(/\W/g, ' ').trim().split(/\s+/)[0] ?? 'x',
          ]),
      );
      expect(found).toEqual([]);
    });
  });
}
