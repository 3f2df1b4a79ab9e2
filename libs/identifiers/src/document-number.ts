import { type Checked, getValue, IdentifierError, type Problem, settle } from './result.ts';
import { halfWidth, isDigit, remark, type Subject } from './shape.ts';

/** The parts of a document number (文号) such as 湘市监处罚〔2026〕12号. */
export interface DocumentNumberParts {
  /** Short name of the organ, such as 湘市监. */
  readonly organ: string;
  /** Kind of document, such as 处罚 or 抽检告; may be empty. */
  readonly kind: string;
  readonly year: number;
  /** From 1, without gaps within organ, kind and year. */
  readonly sequence: number;
  /** Whether 第 stands before the sequence, as on the complaint forms of 2026. */
  readonly ordinal?: boolean;
}

/** A document number that was read. */
export interface DocumentNumber extends DocumentNumberParts {
  readonly text: string;
  readonly ordinal: boolean;
}

/** How to divide the words before the year into organ and kind. */
export interface DocumentNumberOptions {
  /** Known short names of organs; the longest that fits wins. Without a fit the organ ends after 市监. */
  readonly organs?: readonly string[];
}

const SUBJECT: Subject = { code: 'document-number', zh: '文号', en: 'document number' };
const OPENING = '[［【〖(（{｛<《「『';
const CLOSING = ']］】〗)）}｝>》」』';
const ORGAN_ENDING = '市监';

/**
 * Writes a document number after GB/T 9704: hexagonal brackets, year of four digits, sequence without leading zeros.
 * @throws IdentifierError when a part cannot stand in a document number
 */
export function formatDocumentNumber(parts: DocumentNumberParts): string {
  const ordinal = parts.ordinal ?? false;
  const text = `${parts.organ}${parts.kind}〔${parts.year}〕${ordinal ? '第' : ''}${parts.sequence}号`;
  const { organ } = getValue(parseDocumentNumber(text, { organs: [parts.organ] }));
  if (organ !== parts.organ) throw new IdentifierError([missingOrgan()]);
  return text;
}

/**
 * Reads a document number. Wrong brackets (`[ ]`, `( )`, `【 】`), a short year, leading zeros, spaces and a missing 号
 * are each reported with their place.
 */
export function parseDocumentNumber(text: string, options: DocumentNumberOptions = {}): Checked<DocumentNumber> {
  const reader = new Reader(text);
  const head = reader.takeWhile((character) => !isBracket(character) && character !== '〔' && !isAnyDigit(character));
  if (head.trim() === '') reader.problems.push(missingOrgan());
  reader.bracket('〔', OPENING);
  const year = reader.number('year', 4);
  reader.bracket('〕', CLOSING);
  const ordinal = reader.peek() === '第';
  if (ordinal) reader.take();
  const sequence = reader.number('sequence', undefined);
  reader.ending();
  return settle(reader.problems, [], () => ({
    text,
    ...divide(head, options.organs ?? []),
    year: Number(year),
    sequence: Number(sequence),
    ordinal,
  }));
}

function divide(head: string, organs: readonly string[]): { organ: string; kind: string } {
  const known = organs.filter((organ) => organ !== '' && head.startsWith(organ)).sort((a, b) => b.length - a.length)[0];
  const ending = head.indexOf(ORGAN_ENDING, 1);
  const organ = known ?? (ending < 0 ? head : head.slice(0, ending + ORGAN_ENDING.length));
  return { organ, kind: head.slice(organ.length) };
}

function missingOrgan(): Problem {
  return remark(
    SUBJECT,
    'organ',
    { position: 1, expected: '机关代字' },
    '文号缺少发文机关代字。',
    'The document number lacks the short name of its organ.',
  );
}

function isBracket(character: string): boolean {
  return OPENING.includes(character) || CLOSING.includes(character);
}

function isAnyDigit(character: string): boolean {
  return isDigit(halfWidth(character));
}

/** Walks through the characters and collects problems with their places. */
class Reader {
  readonly problems: Problem[] = [];
  private readonly characters: readonly string[];
  private index = 0;

  constructor(text: string) {
    this.characters = Array.from(text);
    for (const [index, character] of this.characters.entries()) {
      if (/\s/.test(character))
        this.report('space', index + 1, character, undefined, '不能有空格', 'spaces are not allowed');
    }
  }

  peek(): string | undefined {
    return this.characters[this.index];
  }

  take(): string | undefined {
    return this.characters[this.index++];
  }

  takeWhile(accepts: (character: string) => boolean): string {
    let taken = '';
    for (let next = this.peek(); next !== undefined && accepts(next); next = this.peek()) taken += this.take();
    return taken;
  }

  report(
    suffix: string,
    position: number,
    found: string | undefined,
    expected: string | undefined,
    zh: string,
    en: string,
  ): void {
    this.problems.push(
      remark(
        SUBJECT,
        suffix,
        { position, ...(found === undefined ? {} : { found }), ...(expected === undefined ? {} : { expected }) },
        `文号第${position}位：${zh}。`,
        `Document number, character ${position}: ${en}.`,
      ),
    );
  }

  bracket(right: string, wrong: string): void {
    this.skipSpaces();
    const found = this.peek();
    if (found === right) this.take();
    else {
      const zh = found === undefined ? `缺少“${right}”` : `年份应使用六角括号“${right}”，不是“${found}”`;
      const en = found === undefined ? `“${right}” is missing` : `the year stands in “${right}”, not “${found}”`;
      this.report('brackets', this.index + 1, found, right, zh, en);
      if (found !== undefined && wrong.includes(found)) this.take();
    }
  }

  /** A number in half-width digits; a fixed length means a year. */
  number(name: 'year' | 'sequence', length: 4 | undefined): string {
    this.skipSpaces();
    const position = this.index + 1;
    const found = this.takeWhile(isAnyDigit);
    const narrow = halfWidth(found);
    const [zhName, enName] = name === 'year' ? ['年份', 'year'] : ['序号', 'sequence'];
    if (found === '') {
      this.report(name, position, this.peek(), '0-9', `缺少${zhName}`, `the ${enName} is missing`);
    } else if (found !== narrow) {
      this.report(
        name,
        position,
        found,
        narrow,
        `${zhName}应使用半角数字`,
        `the ${enName} must be in half-width digits`,
      );
    } else if (length !== undefined && !/^(?:19|20)\d\d$/.test(found)) {
      this.report(name, position, found, 'YYYY', '年份应为四位数字', 'the year must have four digits');
    } else if (length === undefined && Number(found) === 0) {
      this.report('sequence', position, found, '1', '序号应从1开始', 'sequences begin with 1');
    } else if (length === undefined && found.startsWith('0')) {
      const plain = found.replace(/^0+/, '');
      this.report('leading-zero', position, found, plain, '序号不编虚位，前面不加“0”', 'no leading zeros');
    } else if (length === undefined && found.length > 9) {
      this.report('sequence', position, found, '1-999999999', '序号过长', 'the sequence is too long');
    }
    return found;
  }

  ending(): void {
    this.skipSpaces();
    const found = this.take();
    if (found !== '号') {
      this.report('ending', this.index, found, '号', '序号后应为“号”', 'the sequence must be followed by “号”');
    } else if (this.peek() !== undefined) {
      this.report('trailing', this.index + 1, this.peek(), undefined, '“号”后不应再有内容', 'nothing may follow “号”');
    }
  }

  private skipSpaces(): void {
    this.takeWhile((character) => /\s/.test(character));
  }
}
