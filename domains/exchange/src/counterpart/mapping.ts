import { createHash } from 'node:crypto';
import { canonicalJson } from '@hengjian/transparency';
import { Decimal } from 'decimal.js';
import type { Message, MessageField } from './schema.ts';

/** A record of ours as a mapping reads it: its fields, and what stands in its head. */
export interface Source {
  fields: Record<string, unknown>;
  $number: string | null;
  $officeName: string;
  $occurredOn: string;
}

/** One line of a payload: the foreign field, its name in words, and the text that is sent. Missing values have no line. */
export interface Line {
  field: string;
  label: string;
  value: string;
}

/** Why a field cannot be sent as it stands. */
export interface MappingFault {
  field: string;
  code: 'missing' | 'too-long' | 'code-unknown' | 'not-a-date' | 'not-a-number';
  zh: string;
  en: string;
}

export interface Payload {
  lines: Line[];
  faults: MappingFault[];
  /** SHA-256 of the canonical JSON of field → value. */
  hash: string;
}

/** Maps one record of ours into the counterpart's words. A fault never invents a value: the field is left out and named. */
export function mapMessage(message: Message, source: Source): Payload {
  const lines: Line[] = [];
  const faults: MappingFault[] = [];
  for (const field of message.fields) {
    const ours = field.value ?? valueAt(source, field.from!);
    const { text, fault } = isNothing(ours) ? { text: '', fault: undefined } : written(field, ours);
    const wrong = fault ?? fitting(field, text);
    if (wrong !== undefined) faults.push(wrong);
    else if (text !== '') lines.push({ field: field.name, label: field.label.zh, value: text });
  }
  return { lines, faults, hash: hashOf(lines) };
}

/** What a payload says, as one object. */
export const asObject = (lines: readonly Line[]): Record<string, string> =>
  Object.fromEntries(lines.map(({ field, value }) => [field, value]));

export const hashOf = (lines: readonly Line[]): string =>
  createHash('sha256')
    .update(canonicalJson(asObject(lines)))
    .digest('hex');

/** What a message's own rules say of foreign values: the contract that a fake, a sample file and our payload must all keep. */
export function contractFaults(message: Message, values: Readonly<Record<string, string>>): MappingFault[] {
  const known = new Set(message.fields.map(({ name }) => name));
  const strange = Object.keys(values)
    .filter((name) => !known.has(name))
    .map((name) =>
      faultOf({ name, label: { zh: name, en: name } }, 'code-unknown', '不是约定的字段', 'is no agreed field'),
    );
  return [
    ...strange,
    ...message.fields.flatMap((field) => {
      const text = values[field.name] ?? '';
      const missing = fitting(field, text);
      if (missing !== undefined) return [missing];
      if (text === '') return [];
      if (field.codes && !Object.values(field.codes).includes(text))
        return [
          faultOf(field, 'code-unknown', `代码“${text}”不在代码表中`, `has the code "${text}", which is in no list`),
        ];
      if (field.date && !dateForms[field.date].test(text))
        return [faultOf(field, 'not-a-date', `应为${field.date}格式的日期`, `must be a date as ${field.date}`)];
      if (field.number && !/^-?\d+(\.\d+)?$/.test(text))
        return [faultOf(field, 'not-a-number', '应为数字', 'must be a number')];
      return [];
    }),
  ];
}

const dateForms = { YYYYMMDD: /^\d{8}$/, 'YYYY-MM-DD': /^\d{4}-\d{2}-\d{2}$/, 'YYYY/MM/DD': /^\d{4}\/\d{2}\/\d{2}$/ };
const isNothing = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

function valueAt(source: Source, path: string): unknown {
  if (path.startsWith('$')) return source[path as '$number'];
  const [first, second] = path.split('.');
  const value = source.fields[first!];
  return second === undefined ? value : (value as Record<string, unknown> | null | undefined)?.[second];
}

type Named = Pick<MessageField, 'name' | 'label'>;
const faultOf = ({ name, label }: Named, code: MappingFault['code'], zh: string, en: string): MappingFault => ({
  field: name,
  code,
  zh: `“${label.zh}”${zh}。`,
  en: `${label.en}: ${en}.`,
});

/** The value in the form that the counterpart wants. */
function written(field: MessageField, ours: unknown): { text: string; fault?: MappingFault } {
  if (field.codes !== undefined) {
    const found = Object.hasOwn(field.codes, String(ours)) ? field.codes[String(ours)] : undefined;
    if (found !== undefined) return { text: found };
    return {
      text: '',
      fault: faultOf(
        field,
        'code-unknown',
        `的值“${String(ours)}”没有对应代码`,
        `no code stands for "${String(ours)}"`,
      ),
    };
  }
  if (field.date !== undefined) {
    const parts = /^(\d{4})-(\d{2})-(\d{2})/.exec(String(ours));
    if (parts === null) return { text: '', fault: faultOf(field, 'not-a-date', '不是日期', 'is no date') };
    return { text: field.date.replace('YYYY', parts[1]!).replace('MM', parts[2]!).replace('DD', parts[3]!) };
  }
  if (field.number !== undefined) {
    if (!/^-?\d+(\.\d+)?$/.test(String(ours)))
      return { text: '', fault: faultOf(field, 'not-a-number', '不是数字', 'is no number') };
    const value = new Decimal(String(ours)).times(field.number.factor ?? 1);
    // A place that the counterpart does not take is said, not rounded away.
    if (value.decimalPlaces() > field.number.places)
      return {
        text: '',
        fault: faultOf(
          field,
          'too-long',
          `小数超过${field.number.places}位`,
          `has more than ${field.number.places} places`,
        ),
      };
    return { text: value.toFixed(field.number.places) };
  }
  if (field.each !== undefined)
    return {
      text: (ours as Record<string, unknown>[])
        .map((row) => field.each!.replaceAll(/\{(\w+)\}/g, (_all, part: string) => String(row[part] ?? '')))
        .join(field.separator),
    };
  return { text: String(ours).trim() };
}

function fitting(field: MessageField, text: string): MappingFault | undefined {
  if (text === '' && field.required)
    return faultOf(field, 'missing', '没有填写，对方要求必填', 'is missing, and the counterpart asks for it');
  if (field.max !== undefined && [...text].length > field.max)
    return faultOf(
      field,
      'too-long',
      `超过对方允许的${field.max}字`,
      `is longer than the ${field.max} characters that the counterpart takes`,
    );
  return undefined;
}
