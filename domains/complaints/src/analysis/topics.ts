import { centroidOf, cosine, heaviest, type Vector, vectorOf, weightingOf } from './vectors.ts';
import { wordsIn } from './words.ts';

/** A matter as analysis sees it: no person, what is told and about whom. */
export interface Told {
  id: string;
  text: string;
  /** YYYY-MM-DD */
  on: string;
  subject: string;
  product: string | null;
  region: string;
}
export interface Topic {
  words: string[];
  count: number;
  from: string;
  until: string;
  /** Traders, goods and places, the most frequent first. */
  subjects: string[];
  products: string[];
  regions: string[];
  members: string[];
}

const usual = (values: readonly (string | null)[]): string[] => {
  const counts = new Map<string, number>();
  for (const value of values) if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, 5)
    .map(([value]) => value);
};

/**
 * What many tell of at the same time: each text joins the topic it is nearest to, or begins one.
 * In the order of their size. The order of the texts is that of their days, so that the same texts give the same topics.
 */
export function topicsOf(matters: readonly Told[], { near = 0.22, least = 2 } = {}): Topic[] {
  const sorted = [...matters].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.id < b.id ? -1 : 1));
  const terms = sorted.map(({ text, subject, product }) => [...wordsIn(`${text} ${product ?? ''}`), `@${subject}`]);
  const weighting = weightingOf(terms);
  const vectors = terms.map((own) => vectorOf(own, weighting));
  const groups: { centre: Vector; members: number[] }[] = [];
  vectors.forEach((vector, at) => {
    let best: { group: (typeof groups)[number]; angle: number } | undefined;
    for (const group of groups) {
      const angle = cosine(vector, group.centre);
      if (angle >= near && (best === undefined || angle > best.angle)) best = { group, angle };
    }
    if (best === undefined) groups.push({ centre: vector, members: [at] });
    else {
      best.group.members.push(at);
      best.group.centre = centroidOf(best.group.members.map((member) => vectors[member]!));
    }
  });
  return groups
    .filter(({ members }) => members.length >= least)
    .map(({ centre, members }) => {
      const own = members.map((member) => sorted[member]!);
      return {
        words: heaviest(new Map([...centre].filter(([term]) => !term.startsWith('@'))), 6),
        count: members.length,
        from: own[0]!.on,
        until: own.at(-1)!.on,
        subjects: usual(own.map(({ subject }) => subject)),
        products: usual(own.map(({ product }) => product)),
        regions: usual(own.map(({ region }) => region)),
        members: own.map(({ id }) => id),
      };
    })
    .sort((a, b) => b.count - a.count || (a.from < b.from ? -1 : 1));
}
