import { entity, field, lifecycle, on, optional, type Paper, type RecordRow, refuse } from '@hengjian/kernel';
import { z } from 'zod';

const aspects = {
  report: { zh: '检验报告和原始记录', en: 'Reports and records' },
  retained: { zh: '留样和备用样品', en: 'Kept samples' },
  timeliness: { zh: '检验时限', en: 'Timeliness' },
  reversal: { zh: '复检结论不一致', en: 'Overturned by a retest' },
  readiness: { zh: '人员、仪器、环境', en: 'Persons, instruments, rooms' },
} as const;

const Finding = z.object({
  aspect: field.choice('方面', aspects, { en: 'Aspect' }),
  looked: field.text('查看的报告、样品或者仪器', { en: 'What was looked at', max: 200 }),
  found: field.choice(
    '结果',
    {
      sound: { zh: '符合', en: 'Sound' },
      minor: { zh: '一般问题', en: 'Minor fault' },
      major: { zh: '重大问题', en: 'Major fault' },
    },
    { en: 'Found' },
  ),
  note: optional(field.text('情况', { en: 'Account', max: 500 })),
});
type Finding = z.infer<typeof Finding>;

/** Points of a spot check: 100 less 5 for a minor and 25 for a major fault, not below 0. A convention, to be set by the province. */
export function scoreOf(findings: readonly Pick<Finding, 'found'>[]): number {
  const count = (kind: Finding['found']): number => findings.filter(({ found }) => found === kind).length;
  return Math.max(0, 100 - 5 * count('minor') - 25 * count('major'));
}

const SpotCheck = entity(
  'laboratory.spot-check',
  { zh: '检验工作质量抽查', en: 'Spot check of testing work' },
  {
    fields: {
      organisation: field.identifier('检验机构编号', { en: 'Body (id)' }),
      bodyName: field.text('检验机构', { en: 'Body' }),
      scope: field.longText('抽查范围', { en: 'Scope', max: 2000 }),
      plannedOn: field.date('计划日期', { en: 'Planned for' }),
      findings: optional(field.list('抽查结果', Finding, { en: 'Findings', max: 200 })),
      score: optional(field.integer('得分', { en: 'Points', min: 0, max: 100 })),
      major: optional(field.flag('有重大问题', { en: 'Major fault' })),
      answer: optional(field.longText('机构申辩', { en: "Body's answer", max: 4000 })),
      decision: optional(field.longText('处理意见', { en: 'Decision', max: 4000 })),
    },
    title: (row) => `${row.bodyName} · ${row.plannedOn}`,
    subject: (row) => ({ id: row.organisation, name: row.bodyName }),
    purpose: {
      zh: '对承检机构的报告、样品、时限定期抽查；结果用于分级和下一期任务的份额。',
      en: 'Regular looks at the reports, samples and times of a body; they enter its grade and its share of the next tasks.',
    },
  },
);
type SpotCheckRow = RecordRow<typeof SpotCheck>;

const basis = '《检验检测机构监督管理办法》（令第39号，2025修订）第十九条、第二十条';

const sheet = (row: SpotCheckRow): Paper => ({
  template: 'spot-check',
  title: '检验工作质量抽查记录',
  content: {
    facts: [
      ['检验机构', row.bodyName],
      ['抽查范围', row.scope],
      ['得分', String(row.score ?? '')],
    ],
    tables: [
      {
        caption: '抽查结果',
        columns: ['方面', '查看对象', '结果', '情况'],
        rows: (row.findings ?? []).map(({ aspect, looked, found, note }) => [
          aspects[aspect].zh,
          looked,
          { sound: '符合', minor: '一般问题', major: '重大问题' }[found],
          note ?? null,
        ]),
      },
    ],
    signatures: ['检查人员', '机构代表'],
  },
});

/** 工作质量抽查: planned, scored from its findings, answered by the body, decided by another than who looked. */
export const spotCheckLifecycle = lifecycle(SpotCheck, {
  editions: [{ name: 'O39-2025', basis, inForce: '2000-01-01' }],
  states: {
    planned: { zh: '已计划', en: 'Planned' },
    scored: { zh: '已评分，待机构意见', en: 'Scored' },
    answered: { zh: '机构已申辩', en: 'Answered' },
    final: { zh: '已认定', en: 'Final', closed: true },
    cancelled: { zh: '已取消', en: 'Cancelled', closed: true },
  },
  readers: ['accreditation-officer', 'planner', 'section-chief', 'auditor'],
  columns: ['score', 'plannedOn'],
  documents: { sheet: { zh: '检验工作质量抽查记录', en: 'Record of the spot check', paper: sheet } },
  parties: {
    quality: {
      label: { zh: '机构质量负责人', en: "Body's quality officer" },
      of: (row) => [`org:${row.organisation}#laboratory-quality`],
      sees: ['bodyName', 'findings', 'score', 'major', 'answer', 'decision'],
      from: 'scored',
    },
  },
  actions: {
    plan: on({
      label: { zh: '计划抽查', en: 'Plan a spot check' },
      from: null,
      to: 'planned',
      by: ['accreditation-officer'],
      basis,
      input: z.strictObject({
        organisation: SpotCheck.shape.organisation,
        bodyName: SpotCheck.shape.bodyName,
        scope: SpotCheck.shape.scope,
        plannedOn: SpotCheck.shape.plannedOn,
      }),
    }),
    record: on({
      label: { zh: '记录结果', en: 'Record the findings' },
      from: 'planned',
      to: 'scored',
      by: ['accreditation-officer'],
      basis,
      input: z.strictObject({ findings: field.list('抽查结果', Finding, { en: 'Findings', max: 200 }) }),
      papers: ['sheet'],
      check: (row: SpotCheckRow, { findings }, act) => {
        if (findings.length === 0)
          return refuse('nothing-looked-at', '没有抽查结果。', 'Nothing was looked at.', 'findings');
        return (
          row.plannedOn <= act.occurredOn ||
          refuse('before-its-day', `抽查计划在${row.plannedOn}。`, `It is planned for ${row.plannedOn}.`)
        );
      },
      run: (_row: SpotCheckRow, { findings }) => ({
        score: scoreOf(findings),
        major: findings.some(({ found }) => found === 'major'),
      }),
    }),
    answer: on({
      label: { zh: '申辩', en: 'Answer' },
      from: 'scored',
      to: 'answered',
      by: ['quality'],
      aside: true,
      basis,
      input: z.strictObject({ answer: field.longText('申辩', { en: 'Answer', max: 4000 }) }),
    }),
    decide: on({
      label: { zh: '认定', en: 'Decide' },
      from: ['scored', 'answered'],
      to: 'final',
      by: ['section-chief'],
      basis,
      notBy: [{ actions: ['record'], same: 'person' }],
      input: z.strictObject({
        decision: field.longText('处理意见', { en: 'Decision', max: 4000 }),
        upheld: field.list('维持的结果', Finding, { en: 'Findings upheld', max: 200 }),
      }),
      check: (row: SpotCheckRow, { upheld }) =>
        upheld.every(({ aspect, looked }) =>
          (row.findings ?? []).some((found) => found.aspect === aspect && found.looked === looked),
        ) || refuse('new-finding', '不能增加抽查时没有的结果。', 'No finding is added that was not made.', 'upheld'),
      run: (_row: SpotCheckRow, { upheld }) => ({
        findings: upheld,
        score: scoreOf(upheld),
        major: upheld.some(({ found }) => found === 'major'),
      }),
    }),
    cancel: on({
      label: { zh: '取消', en: 'Cancel' },
      from: 'planned',
      to: 'cancelled',
      by: ['accreditation-officer'],
      aside: true,
      danger: true,
      basis,
    }),
  },
});
