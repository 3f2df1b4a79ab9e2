import {
  foodDisposalRule,
  namedDayRule,
  recheckRule,
  rectificationRule,
  secondRecheckRule,
  suspensionRule,
} from '../clocks.ts';
import type { LoopRow } from './entity.ts';

/** What the firm itself sees of its loop, once an order was issued to it. */
const toldTheFirm = [
  'regime',
  'duty',
  'subjectName',
  'subjectCode',
  'productName',
  'trademark',
  'model',
  'batch',
  'reportNumber',
  'failedItems',
  'lab',
  'stoppedOn',
  'stopNote',
  'orderedOn',
  'rectifiedOn',
  'cause',
  'measures',
  'failures',
  'announcedOn',
  'suspendedUntil',
  'closing',
  'outcome',
  'closedOn',
] as const;

/** What is brought to a loop; each closing action names what it cannot do without. */
export const documents = {
  ledger: { zh: '来源台账', en: 'Ledger it came in' },
  stopRecord: { zh: '停止生产销售记录', en: 'Record of the stop' },
  rectificationReport: { zh: '整改报告', en: 'Rectification report' },
  recheckApplication: { zh: '复查申请', en: 'Application for the recheck' },
  refusalProof: { zh: '未改正的证据', en: 'Evidence that it was not rectified' },
  reportMaterial: { zh: '上报材料', en: 'Material reported up' },
  closingReport: { zh: '销号材料', en: 'Proof of closure' },
  ceasedProof: { zh: '注销、终止或者下落不明的证据', en: 'Proof that the firm ceased' },
  disposalReport: { zh: '核查处置报告', en: 'Report of the disposal' },
  rectificationProof: { zh: '整改复核证据', en: 'Proof that the rectification was checked' },
  verification: { zh: '核实意见', en: 'Verification' },
} as const;

/** Who stands in a loop beside its own authority. The other county sees where its counterpart is, not what it found. */
export const parties = {
  sender: {
    label: { zh: '移交机关', en: 'Handed over by' },
    of: (row: LoopRow) => [`office:${row.organiser}`, row.sentBy ? `office:${row.sentBy}` : null],
    sees: 'all',
    from: 'sent',
  },
  other: {
    label: { zh: '另一方所在地机关', en: 'Authority of the other side' },
    of: (row: LoopRow) => (row.otherOffice ? [`office:${row.otherOffice}`] : []),
    sees: ['duty', 'regime', 'source', 'subjectName', 'productName', 'signedOn', 'orderedOn', 'closing', 'closedOn'],
    from: 'sent',
  },
  firm: {
    label: { zh: '当事人', en: 'The firm' },
    of: (row: LoopRow) => (row.subjectId ? [`org:${row.subjectId}`] : []),
    sees: [...toldTheFirm],
    from: 'ordered',
  },
} as const;

/** The terms of a loop; each rule bears its clause. */
export const clocks = {
  rectification: {
    label: { zh: '改正期限', en: 'Time to rectify' },
    rule: rectificationRule,
    // A matter from a ledger may have been rectified already: then only the recheck is still to come.
    starts: {
      at: ['order', 'takeFromLedger'],
      from: (row: LoopRow) => (row.rectifiedOn ? null : (row.orderedOn ?? null)),
    },
    stops: ['rectify', 'refuse', 'recheck'],
  },
  recheck: {
    label: { zh: '组织复查期限', en: 'Time for the recheck' },
    rule: recheckRule,
    starts: { at: ['order', 'takeFromLedger'], on: 'orderedOn' },
    stops: ['passRecheck', 'failRecheck', 'reportUp'],
  },
  secondRecheck: {
    label: { zh: '公告后复查的期间', en: 'Window of the second recheck' },
    rule: secondRecheckRule,
    starts: { at: ['announce'], on: 'announcedOn' },
    stops: ['recheckAgain'],
  },
  suspension: {
    label: { zh: '停业整顿期', en: 'Suspension' },
    rule: suspensionRule,
    starts: { at: ['suspend'], on: 'suspendedUntil' },
    stops: ['recheckAfter'],
  },
  foodDisposal: {
    label: { zh: '核查处置期限', en: 'Time for the disposal' },
    rule: foodDisposalRule,
    starts: {
      at: ['open', 'sign', 'takeFromLedger'],
      from: (row: LoopRow) => (row.regime === 'food' ? (row.signedOn ?? null) : null),
    },
    stops: ['disposeFood'],
    extends: { by: 'extendFood', amount: 30 },
  },
  handover: {
    label: { zh: '移交机关要求的期限', en: 'Deadline of the hand-over' },
    rule: namedDayRule,
    starts: { at: ['open', 'takeFromLedger'], on: 'deadline' },
    stops: ['close', 'closeRevoked', 'closeCeased', 'disposeFood', 'verify', 'returnIt'],
  },
};
