import { pinyin } from 'pinyin-pro';

const han = /[\u3400-\u9fff]/;

/**
 * Words under which a text is found: Chinese as single characters and bigrams, pinyin initials of each run of up to twelve
 * characters, everything else in lower case as it stands and by its beginning (codes are searched by prefix).
 */
export function wordsOf(texts: readonly (string | null | undefined)[]): string[] {
  const words = new Set<string>();
  for (const text of texts) {
    if (!text) continue;
    for (const run of text.toLowerCase().split(/[^0-9a-z\u3400-\u9fff]+/)) {
      for (const part of run.match(/[\u3400-\u9fff]+|[0-9a-z]+/g) ?? []) {
        if (!han.test(part)) {
          words.add(part.slice(0, 60));
          continue;
        }
        for (let at = 0; at < part.length; at += 1) {
          words.add(part[at]!);
          if (at + 1 < part.length) words.add(part.slice(at, at + 2));
        }
        words.add(`~${pinyin(part.slice(0, 24), { pattern: 'first', toneType: 'none', type: 'array' }).join('')}`);
      }
    }
  }
  return [...words];
}

/** The same as the text of a tsvector; the words hold neither quote nor backslash. */
export function vectorOf(texts: readonly (string | null | undefined)[]): string {
  return wordsOf(texts)
    .map((word) => `'${word}'`)
    .join(' ');
}

/** The tsquery text of what somebody typed: all of it must be found; letters also match pinyin initials by their beginning. */
export function searchQuery(typed: string): string | null {
  const terms: string[] = [];
  for (const part of typed.toLowerCase().match(/[\u3400-\u9fff]+|[0-9a-z]+/g) ?? []) {
    if (!han.test(part)) {
      const code = part.slice(0, 60);
      terms.push(/^[a-z]+$/.test(code) ? `('${code}':* | '~${code}':*)` : `'${code}':*`);
    } else if (part.length === 1) terms.push(`'${part}'`);
    else for (let at = 0; at + 1 < part.length; at += 1) terms.push(`'${part.slice(at, at + 2)}'`);
  }
  return terms.length === 0 ? null : terms.slice(0, 40).join(' & ');
}
