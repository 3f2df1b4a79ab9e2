import { CalendarError } from '@hengjian/calendar';
import { StatisticsError } from '@hengjian/statistics';
import type { Answer } from './answer.ts';
import type { Context } from './context.ts';
import { both, type Label, type Text } from './label.ts';

/** One of the values that a field offers. */
export interface Choice {
  readonly value: string;
  readonly label: Text;
}

/** One question of a form. */
export interface Field {
  readonly name: string;
  readonly label: Label;
  /** `whole` and `decimal` are read as numbers without sign; `lines` holds one entry per line. */
  readonly kind: 'text' | 'whole' | 'decimal' | 'choice' | 'lines';
  readonly hint?: Label;
  readonly unit?: Text;
  /** Largest number that is computed, so that an answer comes at once and a public page cannot be made to toil. */
  readonly most?: number;
  readonly choices?: readonly Choice[];
  /** What stands in it before anybody has written; empty when nothing is usual. */
  readonly initial: string;
  readonly optional?: boolean;
  /** Seldom needed: faces fold it away. */
  readonly rare?: boolean;
}

/** What was written, by name of field. */
export type Written = Readonly<Record<string, string | undefined>>;

/** Why something written cannot be taken, and beside which field that is said; null stands for the whole form. */
export interface FieldProblem {
  readonly field: string | null;
  /** Stable: `missing`, `not-whole`, `not-number`, `not-offered`, `too-long`, or the code of the library that refused. */
  readonly code: string;
  readonly zh: string;
  readonly en: string;
}

/** One way of asking a tool. */
export interface Way {
  readonly name: string;
  readonly title: Label;
  readonly lead: Label;
  readonly fields: readonly Field[];
  /** Something to try, told in words. */
  readonly example: { readonly label: Label; readonly values: Written };
  /** Field to blame for an argument or a code of a library, where the two have different names. */
  readonly blame?: Readonly<Record<string, string>>;
  readonly answer: (values: Values, context: Context) => Answer;
}

/** A calculation, with the ways in which it can be asked. */
export interface Tool {
  readonly name: 'plan' | 'curve' | 'judge' | 'clock' | 'check';
  readonly title: Label;
  readonly lead: Label;
  readonly ways: readonly [Way, ...Way[]];
}

/** What comes of a form: nothing yet, an answer, or what has to be put right. */
export type Outcome =
  | { readonly state: 'empty' }
  | { readonly state: 'answered'; readonly answer: Answer }
  | { readonly state: 'refused'; readonly problems: readonly FieldProblem[] };

/** Thrown by a way that finds the fault of a field itself. */
export class FieldError extends Error {
  override readonly name = 'FieldError';
  readonly problem: FieldProblem;

  constructor(field: string | null, code: string, zh: string, en: string) {
    super(`${zh} ${en}`);
    this.problem = { field, code, zh, en };
  }
}

/** What a way reads: each value already has the form of its field. */
export class Values {
  private readonly written: ReadonlyMap<string, string>;

  constructor(written: ReadonlyMap<string, string>) {
    this.written = written;
  }

  /** What stands in an optional field, if anything does. */
  find(name: string): string | undefined {
    const text = this.written.get(name);
    return text === '' ? undefined : text;
  }

  /** What stands in a field that must be filled in. */
  text(name: string): string {
    return this.find(name) ?? refuseMissing(name);
  }

  findNumber(name: string): number | undefined {
    const text = this.find(name);
    return text === undefined ? undefined : Number(text);
  }

  number(name: string): number {
    return Number(this.text(name));
  }

  /** A percentage as a fraction, without the noise that a division adds. */
  fraction(name: string): number {
    return Number((this.number(name) / 100).toPrecision(15));
  }

  lines(name: string): readonly string[] {
    return (this.find(name) ?? '')
      .split(/[\r\n]+/)
      .map((line) => line.trim())
      .filter((line) => line !== '');
  }
}

const LONGEST = 4_000;

function refuseMissing(name: string): never {
  throw new FieldError(name, 'missing', '请填写。', 'Fill this in.');
}

/** The way with this name, else the first. */
export function wayOf(tool: Tool, name: string | undefined): Way {
  return tool.ways.find((way) => way.name === name) ?? tool.ways[0];
}

/** What stands in a field: what was written, else what stands there from the start. */
export function entryOf(field: Field, written: Written): string {
  return (written[field.name] ?? field.initial).trim();
}

function faultOf(field: Field, text: string): FieldProblem | undefined {
  const fault = (code: string, zh: string, en: string): FieldProblem => ({ field: field.name, code, zh, en });
  if (text === '') return field.optional === true ? undefined : fault('missing', '请填写。', 'Fill this in.');
  if (text.length > LONGEST) return fault('too-long', `最多 ${LONGEST} 个字符。`, `At most ${LONGEST} characters.`);
  if (field.kind === 'whole' && !/^\d{1,9}$/.test(text))
    return fault('not-whole', '应为整数，例如 80。', 'This must be a whole number such as 80.');
  if (field.kind === 'decimal' && !/^\d{1,9}(?:\.\d{1,9})?$/.test(text))
    return fault('not-number', '应为数，例如 2.5。', 'This must be a number such as 2.5.');
  if (field.most !== undefined && Number(text) > field.most)
    return fault('too-large', `这里最大算到 ${field.most}。`, `At most ${field.most} is computed here.`);
  if (field.kind === 'choice' && !field.choices?.some(({ value }) => value === text))
    return fault('not-offered', '请从所列各项中选择。', 'Choose one of those listed.');
  return undefined;
}

/**
 * Puts the written question to a way. Never throws for what somebody wrote: a refusal comes back as a sentence for its
 * field.
 */
export function work(way: Way, written: Written, context: Context): Outcome {
  if (way.fields.every(({ name }) => (written[name] ?? '').trim() === '')) return { state: 'empty' };
  const texts = new Map(way.fields.map((field) => [field.name, entryOf(field, written)]));
  const problems = way.fields.flatMap((field) => faultOf(field, texts.get(field.name)!) ?? []);
  if (problems.length > 0) return { state: 'refused', problems };
  try {
    return { state: 'answered', answer: way.answer(new Values(texts), context) };
  } catch (error) {
    return { state: 'refused', problems: [problemOf(way, error)] };
  }
}

function problemOf(way: Way, error: unknown): FieldProblem {
  if (error instanceof FieldError) return error.problem;
  if (error instanceof StatisticsError) {
    const names = [error.code, error.argument, error.argument.split(/[.[]/)[0]!];
    const field = names.map((name) => way.blame?.[name]).find((name) => name !== undefined);
    const own = way.fields.find(({ name }) => names.includes(name))?.name;
    return { field: field ?? own ?? null, code: error.code, zh: sentence(error.zh, '。'), en: sentence(error.en, '.') };
  }
  if (error instanceof CalendarError)
    return { field: way.blame?.[error.code] ?? null, code: error.code, zh: error.zh, en: error.en };
  throw error;
}

function sentence(text: string, stop: string): string {
  const ended = /[。.!?！？]$/.test(text) ? text : text + stop;
  return ended.charAt(0).toUpperCase() + ended.slice(1);
}

/** The address of a question: only what differs from what stands there from the start. */
export function addressOf(way: Way, written: Written): Record<string, string> {
  const kept = way.fields
    .map((field) => [field.name, (written[field.name] ?? '').trim(), field.initial] as const)
    .filter(([, text, initial]) => text !== '' && text !== initial);
  return { by: way.name, ...Object.fromEntries(kept.map(([name, text]) => [name, text])) };
}

/** Words that every face needs around a form. */
export const words = {
  workbench: both('统计与法定计算', 'Statistics workbench'),
  lead: both(
    '五个计算，每一步都写明依据。网址就是这次计算，可以直接发给别人。',
    'Five calculations, each step with its clause. The address is the calculation: send it as a link.',
  ),
  compute: both('计算', 'Compute'),
  example: both('示例', 'Example'),
  optional: both('可不填', 'optional'),
  more: both('更多条件', 'More conditions'),
  problems: both('有填写不对的地方', 'Some entries need correcting'),
  result: both('结果', 'Result'),
  tools: both('计算工具', 'Calculations'),
  ways: both('计算方式', 'Ways of asking'),
  print: both('打印', 'Print'),
  copy: both('复制链接', 'Copy link'),
  copied: both('链接已复制', 'Link copied'),
} as const;
