import type { Label } from './language.ts';

/** Kinds of public entries that have a page of their own. */
export const bulletinKind = 'sampling-bulletin';
export const rulesKind = 'sampling-rules';
export const drawKind = 'sampling-draw';
export const serviceKind = 'service-by-notice';

export const kinds: readonly { kind: string; label: Label; plural: Label }[] = [
  { kind: bulletinKind, label: { zh: '抽查公告', en: 'Bulletin' }, plural: { zh: '抽查公告', en: 'Bulletins' } },
  {
    kind: rulesKind,
    label: { zh: '实施细则', en: 'Detailed rules' },
    plural: { zh: '实施细则', en: 'Detailed rules' },
  },
  { kind: drawKind, label: { zh: '公开抽取', en: 'Draw' }, plural: { zh: '公开抽取', en: 'Draws' } },
  {
    kind: serviceKind,
    label: { zh: '送达公告', en: 'Service by notice' },
    plural: { zh: '送达公告', en: 'Services by notice' },
  },
];

/** What a kind is called; a kind that this portal does not know is simply public content. */
export function labelOfKind(kind: string): Label {
  return kinds.find((known) => known.kind === kind)?.label ?? { zh: '公开内容', en: 'Public content' };
}
