import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useId, useRef, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { request } from '../http.ts';
import type { MessageKey } from '../i18n/language.ts';
import { useSpeech } from '../i18n/language.ts';
import { Notice, Sheet } from '../kit/pieces.tsx';
import { usePageTitle } from '../kit/title.ts';
import { useMe } from '../session.ts';

const blank = { sampleName: '', contact: '', wish: '', wantedOn: '' };
type Draft = typeof blank;

/** A firm asks a body, found on the portal, for a test: what it is for stands in the address, what is asked is typed here. */
export function RequestTestPage() {
  const { t, explain } = useSpeech();
  const me = useMe();
  const [search] = useSearchParams();
  const go = useNavigate();
  const heading = usePageTitle(t('request'));
  const command = useRef('');
  const [draft, setDraft] = useState<Draft>(blank);
  const found = {
    entry: search.get('entry') ?? '',
    kind: search.get('kind') ?? '',
    parameter: search.get('parameter') ?? '',
    method: search.get('method') ?? '',
  };
  const file = useMutation({
    mutationFn: () => {
      command.current ||= crypto.randomUUID();
      const { wish, wantedOn, ...said } = draft;
      const body = { id: command.current, ...found, ...said, wish: wish || null, wantedOn: wantedOn || null };
      return request<{ record: string }>('/api/test-requests', { method: 'POST', body });
    },
    onSuccess: ({ record }) => go(`/record/${record}`),
  });
  const missing = Object.values(found).includes('');
  const agent = me.grant?.role === 'enterprise-agent';
  const ready = draft.sampleName.trim() !== '' && draft.contact.trim() !== '' && !file.isPending;
  const set = (name: keyof Draft) => (value: string) => {
    command.current = '';
    setDraft((held) => ({ ...held, [name]: value }));
  };
  return (
    <main className="main stack" id="main">
      <div>
        <h1 ref={heading} tabIndex={-1}>
          {t('request')}
        </h1>
        <p className="soft">{t('request.lead')}</p>
      </div>
      {missing || !agent ? (
        <Notice tone="warn">
          {t(missing ? 'request.from-search' : 'request.as-agent')}{' '}
          {missing && <a href="/testing">{t('request.search')}</a>}
        </Notice>
      ) : (
        <form
          noValidate
          onSubmit={(event: FormEvent) => {
            event.preventDefault();
            if (ready) file.mutate();
          }}
        >
          <Sheet title={`${found.parameter} · ${found.method}`}>
            <div className="sheet-body stack">
              <Field name="sampleName" value={draft.sampleName} onChange={set('sampleName')} required />
              <Field name="contact" value={draft.contact} onChange={set('contact')} required />
              <Field name="wantedOn" type="date" value={draft.wantedOn} onChange={set('wantedOn')} />
              <Field name="wish" value={draft.wish} onChange={set('wish')} long />
              {file.error && (
                <div role="alert">
                  <Notice tone="warn">{explain(file.error)}</Notice>
                </div>
              )}
              <p className="row">
                <button type="submit" className="button-act" aria-disabled={!ready}>
                  {t('request.send')}
                </button>
                {!ready && <span className="small soft">{t('request.fill')}</span>}
              </p>
            </div>
          </Sheet>
        </form>
      )}
    </main>
  );
}

function Field({
  name,
  value,
  onChange,
  type = 'text',
  required = false,
  long = false,
}: {
  name: keyof Draft;
  value: string;
  onChange: (value: string) => void;
  type?: 'text' | 'date';
  required?: boolean;
  long?: boolean;
}) {
  const { t } = useSpeech();
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{t(`request.${name}` as MessageKey)}</label>
      {long ? (
        <textarea id={id} className="textarea" value={value} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <input
          id={id}
          type={type}
          className={type === 'date' ? 'input narrow-input' : 'input'}
          value={value}
          required={required}
          maxLength={200}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </div>
  );
}
