import { cosine, type Vector, vectorOf, weightingOf } from './vectors.ts';
import { shinglesOf, wordsIn } from './words.ts';

export interface Written {
  id: string;
  text: string;
}
/** Two texts that may tell the same, with why. A suggestion: whether it is the same matter an officer decides. */
export interface LikePair {
  one: string;
  other: string;
  /** Share of the smaller text's runs of three characters that stand in the other, 0 to 1. */
  contained: number;
  /** Cosine of TF–IDF over words, 0 to 1. */
  alike: number;
  /** Words that both use and few others do. */
  because: string[];
}

const permutations = 96;
const bands = 32;
const perBand = permutations / bands;

/** 32-bit FNV-1a. */
function hash(text: string, seed: number): number {
  let value = (0x811c9dc5 ^ seed) >>> 0;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return value;
}
const multipliers = Array.from({ length: permutations }, (_one, at) => (hash(`multiplier ${at}`, 17) | 1) >>> 0);
const addends = Array.from({ length: permutations }, (_one, at) => hash(`addend ${at}`, 29));

/** MinHash (Broder 1997): two signatures agree in about that share of places in which their sets agree (Jaccard). */
export function signatureOf(shingles: ReadonlySet<string>): Uint32Array {
  const least = new Uint32Array(permutations).fill(0xffffffff);
  for (const shingle of shingles) {
    const base = hash(shingle, 0);
    for (let at = 0; at < permutations; at += 1) {
      const value = (Math.imul(base, multipliers[at]!) + addends[at]!) >>> 0;
      if (value < least[at]!) least[at] = value;
    }
  }
  return least;
}

/** Pairs that agree in some band of their signatures; each once. */
function candidates(signatures: readonly Uint32Array[]): Set<number> {
  const pairs = new Set<number>();
  const n = signatures.length;
  for (let band = 0; band < bands; band += 1) {
    const buckets = new Map<string, number[]>();
    signatures.forEach((signature, at) => {
      const key = signature.subarray(band * perBand, (band + 1) * perBand).join();
      const bucket = buckets.get(key);
      if (bucket === undefined) buckets.set(key, [at]);
      else bucket.push(at);
    });
    for (const bucket of buckets.values())
      for (let i = 0; i < bucket.length; i += 1)
        for (let j = i + 1; j < bucket.length; j += 1) pairs.add(bucket[i]! * n + bucket[j]!);
  }
  return pairs;
}

function containment(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const [small, large] = one.size <= other.size ? [one, other] : [other, one];
  let shared = 0;
  for (const shingle of small) if (large.has(shingle)) shared += 1;
  return small.size === 0 ? 0 : shared / small.size;
}

function sharedWords(one: Vector, other: Vector): string[] {
  return [...one]
    .map(([term, weight]): [string, number] => [term, weight * (other.get(term) ?? 0)])
    .filter(([, weight]) => weight > 0)
    .sort(([, x], [, y]) => y - x)
    .slice(0, 5)
    .map(([term]) => term);
}

/**
 * Pairs of texts that are nearly the same: MinHash finds who may be, containment of shingles and cosine of words say how much. A pair
 * counts when so much of the smaller text stands in the other, or less of it and the words agree.
 */
export function likePairs(texts: readonly Written[], { contained = 0.55, alike = 0.7 } = {}): LikePair[] {
  const shingles = texts.map(({ text }) => shinglesOf(text));
  const words = texts.map(({ text }) => wordsIn(text));
  const weighting = weightingOf(words);
  const vectors = words.map((terms) => vectorOf(terms, weighting));
  const n = texts.length;
  const found: LikePair[] = [];
  for (const pair of candidates(shingles.map(signatureOf))) {
    const [i, j] = [Math.floor(pair / n), pair % n];
    const share = containment(shingles[i]!, shingles[j]!);
    const angle = cosine(vectors[i]!, vectors[j]!);
    if (share < contained && !(angle >= alike && share >= contained / 2)) continue;
    found.push({
      one: texts[i]!.id,
      other: texts[j]!.id,
      contained: share,
      alike: angle,
      because: sharedWords(vectors[i]!, vectors[j]!),
    });
  }
  return found.sort((a, b) => b.contained + b.alike - a.contained - a.alike || (a.one < b.one ? -1 : 1));
}

/** The plain way, for comparison: every pair whose TF–IDF cosine is at least so much. */
export function cosinePairs(texts: readonly Written[], least: number): { one: string; other: string }[] {
  const words = texts.map(({ text }) => wordsIn(text));
  const weighting = weightingOf(words);
  const vectors = words.map((terms) => vectorOf(terms, weighting));
  return texts.flatMap(({ id }, i) =>
    texts
      .slice(i + 1)
      .flatMap((other, offset) =>
        cosine(vectors[i]!, vectors[i + 1 + offset]!) >= least ? [{ one: id, other: other.id }] : [],
      ),
  );
}
