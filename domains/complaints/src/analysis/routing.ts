import { centroidOf, cosine, type Vector, vectorOf, type Weighting, weightingOf } from './vectors.ts';
import { wordsIn } from './words.ts';

export interface Example {
  label: string;
  text: string;
}
/** A class that a text may belong to, and the words that say so. A suggestion, never a decision. */
export interface Suggestion {
  label: string;
  /** 0 to 1: the larger, the more of the text speaks for it. */
  score: number;
  /** Words of the text that weigh most for it. */
  because: string[];
}
export interface Router {
  /** Classes in the order of their scores. */
  suggest(text: string): Suggestion[];
}

interface Prepared {
  weighting: Weighting;
  labels: string[];
  vectors: { label: number; vector: Vector }[];
}
const prepare = (examples: readonly Example[], termsOf: (text: string) => string[]): Prepared => {
  const terms = examples.map(({ text }) => termsOf(text));
  const weighting = weightingOf(terms);
  const labels = [...new Set(examples.map(({ label }) => label))].sort();
  const vectors = examples.map(({ label }, at) => ({
    label: labels.indexOf(label),
    vector: vectorOf(terms[at]!, weighting),
  }));
  return { weighting, labels, vectors };
};

const ordered = (suggestions: Suggestion[]): Suggestion[] =>
  suggestions.sort((one, other) => other.score - one.score || (one.label < other.label ? -1 : 1));

/** Nearest centroid over TF–IDF of words: the plain way, and the one that can be trained from a few seed words of each class. */
export function centroidRouter(examples: readonly Example[]): Router {
  const { weighting, labels, vectors } = prepare(examples, wordsIn);
  const centroids = labels.map((_label, at) =>
    centroidOf(vectors.filter(({ label }) => label === at).map(({ vector }) => vector)),
  );
  return {
    suggest(text) {
      const vector = vectorOf(wordsIn(text), weighting);
      return ordered(
        labels.map((label, at) => {
          const score = cosine(vector, centroids[at]!);
          const weigh = [...vector]
            .map(([term, weight]): [string, number] => [term, weight * (centroids[at]!.get(term) ?? 0)])
            .filter(([, weight]) => weight > 0);
          return { label, score, because: strongest(weigh) };
        }),
      );
    },
  };
}

const strongest = (weights: [string, number][]): string[] =>
  weights
    .filter(([term]) => !term.startsWith('#'))
    .sort(([, x], [, y]) => y - x)
    .slice(0, 5)
    .map(([term]) => term);

/** Words, and pairs of characters marked with `#`: names that the dictionary lacks are found by them. */
function finely(text: string): string[] {
  const pairs: string[] = [];
  for (const run of text.normalize('NFKC').match(/[\u3400-\u9fff]+/g) ?? [])
    for (let at = 0; at + 2 <= run.length; at += 1) pairs.push(`#${run.slice(at, at + 2)}`);
  return [...wordsIn(text), ...pairs];
}

/**
 * Logistic regression, one class against the rest, over TF–IDF of words and pairs of characters; each class weighs the same however many
 * examples it has. Trained by gradient descent with a fixed number of steps from nought: the same examples, the same model.
 */
export function linearRouter(examples: readonly Example[], { steps = 60, rate = 8, decay = 2e-4 } = {}): Router {
  const { weighting, labels, vectors } = prepare(examples, finely);
  const places = new Map<string, number>();
  for (const { vector } of vectors)
    for (const term of vector.keys()) if (!places.has(term)) places.set(term, places.size);
  const rows = vectors.map(({ label, vector }) => ({
    label,
    at: Int32Array.from(vector.keys(), (term) => places.get(term)!),
    weights: Float64Array.from(vector.values()),
  }));
  const models = labels.map((_label, own) => {
    const weights = new Float64Array(places.size);
    const gradient = new Float64Array(places.size);
    const positive = rows.filter(({ label }) => label === own).length;
    const share = [0.5 / Math.max(1, rows.length - positive), 0.5 / Math.max(1, positive)];
    let bias = 0;
    for (let step = 0; step < steps; step += 1) {
      gradient.fill(0);
      let slope = 0;
      for (const row of rows) {
        const belongs = row.label === own ? 1 : 0;
        let sum = bias;
        for (let n = 0; n < row.at.length; n += 1) sum += row.weights[n]! * weights[row.at[n]!]!;
        const error = (1 / (1 + Math.exp(-sum)) - belongs) * share[belongs]!;
        slope += error;
        for (let n = 0; n < row.at.length; n += 1) gradient[row.at[n]!]! += error * row.weights[n]!;
      }
      bias -= rate * slope;
      for (let n = 0; n < weights.length; n += 1) weights[n]! -= rate * (gradient[n]! + decay * weights[n]!);
    }
    return { bias, weights };
  });
  return {
    suggest(text) {
      const vector = vectorOf(finely(text), weighting);
      return ordered(
        labels.map((label, at) => {
          const { bias, weights } = models[at]!;
          let sum = bias;
          const weigh: [string, number][] = [];
          for (const [term, weight] of vector) {
            const place = places.get(term);
            const part = place === undefined ? 0 : weight * weights[place]!;
            sum += part;
            if (part > 0) weigh.push([term, part]);
          }
          return { label, score: 1 / (1 + Math.exp(-sum)), because: strongest(weigh) };
        }),
      );
    },
  };
}
