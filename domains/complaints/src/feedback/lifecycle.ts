import { entity, field, type Lifecycle, lifecycle, on, optional, type RecordRow, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { complaintReaders, edition, o121 } from '../clauses.ts';

const giveShape = {
  complaint: field.reference('投诉', 'complaints.complaint', { en: 'Complaint' }),
  stars: field.integer('评分（1 至 5）', { en: 'Stars, 1 to 5', min: 1, max: 5 }),
  remark: optional(field.longText('评价内容', { en: 'Remark', max: 2000 })),
};
const Feedback = entity(
  'complaints.feedback',
  { zh: '投诉回访评价', en: 'Feedback' },
  {
    fields: { ...giveShape, reply: optional(field.longText('回应', { en: 'Answer', max: 2000 })) },
    title: (row) => `${'★'.repeat(row.stars)}`,
    words: (row) => [row.remark],
    purpose: {
      zh: '投诉人凭编号和密码对处理的评价；低分由负责人回应。',
      en: 'What complainants thought, given by number and secret; a chief answers low ratings.',
    },
  },
);
type FeedbackRow = RecordRow<typeof Feedback>;

/** 评价: given once by whoever holds number and secret, answered by a chief (order 121 art. 26). */
export const feedbackLifecycle: Lifecycle = lifecycle(Feedback, {
  editions: [edition],
  states: {
    poor: { zh: '低分，待回应', en: 'Low, to be answered' },
    noted: { zh: '已收到', en: 'Noted', closed: true },
    answered: { zh: '已回应', en: 'Answered', closed: true },
  },
  readers: [...complaintReaders],
  columns: ['stars', 'remark', 'complaint'],
  actions: {
    give: on({
      label: { zh: '评价', en: 'Give feedback' },
      from: null,
      to: ['poor', 'noted'],
      by: ['system'],
      basis: o121('第二十六条'),
      input: z.strictObject(giveShape),
      reserves: (_row: FeedbackRow, input) => [
        {
          key: `complaints.feedback|${input.complaint}`,
          refusal: refuse('rated-already', '这件投诉已经评价过。', 'This complaint was rated before.'),
        },
      ],
      run: (_row: FeedbackRow, input) => ({ to: input.stars <= 2 ? 'poor' : 'noted' }),
    }),
    answer: on({
      label: { zh: '回应', en: 'Answer' },
      from: 'poor',
      to: 'answered',
      by: ['section-chief'],
      basis: o121('第二十六条'),
      input: z.strictObject({ reply: field.longText('回应', { en: 'Answer', max: 2000 }) }),
    }),
  },
});
