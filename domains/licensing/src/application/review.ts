import { computeDeadline } from '@hengjian/calendar';
import { accreditedBodies } from '@hengjian/institutions';
import { type Act, field, optional, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { kindOf } from '../kinds/catalogue.ts';
import { clockOf, needsSiteCheck, needsTest, scoreSiteCheck } from '../kinds/rules.ts';
import {
  type Candidate,
  type DrawHead,
  digestOfDraw,
  drawTeam,
  mostOpenChecks,
  replacementFor,
  type TeamDraw,
} from '../reviewer/draw.ts';
import { type ApplicationRow, Checked, opinionChoices, pauseChoices } from './entity.ts';

export const TeamSize = z.strictObject({
  size: field.integer('核查组人数', { en: 'Size of the team', min: 2, max: 4 }),
});
export const Recusal = z.strictObject({
  reviewer: field.identifier('退出的评审员', { en: 'Reviewer who drops out' }),
  reason: field.longText('理由', { en: 'Reason', max: 2000 }),
});
export const SiteDay = z.strictObject({ siteCheckOn: field.date('核查日期', { en: 'Site check on' }) });
export const Findings = z.strictObject({ siteCheck: field.list('核查记录', Checked, { en: 'Checklist', max: 60 }) });
export const Choice = z.strictObject({ laboratory: field.identifier('检验机构', { en: 'Laboratory' }) });
export const TimeNeeded = z.strictObject({
  expectedUntil: field.date('预计结束日期', { en: 'Expected until' }),
  reference: optional(field.text('依据文书', { en: 'Document', max: 120 })),
});
export const Pause = TimeNeeded.extend({ pauseGround: field.choice('事由', pauseChoices, { en: 'Ground' }) });
export const TestResult = z.strictObject({
  reportNumber: field.text('检验报告编号', { en: 'Report number', max: 60 }),
  testPassed: field.flag('检验合格', { en: 'Passed' }),
});
export const Demands = z.strictObject({ demands: field.longText('整改要求', { en: 'To be rectified', max: 4000 }) });
export const Opinion = z.strictObject({
  opinion: field.choice('审查意见', opinionChoices, { en: 'Opinion' }),
  opinionText: field.longText('审查意见内容', { en: 'In words', max: 4000 }),
});

export const checkTeam = (row: ApplicationRow, input: z.infer<typeof TeamSize>) => {
  const kind = kindOf(row);
  const [least, most] = kind.siteCheck.team;
  if (!needsSiteCheck(kind, row))
    return refuse('no-site-check', '本申请无需现场核查。', 'This application needs no site check.');
  return (
    (input.size >= least && input.size <= most) ||
    refuse('team-size', `核查组应当为 ${least} 至 ${most} 人。`, `A team has ${least} to ${most} members.`, 'size')
  );
};

async function candidatesFor(row: ApplicationRow, act: Act): Promise<Candidate[]> {
  const rows = await act.sql.query<{
    id: string;
    person: string;
    name: string;
    unit: string;
    body: string | null;
    may_lead: boolean;
    recusals: string[] | null;
    valid_until: string;
    workload: number;
    accepted: boolean;
  }>(
    `select r.id, r.person, r.name, r.unit, r.body, r.may_lead, r.recusals, to_char(r.valid_until, 'YYYY-MM-DD') as valid_until,
       (select count(*) from licensing.assignment a where a.reviewer = r.id and a.until_on is null)::int as workload,
       exists (select from kernel.event e where e.record = $2 and e.action = 'accept' and e.actor = r.person) as accepted
     from licensing.reviewer r where r.state = 'qualified' and r.specialties ? $1 order by r.id`,
    [row.kind, row.id],
  );
  return rows.map((one) => ({
    reviewer: one.id,
    person: one.person,
    name: one.name,
    unit: one.unit,
    body: one.body,
    mayLead: one.may_lead,
    workload: one.workload,
    excluded: exclusionOf(one, row, act.occurredOn),
  }));
}

function exclusionOf(
  one: { unit: string; recusals: string[] | null; valid_until: string; workload: number; accepted: boolean },
  row: ApplicationRow,
  day: string,
): string | null {
  if (one.valid_until < day) return 'certificate-ended';
  if (one.unit === row.applicantName) return 'own-unit';
  if (row.applicantCode && one.recusals?.includes(row.applicantCode)) return 'recused';
  if (one.accepted) return 'accepted-it';
  return one.workload >= mostOpenChecks ? 'workload' : null;
}

/**
 * The first signed head of the public log that covers the acceptance of the file. It was signed within moments of that act, by the log and not
 * by whoever draws.
 */
async function headAfterAcceptance(row: ApplicationRow, act: Act): Promise<{ leaf: number; head: DrawHead }> {
  const [found] = await act.sql.query<DrawHead & { leaf: number }>(
    `select e.number as leaf, h.epoch, h.size, h.root, h.note from kernel.event e
     cross join lateral (select * from kernel.log_head where size > e.number order by epoch desc, size limit 1) h
     where e.record = $1 and e.action in ('accept', 'acceptTacitly') and e.number is not null order by e.number limit 1`,
    [row.id],
  );
  if (found === undefined)
    throw act.problem(
      'not-sealed-yet',
      '受理记录尚未写入公开日志，请稍候再抽取。',
      'The acceptance does not stand in the public log yet; please draw in a moment.',
    );
  const { leaf, epoch, size, root, note } = found;
  return { leaf: Number(leaf), head: { epoch, size: Number(size), root, note } };
}

export async function draw(
  row: ApplicationRow,
  input: z.infer<typeof TeamSize>,
  act: Act,
): Promise<Partial<ApplicationRow>> {
  const from = { ...(await headAfterAcceptance(row, act)), application: row.id };
  const drawn = drawTeam(await candidatesFor(row, act), input.size, from);
  if (drawn === null)
    throw act.problem(
      'no-team',
      '名录中没有足够的评审员可以组成核查组：须有组长，且不得全部来自同一单位。',
      'The register cannot give such a team: it needs a leader, and not all may come from one unit.',
    );
  await assign(
    row,
    drawn.team.map(({ reviewer }) => reviewer),
    act,
  );
  // Everybody reads that a team was drawn and from which head; who it is and for whom stands in the file alone, behind the digest.
  const digest = digestOfDraw(drawn);
  await act.publish({
    kind: 'licence-team-draw',
    title: { zh: '许可核查组随机抽取', en: 'Draw of a review team' },
    region: act.offices.get(row.office)!.region,
    subjects: [],
    words: [],
    body: { leaf: from.leaf, head: from.head, digest, size: input.size, inFrame: drawn.frame.length },
    opens: { teamDraw: digest },
  });
  return { team: drawn.team, teamDraw: drawn as never, stepOn: act.occurredOn };
}

async function assign(row: ApplicationRow, reviewers: readonly string[], act: Act): Promise<void> {
  for (const reviewer of reviewers)
    await act.sql.query(
      'insert into licensing.assignment (application, reviewer, office, from_on) values ($1, $2, $3, $4)',
      [row.id, reviewer, row.office, act.occurredOn],
    );
}

const release = (row: ApplicationRow, act: Act, reviewer?: string) =>
  act.sql.query(
    'update licensing.assignment set until_on = $2 where application = $1 and until_on is null and ($3::uuid is null or reviewer = $3)',
    [row.id, act.occurredOn, reviewer ?? null],
  );

export async function recuse(
  row: ApplicationRow,
  input: z.infer<typeof Recusal>,
  act: Act,
): Promise<Partial<ApplicationRow>> {
  const team = row.team ?? [];
  if (!team.some(({ reviewer }) => reviewer === input.reviewer))
    throw act.problem('not-in-team', '该评审员不在核查组中。', 'This reviewer is not in the team.');
  const next = replacementFor(row.teamDraw as unknown as TeamDraw, team, input.reviewer);
  if (next === undefined)
    throw act.problem(
      'no-replacement',
      '抽取顺序中没有可以替补的评审员。',
      'Nobody in the order of the draw can stand in.',
    );
  await release(row, act, input.reviewer);
  await assign(row, [next.reviewer], act);
  return { team: team.map((member) => (member.reviewer === input.reviewer ? next : member)) };
}

export const checkSiteDay = (row: ApplicationRow, input: z.infer<typeof SiteDay>, act: Act) => {
  const clock = clockOf(kindOf(row), 'site-notice');
  if (input.siteCheckOn < act.occurredOn)
    return refuse('day-past', '核查日期已过。', 'That day is past.', 'siteCheckOn');
  if (clock === undefined) return true;
  const { unit, amount, basis } = clock;
  const opens = computeDeadline(
    { kind: 'not-before', opens: 'on-last-day', unit, amount, basis },
    act.occurredOn,
    act.calendar,
  ).opensOn!;
  return (
    input.siteCheckOn >= opens ||
    refuse(
      'notice-too-short',
      `应当提前 ${amount} 个工作日通知企业，最早可在 ${opens} 核查（${basis}）。`,
      `The firm is told ${amount} working days before; ${opens} is the first day (${basis}).`,
      'siteCheckOn',
    )
  );
};

export const checkFindings = (row: ApplicationRow, input: z.infer<typeof Findings>, act: Act) => {
  if (!row.siteCheckOn) return refuse('not-notified', '尚未通知核查日期。', 'The firm has not been told of the day.');
  if (act.occurredOn < row.siteCheckOn)
    return refuse('not-checked-yet', `核查日期为 ${row.siteCheckOn}。`, `The site check is on ${row.siteCheckOn}.`);
  const kind = kindOf(row);
  const codes = new Set(kind.siteCheck.checklist.map(({ code }) => code));
  const stray = input.siteCheck.find(({ item }) => !codes.has(item));
  if (stray !== undefined)
    return refuse('item-unknown', `核查表中没有“${stray.item}”。`, `There is no item ${stray.item}.`, 'siteCheck');
  const { unanswered } = scoreSiteCheck(kind, input.siteCheck);
  return (
    unanswered.length === 0 ||
    refuse(
      'checklist-open',
      `核查表还有 ${unanswered.length} 项没有结论：${unanswered.join('、')}。`,
      `${unanswered.length} items have no finding: ${unanswered.join(', ')}.`,
      'siteCheck',
    )
  );
};

export async function recordSiteCheck(row: ApplicationRow, input: z.infer<typeof Findings>, act: Act) {
  const { score, passed } = scoreSiteCheck(kindOf(row), input.siteCheck);
  await release(row, act);
  return { score: String(score), concludedOn: act.occurredOn, to: passed ? 'siteChecked' : 'siteFailed' };
}

export const checkLaboratory = async (row: ApplicationRow, input: z.infer<typeof Choice>, act: Act) => {
  if (!needsTest(kindOf(row), row))
    return refuse('no-test', '本申请无需发证检验。', 'This application needs no licensing test.');
  const bodies = await accreditedBodies(act.sql, row.products, act.occurredOn);
  return (
    bodies.some(({ organisation }) => organisation === input.laboratory) ||
    refuse(
      'laboratory-not-listed',
      '该机构不在可选的检验机构名单中。',
      'This body is not on the list of laboratories.',
      'laboratory',
    )
  );
};

export async function chooseLaboratory(row: ApplicationRow, input: z.infer<typeof Choice>, act: Act) {
  const bodies = await accreditedBodies(act.sql, row.products, act.occurredOn);
  return { laboratoryName: bodies.find(({ organisation }) => organisation === input.laboratory)!.name };
}

export const checkSample = (row: ApplicationRow) => {
  if (!needsTest(kindOf(row), row))
    return refuse('no-test', '本申请无需发证检验。', 'This application needs no licensing test.');
  return (
    Boolean(row.laboratory) ||
    refuse('laboratory-first', '企业尚未选定检验机构。', 'The firm has not chosen its laboratory yet.')
  );
};

export const checkPause = (row: ApplicationRow, input: z.infer<typeof Pause>, act: Act) => {
  if (!kindOf(row).pauses.includes(input.pauseGround))
    return refuse(
      'pause-not-foreseen',
      `“${pauseChoices[input.pauseGround].zh}”不是该事项可以扣除的时间。`,
      `${pauseChoices[input.pauseGround].en} does not stop the clock of this licence.`,
      'pauseGround',
    );
  return checkTimeNeeded(row, input, act);
};
export const checkTimeNeeded = (_row: ApplicationRow, input: z.infer<typeof TimeNeeded>, act: Act) =>
  input.expectedUntil > act.occurredOn ||
  refuse('until-past', '预计结束日期应在今天之后。', 'The expected end must lie ahead.', 'expectedUntil');

export const pause = (row: ApplicationRow): Partial<ApplicationRow> => ({ pausedIn: row.state });
export const resume = (row: ApplicationRow) => ({ pausedIn: null, pauseGround: null, to: row.pausedIn! });

export const mayRectify = (row: ApplicationRow) =>
  clockOf(kindOf(row), 'rectification') !== undefined ||
  refuse('no-rectification', '该事项没有整改环节。', 'This licence knows no rectification.');

export async function failRectification(row: ApplicationRow, _input: unknown, act: Act) {
  await release(row, act);
  return { concludedOn: act.occurredOn };
}

/** What must be done before the file can be examined, and what the examiner may then propose. */
export const mayExamine = (row: ApplicationRow) => {
  const kind = kindOf(row);
  if (row.state === 'accepted' && needsSiteCheck(kind, row))
    return refuse('site-check-first', '应当先进行现场核查。', 'The site check comes first.');
  if (row.state === 'siteChecked' && needsTest(kind, row))
    return refuse('test-first', '现场核查合格后应当进行发证检验。', 'The licensing test comes first.');
  return true;
};
export const checkOpinion = (row: ApplicationRow, input: z.infer<typeof Opinion>) => {
  const failed = row.state === 'siteFailed' || (row.state === 'tested' && row.testPassed === false);
  return (
    !(failed && input.opinion === 'grant') ||
    refuse(
      'conditions-not-met',
      '核查或者检验不合格，不能建议准予。',
      'The site check or the test failed; granting cannot be proposed.',
      'opinion',
    )
  );
};
export const examine = (row: ApplicationRow): Partial<ApplicationRow> => ({ examinedIn: row.state });
export const sendBack = (row: ApplicationRow) => ({
  opinion: null,
  opinionText: null,
  examinedIn: null,
  to: row.examinedIn!,
});

export const mayExtend = (row: ApplicationRow) => {
  if (row.extended) return refuse('extended-once', '决定期限只能延长一次。', 'The term is extended once.');
  return (
    clockOf(kindOf(row), 'decision')?.extension !== undefined ||
    refuse('no-extension', '该事项的期限不能延长。', 'The term of this licence cannot be extended.')
  );
};
