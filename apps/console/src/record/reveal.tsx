import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { RecordPage } from '../api.ts';
import { queryString, request } from '../http.ts';
import { useSpeech } from '../i18n/language.ts';
import { Dialog } from '../kit/dialog.tsx';
import { Notice } from '../kit/pieces.tsx';
import { isMasked } from './value.ts';

type Properties = {
  record: RecordPage;
  revealed: Record<string, unknown>;
  onReveal: (fields: Record<string, unknown>) => void;
};

/** Personal information is shown for a stated purpose, and that it was shown is recorded. */
export function Reveal({ record, revealed, onReveal }: Properties) {
  const { t, explain } = useSpeech();
  const [open, setOpen] = useState(false);
  const [purpose, setPurpose] = useState('');
  const masked = Object.keys(record.fields).filter((name) => isMasked(record.fields[name]) && !(name in revealed));
  const reveal = useMutation({
    mutationFn: () =>
      request<RecordPage>(
        `/api/records/${record.id}${queryString({ reveal: masked.join(','), purpose: purpose.trim() })}`,
      ),
    onSuccess: (page) => {
      onReveal(Object.fromEntries(masked.map((name) => [name, page.fields[name]])));
      setOpen(false);
    },
  });
  if (masked.length === 0) return null;
  return (
    <>
      <button type="button" className="button-plain" onClick={() => setOpen(true)}>
        {t('reveal')}
      </button>
      {open && (
        <Dialog title={t('reveal')} onClose={() => setOpen(false)}>
          <form
            className="stack"
            onSubmit={(event) => {
              event.preventDefault();
              if (purpose.trim() !== '' && !reveal.isPending) reveal.mutate();
            }}
          >
            <p>{t('reveal.text')}</p>
            {reveal.error && (
              <div role="alert">
                <Notice tone="act">{explain(reveal.error)}</Notice>
              </div>
            )}
            <label className="field">
              <span className="field-label">{t('reveal.purpose')}</span>
              <input
                className="input"
                required
                maxLength={400}
                value={purpose}
                data-first-focus
                onChange={(event) => setPurpose(event.target.value)}
              />
            </label>
            <p>
              <button type="submit" className="button-primary">
                {t('reveal.show')}
              </button>
            </p>
          </form>
        </Dialog>
      )}
    </>
  );
}
