import { type Act, field, on, type Refusal, refuse } from '@hengjian/kernel';
import { authorityOf } from '@hengjian/people';
import { z } from 'zod';
import { o2, penaltyLaw } from '../clauses.ts';
import { barNotice } from './bars.ts';
import { noPenaltyContent, noticeContent } from './documents.ts';
import type { CaseRow } from './entity.ts';
import { Reason } from './opening.ts';
import { refuseUnlessApart } from './people.ts';
import { confiscated, licenceAsTold, needsLegalReview } from './rules.ts';

const Opinion = z.strictObject({
  reviewOpinion: field.longText('审核意见', { en: 'Opinion', max: 4000 }),
});
const LegalOpinion = z.strictObject({
  legalOpinion: field.longText('法制审核意见', { en: 'Opinion', max: 4000 }),
});
const notInvestigator = (row: CaseRow, _input: unknown, act: Act): Promise<true | Refusal> =>
  refuseUnlessApart(row.id, ['investigation'], act, o2('第四十九条第三款'));
/** The last signatory of a sheet is apart from investigation and review; who proposes it is an officer of the case. */
const signedApart = (row: CaseRow, _input: unknown, act: Act): true | Promise<true | Refusal> =>
  act.hands.length === 0 ||
  refuseUnlessApart(row.id, ['investigation', 'review'], act, `${o2('第四十九条')}；调查、审核、决定分离`);

const addressed = (row: CaseRow) => ({
  penaltyCase: row.id,
  addressee: row.partyName,
  addresseeCode: row.partyCode,
  party: row.party,
  address: row.address,
});

/** 审核: by people who did not investigate; then the head's approval and the notice (order 2 arts 49–57). */
export const reviewActions = {
  extendReview: on({
    label: { zh: '延长审核期限', en: 'Extend the review' },
    from: ['under-review', 'legal-review'],
    to: 'same',
    by: ['case-reviewer'],
    aside: true,
    basis: o2('第五十五条'),
    approval: ['bureau-head'],
    papers: ['mattersSheet'],
    input: Reason,
  }),
  passReview: on({
    label: { zh: '审核同意', en: 'Pass the review' },
    from: 'under-review',
    to: 'reviewed',
    by: ['case-reviewer'],
    basis: o2('第四十九条、第五十条、第五十二条至第五十四条'),
    papers: ['reviewSheet'],
    input: Opinion,
    check: notInvestigator,
    // What article 50 names beside hearings is this review; after a hearing there is another.
    run: (row: CaseRow, _input, act) => ({
      reviewedOn: act.occurredOn,
      legalPassedOn: needsLegalReview(row) ? act.occurredOn : null,
    }),
  }),
  adviseCorrection: on({
    label: { zh: '建议纠正或者补充调查', en: 'Send back' },
    from: 'under-review',
    to: 'investigating',
    by: ['case-reviewer'],
    aside: true,
    basis: o2('第五十四条第二项、第三项'),
    papers: ['reviewSheet'],
    input: Opinion,
    check: notInvestigator,
  }),
  proposeNotice: on({
    label: { zh: '报批并告知拟处罚', en: 'Approve and notify the intended penalty' },
    from: ['investigating', 'under-review', 'reviewed'],
    to: 'noticing',
    by: ['officer'],
    basis: `${o2('第五十六条、第五十七条')}；${penaltyLaw('第四十四条')}`,
    approval: ['section-chief', 'bureau-head'],
    input: z.strictObject({}),
    when: barNotice,
    check: signedApart,
    run: async (row: CaseRow, _input, act): Promise<Partial<CaseRow>> => {
      await act.create('cases.paper', 'issueNotice', { ...addressed(row), content: noticeContent(row, act) });
      return {
        toldFine: row.fine ?? null,
        toldTotal: confiscated(row).toFixed(2),
        toldLicence: licenceAsTold(row),
      };
    },
  }),
  noticePublicised: on({
    label: { zh: '告知书公告送达中，时间不计', en: 'Public notice of the notice: the time stands' },
    from: 'noticing',
    to: 'same',
    by: ['system'],
    basis: o2('第六十四条第二款、第八十二条第五项'),
  }),
  noticeServed: on({
    label: { zh: '告知书送达', en: 'The notice was served' },
    from: 'noticing',
    to: 'notified',
    by: ['system'],
    basis: o2('第五十七条第二款'),
    input: z.strictObject({ servedOn: field.date('送达日期', { en: 'Served on' }) }),
    run: (_row: CaseRow, { servedOn }: { servedOn: string }, act) => ({
      noticeServedOn: servedOn,
      statementUntil: act.calendar.addWorkingDays(servedOn, 5).date,
    }),
  }),
  proposeNoPenalty: on({
    label: { zh: '报批不予处罚', en: 'Approve: no penalty' },
    from: ['reviewed', 'weighing'],
    to: 'no-penalty',
    by: ['officer'],
    basis: `${o2('第五十六条、第六十条第一款第二项、第三项、第六十一条')}；${penaltyLaw('第三十三条')}`,
    approval: ['section-chief', 'bureau-head'],
    input: z.strictObject({
      reason: field.longText('不予处罚的理由', { en: 'Why no penalty', max: 4000 }),
      education: field.longText('教育的内容', { en: 'What the party is taught', max: 2000 }),
    }),
    when: (row: CaseRow) =>
      row.state === 'weighing' ||
      row.proposal !== 'penalise' ||
      refuse(
        'penalty-proposed',
        `处理意见是给予处罚；要改为不予处罚，应当重新审核（${o2('第五十六条')}）。`,
        `The proposal is a penalty; another is reviewed anew (${o2('第五十六条')}).`,
      ),
    check: signedApart,
    run: async (row: CaseRow, input: { reason: string; education: string }, act) => {
      const bureau = authorityOf(act.offices, row.office).label.zh;
      await act.create('cases.paper', 'issueNoPenalty', {
        ...addressed(row),
        content: noPenaltyContent(row, input, bureau),
      });
      return { decidedOn: act.occurredOn };
    },
  }),
  noPenaltyServed: on({
    label: { zh: '不予处罚决定送达', en: 'The decision was served' },
    from: 'no-penalty',
    to: 'not-penalised',
    by: ['system'],
    basis: o2('第六十一条、第八十一条'),
    input: z.strictObject({ servedOn: field.date('送达日期', { en: 'Served on' }) }),
    run: (_row: CaseRow, { servedOn }: { servedOn: string }) => ({ decisionServedOn: servedOn }),
  }),
  submitLegal: on({
    label: { zh: '送法制审核', en: 'Submit to legal review' },
    from: 'weighing',
    to: 'legal-review',
    by: ['officer'],
    basis: o2('第五十条'),
    when: (row: CaseRow) =>
      (needsLegalReview(row) && !row.legalPassedOn) ||
      refuse('no-legal-review', '本案不需要再作法制审核。', 'No further legal review is due.'),
  }),
  passLegal: on({
    label: { zh: '法制审核通过', en: 'Pass the legal review' },
    from: 'legal-review',
    to: 'weighing',
    by: ['case-reviewer'],
    basis: `${o2('第五十条、第五十三条、第五十四条')}；${penaltyLaw('第五十八条')}`,
    papers: ['reviewSheet'],
    input: LegalOpinion,
    check: notInvestigator,
    run: (_row: CaseRow, _input, act) => ({ legalPassedOn: act.occurredOn }),
  }),
  failLegal: on({
    label: { zh: '法制审核不通过', en: 'Fail the legal review' },
    from: 'legal-review',
    to: 'investigating',
    by: ['case-reviewer'],
    aside: true,
    basis: `${o2('第五十条、第五十四条')}；未通过的不得作出决定`,
    papers: ['reviewSheet'],
    input: LegalOpinion,
    check: notInvestigator,
  }),
};
