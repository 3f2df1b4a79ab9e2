import { type Act, field, lifecycle, on, type Paper, type Publication, type Refusal, refuse } from '@hengjian/kernel';
import { authorityOf, findSuperior } from '@hengjian/people';
import { z } from 'zod';
import { edition, o18, overseers, qualityLaw } from '../clauses.ts';
import { summaryOf } from '../fields.ts';
import { reportGrounds } from '../report-up/entity.ts';
import { type AnnouncedRow, Announcement, type AnnouncementRow } from './entity.ts';

const basis = `${o18('第四十七条第二款')}；${qualityLaw('第十七条第一款')}`;

const Draft = z.strictObject({
  name: field.text('公告名称', { en: 'Name' }),
  reports: field.list('列入公告的上报', field.reference('上报', 'handling.report-up', { en: 'Report' }), {
    en: 'Reports',
    max: 500,
  }),
});
type Draft = z.infer<typeof Draft>;
const Reason = z.strictObject({ reason: field.longText('理由', { en: 'Why', max: 2000 }) });
const Strike = z.strictObject({
  loop: field.reference('结果处理', 'handling.loop', { en: 'Loop' }),
  reason: field.longText('移出理由', { en: 'Why it is struck', max: 2000 }),
});

interface Reported extends AnnouncedRow {
  state: string;
  office: string;
  origin: string;
  organiser: string;
}

const reportsOf = (reports: readonly string[], act: Act): Promise<Reported[]> =>
  act.sql.query<Reported>(
    `select loop, id as report, subject_name as name, subject_code as code, product_name as "productName", model, batch, ground,
       failed_items as "failedItems", state, office, origin, organiser from handling.report_up where id = any($1::uuid[]) order by id`,
    [reports],
  );

async function checkDraft(row: AnnouncementRow, input: Draft, act: Act): Promise<true | Refusal> {
  if (findSuperior(act.offices, row.office) !== undefined)
    return refuse('not-the-province', '由省级市场监管部门公告。', 'The province announces.');
  const found = await reportsOf(input.reports, act);
  const wrong = found.length !== new Set(input.reports).size || found.some(({ state }) => state !== 'accepted');
  return (
    (!wrong && found.length > 0) ||
    refuse('not-accepted', '只能列入本机关已经受理的上报。', 'Only reports accepted here can be announced.', 'reports')
  );
}

async function draft(_row: AnnouncementRow, input: Draft, act: Act): Promise<Partial<AnnouncementRow>> {
  const found = await reportsOf(input.reports, act);
  return {
    rows: found.map(({ state: _state, office: _office, origin: _origin, organiser: _organiser, ...row }) => row),
    concerned: [...new Set(found.flatMap(({ origin, organiser }) => [origin, organiser]))],
  };
}

/** Between draft and signature a conclusion may fall or a report be returned; then it is drafted again. */
async function checkPublish(row: AnnouncementRow, _input: unknown, act: Act): Promise<true | Refusal> {
  const found = await reportsOf(
    row.rows.map(({ report }) => report),
    act,
  );
  return (
    (row.rows.length > 0 && found.every(({ state }) => state === 'accepted')) ||
    refuse('draft-stale', '列入的上报已有变化，请重新起草。', 'A report changed after the draft; draft it again.')
  );
}

function publicationOf(row: AnnouncementRow, act: Act): Publication {
  const rows = row.rows.map(({ loop: _loop, report: _report, ...open }) => ({
    ...open,
    groundText: reportGrounds[open.ground].zh,
  }));
  return {
    kind: 'recheck-announcement',
    title: { zh: row.name, en: 'Announcement after failed rechecks' },
    region: authorityOf(act.offices, row.office).region,
    subjects: [...new Set(rows.map(({ code }) => code).filter((code): code is string => Boolean(code)))],
    body: { name: row.name, publishedOn: row.publishedOn, rows },
    words: rows.flatMap(({ name, productName }) => [name, productName]),
  };
}

/** The public act; each loop hears of it in the same transaction, and its window for the second recheck opens. */
async function publish(row: AnnouncementRow, _input: unknown, act: Act): Promise<Partial<AnnouncementRow>> {
  const publishedOn = act.occurredOn;
  const entry = await act.publish(publicationOf({ ...row, publishedOn }, act));
  for (const { loop, report } of row.rows) {
    await act.perform('handling.report-up', report, 'announce', {});
    await act.perform('handling.loop', loop, 'announce', { announcedOn: publishedOn });
  }
  return { publishedOn, entry };
}

/** One unit is taken out: the new entry replaces the old one with the reason. With the last unit the whole falls; what it said stays in the record. */
async function strike(
  row: AnnouncementRow,
  input: z.infer<typeof Strike>,
  act: Act,
): Promise<Partial<AnnouncementRow> & { to: string }> {
  const rows = row.rows.filter(({ loop }) => loop !== input.loop);
  const { reason } = input;
  if (row.state === 'drafted') return rows.length > 0 ? { rows, reason, to: 'drafted' } : { reason, to: 'discarded' };
  if (rows.length === 0) {
    await act.withdraw(row.entry!, reason);
    return { reason, to: 'withdrawn' };
  }
  const entry = await act.publish({ ...publicationOf({ ...row, rows }, act), replaces: row.entry! });
  await act.withdraw(row.entry!, reason, entry);
  return { rows, reason, entry, to: 'published' };
}

const paper = (row: AnnouncementRow): Paper => ({
  template: 'recheck-announcement',
  title: row.name,
  content: {
    paragraphs: ['下列单位的产品经监督抽查不合格，逾期不改正或者经复查仍不合格，现予公告。'],
    tables: [
      {
        columns: ['单位', '产品', '型号', '批号', '事由', '不合格项目'],
        rows: row.rows.map((unit) => [
          unit.name,
          unit.productName,
          unit.model ?? null,
          unit.batch ?? null,
          reportGrounds[unit.ground].zh,
          summaryOf(unit.failedItems),
        ]),
      },
    ],
  },
});

/** 省级公告: drafted from accepted reports, signed twice, published; struck when a conclusion falls. */
export const announcementLifecycle = lifecycle(Announcement, {
  editions: [edition],
  states: {
    drafted: { zh: '起草中', en: 'Drafted' },
    published: { zh: '已公告', en: 'Published' },
    discarded: { zh: '已作废', en: 'Discarded', closed: true },
    withdrawn: { zh: '已撤回', en: 'Withdrawn', closed: true },
  },
  readers: overseers,
  columns: ['publishedOn'],
  documents: { announcement: { zh: '公告', en: 'Announcement', number: '复查公', paper } },
  parties: {
    concerned: {
      label: { zh: '相关机关', en: 'Authorities concerned' },
      of: (row) => row.concerned.map((code) => `office:${code}`),
      sees: 'all',
      from: 'drafted',
    },
  },
  actions: {
    draft: on({
      label: { zh: '起草公告', en: 'Draft' },
      from: null,
      to: 'drafted',
      by: ['organiser'],
      basis,
      input: Draft,
      check: checkDraft,
      run: draft,
    }),
    publish: on({
      label: { zh: '发布', en: 'Publish' },
      from: 'drafted',
      to: 'published',
      by: ['organiser'],
      danger: true,
      basis,
      approval: ['section-chief', 'bureau-head'],
      papers: ['announcement'],
      check: checkPublish,
      run: publish,
    }),
    discard: on({
      label: { zh: '作废', en: 'Discard' },
      from: 'drafted',
      to: 'discarded',
      by: ['organiser'],
      aside: true,
      basis,
      input: Reason,
    }),
    strike: on({
      label: { zh: '移出一个单位', en: 'Strike a unit' },
      from: ['drafted', 'published'],
      to: ['drafted', 'published', 'discarded', 'withdrawn'],
      by: ['organiser', 'system'],
      aside: true,
      danger: true,
      basis: `${o18('第四十二条')}；${qualityLaw('第二十四条')}`,
      input: Strike,
      run: strike,
    }),
  },
});
