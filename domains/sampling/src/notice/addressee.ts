import { field, optional } from '@hengjian/kernel';

/** Ways of service (市场监督管理行政处罚程序规定 art. 82, taken over for notices of results). */
export const ways = {
  direct: { zh: '直接送达', en: 'In person' },
  left: { zh: '留置送达', en: 'Left at the place' },
  electronic: { zh: '电子送达', en: 'Electronic' },
  mail: { zh: '邮寄送达', en: 'By mail' },
  entrusted: { zh: '委托送达', en: 'Through another authority' },
  'public-notice': { zh: '公告送达', en: 'By public notice' },
} as const;

/** Who a notice is for, beside the capacity in which he has it. */
export const addresseeFields = {
  id: optional(field.identifier('主体库编号', { en: 'In the register' })),
  name: field.text('名称', { en: 'Name' }),
  code: optional(field.text('统一社会信用代码', { en: 'Credit code' })),
  address: optional(field.text('地址', { en: 'Address', max: 300 })),
};

/** How and when a notice was served, and what proves it. */
export const serviceFields = {
  way: optional(field.choice('送达方式', ways, { en: 'Way of service' })),
  servedOn: optional(field.date('送达日期', { en: 'Served on' })),
  receivedBy: optional(
    field.text('签收人', { en: 'Signed for by', personal: { zh: '证明送达', en: 'to prove service' } }),
  ),
  witness: optional(field.text('见证人', { en: 'Witness', personal: { zh: '证明留置送达', en: 'to prove service' } })),
  waybill: optional(field.text('邮件号', { en: 'Mail number' })),
  addressConfirmedOn: optional(field.date('送达地址确认书日期', { en: 'Address confirmed on' })),
};

interface Told {
  addressee: { name: string; id?: string | null | undefined; code?: string | null | undefined };
  sampleName: string;
  reportNumber: string;
  enterpriseName: string;
}

/** How a notice is called, whom it is about and by which words it is found. */
export const noticeHeading = {
  title: (row: Told) => `${row.addressee.name} · ${row.sampleName}`,
  subject: ({ addressee: { id, name } }: Told) => (id ? { id, name } : null),
  words: (row: Told) => [row.addressee.code, row.reportNumber, row.enterpriseName],
};

/** The addressee as a party: what he sees of a notice once it is served. */
export const addressee = {
  label: { zh: '受送达人', en: 'Addressee' },
  of: (row: Told) => (row.addressee.id ? [`org:${row.addressee.id}`] : []),
  sees: [
    'addressee',
    'enterpriseName',
    'productName',
    'sampleName',
    'trademark',
    'model',
    'batch',
    'reportNumber',
    'labName',
    'conclusion',
    'failedItems',
    'way',
    'servedOn',
  ],
  from: 'served',
} as const;
