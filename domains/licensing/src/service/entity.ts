import { serviceFields } from '@hengjian/correspondence';
import { entity, field, optional, type RecordRow } from '@hengjian/kernel';

export const servedPapers = {
  certificate: { zh: '许可证件和准予许可决定书', en: 'Certificate and decision to grant' },
  refusal: { zh: '不予行政许可决定书', en: 'Decision to refuse' },
  annulment: { zh: '撤销行政许可决定书', en: 'Decision to annul' },
  withdrawal: { zh: '撤回行政许可决定书', en: 'Decision to withdraw' },
} as const;

/** 许可文书送达: one paper on its way to an applicant or a holder, in a way that can be proved. */
export const PaperService = entity(
  'licensing.service',
  { zh: '许可文书送达', en: 'Service of a licensing paper' },
  {
    fields: {
      paper: field.choice('文书', servedPapers, { en: 'Paper' }),
      application: optional(field.reference('申请', 'licensing.application', { en: 'Application' })),
      licence: optional(field.reference('许可证', 'licensing.licence', { en: 'Licence' })),
      organisation: field.identifier('受送达人编号', { en: 'Addressee (id)' }),
      addresseeName: field.text('受送达人', { en: 'Addressee' }),
      addresseeCode: optional(field.text('统一社会信用代码', { en: 'Credit code', max: 18 })),
      number: optional(field.text('文书或者证书编号', { en: 'Number', max: 80 })),
      address: optional(field.text('送达地址', { en: 'Address', max: 300 })),
      decidedOn: field.date('决定日期', { en: 'Decided on' }),
      ...serviceFields,
    },
    title: (row) => `${servedPapers[row.paper].zh}：${row.addresseeName}`,
    subject: (row) => ({ id: row.organisation, name: row.addresseeName }),
    words: (row) => [row.addresseeCode, row.number, row.waybill],
    purpose: {
      zh: '证件和决定的送达：五种方式，各有凭证；送达之日起算的期限以这里的日期为准。',
      en: 'Certificates and decisions on their way: five ways, each with its proof; terms that run from service run from the day here.',
    },
  },
);
export type PaperServiceRow = RecordRow<typeof PaperService>;
