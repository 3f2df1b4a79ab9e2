import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useCodes } from '../action/codes.ts';
import { usePause } from '../action/people.ts';
import { queryString, request } from '../http.ts';
import { type MessageKey, useSpeech } from '../i18n/language.ts';
import { Combobox } from '../kit/combobox.tsx';
import { Sheet } from '../kit/pieces.tsx';
import { useEntity } from '../session.ts';
import { type Call, disputes, offends } from './call.ts';

export const idOf = (name: string): string => `call-${name}`;

type Firm = { id: string | null; name: string; code: string | null; region: string; address: string | null };
type Properties = { call: Call; set: (change: Partial<Call>) => void; missing: readonly string[] };

/** The sheet in the order in which a caller tells: about whom, what, and who is calling. */
export function CallForm({ call, set, missing }: Properties) {
  const { t, say } = useSpeech();
  const complaint = useEntity('complaints.complaint');
  const categories = (complaint?.fields.find(({ name }) => name === 'category')?.choices ?? []).map(
    ({ value, label }) => ({ id: value, text: say(label) }),
  );
  const wrong = (name: string) => missing.includes(name);
  const text = (name: keyof Call & string, more: { type?: string; required?: boolean } = {}) => (
    <Labelled name={name} missing={wrong(name)}>
      <input
        id={idOf(name)}
        className="input"
        type={more.type ?? 'text'}
        value={String(call[name] ?? '')}
        maxLength={2000}
        aria-invalid={wrong(name) || undefined}
        onChange={(event) => set({ [name]: event.target.value } as Partial<Call>)}
      />
    </Labelled>
  );
  const person = (name: keyof Call['person'], type = 'text') => (
    <Labelled name={name} missing={wrong(name)}>
      <input
        id={idOf(name)}
        className="input"
        type={type}
        autoComplete="off"
        value={call.person[name]}
        maxLength={300}
        aria-invalid={wrong(name) || undefined}
        onChange={(event) => set({ person: { ...call.person, [name]: event.target.value } })}
      />
    </Labelled>
  );
  const long = (name: 'matter' | 'facts') => (
    <Labelled name={name} missing={wrong(name)}>
      <textarea
        id={idOf(name)}
        className="textarea"
        rows={5}
        value={call[name]}
        maxLength={8000}
        aria-invalid={wrong(name) || undefined}
        onChange={(event) => set({ [name]: event.target.value } as Partial<Call>)}
      />
    </Labelled>
  );
  const tick = (
    name: 'anonymous' | 'insider' | 'wantsReward' | 'consentMediation' | 'consentEntrust' | 'consentPublish',
  ) => (
    <label className="call-tick">
      <input type="checkbox" checked={call[name]} onChange={(event) => set({ [name]: event.target.checked })} />
      {t(`call.${name}` as MessageKey)}
    </label>
  );
  return (
    <>
      <Sheet title={t('call.what')}>
        <div className="sheet-body stack">
          <fieldset>
            <legend className="visually-hidden">{t('call.what')}</legend>
            <div className="call-ticks">
              {(['complaint', 'report', 'both'] as const).map((kind) => (
                <label key={kind} className="call-tick">
                  <input type="radio" name="kind" checked={call.kind === kind} onChange={() => set({ kind })} />
                  {t(`call.${kind}` as MessageKey)}
                </label>
              ))}
              {(['phone', 'counter', 'letter'] as const).map((channel) => (
                <label key={channel} className="call-tick soft">
                  <input
                    type="radio"
                    name="channel"
                    checked={call.channel === channel}
                    onChange={() => set({ channel })}
                  />
                  {t(channel === 'phone' ? 'call.by-phone' : (`call.${channel}` as MessageKey))}
                </label>
              ))}
            </div>
          </fieldset>
          <Labelled name="subjectName" missing={wrong('subjectName')}>
            <FirmSearch call={call} set={set} invalid={wrong('subjectName')} />
          </Labelled>
          <div className="call-pair">
            <Labelled name="region" missing={wrong('region')}>
              <RegionSearch call={call} set={set} invalid={wrong('region')} />
            </Labelled>
            {text('address')}
          </div>
          <div className="call-pair">
            {text('productName')}
            <Labelled name="category" missing={false}>
              <Combobox
                id={idOf('category')}
                label={t('call.category')}
                choices={categories}
                value={call.category}
                onChange={(category) => set({ category: category || 'other' })}
              />
            </Labelled>
          </div>
        </div>
      </Sheet>
      {disputes(call) && (
        <Sheet title={t('call.dispute')}>
          <div className="sheet-body stack">
            {long('matter')}
            <div className="call-pair">
              {text('demand')}
              {text('amount')}
              {text('knownOn', { type: 'date' })}
            </div>
            <div className="call-ticks">
              {tick('consentMediation')}
              {tick('consentEntrust')}
              {tick('consentPublish')}
            </div>
          </div>
        </Sheet>
      )}
      {offends(call) && (
        <Sheet title={t('call.offence')}>
          <div className="sheet-body stack">
            {long('facts')}
            <div className="call-ticks">
              {tick('anonymous')}
              {tick('insider')}
              {tick('wantsReward')}
            </div>
          </div>
        </Sheet>
      )}
      <Sheet title={t('call.caller')}>
        <div className="sheet-body stack">
          <p className="small soft">{t('call.sealed')}</p>
          <div className="call-pair">
            {person('name')}
            {person('phone', 'tel')}
          </div>
          <Labelled name="callerAddress" missing={false}>
            <input
              id={idOf('callerAddress')}
              className="input"
              autoComplete="off"
              value={call.person.address}
              maxLength={300}
              onChange={(event) => set({ person: { ...call.person, address: event.target.value } })}
            />
          </Labelled>
        </div>
      </Sheet>
    </>
  );
}

function Labelled({ name, missing, children }: { name: string; missing: boolean; children: ReactNode }) {
  const { t } = useSpeech();
  return (
    <div className="field">
      <label htmlFor={idOf(name)}>{t(`call.${name}` as MessageKey)}</label>
      {children}
      {missing && <span className="field-error small">{t('call.ask')}</span>}
    </div>
  );
}

/** The firm is looked for while its name is being typed; a firm that is in no register stays as it was typed. */
function FirmSearch({ call, set, invalid }: Omit<Properties, 'missing'> & { invalid: boolean }) {
  const { t } = useSpeech();
  const [typed, setTyped] = useState('');
  const words = usePause(typed.trim());
  const found = useQuery({
    queryKey: ['query', 'complaints.firms', words],
    queryFn: ({ signal }) => request<Firm[]>(`/api/queries/complaints.firms${queryString({ words })}`, { signal }),
    enabled: words.length >= 2,
    placeholderData: keepPreviousData,
  });
  const firms = words.length >= 2 ? (found.data ?? []) : [];
  const keyOf = (firm: Firm): string => firm.id ?? `=${firm.name}`;
  return (
    <Combobox
      id={idOf('subjectName')}
      label={t('call.subjectName')}
      choices={firms.map((firm) => ({
        id: keyOf(firm),
        text: firm.name,
        detail: [firm.code, firm.address].filter(Boolean).join(' · '),
      }))}
      value={call.subjectId || call.subjectName}
      free
      invalid={invalid}
      onSearch={setTyped}
      onChange={(chosen) => {
        const firm = firms.find((one) => keyOf(one) === chosen);
        if (firm === undefined) set({ subjectId: '', subjectCode: '', subjectName: chosen.replace(/^=/, '') });
        else
          set({
            subjectId: firm.id ?? '',
            subjectName: firm.name,
            subjectCode: firm.code ?? '',
            region: firm.region || call.region,
            address: firm.address ?? call.address,
          });
      }}
    />
  );
}

function RegionSearch({ call, set, invalid }: Omit<Properties, 'missing'> & { invalid: boolean }) {
  const { t } = useSpeech();
  const { choices, search } = useCodes('regions', call.region ? [call.region] : []);
  return (
    <Combobox
      id={idOf('region')}
      label={t('call.region')}
      choices={choices}
      value={call.region}
      onChange={(region) => set({ region })}
      onSearch={search}
      invalid={invalid}
    />
  );
}
