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
import { scoreSheet } from '../../../../data/penalties/index.ts';
import { refuseUnlessApart } from '../case/people.ts';
import { edition, o2, readers } from '../clauses.ts';
import { farApart, faultsOf, gradeOf, middleOf } from './rules.ts';

const basis = `${o2('第六条')}；《行政执法监督条例》：案卷评查`;
const score = z.object({
  item: field.text('评查项目', { en: 'Item' }),
  points: field.decimal('得分', { en: 'Points' }),
});
const Sheet = z.strictObject({
  scores: field.list('评分', score, { en: 'Scores', max: 50 }),
  remark: optional(field.longText('问题', { en: 'What was found', max: 4000 })),
});

/** 案卷评查: a closed case scored by two who had no hand in it. */
const Review = entity(
  'cases.file-review',
  { zh: '案卷评查', en: 'Review of a case file' },
  {
    fields: {
      penaltyCase: field.reference('案件', 'cases.case', { en: 'Case' }),
      sheet: optional(field.text('评分表版本', { en: 'Edition of the sheet' })),
      firstTotal: optional(field.decimal('第一次得分', { en: 'First total' })),
      firstGrade: optional(field.text('第一次等次', { en: 'First grade' })),
      secondTotal: optional(field.decimal('第二次得分', { en: 'Second total' })),
      total: optional(field.decimal('评查得分', { en: 'Total' })),
      grade: optional(field.text('等次', { en: 'Grade' })),
      remark: optional(field.longText('问题', { en: 'What was found', max: 4000 })),
      rectified: optional(field.longText('整改情况', { en: 'What was put right', max: 4000 })),
    },
    title: (row) => `案卷评查 ${row.grade ?? ''}`,
    purpose: { zh: '对已结案件的案卷评分、定等、反馈、整改。', en: 'Closed cases scored, graded and put right.' },
  },
);
type ReviewRow = RecordRow<typeof Review>;

const complete = (input: z.infer<typeof Sheet>): true | Refusal => {
  const faults = [...new Set(faultsOf(input.scores))];
  return (
    faults.length === 0 ||
    refuse(
      'sheet-incomplete',
      `评分表须每项一分、不超过满分：${faults.join('、')}。`,
      `Each item once, within its points: ${faults.join(', ')}.`,
      'scores',
    )
  );
};
const checkSheet = async (row: ReviewRow, input: z.infer<typeof Sheet>, act: Act): Promise<true | Refusal> => {
  const verdict = complete(input);
  return verdict === true
    ? refuseUnlessApart(row.penaltyCase, ['investigation', 'review', 'hearing'], act, basis)
    : verdict;
};

export const fileReviewLifecycle = lifecycle(Review, {
  editions: [edition],
  states: {
    drawn: { zh: '待评查', en: 'To be scored' },
    'scored-once': { zh: '待第二人评查', en: 'To be scored again' },
    disputed: { zh: '分差较大，待复评', en: 'Far apart, to be settled' },
    graded: { zh: '已定等，待反馈整改', en: 'Graded' },
    settled: { zh: '已整改', en: 'Settled', closed: true },
  },
  readers,
  columns: ['total', 'grade', 'sheet'],
  actions: {
    draw: on({
      label: { zh: '抽取案卷', en: 'Draw a file' },
      from: null,
      to: 'drawn',
      by: ['section-chief', 'case-reviewer'],
      basis,
      input: z.strictObject({ penaltyCase: field.reference('案件', 'cases.case', { en: 'Case' }) }),
      check: async (_row: ReviewRow, input: { penaltyCase: string }, act) => {
        const [held] = await act.sql.query(`select 1 from cases.case where id = $1 and state = 'closed'`, [
          input.penaltyCase,
        ]);
        return (
          held !== undefined ||
          refuse('case-open', '只评查已结案的案卷。', 'Only closed cases are reviewed.', 'penaltyCase')
        );
      },
      run: () => ({ sheet: scoreSheet().sheet }),
    }),
    score: on({
      label: { zh: '评分', en: 'Score' },
      from: 'drawn',
      to: 'scored-once',
      by: ['case-reviewer'],
      basis,
      input: Sheet,
      check: checkSheet,
      run: (_row: ReviewRow, input: z.infer<typeof Sheet>) => {
        const { total, grade } = gradeOf(input.scores);
        return { firstTotal: total, firstGrade: grade };
      },
    }),
    scoreAgain: on({
      label: { zh: '第二人评分', en: 'Score again' },
      from: 'scored-once',
      to: ['graded', 'disputed'],
      by: ['case-reviewer'],
      basis,
      notBy: [{ actions: ['score'], same: 'person' }],
      input: Sheet,
      check: checkSheet,
      run: (row: ReviewRow, input: z.infer<typeof Sheet>) => {
        const { total, grade } = gradeOf(input.scores);
        if (farApart(row.firstTotal!, total)) return { secondTotal: total, to: 'disputed' };
        const middle = middleOf(row.firstTotal!, total);
        const worst = grade === 'fail' || row.firstGrade === 'fail' ? 'fail' : null;
        return {
          secondTotal: total,
          total: middle,
          grade: worst ?? scoreSheet().grades.find(({ from }) => Number(middle) >= Number(from))!.grade,
          to: 'graded',
        };
      },
    }),
    arbitrate: on({
      label: { zh: '复评定分', en: 'Settle the score' },
      from: 'disputed',
      to: 'graded',
      by: ['section-chief'],
      basis,
      notBy: [{ actions: ['score', 'scoreAgain'], same: 'person' }],
      input: Sheet,
      check: checkSheet,
      run: (_row: ReviewRow, input: z.infer<typeof Sheet>) => {
        const { total, grade } = gradeOf(input.scores);
        return { total, grade };
      },
    }),
    settle: on({
      label: { zh: '反馈整改完成', en: 'Put right' },
      from: 'graded',
      to: 'settled',
      by: ['case-officer', 'section-chief'],
      basis,
      input: z.strictObject({ rectified: field.longText('整改情况', { en: 'What was put right', max: 4000 }) }),
    }),
  },
});
