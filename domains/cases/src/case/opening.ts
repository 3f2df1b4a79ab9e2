import { type Act, field, on, optional, type Refusal, refuse } from '@hengjian/kernel';
import { refuseExpiredCertificate } from '@hengjian/people';
import { z } from 'zod';
import { o2, penaltyLaw } from '../clauses.ts';
import { type CaseRow, notFiledGrounds, sourceShape } from './entity.ts';
import { certified } from './people.ts';
import { isBarredByTime } from './rules.ts';

export const Reason = z.strictObject({ reason: field.longText('理由', { en: 'Reason', max: 4000 }) });
const Source = z.strictObject(sourceShape);
/** A lead that another procedure has verified and whose filing a head has approved there. */
const TakenOver = Source.extend({
  verification: field.longText('核查情况', { en: 'What the check found', max: 6000 }),
  filedOn: field.date('立案日期', { en: 'Filed on' }),
});
const People = z.strictObject({
  people: field.list('办案人员', field.identifier('办案人员', { en: 'Officer' }), { en: 'Officers', max: 12 }),
});

const found = (_row: CaseRow, input: { foundOn: string }, act: Act): true | Refusal =>
  input.foundOn <= act.occurredOn ||
  refuse('in-the-future', '发现日期不能晚于今天。', 'It cannot have been found in the future.', 'foundOn');

async function checkOfficers(_row: CaseRow, input: z.infer<typeof People>, act: Act): Promise<true | Refusal> {
  const answer = await certified(input.people, act);
  return 'refusal' in answer ? answer.refusal : true;
}
async function assign(_row: CaseRow, input: z.infer<typeof People>, act: Act): Promise<Partial<CaseRow>> {
  const answer = await certified(input.people, act);
  return 'officers' in answer ? { officers: answer.officers } : {};
}

const Recusal = z.strictObject({
  person: field.identifier('申请回避的人员', { en: 'Person' }),
  ground: field.longText('理由', { en: 'Ground', max: 2000 }),
});
const isOfficer = (row: CaseRow, person: string): true | Refusal =>
  (row.officers ?? []).some((one) => one.person === person) ||
  refuse('not-assigned', '这不是本案的办案人员。', 'This is no officer of the case.', 'person');
const asked = (row: CaseRow, person: string): true | Refusal =>
  (row.recusals ?? []).some((one) => one.person === person && one.granted == null) ||
  refuse('not-asked', '没有人申请其回避。', 'Nobody asked for this recusal.', 'person');

const Replacement = z.strictObject({
  leaves: optional(field.identifier('退出的人员', { en: 'Who leaves' })),
  joins: field.identifier('加入的人员', { en: 'Who joins' }),
});
async function replaced(row: CaseRow, input: z.infer<typeof Replacement>, act: Act) {
  const staying = (row.officers ?? []).map(({ person }) => person).filter((person) => person !== input.leaves);
  return certified([...staying, input.joins], act);
}

/** From the lead to the officers who investigate (order 2 arts 4, 18–20). */
export const openingActions = {
  register: on({
    label: { zh: '登记案件来源', en: 'Register the lead' },
    from: null,
    to: 'clue',
    by: ['case-officer', 'section-chief', 'system'],
    basis: o2('第十八条第一款'),
    input: Source,
    papers: ['sourceSheet'],
    check: found,
  }),
  takeOver: on({
    label: { zh: '接收已核查、已批准立案的线索', en: 'Take over a lead that was approved' },
    from: null,
    to: 'filed',
    by: ['system'],
    basis: o2('第十八条第一款、第十九条'),
    input: TakenOver,
    papers: ['sourceSheet', 'filingSheet'],
    numbers: '立',
    check: found,
  }),
  verify: on({
    label: { zh: '登记核查情况', en: 'Record the check' },
    from: 'clue',
    to: 'same',
    by: ['case-officer'],
    basis: o2('第十八条第一款'),
    needs: ['checkRecord'],
    input: z.strictObject({
      verification: field.longText('核查情况', { en: 'What the check found', max: 6000 }),
      violatedOn: field.date('违法行为发生（终了）日期', { en: 'The act ended on' }),
      endangers: optional(
        field.flag('涉及公民生命健康安全、金融安全且有危害后果', { en: 'Life, health or finance harmed' }),
      ),
    }),
    check: (_row: CaseRow, _input, act) => refuseExpiredCertificate(act),
  }),
  extendVerification: on({
    label: { zh: '延长核查期限', en: 'Extend the check' },
    from: 'clue',
    to: 'same',
    by: ['case-officer'],
    aside: true,
    basis: o2('第十八条第一款'),
    approval: ['bureau-head'],
    papers: ['mattersSheet'],
    input: Reason,
    when: (row: CaseRow) =>
      !row.verificationExtended ||
      refuse(
        'extended-once',
        `核查期限只能延长一次，十五个工作日（${o2('第十八条第一款')}）。`,
        `The check is extended once, by fifteen working days (${o2('第十八条第一款')}).`,
      ),
    run: (_row: CaseRow) => ({ verificationExtended: true }),
  }),
  pauseVerification: on({
    label: { zh: '核查送检、鉴定、辨认，时间不计', en: 'Test or identification: the time stands' },
    from: 'clue',
    to: 'checking',
    by: ['case-officer'],
    aside: true,
    basis: o2('第十八条第二款'),
    approval: ['bureau-head'],
    needs: ['testPaper'],
    papers: ['mattersSheet'],
    input: Reason,
  }),
  resumeVerification: on({
    label: { zh: '检验、鉴定、辨认结束', en: 'The test is done' },
    from: 'checking',
    to: 'clue',
    by: ['case-officer'],
    basis: o2('第十八条第二款'),
    needs: ['testResult'],
  }),
  file: on({
    label: { zh: '立案', en: 'File the case' },
    from: 'clue',
    to: 'filed',
    by: ['case-officer'],
    basis: o2('第十八条、第十九条'),
    approval: ['section-chief', 'bureau-head'],
    papers: ['filingSheet'],
    numbers: '立',
    input: Reason,
    when: (row: CaseRow) =>
      Boolean(row.verification) ||
      refuse(
        'not-verified',
        `立案前应当核查（${o2('第十八条第一款')}）。`,
        `The lead is checked before a case is filed (${o2('第十八条第一款')}).`,
      ),
    check: (row: CaseRow, _input, act) =>
      !isBarredByTime(row.violatedOn!, row.foundOn, row.endangers === true, act.calendar) ||
      refuse(
        'barred-by-time',
        `违法行为已超过给予行政处罚的法定期限，不能立案（${penaltyLaw('第三十六条')}；${o2('第十九条第一款第四项')}）。`,
        `The act is too old for a penalty (${penaltyLaw('第三十六条')}; ${o2('第十九条第一款第四项')}).`,
      ),
    run: (_row: CaseRow, _input, act) => ({ filedOn: act.occurredOn }),
  }),
  decline: on({
    label: { zh: '不予立案', en: 'File no case' },
    from: 'clue',
    to: 'not-filed',
    by: ['case-officer'],
    aside: true,
    basis: o2('第十八条、第二十条'),
    approval: ['section-chief', 'bureau-head'],
    papers: ['filingSheet'],
    input: Reason.extend({
      notFiledGround: field.choice('不予立案的情形', notFiledGrounds, { en: 'Ground' }),
    }),
    when: (row: CaseRow) =>
      Boolean(row.verification) ||
      refuse(
        'not-verified',
        `决定是否立案前应当核查（${o2('第十八条第一款')}）。`,
        `The lead is checked first (${o2('第十八条第一款')}).`,
      ),
  }),
  passOn: on({
    label: { zh: '线索移送有管辖权的机关', en: 'Pass the lead on' },
    from: 'clue',
    to: 'passed-on',
    by: ['case-officer'],
    aside: true,
    basis: o2('第十四条、第十七条第一款'),
    approval: ['bureau-head'],
    papers: ['transferLetter'],
    input: Reason.extend({ otherOrgan: field.text('移送的机关', { en: 'To whom' }) }),
    run: (_row: CaseRow, _input, act) => ({ sentOn: act.occurredOn }),
  }),
  assign: on({
    label: { zh: '指定办案人员', en: 'Assign the officers' },
    from: 'filed',
    to: 'investigating',
    by: ['section-chief'],
    basis: `${o2('第十九条第二款')}；${penaltyLaw('第四十二条')}`,
    papers: ['addressForm'],
    input: People,
    check: checkOfficers,
    run: assign,
  }),
  askRecusal: on({
    label: { zh: '申请回避', en: 'Ask for a recusal' },
    from: ['investigating', 'paused'],
    to: 'same',
    by: ['officer', 'party', 'section-chief'],
    aside: true,
    basis: o2('第四条第一款'),
    input: Recusal,
    check: (row: CaseRow, input: z.infer<typeof Recusal>) => isOfficer(row, input.person),
    run: (row: CaseRow, input: z.infer<typeof Recusal>, act) => ({
      recusals: [...(row.recusals ?? []), { ...input, askedOn: act.occurredOn, granted: null }],
    }),
  }),
  decideRecusal: on({
    label: { zh: '决定回避', en: 'Decide on a recusal' },
    from: ['investigating', 'paused'],
    to: 'same',
    by: ['bureau-head'],
    aside: true,
    basis: `${o2('第四条')}：回避决定作出之前，不停止案件调查`,
    input: z.strictObject({
      person: field.identifier('人员', { en: 'Person' }),
      granted: field.flag('应当回避', { en: 'Recused' }),
    }),
    check: (row: CaseRow, input: { person: string }) => asked(row, input.person),
    run: (row: CaseRow, input: { person: string; granted: boolean }) => ({
      recusals: (row.recusals ?? []).map((one) =>
        one.person === input.person && one.granted == null ? { ...one, granted: input.granted } : one,
      ),
      officers: input.granted
        ? (row.officers ?? []).filter(({ person }) => person !== input.person)
        : (row.officers ?? null),
    }),
  }),
  replaceOfficer: on({
    label: { zh: '调整办案人员', en: 'Change the officers' },
    from: ['investigating', 'paused'],
    to: 'same',
    by: ['section-chief'],
    aside: true,
    basis: o2('第四条、第十九条第二款'),
    input: Replacement,
    check: async (row: CaseRow, input: z.infer<typeof Replacement>, act) => {
      const recused = (row.recusals ?? []).some((one) => one.person === input.joins && one.granted === true);
      if (recused)
        return refuse(
          'recused',
          `该人员已经回避（${o2('第四条')}）。`,
          `This person was recused (${o2('第四条')}).`,
          'joins',
        );
      const answer = await replaced(row, input, act);
      return 'refusal' in answer ? answer.refusal : true;
    },
    run: async (row: CaseRow, input: z.infer<typeof Replacement>, act) => {
      const answer = await replaced(row, input, act);
      return 'officers' in answer ? { officers: answer.officers } : {};
    },
  }),
};
