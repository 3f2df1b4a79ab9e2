/** The question put to sampling.plan-design, as an address and as parameters. */

/** `given`: the detailed rules fix n and c, which is the usual case and asks for nothing else. `derived`: from lot, level and AQL. */
export type Mode = 'given' | 'derived';
export type Question = { mode: Mode; product: string; lot: string; level: string; aql: string; n: string; c: string };

export const levels = ['S-1', 'S-2', 'S-3', 'S-4', 'I', 'II', 'III'];

/** Preferred acceptance quality limits in per cent nonconforming (GB/T 2828.1 / ISO 2859-1, series up to 10). */
export const limits = [
  '0.010',
  '0.015',
  '0.025',
  '0.040',
  '0.065',
  '0.10',
  '0.15',
  '0.25',
  '0.40',
  '0.65',
  '1.0',
  '1.5',
  '2.5',
  '4.0',
  '6.5',
  '10',
];

export function readQuestion(search: URLSearchParams): Question {
  const mode = search.get('mode') === 'derived' ? 'derived' : 'given';
  const get = (name: string, fallback: string) => search.get(name) ?? fallback;
  return {
    mode,
    product: get('product', ''),
    lot: get('lot', mode === 'derived' ? '500' : ''),
    level: get('level', 'II'),
    aql: get('aql', '2.5'),
    n: get('n', '8'),
    c: get('c', '0'),
  };
}

/** Only the parameters of the chosen way are asked, so that one can never contradict the other. */
export function parametersOf(question: Question): Record<string, string> {
  const { mode, product, lot, level, aql, n, c } = question;
  const shared = { ...(product ? { product } : {}), ...(lot ? { lot } : {}) };
  return mode === 'given' ? { ...shared, n, c } : { ...shared, level, aql };
}

const wholeNumber = /^\d{1,7}$/;

/** The names of the fields that cannot be what they must be. */
export function faults(question: Question): ('lot' | 'n' | 'c')[] {
  const found: ('lot' | 'n' | 'c')[] = [];
  const { mode, lot, n, c } = question;
  if (mode === 'derived' ? !wholeNumber.test(lot) || Number(lot) < 2 : lot !== '' && !wholeNumber.test(lot))
    found.push('lot');
  if (mode === 'given') {
    if (!wholeNumber.test(n) || Number(n) < 1 || (wholeNumber.test(lot) && Number(n) > Number(lot))) found.push('n');
    if (!wholeNumber.test(c) || Number(c) >= Number(n)) found.push('c');
  }
  return found;
}
