import type { ClockRule } from '@hengjian/calendar';
import { type Act, disclose, field, lifecycle, on, refuse } from '@hengjian/kernel';
import { authorityOf } from '@hengjian/people';
import { z } from 'zod';
import { inspectionSettings } from '../../../../data/inspections/index.ts';
import { arrangers, doubleRandom, edition, enterpriseInspections, o57, o67 } from '../clauses.ts';
import { noticePaper, recordPaper } from './documents.ts';
import { negative, results, Visit, type VisitRow } from './entity.ts';
import { checkEntering, checkRecord, Entering, enter, Record, record } from './on-site.ts';
import {
  Assignment,
  checkMerging,
  checkPlanning,
  checkStaff,
  Merging,
  merge,
  Planning,
  plan,
  Staffing,
  staffOf,
  TakeOver,
  takeOver,
} from './planning.ts';

const Reason = z.strictObject({ reason: field.longText('理由', { en: 'Reason', max: 2000 }) });
const Opinion = z.strictObject({ reviewOpinion: field.longText('审核意见', { en: 'Opinion', max: 2000 }) });

const settings = inspectionSettings();
const publicityRule: ClockRule = {
  kind: 'within',
  unit: 'working-day',
  amount: settings.publishWorkingDays.value,
  rollForward: 'none',
  basis: settings.publishWorkingDays.basis,
};
const termRule: ClockRule = {
  kind: 'within',
  unit: 'month',
  amount: settings.negativeTermMonths.value,
  rollForward: 'none',
  basis: settings.negativeTermMonths.basis,
};

async function publish(row: VisitRow, _input: unknown, act: Act): Promise<Partial<VisitRow> & { to: string }> {
  const publishedOn = act.occurredOn;
  const entry = await act.publish({
    kind: 'inspection-result',
    title: {
      zh: `${row.publicName}检查结果：${results[row.result!].zh}`,
      en: `Inspection of ${row.publicName}: ${results[row.result!].en}`,
    },
    region: authorityOf(act.offices, row.office).region,
    subjects: row.enterpriseCode ? [row.enterpriseCode] : [],
    body: disclose(Visit as unknown as Parameters<typeof disclose>[0], { ...row, publishedOn }),
    words: [row.publicName, ...row.matters],
  });
  return { publishedOn, entry, to: negative.has(row.result!) ? 'published' : 'closed' };
}

const seenByFirm = [
  'enterpriseName',
  'enterpriseCode',
  'matters',
  'source',
  'officers',
  'approvedOn',
  'dueOn',
] as const;

/** 现场检查: nobody goes unapproved, without a certificate or above the cap; nothing is public that another did not review. */
export const visitLifecycle = lifecycle(Visit, {
  editions: [edition],
  states: {
    planned: { zh: '待审批', en: 'To be approved' },
    merged: { zh: '已并入另一次检查', en: 'Merged', closed: true },
    cancelled: { zh: '已取消', en: 'Cancelled', closed: true },
    approved: { zh: '待检查', en: 'To be visited' },
    inspecting: { zh: '检查中', en: 'Being inspected' },
    recorded: { zh: '待审核', en: 'To be reviewed' },
    reviewed: { zh: '待公示', en: 'To be published' },
    published: { zh: '公示中', en: 'Published' },
    closed: { zh: '已办结', en: 'Closed', closed: true },
    withdrawn: { zh: '公示已撤回', en: 'Withdrawn', closed: true },
  },
  // Inspectors see their own visits as their officers: who is to be visited unannounced is nobody else's business.
  readers: [...arrangers, 'section-chief', 'bureau-head', 'auditor'],
  columns: ['enterpriseName', 'source', 'dueOn', 'recordedOn', 'result', 'grade'],
  documents: {
    notice: { zh: '行政检查通知书', en: 'Notice of inspection', number: '检通', paper: noticePaper },
    record: { zh: '现场检查笔录', en: 'Record of the visit', number: '检录', paper: recordPaper },
    recordScan: { zh: '纸质笔录扫描件', en: 'Scan of the paper record' },
    photos: { zh: '现场照片', en: 'Photographs' },
    hazardPhotos: { zh: '隐患照片', en: 'Photographs of hazards' },
    signatures: { zh: '签名', en: 'Signatures' },
    evidence: { zh: '其他证据', en: 'Other evidence' },
  },
  parties: {
    officer: {
      label: { zh: '检查人员', en: 'Officer' },
      of: (row) => row.officers.map(({ person }) => `person:${person}`),
      sees: 'all',
      from: 'approved',
    },
    notified: {
      label: { zh: '检查对象（已通知）', en: 'Firm, notified' },
      of: (row) => (row.unannounced ? [] : [`org:${row.enterprise}`]),
      sees: seenByFirm,
      from: 'approved',
    },
    inspected: {
      label: { zh: '检查对象', en: 'Firm inspected' },
      of: (row) => [`org:${row.enterprise}`],
      sees: [...seenByFirm, 'enteredAt', 'findings', 'grade', 'result', 'signature', 'recordedOn', 'publishedOn'],
      from: 'recorded',
    },
  },
  actions: {
    plan: on({
      label: { zh: '立项', en: 'Plan a visit' },
      from: null,
      to: 'planned',
      by: arrangers,
      basis: enterpriseInspections,
      input: Planning,
      check: checkPlanning,
      run: plan,
    }),
    assign: on({
      label: { zh: '派发', en: 'Assign what was drawn' },
      from: null,
      to: 'planned',
      by: ['system'],
      basis: doubleRandom,
      input: Assignment,
      check: checkPlanning,
      run: plan,
    }),
    staff: on({
      label: { zh: '改派', en: 'Change officers' },
      from: ['planned', 'approved'],
      to: 'same',
      by: arrangers,
      aside: true,
      basis: doubleRandom,
      input: Staffing,
      check: (row: VisitRow, input, act) =>
        row.draw
          ? refuse('drawn-stays', '随机匹配的人员不得改派，作废后重抽。', 'Officers who were drawn are not exchanged.')
          : checkStaff(row.matters, input, act),
      run: async (_row: VisitRow, input, act) => ({ officers: await staffOf(input.officers, act) }),
    }),
    submit: on({
      label: { zh: '报批', en: 'Submit' },
      from: 'planned',
      to: 'approved',
      by: arrangers,
      basis: `${enterpriseInspections}：检查须经审批，制作行政检查通知书`,
      approval: ['section-chief'],
      papers: ['notice'],
      run: (_row: VisitRow, _input, act) => ({ approvedOn: act.occurredOn }),
    }),
    merge: on({
      label: { zh: '综合查一次：并入另一次检查', en: 'Merge into another visit' },
      from: ['planned', 'approved'],
      to: 'merged',
      by: arrangers,
      aside: true,
      basis: `${enterpriseInspections}：综合查一次`,
      input: Merging,
      check: checkMerging,
      run: merge,
    }),
    takeOver: on({
      label: { zh: '并入事项', en: 'Take over matters' },
      from: ['planned', 'approved'],
      to: 'planned',
      by: ['system'],
      aside: true,
      basis: `${enterpriseInspections}：综合查一次`,
      input: TakeOver,
      run: takeOver,
    }),
    cancel: on({
      label: { zh: '取消', en: 'Cancel' },
      from: ['planned', 'approved'],
      to: 'cancelled',
      by: arrangers,
      aside: true,
      danger: true,
      basis: enterpriseInspections,
      input: Reason,
      approval: ['section-chief'],
    }),
    enter: on({
      label: { zh: '扫码入企', en: 'Scan in' },
      from: 'approved',
      to: 'inspecting',
      by: ['officer'],
      basis: `${enterpriseInspections}：扫码入企、亮证检查`,
      input: Entering,
      check: checkEntering,
      run: enter,
    }),
    record: on({
      label: { zh: '记录检查结果', en: 'Record the visit' },
      from: 'inspecting',
      to: 'recorded',
      by: ['officer'],
      basis: `${o67('第八条至第十一条')}；${o57('第十九条至第二十二条')}`,
      input: Record,
      papers: ['record'],
      check: checkRecord,
      run: record,
    }),
    attachScan: on({
      label: { zh: '上传纸质笔录', en: 'Attach the paper record' },
      from: 'recorded',
      to: 'same',
      by: ['officer', ...arrangers],
      aside: true,
      basis: o57('第二十一条'),
      needs: ['recordScan'],
      run: () => ({ scanned: true }),
    }),
    sendBack: on({
      label: { zh: '退回补正', en: 'Send back' },
      from: 'recorded',
      to: 'inspecting',
      by: ['section-chief'],
      aside: true,
      basis: doubleRandom,
      input: Reason,
    }),
    review: on({
      label: { zh: '审核', en: 'Review' },
      from: 'recorded',
      to: 'reviewed',
      by: ['section-chief'],
      basis: doubleRandom,
      input: Opinion,
      notBy: [{ actions: ['record', 'enter'], same: 'person' }],
      when: (row: VisitRow) =>
        row.evidence?.at(-1) !== undefined ||
        row.scanned ||
        refuse(
          'record-unsigned',
          '笔录既没有现场电子签名，也没有上传签字的纸质笔录，不能审核。',
          'The record was neither signed on the device nor scanned with its signatures.',
        ),
    }),
    publish: on({
      label: { zh: '公示', en: 'Publish' },
      from: 'reviewed',
      to: ['published', 'closed'],
      by: arrangers,
      basis: `${o67('第十二条、第十五条')}；《企业信息公示暂行条例》第六条`,
      run: publish,
    }),
    takeDown: on({
      label: { zh: '公示期满', en: 'Take down' },
      from: 'published',
      to: 'closed',
      by: ['system'],
      basis: '总局令第107号第十条',
      run: async (row: VisitRow, _input, act) => {
        await act.withdraw(row.entry!, '公示期满。');
        return {};
      },
    }),
    withdraw: on({
      label: { zh: '撤回公示', en: 'Withdraw' },
      from: 'published',
      to: 'withdrawn',
      by: arrangers,
      aside: true,
      danger: true,
      basis: '《企业信息公示暂行条例》第十二条',
      input: Reason,
      approval: ['section-chief'],
      run: async (row: VisitRow, input, act) => {
        await act.withdraw(row.entry!, input.reason);
        return {};
      },
    }),
  },
  clocks: {
    visit: {
      label: { zh: '检查期限', en: 'Visit due' },
      rule: { kind: 'within', unit: 'day', amount: 0, rollForward: 'none', basis: '检查计划载明的期限' },
      starts: { at: ['submit'], on: 'dueOn' },
      stops: ['record', 'cancel', 'merge', 'takeOver'],
    },
    publicity: {
      label: { zh: '检查结果公示', en: 'Result public' },
      rule: publicityRule,
      starts: { at: ['record'] },
      stops: ['publish', 'sendBack'],
    },
    term: {
      label: { zh: '公示期', en: 'Term of publicity' },
      rule: termRule,
      starts: {
        at: ['publish'],
        from: (row: VisitRow) => (negative.has(row.result!) ? (row.publishedOn ?? null) : null),
      },
      stops: ['withdraw', 'takeDown'],
      onExpiry: 'takeDown',
    },
  },
});
