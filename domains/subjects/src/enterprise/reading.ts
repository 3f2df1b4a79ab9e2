import { Problem, type Transaction } from '@hengjian/kernel';
import { Enterprise, type EnterpriseRow } from './entity.ts';

/** Posts that may read the register within their offices. */
export const readers = [
  'data-steward',
  'planner',
  'section-chief',
  'bureau-head',
  'organiser',
  'sampler',
  'result-handler',
  'complaint-desk',
  'complaint-handler',
  'report-verifier',
  'auditor',
] as const;

/** Columns of the register's table as the fields of a row. */
export const enterpriseColumns = [
  'id',
  'home',
  'office',
  'parties',
  'state',
  ...Enterprise.fields.map(({ name, column }) => `${column} as "${name}"`),
].join(', ');

/** @throws Problem 404 `enterprise-unknown` when there is none, or the reader may not see it. */
export async function readEnterprise(sql: Transaction, id: string): Promise<EnterpriseRow> {
  const [row] = await sql.query<EnterpriseRow>(`select ${enterpriseColumns} from subjects.enterprise where id = $1`, [
    id,
  ]);
  if (row === undefined)
    throw new Problem(
      404,
      'enterprise-unknown',
      '主体库中没有这个经营主体，或者您无权查看。',
      'There is no such business entity, or you may not see it.',
    );
  return row;
}

export interface CodeHolder {
  id: string;
  name: string;
  creditCode: string;
  office: string;
}

/** Who holds these codes anywhere in the register, whatever the asker may read: a code stands for one enterprise. */
export function holdersOf(sql: Transaction, codes: readonly string[]): Promise<CodeHolder[]> {
  return sql.query<CodeHolder>(
    'select id, name, credit_code as "creditCode", office from subjects.code_holders($1::text[])',
    [codes],
  );
}

/** Name and credit code of an entity by its identifier, whatever the asker may read; undefined when there is none. */
export async function nameOfEntity(
  sql: Pick<Transaction, 'query'>,
  id: string,
): Promise<{ name: string; creditCode: string | null } | undefined> {
  const [found] = await sql.query<{ name: string; creditCode: string | null }>(
    'select name, credit_code as "creditCode" from subjects.entity_named($1::uuid)',
    [id],
  );
  return found;
}
