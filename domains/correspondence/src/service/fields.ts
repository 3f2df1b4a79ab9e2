import { field, optional } from '@hengjian/kernel';
import { z } from 'zod';
import { provedWays, ways } from './rules.ts';

const served = { zh: '证明送达', en: 'to prove service' };
const returned = {
  returnedOn: field.date('退回日期', { en: 'Returned on' }),
  returnReason: field.text('退回原因', { en: 'Why it was returned', max: 500 }),
};
const waybill = field.text('邮政特快专递（EMS）单号', { en: 'EMS number' });
const addressConfirmedOn = field.date('送达地址确认书日期', { en: 'Address confirmed on' });
const means = field.text('电子送达的方式和号码', { en: 'Electronic means', max: 200 });
const publicReason = field.longText('公告送达的原因和经过', {
  en: 'Why by public notice',
  max: 2000,
  help: {
    zh: '受送达人下落不明，或者其他方式无法送达。',
    en: 'The addressee is missing, or no other way was possible.',
  },
});

/** What a record carries about its service; the columns are the same in every table (see the README). */
export const serviceFields = {
  way: optional(field.choice('送达方式', ways, { en: 'Way of service' })),
  servedOn: optional(field.date('送达日期', { en: 'Served on' })),
  receivedBy: optional(field.text('签收人', { en: 'Signed for by', personal: served })),
  witness: optional(field.text('见证人', { en: 'Witness', personal: served })),
  waybill: optional(waybill),
  means: optional(means),
  addressConfirmedOn: optional(addressConfirmedOn),
  returnedOn: optional(returned.returnedOn),
  returnReason: optional(returned.returnReason),
  publicisedOn: optional(field.date('公告发布日期', { en: 'Public notice of' })),
  publicReason: optional(publicReason),
  entry: optional(field.identifier('公开条目', { en: 'Public entry' })),
};
export type Served = z.infer<z.ZodObject<typeof serviceFields>>;

const claim = {
  way: field.choice('送达方式', provedWays, { en: 'Way of service' }),
  servedOn: field.date('送达日期', {
    en: 'Served on',
    help: {
      zh: '送达回证、回执上注明的日期；电子送达为到达特定系统的日期。',
      en: 'The day on the receipt; the day of arrival where electronic.',
    },
  }),
  receivedBy: optional(field.text('签收人', { en: 'Signed for by' })),
  witness: optional(
    field.text('见证人', {
      en: 'Witness',
      help: { zh: '没有见证人的，上传留置过程的照片或者录像。', en: 'Without one, upload photographs or a film.' },
    }),
  ),
  waybill: optional(waybill),
};

/** Service where the confirmation of address is a document of the record: the form asks by which means it was electronic. */
export const Service = z.strictObject({ ...claim, means: optional(means) });
/** Service where the day of the confirmation is written into the form. */
export const ServiceWithConfirmation = z.strictObject({ ...claim, addressConfirmedOn: optional(addressConfirmedOn) });

export const Left = z.strictObject({ servedOn: field.date('留置日期', { en: 'Left on' }) });

export const Confirmation = z.strictObject({
  addressConfirmedOn,
  address: field.text('确认的送达地址', { en: 'Address confirmed', max: 300 }),
  means: optional(field.text('确认的电子送达方式和号码', { en: 'Electronic means confirmed', max: 200 })),
});

export const Return = z.strictObject({ ...returned, waybill });
/** The same where the day of the confirmation is written into the form. */
export const ReturnWithConfirmation = Return.extend({
  addressConfirmedOn: optional(
    field.date('送达地址确认书日期', {
      en: 'Address confirmed on',
      help: { zh: '当事人书面确认过该地址的填写。', en: 'Where the addressee confirmed this address.' },
    }),
  ),
});

export const PublicNotice = z.strictObject({ publicReason });

/** What proves a service: kinds of document to take over into a lifecycle. */
export const serviceDocuments = {
  receipt: { zh: '送达回证或者邮寄回执', en: 'Proof of service' },
  filming: { zh: '留置过程照片或者录像', en: 'Photographs or film of leaving it' },
  addressConfirmation: { zh: '送达地址确认书', en: 'Confirmation of address' },
  returnedMail: { zh: '退回的邮件和退改批条', en: 'Mail that came back' },
  posting: { zh: '公告张贴或者刊登记录', en: 'Record of the posting' },
} as const;
