import { useMutation, useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { type Draft, findDraft, freshDraft, useDraftSaving } from '../action/draft.ts';
import { request } from '../http.ts';
import { useSpeech } from '../i18n/language.ts';
import { useKeys } from '../kit/keyboard.ts';
import { Notice, Sheet, Waiting } from '../kit/pieces.tsx';
import { usePageTitle } from '../kit/title.ts';
import { useDeclarations, useMe } from '../session.ts';
import { Beside } from './beside.tsx';
import { blankCall, bodyOf, type Call, callFrom, missingIn } from './call.ts';
import { CallForm, idOf } from './call-form.tsx';
import './desk.css';

export type Taken = {
  kind: 'complaint' | 'report';
  record: string;
  number: string | null;
  follow: { number: string; secret: string };
};

const draftKey = 'desk/phone';

/** The phone desk: one page from the first word to the number that is read out. What was written stays when the caller hangs up. */
export function PhoneDeskPage() {
  const { t } = useSpeech();
  const heading = usePageTitle(t('phone-desk'));
  const me = useMe();
  const { offices } = useDeclarations();
  const region = offices.find(({ code }) => code === me.grant?.office)?.region ?? '';
  const kept = useQuery({
    queryKey: ['desk-draft'],
    queryFn: async ({ signal }) => (await findDraft(draftKey, signal)) ?? null,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [turn, setTurn] = useState(0);
  const [begun, setBegun] = useState<Draft | null>(null);
  return (
    <main className="main stack" id="main">
      <div>
        <h1 ref={heading} tabIndex={-1}>
          {t('phone-desk')}
        </h1>
        <p className="soft">{t('call.lead')}</p>
      </div>
      {me.grant?.role !== 'complaint-desk' ? (
        <Notice tone="warn">{t('call.not-yours')}</Notice>
      ) : kept.isPending ? (
        <Waiting />
      ) : (
        <Desk
          key={turn}
          region={region}
          draft={begun ?? kept.data ?? freshDraft({ ...blankCall(region) })}
          onNext={() => {
            setBegun(freshDraft({ ...blankCall(region) }));
            setTurn(turn + 1);
          }}
        />
      )}
    </main>
  );
}

function Desk({ region, draft: first, onNext }: { region: string; draft: Draft; onNext: () => void }) {
  const { t, explain } = useSpeech();
  const [draft, setDraft] = useState(first);
  const [touched, setTouched] = useState(false);
  const [asked, setAsked] = useState(false);
  const call = callFrom(draft.values, region);
  const saving = useDraftSaving(draftKey, draft, touched);
  const done = useRef<HTMLHeadingElement>(null);
  const send = useMutation({
    mutationFn: () =>
      request<{ taken: Taken[] }>('/api/complaints/calls', { method: 'POST', body: bodyOf(call, draft.id) }),
    onSuccess: async () => {
      await saving.discard();
      requestAnimationFrame(() => done.current?.focus());
    },
  });
  const missing = missingIn(call);
  const submit = () => {
    if (send.isPending) return;
    if (send.isSuccess) {
      onNext();
      return;
    }
    setAsked(true);
    if (missing.length === 0) send.mutate();
    else document.getElementById(idOf(missing[0]!))?.focus();
  };
  useKeys({ 'mod+enter': submit });
  const set = (change: Partial<Call>) => {
    setTouched(true);
    setDraft((held) => ({ ...held, values: { ...callFrom(held.values, region), ...change } }));
  };
  if (send.data) {
    return (
      <Sheet title={t('call.done')}>
        <div className="sheet-body stack">
          <h2 ref={done} tabIndex={-1}>
            {t('call.read-out')}
          </h2>
          {send.data.taken.map(({ kind, record, number, follow }) => (
            <div key={record} className="stack">
              <p>
                {t(kind === 'complaint' ? 'call.complaint' : 'call.report')}{' '}
                <a href={`/console/record/${record}`}>{number}</a>
              </p>
              <p className="call-token">
                {t('call.number')} {follow.number.replace(/(\d{4})(?=\d)/g, '$1 ')}
              </p>
              <p className="call-token">
                {t('call.secret')} {follow.secret.replace(/(.{4})(?=.)/g, '$1 ')}
              </p>
            </div>
          ))}
          <p className="row">
            <button type="button" className="button-act" onClick={onNext}>
              {t('call.next')} <kbd>Ctrl ↵</kbd>
            </button>
          </p>
        </div>
      </Sheet>
    );
  }
  return (
    <div className="call">
      <form
        className="call-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <CallForm call={call} set={set} missing={asked ? missing : []} />
        {send.error && (
          <div role="alert">
            <Notice tone="warn">{explain(send.error)}</Notice>
          </div>
        )}
        <div className="call-send">
          <button type="submit" className="button-act" aria-disabled={send.isPending}>
            {t('call.send')} <kbd>Ctrl ↵</kbd>
          </button>
          <span className="small soft" aria-live="polite">
            {saving.state === 'saved'
              ? t('call.saved', { time: saving.savedAt })
              : saving.state === 'failed'
                ? t('call.not-saved')
                : missing.length > 0
                  ? t('call.missing', { n: missing.length })
                  : t('call.ready')}
          </span>
        </div>
      </form>
      <Beside call={call} onCategory={(category) => set({ category })} />
    </div>
  );
}
