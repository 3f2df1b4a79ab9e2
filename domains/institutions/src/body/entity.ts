import { entity, field, optional, type RecordRow } from '@hengjian/kernel';

/** 检验检测机构: a testing body with its certificate; scope and readiness hang on it as versioned rows. */
export const Body = entity(
  'institutions.body',
  { zh: '检验检测机构', en: 'Testing body' },
  {
    fields: {
      organisation: field.identifier('机构编号', { en: 'Organisation' }),
      name: field.text('机构名称', { en: 'Name', public: true }),
      creditCode: field.text('统一社会信用代码', { en: 'Credit code', public: true, pattern: /^[0-9A-Z]{18}$/ }),
      region: field.region('所在地', { en: 'Region', public: true }),
      address: field.text('检验场所地址', { en: 'Place of testing', public: true, max: 300 }),
      kind: field.choice(
        '机构性质',
        { public: { zh: '事业单位', en: 'Public institution' }, company: { zh: '企业', en: 'Company' } },
        { en: 'Nature', public: true },
      ),
      issuedBy: field.text('发证机关', { en: 'Issued by', public: true }),
      certificateNumber: field.text('资质认定证书编号', { en: 'CMA certificate', public: true, pattern: /^\d{12}$/ }),
      validFrom: field.date('发证日期', { en: 'Valid from', public: true }),
      validUntil: field.date('有效期至', { en: 'Valid until', public: true }),
      suspendedOn: optional(field.date('暂停起始日', { en: 'Suspended from', public: true })),
      reason: optional(field.longText('理由', { en: 'Reason', public: true, max: 2000 })),
      entry: optional(field.identifier('公布条目', { en: 'Public entry' })),
    },
    title: (row) => row.name,
    subject: (row) => ({ id: row.organisation, name: row.name }),
    words: (row) => [row.creditCode, row.certificateNumber, row.address],
    purpose: {
      zh: '取得资质认定的检验检测机构：证书、能力范围、仪器、签字人和暂停记录。',
      en: 'Accredited testing bodies: certificate, scope, instruments, signatories and suspensions.',
    },
  },
);
export type BodyRow = RecordRow<typeof Body>;
