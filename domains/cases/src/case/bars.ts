import { type Refusal, refuse } from '@hengjian/kernel';
import { o2, penaltyLaw } from '../clauses.ts';
import type { CaseRow } from './entity.ts';
import { needsLegalReview } from './rules.ts';

/** What the bars look at. */
export type Standing = Pick<
  CaseRow,
  | 'state'
  | 'proposal'
  | 'reviewedOn'
  | 'reviewGrounds'
  | 'legalPassedOn'
  | 'noticeServedOn'
  | 'statement'
  | 'reexamination'
  | 'hearingText'
  | 'deliberatedOn'
>;
const bar = (code: string, clause: string, zh: string, en: string): Refusal =>
  refuse(code, `${zh}（${clause}）。`, `${en} (${clause}).`);

const investigating = ['investigating', 'paused', 'disputed', 'with-police', 'filed'];

/** What stands between a case and its notice of an intended penalty: each step that was left out, with its article. */
export function barNotice(row: Standing): true | Refusal {
  if (investigating.includes(row.state))
    return bar(
      'not-concluded',
      o2('第四十八条'),
      '案件还没有调查终结，不能告知拟处罚',
      'The investigation is not concluded',
    );
  if (row.state === 'under-review')
    return bar(
      'not-reviewed',
      o2('第四十九条、第五十二条、第五十六条'),
      '案件还没有通过审核，不能告知拟处罚',
      'The case has not passed its review',
    );
  if (row.proposal !== 'penalise')
    return bar(
      'no-penalty-proposed',
      o2('第五十六条、第五十七条'),
      '没有拟给予行政处罚，不需要告知',
      'No penalty is proposed',
    );
  return true;
}

/** What stands between a case and its decision. */
export function barDecision(row: Standing): true | Refusal {
  const before = row.state === 'reviewed' ? true : barNotice(row);
  if (before !== true) return before;
  if (row.state === 'reviewed' || row.state === 'noticing' || !row.noticeServedOn)
    return bar(
      'not-told',
      `${penaltyLaw('第四十四条、第六十二条')}；${o2('第五十七条第一款')}`,
      '没有送达行政处罚告知书，不得作出处罚决定',
      'Without the notice served there is no decision',
    );
  if (row.state === 'notified')
    return bar(
      'statement-time',
      `${penaltyLaw('第六十二条')}；${o2('第五十七条第二款')}`,
      '陈述、申辩和要求听证的五个工作日没有届满，当事人也没有明确放弃',
      'The five working days for a statement or a hearing still run',
    );
  if (row.state === 'hearing')
    return bar(
      'hearing-first',
      penaltyLaw('第六十三条至第六十五条'),
      '当事人要求听证，听证结束前不得作出决定',
      'A hearing was asked for and comes first',
    );
  if (row.state === 'legal-review' || (needsLegalReview(row) && !row.legalPassedOn))
    return bar(
      'legal-review-first',
      `${penaltyLaw('第五十八条')}；${o2('第五十条')}`,
      '未经法制审核或者审核未通过的，不得作出决定',
      'Without the legal review passed there is no decision',
    );
  if (row.statement && !row.reexamination)
    return bar(
      'statement-not-examined',
      `${penaltyLaw('第四十五条')}；${o2('第五十八条')}`,
      '当事人的陈述、申辩意见还没有复核',
      'The statement of the party was not re-examined',
    );
  if (needsLegalReview(row) && !row.deliberatedOn)
    return bar(
      'deliberation-first',
      `${penaltyLaw('第五十七条第二款')}；${o2('第六十条第二款')}`,
      '情节复杂或者重大的案件，应当由负责人集体讨论决定',
      'A complex or grave case is decided by the heads together',
    );
  return true;
}
