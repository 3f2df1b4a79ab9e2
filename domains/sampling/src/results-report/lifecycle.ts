import { type Act, field, lifecycle, on, optional, type Paper, type Refusal, refuse } from '@hengjian/kernel';
import { authorityOf, findSuperior } from '@hengjian/people';
import { z } from 'zod';
import { representationNotes } from '../scheme/allocation.ts';
import { representationOf } from '../task/representation.ts';
import { Addressee, addresseeKinds, ResultsReport, type ResultsReportRow } from './entity.ts';

const content = {
  name: field.text('通报名称', { en: 'Name' }),
  findings: field.longText('分析和建议', { en: 'Findings and advice' }),
  addressees: field.list('通报对象', Addressee, { en: 'Told to', max: 50 }),
};
const Draft = z.strictObject({
  plan: field.reference('年度计划', 'sampling.plan', { en: 'Plan' }),
  scheme: optional(field.reference('抽查方案', 'sampling.scheme', { en: 'Scheme' })),
  ...content,
});
type Draft = z.infer<typeof Draft>;
const Redraft = z.strictObject(content);
const Acknowledgement = z.strictObject({
  name: field.text('单位', { en: 'Name' }),
  on: field.date('收到日期', { en: 'Received on' }),
  reference: optional(field.text('收文号', { en: 'Reference' })),
});

async function checkDraft(row: ResultsReportRow, input: Draft, act: Act): Promise<true | Refusal> {
  const [plan] = await act.sql.query<{ office: string; issuer: string | null }>(
    'select office, issuer from sampling.plan where id = $1',
    [input.plan],
  );
  const own = authorityOf(act.offices, row.office).code;
  if (plan === undefined || plan.issuer !== null || authorityOf(act.offices, plan.office).code !== own)
    return refuse('plan-unknown', '没有这个本级年度计划。', 'There is no such plan of this authority.', 'plan');
  return checkAddressees(row, input);
}

/** The superior is always among those told (order 18 art. 44(1)). */
const checkAddressees = (_row: ResultsReportRow, input: Pick<Draft, 'addressees'>): true | Refusal =>
  input.addressees.some(({ kind }) => kind === 'superior') ||
  refuse(
    'superior-missing',
    '应当向上一级市场监督管理部门通报（第四十四条第一款），请列入通报对象。',
    'The next higher authority is told (art. 44(1)): name it among the addressees.',
    'addressees',
  );

async function figuresOf(plan: string, scheme: string | null | undefined, act: Act) {
  const [counted] = await act.sql.query<Record<string, number>>(
    `select count(*) as tasks, count(*) filter (where t.sampled_on is not null) as sampled,
       count(*) filter (where t.state = 'not-sampled' and t.unsampled_reason <> 'refused') as "notSampled",
       count(*) filter (where t.unsampled_reason = 'refused') as refused,
       count(*) filter (where t.state = 'concluded') as concluded, count(*) filter (where c.conclusion = 'fails') as failing,
       count(*) filter (where c.conclusion = 'void') as voided,
       count(*) filter (where exists (select from sampling.follow_up f where f.task = t.id and f.kind like 'handover%' and f.state <> 'open')) as "handedOver"
     from sampling.task t join sampling.effective_conclusion c on c.task = t.id join sampling.scheme s on s.id = t.scheme
     where s.plan = $1 and ($2::uuid is null or s.id = $2) and t.state not in ('reserved', 'released')`,
    [plan, scheme ?? null],
  );
  return Object.fromEntries(
    Object.entries(counted!).map(([name, n]) => [name, Number(n)]),
  ) as ResultsReportRow['figures'];
}

async function compile(row: ResultsReportRow, input: Partial<Draft>, act: Act): Promise<Partial<ResultsReportRow>> {
  const plan = input.plan ?? row.plan;
  const scheme = input.scheme ?? row.scheme ?? null;
  const [found] = await act.sql.query<{ year: number }>('select year from sampling.plan where id = $1', [plan]);
  const schemes =
    scheme === null
      ? (await act.sql.query<{ id: string }>('select id from sampling.scheme where plan = $1', [plan])).map(
          ({ id }) => id,
        )
      : [scheme];
  const worth = [];
  for (const id of schemes) worth.push(await representationOf(act.sql, id));
  const weakest = worth.find(({ basis }) => basis === 'targeted') ?? worth.find(({ basis }) => basis === 'weighted');
  return {
    year: found!.year,
    until: act.occurredOn,
    figures: await figuresOf(plan, scheme, act),
    representative: weakest === undefined && worth.length > 0,
    rateNote: (weakest?.note ?? representationNotes.random).zh,
    superior: findSuperior(act.offices, row.office)?.code ?? null,
    receipts: row.receipts ?? [],
  };
}

function checkAcknowledgement(row: ResultsReportRow, input: z.infer<typeof Acknowledgement>, act: Act): true | Refusal {
  if (!row.addressees.some(({ name }) => name === input.name))
    return refuse('not-told', '该单位不在通报对象之中。', 'It was not told to that body.', 'name');
  return (
    (input.on <= act.occurredOn && input.on >= row.sentOn!) ||
    refuse('received-on', '收到日期应在发出之后、今天之前。', 'It is received after it was sent.', 'on')
  );
}

const paper = (row: ResultsReportRow): Paper => ({
  template: 'results-report',
  title: row.name,
  content: {
    to: row.addressees.map(({ name }) => name).join('、'),
    until: row.until,
    tables: [
      {
        columns: ['任务', '已抽样', '未抽到样', '拒绝', '结论生效', '不合格', '撤销', '已移交'],
        rows: [
          [
            row.figures.tasks,
            row.figures.sampled,
            row.figures.notSampled,
            row.figures.refused,
            row.figures.concluded,
            row.figures.failing,
            row.figures.voided,
            row.figures.handedOver,
          ].map(String),
        ],
      },
      { columns: ['通报对象', '类别'], rows: row.addressees.map(({ name, kind }) => [name, addresseeKinds[kind].zh]) },
    ],
    paragraphs: [row.findings, row.rateNote],
  },
});

/** 抽查情况通报: put together, signed, sent, acknowledged. */
export const resultsReportLifecycle = lifecycle(ResultsReport, {
  editions: [
    { name: 'O18-2020', basis: '总局令第18号第五条、第四十四条；总局令第15号第六条、第九条', inForce: '2020-01-01' },
  ],
  states: {
    drafted: { zh: '起草中', en: 'Drafted' },
    sent: { zh: '已发出', en: 'Sent' },
    closed: { zh: '已办结', en: 'Closed', closed: true },
    withdrawn: { zh: '已撤回', en: 'Withdrawn', closed: true },
  },
  readers: ['planner', 'organiser', 'section-chief', 'bureau-head', 'auditor'],
  columns: ['year', 'until', 'sentOn'],
  documents: { report: { zh: '抽查情况通报', en: 'Report', number: '抽检报', paper } },
  parties: {
    superiorOffice: {
      label: { zh: '上一级机关', en: 'Next higher authority' },
      of: (row) => [row.superior ? `office:${row.superior}` : null],
      sees: 'all',
      from: 'sent',
    },
  },
  actions: {
    draft: on({
      label: { zh: '汇总起草', en: 'Put together' },
      from: null,
      to: 'drafted',
      by: ['planner', 'organiser'],
      basis: '总局令第18号第四十四条第一款；总局令第15号第六条、第九条第四项',
      input: Draft,
      check: checkDraft,
      run: compile,
    }),
    redraft: on({
      label: { zh: '重新汇总', en: 'Put together again' },
      from: 'drafted',
      to: 'same',
      by: ['planner', 'organiser'],
      aside: true,
      basis: '总局令第18号第四十四条第一款',
      input: Redraft,
      check: checkAddressees,
      run: compile,
    }),
    send: on({
      label: { zh: '报批发出', en: 'Sign and send' },
      from: 'drafted',
      to: 'sent',
      by: ['planner', 'organiser'],
      basis: '总局令第18号第四十四条第一款；总局令第15号第六条',
      approval: ['section-chief', 'bureau-head'],
      papers: ['report'],
      check: (row: ResultsReportRow) => checkAddressees(row, row),
      run: (_row: ResultsReportRow, _input: unknown, act: Act) => ({ sentOn: act.occurredOn }),
    }),
    acknowledge: on({
      label: { zh: '登记回执', en: 'Enter a receipt' },
      from: 'sent',
      to: ['sent', 'closed'],
      by: ['planner', 'organiser'],
      basis: '总局令第18号第四十四条第一款',
      input: Acknowledgement,
      check: checkAcknowledgement,
      run: (row: ResultsReportRow, input) => {
        const receipts = [...row.receipts, { ...input, reference: input.reference ?? null }];
        const all = row.addressees.every(({ name }) => receipts.some((receipt) => receipt.name === name));
        return { receipts, to: all ? 'closed' : 'sent' };
      },
    }),
    withdraw: on({
      label: { zh: '撤回', en: 'Withdraw' },
      from: 'drafted',
      to: 'withdrawn',
      by: ['planner', 'organiser'],
      aside: true,
      basis: '总局令第18号第四十四条',
      input: z.strictObject({ reason: field.longText('撤回理由', { en: 'Why', max: 2000 }) }),
    }),
  },
});
