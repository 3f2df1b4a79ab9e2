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
  const models = labels.map((_label, at) => {
    const weights = new Map<string, number>();
    const positive = vectors.filter(({ label }) => label === at).length;
    const share = [0.5 / Math.max(1, vectors.length - positive), 0.5 / Math.max(1, positive)];
    let bias = 0;
    for (let step = 0; step < steps; step += 1) {
      const gradient = new Map<string, number>();
      let slope = 0;
      for (const { label, vector } of vectors) {
        const belongs = label === at ? 1 : 0;
        let sum = bias;
        for (const [term, weight] of vector) sum += weight * (weights.get(term) ?? 0);
        const error = (1 / (1 + Math.exp(-sum)) - belongs) * share[belongs]!;
        slope += error;
        for (const [term, weight] of vector) gradient.set(term, (gradient.get(term) ?? 0) + error * weight);
      }
      bias -= rate * slope;
      for (const [term, value] of gradient) {
        const held = weights.get(term) ?? 0;
        weights.set(term, held - rate * (value + decay * held));
      }
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
            const part = weight * (weights.get(term) ?? 0);
            sum += part;
            if (part > 0) weigh.push([term, part]);
          }
          return { label, score: 1 / (1 + Math.exp(-sum)), because: strongest(weigh) };
        }),
      );
    },
  };
}
