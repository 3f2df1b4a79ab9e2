import type { Label } from './language.ts';

/** Kinds of public entries. */
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
  { kind: 'licence', label: { zh: '许可证', en: 'Licence' }, plural: { zh: '许可证', en: 'Licences' } },
  {
    kind: 'recheck-announcement',
    label: { zh: '复查不合格公告', en: 'Announcement after failed rechecks' },
    plural: { zh: '复查不合格公告', en: 'Announcements after failed rechecks' },
  },
  {
    kind: 'block-entry',
    label: { zh: '不合格产品提示', en: 'Not to be sold' },
    plural: { zh: '不合格产品提示', en: 'Goods not to be sold' },
  },
];

/** What a kind is called; a kind that this portal does not know is simply public content. */
export function labelOfKind(kind: string): Label {
  return kinds.find((known) => known.kind === kind)?.label ?? { zh: '公开内容', en: 'Public content' };
}
