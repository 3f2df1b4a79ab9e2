import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queryString, request } from '../http.ts';
import { useSpeech } from '../i18n/language.ts';
import type { Choice } from '../kit/combobox.tsx';
import type { CodeListName } from './choosing.ts';
import { usePause } from './people.ts';

/** An entry of a list of codes. */
export type Coded = { code: string; zh: string; en: string; within: string; more: boolean };

function codesQuery(list: CodeListName, asked: Record<string, string>) {
  return queryOptions({
    queryKey: ['codes', list, asked],
    queryFn: ({ signal }) =>
      request<{ codes: Coded[] }>(`/api/codes/${list}${queryString(asked)}`, { signal }).then(({ codes }) => codes),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** The names of codes that a page shows, by code; codes that the list lacks are left out. */
export function useCodeNames(list: CodeListName, codes: readonly string[]): Map<string, Coded> {
  const asked = [...new Set(codes)].sort().slice(0, 1000).join(',');
  const found = useQuery({
    ...codesQuery(list, { codes: asked }),
    enabled: asked !== '',
    placeholderData: keepPreviousData,
  });
  const names = new Map<string, Coded>();
  for (const one of found.data ?? []) {
    names.set(one.code, one);
    // Regions are kept as prefixes of their codes, too.
    if (list === 'regions') names.set(one.code.replace(/(?:00){1,2}$/, ''), one);
  }
  return names;
}

/** Codes by name, code or pinyin initials; before anything is typed, what lies at the top or below `parent`. */
export function useCodes(
  list: CodeListName,
  chosen: readonly string[],
  parent = '',
): { codes: Coded[]; choices: Choice[]; search: (text: string) => void; names: Map<string, Coded> } {
  const { say } = useSpeech();
  const [typed, setTyped] = useState('');
  const q = usePause(typed.trim());
  const found = useQuery({ ...codesQuery(list, q ? { q } : { parent }), placeholderData: keepPreviousData });
  const names = useCodeNames(list, chosen);
  const held = chosen.flatMap((code) => names.get(code) ?? []);
  const codes = [...new Map([...held, ...(found.data ?? [])].map((one) => [one.code, one])).values()];
  return {
    codes,
    names,
    choices: codes.map((one) => ({
      id: one.code,
      text: say(one),
      detail: [one.within, one.code].filter(Boolean).join(' · '),
    })),
    search: (text) => {
      if (!codes.some((one) => say(one) === text)) setTyped(text);
    },
  };
}
