import {
  type Gs1Element,
  isCreditCode,
  parseDigitalLink,
  parseElementString,
  parseGtin,
  resolveGs1Date,
} from '@hengjian/identifiers';

/** What a code that was read says. Dates are YYYY-MM-DD. */
export type Meaning = {
  text: string;
  gtin?: string;
  batch?: string;
  producedOn?: string;
  bestBefore?: string;
  serial?: string;
  /** Credit code of a firm, as business licences carry it. */
  enterprise?: string;
};

const creditCode = /[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}/g;

/** Reads a text as a GS1 Digital Link, a GS1 element string, a barcode number, or something that holds a credit code; else it is only text. */
export function meaningOf(text: string, today: string): Meaning {
  const plain = text.trim();
  if (/^https?:\/\//i.test(plain)) {
    const link = parseDigitalLink(plain, { issuedBy: 'others' });
    if (link.ok) return { text: plain, ...ofElements(link.value.elements, today) };
  }
  if (/^\d{8}$|^\d{12,14}$/.test(plain) && parseGtin(plain).ok) return { text: plain, gtin: plain };
  const elements = parseElementString(plain, { issuedBy: 'others' });
  if (elements.ok && elements.value.some(({ identifier }) => identifier === '01'))
    return { text: plain, ...ofElements(elements.value, today) };
  const code = (plain.match(creditCode) ?? []).find(isCreditCode);
  return code === undefined ? { text: plain } : { text: plain, enterprise: code };
}

function ofElements(elements: readonly Gs1Element[], today: string): Omit<Meaning, 'text'> {
  const of = (ai: string): string | undefined => elements.find(({ identifier }) => identifier === ai)?.value;
  const day = (ai: string): string | undefined => {
    const value = of(ai);
    return value === undefined ? undefined : resolveGs1Date(value, Number(today.slice(0, 4)));
  };
  const meaning = {
    gtin: of('01'),
    batch: of('10'),
    producedOn: day('11'),
    bestBefore: day('15') ?? day('17'),
    serial: of('21'),
  };
  return Object.fromEntries(Object.entries(meaning).filter(([, value]) => value !== undefined));
}
