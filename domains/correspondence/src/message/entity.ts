import { entity, field, optional, type RecordRow } from '@hengjian/kernel';
import { occasions } from './templates.ts';

export const channels = {
  'in-app': { zh: '站内消息', en: 'In-app' },
  sms: { zh: '短信', en: 'SMS' },
  email: { zh: '电子邮件', en: 'E-mail' },
  chat: { zh: '政务即时通讯', en: 'Government chat' },
} as const;

const toReach = { zh: '发送提醒', en: 'to send the message' };

export const queueShape = {
  /** The same fact tells the same addressee once by each channel. */
  key: field.text('去重标识', { en: 'Key', max: 300 }),
  occasion: field.choice('事由', occasions, { en: 'Occasion' }),
  channel: field.choice('渠道', channels, { en: 'Channel' }),
  language: field.choice('语言', { zh: { zh: '中文', en: 'Chinese' }, en: { zh: '英文', en: 'English' } }),
  addresseeName: field.text('接收人', { en: 'Addressee' }),
  /** Who reads an in-app message: `person:…`, `org:…`, `role:…@office` or `office:…`. */
  reader: optional(field.text('阅读人标识', { en: 'Reader', max: 120 })),
  address: optional(field.text('号码或者地址', { en: 'Number or address', personal: toReach })),
  about: field.identifier('事由记录', { en: 'About' }),
  aboutEntity: field.text('记录类别', { en: 'Kind of record' }),
  paper: field.text('文书或者记录种类', { en: 'Kind of paper or record' }),
  number: optional(field.text('编号', { en: 'Number' })),
  due: optional(field.date('期限', { en: 'Last day' })),
};

/** 消息: one message to one addressee by one channel, with what became of it. A notice, never service. */
export const Message = entity(
  'correspondence.message',
  { zh: '消息', en: 'Message' },
  {
    fields: {
      ...queueShape,
      version: field.integer('模板版本', { en: 'Version of the wording' }),
      text: field.longText('内容', { en: 'Text', max: 1000 }),
      attempts: field.integer('发送次数', { en: 'Attempts' }),
      notBefore: optional(field.instant('不早于', { en: 'Not before' })),
      sentAt: optional(field.instant('发出时间', { en: 'Sent' })),
      reference: optional(field.text('通道流水号', { en: "Provider's reference" })),
      arrivedAt: optional(field.instant('到达或者已读时间', { en: 'Arrived or read' })),
      failure: optional(field.text('失败原因', { en: 'Why it failed', max: 500 })),
      reason: optional(field.text('取消理由', { en: 'Why it was cancelled', max: 500 })),
    },
    title: (row) => `${channels[row.channel].zh} · ${occasions[row.occasion].zh} · ${row.addresseeName}`,
    purpose: {
      zh: '短信、邮件、政务即时通讯和站内消息的发件箱：排队、发出、到达或者失败。消息是提醒，不是送达。',
      en: 'Outbox of SMS, e-mail, government chat and in-app messages: queued, sent, arrived or failed. A message is a notice, not service.',
    },
  },
);
export type MessageRow = RecordRow<typeof Message>;

export const preferenceShape = {
  nearDue: field.flag('期限临近时提醒', { en: 'When a term is near its end' }),
  handovers: field.flag('收到移交或者函件时提醒', { en: 'When a hand-over or a letter arrives' }),
  phone: optional(
    field.text('手机号码', {
      en: 'Mobile number',
      personal: toReach,
      pattern: /^1\d{10}$/,
      help: { zh: '填写的，用短信提醒。', en: 'SMS when it is given.' },
    }),
  ),
  email: optional(
    field.text('电子邮箱', {
      en: 'E-mail',
      personal: toReach,
      pattern: /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
      help: { zh: '填写的，用电子邮件提醒。', en: 'E-mail when it is given.' },
    }),
  ),
  chat: optional(
    field.text('政务即时通讯账号', {
      en: 'Government chat account',
      personal: toReach,
      help: { zh: '填写的，用政务即时通讯提醒。', en: 'Chat when it is given.' },
    }),
  ),
  language: queueShape.language,
};

/** 提醒偏好: by which channels somebody wants to be told, and of what. The inbox needs none. */
export const Preference = entity(
  'correspondence.preference',
  { zh: '提醒偏好', en: 'Message preferences' },
  {
    fields: { person: field.identifier('人员', { en: 'Person' }), ...preferenceShape },
    title: () => '提醒偏好',
    purpose: {
      zh: '本人希望用哪些渠道收到哪些提醒；待办清单不受影响。',
      en: 'By which channels one wants to be told of what; the inbox is not touched by it.',
    },
  },
);
export type PreferenceRow = RecordRow<typeof Preference>;
