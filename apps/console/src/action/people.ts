import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Label } from '../api.ts';
import { Problem, queryString, request } from '../http.ts';
import { useSpeech } from '../i18n/language.ts';
import type { Choice } from '../kit/combobox.tsx';

/** Somebody who may be named in a form: a person in a post. */
export type Colleague = {
  person: string;
  name: string;
  role: string;
  roleLabel: Label;
  place: Label;
  organisation: { id: string; name: string } | null;
};

/** People by name or initials. `available` is false on an installation that offers no directory of people. */
export function usePeople(): {
  people: Colleague[];
  choices: Choice[];
  search: (text: string) => void;
  available: boolean;
} {
  const { say } = useSpeech();
  const [typed, setTyped] = useState('');
  const [q, setQ] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setQ(typed.trim()), 200);
    return () => clearTimeout(timer);
  }, [typed]);
  const found = useQuery({
    queryKey: ['people', q],
    queryFn: ({ signal }) => request<{ people: Colleague[] }>(`/api/people${queryString({ q })}`, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  const people = found.data?.people ?? [];
  const once = [...new Map(people.map((one) => [one.person, one])).values()];
  return {
    people,
    choices: once.map((one) => ({
      id: one.person,
      text: one.name,
      detail: `${say(one.roleLabel)} · ${one.organisation?.name ?? say(one.place)}`,
    })),
    search: (text) => {
      if (!once.some((one) => one.name === text)) setTyped(text);
    },
    available: !(found.error instanceof Problem && found.error.status === 404),
  };
}
