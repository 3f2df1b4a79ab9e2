/** The question put to sampling.plan-design: as an address, as parameters, and as a scheme already holds it. */

/** `fixed`: the detailed rules fix n and c, the usual case, which asks for nothing else. */
export const bases = ['fixed', 'aql', 'risk'] as const;
export type Basis = (typeof bases)[number];

const names = [
  'lot',
  'level',
  'aql',
  'n',
  'c',
  'rule',
  'acceptable',
  'limiting',
  'population',
  'batches',
  'visitCost',
  'unitPrice',
  'testingFee',
] as const;
export type Part = (typeof names)[number];
export type Question = { basis: Basis } & Record<Part, string>;

export const levels = ['S-1', 'S-2', 'S-3', 'S-4', 'I', 'II', 'III'];

/** Preferred acceptance quality limits in per cent nonconforming (GB/T 2828.1-2012, table 2, series up to 10). */
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

const usual: Question = {
  basis: 'fixed',
  lot: '',
  level: 'II',
  aql: '2.5',
  n: '8',
  c: '0',
  rule: '',
  acceptable: '1',
  limiting: '10',
  population: '',
  batches: '',
  visitCost: '',
  unitPrice: '',
  testingFee: '',
};

function basisFrom(value: unknown): Basis {
  return bases.find((basis) => basis === value) ?? 'fixed';
}

/** The question in an address; what it leaves out is as usual. */
export function readQuestion(search: URLSearchParams): Question {
  const question: Question = { ...usual, basis: basisFrom(search.get('basis')) };
  if (question.basis === 'aql') question.lot = '500';
  for (const name of names) question[name] = search.get(name) ?? question[name];
  return question;
}

/** The question as an address: only what is not as usual and not empty. */
export function writeQuestion(question: Question): Record<string, string> {
  const kept = names.filter((name) => question[name] !== '').map((name) => [name, question[name]] as const);
  return { basis: question.basis, ...Object.fromEntries(kept) };
}

const fieldOf: Partial<Record<Part, string>> = {
  lot: 'lotSize',
  n: 'sampleSize',
  c: 'acceptance',
  rule: 'nationalRule',
  acceptable: 'acceptableQuality',
  limiting: 'limitingQuality',
};

/** The question that a scheme has answered for itself, from the fields it holds. */
export function questionOf(fields: Record<string, unknown>): Question {
  const question: Question = { ...usual, basis: basisFrom(fields.designBasis) };
  for (const name of names) {
    const value = fields[fieldOf[name] ?? name];
    if (typeof value === 'string' || typeof value === 'number') question[name] = String(value);
  }
  return question;
}

const asked: Record<Basis, Part[]> = {
  fixed: ['n', 'c', 'rule'],
  aql: ['level', 'aql'],
  risk: ['acceptable', 'limiting'],
};
const always: Part[] = ['lot', 'population', 'batches', 'visitCost', 'unitPrice', 'testingFee'];

/** Only the parameters of the chosen basis are asked, so that one can never contradict another. */
export function parametersOf(question: Question): Record<string, string> {
  const parts = [...asked[question.basis], ...always].filter((name) => question[name] !== '');
  return { basis: question.basis, ...Object.fromEntries(parts.map((name) => [name, question[name]])) };
}

const wholeNumber = /^\d{1,9}$/;
const decimalNumber = /^\d{1,9}(\.\d{1,6})?$/;

/** The names of the parts that cannot be what they must be. */
export function faults(question: Question): Part[] {
  const { basis, lot, n, c } = question;
  const found: Part[] = [];
  const whole = (name: Part) => wholeNumber.test(question[name]);
  if (basis === 'aql' ? !whole('lot') || Number(lot) < 2 : lot !== '' && !whole('lot')) found.push('lot');
  if (basis === 'fixed') {
    if (!whole('n') || Number(n) < 1 || (whole('lot') && Number(n) > Number(lot))) found.push('n');
    if (!whole('c') || Number(c) >= Number(n)) found.push('c');
  }
  if (basis === 'risk') {
    const decimals = decimalNumber.test(question.acceptable) && decimalNumber.test(question.limiting);
    if (!decimals || Number(question.acceptable) >= Number(question.limiting)) found.push('limiting');
  }
  for (const name of ['population', 'batches'] as const) if (question[name] !== '' && !whole(name)) found.push(name);
  for (const name of ['visitCost', 'unitPrice', 'testingFee'] as const) {
    if (question[name] !== '' && !decimalNumber.test(question[name])) found.push(name);
  }
  return found;
}
