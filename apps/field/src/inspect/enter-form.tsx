import { lazy, Suspense, useState } from 'react';
import type { FormProperties } from '../act/act-page.tsx';
import { minuteInChina } from '../clock.ts';
import { useSpeech } from '../language.ts';
import { FieldInput } from '../sheet/field-input.tsx';

const Scanner = lazy(() => import('../scan/scanner.tsx'));

/** Arriving: the firm's code is scanned, certificates are shown; both stand in the record before anything is looked at. */
export function EnterForm({ task, form, draft, change, gaps }: FormProperties) {
  const { t } = useSpeech();
  const [scanning, setScanning] = useState(false);
  const wrong = new Set(gaps.map(({ path }) => path));
  const code = String(draft.values.scanCode ?? '');
  const expected = String(task.fields.enterpriseCode ?? '').toUpperCase();
  const others = code !== '' && expected !== '' && !code.toUpperCase().includes(expected);
  return (
    <>
      <p>
        {t('inspect.arrived')} <b>{minuteInChina(String(draft.values.enteredAt ?? ''))}</b>
      </p>
      <button type="button" className="button" onClick={() => setScanning(true)}>
        {t('inspect.scan')}
      </button>
      {scanning && (
        <Suspense fallback={<p>…</p>}>
          <Scanner
            found={({ text }) => {
              change({ ...draft.values, scanCode: text });
              setScanning(false);
            }}
            close={() => setScanning(false)}
          />
        </Suspense>
      )}
      {others && (
        <p className="notice" data-tone="act" role="alert">
          {t('inspect.other-firm')}
        </p>
      )}
      {form.input
        .filter(({ name, type, item }) => name !== 'enteredAt' && (type !== 'object' || item !== undefined))
        .map((field) => (
          <FieldInput
            key={field.name}
            field={field}
            path={field.name}
            value={draft.values[field.name]}
            task={task}
            wrong={wrong.has(field.name)}
            onChange={(value) => change({ ...draft.values, [field.name]: value })}
          />
        ))}
    </>
  );
}
