import { useState } from 'react';
import type { Label } from '../api.ts';
import { percent } from '../format.ts';
import { useSpeech } from '../i18n/language.ts';
import { Empty, Failure, Sheet, Waiting } from '../kit/pieces.tsx';
import { ScrollFrame } from '../kit/scroll-frame.tsx';
import { usePageTitle } from '../kit/title.ts';
import { useNamedQuery } from '../session.ts';
import './shares.css';

type BodyShare = {
  organisation: string;
  name: string;
  rounds: number;
  spotChecks: number;
  work: { reports: number; late: number; corrected: number; overturned: number } | null;
  grade: 'A' | 'B' | 'C' | 'D';
  reasons: Label[];
  share: number;
};

/** The first of January a year ago: a campaign's year, and the one before it. */
const lastYear = (): string => `${new Date().getFullYear() - 1}-01-01`;

/** 检验机构等级: each body's grade with every reason for it, and its share of the next campaign's tasks. */
export function SharesPage() {
  const { t, say } = useSpeech();
  const heading = usePageTitle(t('shares'));
  const [since, setSince] = useState(lastYear);
  const shares = useNamedQuery<BodyShare[]>('laboratory.next-shares', { since }, since !== '');
  return (
    <main className="main stack" id="main">
      <div>
        <h1 ref={heading} tabIndex={-1}>
          {t('shares')}
        </h1>
        <p className="soft">{t('shares.lead')}</p>
      </div>
      <label className="field">
        <span className="field-label">{t('shares.since')}</span>
        <input
          type="date"
          className="input narrow-input"
          value={since}
          onChange={(event) => setSince(event.target.value)}
        />
      </label>
      {shares.error && <Failure error={shares.error} retry={() => void shares.refetch()} />}
      {!shares.data && !shares.error && <Waiting />}
      {shares.data?.length === 0 && (
        <Empty title={t('shares.empty')}>
          <p>{t('shares.empty-text')}</p>
        </Empty>
      )}
      {shares.data && shares.data.length > 0 && (
        <Sheet title={t('shares.table')}>
          <ScrollFrame label={t('shares.table')}>
            <table className="table shares-table">
              <thead>
                <tr>
                  <th scope="col">{t('shares.body')}</th>
                  <th scope="col">{t('shares.grade')}</th>
                  <th scope="col" className="numeric">
                    {t('shares.share')}
                  </th>
                  <th scope="col" className="numeric">
                    {t('shares.reports')}
                  </th>
                  <th scope="col" className="numeric">
                    {t('shares.late')}
                  </th>
                  <th scope="col" className="numeric">
                    {t('shares.corrected')}
                  </th>
                  <th scope="col" className="numeric">
                    {t('shares.overturned')}
                  </th>
                  <th scope="col" className="numeric">
                    {t('shares.rounds')}
                  </th>
                  <th scope="col" className="numeric">
                    {t('shares.checks')}
                  </th>
                  <th scope="col">{t('shares.why')}</th>
                </tr>
              </thead>
              <tbody>
                {shares.data.map(({ organisation, name, grade, share, work, rounds, spotChecks, reasons }) => (
                  <tr key={organisation}>
                    <th scope="row">{name}</th>
                    <td>
                      <b>{grade}</b>
                    </td>
                    <td className="numeric nowrap">{percent(share, 1)}</td>
                    {(['reports', 'late', 'corrected', 'overturned'] as const).map((count) => (
                      <td key={count} className="numeric">
                        {work?.[count] ?? '–'}
                      </td>
                    ))}
                    <td className="numeric">{rounds}</td>
                    <td className="numeric">{spotChecks}</td>
                    <td>{reasons.length === 0 ? t('shares.nothing') : reasons.map(say).join(' ')}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollFrame>
          <p className="sheet-body small soft">{t('shares.note')}</p>
        </Sheet>
      )}
    </main>
  );
}
