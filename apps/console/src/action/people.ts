import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Label } from '../api.ts';
import { queryString, request } from '../http.ts';
import { useSpeech } from '../i18n/language.ts';
import type { Choice } from '../kit/combobox.tsx';

/** Somebody who may be named in a form: a person in a post. */
export type Colleague = {
  person: string;
  name: string;
  role: string;
  roleLabel: Label;
  place: Label;
  office: string | null;
  organisation: { id: string; name: string } | null;
  actingFor: string | null;
};

/** People whom the present post may name; what is asked narrows them, never widens. */
export function peopleQuery(asked: Record<string, string>) {
  return queryOptions({
    queryKey: ['people', asked],
    queryFn: ({ signal }) =>
      request<{ people: Colleague[] }>(`/api/people${queryString(asked)}`, { signal }).then(({ people }) => people),
    staleTime: 60_000,
  });
}

/** What was typed, once the typing pauses. */
export function usePause(typed: string): string {
  const [settled, setSettled] = useState(typed);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(typed), 200);
    return () => clearTimeout(timer);
  }, [typed]);
  return settled;
}

/** People by name, initials, post, organ or body; the chosen one stays among them under his name. */
export function usePeople(
  { roles, prefer }: { roles?: readonly string[] | undefined; prefer?: readonly string[] | undefined },
  value: string,
): { people: Colleague[]; choices: Choice[]; search: (text: string) => void } {
  const { t, say } = useSpeech();
  const [typed, setTyped] = useState('');
  const q = usePause(typed.trim());
  const narrowed = { ...(roles ? { roles: roles.join(',') } : {}), ...(prefer ? { prefer: prefer.join(',') } : {}) };
  const found = useQuery({ ...peopleQuery({ ...narrowed, ...(q ? { q } : {}) }), placeholderData: keepPreviousData });
  const chosen = useQuery({ ...peopleQuery({ people: value, ...narrowed }), enabled: value !== '' });
  const people = [...(chosen.data ?? []), ...(found.data ?? [])];
  const once = [...new Map(people.map((one) => [one.person, one] as const).reverse()).values()].reverse();
  return {
    people,
    choices: once.map((one) => ({
      id: one.person,
      text: one.name,
      detail: [say(one.roleLabel), say(one.place), one.actingFor && t('people.acting-for', { name: one.actingFor })]
        .filter(Boolean)
        .join(' · '),
    })),
    search: (text) => {
      // Choosing writes the name into the box; that is no new question.
      if (!once.some((one) => one.name === text)) setTyped(text);
    },
  };
}
