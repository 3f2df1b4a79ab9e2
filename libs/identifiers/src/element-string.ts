import {
  type ApplicationIdentifier,
  applicationIdentifiers,
  type Component,
  findApplicationIdentifierAt,
} from './application-identifiers.ts';
import { modulus10 } from './check-digits.ts';
import {
  type Checked,
  getValue,
  IdentifierError,
  type IssuerOption,
  type Problem,
  placeFor,
  settle,
} from './result.ts';
import { remark, type Subject } from './shape.ts';

/** One application identifier with its value, such as 10 and `ABC123`. */
export interface Gs1Element {
  readonly identifier: string;
  readonly value: string;
}

/** FNC1 as a scanner transmits it: the ASCII group separator. */
export const FNC1 = '\u001D';

const SUBJECT: Subject = { code: 'gs1', zh: 'GS1条码内容', en: 'GS1 element string' };
// Prefixes by which scanners announce GS1-128, DataBar, DataMatrix, QR and DotCode.
const SYMBOLOGY = /^\](?:C1|e0|d2|Q3|J1)/;

const CHARACTERS: Readonly<Record<Component['characters'], readonly [pattern: RegExp, zh: string, en: string]>> = {
  N: [/^[0-9]$/, '数字', 'a digit'],
  X: [/^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]$/, 'GS1字符集82中的字符', 'one of the 82 GS1 characters'],
  Y: [/^[#\-/0-9A-Z]$/, 'GS1字符集39中的字符', 'one of the 39 GS1 characters'],
  Z: [/^[A-Za-z0-9\-_=]$/, 'base64url字符', 'a base64url character'],
};

/**
 * Reads an element string as scanned: identifiers of predefined length follow each other directly, the others end
 * with FNC1. A symbology prefix (`]C1` …) and a leading FNC1 are skipped. The same element twice counts once.
 */
export function parseElementString(text: string, options: IssuerOption = {}): Checked<Gs1Element[]> {
  const collected = new Collection(options);
  let at = SYMBOLOGY.exec(text)?.[0].length ?? 0;
  if (text[at] === FNC1) at++;
  if (at >= text.length) collected.problems.push(missing(at));
  while (at < text.length && collected.problems.length === 0) {
    const identifier = findApplicationIdentifierAt(text, at);
    if (identifier === undefined) {
      collected.problems.push(unknownIdentifier(text.slice(at, at + 4), at));
      break;
    }
    const start = at + identifier.code.length;
    const separator = text.indexOf(FNC1, start);
    const stop = separator < 0 ? text.length : separator;
    const end = identifier.predefined ? Math.min(start + longest(identifier), stop) : stop;
    collected.add(identifier, text.slice(start, end), start);
    at = end === separator ? end + 1 : end;
  }
  return collected.settle();
}

/**
 * Reads the bracketed form printed under a barcode: `(01)06901028075763(10)A1`. An opening bracket inside a value is
 * written `\(`.
 */
export function parseBracketedElements(text: string, options: IssuerOption = {}): Checked<Gs1Element[]> {
  const collected = new Collection(options);
  let at = 0;
  if (text === '') collected.problems.push(missing(0));
  while (at < text.length && collected.problems.length === 0) {
    const head = /\((\d{2,4})\)/y;
    head.lastIndex = at;
    const code = head.exec(text)?.[1];
    const identifier = applicationIdentifiers.get(code ?? '');
    if (identifier === undefined) {
      collected.problems.push(unknownIdentifier(code ?? text.slice(at, at + 4), at));
      break;
    }
    const start = at + identifier.code.length + 2;
    const body = /(?:\\\(|[^(])*/y;
    body.lastIndex = start;
    const written = body.exec(text)![0];
    collected.add(identifier, written.replaceAll('\\(', '('), start);
    at = start + written.length;
  }
  return collected.settle();
}

/**
 * Writes an element string for a barcode, FNC1 after every identifier without predefined length except the last.
 * The leading FNC1 belongs to the symbol and is not written.
 * @throws IdentifierError when an element is unknown or its value does not fit
 */
export function composeElementString(elements: readonly Gs1Element[]): string {
  return checkElements(elements)
    .map(({ identifier, value }, index, all) => {
      const open = !applicationIdentifiers.get(identifier)!.predefined && index < all.length - 1;
      return identifier + value + (open ? FNC1 : '');
    })
    .join('');
}

/**
 * Checks elements that did not come from a text.
 * @throws IdentifierError when an element is unknown, its value does not fit, or two values contradict
 */
export function checkElements(elements: readonly Gs1Element[]): Gs1Element[] {
  const collected = new Collection({});
  if (elements.length === 0) throw new IdentifierError([missing(0)]);
  for (const { identifier, value } of elements) {
    const known = applicationIdentifiers.get(identifier);
    if (known === undefined) throw new IdentifierError([unknownIdentifier(identifier, 0)]);
    collected.add(known, value, 0);
  }
  return getValue(collected.settle());
}

/** Gathers elements with their problems; shared by all readers of GS1 content. */
export class Collection {
  readonly problems: Problem[] = [];
  readonly warnings: Problem[] = [];
  readonly elements: Gs1Element[] = [];
  private readonly options: IssuerOption;

  constructor(options: IssuerOption) {
    this.options = options;
  }

  /** @param offset characters before the value in the text that was read */
  add(identifier: ApplicationIdentifier, value: string, offset: number): void {
    this.examine(identifier, value, offset);
    const earlier = this.elements.find((element) => element.identifier === identifier.code);
    if (earlier === undefined) this.elements.push({ identifier: identifier.code, value });
    else if (earlier.value !== value) {
      this.problems.push(
        remark(
          SUBJECT,
          'repeated',
          { position: offset + 1, found: value, expected: earlier.value },
          `应用标识符（${identifier.code}）出现两次且内容不同。`,
          `Application identifier (${identifier.code}) occurs twice with different values.`,
        ),
      );
    }
  }

  settle(): Checked<Gs1Element[]> {
    return settle(this.problems, this.warnings, () => this.elements);
  }

  private examine(identifier: ApplicationIdentifier, value: string, offset: number): void {
    let at = 0;
    for (const component of identifier.components) {
      const part = value.slice(at, at + component.maximum);
      if (part === '' && component.optional) break;
      const bad = Array.from(part).findIndex((character) => !CHARACTERS[component.characters][0].test(character));
      if (bad >= 0) {
        this.problems.push(wrongElementCharacter(identifier, component, part, bad, offset + at));
        return;
      }
      if (part.length < component.minimum) break;
      this.examineRules(identifier, component, part, offset + at);
      at += part.length;
    }
    const complete = at === value.length && at >= shortest(identifier);
    if (!complete) this.problems.push(wrongElementLength(identifier, value, offset));
  }

  private examineRules(identifier: ApplicationIdentifier, component: Component, part: string, offset: number): void {
    const readable = placeFor(this.options, this.problems, this.warnings);
    for (const rule of component.rules) {
      if (rule === 'check') {
        const expected = modulus10(part.slice(0, -1));
        if (expected === part.at(-1)) continue;
        readable.push(wrongKeyCheckDigit(identifier, part, expected, offset));
      } else if (!RULES[rule].test(part)) {
        readable.push(brokenRule(identifier, part, RULES[rule], offset));
      }
    }
  }
}

interface Rule {
  readonly test: (part: string) => boolean;
  readonly expected: string;
  readonly zh: string;
  readonly en: string;
}

// The year has two digits and leap years repeat every four, so 29 February is judged in 2000–2099.
function isDay(part: string, lowest: 0 | 1): boolean {
  const [year, month, day] = [0, 2, 4].map((start) => Number(part.slice(start, start + 2))) as [number, number, number];
  return month >= 1 && month <= 12 && day >= lowest && day <= new Date(Date.UTC(2000 + year, month, 0)).getUTCDate();
}

function below(limit: number): (part: string) => boolean {
  return (part) => Number(part) < limit;
}

const RULES: Readonly<Record<Exclude<Component['rules'][number], 'check'>, Rule>> = {
  date: {
    test: (part) => isDay(part, 1),
    expected: 'YYMMDD',
    zh: '真实日期（年月日各两位）',
    en: 'a real date YYMMDD',
  },
  month: {
    test: (part) => isDay(part, 0),
    expected: 'YYMMDD',
    zh: '真实日期（年月日各两位，日可为00）',
    en: 'a real date YYMMDD, where the day may be 00',
  },
  time: {
    test: (part) => below(24)(part.slice(0, 2)) && below(60)(part.slice(2)),
    expected: 'hhmm',
    zh: '时刻（时分各两位）',
    en: 'a time hhmm',
  },
  hour: { test: below(24), expected: '00-23', zh: '小时00至23', en: 'an hour 00–23' },
  minute: { test: below(60), expected: '00-59', zh: '分00至59', en: 'minutes 00–59' },
  second: { test: below(60), expected: '00-59', zh: '秒00至59', en: 'seconds 00–59' },
  zero: { test: (part) => part === '0', expected: '0', zh: '“0”', en: '“0”' },
  pieces: {
    test: (part) => Number(part.slice(0, 2)) >= 1 && Number(part.slice(0, 2)) <= Number(part.slice(2)),
    expected: '0101-9999',
    zh: '组件序号和总数（各两位，序号不大于总数）',
    en: 'piece and total, two digits each, the piece not above the total',
  },
};

function longest(identifier: ApplicationIdentifier): number {
  return identifier.components.reduce((total, component) => total + component.maximum, 0);
}

function shortest(identifier: ApplicationIdentifier): number {
  return identifier.components.reduce((total, component) => total + (component.optional ? 0 : component.minimum), 0);
}

function missing(at: number): Problem {
  return remark(SUBJECT, 'empty', { position: at + 1 }, 'GS1条码内容为空。', 'The GS1 content is empty.');
}

/** Problem for a code that is in no row of the table. */
export function unknownIdentifier(found: string, at: number): Problem {
  return remark(
    SUBJECT,
    'identifier',
    { position: at + 1, found },
    `第${at + 1}位起“${found}”不是已知的应用标识符。`,
    `“${found}” at character ${at + 1} is no known application identifier.`,
  );
}

function wrongElementCharacter(
  identifier: ApplicationIdentifier,
  component: Component,
  part: string,
  bad: number,
  offset: number,
): Problem {
  const [pattern, zh, en] = CHARACTERS[component.characters];
  const [position, found] = [offset + bad + 1, Array.from(part)[bad]!];
  return remark(
    SUBJECT,
    'character',
    { position, found, expected: pattern.source.slice(1, -1) },
    `应用标识符（${identifier.code}）${identifier.zh}：第${position}位“${found}”有误，应为${zh}。`,
    `(${identifier.code}) ${identifier.title}: character ${position}, “${found}”, must be ${en}.`,
  );
}

function wrongElementLength(identifier: ApplicationIdentifier, value: string, offset: number): Problem {
  const [low, high] = [shortest(identifier), longest(identifier)];
  const range = low === high ? String(low) : `${low}-${high}`;
  return remark(
    SUBJECT,
    'length',
    { position: offset + Math.min(value.length, high) + 1, found: String(value.length), expected: range },
    `应用标识符（${identifier.code}）${identifier.zh}的内容应为${range}位，实为${value.length}位。`,
    `(${identifier.code}) ${identifier.title} must have ${range} characters; it has ${value.length}.`,
  );
}

function wrongKeyCheckDigit(
  identifier: ApplicationIdentifier,
  part: string,
  expected: string,
  offset: number,
): Problem {
  const [position, found] = [offset + part.length, part.at(-1)!];
  return remark(
    SUBJECT,
    'check-digit',
    { position, found, expected },
    `应用标识符（${identifier.code}）${identifier.zh}：第${position}位校验码为“${found}”，应为“${expected}”。`,
    `(${identifier.code}) ${identifier.title}: check digit “${found}” at character ${position} should be “${expected}”.`,
  );
}

function brokenRule(identifier: ApplicationIdentifier, part: string, rule: Rule, offset: number): Problem {
  return remark(
    SUBJECT,
    'value',
    { position: offset + 1, found: part, expected: rule.expected },
    `应用标识符（${identifier.code}）${identifier.zh}：“${part}”应为${rule.zh}。`,
    `(${identifier.code}) ${identifier.title}: “${part}” must be ${rule.en}.`,
  );
}
