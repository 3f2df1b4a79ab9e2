import {
  type Act,
  disclose,
  entity,
  field,
  lifecycle,
  on,
  optional,
  type Paper,
  type RecordRow,
  refuse,
} from '@hengjian/kernel';
import { authorityOf, isBelow } from '@hengjian/people';
import { z } from 'zod';
import { overseers } from '../clauses.ts';

const basis = '区域性、行业性质量安全问题挂牌整治；《产品质量法》第八条、第十条';

const listShape = {
  plan: optional(field.reference('专项整治', 'inspections.plan', { en: 'Campaign' })),
  responsible: field.office('整治责任机关', { en: 'Responsible office' }),
  region: field.region('挂牌地区', { en: 'Region listed', public: true }),
  problem: field.text('挂牌问题', { en: 'What is listed', max: 200, public: true }),
  demands: field.longText('整治要求和摘牌条件', { en: 'What is asked, and what ends it', max: 3000, public: true }),
  deadline: field.date('整治期限', { en: 'Deadline', public: true }),
};

/** 挂牌整治: a region's problem listed by the authority above it, taken off only when others have looked. */
const Listing = entity(
  'inspections.listing',
  { zh: '挂牌整治', en: 'Regional listing' },
  {
    fields: {
      ...listShape,
      listedOn: optional(field.date('挂牌日期', { en: 'Listed on', public: true })),
      entry: optional(field.identifier('公开条目', { en: 'Public entry' })),
      report: optional(field.longText('整治报告', { en: 'Report of the office', max: 5000 })),
      reportedOn: optional(field.date('报告日期', { en: 'Reported on' })),
      verification: optional(field.longText('验收意见', { en: 'Verification', max: 3000 })),
      reason: optional(field.longText('理由', { en: 'Reason', max: 2000 })),
    },
    title: (row) => row.problem,
    purpose: {
      zh: '对问题集中的地区挂牌，限期整治，验收合格才摘牌。',
      en: 'Lists a region where a problem gathers, with a deadline; it comes off when others find it mended.',
    },
  },
);
type ListingRow = RecordRow<typeof Listing>;

const Drafted = z.strictObject(listShape);
const Report = z.strictObject({ report: field.longText('整治报告', { en: 'Report', max: 5000 }) });
const Verification = z.strictObject({ verification: field.longText('验收意见', { en: 'Verification', max: 3000 }) });
const Reason = z.strictObject({ reason: field.longText('理由', { en: 'Reason', max: 2000 }) });

async function list(row: ListingRow, _input: unknown, act: Act): Promise<Partial<ListingRow>> {
  const listedOn = act.occurredOn;
  const entry = await act.publish({
    kind: 'inspection-listing',
    title: { zh: `挂牌整治：${row.problem}`, en: `Listed: ${row.problem}` },
    region: authorityOf(act.offices, row.office).region,
    subjects: [],
    body: disclose(Listing as unknown as Parameters<typeof disclose>[0], { ...row, listedOn }),
    words: [row.problem],
  });
  return { listedOn, entry };
}

const notice = (row: ListingRow): Paper => ({
  template: 'inspection-listing',
  title: '挂牌整治通知书',
  content: {
    facts: [
      ['挂牌问题', row.problem],
      ['整治期限', row.deadline],
    ],
    paragraphs: [row.demands],
  },
});

export const listingLifecycle = lifecycle(Listing, {
  editions: [{ name: '2024', basis, inForce: '2000-01-01' }],
  states: {
    drafted: { zh: '拟挂牌', en: 'Drafted' },
    listed: { zh: '整治中', en: 'Listed' },
    reported: { zh: '待验收', en: 'To be verified' },
    removed: { zh: '已摘牌', en: 'Taken off', closed: true },
    dropped: { zh: '未挂牌', en: 'Dropped', closed: true },
  },
  readers: [...overseers, 'result-handler'],
  columns: ['region', 'deadline', 'listedOn', 'reportedOn'],
  documents: {
    notice: { zh: '挂牌整治通知书', en: 'Notice of the listing', number: '挂牌', paper: notice },
    proof: { zh: '整治材料', en: 'Proof of the work' },
    verificationRecord: { zh: '验收记录', en: 'Record of the verification' },
  },
  parties: {
    responsible: {
      label: { zh: '整治责任机关', en: 'Responsible office' },
      of: (row) =>
        ['organiser', 'result-handler', 'inspector', 'section-chief'].map((role) => `role:${role}@${row.responsible}`),
      sees: 'all',
      from: 'listed',
    },
  },
  actions: {
    draft: on({
      label: { zh: '拟挂牌', en: 'Draft a listing' },
      from: null,
      to: 'drafted',
      by: ['organiser', 'planner'],
      basis,
      input: Drafted,
      check: (row: ListingRow, input, act) => {
        if (
          !act.offices.has(input.responsible) ||
          !isBelow(act.offices, input.responsible, authorityOf(act.offices, row.office).code)
        )
          return refuse(
            'not-below',
            '责任机关应是本机关下级。',
            'The responsible office is one below this authority.',
            'responsible',
          );
        return (
          input.deadline > act.occurredOn ||
          refuse('due-in-past', '整治期限应晚于今天。', 'The deadline lies ahead.', 'deadline')
        );
      },
    }),
    list: on({
      label: { zh: '报批挂牌', en: 'Submit and list' },
      from: 'drafted',
      to: 'listed',
      by: ['organiser', 'planner'],
      basis,
      approval: ['section-chief', 'bureau-head'],
      papers: ['notice'],
      run: list,
    }),
    report: on({
      label: { zh: '报告整治情况', en: 'Report the work' },
      from: 'listed',
      to: 'reported',
      by: ['responsible'],
      basis,
      input: Report,
      needs: ['proof'],
      run: (_row: ListingRow, _input, act) => ({ reportedOn: act.occurredOn }),
    }),
    sendBack: on({
      label: { zh: '验收不合格，继续整治', en: 'Not mended' },
      from: 'reported',
      to: 'listed',
      by: ['organiser', 'planner', 'section-chief'],
      aside: true,
      basis,
      input: Reason,
      notBy: [{ actions: ['report'], same: 'person' }],
    }),
    remove: on({
      label: { zh: '验收合格，摘牌', en: 'Take off' },
      from: 'reported',
      to: 'removed',
      by: ['organiser', 'planner'],
      basis,
      input: Verification,
      needs: ['verificationRecord'],
      approval: ['section-chief', 'bureau-head'],
      notBy: [{ actions: ['report'], same: 'person' }],
      run: async (row: ListingRow, _input, act) => {
        await act.withdraw(row.entry!, '整治验收合格，已摘牌。');
        return {};
      },
    }),
    drop: on({
      label: { zh: '不挂牌', en: 'Drop' },
      from: 'drafted',
      to: 'dropped',
      by: ['organiser', 'planner', 'section-chief'],
      aside: true,
      basis,
      input: Reason,
    }),
  },
  clocks: {
    deadline: {
      label: { zh: '整治期限', en: 'Deadline' },
      rule: { kind: 'within', unit: 'day', amount: 0, rollForward: 'none', basis: '挂牌整治通知书载明的期限' },
      starts: { at: ['list', 'sendBack'], on: 'deadline' },
      stops: ['report'],
    },
  },
});
