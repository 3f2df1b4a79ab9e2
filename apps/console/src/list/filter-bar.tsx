import { useEffect, useId, useState } from 'react';
import { useReferenceChoices } from '../action/reference.ts';
import type { EntityView } from '../api.ts';
import { useSpeech } from '../i18n/language.ts';
import { Combobox } from '../kit/combobox.tsx';
import type { FilterName, ListState } from './address.ts';

type Properties = {
  entity: EntityView | undefined;
  state: ListState;
  onChange: (part: Partial<ListState>) => void;
};

/** Free text waits for a short pause before it becomes part of the address. */
function TextFilter({ value, label, onChange }: { value: string; label: string; onChange: (text: string) => void }) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onChange(text), 300);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return (
    <input
      type="search"
      className="input filter-text"
      aria-label={label}
      placeholder={label}
      value={text}
      onChange={(event) => setText(event.target.value)}
    />
  );
}

function SubjectFilter({ value, onChange }: { value: string; onChange: (id: string) => void }) {
  const { t } = useSpeech();
  const id = useId();
  const { choices, search } = useReferenceChoices('subjects.enterprise', value);
  return (
    <div className="filter-subject">
      <Combobox
        id={id}
        label={t('column.subject')}
        placeholder={t('column.subject')}
        choices={choices}
        value={value}
        onChange={onChange}
        onSearch={search}
      />
    </div>
  );
}

/** Filters as the declaration offers them; each one is part of the address. */
export function FilterBar({ entity, state, onChange }: Properties) {
  const { t, say } = useSpeech();
  const offers = (name: FilterName) => entity?.list.filters.includes(name) ?? false;

  function set(name: FilterName, value: string): void {
    const filters = { ...state.filters };
    if (value === '') delete filters[name];
    else filters[name] = value;
    onChange({ filters });
  }

  const switches = ['mine', 'open', 'overdue'] as const;
  return (
    <search className="row filter-bar" aria-label={t('list.filters')}>
      <TextFilter value={state.filters.q ?? ''} label={t('list.find')} onChange={(text) => set('q', text.trim())} />
      {entity && (
        <select
          className="select filter-select"
          aria-label={t('column.state')}
          value={state.filters.state ?? ''}
          onChange={(event) => set('state', event.target.value)}
        >
          <option value="">{t('list.any-state')}</option>
          {Object.entries(entity.states).map(([name, label]) => (
            <option key={name} value={name}>
              {say(label)}
            </option>
          ))}
        </select>
      )}
      {offers('subject') && <SubjectFilter value={state.filters.subject ?? ''} onChange={(id) => set('subject', id)} />}
      <div className="segments">
        {switches.map((name) => (
          <button
            key={name}
            type="button"
            className="button"
            aria-pressed={state.filters[name] === '1'}
            onClick={() => set(name, state.filters[name] === '1' ? '' : '1')}
          >
            {t(`list.switch.${name}`)}
          </button>
        ))}
      </div>
      {state.filters.office && (
        <button type="button" className="button" onClick={() => set('office', '')}>
          {t('column.office')}: {state.filters.office} ✕
        </button>
      )}
      {Object.keys(state.filters).length > 0 && (
        <button type="button" className="button-plain" onClick={() => onChange({ filters: {} })}>
          {t('list.clear')}
        </button>
      )}
    </search>
  );
}
