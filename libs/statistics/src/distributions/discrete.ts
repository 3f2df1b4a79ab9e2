import betaCdf from '@stdlib/stats-base-dists-beta-cdf';
import binomialCdfStdlib from '@stdlib/stats-base-dists-binomial-cdf';
import binomialPmfStdlib from '@stdlib/stats-base-dists-binomial-pmf';
import binomialQuantileStdlib from '@stdlib/stats-base-dists-binomial-quantile';
import poissonPmfStdlib from '@stdlib/stats-base-dists-poisson-pmf';
import { requireFinite, requirePositive, requireProbability, requireWhole, requireWithin } from '../arguments.ts';
import { incompleteGamma, stirlingRemainder } from './special.ts';

const CLAUSE = 'GB/T 3358.1 (ISO 3534-1) discrete distributions';

/** P(X = k), X ~ Binomial(n, p). Whole k, n ≥ 0; p in [0, 1]. Throws `StatisticsError` on other input. */
export function binomialPmf(k: number, n: number, p: number): number {
  requireWhole(k, 'k', CLAUSE, -Number.MAX_SAFE_INTEGER);
  requireWhole(n, 'n', CLAUSE);
  requireProbability(p, 'p', CLAUSE);
  return binomialPmfStdlib(k, n, p);
}

/** P(X ≤ k), X ~ Binomial(n, p). Real k (floored), whole n ≥ 0, p in [0, 1]. Throws `StatisticsError` on other input. */
export function binomialCdf(k: number, n: number, p: number): number {
  requireFinite(k, 'k', CLAUSE);
  requireWhole(n, 'n', CLAUSE);
  requireProbability(p, 'p', CLAUSE);
  return binomialCdfStdlib(k, n, p);
}

/**
 * P(X > k), X ~ Binomial(n, p), with full relative accuracy in the far tail (never 1 − cdf).
 * Identity P(X > k) = I_p(k+1, n−k), DLMF 8.17.5. Input as {@link binomialCdf}.
 */
export function binomialUpperTail(k: number, n: number, p: number): number {
  requireFinite(k, 'k', CLAUSE);
  requireWhole(n, 'n', CLAUSE);
  requireProbability(p, 'p', CLAUSE);
  const floor = Math.floor(k);
  if (floor < 0) {
    return 1;
  }
  return floor >= n ? 0 : betaCdf(p, floor + 1, n - floor);
}

/** Smallest k with P(X ≤ k) ≥ q, X ~ Binomial(n, p); q, p in [0, 1]. Throws `StatisticsError` on other input. */
export function binomialQuantile(q: number, n: number, p: number): number {
  requireProbability(q, 'q', CLAUSE);
  requireWhole(n, 'n', CLAUSE);
  requireProbability(p, 'p', CLAUSE);
  if (q === 0 || p === 0) {
    return 0;
  }
  return binomialQuantileStdlib(q, n, p);
}

/** x ln(x/m) + m − x, the deviance part of Loader's saddle-point expansion, without cancellation near x = m. */
function deviance(x: number, m: number): number {
  if (x === 0) {
    return m;
  }
  const relative = (x - m) / (x + m);
  if (Math.abs(relative) < 0.1) {
    const square = relative * relative;
    let sum = (x - m) * relative;
    let power = 2 * x * relative;
    for (let j = 1; j < 1000; j += 1) {
      power *= square;
      const next = sum + power / (2 * j + 1);
      if (next === sum) {
        return next;
      }
      sum = next;
    }
  }
  return x * Math.log(x / m) + m - x;
}

/** ln C(n,x) p^x q^(n−x) for 0 < p < 1 (Loader 2000, "Fast and accurate computation of binomial probabilities"). */
function logBinomialPmf(x: number, n: number, p: number): number {
  if (x === 0) {
    return n * Math.log1p(-p);
  }
  if (x === n) {
    return n * Math.log(p);
  }
  const correction = stirlingRemainder(n) - stirlingRemainder(x) - stirlingRemainder(n - x);
  return (
    correction - deviance(x, n * p) - deviance(n - x, n * (1 - p)) - 0.5 * Math.log(2 * Math.PI * x * ((n - x) / n))
  );
}

function requireHypergeometric(lotSize: number, defectives: number, n: number): void {
  requireWhole(lotSize, 'lotSize', CLAUSE);
  requireWhole(defectives, 'defectives', CLAUSE, 0, lotSize);
  requireWhole(n, 'n', CLAUSE, 0, lotSize);
}

function hypergeometricTerm(k: number, lotSize: number, defectives: number, n: number): number {
  if (k < Math.max(0, n + defectives - lotSize) || k > Math.min(n, defectives)) {
    return 0;
  }
  if (n === 0 || defectives === 0 || n === lotSize || defectives === lotSize) {
    return 1;
  }
  const p = n / lotSize;
  return Math.exp(
    logBinomialPmf(k, defectives, p) + logBinomialPmf(n - k, lotSize - defectives, p) - logBinomialPmf(n, lotSize, p),
  );
}

/** P(X = k): k nonconforming among n units drawn without replacement from N = lotSize holding D = defectives. */
export function hypergeometricPmf(k: number, lotSize: number, defectives: number, n: number): number {
  requireHypergeometric(lotSize, defectives, n);
  requireWhole(k, 'k', CLAUSE, -Number.MAX_SAFE_INTEGER);
  return hypergeometricTerm(k, lotSize, defectives, n);
}

/** Both tails of the hypergeometric distribution, each summed from its own side of the mode. */
function hypergeometricTails(k: number, N: number, D: number, n: number): { lower: number; upper: number } {
  const first = Math.max(0, n + D - N);
  const last = Math.min(n, D);
  if (k < first) {
    return { lower: 0, upper: 1 };
  }
  if (k >= last) {
    return { lower: 1, upper: 0 };
  }
  const mode = Math.floor(((n + 1) * (D + 1)) / (N + 2));
  if (k < mode) {
    let term = hypergeometricTerm(k, N, D, n);
    let lower = term;
    for (let x = k; x > first && term > lower * 1e-17; x -= 1) {
      term *= (x * (N - D - n + x)) / ((D - x + 1) * (n - x + 1));
      lower += term;
    }
    return { lower, upper: 1 - lower };
  }
  let term = hypergeometricTerm(k + 1, N, D, n);
  let upper = term;
  for (let x = k + 1; x < last && term > upper * 1e-17; x += 1) {
    term *= ((D - x) * (n - x)) / ((x + 1) * (N - D - n + x + 1));
    upper += term;
  }
  return { lower: 1 - upper, upper };
}

/**
 * P(X ≤ k) for n units drawn without replacement from a lot of N = lotSize units holding D = defectives.
 * Real k (floored); whole 0 ≤ D ≤ N, 0 ≤ n ≤ N. Throws `StatisticsError` on other input.
 */
export function hypergeometricCdf(k: number, lotSize: number, defectives: number, n: number): number {
  requireFinite(k, 'k', CLAUSE);
  requireHypergeometric(lotSize, defectives, n);
  return hypergeometricTails(Math.floor(k), lotSize, defectives, n).lower;
}

/** P(X > k) of the same distribution, accurate in the far tail. Input as {@link hypergeometricCdf}. */
export function hypergeometricUpperTail(k: number, lotSize: number, defectives: number, n: number): number {
  requireFinite(k, 'k', CLAUSE);
  requireHypergeometric(lotSize, defectives, n);
  return hypergeometricTails(Math.floor(k), lotSize, defectives, n).upper;
}

/** P(X = k), X ~ Poisson(λ); whole k ≥ 0, λ ≥ 0. Throws `StatisticsError` on other input. */
export function poissonPmf(k: number, lambda: number): number {
  requireWhole(k, 'k', CLAUSE);
  requireWithin(lambda, 'lambda', CLAUSE, 0, Number.MAX_VALUE);
  return poissonPmfStdlib(k, lambda);
}

/** P(X ≤ k) = Q(k+1, λ), X ~ Poisson(λ); real k (floored), λ ≥ 0. Source: DLMF 8.4.10. Throws on other input. */
export function poissonCdf(k: number, lambda: number): number {
  requireFinite(k, 'k', CLAUSE);
  requireWithin(lambda, 'lambda', CLAUSE, 0, Number.MAX_VALUE);
  return k < 0 ? 0 : incompleteGamma(Math.floor(k) + 1, lambda).upper;
}

/** P(X > k) = P(k+1, λ), accurate in the far tail. Input as {@link poissonCdf}. */
export function poissonUpperTail(k: number, lambda: number): number {
  requireFinite(k, 'k', CLAUSE);
  requireWithin(lambda, 'lambda', CLAUSE, 0, Number.MAX_VALUE);
  return k < 0 ? 1 : incompleteGamma(Math.floor(k) + 1, lambda).lower;
}

/**
 * P(X ≤ k) for the number of failures before `size` successes (size > 0 may be fractional), success probability
 * `prob` in (0, 1]. Identity I_prob(size, k+1), DLMF 8.17.24. Throws `StatisticsError` on other input.
 */
export function negativeBinomialCdf(k: number, size: number, prob: number): number {
  requireFinite(k, 'k', CLAUSE);
  requirePositive(size, 'size', CLAUSE);
  requirePositive(prob, 'prob', CLAUSE);
  requireProbability(prob, 'prob', CLAUSE);
  return k < 0 ? 0 : betaCdf(prob, size, Math.floor(k) + 1);
}

/** P(X > k) of the negative binomial distribution. Input as {@link negativeBinomialCdf}. */
export function negativeBinomialUpperTail(k: number, size: number, prob: number): number {
  requireFinite(k, 'k', CLAUSE);
  requirePositive(size, 'size', CLAUSE);
  requirePositive(prob, 'prob', CLAUSE);
  requireProbability(prob, 'prob', CLAUSE);
  return k < 0 ? 1 : betaCdf(1 - prob, Math.floor(k) + 1, size);
}

/** Smallest whole k ≥ 0 with P(X ≤ k) ≥ q for a distribution function `cdf`, by doubling and bisection. */
function smallestReaching(q: number, cdf: (k: number) => number): number {
  let high = 1;
  while (cdf(high) < q && high < 2 ** 52) {
    high *= 2;
  }
  let low = -1;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (cdf(middle) >= q) {
      high = middle;
    } else {
      low = middle;
    }
  }
  return high;
}

/** Smallest k with P(X ≤ k) ≥ q, X ~ Poisson(λ); q in [0, 1). Throws `StatisticsError` on other input. */
export function poissonQuantile(q: number, lambda: number): number {
  requireWithin(q, 'q', CLAUSE, 0, 1 - Number.EPSILON);
  return smallestReaching(q, (k) => poissonCdf(k, lambda));
}

/** Smallest k with P(X ≤ k) ≥ q for the negative binomial distribution; q in [0, 1). Throws on other input. */
export function negativeBinomialQuantile(q: number, size: number, prob: number): number {
  requireWithin(q, 'q', CLAUSE, 0, 1 - Number.EPSILON);
  return smallestReaching(q, (k) => negativeBinomialCdf(k, size, prob));
}

/** Smallest k with P(X ≤ k) ≥ q for the hypergeometric distribution; q in [0, 1]. Throws on other input. */
export function hypergeometricQuantile(q: number, lotSize: number, defectives: number, n: number): number {
  requireProbability(q, 'q', CLAUSE);
  requireHypergeometric(lotSize, defectives, n);
  return smallestReaching(q, (k) => hypergeometricCdf(k, lotSize, defectives, n));
}
