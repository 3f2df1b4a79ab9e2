import type { Values } from '../action/form.ts';

/** What is written down while the caller speaks. */
export type Call = {
  kind: 'complaint' | 'report' | 'both';
  channel: 'phone' | 'counter' | 'letter';
  subjectId: string;
  subjectName: string;
  subjectCode: string;
  subjectKind: string;
  region: string;
  address: string;
  productName: string;
  category: string;
  matter: string;
  demand: string;
  amount: string;
  knownOn: string;
  facts: string;
  anonymous: boolean;
  insider: boolean;
  wantsReward: boolean;
  consentMediation: boolean;
  consentEntrust: boolean;
  consentPublish: boolean;
  person: { name: string; phone: string; address: string };
};

export const blankCall = (region: string): Call => ({
  kind: 'complaint',
  channel: 'phone',
  subjectId: '',
  subjectName: '',
  subjectCode: '',
  subjectKind: 'trader',
  region,
  address: '',
  productName: '',
  category: 'other',
  matter: '',
  demand: '',
  amount: '',
  knownOn: '',
  facts: '',
  anonymous: false,
  insider: false,
  wantsReward: false,
  consentMediation: true,
  consentEntrust: false,
  consentPublish: false,
  person: { name: '', phone: '', address: '' },
});

/** A call from a kept draft; what is missing there is blank. */
export function callFrom(values: Values, region: string): Call {
  const kept = values as Partial<Call>;
  return { ...blankCall(region), ...kept, person: { ...blankCall(region).person, ...kept.person } };
}

export const disputes = ({ kind }: Call): boolean => kind !== 'report';
export const offends = ({ kind }: Call): boolean => kind !== 'complaint';

/** Fields that are still to be asked, in the order of the page. */
export function missingIn(call: Call): (keyof Call | 'name' | 'phone')[] {
  const asked: [keyof Call | 'name' | 'phone', boolean][] = [
    ['subjectName', call.subjectName.trim() === ''],
    ['region', !/^\d{6}/.test(call.region)],
    ['matter', disputes(call) && call.matter.trim() === ''],
    ['demand', disputes(call) && call.demand.trim() === ''],
    ['facts', offends(call) && call.facts.trim() === ''],
    ['name', disputes(call) && call.person.name.trim() === ''],
    ['phone', disputes(call) && call.person.phone.trim() === ''],
  ];
  return asked.filter(([, missing]) => missing).map(([name]) => name);
}

/** The body that the server takes in; empty texts are left out. */
export function bodyOf(call: Call, id: string): Record<string, unknown> {
  const filled = Object.entries(call).filter(([, value]) => value !== '');
  return { ...Object.fromEntries(filled), subjectId: call.subjectId || null, id };
}
