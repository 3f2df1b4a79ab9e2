import { showPersonal } from '@hengjian/identifiers';
import { type Actor, type Kernel, Problem } from '@hengjian/kernel';
import { Enterprise, type EnterpriseRow, kinds, statuses } from './enterprise/entity.ts';
import { enterpriseColumns } from './enterprise/reading.ts';
import { headings, type ImportField } from './import/columns.ts';

export interface ExportOptions {
  /** States to be exported; those in force when it is not said. */
  states?: readonly string[];
  /** Region code; only enterprises within it. */
  region?: string;
  language?: 'zh' | 'en';
}

const exported = [
  'name',
  'creditCode',
  'kind',
  'region',
  'address',
  'industry',
  'registeredCapital',
  'registeredOn',
  'businessScope',
  'legalRepresentative',
  'contact',
  'status',
  'aliases',
  'sourceKey',
] as const satisfies readonly (ImportField & keyof EnterpriseRow)[];
const page = 2_000;

/**
 * The register as CSV (UTF-8 with mark, RFC 4180), page by page: exactly the rows that the actor may see, personal fields masked.
 * Its headings are those of the import, so what was exported can be imported again.
 * @throws Problem 403 when the actor's post does not read the register
 */
export async function* exportEnterprises(
  kernel: Kernel,
  actor: Actor,
  options: ExportOptions = {},
): AsyncGenerator<string> {
  if (!actor.claim.entities.includes(Enterprise.name))
    throw new Problem(403, 'not-your-role', '您的岗位不能导出经营主体库。', 'Your post may not export the register.');
  const language = options.language ?? 'zh';
  yield `\ufeff${exported.map((name) => cell(headings[name][language === 'zh' ? 0 : 1])).join(',')}\r\n`;
  const within = options.region === undefined ? '%' : `${options.region.replace(/(?:00)+$/, '')}%`;
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const rows = await kernel.database.transaction(
      'hengjian_app',
      actor.claim,
      (sql) =>
        sql.query<EnterpriseRow>(
          `select ${enterpriseColumns} from subjects.enterprise where id > $1 and state = any($2::text[]) and coalesce(region, '') like $3 order by id limit $4`,
          [after, options.states ?? ['registered', 'closed'], within, page],
        ),
      'jobs',
    );
    if (rows.length === 0) return;
    yield rows.map((row) => `${exported.map((name) => cell(textOf(name, row, language))).join(',')}\r\n`).join('');
    after = rows.at(-1)!.id;
  }
}

function textOf(name: (typeof exported)[number], row: EnterpriseRow, language: 'zh' | 'en'): string {
  const value = row[name];
  if (value === null || value === undefined) return '';
  if (name === 'kind') return kinds[row.kind][language];
  if (name === 'status') return statuses[row.status][language];
  if (name === 'legalRepresentative') return showPersonal('personal-name', String(value));
  if (name === 'contact') return showPersonal('phone', String(value));
  return Array.isArray(value) ? value.join('；') : value;
}

/** A cell that a spreadsheet will not take for a formula. */
function cell(text: string): string {
  const safe = /^[=+\-@]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
