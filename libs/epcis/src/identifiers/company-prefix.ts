/** The number of digits of the GS1 company prefix that a key begins with; `undefined` where it is not known. */
export type CompanyPrefixLength = (keyDigits: string) => number | undefined;

interface TrieText {
  readonly trie: string;
}

const OPEN = 40;
const ABSENT = 46;
const FIRST_RUN = 103;

/**
 * Makes a look-up from a digit trie written as text: `(` opens the ten children of a digit, a hexadecimal digit is a
 * length, `.` is not allotted, and a letter g … n after a sign repeats it 3 … 10 times in all.
 */
export function companyPrefixLengthFrom(table: TrieText): CompanyPrefixLength {
  // Ten slots for every opened digit: 0 nothing, positive a length, negative the next group of ten slots.
  const slots: number[] = [];
  const text = table.trie;
  let at = 0;
  const readGroup = (): number => {
    const group = slots.length;
    for (let index = 0; index < 10; index++) slots.push(0);
    at++;
    for (let digit = 0; digit < 10; ) {
      const sign = text.charCodeAt(at);
      if (sign === OPEN) {
        slots[group + digit] = -readGroup();
        digit++;
        continue;
      }
      const value = sign === ABSENT ? 0 : Number.parseInt(text[at]!, 16);
      at++;
      let count = 1;
      if (text.charCodeAt(at) >= FIRST_RUN) count = text.charCodeAt(at++) - FIRST_RUN + 3;
      while (count-- > 0) slots[group + digit++] = value;
    }
    return group;
  };
  readGroup();
  return (keyDigits) => {
    let group = 0;
    for (let index = 0; index < keyDigits.length; index++) {
      const digit = keyDigits.charCodeAt(index) - 48;
      if (digit < 0 || digit > 9) return undefined;
      const slot = slots[group + digit]!;
      if (slot > 0) return slot;
      if (slot === 0) return undefined;
      group = -slot;
    }
    return undefined;
  };
}

/** Tries look-ups in turn; the first answer counts. */
export function firstKnownLength(...lookups: readonly (CompanyPrefixLength | undefined)[]): CompanyPrefixLength {
  return (keyDigits) => {
    for (const lookup of lookups) {
      const length = lookup?.(keyDigits);
      if (length !== undefined) return length;
    }
    return undefined;
  };
}
