import type { ErrorObject } from 'ajv';
import { brief, type EpcisProblem } from '../problems.ts';
import { type VocabularyKind, wordsOf } from '../vocabulary/cbv.ts';

const FIELD_VOCABULARIES: Readonly<Record<string, VocabularyKind>> = {
  bizStep: 'bizStep',
  disposition: 'disposition',
  set: 'disposition',
  unset: 'disposition',
  reason: 'errorReason',
  component: 'component',
  exception: 'alert',
};

/** Turns the errors of a JSON Schema into one sentence for each thing that is wrong. */
export function explainSchemaErrors(errors: readonly ErrorObject[]): EpcisProblem[] {
  const byPath = new Map<string, ErrorObject[]>();
  for (const error of errors) {
    // Branches that decide which type applies, and inner errors of a name that is reported as a whole.
    if (error.keyword === 'if' || (error.keyword !== 'propertyNames' && isAboutName(error))) continue;
    const list = byPath.get(error.instancePath) ?? [];
    list.push(error);
    byPath.set(error.instancePath, list);
  }
  const problems: EpcisProblem[] = [];
  const seen = new Set<string>();
  for (const [path, list] of byPath) {
    for (const problem of explainPlace(path, list)) {
      const key = `${problem.path} ${problem.code} ${problem.en}`;
      if (!seen.has(key)) problems.push(problem);
      seen.add(key);
    }
  }
  return problems;
}

function isAboutName(error: ErrorObject): boolean {
  return error.propertyName !== undefined || error.schemaPath.includes('/propertyNames/');
}

function explainPlace(path: string, all: readonly ErrorObject[]): EpcisProblem[] {
  // Errors about the name of a field stand at the place of its object; the name is reported once.
  const names = new Set(
    all.filter((error) => error.keyword === 'propertyNames').map((error) => error.params.propertyName),
  );
  const errors = all.filter((error) => error.keyword === 'propertyNames' || !names.has(error.data));
  const choice = errors.find((error) => error.keyword === 'anyOf' && typeof error.data === 'string');
  if (choice !== undefined) return [explainVocabulary(path, String(choice.data))];
  const alternatives = errors.filter((error) => error.keyword === 'required' && /\/anyOf\//.test(error.schemaPath));
  const problems = errors.flatMap((error) => explainOne(path, error));
  if (alternatives.length > 0) {
    const names = [...new Set(alternatives.map((error) => String(error.params.missingProperty)))];
    const zh = `至少应有以下之一：${names.join('、')}。`;
    const en = `It needs at least one of ${names.join(', ')}.`;
    problems.push({ code: 'one-of-missing', path, zh, en, expected: names.join(' ') });
  }
  return problems;
}

function lastOf(path: string): string {
  return (
    path
      .split('/')
      .filter((part) => part !== '' && !/^\d+$/.test(part))
      .at(-1) ?? ''
  );
}

/** The field, with its position in a list: `eventList[0]`. */
function placeOf(path: string): string {
  const index = /\/(\d+)$/.exec(path)?.[1];
  return index === undefined ? lastOf(path) : `${lastOf(path)}[${index}]`;
}

function explainVocabulary(path: string, found: string): EpcisProblem {
  const field = lastOf(path);
  const kind = FIELD_VOCABULARIES[field] ?? typeKindOf(path);
  const [name, shown] = [field, brief(found)];
  if (kind === undefined) {
    const zh = `“${name}”的值“${shown}”不合要求。`;
    return { code: 'value', path, zh, en: `The value “${shown}” of “${name}” is not allowed.`, found: shown };
  }
  if (
    /^(?:urn:epcglobal:cbv:|https?:\/\/(?:ns|ref)\.gs1\.org\/cbv\/|https?:\/\/(?:www\.)?gs1\.org\/voc\/)/.test(found)
  ) {
    const word = found.replace(/^.*[:/](?:BizStep-|Disp-|BTT-|SDT-|ER-|Comp-)?/, '');
    const zh = `JSON中“${name}”的标准值应写成单词“${word}”，而不是“${shown}”。`;
    const en = `In JSON the standard value of “${name}” is the bare word “${word}”, not “${shown}”.`;
    return { code: 'vocabulary-not-bare', path, zh, en, found: shown, expected: word };
  }
  const near = nearest(found, wordsOf(kind));
  const zh = `“${name}”的值“${shown}”既不是标准词汇，也不是私有网址${near === undefined ? '' : `，是否应为“${near}”`}。`;
  const hint = near === undefined ? '' : `; did you mean “${near}”?`;
  const en = `“${shown}” of “${name}” is neither a standard word nor a private URI${hint}${near === undefined ? '.' : ''}`;
  return { code: 'vocabulary-unknown', path, zh, en, found: shown, ...(near === undefined ? {} : { expected: near }) };
}

function typeKindOf(path: string): VocabularyKind | undefined {
  if (!path.endsWith('/type')) return undefined;
  if (path.includes('/bizTransactionList/')) return 'bizTransaction';
  if (path.includes('/sourceList/') || path.includes('/destinationList/')) return 'sourceDestination';
  return path.includes('/sensorReport/') ? 'measurement' : undefined;
}

const FORMATS: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  uri: ['网址（URI）', 'a URI'],
  'date-time': [
    '带时区的日期时间，如2026-01-31T08:00:00+08:00',
    'a date and time with offset, such as 2026-01-31T08:00:00+08:00',
  ],
};
const TYPES: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  string: ['文字', 'text'],
  number: ['数', 'a number'],
  boolean: ['true或false', 'true or false'],
  array: ['数组', 'an array'],
  object: ['对象', 'an object'],
};

function explainOne(path: string, error: ErrorObject): EpcisProblem[] {
  const name = lastOf(path);
  const shown = brief(error.data);
  const params = error.params as Readonly<Record<string, unknown>>;
  const place = placeOf(path);
  const label = place === '' ? ['文档', 'The document'] : [`“${place}”`, `“${place}”`];
  const must = (code: string, [zh, en]: readonly [string, string]): EpcisProblem[] => [
    {
      code,
      path,
      zh: `${label[0]}应为${zh}，现为“${shown}”。`,
      en: `${label[1]} must be ${en}, not “${shown}”.`,
      found: shown,
      expected: en,
    },
  ];
  switch (error.keyword) {
    case 'required': {
      if (/\/anyOf\//.test(error.schemaPath)) return [];
      const missing = String(params.missingProperty);
      const zh = `${label[0]}缺少“${missing}”。`;
      const en = `${label[1]} lacks “${missing}”.`;
      return [{ code: 'field-missing', path, zh, en, expected: missing }];
    }
    case 'propertyNames':
    case 'additionalProperties': {
      const field = String(params.propertyName ?? params.additionalProperty);
      const at = `${path}/${field.replace(/~/g, '~0').replace(/\//g, '~1')}`;
      const zh = `字段“${field}”不属于此处；扩展字段应带有已声明的前缀，如“ext:${field}”。`;
      const en = `“${field}” does not belong here; an extension needs a declared prefix, such as “ext:${field}”.`;
      return [{ code: 'field-unknown', path: at, zh, en, found: field }];
    }
    case 'type':
      return must('value-type', TYPES[String(params.type)] ?? [String(params.type), String(params.type)]);
    case 'format':
      return must('value-format', FORMATS[String(params.format)] ?? [String(params.format), String(params.format)]);
    case 'enum': {
      const words = (params.allowedValues as readonly unknown[]).join(', ');
      return must('value-enum', [words.replaceAll(', ', '、'), words]);
    }
    case 'pattern':
      // The schema ties what may stand in an event to its action by patterns such as ^ADD$.
      if (name === 'action') {
        const zh = `“action”为${shown}时，事件不能有这些字段，或缺少必需的字段。`;
        const en = `With “action” ${shown} the event has fields that it may not have, or lacks some that it needs.`;
        return [{ code: 'action-conflict', path, zh, en, found: shown }];
      }
      if (name === 'uom')
        return must('value-pattern', ['2至3位计量单位代码（UN/ECE第20号建议书）', 'a unit code of UN/ECE Rec. 20']);
      if (name === 'eventTimeZoneOffset')
        return must('value-pattern', ['时区偏移，如+08:00', 'an offset such as +08:00']);
      return must('value-pattern', [`符合${String(params.pattern)}的文字`, `text matching ${String(params.pattern)}`]);
    case 'minItems': {
      const zh = `“${name}”至少应有${String(params.limit)}项。`;
      return [{ code: 'too-few', path, zh, en: `“${name}” needs at least ${String(params.limit)} item(s).` }];
    }
    case 'uniqueItems':
      return [{ code: 'repeated', path, zh: `“${name}”中有重复的项。`, en: `“${name}” holds an item twice.` }];
    case 'anyOf':
    case 'allOf':
    case 'oneOf':
    case 'not':
      return [];
    default:
      return [
        {
          code: `schema-${error.keyword}`,
          path,
          zh: `“${name}”不合要求：${error.message}。`,
          en: `“${name}” ${error.message}.`,
        },
      ];
  }
}

/** The nearest word by edit distance, when it is near enough to be meant. */
function nearest(text: string, words: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Math.max(2, Math.floor(text.length / 4)) + 1;
  for (const word of words) {
    const distance = editDistance(text.toLowerCase(), word.toLowerCase());
    if (distance < least) [least, best] = [distance, word];
  }
  return best;
}

function editDistance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const change = left[row - 1] === right[column - 1] ? 0 : 1;
      current.push(Math.min(previous[column]! + 1, current[column - 1]! + 1, previous[column - 1]! + change));
    }
    previous = current;
  }
  return previous[right.length]!;
}
