/** The two languages of the console. Keys are checked at compile time: English must have every Chinese key, and no other. */
import type { Label } from '../api.ts';
import { Problem } from '../http.ts';
import { type Language, usePreferences } from '../preferences.ts';
import { enBench } from './en-bench.ts';
import { enCase } from './en-case.ts';
import { enComplaints } from './en-complaints.ts';
import { enDesk } from './en-desk.ts';
import { enExchange } from './en-exchange.ts';
import { enInsight } from './en-insight.ts';
import { enLoop } from './en-loop.ts';
import { enMonitoring } from './en-monitoring.ts';
import { enOffice } from './en-office.ts';
import { enWork } from './en-work.ts';
import { zhBench } from './zh-bench.ts';
import { zhCase } from './zh-case.ts';
import { zhComplaints } from './zh-complaints.ts';
import { zhDesk } from './zh-desk.ts';
import { zhExchange } from './zh-exchange.ts';
import { zhInsight } from './zh-insight.ts';
import { zhLoop } from './zh-loop.ts';
import { zhMonitoring } from './zh-monitoring.ts';
import { zhOffice } from './zh-office.ts';
import { zhWork } from './zh-work.ts';

const zh = {
  ...zhDesk,
  ...zhWork,
  ...zhLoop,
  ...zhBench,
  ...zhOffice,
  ...zhExchange,
  ...zhInsight,
  ...zhMonitoring,
  ...zhComplaints,
  ...zhCase,
};
const en = {
  ...enDesk,
  ...enWork,
  ...enLoop,
  ...enBench,
  ...enOffice,
  ...enExchange,
  ...enInsight,
  ...enMonitoring,
  ...enComplaints,
  ...enCase,
};

export type MessageKey = keyof typeof zh;
type Values = Record<string, string | number>;

const dictionaries: Record<Language, Record<MessageKey, string>> = { zh, en };

/** Fills `{name}`, and `{n|day|days}` by number: first form for one, second for any other. */
export function fill(text: string, values: Values = {}): string {
  return text.replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (whole, name: string, one?: string, other?: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    if (one === undefined) return String(value);
    return Number(value) === 1 ? one : (other ?? '');
  });
}

export type Speech = {
  language: Language;
  t: (key: MessageKey, values?: Values) => string;
  /** The reader's side of a label that the server sent. */
  say: (label: Label | null | undefined) => string;
  /** The reader's sentence for anything that was thrown. */
  explain: (error: unknown) => string;
};

export function speechIn(language: Language): Speech {
  const dictionary = dictionaries[language];
  return {
    language,
    t: (key, values) => fill(dictionary[key], values),
    say: (label) => (label ? label[language] || label.zh || label.en : ''),
    explain: (error) => {
      if (error instanceof Problem) return error[language];
      return dictionary['problem.unknown'];
    },
  };
}

const speeches: Record<Language, Speech> = { zh: speechIn('zh'), en: speechIn('en') };

export function useSpeech(): Speech {
  return speeches[usePreferences().language];
}
