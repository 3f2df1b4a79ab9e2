import { type Act, field, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { resultDutyChoices } from '../grounds.ts';
import { refuseStranger, tellFollow, withName } from '../person.ts';
import { pauseGrounds, type ReportRow } from './entity.ts';

const findings = field.longText('核查情况', { en: 'Findings', max: 8000 });
const reason = field.longText('理由', { en: 'Reasons', max: 4000 });
const resultDuty = field.choice('告知处理结果的规定', resultDutyChoices, { en: 'Rule on telling the result' });

export const Naming = z.strictObject({ person: field.identifier('核查人员', { en: 'Person' }) });
export const Pausing = z.strictObject({ pauseGround: field.choice('事由', pauseGrounds, { en: 'Ground' }) });
export const Extending = z.strictObject({ reason });
export const Filing = z.strictObject({ findings, reason, resultDuty });
export const Referring = z.strictObject({
  findings,
  referTo: field.text('移送机关', { en: 'To', max: 300 }),
});
export const TellingResult = z.strictObject({ result: field.longText('处理结果', { en: 'Result', max: 4000 }) });
export const Concluding = z.strictObject({
  fined: field.money('罚款', { en: 'Fine' }),
  confiscated: field.money('没收', { en: 'Confiscated' }),
  concludedOn: field.date('办结日期', { en: 'Concluded on' }),
});
export const Rewarding = z.strictObject({
  level: field.choice(
    '奖励等级',
    { '1': { zh: '一级', en: 'First' }, '2': { zh: '二级', en: 'Second' }, '3': { zh: '三级', en: 'Third' } },
    { en: 'Level' },
  ),
  ground: field.longText('属于重大违法行为、符合等级的理由', { en: 'Why it is major and of this level', max: 2000 }),
});
export const Opening = z.strictObject({ why: field.text('查看理由', { en: 'Why it is opened', max: 300 }) });

export const begin = (row: ReportRow, _input: unknown, act: Act): Partial<ReportRow> => ({
  verifiers: withName(row.verifiers, act),
});
export const enough = (row: ReportRow) =>
  row.verifiers.length < 8 || refuse('enough-verifiers', '核查人员已满。', 'There are enough verifiers.');
export const checkNaming = async (_row: ReportRow, input: z.infer<typeof Naming>, act: Act) => {
  const [known] = await act.sql.query(`select 1 from kernel.person where id = $1 and kind = 'person'`, [input.person]);
  return known !== undefined || refuse('unknown-person', '没有这个人员。', 'There is no such person.', 'person');
};
export const nameVerifier = (row: ReportRow, input: z.infer<typeof Naming>): Partial<ReportRow> => ({
  verifiers: [...new Set([...row.verifiers, input.person])],
});
export const checkOpening = (row: ReportRow, _input: unknown, act: Act) => refuseStranger(row.verifiers, act);

export const notExtended = (row: ReportRow) =>
  !row.extended || refuse('extended-already', '核查期限只延长一次。', 'Verification is extended once.');
export const extend = (row: ReportRow): Partial<ReportRow> => ({ extended: true, reason: row.reason ?? null });

/** A case is filed: its source goes to those who investigate; of the reporter nothing goes along. */
export async function file(row: ReportRow, input: z.infer<typeof Filing>, act: Act): Promise<Partial<ReportRow>> {
  const { subjectId, subjectName, subjectCode, region, productName } = row;
  const { id } = await act.create('complaints.referral', 'open', {
    kind: 'report',
    report: row.id,
    ...{ subjectId, subjectName, subjectCode, region, productName },
    facts: [row.facts, ...(row.additions ?? []).map(({ facts }) => facts), `核查情况：${input.findings}`].join('\n'),
    foundOn: row.lastReceivedOn,
  });
  return { decidedOn: act.occurredOn, referral: id };
}
export const decide = (_row: ReportRow, _input: unknown, act: Act): Partial<ReportRow> => ({
  decidedOn: act.occurredOn,
});

/** Only where another rule orders it (order 121 art. 36). */
export const owesResult = (row: ReportRow) =>
  (Boolean(row.resultDuty) && row.resultDuty !== 'none') ||
  refuse(
    'no-duty-to-tell',
    '没有法律、法规、规章要求告知处理结果；举报处理情况依法保密。',
    'No rule orders that the result be told; how a report is handled is confidential.',
  );
export const notToldYet = (row: ReportRow) => {
  const owes = owesResult(row);
  if (owes !== true) return owes;
  return !row.resultToldOn || refuse('told-already', '处理结果已经告知。', 'The result was told.');
};
export const tellResult = async (
  row: ReportRow,
  input: z.infer<typeof TellingResult>,
  act: Act,
): Promise<Partial<ReportRow>> => {
  await tellFollow(row.id, 'told', input.result, act);
  return { resultToldOn: act.occurredOn };
};

export const mayClose = (row: ReportRow) => {
  if (row.resultDuty && row.resultDuty !== 'none' && !row.resultToldOn)
    return refuse('result-owed', '应当先告知举报人处理结果。', 'The reporter is told the result first.');
  return (
    row.state === 'declined' ||
    Boolean(row.concludedOn) ||
    refuse('case-open', '案件还没有办结。', 'The case is not concluded.')
  );
};

/** Rewards: a natural person, a major offence, verified and concluded (rules of 2021, art. 3). */
export const mayReward = (row: ReportRow) => {
  if (!row.wantsReward) return refuse('not-asked', '举报人没有申请奖励。', 'The reporter asks for no reward.');
  return (
    Boolean(row.concludedOn) ||
    refuse('case-open', '查证属实并办结的，才予以奖励。', 'A reward follows a verified and concluded case.')
  );
};
export async function proposeReward(row: ReportRow, input: z.infer<typeof Rewarding>, act: Act): Promise<undefined> {
  const [head] = await act.sql.query<{ number: string | null }>('select number from kernel.record where id = $1', [
    row.id,
  ]);
  await act.create('complaints.reward', 'propose', {
    ...input,
    report: row.id,
    reportNumber: head?.number ?? row.id,
    fined: row.fined ?? '0',
    confiscated: row.confiscated ?? '0',
  });
}
