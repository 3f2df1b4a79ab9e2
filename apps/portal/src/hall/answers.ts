import type { Label } from '../language.ts';

/** What the queries of the licensing domain answer, as far as the hall shows it. */
export interface Product extends Label {
  code: string;
  level?: string;
  policy?: string | null;
  policyBasis?: string;
}
export interface KindOutline extends Label {
  code: string;
  question: Label;
  subject: 'firm' | 'person';
  level: string;
  products: Product[];
}
export interface FormField extends Label {
  name: string;
  type: 'text' | 'number' | 'date';
  required: boolean;
  unit?: string;
}
interface ListedPaper extends Label {
  kind: string;
  heldIn?: string;
  condition?: string;
}
interface ListedClock {
  name: string;
  amount: number;
  unit: string;
  basis: string;
  confidence: string;
  extension?: { amount: number; basis: string };
}
export type Purpose = 'new' | 'change' | 'renewal' | 'reissue';
export interface KindInFull extends Label {
  code: string;
  subject: 'firm' | 'person';
  basis: { text: string; confidence: string }[];
  authority: { level: string; basis: string; confidence: string }[];
  products: Product[];
  form: { version: string; inForce: string; fields: FormField[] };
  fees: { item: Label; amount: string; basis: string }[];
  validity: { amount: number; unit: string; basis: string } | null;
  siteCheck: {
    when: string;
    team: [number, number];
    checklist: (Label & { code: string; weight: number; critical: boolean })[];
    pass: number;
  };
  test: { kind: string; basis: string };
  clocks: ListedClock[];
  commitment: { basis: string } | null;
  commitmentOpen: boolean;
  papersFor: Record<Purpose, ListedPaper[]>;
}
export interface Matters {
  account: { id: string; name: string; creditCode: string | null } | null;
  applications: {
    id: string;
    kind: string;
    purpose: Purpose;
    state: string;
    queryNumber: string | null;
    receivedOn: string | null;
    dueOn: string | null;
    kindName: Label;
    stateName: Label;
    officeName: Label | null;
  }[];
  licences: {
    id: string;
    kind: string;
    number: string;
    state: string;
    kindName: Label;
    validUntil: string | null;
    renewBy: string | null;
    today: string;
  }[];
  appointments: {
    id: string;
    day: string;
    time: string;
    counter: number;
    matter: string;
    state: string;
    officeName: Label | null;
  }[];
}
export interface ClockShown {
  label: Label;
  basis: string;
  startedOn: string;
  dueOn: string | null;
  status: string;
  steps: { date: string; zh: string; en: string }[];
}
export interface ApplicationShown {
  id: string;
  kind: Label & { code: string };
  purpose: Purpose;
  track: string;
  state: string;
  stateName: Label;
  office: Label | null;
  applicantName: string;
  products: Product[];
  queryNumber: string | null;
  querySecret: string | null;
  receivedOn: string | null;
  tacit: boolean | null;
  lateRenewal: boolean | null;
  form: { version: string; fields: FormField[] };
  formVersion: string;
  differences: { added: Label[]; removed: Label[]; changed: { to: Label }[] } | null;
  answers: { name: string; value: string }[];
  papers: (ListedPaper & { attached: boolean })[];
  commitmentNeeded: boolean;
  commitmentAttached: boolean;
  missing: { paper: string; demand: string }[] | null;
  demands: string | null;
  reason: string | null;
  laboratoryName: string | null;
  laboratories: { organisation: string; name: string; certificate: string }[];
  licence: string | null;
  documents: { id: string; kind: string; title: string; number: string | null; issued: boolean }[];
  may: { name: string; label: Label }[];
  clocks: ClockShown[];
}
export interface FreeSlot {
  office: string;
  officeName: Label | null;
  day: string;
  time: string;
  free: number;
}
export interface PublicLicence {
  entry: string;
  licence: string;
  kindName: Label;
  number: string;
  holder: string;
  holderCode: string | null;
  status: string;
  exit: string | null;
  validFrom: string;
  validUntil: string | null;
  address: string | null;
  issuedOn: string;
  commitment: string;
  office: string;
  productNames: Product[];
  publishedAt: string;
  withdrawnAt?: string | null;
  why?: string | null;
}
export interface Outcome {
  kindName: Label;
  stateName: Label;
  reason: string | null;
  on: string;
}
