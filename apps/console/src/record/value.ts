/** A field's value as text, by its declaration. Also for copying, comparing and printing. */
import type { FieldView, Label } from '../api.ts';
import { beijingTime, dayWithWeekday, grouped } from '../format.ts';
import type { Speech } from '../i18n/language.ts';
import { regionName } from './regions.ts';

export function isMasked(value: unknown): value is { masked: string } {
  return typeof value === 'object' && value !== null && 'masked' in value;
}

/** What a reference in the row of a list points to; without a title where it may not be seen. */
export function isPointed(value: unknown): value is { id: string; title: string | null } {
  return typeof value === 'object' && value !== null && 'id' in value && 'title' in value;
}

export function isLabel(value: unknown): value is Label {
  return typeof value === 'object' && value !== null && 'zh' in value && 'en' in value;
}

function named(value: object): string | undefined {
  for (const key of ['name', 'title', 'number']) {
    const found = (value as Record<string, unknown>)[key];
    if (typeof found === 'string') return found;
  }
  return undefined;
}

function loose(value: unknown, speech: Speech): string {
  if (value === null || value === undefined || value === '') return '';
  if (typeof value === 'boolean') return speech.t(value ? 'yes' : 'no');
  if (Array.isArray(value)) return value.map((item) => loose(item, speech)).join('；');
  if (isMasked(value)) return value.masked;
  if (isLabel(value)) return speech.say(value);
  if (typeof value === 'object') {
    return (
      named(value) ??
      Object.entries(value)
        .map(([key, inner]) => `${key}: ${loose(inner, speech)}`)
        .join('，')
    );
  }
  return String(value);
}

function withUnit(text: string, unit: string | undefined): string {
  return unit ? `${text} ${unit}` : text;
}

/** One line of text for any value; empty when there is none. */
export function plainValue(value: unknown, field: FieldView | undefined, speech: Speech): string {
  if (value === null || value === undefined || value === '') return '';
  if (isMasked(value)) return value.masked;
  if (!field) return loose(value, speech);
  if (field.type === 'list' && Array.isArray(value)) {
    return value.map((item) => plainItem(item, field, speech)).join('；');
  }
  if (field.type === 'object') return plainItem(value, field, speech);
  const choice = field.choices?.find((candidate) => candidate.value === value);
  if (choice) return speech.say(choice.label);
  if (isPointed(value)) return value.title ?? '';
  if (typeof value === 'object') return loose(value, speech);
  const text = String(value);
  switch (field.type) {
    case 'number':
    case 'decimal':
    case 'money':
      return withUnit(grouped(text), field.unit);
    case 'date':
      return dayWithWeekday(text, speech.language);
    case 'instant':
      return beijingTime(text);
    case 'region':
      return regionName(text);
    case 'boolean':
      return loose(value, speech);
    default:
      return withUnit(loose(value, speech), field.unit);
  }
}

/** The parts of a group or row in words; identifiers are left out, and a single part stands without its label. */
function plainItem(item: unknown, field: FieldView, speech: Speech): string {
  if (typeof item !== 'object' || item === null || !field.item || field.item.length === 0) return loose(item, speech);
  const values = item as Record<string, unknown>;
  const told = field.item
    .filter((inner) => inner.type !== 'identifier')
    .map((inner) => ({ inner, text: plainValue(values[inner.name], inner, speech) }))
    .filter(({ text }) => text !== '');
  if (told.length === 1) return told[0]?.text ?? '';
  return told.map(({ inner, text }) => `${speech.say(inner.label)} ${text}`).join('，');
}
