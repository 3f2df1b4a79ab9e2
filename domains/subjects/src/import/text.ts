import { withoutControls } from '../enterprise/written.ts';

/** A cell as text: dates as days, numbers as written, rich text without its styles, errors and blanks as nothing. */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(0, 10);
  if (typeof value !== 'object') return String(value);
  if ('richText' in value) return (value.richText as { text: string }[]).map(({ text }) => text).join('');
  if ('result' in value) return cellText(value.result);
  return 'text' in value ? cellText(value.text) : '';
}

/** A heading or value without what nobody can see. */
export const readable = (text: string): string => withoutControls(text.normalize('NFC'));
