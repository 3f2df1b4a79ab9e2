import type { VectorInputs, VectorRegistry } from '../vector-registry.ts';
import {
  betaCdf,
  betaQuantile,
  chiSquareCdf,
  chiSquareQuantile,
  chiSquareUpperTail,
  fCdf,
  fQuantile,
  fUpperTail,
  gammaCdf,
  gammaQuantile,
  normalCdf,
  normalQuantile,
  tCdf,
  tQuantile,
} from './continuous.ts';
import {
  binomialCdf,
  binomialQuantile,
  binomialUpperTail,
  hypergeometricCdf,
  hypergeometricUpperTail,
  negativeBinomialCdf,
  poissonCdf,
  poissonUpperTail,
} from './discrete.ts';
import { noncentralTCdf, noncentralTQuantile } from './noncentral-t.ts';

type Numbers = Readonly<Record<string, number>>;

/** Passes the named inputs, in order, to a function of numbers and labels its result. */
function numeric(
  result: string,
  names: readonly string[],
  compute: (...values: number[]) => number,
): (inputs: VectorInputs) => unknown {
  return (inputs) => ({ [result]: compute(...names.map((name) => (inputs as Numbers)[name]!)) });
}

/** Reference-vector methods of the distribution functions (file 00). */
export const distributionVectors: VectorRegistry = {
  'binom.cdf': numeric('value', ['k', 'n', 'p'], binomialCdf),
  'binom.sf': numeric('value', ['k', 'n', 'p'], binomialUpperTail),
  'binom.quantile': numeric('k', ['q', 'n', 'p'], binomialQuantile),
  'hypergeom.cdf': numeric('value', ['k', 'N', 'D', 'n'], hypergeometricCdf),
  'hypergeom.sf': numeric('value', ['k', 'N', 'D', 'n'], hypergeometricUpperTail),
  'poisson.cdf': numeric('value', ['k', 'lambda'], poissonCdf),
  'poisson.sf': numeric('value', ['k', 'lambda'], poissonUpperTail),
  'normal.cdf': numeric('value', ['z'], normalCdf),
  'normal.quantile': numeric('z', ['p'], normalQuantile),
  't.cdf': numeric('value', ['t', 'df'], tCdf),
  't.quantile': numeric('t', ['p', 'df'], tQuantile),
  'noncentral_t.cdf': numeric('value', ['t', 'df', 'ncp'], noncentralTCdf),
  'noncentral_t.quantile': numeric('t', ['p', 'df', 'ncp'], noncentralTQuantile),
  'beta.cdf': numeric('value', ['x', 'a', 'b'], betaCdf),
  'beta.quantile': numeric('x', ['p', 'a', 'b'], betaQuantile),
  'chisq.cdf': numeric('value', ['x', 'df'], chiSquareCdf),
  'chisq.sf': numeric('value', ['x', 'df'], chiSquareUpperTail),
  'chisq.quantile': numeric('x', ['p', 'df'], chiSquareQuantile),
  'f.cdf': numeric('value', ['x', 'df1', 'df2'], fCdf),
  'f.sf': numeric('value', ['x', 'df1', 'df2'], fUpperTail),
  'f.quantile': numeric('x', ['p', 'df1', 'df2'], fQuantile),
  'gamma.cdf': numeric('value', ['x', 'shape', 'rate'], gammaCdf),
  'gamma.quantile': numeric('x', ['p', 'shape', 'rate'], gammaQuantile),
  'negbinom.cdf': numeric('value', ['k', 'size', 'prob'], negativeBinomialCdf),
};
