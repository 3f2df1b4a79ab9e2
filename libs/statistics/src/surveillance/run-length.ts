import { requireFinite, requireOneOf, requirePositive, requireWithin } from '../arguments.ts';
import { normalCdf, normalDensity } from '../distributions/index.ts';
import { gaussLegendre } from '../distributions/special.ts';

const CLAUSE = 'average run length';

/** Quadrature points per standard deviation of the kernel: enough for 1e-10 relative error. */
const POINTS_PER_SIGMA = 8;
const FEWEST_POINTS = 48;

/**
 * Expected steps to absorption of a chain with transition weights `move` (row by row, diagonal ignored) and probability
 * `exit` of leaving, from its first state. Eliminates states by additions only (Grassmann, Taksar & Heyman 1985), so run
 * lengths of 10^12 keep their digits.
 */
function stepsToExit(move: Float64Array, exit: Float64Array, states: number): number {
  const steps = new Float64Array(states).fill(1);
  for (let last = states - 1; last > 0; last -= 1) {
    let leaving = exit[last]!;
    for (let j = 0; j < last; j += 1) leaving += move[last * states + j]!;
    for (let i = 0; i < last; i += 1) {
      const share = move[i * states + last]! / leaving;
      if (share === 0) continue;
      for (let j = 0; j < last; j += 1) move[i * states + j]! += share * move[last * states + j]!;
      exit[i]! += share * exit[last]!;
      steps[i]! += share * steps[last]!;
    }
  }
  return steps[0]! / exit[0]!;
}

function pointsFor(sigmas: number): number {
  return Math.max(FEWEST_POINTS, Math.ceil(POINTS_PER_SIGMA * sigmas));
}

/**
 * Average run length of a CUSUM of independent N(shift, 1) observations with reference k ≥ 0 and decision interval
 * 0 < h ≤ 30, started at 0; `sided` 'one' looks upwards only. By Nyström's method on Page's integral equation; two sides
 * combine as 1/ARL = 1/ARL⁺ + 1/ARL⁻. Throws range errors. Source: Page 1954; Vance 1986.
 */
export function cusumRunLength(k: number, h: number, shift: number, sided: 'one' | 'two' = 'two'): number {
  requireOneOf(sided, ['one', 'two'], 'sided', CLAUSE);
  requireWithin(k, 'k', CLAUSE, 0, 10);
  requirePositive(h, 'h', CLAUSE);
  requireWithin(h, 'h', CLAUSE, 0, 30);
  requireWithin(shift, 'shift', CLAUSE, -10, 10);
  const up = upwardRunLength(k, h, shift);
  return sided === 'one' ? up : 1 / (1 / up + 1 / upwardRunLength(k, h, -shift));
}

function upwardRunLength(k: number, h: number, shift: number): number {
  const points = pointsFor(h);
  const { nodes, weights } = gaussLegendre(points);
  const states = points + 1;
  const at = (i: number): number => (i === 0 ? 0 : (h / 2) * (1 + nodes[i - 1]!));
  const move = new Float64Array(states * states);
  const exit = new Float64Array(states);
  for (let i = 0; i < states; i += 1) {
    const drift = k - shift - at(i);
    move[i * states] = normalCdf(drift);
    for (let j = 1; j < states; j += 1) {
      move[i * states + j] = (h / 2) * weights[j - 1]! * normalDensity(at(j) + drift);
    }
    exit[i] = normalCdf(-h - drift);
  }
  return stepsToExit(move, exit, states);
}

/**
 * Average run length of a two-sided EWMA chart with fixed (asymptotic) limits ±width·√(λ/(2−λ)) of independent
 * N(shift, 1) observations, started at the target. 0.01 ≤ λ ≤ 1, 0 < width ≤ 6. By Nyström's method.
 * Throws range errors. Source: Crowder 1987; Lucas & Saccucci 1990.
 */
export function ewmaRunLength(lambda: number, width: number, shift: number): number {
  requireWithin(lambda, 'lambda', CLAUSE, 0.01, 1);
  requirePositive(width, 'width', CLAUSE);
  requireWithin(width, 'width', CLAUSE, 0, 6);
  requireWithin(shift, 'shift', CLAUSE, -10, 10);
  const limit = width * Math.sqrt(lambda / (2 - lambda));
  const points = pointsFor((2 * limit) / lambda);
  const { nodes, weights } = gaussLegendre(points);
  const states = points + 1;
  const at = (i: number): number => (i === 0 ? 0 : limit * nodes[i - 1]!);
  const move = new Float64Array(states * states);
  const exit = new Float64Array(states);
  for (let i = 0; i < states; i += 1) {
    const kept = (1 - lambda) * at(i);
    for (let j = 1; j < states; j += 1) {
      move[i * states + j] = ((limit * weights[j - 1]!) / lambda) * normalDensity((at(j) - kept) / lambda - shift);
    }
    exit[i] = normalCdf((-limit - kept) / lambda - shift) + normalCdf(-((limit - kept) / lambda - shift));
  }
  return stepsToExit(move, exit, states);
}

/** Average run length of a Shewhart chart with limits ±width (> 0) standard deviations: 1 / P(beyond a limit). */
export function shewhartRunLength(width: number, shift: number): number {
  requirePositive(width, 'width', CLAUSE);
  requireFinite(shift, 'shift', CLAUSE);
  return 1 / (normalCdf(-width - shift) + normalCdf(shift - width));
}
