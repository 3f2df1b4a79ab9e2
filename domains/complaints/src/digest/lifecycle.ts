import { type Act, field, type Lifecycle, lifecycle, on, optional, type Paper, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { complaintReaders, edition, o121 } from '../clauses.ts';
import { compileDigest, digestOf, type Period, periodOf } from './compile.ts';
import { Digest, type DigestRow, digestKinds } from './entity.ts';

const Drafting = z.strictObject({
  kind: field.choice('种类', digestKinds, { en: 'Kind' }),
  day: field.date('期间内的任一天', { en: 'Any day of the period' }),
});
type Drafting = z.infer<typeof Drafting>;
const Remarking = z.strictObject({ remarks: optional(field.longText('分析和建议', { en: 'Remarks', max: 4000 })) });

/** What the records say at this moment, for the offices of whoever asks. */
async function counted(period: Period, act: Act): Promise<Pick<DigestRow, 'content' | 'digest' | 'asOf'>> {
  const content = await compileDigest(act.sql, period, act.offices);
  return { content, digest: digestOf(content), asOf: act.occurredAt };
}

async function draft(_row: DigestRow, { kind, day }: Drafting, act: Act): Promise<Partial<DigestRow>> {
  const period = periodOf(kind, day);
  return {
    kind,
    periodFrom: period.from,
    periodUntil: period.until,
    name: `${period.from} 至 ${period.until} 投诉举报${digestKinds[kind].zh}`,
    ...(await counted(period, act)),
  };
}

/** The digest as it is printed and signed. */
const paper = (row: DigestRow): Paper => ({
  template: 'complaints-digest',
  title: row.name,
  content: {
    facts: [
      ['期间', `${row.periodFrom} 至 ${row.periodUntil}`],
      ['数据时点', row.asOf],
      ['校验值', row.digest],
    ],
    paragraphs: row.remarks ? [row.remarks] : [],
    tables: [
      ...[{ title: '合计', lines: row.content.totals }, ...row.content.tables].map(({ title, lines }) => ({
        caption: title,
        columns: ['项目', '投诉', '举报', '上期合计'],
        rows: lines.map(({ name, complaints, reports, before }) => [
          name,
          String(complaints),
          String(reports),
          String(before),
        ]),
      })),
      {
        caption: '热点（由文本聚类得出，供分析参考）',
        columns: ['热点词', '件数', '涉及经营者', '涉及商品'],
        rows: row.content.topics.map(({ words, count, subjects, products }) => [
          words,
          String(count),
          subjects,
          products,
        ]),
      },
    ],
    closing: '件数为收到的投诉和举报，未经核实，不说明经营者是否违法。',
  },
});

/** 分析报告: drafted, counted again when it is sent up, signed and then frozen. */
export const digestLifecycle: Lifecycle = lifecycle(Digest, {
  editions: [edition],
  states: {
    drafted: { zh: '拟稿', en: 'Drafted' },
    frozen: { zh: '已签发', en: 'Signed', closed: true },
    discarded: { zh: '作废', en: 'Discarded', closed: true },
  },
  readers: [...complaintReaders],
  columns: ['kind', 'periodFrom', 'periodUntil', 'frozenOn'],
  documents: { digest: { zh: '投诉举报分析报告', en: 'Digest', number: '投报', paper } },
  actions: {
    draft: on({
      label: { zh: '拟分析报告', en: 'Draft a digest' },
      from: null,
      to: 'drafted',
      by: ['complaint-desk'],
      basis: o121('第三十八条'),
      input: Drafting,
      check: (_row: DigestRow, { kind, day }: Drafting, act: Act) => {
        const { until } = periodOf(kind, day);
        return (
          until < act.today ||
          refuse(
            'period-open',
            `期间到 ${until} 结束，结束之后才能汇总。`,
            `The period ends on ${until}; it is put together after that.`,
            'day',
          )
        );
      },
      run: draft,
    }),
    recount: on({
      label: { zh: '重新汇总并填写分析', en: 'Count again, with remarks' },
      from: 'drafted',
      to: 'same',
      by: ['complaint-desk'],
      aside: true,
      basis: o121('第三十八条'),
      input: Remarking,
      run: (row: DigestRow, _input, act: Act) => counted({ from: row.periodFrom, until: row.periodUntil }, act),
    }),
    freeze: on({
      label: { zh: '签发', en: 'Sign' },
      from: 'drafted',
      to: 'frozen',
      by: ['complaint-desk'],
      basis: o121('第三十八条'),
      approval: ['section-chief'],
      papers: ['digest'],
      run: (_row: DigestRow, _input, act: Act) => ({ frozenOn: act.occurredOn }),
    }),
    discard: on({
      label: { zh: '作废', en: 'Discard' },
      from: 'drafted',
      to: 'discarded',
      by: ['complaint-desk'],
      aside: true,
      basis: '内部审批制度',
      input: z.strictObject({ reason: field.longText('理由', { en: 'Why', max: 2000 }) }),
    }),
  },
});
