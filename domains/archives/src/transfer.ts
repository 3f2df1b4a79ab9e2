import {
  type Act,
  entity,
  field,
  lifecycle,
  on,
  optional,
  type Paper,
  type RecordRow,
  type Refusal,
  refuse,
} from '@hengjian/kernel';
import { z } from 'zod';
import { keepers } from './file.ts';

const basis = '《中华人民共和国档案法》第十五条；GB/T 18894-2016';
const draftShape = {
  recipient: field.text('接收档案馆', { en: 'Archive that takes them', max: 200 }),
  files: field.list('案卷', field.reference('案卷', 'archives.file', { en: 'File' }), { en: 'Files', max: 2000 }),
};
const Listed = z.object({
  archivalNumber: field.text('档号', { en: 'Archival number' }),
  title: field.text('题名', { en: 'Title', max: 300 }),
  retention: field.text('保管期限', { en: 'Retention' }),
  pages: field.integer('页数', { en: 'Pages' }),
});

/** 档案移交: files that go to an archive, with their list; they are gone when the archive has signed for them. */
const Transfer = entity(
  'archives.transfer',
  { zh: '档案移交', en: 'Transfer to an archive' },
  {
    fields: {
      ...draftShape,
      listed: field.list('移交清单', Listed, { en: 'List' }),
      sentOn: optional(field.date('移交日期', { en: 'Sent on' })),
      acceptedOn: optional(field.date('接收日期', { en: 'Accepted on' })),
      reason: optional(field.text('退回理由', { en: 'Why it came back', max: 500 })),
    },
    title: (row) => `${row.recipient} · ${row.files.length} 卷`,
    purpose: {
      zh: '向档案馆移交案卷：清单、数据包、签收。',
      en: 'Files handed to an archive: list, packages, receipt.',
    },
  },
);
type TransferRow = RecordRow<typeof Transfer>;
type Draft = z.infer<z.ZodObject<typeof draftShape>>;

const filesOf = (files: readonly string[], act: Act) =>
  act.sql.query<{ id: string; state: string; archivalNumber: string; title: string; retention: string; pages: number }>(
    `select id, state, archival_number as "archivalNumber", title, retention, pages from archives.file
     where id = any($1::uuid[]) order by archival_number`,
    [files],
  );

async function checkFiles(_row: TransferRow, input: Pick<Draft, 'files'>, act: Act): Promise<true | Refusal> {
  const found = await filesOf(input.files, act);
  if (found.length === 0 || found.length !== new Set(input.files).size || found.some(({ state }) => state !== 'filed'))
    return refuse('files-unknown', '请选择已经归档、尚未移交的案卷。', 'Choose filed files.', 'files');
  const [lent] = await act.sql.query<{ n: number }>(
    `select count(*)::int as n from archives.borrowing where file = any($1::uuid[]) and state = 'lent'`,
    [input.files],
  );
  return lent!.n === 0 || refuse('lent-out', '有案卷尚未归还。', 'A file is lent out.', 'files');
}

const list = (row: TransferRow): Paper => ({
  template: 'archive-transfer',
  title: '档案移交清单',
  content: {
    to: row.recipient,
    tables: [
      {
        columns: ['序号', '档号', '题名', '保管期限', '页数'],
        rows: row.listed.map((one, at) => [
          String(at + 1),
          one.archivalNumber,
          one.title,
          one.retention,
          String(one.pages),
        ]),
      },
    ],
    signatures: ['移交人', '接收人', '日期'],
  },
});

export const transferLifecycle = lifecycle(Transfer, {
  editions: [{ name: '2026', basis, inForce: '2000-01-01' }],
  states: {
    drafted: { zh: '拟移交', en: 'Drafted' },
    sent: { zh: '已送交，待签收', en: 'Sent' },
    accepted: { zh: '已接收', en: 'Accepted', closed: true },
    returned: { zh: '已退回', en: 'Came back', closed: true },
  },
  readers: [...keepers, 'bureau-head', 'auditor'],
  columns: ['recipient', 'sentOn', 'acceptedOn'],
  documents: {
    list: { zh: '档案移交清单', en: 'List', number: '档移', paper: list },
    receipt: { zh: '签收的移交清单', en: 'The list as signed' },
  },
  actions: {
    draft: on({
      label: { zh: '拟移交', en: 'Draft a transfer' },
      from: null,
      to: 'drafted',
      by: keepers,
      basis,
      input: z.strictObject(draftShape),
      check: checkFiles,
      run: async (_row: TransferRow, input, act) => ({
        listed: (await filesOf(input.files, act)).map(({ archivalNumber, title, retention, pages }) => ({
          archivalNumber,
          title,
          retention,
          pages,
        })),
      }),
    }),
    send: on({
      label: { zh: '送交', en: 'Send' },
      from: 'drafted',
      to: 'sent',
      by: ['section-chief'],
      basis,
      papers: ['list'],
      check: (row: TransferRow, _input, act) => checkFiles(row, row, act),
      run: (_row: TransferRow, _input, act) => ({ sentOn: act.occurredOn }),
    }),
    accept: on({
      label: { zh: '登记签收', en: 'Signed for' },
      from: 'sent',
      to: 'accepted',
      by: keepers,
      basis,
      needs: ['receipt'],
      run: async (row: TransferRow, _input, act) => {
        for (const id of [...row.files].sort()) await act.perform('archives.file', id, 'transfer', {});
        return { acceptedOn: act.occurredOn };
      },
    }),
    comeBack: on({
      label: { zh: '登记退回', en: 'Came back' },
      from: ['drafted', 'sent'],
      to: 'returned',
      by: keepers,
      aside: true,
      basis,
      input: z.strictObject({ reason: field.text('退回理由', { en: 'Why', max: 500 }) }),
    }),
  },
});
