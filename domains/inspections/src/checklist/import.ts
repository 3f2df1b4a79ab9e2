import { createHash } from 'node:crypto';
import { type Actor, execute, type Kernel, Problem } from '@hengjian/kernel';
import { readFormSheets } from './workbook.ts';
import { readForm } from './xlsform.ts';

/** What became of a form: rows taken and left out, and every cell that was not understood. */
interface FormReport {
  total: number;
  good: number;
  bad: number;
  rows: { row: number; column: string; level: 'error' | 'remark'; code: string; zh: string; en: string; value: null }[];
}

/** An id made of a text: the same form brought again by the same person is the same command. */
function idOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/**
 * Takes an XLSForm as the draft of a checklist, the form itself as its document. Where a checklist of the same code is in force, the draft is
 * its next version. Rows that cannot be read are told and left out; nothing goes into force by an import.
 * @throws Problem when the file is no XLSForm, or nothing in it can be asked
 */
export async function importForm(
  kernel: Kernel,
  actor: Actor,
  content: Uint8Array,
  fileName: string,
): Promise<FormReport> {
  const sheets = await readFormSheets(content);
  if ('code' in sheets) throw new Problem(422, sheets.code, sheets.zh, sheets.en);
  const { report, ...form } = readForm(sheets);
  const { sha256, size } = await kernel.files.put(content);
  const command = idOf(`inspections.form ${actor.person} ${sha256}`);
  const upload = idOf(`inspections.form file ${actor.person} ${sha256}`);
  const former = await kernel.database.transaction('hengjian_app', actor.claim, async (sql) => {
    await sql.query(
      `insert into desk.upload (id, person, name, media_type, size, sha256, created_at) values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
      [
        upload,
        actor.person,
        fileName,
        'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        size,
        sha256,
        kernel.now().toISOString(),
      ],
    );
    const [row] = await sql.query<{ id: string }>(
      `select id from inspections.checklist where code = $1 and state = 'published' and office = $2`,
      [form.code, actor.office],
    );
    return row?.id;
  });
  await execute(kernel, actor, {
    id: command,
    entity: 'inspections.checklist',
    action: 'draft',
    input: { ...form, unread: report, ...(former === undefined ? {} : { replaces: former }) },
    documents: [{ kind: 'form', upload }],
  });
  const bad = new Set(report.filter(({ left }) => left).map(({ sheet, row }) => `${sheet} ${row}`)).size;
  return {
    total: form.items.length + bad,
    good: form.items.length,
    bad,
    rows: report.map(({ sheet, row, column, code, zh, en, left }) => ({
      row,
      column: column ? `${sheet} · ${column}` : sheet,
      level: left ? 'error' : 'remark',
      code,
      zh,
      en,
      value: null,
    })),
  };
}
