import { applicationIdentifiers } from './application-identifiers.ts';
import type { Gs1Element } from './element-string.ts';
import { type Checked, type IssuerOption, type Problem, settle } from './result.ts';
import { remark, type Subject } from './shape.ts';

const SUBJECT: Subject = { code: 'gs1-combination', zh: 'GS1应用标识符组合', en: 'GS1 combination' };

// GS1 General Specifications 4.13 (invalid pairs) and 4.14 (mandatory associations): identifier or run of identifiers, what
// it needs (alternatives by comma, all of a group by plus), and what may not stand beside it. `n` is any digit.
const ROWS = `01||255,37
02|37|01,03
10 11 13 15 16 20 240 241|01,02,03,8006,8026|
12|8020|
17|01,02,03,255,8006,8026|
21|01,03,8006|235
22 235 8200|01|
242|01,02,8006,8026|
243|01,03|
250|01+21,03+21,8006+21|
251 8012|01,03,8006|
254|414|
255||01,02,415,8006,8020,8026
30 7005 7006 7007 7008 703n 8005|01,02|
310n|01,02|310n
311n|01,02|311n
312n|01,02|312n
313n|01,02|313n
314n|01,02|314n
315n|01,02|315n
316n|01,02|316n
330n|00,01|330n
331n|00,01|331n
332n|00,01|332n
333n|00,01|333n
334n|00,01|334n
335n|00,01|335n
336n|00,01|336n
337n|01|337n
37|00+02,00+8026|
390n|255,8020|390n,391n,394n,8111
391n|8020|391n
392n|01+30,01+31nn,01+32nn,01+35nn,01+36nn|392n,393n
393n|30,31nn,32nn,35nn,36nn|393n
395n|30,31nn,32nn,35nn,36nn|392n,393n,395n,8005
403|00|
415|8020|
420||421
422|01,02,03,8006,8026|426
423 424 425|01,02,03|426
426 7003 7011 8008|01,02,03|
427|01+422,02+422,03+422|
7004|01+10,03+10|
723n|01,8004|
8006||01,03,37
8011|8010|
8017||8018
8018||8017
8019|8017,8018|
8020|415|
8026|37|02,03,8006
8030|00,01+21,03+21,253,255,8003,8004,8006+21,8010+8011,8017,8018|`;

interface Rule {
  readonly subjects: readonly RegExp[];
  readonly needs: readonly (readonly RegExp[])[];
  readonly bars: readonly RegExp[];
  readonly needsText: string;
}

const split = (text: string, by: string): string[] => (text === '' ? [] : text.split(by));
const pattern = (code: string): RegExp => new RegExp(`^${code.replaceAll('n', '\\d')}$`);

const RULES: readonly Rule[] = ROWS.split('\n').map((row) => {
  const [subjects = '', needs = '', bars = ''] = row.split('|');
  return {
    subjects: split(subjects, ' ').map(pattern),
    needs: split(needs, ',').map((group) => split(group, '+').map(pattern)),
    bars: split(bars, ',').map(pattern),
    needsText: needs,
  };
});

/** Keys whose serial part is optional, with the length they have without it: a signature needs the serial. */
const UNSERIALISED: Readonly<Record<string, number>> = { 253: 13, 255: 13, 8003: 14 };
const SIGNATURE = '8030';

/**
 * Whether GS1 elements may stand together: what one needs beside it and what excludes another (GS1 General Specifications 4.13,
 * 4.14). The values themselves are the parsers' business. With `issuedBy: 'others'` every finding is a warning, as a label can
 * be recorded as it is printed.
 */
export function checkCombination(
  elements: readonly Gs1Element[],
  options: IssuerOption = {},
): Checked<readonly Gs1Element[]> {
  const found = elements.flatMap((element, index) => [
    ...missing(element, elements),
    ...excluded(element, elements.slice(index + 1), elements),
    ...unserialised(element, elements),
  ]);
  const others = options.issuedBy === 'others';
  return settle(others ? [] : found, others ? found : [], () => elements);
}

function ruleOf(identifier: string): Rule | undefined {
  return RULES.find(({ subjects }) => subjects.some((subject) => subject.test(identifier)));
}

function missing({ identifier }: Gs1Element, elements: readonly Gs1Element[]): Problem[] {
  const rule = ruleOf(identifier);
  if (rule === undefined || rule.needs.length === 0) return [];
  const stands = (wanted: RegExp): boolean =>
    elements.some((other) => other.identifier !== identifier && wanted.test(other.identifier));
  if (rule.needs.some((group) => group.every(stands))) return [];
  const expected = rule.needsText.replaceAll(',', ' / ');
  return [
    remark(
      SUBJECT,
      'missing',
      { found: identifier, expected },
      `${named(identifier, 'zh')}不能单独出现，应与（${expected}）之一同时使用。`,
      `${named(identifier, 'en')} must stand together with one of (${expected}).`,
    ),
  ];
}

/** Pairs are found from whichever side names the other, and once. */
function excluded(element: Gs1Element, later: readonly Gs1Element[], all: readonly Gs1Element[]): Problem[] {
  const bars = (one: string, other: string): boolean => ruleOf(one)?.bars.some((bar) => bar.test(other)) === true;
  return later
    .filter(
      ({ identifier: other }) => all.length > 1 && (bars(element.identifier, other) || bars(other, element.identifier)),
    )
    .map(({ identifier: other }) =>
      remark(
        SUBJECT,
        'excluded',
        { found: other },
        `${named(element.identifier, 'zh')}与${named(other, 'zh')}不能同时出现。`,
        `${named(element.identifier, 'en')} and ${named(other, 'en')} may not stand together.`,
      ),
    );
}

function unserialised({ identifier, value }: Gs1Element, elements: readonly Gs1Element[]): Problem[] {
  const bare = UNSERIALISED[identifier];
  const signed = elements.some((other) => other.identifier === SIGNATURE);
  if (!signed || bare === undefined || value.length > bare) return [];
  return [
    remark(
      SUBJECT,
      'unserialised',
      { found: identifier },
      `有数字签名（8030）时，${named(identifier, 'zh')}应带序列号。`,
      `With a digital signature (8030), ${named(identifier, 'en')} must carry its serial part.`,
    ),
  ];
}

function named(identifier: string, language: 'zh' | 'en'): string {
  const known = applicationIdentifiers.get(identifier);
  return language === 'zh' ? `（${identifier}）${known?.zh ?? ''}` : `(${identifier}) ${known?.title ?? ''}`;
}
