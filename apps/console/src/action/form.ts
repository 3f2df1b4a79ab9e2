/** The arithmetic of a generated form: values by path, what is missing, and the input that goes to the server. */
import type { FieldView, ProblemError } from '../api.ts';

export type Values = Record<string, unknown>;
export type FormError = { path: string; text: string };

/** An element's id for a field: what an error summary links to. */
export function fieldId(path: string): string {
  return `field-${path}`;
}

/** `input.items[0].name` and `items.0.name` name the same field. */
export function normalPath(path: string): string {
  return path
    .replace(/\[(\w+)\]/g, '.$1')
    .replace(/^\//, '')
    .replaceAll('/', '.')
    .replace(/^input\./, '');
}

/** A copy of the values with one of them replaced. */
export function withValue(values: Values, name: string, value: unknown): Values {
  return { ...values, [name]: value };
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

function isBlankRow(row: unknown): boolean {
  return typeof row === 'object' && row !== null ? Object.values(row).every(isBlank) : isBlank(row);
}

const patterns: Partial<Record<FieldView['type'], RegExp>> = {
  number: /^-?\d+$/,
  decimal: /^-?\d+(\.\d+)?$/,
  money: /^\d+(\.\d{1,2})?$/,
};

export type Complaint = 'missing' | 'not-a-number' | 'not-money';

/**
 * What can be said before asking the server: missing fields and numbers that are none. The server decides the rest.
 */
export function complaints(
  fields: FieldView[],
  values: Values,
  prefix = '',
): { path: string; what: Complaint; field: FieldView }[] {
  return fields.flatMap((field) => {
    const path = `${prefix}${field.name}`;
    const value = values[field.name];
    if (field.type === 'boolean') return [];
    if (field.type === 'object' && field.item) {
      const inner = (value ?? {}) as Values;
      if (!field.required && isBlankRow(inner)) return [];
      return complaints(field.item, inner, `${path}.`);
    }
    // An empty list may be an answer («all regions»); whether it is one, the server knows.
    if (isBlank(value))
      return field.required && field.type !== 'list' ? [{ path, what: 'missing' as const, field }] : [];
    if (field.type === 'list' && field.item && Array.isArray(value)) {
      const rows = value.filter((row) => !isBlankRow(row));
      return rows.flatMap((row, index) => complaints(field.item ?? [], row as Values, `${path}.${index}.`));
    }
    const pattern = patterns[field.type];
    if (pattern && !pattern.test(String(value).trim())) {
      return [{ path, what: field.type === 'money' ? ('not-money' as const) : ('not-a-number' as const), field }];
    }
    return [];
  });
}

function toValue(field: FieldView, value: unknown): unknown {
  if (field.type === 'boolean') return value === true;
  if (field.type === 'object') {
    if (!field.item) return value;
    const inner = (value ?? {}) as Values;
    return !field.required && isBlankRow(inner) ? undefined : toInput(field.item, inner);
  }
  if (isBlank(value)) return field.type === 'list' && field.required ? [] : undefined;
  if (field.type === 'list' && typeof value === 'string') return value.split(/[,，、;；\s]+/).filter(Boolean);
  if (field.type === 'list' && Array.isArray(value)) {
    const rows = value.filter((row) => !isBlankRow(row));
    return field.item ? rows.map((row) => toInput(field.item ?? [], row as Values)) : rows;
  }
  if (field.type === 'number') return Number(value);
  if (field.type === 'decimal' || field.type === 'money') return String(value).trim();
  if (field.type === 'instant' && /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(String(value))) return `${String(value)}:00+08:00`;
  return value;
}

/** The input as the server wants it: numbers as numbers, decimals as text, optional blanks and blank rows left out. */
export function toInput(fields: FieldView[], values: Values): Values {
  const input: Values = {};
  for (const field of fields) {
    const value = toValue(field, values[field.name]);
    if (value !== undefined) input[field.name] = value;
  }
  return input;
}

/** Rows of a list on the record that has the form's leading column: test items whose results are to be entered, say. */
function knownRows(field: FieldView, known: Record<string, unknown>): Values[] | undefined {
  const columns = field.item ?? [];
  const leading = columns[0]?.name;
  if (leading === undefined || columns.length < 2) return undefined;
  const lists = Object.values(known).filter(
    (value): value is Values[] =>
      Array.isArray(value) &&
      value.length > 0 &&
      value.every((row) => typeof row === 'object' && row !== null && leading in row),
  );
  const rows = lists.length === 1 ? lists[0] : undefined;
  return rows?.map((row) =>
    Object.fromEntries(columns.filter(({ name }) => !isBlank(row[name])).map(({ name }) => [name, row[name]])),
  );
}

/** Fields of the form that the record already answers, so that nobody types a fact twice. */
export function prefilled(fields: FieldView[], known: Record<string, unknown>): Values {
  const values: Values = {};
  for (const field of fields) {
    const value = known[field.name] ?? (field.type === 'list' ? knownRows(field, known) : undefined);
    if (isBlank(value) || (typeof value === 'object' && value !== null && 'masked' in value)) continue;
    values[field.name] =
      field.type === 'reference' && typeof value === 'object' && value !== null && 'id' in value ? value.id : value;
  }
  return values;
}

/** What somebody wrote into a cell of a spreadsheet, as the field keeps it: a choice by its words, a yes, a grouped number. */
export function understood(text: string, field: FieldView): unknown {
  const written = text.trim();
  const choice = field.choices?.find(({ value, label }) =>
    [value, label.zh, label.en].some((known) => known.toLowerCase() === written.toLowerCase()),
  );
  if (choice) return choice.value;
  if (field.type === 'boolean') return /^(是|√|✓|yes|y|true|1)$/i.test(written);
  if (['number', 'decimal', 'money'].includes(field.type)) return written.replace(/(?<=\d)[,，](?=\d{3})/g, '');
  return written;
}

/** Rows pasted from a spreadsheet, put into a table from a cell onward; columns by order. */
export function pasteRows(
  rows: Values[],
  columns: readonly FieldView[],
  at: { row: number; column: number },
  text: string,
): Values[] {
  const pasted = text
    .replace(/\r\n?/g, '\n')
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => line.split('\t'));
  const next = rows.map((row) => ({ ...row }));
  pasted.forEach((cells, down) => {
    const row = next[at.row + down] ?? {};
    cells.forEach((cell, across) => {
      const column = columns[at.column + across];
      if (column !== undefined) row[column.name] = understood(cell, column);
    });
    next[at.row + down] = row;
  });
  return next;
}

/** The server's errors as the form shows them. */
export function serverErrors(errors: ProblemError[], language: 'zh' | 'en'): FormError[] {
  return errors.map((error) => ({ path: normalPath(error.path), text: error[language] }));
}
