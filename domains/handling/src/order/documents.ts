import type { Act, Paper } from '@hengjian/kernel';
import { authorityOf } from '@hengjian/people';
import { type OrderRow, orderKinds } from './entity.ts';

const remedies = '如不服，可以自收到本通知书之日起六十日内申请行政复议，或者自知道之日起六个月内提起行政诉讼。';

/** An order or a notice as it is served: to whom, on what facts, what is asked until when, and what may be done against it. */
export const orderPaper = (row: OrderRow, act: Act): Paper => ({
  template: `order-${row.kind}`,
  title: orderKinds[row.kind].zh,
  content: {
    to: row.subjectName,
    paragraphs: [row.ground, row.demands, ...(row.kind === 'recheck-passed' ? [] : [remedies])],
    facts: [
      ['统一社会信用代码', row.subjectCode ?? null],
      ['产品', row.productName],
      ['改正期限', row.dueOn ?? null],
      ['送达地址', row.address ?? null],
      ['联系机关', authorityOf(act.offices, row.office).label.zh],
    ],
    signatures: ['当事人签收', '日期'],
  },
});

/** 撤销通知书: takes back an order that rested on a conclusion which fell. */
export const annulmentPaper = (row: OrderRow): Paper => ({
  template: 'order-annulled',
  title: `撤销${orderKinds[row.kind].zh}的通知`,
  content: {
    to: row.subjectName,
    paragraphs: [row.reason ?? '', `撤销本机关就${row.productName}作出的${orderKinds[row.kind].zh}，自始不发生效力。`],
    signatures: ['当事人签收', '日期'],
  },
});
