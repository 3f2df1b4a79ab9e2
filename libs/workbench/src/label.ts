/** The same words in both languages. */
export interface Label {
  readonly zh: string;
  readonly en: string;
}

/** Words in both languages, or one text that is the same in both: a number, a code, a date. */
export type Text = string | Label;

/** Short for writing many labels. */
export function both(zh: string, en: string): Label {
  return { zh, en };
}

/** The side of a text for readers of one language. */
export function textIn(language: 'zh' | 'en', text: Text): string {
  return typeof text === 'string' ? text : text[language];
}
