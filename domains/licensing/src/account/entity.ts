import { entity, field, type Label, optional, type RecordRow } from '@hengjian/kernel';

const toIdentify: Label = { zh: '核实申请人身份', en: 'to identify the applicant' };
const toReach: Label = { zh: '办理中联系申请人', en: 'to reach the applicant' };

/** 办事账户: an applicant at the service hall; everything he asks for begins here. */
export const Account = entity(
  'licensing.account',
  { zh: '办事账户', en: 'Hall account' },
  {
    fields: {
      organisation: field.identifier('申请人编号', { en: 'Applicant (id)' }),
      subject: field.choice(
        '申请人类型',
        { firm: { zh: '企业（单位）', en: 'Firm or body' }, person: { zh: '个人', en: 'Person' } },
        { en: 'Applicant is' },
      ),
      name: field.text('名称（姓名）', { en: 'Name' }),
      creditCode: optional(field.text('统一社会信用代码', { en: 'Credit code', max: 18, pattern: /^[0-9A-Z]{18}$/ })),
      identity: optional(field.text('身份证件号码', { en: 'Identity number', personal: toIdentify, max: 30 })),
      contact: optional(field.text('联系方式', { en: 'Contact', personal: toReach })),
      noShows: field.integer('爽约次数', { en: 'Appointments missed' }),
    },
    title: (row) => row.name,
    subject: (row) => ({ id: row.organisation, name: row.name }),
    words: (row) => [row.creditCode],
    purpose: {
      zh: '办事大厅的申请人。企业首次登录或者到窗口时开立，之后申请、预约和评价都从这里开始。',
      en: 'Applicants at the service hall. Opened at the first visit; applications, appointments and evaluations begin here.',
    },
  },
);
export type AccountRow = RecordRow<typeof Account>;
