import { useState } from 'react';
import type { EntityView } from '../api.ts';
import { useSpeech } from '../i18n/language.ts';
import { Dialog } from '../kit/dialog.tsx';
import { Icon } from '../kit/icon.tsx';
import { ChoiceMenu } from '../kit/menu.tsx';
import { readStored, writeStored } from '../preferences.ts';
import { type ListState, readAddress, writeAddress } from './address.ts';
import { columnNamed } from './columns.tsx';

type Properties = {
  entity: EntityView | undefined;
  entityName: string | undefined;
  state: ListState;
  shown: string[];
  /** Columns that the rows can fill. */
  offered: string[];
  /** The question as it was put to the server, for exports of exactly what is shown. */
  asked: string;
  onChange: (part: Partial<ListState>) => void;
  onCopy: () => void;
  notice: string;
};

type SavedView = { name: string; address: string };

/** Views a person has named on this device, per kind of record. */
function useSavedViews(kind: string) {
  const key = `hengjian.views.${kind}`;
  const [views, setViews] = useState<SavedView[]>(() => readStored<SavedView[]>(key, []));
  function keep(next: SavedView[]): void {
    setViews(next);
    writeStored(key, next);
  }
  return { views, keep };
}

function SavedViews({
  kind,
  state,
  onChange,
}: {
  kind: string;
  state: ListState;
  onChange: (part: Partial<ListState>) => void;
}) {
  const { t } = useSpeech();
  const { views, keep } = useSavedViews(kind);
  const [naming, setNaming] = useState(false);
  const [name, setName] = useState('');
  const address = writeAddress({ ...state, cursor: '' }).toString();
  const current = views.find((view) => view.address === address);
  return (
    <>
      <ChoiceMenu
        label={t('views')}
        button={
          <>
            <Icon name="keep" />
            {current?.name ?? t('views')}
          </>
        }
        entries={[
          ...views.map((view) => ({ id: `open:${view.name}`, text: view.name, selected: view === current })),
          { id: 'keep', text: t('views.keep') },
          ...(current ? [{ id: 'remove', text: t('views.remove', { name: current.name }) }] : []),
        ]}
        onChoose={(id) => {
          if (id === 'keep') setNaming(true);
          else if (id === 'remove') keep(views.filter((view) => view !== current));
          else {
            const view = views.find((candidate) => `open:${candidate.name}` === id);
            if (view) onChange(readAddress(new URLSearchParams(view.address)));
          }
        }}
      />
      {naming && (
        <Dialog title={t('views.keep')} onClose={() => setNaming(false)}>
          <form
            className="stack"
            onSubmit={(event) => {
              event.preventDefault();
              const trimmed = name.trim();
              if (trimmed === '') return;
              keep([...views.filter((view) => view.name !== trimmed), { name: trimmed, address }]);
              setNaming(false);
              setName('');
            }}
          >
            <label className="field">
              <span className="field-label">{t('views.name')}</span>
              <input
                className="input"
                value={name}
                required
                data-first-focus
                onChange={(event) => setName(event.target.value)}
              />
            </label>
            <p className="soft small">{t('views.where')}</p>
            <button type="submit" className="button">
              {t('save')}
            </button>
          </form>
        </Dialog>
      )}
    </>
  );
}

/** The columns in their order; each change is at once in the address. */
function ColumnList({
  entity,
  shown,
  offered,
  onChange,
}: Pick<Properties, 'entity' | 'shown' | 'offered' | 'onChange'>) {
  const speech = useSpeech();
  const { t } = speech;
  const [chosen, setChosen] = useState(shown);
  const titled = [...new Set([...chosen, ...offered])].flatMap((name) => {
    const column = columnNamed(name, speech, entity);
    return column ? [column] : [];
  });
  function choose(next: string[]): void {
    if (next.length === 0) return;
    setChosen(next);
    onChange({ columns: next });
  }
  function earlier(at: number): void {
    const moved = chosen[at];
    const passed = chosen[at - 1];
    if (moved && passed) choose([...chosen.slice(0, at - 1), moved, passed, ...chosen.slice(at + 1)]);
  }
  return (
    <div className="stack">
      <ul>
        {titled.map(({ name, title }) => {
          const at = chosen.indexOf(name);
          return (
            <li key={name} className="between">
              <label className="tick">
                <input
                  type="checkbox"
                  checked={at >= 0}
                  onChange={() => choose(at >= 0 ? chosen.filter((other) => other !== name) : [...chosen, name])}
                />
                {title}
              </label>
              {at > 0 && (
                <button type="button" className="button-quiet" onClick={() => earlier(at)}>
                  <Icon name="up" />
                  <span className="visually-hidden">{t('columns.earlier', { column: title })}</span>
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function ColumnChooser({
  entity,
  shown,
  offered,
  onChange,
}: Pick<Properties, 'entity' | 'shown' | 'offered' | 'onChange'>) {
  const { t } = useSpeech();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="button-quiet wide-only" onClick={() => setOpen(true)}>
        <Icon name="columns" />
        {t('columns')}
      </button>
      {open && (
        <Dialog title={t('columns')} onClose={() => setOpen(false)}>
          <ColumnList entity={entity} shown={shown} offered={offered} onChange={onChange} />
          <button
            type="button"
            className="button"
            onClick={() => {
              onChange({ columns: [] });
              setOpen(false);
            }}
          >
            {t('columns.reset')}
          </button>
        </Dialog>
      )}
    </>
  );
}

/** Saved views, columns, copy and export. What is exported is exactly the question on the screen. */
export function ListTools({ entity, entityName, state, shown, offered, asked, onChange, onCopy, notice }: Properties) {
  const { t, language } = useSpeech();
  const exported = `${asked}${asked === '' ? '?' : '&'}columns=${encodeURIComponent(shown.join(','))}&language=${language}`;
  return (
    <div className="row list-tools">
      {notice && <span className="soft small">{notice}</span>}
      <SavedViews key={entityName ?? ''} kind={entityName ?? 'all'} state={state} onChange={onChange} />
      <ColumnChooser entity={entity} shown={shown} offered={offered} onChange={onChange} />
      <button type="button" className="button-quiet" onClick={onCopy}>
        <Icon name="copy" />
        {t('list.copy')}
      </button>
      <a className="button-quiet" href={`/api/records.csv${exported}`} download>
        <Icon name="download" />
        CSV
      </a>
      <a className="button-quiet" href={`/api/records.xlsx${exported}`} download>
        <Icon name="download" />
        XLSX
      </a>
    </div>
  );
}
