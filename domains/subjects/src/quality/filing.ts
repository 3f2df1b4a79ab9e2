import { hash } from 'node:crypto';
import { type Actor, dayInChina, ingest, type Kernel } from '@hengjian/kernel';
import { v7 as uuid } from 'uuid';
import { type EnterpriseRow, factsOf } from '../enterprise/entity.ts';
import { enterpriseColumns } from '../enterprise/reading.ts';
import { QualityIssue } from './entity.ts';
import { examine, type Finding, sharedCode } from './rules.ts';

/** Something found about an enterprise. */
export interface Found {
  enterprise: { id: string; name: string; office: string };
  finding: Finding;
}

/**
 * Opens an issue for everything found that has none yet, all at once. What was dismissed stays dismissed as long as the value is
 * the same; `once` also leaves out what was resolved before, for sources that repeat their old mistakes.
 * @returns how many were opened
 */
export async function fileIssues(
  kernel: Kernel,
  actor: Actor,
  found: readonly Found[],
  options: { foundIn?: string; once?: boolean } = {},
): Promise<number> {
  if (found.length === 0) return 0;
  const held = await kernel.database.transaction(
    'hengjian_app',
    actor.claim,
    (sql) =>
      sql.query<{ enterprise: string; rule: string; value: string | null }>(
        `select enterprise, rule, value from subjects.quality_issue where enterprise = any($1::uuid[]) and ($2::boolean or state <> 'resolved')`,
        [[...new Set(found.map(({ enterprise }) => enterprise.id))], options.once === true],
      ),
    'jobs',
  );
  const key = (enterprise: string, rule: string, value: string | null): string =>
    `${enterprise} ${rule} ${value ?? ''}`;
  const known = new Set(held.map(({ enterprise, rule, value }) => key(enterprise, rule, value)));
  const rows = found.flatMap(({ enterprise, finding }) => {
    const own = key(enterprise.id, finding.rule, finding.value);
    if (known.has(own)) return [];
    known.add(own);
    return [
      {
        id: uuid(),
        office: enterprise.office,
        enterprise: enterprise.id,
        enterpriseName: enterprise.name,
        rule: finding.rule,
        property: finding.property,
        value: finding.value,
        problem: finding.zh,
        problemEnglish: finding.en,
        foundOn: dayInChina(kernel.now()),
        foundIn: options.foundIn ?? null,
        evidence: null,
      },
    ];
  });
  if (rows.length === 0) return 0;
  const contentHash = hash('sha256', JSON.stringify(rows), 'hex');
  await ingest(kernel, actor, {
    entity: QualityIssue.name,
    state: 'found',
    office: (row) => row.office as string,
    rows,
    contentHash,
  });
  return rows.length;
}

const page = 2_000;

/** Asks every rule of every enterprise that the actor may read, and opens issues for what it finds. Returns how many it opened. */
export async function examineRegister(kernel: Kernel, actor: Actor): Promise<number> {
  const today = dayInChina(kernel.now());
  let opened = 0;
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const { rows, shared } = await kernel.database.transaction(
      'hengjian_app',
      actor.claim,
      async (sql) => {
        const read = await sql.query<EnterpriseRow>(
          `select ${enterpriseColumns} from subjects.enterprise where id > $1 and state in ('registered', 'closed') and office = any($3::text[]) order by id limit $2`,
          [after, page, actor.claim.writes],
        );
        const codes = read.flatMap(({ creditCode }) => creditCode ?? []);
        const holders = await sql.query<{ code: string; names: string[] }>(
          'select credit_code as code, array_agg(name) as names from subjects.code_holders($1::text[]) group by credit_code having count(*) > 1',
          [codes],
        );
        return { rows: read, shared: new Map(holders.map(({ code, names }) => [code, names])) };
      },
      'jobs',
    );
    if (rows.length === 0) return opened;
    const found = rows.flatMap((row) => {
      const names = row.creditCode ? shared.get(row.creditCode) : undefined;
      const findings = [
        ...examine(factsOf(row), today),
        ...(names === undefined ? [] : [sharedCode(row.creditCode!, names)]),
      ];
      return findings.map((finding): Found => ({ enterprise: row, finding }));
    });
    opened += await fileIssues(kernel, actor, found);
    after = rows.at(-1)!.id;
  }
}
