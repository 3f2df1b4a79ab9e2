import {
  type Act,
  entity,
  field,
  lifecycle,
  on,
  optional,
  type RecordRow,
  type Refusal,
  refuse,
} from '@hengjian/kernel';
import { z } from 'zod';
import { type Submitted, scoreRound } from './scoring.ts';

const Participant = z.object({
  organisation: field.identifier('机构编号', { en: 'Organisation' }),
  name: field.text('机构名称', { en: 'Body' }),
});

const Round = entity(
  'laboratory.round',
  { zh: '能力验证', en: 'Proficiency round' },
  {
    fields: {
      name: field.text('名称', { en: 'Name' }),
      design: field.choice(
        '方式',
        {
          open: { zh: '公开参加', en: 'Open' },
          blind: { zh: '盲样考核', en: 'Blind sample' },
          split: { zh: '分割样品比对', en: 'Split sample' },
        },
        { en: 'Design' },
      ),
      kind: field.text('类别代码', { en: 'Kind' }),
      parameter: field.text('项目', { en: 'Parameter' }),
      method: optional(field.text('方法', { en: 'Method' })),
      unit: field.text('单位', { en: 'Unit', max: 40 }),
      participants: field.list('参加机构', Participant, { en: 'Participants', max: 500 }),
      dueOn: field.date('提交期限', { en: 'Due on' }),
      sigma: optional(field.decimal('能力评定标准差', { en: 'Standard deviation for assessment' })),
      assigned: optional(field.decimal('指定值', { en: 'Assigned value' })),
      assignedUncertainty: optional(field.decimal('指定值标准不确定度', { en: 'Its standard uncertainty' })),
      basis: optional(field.text('评定依据', { en: 'Basis of scoring', max: 300 })),
      reason: optional(field.longText('理由', { en: 'Reason', max: 2000 })),
      repeats: optional(field.reference('补测的原计划', 'laboratory.round', { en: 'Round that it repeats' })),
      entry: optional(field.identifier('公布条目', { en: 'Public entry' })),
    },
    title: (row) => row.name,
    words: (row) => [row.parameter],
    purpose: {
      zh: '能力验证、盲样考核和分割样品比对：分发、收集、评分、整改。',
      en: 'Proficiency rounds, blind samples and split samples: assigned, collected, scored, followed up.',
    },
  },
);
type RoundRow = RecordRow<typeof Round>;

const Found = z.strictObject({
  value: field.decimal('结果', { en: 'Result' }),
  expanded: optional(field.decimal('扩展不确定度', { en: 'Expanded uncertainty' })),
  coverageFactor: optional(field.decimal('包含因子', { en: 'Coverage factor' })),
});
const Collected = Found.extend({ organisation: Participant.shape.organisation });
type Collected = z.infer<typeof Collected>;

async function checkResult(row: RoundRow, input: Collected, act: Act): Promise<true | Refusal> {
  if (!row.participants.some(({ organisation }) => organisation === input.organisation))
    return refuse('not-a-participant', '该机构没有参加这次能力验证。', 'This body does not take part.', 'organisation');
  if (act.occurredOn > row.dueOn)
    return refuse('too-late', `提交期限已过（${row.dueOn}）。`, `Results were due by ${row.dueOn}.`);
  if (row.design === 'split' && !input.expanded)
    return refuse(
      'uncertainty-missing',
      '分割样品比对须给出扩展不确定度。',
      'A split sample needs the expanded uncertainty.',
      'expanded',
    );
  const held = await act.sql.query('select 1 from laboratory.round_result where record = $1 and organisation = $2', [
    row.id,
    input.organisation,
  ]);
  return (
    held.length === 0 || refuse('given-already', '结果已经提交，不能更改。', 'The result was given; it is not changed.')
  );
}

async function keep(row: RoundRow, input: Collected, act: Act): Promise<void> {
  const { name } = row.participants.find(({ organisation }) => organisation === input.organisation)!;
  await act.sql.query(
    `insert into laboratory.round_result (record, organisation, name, value, expanded, coverage_factor, submitted_on) values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      row.id,
      input.organisation,
      name,
      input.value,
      input.expanded ?? null,
      input.coverageFactor ?? null,
      act.occurredOn,
    ],
  );
}

const ownResult = (input: z.infer<typeof Found>, act: Act): Collected => ({
  ...input,
  organisation: act.actor.organisation ?? '',
});

/** The order of the participants, so that the first of a split sample is the reference. */
async function resultsOf(row: RoundRow, act: Act): Promise<Submitted[]> {
  const rows = await act.sql.query<Submitted>(
    `select organisation, value::text, expanded::text, coverage_factor::text as "coverageFactor" from laboratory.round_result where record = $1`,
    [row.id],
  );
  return row.participants.flatMap(({ organisation }) => rows.filter((result) => result.organisation === organisation));
}

const basisOf = ({ assigned, assignedUncertainty, sigma }: RoundRow) => ({
  assigned: assigned ?? null,
  assignedUncertainty: assignedUncertainty ?? null,
  sigma: sigma ?? null,
});

async function checkScoring(row: RoundRow, _input: unknown, act: Act): Promise<true | Refusal> {
  const results = await resultsOf(row, act);
  const least = row.design === 'split' ? 2 : row.assigned && row.sigma ? 1 : 3;
  if (results.length < least)
    return refuse(
      'too-few-results',
      `至少要有${least}个结果才能评分。`,
      `At least ${least} results are needed to score.`,
    );
  if (act.occurredOn <= row.dueOn && results.length < row.participants.length)
    return refuse(
      'still-collecting',
      `提交期限（${row.dueOn}）未到，还有机构没有提交。`,
      `Results may come until ${row.dueOn}.`,
    );
  return (
    scoreRound(row.design, results, basisOf(row)) !== undefined ||
    refuse(
      'no-scale',
      '结果过于一致，无法从中得到评定标准差，请先给定。',
      'The results agree too well to give a scale; state the standard deviation.',
    )
  );
}

async function score(row: RoundRow, _input: unknown, act: Act): Promise<Partial<RoundRow>> {
  const { scored, assigned, assignedUncertainty, sigma, basis } = scoreRound(
    row.design,
    await resultsOf(row, act),
    basisOf(row),
  )!;
  await act.sql.query(
    `update laboratory.round_result r set score = s.score, score_kind = s.kind, class = s.class
     from jsonb_to_recordset($2::jsonb) s(organisation uuid, score numeric, kind text, class text)
     where r.record = $1 and r.organisation = s.organisation`,
    [row.id, JSON.stringify(scored)],
  );
  return { assigned, assignedUncertainty, ...(sigma === '-' ? {} : { sigma }), basis };
}

const Correction = z.strictObject({ correction: field.longText('整改情况', { en: 'What was corrected', max: 4000 }) });

async function checkCorrection(row: RoundRow, _input: unknown, act: Act): Promise<true | Refusal> {
  const [own] = await act.sql.query<{ class: string | null }>(
    'select class from laboratory.round_result where record = $1 and organisation = $2',
    [row.id, act.actor.organisation],
  );
  return (
    own?.class === 'action' ||
    refuse('nothing-to-correct', '本机构结果无须整改。', 'Nothing is to be corrected by this body.')
  );
}

async function checkClosing(row: RoundRow, _input: unknown, act: Act): Promise<true | Refusal> {
  const open = await act.sql.query<{ name: string }>(
    `select name from laboratory.round_result where record = $1 and class = 'action' and corrected_on is null`,
    [row.id],
  );
  return (
    open.length === 0 ||
    refuse(
      'uncorrected',
      `还没有整改：${open.map(({ name }) => name).join('、')}。`,
      `Not corrected yet: ${open.map(({ name }) => name).join(', ')}.`,
    )
  );
}

/** Kind of the public entry of a proficiency round. */
const ROUND_ENTRY = 'proficiency-round';

/** Nobody twice; and a repeat is for those alone whose result called for action. */
async function checkParticipants(
  _row: RoundRow,
  { participants, repeats }: Pick<RoundRow, 'participants' | 'repeats'>,
  act: Act,
): Promise<true | Refusal> {
  if (new Set(participants.map(({ organisation }) => organisation)).size !== participants.length)
    return refuse('participant-twice', '有机构列了两次。', 'A body is listed twice.', 'participants');
  if (!repeats) return true;
  const failed = await act.sql.query<{ organisation: string }>(
    `select organisation from laboratory.round_result where record = $1 and class = 'action'`,
    [repeats],
  );
  const stranger = participants.find(({ organisation }) => !failed.some((one) => one.organisation === organisation));
  return (
    stranger === undefined ||
    refuse(
      'nothing-to-repeat',
      `${stranger.name}在原计划中没有不满意结果，不参加补测。`,
      `${stranger.name} has no result for action in the round that is repeated.`,
      'participants',
    )
  );
}

/** What everybody may read: what was tested, how it was scored, and who was satisfactory; the others are told alone. */
async function publish(row: RoundRow, _input: unknown, act: Act): Promise<Partial<RoundRow>> {
  const satisfactory = await act.sql.query<{ name: string }>(
    `select name from laboratory.round_result where record = $1 and class = 'acceptable' order by name`,
    [row.id],
  );
  const { name, parameter, unit, method, assigned, sigma, basis, participants } = row;
  const entry = await act.publish({
    kind: ROUND_ENTRY,
    title: { zh: `能力验证结果：${name}`, en: `Proficiency round: ${name}` },
    region: act.offices.get(row.office)!.region,
    subjects: [],
    words: [name, parameter],
    body: {
      ...{ name, parameter, unit, method: method ?? null, assigned, sigma: sigma ?? null, basis },
      participants: participants.length,
      satisfactory: satisfactory.map((one) => one.name),
    },
  });
  return { entry };
}

const o39 = (article: string): string => `《检验检测机构监督管理办法》（令第39号，2025修订）${article}`;

/** 能力验证 (order 39 arts 19, 20). Who is tested by a blind or split sample does not learn of it before the scores. */
export const roundLifecycle = lifecycle(Round, {
  editions: [{ name: 'O39-2025', basis: o39('第十九条、第二十条'), inForce: '2000-01-01' }],
  states: {
    running: { zh: '进行中', en: 'Running' },
    scored: { zh: '已评分', en: 'Scored' },
    closed: { zh: '已结束', en: 'Closed', closed: true },
    cancelled: { zh: '已取消', en: 'Cancelled', closed: true },
  },
  readers: ['accreditation-officer', 'planner', 'section-chief', 'auditor'],
  columns: ['design', 'parameter', 'dueOn'],
  parties: {
    participant: {
      label: { zh: '参加机构', en: 'Participant' },
      of: (row) =>
        row.design === 'open'
          ? (row.participants ?? []).map(({ organisation }) => `org:${organisation}#laboratory-quality`)
          : [],
      sees: ['name', 'design', 'kind', 'parameter', 'method', 'unit', 'dueOn'],
      from: 'running',
    },
    toldParticipant: {
      label: { zh: '参加机构（已评分）', en: 'Participant, scored' },
      of: (row) => (row.participants ?? []).map(({ organisation }) => `org:${organisation}#laboratory-quality`),
      sees: ['name', 'design', 'parameter', 'unit', 'assigned', 'assignedUncertainty', 'sigma', 'basis'],
      from: 'scored',
    },
  },
  actions: {
    begin: on({
      label: { zh: '组织能力验证', en: 'Begin a round' },
      from: null,
      to: 'running',
      by: ['accreditation-officer'],
      basis: o39('第十九条第一款'),
      input: z.strictObject({
        name: Round.shape.name,
        design: Round.shape.design,
        kind: Round.shape.kind,
        parameter: Round.shape.parameter,
        method: Round.shape.method,
        unit: Round.shape.unit,
        participants: Round.shape.participants,
        dueOn: Round.shape.dueOn,
        sigma: Round.shape.sigma,
        assigned: Round.shape.assigned,
        assignedUncertainty: Round.shape.assignedUncertainty,
        repeats: Round.shape.repeats,
      }),
      check: checkParticipants,
    }),
    submit: on({
      label: { zh: '提交结果', en: 'Submit a result' },
      from: 'running',
      to: 'same',
      by: ['participant'],
      basis: o39('第十九条第二款'),
      input: Found,
      check: (row: RoundRow, input, act) => checkResult(row, ownResult(input, act), act),
      run: (row: RoundRow, input, act) => keep(row, ownResult(input, act), act),
    }),
    collect: on({
      label: { zh: '收集盲样或比对结果', en: 'Collect a result' },
      from: 'running',
      to: 'same',
      by: ['accreditation-officer'],
      aside: true,
      basis: o39('第十九条第一款'),
      input: Collected,
      when: (row) =>
        row.design !== 'open' ||
        refuse('by-the-body', '公开参加的由机构自己提交。', 'In an open round the body submits by itself.'),
      check: checkResult,
      run: keep,
    }),
    score: on({
      label: { zh: '评分', en: 'Score' },
      from: 'running',
      to: 'scored',
      by: ['accreditation-officer'],
      basis: `${o39('第十九条')}；ISO 13528:2022`,
      check: checkScoring,
      run: score,
    }),
    correct: on({
      label: { zh: '提交整改', en: 'Report the correction' },
      from: 'scored',
      to: 'same',
      by: ['toldParticipant'],
      aside: true,
      basis: o39('第二十一条第二款'),
      input: Correction,
      check: checkCorrection,
      run: async (row: RoundRow, { correction }, act) => {
        await act.sql.query(
          `update laboratory.round_result set correction = $3, corrected_on = $4 where record = $1 and organisation = $2`,
          [row.id, act.actor.organisation, correction, act.occurredOn],
        );
      },
    }),
    publish: on({
      label: { zh: '公布结果', en: 'Publish' },
      from: 'scored',
      to: 'same',
      by: ['accreditation-officer'],
      aside: true,
      basis: o39('第十九条第一款'),
      when: (row) => !row.entry || refuse('published-already', '结果已经公布。', 'The results were published already.'),
      run: publish,
    }),
    close: on({
      label: { zh: '结束', en: 'Close' },
      from: 'scored',
      to: 'closed',
      by: ['accreditation-officer'],
      basis: o39('第二十条'),
      check: checkClosing,
    }),
    cancel: on({
      label: { zh: '取消', en: 'Cancel' },
      from: 'running',
      to: 'cancelled',
      by: ['accreditation-officer'],
      aside: true,
      danger: true,
      basis: o39('第十九条第一款'),
      input: z.strictObject({ reason: field.longText('理由', { en: 'Reason', max: 2000 }) }),
    }),
  },
});
