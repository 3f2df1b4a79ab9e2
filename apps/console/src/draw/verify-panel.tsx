import { useMutation } from '@tanstack/react-query';
import { type MessageKey, useSpeech } from '../i18n/language.ts';
import { Notice, Sheet, Verdict } from '../kit/pieces.tsx';
import { publicBundle, verifyHere } from './verification.ts';

const stepKeys: Record<string, MessageKey> = {
  format: 'verify.format',
  frame: 'verify.frame',
  'frame-root': 'verify.frame-root',
  commitment: 'verify.commitment',
  publication: 'verify.publication',
  beacon: 'verify.beacon',
  'beacon-time': 'verify.beacon-time',
  secrets: 'verify.secrets',
  selection: 'verify.selection',
  reserves: 'verify.reserves',
  'opened-leaves': 'verify.opened-leaves',
  'opened-reserves': 'verify.opened-reserves',
  samplers: 'verify.samplers',
  exclusions: 'verify.exclusions',
  recusal: 'verify.recusal',
  pairing: 'verify.pairing',
};

/** A plain yes or no with its steps, computed on this machine from the public file or from one kept earlier. */
export function VerifyPanel({ draw }: { draw: string }) {
  const { t, language, explain } = useSpeech();
  const check = useMutation({
    mutationFn: async (file: File | null) => verifyHere(file ? await file.text() : await publicBundle(draw)),
  });
  const verdict = check.data;
  const open = verdict?.steps.filter((step) => step.ok === null).length ?? 0;
  return (
    <Sheet title={t('verify')}>
      <div className="sheet-body stack">
        <p>{t('verify.lead')}</p>
        <p className="row">
          <button
            type="button"
            className="button"
            aria-disabled={check.isPending}
            onClick={() => !check.isPending && check.mutate(null)}
          >
            {check.isPending ? t('verify.running') : t('verify.run')}
          </button>
          <a className="button-plain" href={`/api/public/draws/${draw}/bundle`} download={`draw-${draw}.json`}>
            {t('verify.download')}
          </a>
        </p>
        <label className="field">
          <span className="field-label">{t('verify.file')}</span>
          <input
            type="file"
            accept=".json,application/json"
            onChange={(event) => {
              const file = event.target.files?.[0];
              if (file) check.mutate(file);
            }}
          />
        </label>
        <div role="status">
          {check.error && <Notice tone="warn">{explain(check.error)}</Notice>}
          {verdict && (
            <Notice tone={verdict.ok ? 'good' : 'act'}>
              <p className="verify-verdict">
                <Verdict ok={verdict.ok} /> {t(verdict.ok ? 'verify.good' : 'verify.bad')}
              </p>
              <p className="small soft">
                {t('verify.took', { ms: verdict.milliseconds, steps: verdict.steps.length - open, open })}
              </p>
            </Notice>
          )}
        </div>
        {verdict && (
          <ol className="verify-steps">
            {verdict.steps.map((step) => {
              const key = stepKeys[step.name];
              return (
                <li key={step.name}>
                  <Verdict ok={step.ok} />
                  <div>
                    <b>{key ? t(key) : step.name}</b>
                    <p className="small soft">{step.detail[language]}</p>
                  </div>
                </li>
              );
            })}
          </ol>
        )}
      </div>
    </Sheet>
  );
}
