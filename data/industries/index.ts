import { once, readRows } from '../read.ts';
import { UnknownCodeError } from '../unknown-code.ts';

/** 门类, 大类, 中类, 小类 of GB/T 4754, in the terms of ISIC. */
export type IndustryLevel = 'section' | 'division' | 'group' | 'class';

export interface Industry {
  /** A letter for a section; two, three or four digits below it. */
  readonly code: string;
  /** Letter of the section it belongs to. */
  readonly section: string;
  readonly name: string;
  readonly level: IndustryLevel;
  /** Code one level up; null for a section. */
  readonly parent: string | null;
}

const REGISTER = {
  code: 'industry-unknown',
  zh: '国民经济行业分类（GB/T 4754—2017）',
  en: 'industry of GB/T 4754-2017',
};
const LEVELS = ['section', 'division', 'group', 'class'] as const;

const byCode = once(
  () =>
    new Map(
      readRows(import.meta.dirname, 'classes.csv').map(([code = '', section = '', name = '']) => [
        code,
        toIndustry(code, section, name),
      ]),
    ),
);

function toIndustry(code: string, section: string, name: string): Industry {
  if (code === section) return { code, section, name, level: 'section', parent: null };
  const level = LEVELS[code.length - 1] ?? 'class';
  return { code, section, name, level, parent: level === 'division' ? section : code.slice(0, -1) };
}

/** Industrial classification for national economic activities, GB/T 4754-2017, in the order of the standard. */
export const industries = (): readonly Industry[] => [...byCode().values()];

export const findIndustry = (code: string): Industry | undefined => byCode().get(code);

/** @throws UnknownCodeError `industry-unknown` */
export function getIndustry(code: string): Industry {
  const industry = findIndustry(code);
  if (industry === undefined) throw new UnknownCodeError(REGISTER, code);
  return industry;
}
