import type { Label } from '@hengjian/kernel';

export const retentionClasses = {
  permanent: { zh: '永久', en: 'Permanent' },
  '30-years': { zh: '定期30年', en: '30 years' },
  '10-years': { zh: '定期10年', en: '10 years' },
} as const satisfies Record<string, Label>;
export type RetentionClass = keyof typeof retentionClasses;
export const yearsOf: Record<RetentionClass, number | null> = { permanent: null, '30-years': 30, '10-years': 10 };

export interface MatterKind extends Label {
  /** Used in the archival number (档号). */
  code: string;
  retention: RetentionClass;
  /** Fewest years that a rule asks for; the class never falls below it. */
  floor: { years: number; clause: string } | null;
  /** How sure class and order are: a text that was read, or the practice of archive rooms. */
  confidence: 'read' | 'practice';
}

const o18 = { years: 2, clause: '《产品质量监督抽查管理暂行办法》第五十四条' };

/** What is kept as one file (一案一卷), by the kind of record that the matter is. Classes are this platform's setting until the archive rules of a bureau say otherwise. */
export const matterKinds = {
  'handling.loop': {
    zh: '不合格结果处理',
    en: 'Handling of a failure',
    code: 'JGCL',
    retention: '10-years',
    floor: o18,
    confidence: 'practice',
  },
  'sampling.task': {
    zh: '监督抽查任务',
    en: 'Sampling task',
    code: 'CCRW',
    retention: '10-years',
    floor: o18,
    confidence: 'practice',
  },
  'sampling.scheme': {
    zh: '监督抽查组织工作',
    en: 'Sampling campaign',
    code: 'CCZZ',
    retention: '30-years',
    floor: o18,
    confidence: 'practice',
  },
  'correspondence.letter': {
    zh: '函件和约谈',
    en: 'Letters and talks',
    code: 'HJ',
    retention: '10-years',
    floor: null,
    confidence: 'practice',
  },
  'cases.case': {
    zh: '行政处罚案件',
    en: 'Penalty case',
    code: 'XZCF',
    retention: '30-years',
    floor: null,
    confidence: 'practice',
  },
} as const satisfies Record<string, MatterKind>;
export type MatterName = keyof typeof matterKinds;

/** Sections of the main volume, in the order of order 2 art. 78(2); said of penalty cases and taken over for other matters. */
export const sections = [
  { key: 'opening', zh: '立案审批表或者启动文书', en: 'What opened it' },
  { key: 'decision', zh: '决定文书及送达回证', en: 'Decisions and proofs of service' },
  { key: 'papers', zh: '其他法律文书及送达回证', en: 'Other papers and proofs of service' },
  { key: 'evidence', zh: '证据材料', en: 'Evidence' },
  { key: 'hearing', zh: '听证笔录', en: 'Hearing' },
  { key: 'goods', zh: '财物处理单据', en: 'Goods and money' },
  { key: 'other', zh: '其他有关材料', en: 'Other' },
] as const;
export type Section = (typeof sections)[number]['key'];

/** The first that fits decides, so the narrow ones stand first. */
const kindsOf: Record<Exclude<Section, 'other'>, RegExp> = {
  hearing: /hearing/i,
  goods: /payment|invoice|fee|purchase|goods/i,
  opening:
    /^(?:filingSheet|letter|commission|taskLetter|authorisation|samplingNotice|notification|plan|scheme|invitation|rules)$/i,
  decision:
    /^(?:rectificationOrder|stopOrder|notice|annulment|decision|noPenalty)$|receipt$|^(?:addressConfirmation|filming|returnedMail|posting)$/i,
  papers:
    /^(?:demand|deferral|correction|seizure|preservation)|notice$|answer$|acceptance$|rejection$|^(?:talk|reminder|circular|urging|assistance|recheckNotice)$/i,
  evidence:
    /^(?:interview|extraction|electronic|signedRecord|film)$|photo|evidence|sheet|report|record|minutes|proof|application|video|spare|carriage/i,
};

/** Where a document of this kind belongs in the main volume. */
export function sectionOf(kind: string): Section {
  return (Object.keys(kindsOf) as (keyof typeof kindsOf)[]).find((section) => kindsOf[section].test(kind)) ?? 'other';
}

/** Kinds of record whose papers are the office's own: they make the sub-volume (副卷), which is lent to nobody outside. */
export const internalEntities: ReadonlySet<string> = new Set([
  'handling.referral',
  'handling.report-up',
  'handling.urging',
  'people.succession',
]);
/** Papers of a case that are the office's own: source, final report, review, report of the hearing, closing (order 2 art. 78(3)). */
export const internalKinds: ReadonlySet<string> = new Set([
  'cases.case/sourceSheet',
  'cases.case/checkRecord',
  'cases.case/report',
  'cases.case/reviewSheet',
  'cases.case/mattersSheet',
  'cases.case/decisionSheet',
  'cases.case/deliberationRecord',
  'cases.case/deliberationSigned',
  'cases.case/closingSheet',
  'cases.hearing/report',
]);
