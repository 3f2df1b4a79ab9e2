import { Link, useSearchParams } from 'react-router';
import type { IsoDate, Label } from '../api.ts';
import { useSpeech } from '../i18n/language.ts';
import { Empty, Failure, Sheet, Waiting } from '../kit/pieces.tsx';
import { ScrollFrame } from '../kit/scroll-frame.tsx';
import { usePageTitle } from '../kit/title.ts';
import { useNamedQuery } from '../session.ts';
import './monitoring.css';

/** licensing.persons as the server answers it. */
type Persons = {
  persons: {
    licence: string;
    number: string;
    holder: string;
    classes: Label[];
    validUntil: IsoDate | null;
    employer: string | null;
    violations: { on: IsoDate; decision: string }[];
  }[];
};

/** 持证人员名册: certificate, class, term, employer and violations of every certified person, masked as the public reads it. */
export function PersonsPage() {
  const { t, say, language } = useSpeech();
  const heading = usePageTitle(t('persons'));
  const [search, setSearch] = useSearchParams();
  const words = search.get('q') ?? '';
  const found = useNamedQuery<Persons>('licensing.persons', words === '' ? {} : { words });
  const columns = ['number', 'holder', 'class', 'until', 'employer', 'violations'] as const;
  return (
    <main className="main stack" id="main">
      <header>
        <h1 ref={heading} tabIndex={-1}>
          {t('persons')}
        </h1>
        <p className="soft">{t('persons.lead')}</p>
      </header>
      <search>
        <form
          className="monitoring-period no-print"
          key={words}
          onSubmit={(event) => {
            event.preventDefault();
            setSearch({ q: String(new FormData(event.currentTarget).get('q')) });
          }}
        >
          <label>
            <span>{t('persons.words')}</span>
            <input className="input" name="q" defaultValue={words} maxLength={100} />
          </label>
          <button type="submit" className="button">
            {t('persons.show')}
          </button>
        </form>
      </search>
      {found.error ? <Failure error={found.error} retry={() => void found.refetch()} /> : null}
      {found.isPending && <Waiting />}
      {found.data?.persons.length === 0 && (
        <Empty title={t('persons')}>
          <p>{t('persons.none')}</p>
        </Empty>
      )}
      {found.data && found.data.persons.length > 0 && (
        <Sheet title={`${t('persons')} ${found.data.persons.length}`}>
          <ScrollFrame label={t('persons')}>
            <table className="table">
              <thead>
                <tr>
                  {columns.map((name) => (
                    <th key={name} scope="col">
                      {t(`persons.${name}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {found.data.persons.map((one) => (
                  <tr key={one.licence}>
                    <th scope="row">
                      <Link to={`/record/${one.licence}`}>{one.number}</Link>
                    </th>
                    <td>{one.holder}</td>
                    <td>{one.classes.map(say).join(language === 'zh' ? '、' : ', ')}</td>
                    <td className="nowrap">{one.validUntil ?? t('persons.endless')}</td>
                    <td>{one.employer ?? '—'}</td>
                    <td>
                      {one.violations.map(({ on, decision }) => (
                        <p key={decision} className="small">
                          {on} {decision}
                        </p>
                      ))}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollFrame>
        </Sheet>
      )}
    </main>
  );
}
