/** Weights of terms; of unit length unless it is empty. */
export type Vector = ReadonlyMap<string, number>;

/** How much each term of a collection tells: ln((1 + n) / (1 + df)) + 1. */
export interface Weighting {
  n: number;
  idf(term: string): number;
}

export function weightingOf(texts: readonly (readonly string[])[]): Weighting {
  const within = new Map<string, number>();
  for (const terms of texts) for (const term of new Set(terms)) within.set(term, (within.get(term) ?? 0) + 1);
  const n = texts.length;
  return { n, idf: (term) => Math.log((1 + n) / (1 + (within.get(term) ?? 0))) + 1 };
}

/** TF–IDF with sublinear counts (1 + ln tf), of unit length. */
export function vectorOf(terms: readonly string[], weighting: Weighting): Vector {
  const counts = new Map<string, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  const vector = new Map<string, number>();
  for (const [term, count] of counts) vector.set(term, (1 + Math.log(count)) * weighting.idf(term));
  return unit(vector);
}

export function unit(vector: Map<string, number>): Vector {
  let squares = 0;
  for (const weight of vector.values()) squares += weight * weight;
  if (squares > 0) for (const [term, weight] of vector) vector.set(term, weight / Math.sqrt(squares));
  return vector;
}

/** Cosine of two vectors of unit length, 0 to 1. */
export function cosine(one: Vector, other: Vector): number {
  const [small, large] = one.size <= other.size ? [one, other] : [other, one];
  let sum = 0;
  for (const [term, weight] of small) sum += weight * (large.get(term) ?? 0);
  return sum;
}

/** The sum of vectors, of unit length: the middle of a class. */
export function centroidOf(vectors: readonly Vector[]): Vector {
  const sum = new Map<string, number>();
  for (const vector of vectors) for (const [term, weight] of vector) sum.set(term, (sum.get(term) ?? 0) + weight);
  return unit(sum);
}

/** The heaviest terms, the heaviest first. */
export const heaviest = (vector: Vector, most: number): string[] =>
  [...vector]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, most)
    .map(([term]) => term);
