import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { usePause } from '../action/people.ts';
import type { Label } from '../api.ts';
import { queryString, request } from '../http.ts';
import { useSpeech } from '../i18n/language.ts';
import { Notice, Sheet } from '../kit/pieces.tsx';
import { useDeclarations } from '../session.ts';
import { type Call, disputes, offends } from './call.ts';

type Earlier = {
  id: string;
  entity: string;
  number: string | null;
  title: string;
  state: string;
  receivedOn: string;
  text: string;
};
type Suggested = {
  categories: { label: string; score: number; because: string[] }[];
  authority: { code: string; label: Label } | null;
  mixed: { report: boolean; complaint: boolean };
};

/** What helps while the caller speaks: earlier matters of the firm, a class with its reasons, the authority of the place. Nothing is decided here. */
export function Beside({ call, onCategory }: { call: Call; onCategory: (category: string) => void }) {
  const { t, say } = useSpeech();
  const { entities } = useDeclarations();
  const name = usePause(call.subjectName.trim());
  const text = usePause(`${call.productName} ${call.matter} ${call.facts}`.trim().slice(0, 600));
  const earlier = useQuery({
    queryKey: ['query', 'complaints.earlier', name, call.subjectId],
    queryFn: ({ signal }) =>
      request<Earlier[]>(`/api/queries/complaints.earlier${queryString({ name, subject: call.subjectId })}`, {
        signal,
      }),
    enabled: name.length >= 2,
    placeholderData: keepPreviousData,
  });
  const suggested = useQuery({
    queryKey: ['query', 'complaints.suggest', text, call.region],
    queryFn: ({ signal }) =>
      request<Suggested>(`/api/queries/complaints.suggest${queryString({ text, region: call.region })}`, { signal }),
    enabled: text.length >= 4,
    placeholderData: keepPreviousData,
  });
  const complaint = entities.find((entity) => entity.name === 'complaints.complaint');
  const choices = complaint?.fields.find((field) => field.name === 'category')?.choices ?? [];
  const stateOf = ({ entity, state }: Earlier): string =>
    say(entities.find((one) => one.name === entity)?.states[state]) || state;
  const other =
    (!offends(call) && suggested.data?.mixed.report) || (!disputes(call) && suggested.data?.mixed.complaint) || false;
  return (
    <aside className="call-beside" aria-label={t('call.beside')}>
      {other && <Notice tone="warn">{t(disputes(call) ? 'call.also-report' : 'call.also-complaint')}</Notice>}
      <Sheet title={t('call.suggested')}>
        <div className="sheet-body stack">
          {suggested.data?.authority && (
            <p>
              {t('call.authority')} {say(suggested.data.authority.label)}
            </p>
          )}
          {(suggested.data?.categories.length ?? 0) === 0 ? (
            <p className="soft small">{t('call.no-suggestion')}</p>
          ) : (
            <ul className="plain stack">
              {suggested.data!.categories.map(({ label, because }) => (
                <li key={label}>
                  <button type="button" className="button" onClick={() => onCategory(label)}>
                    {say(choices.find(({ value }) => value === label)?.label) || label}
                  </button>{' '}
                  <span className="small soft">
                    {t('call.because')} {because.join('、')}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </div>
      </Sheet>
      <Sheet title={t('call.earlier')}>
        <div className="sheet-body">
          {(earlier.data?.length ?? 0) === 0 ? (
            <p className="soft small">{t('call.no-earlier')}</p>
          ) : (
            <ul className="plain stack">
              {earlier.data!.map((one) => (
                <li key={one.id}>
                  <Link to={`/record/${one.id}`} target="_blank">
                    {one.number ?? one.title}
                  </Link>{' '}
                  <span className="small soft nowrap">
                    {one.receivedOn} {stateOf(one)}
                  </span>
                  <br />
                  <span className="small">{one.text}</span>
                </li>
              ))}
            </ul>
          )}
        </div>
      </Sheet>
    </aside>
  );
}
