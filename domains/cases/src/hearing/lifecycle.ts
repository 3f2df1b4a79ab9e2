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
import { authorityOf } from '@hengjian/people';
import { z } from 'zod';
import { hearingNoticeRule, hearingRule } from '../case/clocks.ts';
import { handsIn, refuseUnlessApart } from '../case/people.ts';
import { edition, hearingRules, penaltyLaw, readers } from '../clauses.ts';
import { formTitle } from '../forms.ts';

const openShape = {
  penaltyCase: field.reference('案件', 'cases.case', { en: 'Case' }),
  partyName: field.text('当事人', { en: 'Party' }),
  partyCode: optional(field.text('统一社会信用代码', { en: 'Credit code', max: 18 })),
  party: optional(field.identifier('当事人（经营主体）', { en: 'Party (register)' })),
  address: optional(field.text('送达地址', { en: 'Address', max: 300 })),
  cause: field.text('案由', { en: 'Cause', max: 200 }),
  askedOn: field.date('要求听证日期', { en: 'Asked for on' }),
};
const Notice = z.strictObject({
  hearingOn: field.date('听证日期', { en: 'Day of the hearing' }),
  time: field.text('时间', { en: 'Time', max: 5, pattern: /^\d{2}:\d{2}$/ }),
  place: field.text('地点', { en: 'Place', max: 300 }),
  open: field.flag('公开举行', { en: 'In public' }),
});

const Hearing = entity(
  'cases.hearing',
  { zh: '听证', en: 'Hearing' },
  {
    fields: {
      ...openShape,
      host: optional(field.identifier('听证主持人', { en: 'Host' })),
      hostName: optional(field.text('主持人姓名', { en: 'Name of the host' })),
      hearingOn: optional(Notice.shape.hearingOn),
      time: optional(Notice.shape.time),
      place: optional(Notice.shape.place),
      open: optional(Notice.shape.open),
      noticeServedOn: optional(field.date('听证通知书送达日期', { en: 'Notice served on' })),
      heldOn: optional(field.date('举行日期', { en: 'Held on' })),
      minutes: optional(field.longText('听证经过', { en: 'What happened', max: 10_000 })),
      opinion: optional(field.longText('处理意见及建议', { en: 'Opinion of the host', max: 6000 })),
      reason: optional(field.longText('终止、更换的理由', { en: 'Why ended or replaced', max: 2000 })),
      entry: optional(field.identifier('公告条目', { en: 'Public entry' })),
    },
    title: (row) => `听证：${row.partyName}${row.cause}案`,
    subject: (row) => (row.party ? { id: row.party, name: row.partyName } : null),
    purpose: { zh: '行政处罚听证：主持人、通知、举行、报告。', en: 'Hearings: host, notice, the hearing, report.' },
  },
);
type HearingRow = RecordRow<typeof Hearing>;

const Host = z.strictObject({
  person: field.identifier('听证主持人', { en: 'Host' }),
  reason: optional(field.longText('更换的理由', { en: 'Why replaced', max: 2000 })),
});

async function checkHost(row: HearingRow, input: z.infer<typeof Host>, act: Act): Promise<true | Refusal> {
  const [known] = await act.sql.query(`select 1 from kernel.person where id = $1 and kind = 'person'`, [input.person]);
  if (known === undefined) return refuse('unknown-person', '没有这个人员。', 'There is no such person.', 'person');
  const clash = (await handsIn(row.penaltyCase, 'investigation', act)).has(input.person);
  return (
    !clash ||
    refuse(
      'host-investigated',
      `听证由非本案调查人员主持（${penaltyLaw('第六十四条第四项')}）。`,
      `Who investigated the case does not host its hearing (${penaltyLaw('第六十四条第四项')}).`,
      'person',
    )
  );
}

const hosted = async (_row: HearingRow, input: z.infer<typeof Host>, act: Act): Promise<Partial<HearingRow>> => {
  const [person] = await act.sql.query<{ name: string }>('select name from kernel.person where id = $1', [
    input.person,
  ]);
  return { host: input.person, hostName: person!.name };
};

/** Seven working days must lie between today, when the notice can be served at the earliest, and the hearing. */
function checkNotice(_row: HearingRow, input: z.infer<typeof Notice>, act: Act): true | Refusal {
  const earliest = act.calendar.addWorkingDays(act.occurredOn, 7).date;
  return (
    input.hearingOn > earliest ||
    refuse(
      'hearing-too-soon',
      `应当在举行听证的七个工作日前通知，最早可在 ${earliest} 之后举行（${penaltyLaw('第六十四条第二项')}）。`,
      `The notice comes seven working days before: after ${earliest} at the earliest (${penaltyLaw('第六十四条第二项')}).`,
      'hearingOn',
    )
  );
}

async function notify(row: HearingRow, input: z.infer<typeof Notice>, act: Act): Promise<Partial<HearingRow>> {
  const office = authorityOf(act.offices, row.office);
  await act.create(
    'cases.paper',
    'issueHearingNotice',
    {
      penaltyCase: row.penaltyCase,
      hearing: row.id,
      addressee: row.partyName,
      addresseeCode: row.partyCode,
      party: row.party,
      address: row.address,
      content: {
        to: row.partyName,
        paragraphs: [
          `根据你（单位）的要求，本局决定于${input.hearingOn} ${input.time}在${input.place}对${row.cause}一案${input.open ? '公开' : '不公开'}举行听证，请准时出席。如无正当理由不到场听证的，本局将依法终止听证。`,
          `本次听证会由${row.hostName}担任听证主持人。依据${penaltyLaw('第六十四条第四项')}的规定，如认为其与案件有直接利害关系，你（单位）有申请回避的权利。可以委托一至二人代理。`,
        ],
        facts: [['联系机关', office.label.zh]],
      },
    },
    { parent: row.penaltyCase },
  );
  if (!input.open) return {};
  const entry = await act.publish({
    kind: 'hearing-announcement',
    title: { zh: `听证公告：${row.cause}`, en: `Hearing: ${row.cause}` },
    region: office.region,
    subjects: row.partyCode ? [row.partyCode] : [],
    words: [row.cause],
    body: { cause: row.cause, hearingOn: input.hearingOn, time: input.time, place: input.place },
  });
  return { entry };
}

const ended = async (row: HearingRow, act: Act): Promise<void> => {
  if (row.entry) await act.withdraw(row.entry, '听证终止');
  await act.perform('cases.case', row.penaltyCase, 'hearingDone', { hearingText: null });
};

const minutesPaper = (row: HearingRow): Paper => ({
  template: 'penalty-form-40',
  title: formTitle(40),
  content: {
    facts: [
      ['案件', row.cause],
      ['时间', `${row.hearingOn} ${row.time}`],
      ['地点', row.place ?? null],
      ['听证主持人', row.hostName ?? null],
      ['当事人', row.partyName],
    ],
    paragraphs: [row.minutes ?? ''],
    signatures: ['听证主持人', '记录员', '办案人员', '当事人'],
  },
});
const reportPaper = (row: HearingRow): Paper => ({
  template: 'penalty-form-41',
  title: formTitle(41),
  content: {
    facts: [
      ['案件', row.cause],
      ['听证方式', row.open ? '公开' : '不公开'],
      ['听证时间', row.heldOn ?? null],
      ['听证主持人', row.hostName ?? null],
    ],
    paragraphs: [`听证的基本情况：${row.minutes}`, `处理意见及建议：${row.opinion}`],
    signatures: ['听证主持人'],
  },
});
const Reason = z.strictObject({ reason: field.longText('理由', { en: 'Reason', max: 2000 }) });

/** 听证: asked for, a host who did not investigate, notice, hearing, report; absence without reason gives it up. */
export const hearingLifecycle = lifecycle(Hearing, {
  editions: [edition],
  states: {
    asked: { zh: '待确定主持人', en: 'Host to be named' },
    hosted: { zh: '待通知', en: 'To be notified' },
    notified: { zh: '已制作通知', en: 'Notice issued' },
    summoned: { zh: '待举行', en: 'To be held' },
    held: { zh: '待报告', en: 'Report due' },
    reported: { zh: '已报告', en: 'Reported', closed: true },
    ended: { zh: '已终止', en: 'Ended', closed: true },
  },
  readers,
  columns: ['partyName', 'cause', 'hostName', 'hearingOn'],
  documents: {
    minutes: { zh: formTitle(40), en: 'Minutes of the hearing', paper: minutesPaper },
    signedMinutes: { zh: '签名的听证笔录', en: 'Signed minutes' },
    report: { zh: formTitle(41), en: 'Report of the hearing', paper: reportPaper },
  },
  parties: {
    host: {
      label: { zh: '听证主持人', en: 'Host' },
      of: (row) => (row.host ? [`person:${row.host}`] : []),
      sees: 'all',
      from: 'hosted',
    },
    party: {
      label: { zh: '当事人', en: 'Party' },
      of: (row) => (row.party ? [`org:${row.party}`] : []),
      sees: ['penaltyCase', 'partyName', 'cause', 'hostName', 'hearingOn', 'time', 'place', 'open', 'heldOn'],
      from: 'asked',
    },
  },
  actions: {
    open: on({
      label: { zh: '受理听证要求', en: 'A hearing was asked for' },
      from: null,
      to: 'asked',
      by: ['system'],
      basis: penaltyLaw('第六十三条、第六十四条第一项'),
      input: z.strictObject(openShape),
    }),
    appoint: on({
      label: { zh: '确定听证主持人', en: 'Name the host' },
      from: 'asked',
      to: 'hosted',
      by: ['bureau-head'],
      basis: `${hearingRules('第十三条')}；${penaltyLaw('第六十四条第四项')}`,
      input: Host,
      check: checkHost,
      run: hosted,
    }),
    replaceHost: on({
      label: { zh: '更换主持人（回避）', en: 'Replace the host' },
      from: ['hosted', 'notified', 'summoned'],
      to: 'same',
      by: ['bureau-head'],
      aside: true,
      basis: hearingRules('第四条'),
      input: Host,
      check: checkHost,
      run: hosted,
    }),
    notify: on({
      label: { zh: '制作听证通知书', en: 'Issue the notice' },
      from: 'hosted',
      to: 'notified',
      by: ['host'],
      basis: `${penaltyLaw('第六十四条第二项')}；${hearingRules('第二十条至第二十二条')}`,
      input: Notice,
      check: checkNotice,
      run: notify,
    }),
    noticeServed: on({
      label: { zh: '听证通知书送达', en: 'The notice was served' },
      from: 'notified',
      to: 'summoned',
      by: ['system'],
      basis: penaltyLaw('第六十四条第二项'),
      input: z.strictObject({ servedOn: field.date('送达日期', { en: 'Served on' }) }),
      run: (_row: HearingRow, input: { servedOn: string }) => ({ noticeServedOn: input.servedOn }),
    }),
    postpone: on({
      label: { zh: '改期', en: 'Postpone' },
      from: ['notified', 'summoned'],
      to: 'hosted',
      by: ['host'],
      aside: true,
      basis: penaltyLaw('第六十四条第二项'),
      input: Reason,
      run: async (row: HearingRow, input: z.infer<typeof Reason>, act) => {
        if (row.entry) await act.withdraw(row.entry, input.reason);
        return { entry: null };
      },
    }),
    hold: on({
      label: { zh: '举行听证', en: 'Hold the hearing' },
      from: 'summoned',
      to: 'held',
      by: ['host'],
      basis: penaltyLaw('第六十四条第三项至第八项'),
      needs: ['signedMinutes'],
      papers: ['minutes'],
      input: z.strictObject({ minutes: field.longText('听证经过', { en: 'What happened', max: 10_000 }) }),
      check: (row: HearingRow, _input, act) =>
        row.hearingOn! > act.occurredOn
          ? refuse('not-yet', `听证定于 ${row.hearingOn} 举行。`, `The hearing is on ${row.hearingOn}.`)
          : refuseUnlessApart(row.penaltyCase, ['investigation'], act, penaltyLaw('第六十四条第四项')),
      run: (_row: HearingRow, _input, act) => ({ heldOn: act.occurredOn }),
    }),
    report: on({
      label: { zh: '提交听证报告', en: 'Report' },
      from: 'held',
      to: 'reported',
      by: ['host'],
      basis: `${hearingRules('第二十九条')}；${penaltyLaw('第六十五条')}`,
      papers: ['report'],
      input: z.strictObject({ opinion: field.longText('处理意见及建议', { en: 'Opinion', max: 6000 }) }),
      run: (row: HearingRow, input: { opinion: string }, act) =>
        act.perform('cases.case', row.penaltyCase, 'hearingDone', { hearingText: input.opinion }),
    }),
    terminate: on({
      label: { zh: '终止听证（无正当理由不到场、中途退场）', en: 'End: absent or left' },
      from: 'summoned',
      to: 'ended',
      by: ['host'],
      aside: true,
      danger: true,
      basis: penaltyLaw('第六十四条第六项'),
      input: Reason,
      check: (row: HearingRow, _input, act) =>
        row.hearingOn! <= act.occurredOn ||
        refuse('not-yet', `听证定于 ${row.hearingOn} 举行。`, `The hearing is on ${row.hearingOn}.`),
      run: (row: HearingRow, _input, act) => ended(row, act),
    }),
    withdraw: on({
      label: { zh: '当事人撤回听证要求', en: 'The party withdraws' },
      from: ['asked', 'hosted', 'notified', 'summoned'],
      to: 'ended',
      by: ['party', 'hearing-host'],
      aside: true,
      basis: hearingRules('第二十五条'),
      input: Reason,
      run: (row: HearingRow, _input, act) => ended(row, act),
    }),
  },
  clocks: {
    host: {
      label: { zh: '确定主持人', en: 'Name the host' },
      rule: hearingRule.host,
      starts: { at: ['open'], on: 'askedOn' },
      stops: ['appoint', 'withdraw'],
    },
    notice: {
      label: { zh: '通知与举行间隔', en: 'Between notice and hearing' },
      rule: hearingNoticeRule,
      starts: { at: ['noticeServed'], on: 'servedOn' },
      stops: ['hold'],
    },
    report: {
      label: { zh: '听证报告', en: 'Report' },
      rule: hearingRule.report,
      starts: { at: ['hold'] },
      stops: ['report'],
    },
  },
});
