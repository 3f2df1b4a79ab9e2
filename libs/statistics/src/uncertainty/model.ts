import { refuse } from '../conformity/refuse.ts';

const CLAUSE = 'JCGM 100:2008 4.1';

type Unary = 'sqrt' | 'exp' | 'ln' | 'log10' | 'sin' | 'cos' | 'tan' | 'asin' | 'acos' | 'atan';

type Node =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'input'; readonly index: number }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Node; readonly right: Node }
  | { readonly kind: 'negate'; readonly of: Node }
  | { readonly kind: 'function'; readonly name: Unary; readonly of: Node };

const FUNCTIONS: Readonly<Record<Unary, readonly [value: (x: number) => number, slope: (x: number) => number]>> = {
  sqrt: [Math.sqrt, (x) => 0.5 / Math.sqrt(x)],
  exp: [Math.exp, Math.exp],
  ln: [Math.log, (x) => 1 / x],
  log10: [Math.log10, (x) => 1 / (x * Math.LN10)],
  sin: [Math.sin, Math.cos],
  cos: [Math.cos, (x) => -Math.sin(x)],
  tan: [Math.tan, (x) => 1 / Math.cos(x) ** 2],
  asin: [Math.asin, (x) => 1 / Math.sqrt(1 - x * x)],
  acos: [Math.acos, (x) => -1 / Math.sqrt(1 - x * x)],
  atan: [Math.atan, (x) => 1 / (1 + x * x)],
};

/** A measurement model: a formula of named inputs, in the order of {@link MeasurementModel.names}. */
export interface MeasurementModel {
  readonly text: string;
  /** Input names in the order of their first appearance. */
  readonly names: readonly string[];
  /** Value of the formula. Throws `model-undefined` when it has none. */
  readonly value: (inputs: ArrayLike<number>) => number;
  /** Exact partial derivatives by automatic differentiation. Throws `model-undefined` where one does not exist. */
  readonly gradient: (inputs: ArrayLike<number>) => readonly number[];
  /** The formula for blocks of up to {@link ROWS_AT_ONCE} rows, a column for each name; the same values to the last bit. */
  readonly rows: () => CompiledRows;
}

function notUnderstood(text: string, rest: string): never {
  refuse(
    'model-not-understood',
    'model',
    CLAUSE,
    `模型公式“${text}”在“${rest === '' ? '末尾' : rest}”处无法识别。`,
    `The model "${text}" is not understood at "${rest === '' ? 'its end' : rest}".`,
  );
}

class Parser {
  private readonly tokens: readonly string[];
  private at = 0;
  readonly names: string[] = [];
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
    const pieces = text.match(/\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|[\p{L}_][\p{L}\p{N}_]*|[-+*/^()]|\S/gu);
    this.tokens = pieces ?? [];
  }

  parse(): Node {
    const node = this.sum();
    if (this.at < this.tokens.length) this.fail();
    return node;
  }

  private fail(): never {
    notUnderstood(this.text, this.tokens.slice(this.at).join(''));
  }

  private take(...wanted: readonly string[]): string | undefined {
    const token = this.tokens[this.at];
    if (token === undefined || !wanted.includes(token)) return undefined;
    this.at += 1;
    return token;
  }

  private sum(): Node {
    let left = this.product();
    for (let operator = this.take('+', '-'); operator !== undefined; operator = this.take('+', '-')) {
      left = { kind: 'binary', operator, left, right: this.product() };
    }
    return left;
  }

  private product(): Node {
    let left = this.signed();
    for (let operator = this.take('*', '/'); operator !== undefined; operator = this.take('*', '/')) {
      left = { kind: 'binary', operator, left, right: this.signed() };
    }
    return left;
  }

  private signed(): Node {
    const sign = this.take('-', '+');
    if (sign === undefined) return this.power();
    return sign === '-' ? { kind: 'negate', of: this.signed() } : this.signed();
  }

  private power(): Node {
    const base = this.primary();
    return this.take('^') === undefined ? base : { kind: 'binary', operator: '^', left: base, right: this.signed() };
  }

  private primary(): Node {
    if (this.take('(') !== undefined) {
      const inner = this.sum();
      if (this.take(')') === undefined) this.fail();
      return inner;
    }
    const token = this.tokens[this.at];
    if (token === undefined) this.fail();
    if (/^\d/.test(token)) {
      this.at += 1;
      return { kind: 'number', value: Number(token) };
    }
    if (!/^[\p{L}_]/u.test(token)) this.fail();
    this.at += 1;
    return this.take('(') === undefined ? this.named(token) : this.called(token);
  }

  private called(name: string): Node {
    if (!Object.hasOwn(FUNCTIONS, name)) {
      refuse(
        'unknown-function',
        'model',
        CLAUSE,
        `不认识的函数“${name}”，可用：${Object.keys(FUNCTIONS).join('、')}。`,
        `Unknown function "${name}"; known are ${Object.keys(FUNCTIONS).join(', ')}.`,
      );
    }
    const of = this.sum();
    if (this.take(')') === undefined) this.fail();
    return { kind: 'function', name: name as Unary, of };
  }

  private named(name: string): Node {
    if (name === 'pi') return { kind: 'number', value: Math.PI };
    if (!this.names.includes(name)) this.names.push(name);
    return { kind: 'input', index: this.names.indexOf(name) };
  }
}

type Compiled = (x: ArrayLike<number>) => number;

function compile(node: Node): Compiled {
  if (node.kind === 'number') return () => node.value;
  if (node.kind === 'input') return (x) => x[node.index] ?? Number.NaN;
  if (node.kind === 'negate') {
    const of = compile(node.of);
    return (x) => -of(x);
  }
  if (node.kind === 'function') {
    const of = compile(node.of);
    const [apply] = FUNCTIONS[node.name];
    return (x) => apply(of(x));
  }
  const left = compile(node.left);
  const right = compile(node.right);
  if (node.operator === '+') return (x) => left(x) + right(x);
  if (node.operator === '-') return (x) => left(x) - right(x);
  if (node.operator === '*') return (x) => left(x) * right(x);
  if (node.operator === '/') return (x) => left(x) / right(x);
  return (x) => left(x) ** right(x);
}

/** Writes the values of the first `count` rows of the columns into `out`; NaN or infinity where there is none. */
export type CompiledRows = (columns: readonly Float64Array[], count: number, out: Float64Array) => void;

/** Rows that a compiled formula takes at once; its intermediate results stay in the processor's cache. */
export const ROWS_AT_ONCE = 1024;

const ROW_OPERATIONS: Readonly<Record<string, (a: Float64Array, b: Float64Array, n: number) => void>> = {
  '+': (a, b, n) => {
    for (let i = 0; i < n; i += 1) a[i] = a[i]! + b[i]!;
  },
  '-': (a, b, n) => {
    for (let i = 0; i < n; i += 1) a[i] = a[i]! - b[i]!;
  },
  '*': (a, b, n) => {
    for (let i = 0; i < n; i += 1) a[i] = a[i]! * b[i]!;
  },
  '/': (a, b, n) => {
    for (let i = 0; i < n; i += 1) a[i] = a[i]! / b[i]!;
  },
  '^': (a, b, n) => {
    for (let i = 0; i < n; i += 1) a[i] = a[i]! ** b[i]!;
  },
};

/** The same operations in the same order as {@link compile}, a block of rows at a time. */
function compileRows(node: Node): CompiledRows {
  if (node.kind === 'number') return (_columns, count, out) => out.fill(node.value, 0, count);
  if (node.kind === 'input') return (columns, count, out) => out.set(columns[node.index]!.subarray(0, count));
  if (node.kind === 'negate' || node.kind === 'function') {
    const of = compileRows(node.of);
    const apply = node.kind === 'negate' ? (value: number) => -value : FUNCTIONS[node.name][0];
    return (columns, count, out) => {
      of(columns, count, out);
      for (let i = 0; i < count; i += 1) out[i] = apply(out[i]!);
    };
  }
  const left = compileRows(node.left);
  const right = compileRows(node.right);
  const operate = ROW_OPERATIONS[node.operator]!;
  const other = new Float64Array(ROWS_AT_ONCE);
  return (columns, count, out) => {
    left(columns, count, out);
    right(columns, count, other);
    operate(out, other, count);
  };
}

function power(a: number, da: number, b: number, db: number): number {
  const byBase = da === 0 ? 0 : b * a ** (b - 1) * da;
  return db === 0 ? byBase : byBase + a ** b * Math.log(a) * db;
}

/** Value and derivative with respect to the input `wrt`. */
function dual(node: Node, x: ArrayLike<number>, wrt: number): readonly [value: number, slope: number] {
  if (node.kind === 'number') return [node.value, 0];
  if (node.kind === 'input') return [x[node.index] ?? Number.NaN, node.index === wrt ? 1 : 0];
  if (node.kind === 'negate') {
    const [value, slope] = dual(node.of, x, wrt);
    return [-value, -slope];
  }
  if (node.kind === 'function') {
    const [value, slope] = dual(node.of, x, wrt);
    const [apply, derivative] = FUNCTIONS[node.name];
    return [apply(value), slope === 0 ? 0 : derivative(value) * slope];
  }
  const [a, da] = dual(node.left, x, wrt);
  const [b, db] = dual(node.right, x, wrt);
  if (node.operator === '+') return [a + b, da + db];
  if (node.operator === '-') return [a - b, da - db];
  if (node.operator === '*') return [a * b, da * b + a * db];
  if (node.operator === '/') return [a / b, (da * b - a * db) / (b * b)];
  return [a ** b, power(a, da, b, db)];
}

/** Returns a value of the model when it is finite, else throws `model-undefined`. */
export function defined(value: number, text: string): number {
  if (Number.isFinite(value)) return value;
  refuse(
    'model-undefined',
    'model',
    CLAUSE,
    `模型“${text}”在给定输入处没有确定的值或导数。`,
    `The model "${text}" has no finite value or derivative at the given inputs.`,
  );
}

/**
 * Compiles a formula such as `1000*m*P/V` or `V/J*cos(phi)`: + − * / ^, brackets, `pi`, sqrt exp ln log10 sin cos tan asin
 * acos atan (angles in radians). Every other name is an input. Nothing of the text is ever executed as code.
 * Throws `model-not-understood`, `unknown-function`. Source: JCGM 100:2008 4.1 (functional relationship).
 */
export function compileModel(text: string): MeasurementModel {
  const parser = new Parser(text);
  const node = parser.parse();
  const compiled = compile(node);
  const { names } = parser;
  return {
    text,
    names,
    value: (inputs) => defined(compiled(inputs), text),
    rows: () => compileRows(node),
    gradient: (inputs) => names.map((_name, index) => defined(dual(node, inputs, index)[1], text)),
  };
}
