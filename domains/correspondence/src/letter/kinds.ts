import type { Label } from '@hengjian/kernel';

/** What one kind of soft tool is: everything in which the six differ. */
export interface LetterKind extends Label {
  /** The paper that it begins with, and the kind of its official number (文号). */
  paper: Label & { number: string };
  issue: Label;
  /** Whom it may go to: authorities, firms, both, or whoever is named (local government). */
  to: readonly ('office' | 'subject' | 'named')[];
  /** By when an answer is due: by a day that the letter names, by a term from receipt, or never. */
  answer: 'named-day' | 'term' | 'none';
  /** People come together on a day, and something is written about it. */
  meeting: Label | null;
  by: readonly string[];
  basis: string;
  /** How sure the clause is: read in the text, or the practice of offices. */
  confidence: 'read' | 'practice';
}

const chief = ['section-chief', 'bureau-head'];
const desk = ['section-chief', 'organiser', 'result-handler'];

/** The soft tools of supervision (practice M10): what is no penalty and no order, and still a record with paper, answer and term. */
export const letterKinds = {
  talk: {
    zh: '行政约谈',
    en: 'Administrative talk',
    paper: { zh: '约谈通知书', en: 'Invitation to a talk', number: '约谈' },
    issue: { zh: '约谈', en: 'Invite to a talk' },
    to: ['office', 'subject'],
    answer: 'none',
    meeting: { zh: '约谈笔录', en: 'Record of the talk' },
    by: desk,
    basis: '《食品安全法》第一百一十四条、第一百一十七条；产品质量的约谈按本机关制度',
    confidence: 'read',
  },
  reminder: {
    zh: '提醒敦促',
    en: 'Reminder',
    paper: { zh: '提醒敦促函', en: 'Letter of reminder', number: '提醒' },
    issue: { zh: '发提醒敦促函', en: 'Remind' },
    to: ['office', 'subject'],
    answer: 'named-day',
    meeting: null,
    by: desk,
    basis: '提醒敦促制度',
    confidence: 'practice',
  },
  'quality-meeting': {
    zh: '质量分析会',
    en: 'Meeting on quality',
    paper: { zh: '质量分析会通知', en: 'Invitation to the meeting', number: '质析' },
    issue: { zh: '召开质量分析会', en: 'Call a meeting on quality' },
    to: ['office', 'subject', 'named'],
    answer: 'none',
    meeting: { zh: '质量分析会纪要', en: 'Minutes' },
    by: desk,
    basis: '质量分析制度',
    confidence: 'practice',
  },
  circular: {
    zh: '通报',
    en: 'Circular',
    paper: { zh: '通报', en: 'Circular', number: '通报' },
    issue: { zh: '发通报', en: 'Send a circular' },
    to: ['office', 'named'],
    answer: 'none',
    meeting: null,
    by: chief,
    basis: '《产品质量监督抽查管理暂行办法》第四十四条；信息通报制度',
    confidence: 'practice',
  },
  urging: {
    zh: '督办',
    en: 'Urging',
    paper: { zh: '督办函', en: 'Letter of urging', number: '督函' },
    issue: { zh: '发督办函（一般事项）', en: 'Urge (general)' },
    to: ['office'],
    answer: 'named-day',
    meeting: null,
    by: ['section-chief', 'bureau-head', 'organiser'],
    basis: '督查督办制度',
    confidence: 'practice',
  },
  assistance: {
    zh: '协助调查',
    en: 'Assistance',
    paper: { zh: '协助调查函', en: 'Request for assistance', number: '协查' },
    issue: { zh: '发协查函', en: 'Ask for assistance' },
    to: ['office', 'named'],
    answer: 'term',
    meeting: null,
    by: desk,
    basis: '《市场监督管理行政处罚程序规定》第四十五条',
    confidence: 'read',
  },
} as const satisfies Record<string, LetterKind>;
export type LetterKindName = keyof typeof letterKinds;

/** What the kinds are called, and nothing else of them: for the choices of a field. */
export const letterKindLabels = Object.fromEntries(
  Object.entries(letterKinds).map(([name, { zh, en }]) => [name, { zh, en }]),
) as Record<LetterKindName, Label>;
