import type { Paper } from '@hengjian/kernel';
import type { OutsideFailureRow } from './entity.ts';

/** 复函: tells the authority that notified a failure what was done about it (order 18 art. 44(2)). */
export const replyLetter = (row: OutsideFailureRow): Paper => ({
  template: 'reply-letter',
  title: '关于不合格产品处理情况的复函',
  content: {
    to: row.organiser,
    paragraphs: [`你局通报的${row.firm.name}${row.productName}不合格一事，现将处理情况函复如下：`, row.answer ?? ''],
    facts: [
      ['检验报告', row.reportNumber],
      ['来函编号', row.foreignNumber ?? null],
    ],
  },
});
