import { useEffect, useRef, useState } from 'react';
import type { EntityView, RecordPage } from '../api.ts';
import { beijingTime } from '../format.ts';
import { useSpeech } from '../i18n/language.ts';
import { StateChip } from '../kit/pieces.tsx';
import { plainValue } from '../record/value.ts';

type Properties = {
  before: RecordPage;
  current: RecordPage;
  entity: EntityView | undefined;
  onContinue: () => void;
  onLeave: () => void;
};

/** Somebody else was faster: both versions side by side, what was typed is kept, and the reader decides. */
export function Conflict({ before, current, entity, onContinue, onLeave }: Properties) {
  const speech = useSpeech();
  const box = useRef<HTMLElement>(null);
  useEffect(() => box.current?.focus(), []);
  const { t, say } = speech;
  const [onlyChanged, setOnlyChanged] = useState(true);
  const names = [...new Set([...Object.keys(before.fields), ...Object.keys(current.fields)])];
  const rows = names
    .map((name) => {
      const field = entity?.fields.find((candidate) => candidate.name === name);
      return {
        name,
        label: field ? say(field.label) : name,
        old: plainValue(before.fields[name], field, speech),
        now: plainValue(current.fields[name], field, speech),
      };
    })
    .filter((row) => !onlyChanged || row.old !== row.now);
  const last = [...current.timeline].sort((a, b) => Date.parse(b.recordedAt) - Date.parse(a.recordedAt))[0];
  return (
    <section className="sheet" aria-label={t('conflict.title')} role="alert" tabIndex={-1} ref={box}>
      <div className="sheet-head">
        <h2>{t('conflict.title')}</h2>
        <label className="tick">
          <input type="checkbox" checked={onlyChanged} onChange={(event) => setOnlyChanged(event.target.checked)} />
          {t('conflict.only-changed')}
        </label>
      </div>
      <div className="sheet-body stack">
        <p>
          {last
            ? t('conflict.who', { name: last.actor.name, at: beijingTime(last.recordedAt), action: say(last.label) })
            : t('conflict.text')}{' '}
          {t('conflict.kept')}
        </p>
        <div className="table-frame">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t('conflict.field')}</th>
                <th scope="col">{t('conflict.before')}</th>
                <th scope="col">{t('conflict.now')}</th>
              </tr>
            </thead>
            <tbody>
              <tr>
                <th scope="row">{t('column.state')}</th>
                <td>
                  <StateChip row={before} />
                </td>
                <td>
                  <StateChip row={current} />
                </td>
              </tr>
              {rows.map((row) => (
                <tr key={row.name}>
                  <th scope="row">{row.label}</th>
                  <td>{row.old || '—'}</td>
                  <td>{row.now || '—'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <p className="row">
          <button type="button" className="button-primary" onClick={onContinue}>
            {t('conflict.continue')}
          </button>
          <button type="button" className="button" onClick={onLeave}>
            {t('conflict.leave')}
          </button>
        </p>
      </div>
    </section>
  );
}
