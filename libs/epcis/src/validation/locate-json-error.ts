const TOKEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them in strings
  /[\t\n\r ]*(?:([{}[\],:])|("(?:[^"\\\u0000-\u001F]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null))/y;

/**
 * Where a text stops being JSON: line and column from 1. Engines word their errors differently and seldom give the place.
 */
export function locateJsonError(text: string): { readonly line: number; readonly column: number } {
  const at = skipBlanks(text, findEnd(text));
  const before = text.slice(0, at).split('\n');
  return { line: before.length, column: before.at(-1)!.length + 1 };
}

function skipBlanks(text: string, at: number): number {
  return at + /^[\t\n\r ]*/.exec(text.slice(at))![0].length;
}

/** Index after the last token that fits. */
function findEnd(text: string): number {
  const open: ('{' | '[')[] = [];
  let expected: 'value' | 'key' | 'colon' | 'comma' | 'nothing' = 'value';
  let fresh = false;
  let at = 0;
  for (;;) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (match === null) return at;
    const [, sign, string] = match;
    const closes = (sign === '}' && open.at(-1) === '{') || (sign === ']' && open.at(-1) === '[');
    if (expected === 'nothing') return at;
    if (closes && (expected === 'comma' || fresh)) {
      open.pop();
      expected = open.length === 0 ? 'nothing' : 'comma';
      fresh = false;
    } else if (expected === 'value' && (sign === '{' || sign === '[')) {
      open.push(sign);
      expected = sign === '{' ? 'key' : 'value';
      fresh = true;
    } else if (expected === 'value' && sign === undefined) {
      expected = open.length === 0 ? 'nothing' : 'comma';
      fresh = false;
    } else if (expected === 'key' && string !== undefined) {
      expected = 'colon';
      fresh = false;
    } else if (expected === 'colon' && sign === ':') {
      expected = 'value';
    } else if (expected === 'comma' && sign === ',') {
      expected = open.at(-1) === '{' ? 'key' : 'value';
    } else {
      return at;
    }
    at = TOKEN.lastIndex;
  }
}
