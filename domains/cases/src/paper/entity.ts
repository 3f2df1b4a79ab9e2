import { serviceFields } from '@hengjian/correspondence';
import { entity, field, optional, type RecordRow } from '@hengjian/kernel';
import { formTitle } from '../forms.ts';

/** Papers that are served or sent, with the number of their official form. */
export const servedForms = {
  designation: 2,
  assignment: 3,
  inquiry: 13,
  materials: 15,
  identification: 16,
  assistance: 17,
  assistSeizure: 18,
  disposalNotice: 28,
  testOrder: 30,
  testResult: 32,
  correction: 33,
  refund: 34,
  notice: 37,
  hearingNotice: 39,
  decision: 45,
  noPenalty: 46,
  deferral: 47,
  demand: 48,
} as const;
export type ServedForm = keyof typeof servedForms;
/** Those that an officer of the case issues in the course of the investigation; the others follow from a step of the case. */
export const freeForms = [
  'inquiry',
  'materials',
  'identification',
  'assistance',
  'assistSeizure',
  'disposalNotice',
  'testOrder',
  'testResult',
  'correction',
  'refund',
  'designation',
  'assignment',
] as const satisfies readonly ServedForm[];

const english: Record<ServedForm, string> = {
  designation: 'Designation of jurisdiction',
  assignment: 'Assignment of a case',
  inquiry: 'Summons to an interview',
  materials: 'Order to hand in documents',
  identification: 'Request to identify goods',
  assistance: 'Request for assistance',
  assistSeizure: 'Request to help a seizure',
  disposalNotice: 'Notice of early disposal',
  testOrder: 'Order of a test or appraisal',
  testResult: 'Result of a test or appraisal',
  correction: 'Order to correct',
  refund: 'Order to refund',
  notice: 'Notice of intended penalty',
  hearingNotice: 'Notice of hearing',
  decision: 'Penalty decision',
  noPenalty: 'Decision not to penalise',
  deferral: 'Deferral or instalments',
  demand: 'Demand',
};
export const servedFormLabels = Object.fromEntries(
  Object.entries(servedForms).map(([name, no]) => [name, { zh: formTitle(no), en: english[name as ServedForm] }]),
) as Record<ServedForm, { zh: string; en: string }>;

export const issueShape = {
  penaltyCase: field.reference('案件', 'cases.case', { en: 'Case' }),
  hearing: optional(field.reference('听证', 'cases.hearing', { en: 'Hearing' })),
  form: field.choice('文书', servedFormLabels, { en: 'Form' }),
  addressee: field.text('受送达人', { en: 'Addressee' }),
  addresseeCode: optional(field.text('统一社会信用代码', { en: 'Credit code', max: 18 })),
  party: optional(field.identifier('受送达的经营主体', { en: 'Addressee (register)' })),
  address: optional(field.text('送达地址', { en: 'Address', max: 300 })),
  content: field.json('文书内容', { en: 'Content' }),
};

/** 执法文书及送达: a paper of a case, numbered, served in a way that can be proved. */
export const Paper = entity(
  'cases.paper',
  { zh: '处罚文书及送达', en: 'Paper of a case and its service' },
  {
    fields: {
      ...issueShape,
      issuedOn: optional(field.date('制作日期', { en: 'Issued on' })),
      ...serviceFields,
      reason: optional(field.longText('撤回理由', { en: 'Why withdrawn', max: 2000 })),
    },
    title: (row) => `${servedFormLabels[row.form].zh}：${row.addressee}`,
    subject: (row) => (row.party ? { id: row.party, name: row.addressee } : null),
    words: (row) => [row.addresseeCode, row.waybill],
    purpose: { zh: '案件文书的编号、送达和送达凭证。', en: 'Papers of cases, their numbers and their service.' },
  },
);
export type PaperRow = RecordRow<typeof Paper>;
