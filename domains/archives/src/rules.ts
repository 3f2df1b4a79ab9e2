import {
  internalEntities,
  internalKinds,
  type RetentionClass,
  type Section,
  sectionOf,
  sections,
  yearsOf,
} from './kinds.ts';

/** One document as it goes into a file. `on`: the day on which it came about, YYYY-MM-DD. */
export interface FiledDocument {
  document: string;
  record: string;
  entity: string;
  kind: string;
  title: string;
  number?: string | null | undefined;
  on: string;
  sha256: string;
  pages: number;
}

export interface IndexLine extends FiledDocument {
  ordinal: number;
  section: Section;
  firstPage: number;
  lastPage: number;
}

export interface Volume {
  name: 'main' | 'internal';
  pages: number;
  lines: IndexLine[];
}

const rank = (section: Section): number => sections.findIndex(({ key }) => key === section);

/**
 * Main volume by the sections of order 2 art. 78(2), each by day; papers of the office's own make the sub-volume, by day. Pages run through
 * a volume from 1 without gaps. An empty volume is left out.
 */
export function arrange(documents: readonly FiledDocument[]): Volume[] {
  const isInternal = ({ entity, kind }: FiledDocument): boolean =>
    internalEntities.has(entity) || internalKinds.has(`${entity}/${kind}`);
  return (['main', 'internal'] as const)
    .map((name): Volume => {
      const chosen = documents
        .filter((one) => isInternal(one) === (name === 'internal'))
        .map((one) => ({ ...one, section: name === 'main' ? sectionOf(one.kind) : ('other' as Section) }))
        .sort(
          (a, b) =>
            rank(a.section) - rank(b.section) || a.on.localeCompare(b.on) || a.document.localeCompare(b.document),
        );
      let page = 1;
      const lines = chosen.map((one, index): IndexLine => {
        const line = { ...one, ordinal: index + 1, firstPage: page, lastPage: page + one.pages - 1 };
        page += one.pages;
        return line;
      });
      return { name, pages: page - 1, lines };
    })
    .filter(({ lines }) => lines.length > 0);
}

/** The last day on which a file must be kept: terms count from 1 January after the year in which the matter ended; null for ever. */
export function keptUntil(retention: RetentionClass, closedOn: string): string | null {
  const years = yearsOf[retention];
  return years === null ? null : `${Number(closedOn.slice(0, 4)) + years}-12-31`;
}

/** The part of the 档号 before the number of the file: fonds, category, year and class. The number itself is the record's own, without gaps. */
export const archivalClass = (fonds: string, year: string, code: string, retention: RetentionClass): string =>
  `${fonds}-${code}·${year}·${{ permanent: 'Y', '30-years': 'D30', '10-years': 'D10' }[retention]}`;
