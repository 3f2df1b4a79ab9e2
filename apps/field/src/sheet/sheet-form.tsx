import { lazy, Suspense, useState } from 'react';
import type { FormProperties } from '../act/act-page.tsx';
import { request } from '../http.ts';
import { useSpeech } from '../language.ts';
import { useOnline } from '../live.ts';
import { sentenceOf } from '../outbox/sync.ts';
import type { Meaning } from '../scan/meaning.ts';
import type { Refusal } from '../shapes.ts';
import { FieldInput } from './field-input.tsx';
import { partsOf } from './layout.ts';
import { Pieces } from './pieces.tsx';
import { Signing } from './signing.tsx';
import { toInput } from './values.ts';

const Scanner = lazy(() => import('../scan/scanner.tsx'));

/** The sampling sheet, part by part, from the declared form; one page, so that a finger can go back without losing its place. */
export function SheetForm(properties: FormProperties) {
  const { task, form, draft, gaps, change } = properties;
  const { t, say } = useSpeech();
  const [scanning, setScanning] = useState<'product' | 'seal' | null>(null);
  const wrong = new Set(gaps.map(({ path }) => path));
  const set = (name: string, value: unknown): void => change({ ...draft.values, [name]: value });

  function found(meaning: Meaning): void {
    const at = scanning;
    setScanning(null);
    if (at === 'seal') {
      const number = meaning.text.trim().slice(0, 40);
      const seal = String(draft.values.seal ?? '');
      if (!draft.seals.includes(number))
        change({ ...draft.values, seal: seal.includes(number) ? seal : [seal, number].filter(Boolean).join('、') }, [
          ...draft.seals,
          number,
        ]);
      return;
    }
    const { batch, gtin, producedOn, bestBefore } = meaning;
    const known: Record<string, unknown> = {};
    if (batch ?? producedOn) known.batch = [producedOn, batch].filter(Boolean).join(' ');
    if (bestBefore !== undefined) known.shelfLifeUntil = bestBefore;
    if (gtin !== undefined && !String(draft.values.model ?? '').includes(gtin))
      known.model = [draft.values.model, `GTIN ${gtin}`].filter(Boolean).join(' ');
    if (gtin === undefined && Object.keys(known).length === 0 && !draft.values.model)
      known.model = meaning.text.slice(0, 200);
    change({ ...draft.values, ...known });
  }

  return (
    <>
      {scanning !== null && (
        <Suspense fallback={<p>…</p>}>
          <Scanner found={found} close={() => setScanning(null)} />
        </Suspense>
      )}
      {partsOf(form.input, String(task.fields.regime)).map(({ part, fields }) => (
        <section key={part.name} className="stack part">
          <h2>{say(part.label)}</h2>
          {part.name === 'product' && (
            <button type="button" className="button" onClick={() => setScanning('product')}>
              {t('sheet.scan')}
            </button>
          )}
          {part.name === 'product' &&
            task.earlier.sheets.map(({ sampledOn, ...product }) => (
              <button
                key={`${sampledOn} ${product.model}`}
                type="button"
                className="button"
                onClick={() => change({ ...draft.values, ...product })}
              >
                {t('sheet.as-before', {
                  day: String(sampledOn),
                  product: [product.sampleName, product.trademark, product.model].join(' '),
                })}
              </button>
            ))}
          {fields.map((field) => (
            <FieldInput
              key={field.name}
              field={field}
              path={field.name}
              value={draft.values[field.name]}
              task={task}
              wrong={wrong.has(field.name)}
              onChange={(value) => set(field.name, value)}
            />
          ))}
          {part.name === 'product' && (
            <Temperature add={(words) => set('storage', [draft.values.storage, words].filter(Boolean).join('，'))} />
          )}
          {part.name === 'seals' && (
            <>
              <button type="button" className="button" onClick={() => setScanning('seal')}>
                {t('sheet.scan.seal')}
              </button>
              {draft.seals.length > 0 && <p className="code">{draft.seals.join(' · ')}</p>}
            </>
          )}
        </section>
      ))}
      <section className="stack part">
        <h2>{t('sheet.photos')}</h2>
        <Pieces {...properties} kind="photos" needed />
        <Pieces {...properties} kind="purchaseReceipt" needed={false} />
      </section>
      <Signing {...properties} />
      <Precheck {...properties} />
    </>
  );
}

/** Food is kept cold: the temperature that was read goes into the words of the sheet. */
function Temperature({ add }: { add: (words: string) => void }) {
  const { t } = useSpeech();
  const [degrees, setDegrees] = useState('');
  return (
    <div className="beside">
      <label className="field">
        <span>{t('sheet.temperature')}</span>
        <input
          className="input"
          inputMode="decimal"
          value={degrees}
          onChange={({ target }) => setDegrees(target.value)}
        />
      </label>
      <button
        type="button"
        className="button"
        disabled={!/^-?\d+(\.\d)?$/.test(degrees)}
        onClick={() => {
          add(`实测 ${degrees} ℃`);
          setDegrees('');
        }}
      >
        {t('sheet.temperature.add')}
      </button>
    </div>
  );
}

/** With a network, the server says beforehand what the device cannot know: the six months above all. */
function Precheck({ task, form, draft }: FormProperties) {
  const { t, language } = useSpeech();
  const online = useOnline();
  const [said, setSaid] = useState<'stands' | Refusal | null>(null);
  if (!online) return <p className="notice">{t('sheet.check.unchecked')}</p>;
  async function ask(): Promise<void> {
    const sheet = JSON.stringify(toInput(form.input, draft.values));
    try {
      const answer = await request<{ stands: true } | ({ stands: false } & Refusal)>(
        `/api/queries/sampling.sheet-check?${new URLSearchParams({ task: task.id, sheet })}`,
      );
      setSaid(answer.stands ? 'stands' : answer);
    } catch (error) {
      setSaid(sentenceOf(error));
    }
  }
  return (
    <div className="stack" aria-live="polite">
      <button type="button" className="button" onClick={() => void ask()}>
        {t('sheet.check.online')}
      </button>
      {said === 'stands' && (
        <p className="notice" data-tone="good">
          {t('sheet.check.fine')}
        </p>
      )}
      {said !== null && said !== 'stands' && (
        <p className="notice" data-tone="act">
          {said[language]}
        </p>
      )}
    </div>
  );
}
