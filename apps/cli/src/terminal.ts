import type { Label } from '@hengjian/kernel';

export type Language = 'zh' | 'en';

/** Where a command speaks, what it is told by the environment, and in which language. */
export interface Terminal {
  /** Results: what another program may read. */
  out(text: string): void;
  /** Everything that is not the result: progress, remarks, refusals. */
  err(text: string): void;
  /** Whether somebody watches the second stream, so that a bar may be redrawn. */
  watched: boolean;
  env: Record<string, string | undefined>;
  language: Language;
  /** A sentence in the language of the terminal. */
  say(zh: string, en: string): string;
  /** The words of a label. */
  label(label: Label): string;
}

/** Chinese unless `--lang` or, without it, LC_ALL, LC_MESSAGES or LANG names a language that is not Chinese. */
export function languageOf(args: readonly string[], env: Record<string, string | undefined>): Language {
  const at = args.findIndex((arg) => arg === '--lang' || arg.startsWith('--lang='));
  const asked = at < 0 ? undefined : args[at]!.includes('=') ? args[at]!.slice(7) : args[at + 1];
  if (asked === 'zh' || asked === 'en') return asked;
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  return locale === '' || locale.startsWith('zh') || /^(C|POSIX)(\.|$)/.test(locale) ? 'zh' : 'en';
}

export function createTerminal(
  args: readonly string[],
  parts: Pick<Terminal, 'out' | 'err' | 'watched' | 'env'>,
): Terminal {
  const language = languageOf(args, parts.env);
  return {
    ...parts,
    language,
    say: (zh, en) => (language === 'zh' ? zh : en),
    label: (label) => label[language],
  };
}

/** A table for reading: columns as wide as their widest cell, Chinese characters counted twice. */
export function formatTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...all.map((row) => widthOf(row[column] ?? ''))));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (column === row.length - 1 ? cell : cell + ' '.repeat(widths[column]! - widthOf(cell))))
      .join('  ')
      .trimEnd();
  return `${all.map(line).join('\n')}\n`;
}

function widthOf(text: string): number {
  let width = 0;
  for (const sign of text)
    width += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(sign)
      ? 2
      : 1;
  return width;
}

/** Whether something holds; null where there was nothing to check. */
export function mark(ok: boolean | null): string {
  return ok === null ? '–' : ok ? '✓' : '✗';
}
