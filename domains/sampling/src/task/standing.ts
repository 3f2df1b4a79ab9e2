import type { TaskRow } from './entity.ts';
import {
  authorisation, blankSheet, offenceReport, producerLetter, refusalLetter, samplingNotice, sheet, testReport, unsampledRecord,
} from './documents.ts';

/** Papers of a task: written by the platform, or brought. */
export const documents = {
  samplingNotice: { zh: '监督抽查通知书', en: 'Sampling notice', number: '抽检通', paper: samplingNotice },
  authorisation: { zh: '抽样授权委托书', en: 'Letter of authorisation', number: '抽检授', paper: authorisation },
  blankSheet: { zh: '抽样单（空白）', en: 'Sampling record, blank', paper: blankSheet },
  sheet: { zh: '抽样单', en: 'Sampling record', paper: sheet },
  signedSheet: { zh: '抽样单（签字扫描件）', en: 'Sampling record, signed' },
  photos: { zh: '抽样照片或录像', en: 'Photographs of the sampling' },
  unsampledRecord: { zh: '未抽到样情况记录', en: 'Record that no sample was taken', paper: unsampledRecord },
  evidence: { zh: '现场证据', en: 'Evidence from the spot' },
  offenceReport: { zh: '涉嫌违法情况报告', en: 'Report of an offence', paper: offenceReport },
  waybill: { zh: '运单', en: 'Waybill' },
  receiptPhotos: { zh: '收样照片或录像', en: 'Photographs on arrival' },
  refusalLetter: { zh: '样品拒收通知', en: 'Refusal of the sample', paper: refusalLetter },
  report: { zh: '检验报告', en: 'Test report', paper: testReport },
  signedReport: { zh: '检验报告（签章件）', en: 'Test report, sealed' },
  producerLetter: { zh: '样品确认通知书', en: 'Confirmation letter', number: '抽检确', paper: producerLetter },
  producerEvidence: { zh: '标称生产者答复和证据', en: "Producer's answer and evidence" },
} as const;

const sample = [
  'productName', 'sampleName', 'trademark', 'model', 'batch', 'grade', 'standard', 'testQuantity', 'spareQuantity', 'seal',
  'labelledProducer', 'sampledOn', 'carriage', 'sentOn', 'carrier', 'waybill',
] as const;
const bench = [
  ...sample, 'items', 'testSample', 'spareSample', 'sampleUnit', 'receivedOn', 'appearance', 'sealIntact', 'matchesSheet', 'licenceCheck',
  'conclusion', 'seriousness', 'failedItems', 'reportNumber', 'reportedOn', 'reportRevision', 'returnedReason', 'dueOn',
] as const;
const told = [
  'enterpriseName', 'enterpriseCode', 'productName', 'sampleName', 'trademark', 'model', 'batch', 'grade', 'standard', 'sampledOn', 'place',
  'testQuantity', 'spareQuantity', 'unitPrice', 'labelledProducer', 'lab', 'items', 'conclusion', 'seriousness', 'failedItems',
  'reportNumber', 'reportedOn', 'finalConclusion', 'concludedOn',
] as const;

const ofLab = (row: TaskRow, role: string): string => `org:${row.lab.id}#${role}`;

/** Who stands in a task beside the organiser's own officers, and what they see from when on (practice W1, W6). */
export const parties = {
  namedSampler: {
    label: { zh: '指派的抽样人员', en: 'Sampler named in the task' },
    of: (row: TaskRow) => row.samplers.map(({ person }) => `person:${person}`),
    sees: [
      ...sample, 'enterpriseName', 'enterpriseCode', 'enterpriseRegion', 'samplers', 'samplingBody', 'lab', 'dueOn', 'planKind', 'items',
      'testSample', 'spareSample', 'sampleUnit', 'minimumStock', 'issuedOn', 'channel', 'place', 'storage', 'stock', 'unitPrice',
      'spareKeptAt', 'present', 'signature', 'witness', 'contact', 'contactPhone', 'onlineOrder', 'repeatGround', 'unsampledReason',
      'unsampledNote', 'offence', 'instantReport', 'refusals', 'refusedReason', 'reason',
    ],
    from: 'assigned',
  },
  /** The laboratory that refused a sample still sees the task, which waits for sampling again. */
  refusingLab: {
    label: { zh: '曾拒收样品的检验机构', en: 'Laboratory that refused the sample' },
    of: (row: TaskRow) => (row.refusals > 0 ? [ofLab(row, 'lab-receiver')] : []),
    sees: ['productName', 'refusals', 'refusedReason'],
    from: 'assigned',
  },
  labReceiver: { label: { zh: '检验机构收样人员', en: "Laboratory's receiver" }, of: (row: TaskRow) => [ofLab(row, 'lab-receiver')], sees: bench, from: 'sampled' },
  labTester: { label: { zh: '检验机构检验人员', en: "Laboratory's tester" }, of: (row: TaskRow) => [ofLab(row, 'lab-tester')], sees: bench, from: 'sampled' },
  labSignatory: { label: { zh: '检验机构授权签字人', en: "Laboratory's signatory" }, of: (row: TaskRow) => [ofLab(row, 'lab-signatory')], sees: bench, from: 'sampled' },
  askedProducer: {
    label: { zh: '标称生产者', en: 'Labelled producer' },
    of: (row: TaskRow) => (row.producerAskedOn && row.labelledProducer?.enterprise ? [`org:${row.labelledProducer.enterprise}`] : []),
    sees: ['sampleName', 'trademark', 'model', 'batch', 'sampledOn', 'labelledProducer', 'producerAskedOn', 'producerAnswerDue', 'producerAnswer', 'producerStatement', 'denial', 'denialReason'],
    from: 'sampled',
  },
  sampledFirm: {
    label: { zh: '被抽样单位', en: 'Sampled firm' },
    of: (row: TaskRow) => [`org:${row.enterprise}`],
    sees: told,
    from: 'notified',
  },
  toldProducer: {
    label: { zh: '被告知的标称生产者', en: 'Labelled producer, told' },
    of: (row: TaskRow) =>
      row.labelledProducer?.enterprise && row.denial !== 'proved' ? [`org:${row.labelledProducer.enterprise}`] : [],
    sees: told,
    from: 'notified',
  },
} as const;
