import type { Label } from '@hengjian/kernel';

/**
 * What a message may say. Names of firms, titles and findings are not among the words that a template can use: nothing that is sent
 * can warn a drawn firm (practice W1) or tell a finding to whoever holds the telephone.
 */
export const words = {
  /** Kind of record, e.g. 责令改正通知书. */
  paper: { zh: '文书或者记录种类', en: 'Kind of paper or record' },
  /** Official number. */
  number: { zh: '编号', en: 'Number' },
  /** The authority that tells. */
  authority: { zh: '机关', en: 'Authority' },
  /** Last day of the term, YYYY-MM-DD. */
  due: { zh: '期限', en: 'Last day' },
} as const;
export type Word = keyof typeof words;

export interface Template {
  key: Occasion;
  version: number;
  inForce: string;
  zh: string;
  en: string;
  /** Goes to a party of a procedure, so it says that it is no service. */
  toParty: boolean;
}

export const occasions = {
  'clock-near-due': { zh: '期限临近', en: 'A term is near its end' },
  'handover-received': { zh: '收到移交', en: 'A hand-over arrived' },
  'letter-received': { zh: '收到函件', en: 'A letter arrived' },
  'notice-served': { zh: '告知书已送达', en: 'A notice was served' },
  'paper-waits': { zh: '有文书待领取', en: 'A paper waits to be fetched' },
  'application-step': { zh: '申请有新进展', en: 'An application has moved on' },
} as const satisfies Record<string, Label>;
export type Occasion = keyof typeof occasions;

/** A wording that was used stays; a new one is a new version with its own day. */
const templates: readonly Template[] = [
  {
    key: 'clock-near-due',
    version: 1,
    inForce: '2026-01-01',
    toParty: false,
    zh: '您承办的{paper}{number}期限至{due}，请及时办理。',
    en: 'The term of {paper} {number} ends on {due}.',
  },
  {
    key: 'handover-received',
    version: 1,
    inForce: '2026-01-01',
    toParty: false,
    zh: '{authority}移交的{paper}{number}待签收。',
    en: '{paper} {number} from {authority} waits to be signed for.',
  },
  {
    key: 'letter-received',
    version: 1,
    inForce: '2026-01-01',
    toParty: false,
    zh: '{authority}发来{paper}{number}，请于{due}前回复。',
    en: '{authority} sent {paper} {number}; it is to be answered by {due}.',
  },
  {
    key: 'notice-served',
    version: 1,
    inForce: '2026-01-01',
    toParty: true,
    zh: '{authority}的{paper}{number}已向贵单位送达，有权提出异议或者申请复检的，期限至{due}。',
    en: '{paper} {number} of {authority} was served on you; where you may object or ask for a retest, the term ends on {due}.',
  },
  {
    key: 'paper-waits',
    version: 1,
    inForce: '2026-01-01',
    toParty: true,
    zh: '{authority}有{paper}{number}待贵单位领取，请携带授权文件前往。',
    en: '{paper} {number} waits for you at {authority}; bring your authority to sign.',
  },
  {
    key: 'application-step',
    version: 1,
    inForce: '2026-01-01',
    toParty: true,
    zh: '{authority}就您的申请{number}作出了{paper}，请到办事大厅查看。{due}',
    en: '{authority} made {paper} in your application {number}; see the service hall. {due}',
  },
];

/** Said on every message to a party: a message starts no term (order 2 art. 82(3)). */
export const noService: Label = {
  zh: '本消息是提醒，不是送达；期限以送达的文书为准。',
  en: 'This message is a notice, not service; terms run from the paper as served.',
};

/** The wording in force on a day. */
export function templateOn(key: Occasion, day: string): Template {
  const found = templates.filter((one) => one.key === key && one.inForce <= day).at(-1);
  return found ?? templates.find((one) => one.key === key)!;
}

const place = /\{(\w+)\}/g;

/** Every wording uses only the words that it may; a name would be found here. */
export const unknownWords = (): string[] =>
  templates.flatMap(({ key, zh, en }) =>
    [...`${zh}${en}`.matchAll(place)].filter(([, word]) => !(word! in words)).map(([, word]) => `${key}: ${word}`),
  );

/** The text of a message; a word that is not known is left out. */
export function renderMessage(
  template: Template,
  values: Partial<Record<Word, string | null | undefined>>,
  language: keyof Label,
): string {
  const text = template[language].replaceAll(place, (_all, word: Word) => values[word] ?? '').replaceAll(/ {2,}/g, ' ');
  return template.toParty ? `${text}${language === 'zh' ? '' : ' '}${noService[language]}` : text;
}
