import type { Problem } from './result.ts';

/** What is being read, for codes and sentences of problems. */
export interface Subject {
  /** Prefix of problem codes, such as `credit-code`. */
  readonly code: string;
  readonly zh: string;
  readonly en: string;
}

/** What would have been right at a place. */
export interface Expectation {
  readonly expected: string;
  readonly zh: string;
  readonly en: string;
}

/** A run of characters of one kind inside an identifier of fixed length. */
export interface Piece extends Expectation {
  readonly length: number;
  readonly accepts: (character: string) => boolean;
}

export function isDigit(character: string): boolean {
  return character.length === 1 && character >= '0' && character <= '9';
}

export function isCapital(character: string): boolean {
  return character.length === 1 && character >= 'A' && character <= 'Z';
}

export function digits(length: number): Piece {
  return { length, accepts: isDigit, expected: '0-9', zh: '数字0-9', en: 'a digit 0-9' };
}

export function capitalsOrDigits(length: number): Piece {
  return {
    length,
    accepts: (character) => isDigit(character) || isCapital(character),
    expected: '0-9A-Z',
    zh: '数字或大写字母',
    en: 'a digit or a capital letter',
  };
}

export function oneOf(characters: string, length = 1): Piece {
  return {
    length,
    accepts: (character) => characters.includes(character),
    expected: characters,
    zh: `“${characters}”之一`,
    en: `one of “${characters}”`,
  };
}

export function literal(text: string): Piece[] {
  return Array.from(text, (character) => ({
    length: 1,
    accepts: (found) => found === character,
    expected: character,
    zh: `“${character}”`,
    en: `“${character}”`,
  }));
}

/** Capital letters without regard to locale, and without changing the number of characters. */
export function upperCase(text: string): string {
  return text.replace(/[a-z]/g, (letter) => letter.toUpperCase());
}

/** Full-width forms typed through a Chinese input method become their ASCII forms, one character for one. */
export function halfWidth(text: string): string {
  return text
    .replace(/[\uFF01-\uFF5E]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
    .replace(/[\u3000\u00A0]/g, ' ');
}

const LOOKALIKES: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1', Z: '2', S: '5' };

function likelyCharacter(found: string, piece: Piece): string | undefined {
  const narrow = upperCase(halfWidth(found));
  const candidates = [narrow, LOOKALIKES[narrow]];
  return candidates.find((candidate) => candidate !== undefined && candidate !== found && piece.accepts(candidate));
}

function wrongCharacter(subject: Subject, position: number, found: string, expectation: Expectation): Problem {
  return {
    code: `${subject.code}-character`,
    position,
    found,
    expected: expectation.expected,
    zh: `${subject.zh}第${position}位“${found}”有误，应为${expectation.zh}。`,
    en: `Character ${position} of the ${subject.en} is “${found}”; it must be ${expectation.en}.`,
  };
}

export function wrongLength(subject: Subject, actual: number, allowed: readonly number[]): Problem {
  const longest = Math.max(...allowed);
  const target = allowed.find((length) => length > actual) ?? longest;
  const list = allowed.join('/');
  return {
    code: `${subject.code}-length`,
    position: actual < target ? actual + 1 : longest + 1,
    found: String(actual),
    expected: list,
    zh: `${subject.zh}应为${list}位，实为${actual}位。`,
    en: `The ${subject.en} must have ${list} characters; it has ${actual}.`,
  };
}

export function wrongCheckDigit(subject: Subject, position: number, found: string, expected: string): Problem {
  return {
    code: `${subject.code}-check-digit`,
    position,
    found,
    expected,
    zh: `${subject.zh}第${position}位校验码为“${found}”，按前面各位计算应为“${expected}”，请核对有无抄错。`,
    en: `The check digit of the ${subject.en} (character ${position}) is “${found}”; the others require “${expected}”.`,
  };
}

/** A problem with its own code suffix and sentences, for rules that are neither shape nor check digit. */
export function remark(
  subject: Subject,
  suffix: string,
  place: { readonly position?: number; readonly found?: string; readonly expected?: string },
  zh: string,
  en: string,
): Problem {
  return { code: `${subject.code}-${suffix}`, ...place, zh, en };
}

/** The usual case, without an explanation to build. No piece accepts half a surrogate pair, so code units will do. */
function fits(text: string, pieces: readonly Piece[]): boolean {
  let at = 0;
  for (const { length, accepts } of pieces) {
    for (const end = at + length; at < end; at++) {
      const character = text[at];
      if (character === undefined || !accepts(character)) return false;
    }
  }
  return at === text.length;
}

/**
 * Compares a text with the fixed sequence of pieces it must consist of. With the right length every wrong character
 * is reported; with a wrong length only the length and the first wrong character, as all later ones are shifted.
 */
export function examineShape(subject: Subject, text: string, pieces: readonly Piece[]): Problem[] {
  if (fits(text, pieces)) return [];
  const characters = Array.from(text);
  const places = pieces.flatMap((piece) => Array.from({ length: piece.length }, () => piece));
  const wrong: Problem[] = [];
  for (const [index, piece] of places.entries()) {
    const found = characters[index];
    if (found === undefined) break;
    if (piece.accepts(found)) continue;
    const likely = likelyCharacter(found, piece);
    const expectation = likely === undefined ? piece : { expected: likely, zh: `“${likely}”`, en: `“${likely}”` };
    wrong.push(wrongCharacter(subject, index + 1, found, expectation));
  }
  if (characters.length === places.length) return wrong;
  return [wrongLength(subject, characters.length, [places.length]), ...wrong.slice(0, 1)];
}
