import type { VectorInputs, VectorRegistry } from './vector-registry.ts';

/** One reference case: inputs, the value that an independent implementation gave, and how far off we may be. */
export interface VectorCase {
  readonly id: string;
  readonly method: string;
  readonly source: string;
  readonly inputs: VectorInputs;
  readonly expected: unknown;
  readonly tolerance: unknown;
}

/** One file of reference cases. */
export interface VectorFile {
  readonly file: string;
  readonly title?: string;
  readonly cases: readonly VectorCase[];
}

/** What became of the cases of one method. `worstError` is the largest difference from the expected number. */
export interface MethodReport {
  readonly method: string;
  cases: number;
  failures: number;
  /** Largest |got − want| / max(1, |want|) over all compared numbers. */
  worstError: number;
  readonly messages: string[];
}

interface Tolerance {
  readonly abs: number;
  readonly rel: number;
}

const EXACT: Tolerance = { abs: 0, rel: 0 };

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asTolerance(value: unknown): Tolerance {
  if (typeof value === 'number') {
    return { abs: value, rel: 0 };
  }
  if (isRecord(value)) {
    return { abs: Number(value.abs ?? 0), rel: Number(value.rel ?? 0) };
  }
  return EXACT;
}

/** Tolerance of a field: the whole-case tolerance, or the entry naming the field or the longest prefix of it. */
function toleranceOf(tolerance: unknown, field: string): Tolerance {
  if (!isRecord(tolerance) || 'abs' in tolerance || 'rel' in tolerance) {
    return asTolerance(tolerance);
  }
  const key = Object.keys(tolerance)
    .filter((name) => field === name || (field.startsWith(name) && /^[A-Z]/.test(field.slice(name.length))))
    .sort((a, b) => b.length - a.length)[0];
  return key === undefined ? EXACT : asTolerance(tolerance[key]);
}

class Comparison {
  worst = 0;
  readonly problems: string[] = [];

  compare(path: string, got: unknown, want: unknown, tolerance: Tolerance): void {
    if (typeof want === 'number' && typeof got === 'number') {
      const difference = Math.abs(got - want);
      const error = difference / Math.max(1, Math.abs(want));
      this.worst = Number.isNaN(error) ? Number.POSITIVE_INFINITY : Math.max(this.worst, error);
      if (!(difference <= tolerance.abs + tolerance.rel * Math.abs(want))) {
        this.problems.push(`${path}: got ${got}, want ${want}`);
      }
      return;
    }
    if (typeof want === 'number' && Array.isArray(got) && got.length > 0) {
      // A single number for a list: the same at every point, as limits of samples of equal size are printed.
      got.forEach((item: unknown, index) => {
        this.compare(`${path}[${index}]`, item, want, tolerance);
      });
      return;
    }
    if (Array.isArray(want) && Array.isArray(got) && want.length === got.length) {
      want.forEach((item: unknown, index) => {
        this.compare(`${path}[${index}]`, got[index], item, tolerance);
      });
      return;
    }
    if (isRecord(want) && isRecord(got)) {
      for (const [name, item] of Object.entries(want)) {
        this.compare(`${path}.${name}`, got[name], item, tolerance);
      }
      return;
    }
    if (got !== want) {
      this.problems.push(`${path}: got ${JSON.stringify(got)}, want ${JSON.stringify(want)}`);
    }
  }
}

/** A typed refusal of any library here: a stable code and the sentence in both languages. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && ['code', 'zh', 'en'].every((name) => typeof Reflect.get(error, name) === 'string');
}

function isExpectedError(expected: unknown): boolean {
  return isRecord(expected) && expected.error === true;
}

/** Runs one case; returns the problems found (none when it passes) and the largest numeric error. */
export function runVectorCase(vector: VectorCase, registry: VectorRegistry): { problems: string[]; worst: number } {
  const compute = Object.hasOwn(registry, vector.method) ? registry[vector.method] : undefined;
  if (compute === undefined) {
    return { problems: [`method ${vector.method} is not computed here`], worst: 0 };
  }
  let got: unknown;
  try {
    got = compute(vector.inputs);
  } catch (error) {
    const rightly = isExpectedError(vector.expected) && isRefusal(error);
    return { problems: rightly ? [] : [`threw ${String(error)}`], worst: 0 };
  }
  if (isExpectedError(vector.expected)) {
    return { problems: [`accepted input that must be refused: ${JSON.stringify(got)}`], worst: 0 };
  }
  if (vector.expected === undefined || (isRecord(vector.expected) && Object.keys(vector.expected).length === 0)) {
    return { problems: ['the case expects nothing'], worst: 0 };
  }
  const comparison = new Comparison();
  if (isRecord(vector.expected) && isRecord(got)) {
    for (const [field, want] of Object.entries(vector.expected)) {
      comparison.compare(field, got[field], want, toleranceOf(vector.tolerance, field));
    }
  } else {
    comparison.compare('result', got, vector.expected, asTolerance(vector.tolerance));
  }
  return { problems: comparison.problems, worst: comparison.worst };
}

/** Runs every case of a file and reports per method, in the file's order. A method that is not computed fails. */
export function runVectorFile(file: VectorFile, registry: VectorRegistry): MethodReport[] {
  const methods = new Map<string, MethodReport>();
  for (const vector of file.cases) {
    const report = methods.get(vector.method) ?? {
      method: vector.method,
      cases: 0,
      failures: 0,
      worstError: 0,
      messages: [],
    };
    methods.set(vector.method, report);
    const { problems, worst } = runVectorCase(vector, registry);
    report.cases += 1;
    report.worstError = Math.max(report.worstError, worst);
    if (problems.length > 0) {
      report.failures += 1;
      report.messages.push(`${vector.id}: ${problems.slice(0, 3).join('; ')}`);
    }
  }
  return [...methods.values()];
}
