import {
  type Act,
  dayInChina,
  field,
  lifecycle,
  notFound,
  on,
  type Paper,
  type Refusal,
  refuse,
} from '@hengjian/kernel';
import { authorityOf } from '@hengjian/people';
import { z } from 'zod';
import { arrangeShape, File, type FileRow } from './entity.ts';
import { type MatterKind, type MatterName, matterKinds, type RetentionClass, sections, yearsOf } from './kinds.ts';
import { archivalClass, arrange, type FiledDocument, keptUntil, type Volume } from './rules.ts';

export const keepers = ['section-chief', 'organiser', 'result-handler'];
export const basis = '《市场监督管理行政处罚程序规定》第七十八条；《机关档案管理规定》';

const Arrange = z.strictObject(arrangeShape);
type Arrange = z.infer<typeof Arrange>;
const kindOf = (entity: string): MatterKind | undefined =>
  entity in matterKinds ? matterKinds[entity as MatterName] : undefined;

interface Matter {
  entity: string;
  title: string;
  closedAt: string | null;
  open: number;
}

/** The matter and everything that came from it, as far as whoever files it may see. */
const family = `with recursive family as (
  select id from kernel.record where id = $1
  union select r.id from kernel.record r join family f on r.parent = f.id)`;

async function matterOf(id: string, act: Act): Promise<Matter | undefined> {
  const [matter] = await act.sql.query<Matter>(
    `${family} select r.entity, r.title, r.closed_at as "closedAt",
       (select count(*)::int from kernel.record o join family f on f.id = o.id
        where o.closed_at is null and o.entity not like 'archives.%' and o.entity <> 'correspondence.message') as open
     from kernel.record r where r.id = $1`,
    [id],
  );
  return matter;
}

async function checkArrange(_row: FileRow, input: Arrange, act: Act): Promise<true | Refusal> {
  const matter = await matterOf(input.target, act);
  const kind = matter === undefined ? undefined : kindOf(matter.entity);
  if (matter === undefined) throw notFound();
  if (kind === undefined)
    return refuse('no-such-file', '这类记录不单独立卷。', 'Such records have no file of their own.', 'target');
  if (matter.closedAt === null)
    return refuse('matter-open', '事项还没有办结，不能归档。', 'The matter is still open.', 'target');
  if (matter.open > 0)
    return refuse(
      'parts-open',
      `还有 ${matter.open} 项所属记录没有办结。`,
      `${matter.open} records of it are still open.`,
      'target',
    );
  const years = yearsOf[input.retention ?? kind.retention];
  return (
    years === null ||
    kind.floor === null ||
    years >= kind.floor.years ||
    refuse(
      'retention-too-short',
      `保管期限不得少于${kind.floor.years}年（${kind.floor.clause}）。`,
      `It is kept for at least ${kind.floor.years} years (${kind.floor.clause}).`,
      'retention',
    )
  );
}

const documentsOf = (id: string, act: Act): Promise<FiledDocument[]> =>
  act.sql
    .query<Omit<FiledDocument, 'on' | 'pages'> & { at: string }>(
      `${family} select d.id as document, d.record, r.entity, d.kind, d.title, d.number, d.created_at as at, d.sha256
       from kernel.document d join family f on f.id = d.record join kernel.record r on r.id = d.record
       where d.superseded_by is null and r.entity not like 'archives.%' order by d.id`,
      [id],
    )
    .then((rows) => rows.map(({ at, ...row }) => ({ ...row, on: dayInChina(at), pages: 1 })));

const total = (volumes: readonly Volume[]): number => volumes.reduce((sum, { pages }) => sum + pages, 0);
const asJson = (volumes: readonly Volume[]) => volumes as unknown as FileRow['volumes'];
export const volumesOf = (row: Pick<FileRow, 'volumes'>): Volume[] => row.volumes as unknown as Volume[];

async function arrangeFile(row: FileRow, input: Arrange, act: Act): Promise<Partial<FileRow>> {
  const matter = (await matterOf(input.target, act))!;
  const kind = kindOf(matter.entity)!;
  const documents = await documentsOf(input.target, act);
  if (documents.length === 0)
    throw act.problem('nothing-to-file', '这件事项没有材料可以归档。', 'There is no document to file.');
  const volumes = arrange(documents);
  const closedOn = dayInChina(matter.closedAt!);
  const retention: RetentionClass = input.retention ?? kind.retention;
  const fonds = authorityOf(act.offices, row.office);
  return {
    matter: matter.entity,
    title: input.title ?? matter.title,
    year: Number(closedOn.slice(0, 4)),
    archivalNumber: archivalClass(fonds.code, closedOn.slice(0, 4), kind.code, retention),
    retention,
    keptUntil: keptUntil(retention, closedOn),
    closedOn,
    volumes: asJson(volumes),
    pages: total(volumes),
  };
}

const Pages = z.strictObject({
  counts: field.list(
    '页数',
    z.object({
      document: field.identifier('材料', { en: 'Document' }),
      pages: field.integer('页数', { en: 'Pages', min: 1, max: 5000 }),
    }),
    { en: 'Pages', max: 5000 },
  ),
});

/** Pages as the archivist counted them; the numbers of all that follow move with them. */
function paginate(row: FileRow, input: z.infer<typeof Pages>): Partial<FileRow> {
  const counted = new Map(input.counts.map(({ document, pages }) => [document, pages]));
  const lines = volumesOf(row).flatMap((volume) => volume.lines);
  const volumes = arrange(lines.map((line) => ({ ...line, pages: counted.get(line.document) ?? line.pages })));
  return { volumes: asJson(volumes), pages: total(volumes) };
}

const checkPages = (row: FileRow, input: z.infer<typeof Pages>): true | Refusal => {
  const held = new Set(volumesOf(row).flatMap(({ lines }) => lines.map(({ document }) => document)));
  return (
    input.counts.every(({ document }) => held.has(document)) ||
    refuse('not-in-file', '有的材料不在这个案卷里。', 'A document is not in this file.', 'counts')
  );
};

const volumeNames = { main: '正卷', internal: '副卷' };
const sectionNames: Record<string, string> = Object.fromEntries(sections.map(({ key, zh }) => [key, zh]));

/** 卷内目录. */
const index = (row: FileRow): Paper => ({
  template: 'archive-index',
  title: '卷内文件目录',
  content: {
    facts: [
      ['档号', row.archivalNumber],
      ['题名', row.title],
      ['保管期限', row.keptUntil ? `至 ${row.keptUntil}` : '永久'],
      ['总页数', String(row.pages)],
    ],
    tables: volumesOf(row).map((volume) => ({
      caption: volumeNames[volume.name],
      columns: ['序号', '部分', '题名', '文号', '日期', '页码'],
      rows: volume.lines.map((line) => [
        String(line.ordinal),
        sectionNames[line.section] ?? line.section,
        line.title,
        line.number ?? '',
        line.on,
        line.firstPage === line.lastPage ? String(line.firstPage) : `${line.firstPage}-${line.lastPage}`,
      ]),
    })),
    signatures: ['立卷人', '检查人'],
  },
});

/** 案卷: arranged, its pages counted, filed, in the end transferred. */
export const fileLifecycle = lifecycle(File, {
  editions: [{ name: '2026', basis: `${basis}；GB/T 18894-2016`, inForce: '2000-01-01' }],
  states: {
    arranged: { zh: '整理中', en: 'Being arranged' },
    filed: { zh: '已归档', en: 'Filed' },
    'taken-apart': { zh: '已拆卷', en: 'Taken apart', closed: true },
    transferred: { zh: '已移交档案馆', en: 'Transferred', closed: true },
  },
  readers: [...keepers, 'bureau-head', 'auditor'],
  columns: ['archivalNumber', 'matter', 'retention', 'keptUntil', 'pages'],
  documents: { index: { zh: '卷内文件目录', en: 'Index', paper: index } },
  actions: {
    arrange: on({
      label: { zh: '立卷', en: 'Make the file' },
      from: null,
      to: 'arranged',
      by: keepers,
      basis,
      input: Arrange,
      check: checkArrange,
      reserves: (_row: FileRow, input) => [
        {
          key: `archives.file|${input.target}`,
          refusal: refuse('filed-already', '这件事项已经立卷。', 'This matter has its file already.', 'target'),
        },
      ],
      numbers: '档案',
      run: arrangeFile,
    }),
    paginate: on({
      label: { zh: '核对页数', en: 'Count the pages' },
      from: 'arranged',
      to: 'same',
      by: keepers,
      aside: true,
      basis,
      input: Pages,
      check: checkPages,
      run: paginate,
    }),
    file: on({
      label: { zh: '归档', en: 'File' },
      from: 'arranged',
      to: 'filed',
      by: keepers,
      basis,
      papers: ['index'],
      run: (_row: FileRow, _input, act) => ({ filedOn: act.occurredOn }),
    }),
    takeApart: on({
      label: { zh: '拆卷重新整理', en: 'Take apart' },
      from: ['arranged', 'filed'],
      to: 'taken-apart',
      by: ['section-chief'],
      aside: true,
      danger: true,
      basis,
      input: z.strictObject({ reason: field.text('理由', { en: 'Why', max: 500 }) }),
      run: async (row: FileRow, _input, act) => {
        await act.sql.query('select kernel.release_reservations($1)', [row.id]);
      },
    }),
    transfer: on({
      label: { zh: '移交', en: 'Transfer' },
      from: 'filed',
      to: 'transferred',
      by: ['system'],
      basis: '《机关档案管理规定》；GB/T 18894-2016',
      run: (_row: FileRow, _input, act) => ({ transferredOn: act.occurredOn }),
    }),
  },
});
