import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useEffect, useId, useRef, useState } from 'react';
import { useMatch, useNavigate } from 'react-router';
import type { SearchResult } from '../api.ts';
import { request } from '../http.ts';
import { useSpeech } from '../i18n/language.ts';
import { Dialog } from '../kit/dialog.tsx';
import { creatingActions, recordQuery, useDeclarations, useMe } from '../session.ts';
import { placesFor } from './places.ts';

type Entry = { id: string; text: string; detail: string; to: string };
type Section = { title: string; entries: Entry[] };

function matches(entry: Entry, words: string[]): boolean {
  const text = `${entry.text} ${entry.detail} ${entry.to}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

/** What may be done now: the open record's actions, new records, places. */
function useCommands(typed: string): Section[] {
  const speech = useSpeech();
  const { t, say } = speech;
  const { entities } = useDeclarations();
  const open = useMatch('/record/:id');
  const me = useMe();
  const id = open?.params.id ?? '';
  const record = useQuery({ ...recordQuery(id), enabled: id !== '' });
  const here = (record.data?.can ?? [])
    .filter((can) => can.enabled)
    .map((can) => ({
      id: `act-${can.action}`,
      text: say(can.label),
      detail: record.data?.title ?? '',
      to: `/record/${id}/act/${can.action}`,
    }));
  const creating = entities.flatMap((entity) =>
    creatingActions(entity).map((action) => ({
      id: `new-${entity.name}-${action.name}`,
      text: say(action.label),
      detail: say(entity.label),
      to: `/new/${entity.name}/${action.name}`,
    })),
  );
  const places = placesFor(entities, speech, me.grant?.role).flatMap((group) =>
    group.places.map((place) => ({ id: place.to, text: place.text, detail: group.title, to: place.to })),
  );
  const words = typed.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const sections = [
    { title: t('palette.here'), entries: here },
    { title: t('palette.new'), entries: creating },
    { title: t('palette.go'), entries: places },
  ];
  return sections.map(({ title, entries }) => ({ title, entries: entries.filter((entry) => matches(entry, words)) }));
}

function useFound(typed: string): { sections: Section[]; searching: boolean } {
  const { say } = useSpeech();
  const text = useDeferredValue(typed.trim());
  const [settled, setSettled] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), 150);
    return () => clearTimeout(timer);
  }, [text]);
  const found = useQuery({
    queryKey: ['search', settled],
    queryFn: ({ signal }) => request<SearchResult>(`/api/search?q=${encodeURIComponent(settled)}`, { signal }),
    enabled: settled !== '',
    placeholderData: keepPreviousData,
  });
  const groups = settled === '' ? [] : (found.data?.groups ?? []);
  return {
    searching: found.isFetching,
    sections: groups.map((group) => ({
      title: say(group.label),
      entries: group.rows.slice(0, 6).map((row) => ({
        id: row.id,
        text: row.title,
        detail: [row.number, say(row.stateLabel), say(row.office.label)].filter(Boolean).join(' · '),
        to: `/record/${row.id}`,
      })),
    })),
  };
}

/** One box for everything: records by code, name, pinyin, number or date; commands and places. */
export function Palette({ kind, onClose }: { kind: 'search' | 'command'; onClose: () => void }) {
  const { t } = useSpeech();
  const navigate = useNavigate();
  const listId = useId();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const commands = useCommands(typed);
  const { sections: found, searching } = useFound(typed);
  const sections = (kind === 'search' ? [...found, ...(typed ? commands : [])] : [...commands, ...found]).filter(
    (section) => section.entries.length > 0,
  );
  const entries = sections.flatMap((section) => section.entries);
  const active = Math.min(at, Math.max(0, entries.length - 1));
  const list = useRef<HTMLDivElement>(null);
  const optionId = (index: number) => `${listId}-${index}`;

  useEffect(() => {
    list.current?.querySelector('[data-focused]')?.scrollIntoView({ block: 'nearest' });
  });

  function go(to: string): void {
    onClose();
    navigate(to);
  }

  function onKey(event: React.KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && entries.length > 0) {
      event.preventDefault();
      setAt((active + step + entries.length) % entries.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const chosen = entries[active];
      if (chosen) go(chosen.to);
      else if (typed.trim() !== '') go(`/search?q=${encodeURIComponent(typed.trim())}`);
    }
  }

  let index = -1;
  return (
    <Dialog title={t(kind === 'search' ? 'search' : 'palette')} onClose={onClose} className="palette">
      <input
        className="input"
        role="combobox"
        aria-expanded={entries.length > 0}
        aria-controls={listId}
        aria-activedescendant={entries.length > 0 ? optionId(active) : undefined}
        aria-label={t(kind === 'search' ? 'search' : 'palette')}
        placeholder={t(kind === 'search' ? 'search.placeholder' : 'palette.placeholder')}
        value={typed}
        data-first-focus
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKey}
      />
      <div className="palette-list" id={listId} role="listbox" aria-label={t('search.results')} ref={list}>
        {sections.map((section) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options in a listbox has no native element.
          <div
            key={section.title}
            role="group"
            aria-label={section.title}
            data-title={section.title}
            className="option-section"
          >
            {section.entries.map((entry) => {
              index += 1;
              const mine = index;
              return (
                // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled on the combobox that owns this list.
                <div
                  key={entry.id}
                  id={optionId(mine)}
                  role="option"
                  tabIndex={-1}
                  aria-selected={mine === active}
                  data-focused={mine === active ? true : undefined}
                  className="option"
                  onClick={() => go(entry.to)}
                >
                  <span>{entry.text}</span>
                  <span className="soft small">{entry.detail}</span>
                </div>
              );
            })}
          </div>
        ))}
      </div>
      {entries.length === 0 && (
        <p className="soft palette-none" role="status">
          {typed === '' ? t('search.teach') : searching ? t('waiting') : t('search.none', { q: typed })}
        </p>
      )}
      {kind === 'search' && typed.trim() !== '' && (
        <button
          type="button"
          className="button-plain"
          onClick={() => go(`/search?q=${encodeURIComponent(typed.trim())}`)}
        >
          {t('search.all', { q: typed.trim() })}
        </button>
      )}
    </Dialog>
  );
}
