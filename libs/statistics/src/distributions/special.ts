/**
 * Special functions that no declared dependency supplies in the form needed here: log-gamma and its Stirling
 * remainder, the regularised incomplete gamma function with both tails, Gauss–Legendre nodes and bracketed roots.
 */

const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);
const STIRLING_FROM = 15;

/**
 * δ(x) = ln Γ(x) − [(x−½) ln x − x + ½ ln 2π], x > 0.
 * Source: Stirling series (DLMF 5.11.1), with the recurrence Γ(x+1) = xΓ(x) below 15.
 */
export function stirlingRemainder(x: number): number {
  if (x < STIRLING_FROM) {
    return logGamma(x) - ((x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI);
  }
  const r = 1 / (x * x);
  return (1 / 12 - r * (1 / 360 - r * (1 / 1260 - r * (1 / 1680 - r * (1 / 1188 - (r * 691) / 360360))))) / x;
}

/** ln Γ(x) for x > 0, relative error about 1e-15. Source: DLMF 5.5.1 and 5.11.1. */
export function logGamma(x: number): number {
  let product = 1;
  let shifted = x;
  while (shifted < STIRLING_FROM) {
    product *= shifted;
    shifted += 1;
  }
  return (
    (shifted - 0.5) * Math.log(shifted) - shifted + HALF_LOG_TWO_PI + stirlingRemainder(shifted) - Math.log(product)
  );
}

/** ψ(x) = d ln Γ(x)/dx for x > 0, error about 1e-15 relative to ln x. Source: DLMF 5.5.2 and 5.11.2. */
export function digamma(x: number): number {
  let shifted = x;
  let sum = 0;
  while (shifted < STIRLING_FROM) {
    sum -= 1 / shifted;
    shifted += 1;
  }
  const r = 1 / (shifted * shifted);
  const series = r * (1 / 12 - r * (1 / 120 - r * (1 / 252 - r * (1 / 240 - r * (1 / 132 - (r * 691) / 32760)))));
  return sum + Math.log(shifted) - 0.5 / shifted - series;
}

/** ln(1+u) − u without cancellation for small u. */
function logOnePlusMinus(u: number): number {
  if (Math.abs(u) > 0.1) {
    return Math.log1p(u) - u;
  }
  let power = u * u;
  let sum = -power / 2;
  for (let k = 3; k < 40; k += 1) {
    power *= -u;
    const term = -power / k;
    sum += term;
    if (Math.abs(term) < 1e-18 * Math.abs(sum)) {
      break;
    }
  }
  return sum;
}

/** x^a e^−x / Γ(a+1), evaluated by saddle point so that large a loses no digits. */
function gammaPrefactor(a: number, x: number): number {
  if (a < 1) {
    return Math.exp(a * Math.log(x) - x - logGamma(a + 1));
  }
  const exponent = a * logOnePlusMinus((x - a) / a) - stirlingRemainder(a) - HALF_LOG_TWO_PI - 0.5 * Math.log(a);
  return Math.exp(exponent);
}

/**
 * Regularised incomplete gamma functions P(a,x) (lower) and Q(a,x) (upper), a > 0, x ≥ 0.
 * Series below x = a+1, continued fraction (modified Lentz) above; each tail keeps its relative accuracy.
 * Source: DLMF 8.11.4 and 8.9.2.
 */
export function incompleteGamma(a: number, x: number): { lower: number; upper: number } {
  if (x <= 0) {
    return { lower: 0, upper: 1 };
  }
  if (x === Infinity) {
    return { lower: 1, upper: 0 };
  }
  const prefactor = gammaPrefactor(a, x);
  // Around x = a the terms fall only after √a of them.
  const most = 100_000 + 20 * Math.sqrt(a);
  if (x < a + 1) {
    let term = 1;
    let sum = 1;
    for (let k = 1; k < most && term > sum * 1e-17; k += 1) {
      term *= x / (a + k);
      sum += term;
    }
    const lower = prefactor * sum;
    return { lower, upper: 1 - lower };
  }
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let h = d;
  for (let k = 1; k < most; k += 1) {
    const an = -k * (k - a);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    const factor = d * c;
    h *= factor;
    if (Math.abs(factor - 1) < 1e-16) {
      break;
    }
  }
  const upper = prefactor * a * h;
  return { lower: 1 - upper, upper };
}

/** Nodes and weights of Gauss–Legendre quadrature on [−1, 1], by Newton iteration on P_n. Source: DLMF 3.5(v). */
export function gaussLegendre(points: number): { nodes: readonly number[]; weights: readonly number[] } {
  const nodes: number[] = [];
  const weights: number[] = [];
  for (let i = 0; i < points; i += 1) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (points + 0.5));
    let derivative = 0;
    for (let iteration = 0; iteration < 100; iteration += 1) {
      let previous = 1;
      let current = x;
      for (let k = 2; k <= points; k += 1) {
        const next = ((2 * k - 1) * x * current - (k - 1) * previous) / k;
        previous = current;
        current = next;
      }
      derivative = (points * (x * current - previous)) / (x * x - 1);
      const step = current / derivative;
      x -= step;
      if (Math.abs(step) < 1e-15) {
        break;
      }
    }
    nodes.push(x);
    weights.push(2 / ((1 - x * x) * derivative * derivative));
  }
  return { nodes, weights };
}

/** More evaluations than any root here needs, also where it lies hundreds of powers of two below the ends. */
const MOST_EVALUATIONS = 400;

/**
 * Root of a monotone continuous function on [low, high] whose values have opposite signs at the ends, to the last
 * representable digits: inverse quadratic interpolation where it is safe, else bisection.
 * Source: Chandrupatla 1997, Advances in Engineering Software 28.
 */
export function monotoneRoot(f: (x: number) => number, low: number, high: number): number {
  let [x1, x2] = [high, low];
  let [f1, f2] = [f(high), f(low)];
  if (f2 === 0) return low;
  if (f1 === 0) return high;
  let share = 0.5;
  for (let evaluation = 0; evaluation < MOST_EVALUATIONS; evaluation += 1) {
    const x = x1 + share * (x2 - x1);
    if (x === x1 || x === x2) break;
    const value = f(x);
    if (value === 0) return x;
    // x1 is the newest point, x2 the other end of the bracket, x3 the point that left it.
    const [x3, f3] = value > 0 === f1 > 0 ? [x1, f1] : [x2, f2];
    if (value > 0 !== f1 > 0) [x2, f2] = [x1, f1];
    [x1, f1] = [x, value];
    const least = (Number.EPSILON * Math.abs(Math.abs(f1) < Math.abs(f2) ? x1 : x2)) / Math.abs(x2 - x1);
    if (least > 0.5) break;
    share = Math.min(1 - least, Math.max(least, interpolated(x1, f1, x2, f2, x3, f3)));
  }
  return Math.abs(f1) < Math.abs(f2) ? x1 : x2;
}

/** Where between x1 and x2 the inverse quadratic through three points vanishes; ½ where it cannot be trusted. */
function interpolated(x1: number, f1: number, x2: number, f2: number, x3: number, f3: number): number {
  const xi = (x1 - x2) / (x3 - x2);
  const phi = (f1 - f2) / (f3 - f2);
  if (!(phi * phi < xi && (1 - phi) ** 2 < 1 - xi)) return 0.5;
  const bend = (x3 - x1) / (x2 - x1);
  const share = (f1 / (f1 - f2)) * (f3 / (f3 - f2)) + bend * (f1 / (f1 - f3)) * (f2 / (f2 - f3));
  return Number.isFinite(share) ? share : 0.5;
}
