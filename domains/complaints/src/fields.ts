import { field, optional } from '@hengjian/kernel';
import { categoryChoices } from './grounds.ts';

export const channels = {
  web: { zh: '网上', en: 'Web' },
  phone: { zh: '电话', en: 'Telephone' },
  counter: { zh: '窗口', en: 'Counter' },
  letter: { zh: '来信', en: 'Letter' },
  exchange: { zh: '平台转来', en: 'Exchange' },
} as const;

export const subjectKinds = {
  trader: { zh: '实体经营者', en: 'Trader' },
  platform: { zh: '平台或者自建网站经营者', en: 'Platform or own website' },
  'platform-merchant': { zh: '平台内经营者', en: 'Merchant on a platform' },
} as const;

/** Whom it is about. A firm that is in no register is written by its name. */
export const subjectShape = {
  subjectId: optional(field.identifier('经营者编号', { en: 'Trader (id)' })),
  subjectName: field.text('经营者名称', { en: 'Trader' }),
  subjectCode: optional(field.text('统一社会信用代码', { en: 'Credit code', max: 18 })),
  subjectKind: field.choice('经营者类型', subjectKinds, { en: 'Kind of trader' }),
  region: field.region('经营地（行为发生地）', { en: 'Place' }),
  platformRegion: optional(field.region('平台经营者住所地', { en: 'Domicile of the platform' })),
  address: optional(field.text('经营地址', { en: 'Address', max: 300 })),
};

export const intakeShape = {
  channel: field.choice('来源渠道', channels, { en: 'Channel' }),
  foreignSystem: optional(
    field.choice(
      '来源平台',
      {
        'consumer-12315': { zh: '全国12315平台', en: 'National 12315 platform' },
        'hotline-12345': { zh: '12345热线', en: '12345 hotline' },
      },
      { en: 'Platform it came from' },
    ),
  ),
  foreignNumber: optional(field.text('平台编号', { en: 'Number there', max: 60 })),
  receivedOn: field.date('收到日期', { en: 'Received on' }),
  productName: optional(field.text('商品或者服务', { en: 'Goods or service' })),
  category: field.choice('类别', categoryChoices, { en: 'Category' }),
};

/** What a person calls his matter by: number and a fingerprint of the secret; the secret itself is nowhere. */
export const followShape = {
  followNumber: field.text('查询编号', { en: 'Query number', pattern: /^\d{12}$/ }),
  followFingerprint: field.text('查询密码指纹', { en: 'Fingerprint of the secret', pattern: /^[0-9a-f]{64}$/ }),
};

/** Name, telephone and address of the person, sealed: an envelope that only a named handler opens. */
export const identityShape = {
  identity: optional(
    field.text('本人身份和联系方式', {
      en: 'Who it is and how to reach them',
      max: 4000,
      sealed: true,
      help: {
        zh: '姓名、电话、地址。提交时立即加密封存，不进入列表、搜索、导出和日志。',
        en: 'Name, telephone, address. Sealed when sent: in no list, search, export or log.',
      },
    }),
  ),
};
