import dictionary from '../artefacts/gs1-syntax-dictionary.json' with { type: 'json' };

/** A run of characters in the value of an application identifier. */
export interface SyntaxComponent {
  readonly characters: 'N' | 'X' | 'Y' | 'Z';
  readonly minimum: number;
  readonly maximum: number;
  readonly optional: boolean;
  /** Names of linters. */
  readonly linters: readonly string[];
}

/** One application identifier as the GS1 Barcode Syntax Dictionary describes it. */
export interface SyntaxEntry {
  readonly code: string;
  readonly title: string;
  readonly components: readonly SyntaxComponent[];
  /** Every group must be met: one of its alternatives, all of whose identifiers are present. `n` stands for any digit. */
  readonly required: readonly (readonly (readonly string[])[])[];
  /** Identifiers that may not stand beside it. */
  readonly excluded: readonly string[];
  /** Present for primary keys of a Digital Link: alternative runs of qualifiers. */
  readonly qualifiers?: readonly (readonly string[])[];
}

const ENTRIES = new Map<string, SyntaxEntry>();
for (const row of dictionary.rows) readRow(row);

function readRow(row: string): void {
  const [body = '', title = ''] = row.split(' # ');
  const [codes = '', ...tokens] = body.split(' ');
  const components: SyntaxComponent[] = [];
  const required: string[][][] = [];
  const excluded: string[] = [];
  let qualifiers: string[][] | undefined;
  for (const token of tokens) {
    const [name = '', value] = token.split('=') as [string, string?];
    if (/^\[?[NXYZ]\d*(?:\.\.)?\d/.test(token)) components.push(readComponent(token));
    else if (name === 'req' && value !== undefined) required.push(value.split(',').map((one) => one.split('+')));
    else if (name === 'ex' && value !== undefined) excluded.push(...value.split(','));
    else if (name === 'dlpkey') qualifiers = (value ?? '').split('|').map((run) => (run === '' ? [] : run.split(',')));
  }
  const [first = '', last = first] = codes.split('-') as [string, string?];
  for (let number = Number(first); number <= Number(last); number++) {
    const code = String(number).padStart(first.length, '0');
    ENTRIES.set(code, {
      code,
      title,
      components,
      required,
      excluded,
      ...(qualifiers === undefined ? {} : { qualifiers }),
    });
  }
}

function readComponent(token: string): SyntaxComponent {
  const [kind = '', ...linters] = token.replace(/[[\]]/g, '').split(',');
  const maximum = Number(/\d+$/.exec(kind)![0]);
  return {
    characters: kind[0] as SyntaxComponent['characters'],
    minimum: kind.includes('..') ? 1 : maximum,
    maximum,
    optional: token.startsWith('['),
    linters,
  };
}

/** All application identifiers of the GS1 Barcode Syntax Dictionary, by code. */
export const syntaxDictionary: ReadonlyMap<string, SyntaxEntry> = ENTRIES;
