import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { RecordList, RecordRow } from '../api.ts';
import { queryString, request } from '../http.ts';
import { useSpeech } from '../i18n/language.ts';
import type { Choice } from '../kit/combobox.tsx';
import { recordQuery } from '../session.ts';
import { usePause } from './people.ts';

/** Records of one kind to choose from, found by what is typed; the chosen one stays among them under its title. */
export function useReferenceChoices(
  entity: string,
  value: string,
  state?: string,
): { rows: RecordRow[]; choices: Choice[]; search: (text: string) => void } {
  const { say } = useSpeech();
  const [typed, setTyped] = useState('');
  const q = usePause(typed.trim());
  const found = useQuery({
    queryKey: ['choices', entity, state, q],
    queryFn: ({ signal }) =>
      request<RecordList>(`/api/records${queryString({ entity, q, limit: 20, ...(state ? { state } : {}) })}`, {
        signal,
      }),
    enabled: entity !== '',
    placeholderData: keepPreviousData,
  });
  const chosen = useQuery({ ...recordQuery(value), enabled: value !== '' });
  const rows = found.data?.rows ?? [];
  const all = chosen.data && !rows.some((row) => row.id === value) ? [chosen.data, ...rows] : rows;
  return {
    rows: all,
    choices: all.map((row) => ({
      id: row.id,
      text: row.title,
      detail: [row.number, say(row.stateLabel), say(row.office.label)].filter(Boolean).join(' · '),
    })),
    search: (text) => {
      // Choosing writes the title into the box; that is no new question.
      if (!all.some((row) => row.title === text)) setTyped(text);
    },
  };
}
