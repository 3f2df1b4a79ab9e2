import { field, optional } from '@hengjian/kernel';

/** Who a notice is for, beside the capacity in which he has it. */
export const addresseeFields = {
  id: optional(field.identifier('主体库编号', { en: 'In the register' })),
  name: field.text('名称', { en: 'Name' }),
  code: optional(field.text('统一社会信用代码', { en: 'Credit code' })),
  address: optional(field.text('地址', { en: 'Address', max: 300 })),
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
