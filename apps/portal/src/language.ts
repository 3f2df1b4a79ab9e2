import { html, type Markup } from './markup.ts';

export type Language = 'zh' | 'en';
export type Theme = 'system' | 'light' | 'dark';

/** The same text in both languages. */
export interface Label {
  readonly zh: string;
  readonly en: string;
}

/** What a visitor chose, and where he is. */
export interface View {
  readonly language: Language;
  readonly theme: Theme;
  /** Path without query, beginning with one slash. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** The text in the visitor's language. */
  say(zh: string, en: string): string;
}

const han = /\p{Script=Han}/u;

/** The label in the visitor's language; a Chinese text on an English page is marked for screen readers. */
export function tell(view: View, label: Label): string | Markup {
  return view.language === 'zh' ? label.zh : chinese(view, label.en);
}

/** A text of the record, which is Chinese as a rule: names of firms, products, items. */
export function chinese(view: View, text: string): string | Markup {
  return view.language === 'en' && han.test(text) ? html`<span lang="zh-CN">${text}</span>` : text;
}

const isTheme = (text: string | undefined): text is Theme => text === 'system' || text === 'light' || text === 'dark';
const isLanguage = (text: string | undefined): text is Language => text === 'zh' || text === 'en';

function cookieOf(header: string, name: string): string | undefined {
  const found = header.split(/;\s*/).find((pair) => pair.startsWith(`${name}=`));
  return found?.slice(name.length + 1);
}

/** What a request asks for: its own choice first, then the one kept in a cookie, else Chinese and the device's theme. */
export function viewOf(url: string, cookies: string): View {
  const { pathname, searchParams } = new URL(url.replace(/^[/\\]+/, '/'), 'http://portal.invalid');
  const query = Object.fromEntries(searchParams);
  const keptLanguage = cookieOf(cookies, 'hengjian-language');
  const keptTheme = cookieOf(cookies, 'hengjian-theme');
  const language = isLanguage(query.lang) ? query.lang : isLanguage(keptLanguage) ? keptLanguage : 'zh';
  const theme = isTheme(query.theme) ? query.theme : isTheme(keptTheme) ? keptTheme : 'system';
  return { language, theme, path: pathname, query, say: (zh, en) => (language === 'zh' ? zh : en) };
}

/** Cookies that keep a choice made in this very address for a year. */
export function cookiesOf({ query, language, theme }: View, secure: boolean): string[] {
  const keep = (name: string, value: string): string =>
    `${name}=${value}; Path=/; Max-Age=31536000; SameSite=Lax${secure ? '; Secure' : ''}`;
  return [
    ...(query.lang === language ? [keep('hengjian-language', language)] : []),
    ...(query.theme === theme ? [keep('hengjian-theme', theme)] : []),
  ];
}

/** An address within the portal; parameters that are empty are left out. */
export function address(path: string, query: Readonly<Record<string, string | undefined>> = {}): string {
  const kept = Object.entries(query).filter(
    (pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== '',
  );
  return kept.length === 0 ? path : `${path}?${new URLSearchParams(kept)}`;
}
