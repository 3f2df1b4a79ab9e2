import { useId } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { useReferenceChoices } from '../action/reference.ts';
import type { Archive } from '../api-queries.ts';
import { beijingDate, dayWithWeekday } from '../format.ts';
import { useSpeech } from '../i18n/language.ts';
import { Combobox } from '../kit/combobox.tsx';
import { Icon } from '../kit/icon.tsx';
import { Failure, Notice, Sheet, StateChip, Waiting } from '../kit/pieces.tsx';
import { usePageTitle } from '../kit/title.ts';
import { pageOf } from '../list/columns.tsx';
import { RowList } from '../list/row-list.tsx';
import { RecordActions } from '../record/actions.tsx';
import { Facts } from '../record/facts.tsx';
import { Papers } from '../record/papers.tsx';
import { RecordHead } from '../record/record.tsx';
import { plainValue } from '../record/value.ts';
import { useEntity, useNamedQuery } from '../session.ts';
import { changedFields, findPeriod } from './as-of.ts';
import './archive.css';

function FactsAsOf({ archive }: { archive: Archive }) {
  const speech = useSpeech();
  const { t, language } = speech;
  const id = useId();
  const entity = useEntity('subjects.enterprise');
  const [search, setSearch] = useSearchParams();
  const today = beijingDate(new Date().toISOString());
  const on = search.get('on') ?? today;
  const now = archive.enterprise.fields;
  const period = on >= today ? undefined : findPeriod(archive.history, on);
  const missing = on < today && !period;
  const fields = period ? period.fields : now;
  const changed = period ? changedFields(period.fields, now) : [];
  const name = (field: string) => speech.say(entity?.fields.find((one) => one.name === field)?.label) || field;
  return (
    <Sheet
      title={t('archive.facts')}
      side={
        <span className="row no-print">
          <label htmlFor={id}>{t('archive.on')}</label>
          <input
            id={id}
            type="date"
            className="input narrow-input"
            max={today}
            value={on}
            onChange={(event) =>
              setSearch(event.target.value && event.target.value < today ? { on: event.target.value } : {}, {
                replace: true,
              })
            }
          />
        </span>
      }
    >
      <div className="sheet-body stack">
        {on < today && (
          <Notice tone={missing ? 'warn' : 'link'}>
            {missing
              ? t('archive.no-facts', { date: dayWithWeekday(on, language) })
              : t('archive.as-of', { date: dayWithWeekday(on, language), n: changed.length })}{' '}
            <button type="button" className="button-plain" onClick={() => setSearch({}, { replace: true })}>
              {t('archive.today')}
            </button>
          </Notice>
        )}
        {changed.length > 0 && (
          <table className="table">
            <caption className="visually-hidden">{t('archive.changed')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('conflict.field')}</th>
                <th scope="col">{on}</th>
                <th scope="col">{t('archive.today')}</th>
              </tr>
            </thead>
            <tbody>
              {changed.map((field) => {
                const view = entity?.fields.find((one) => one.name === field);
                return (
                  <tr key={field}>
                    <th scope="row">{name(field)}</th>
                    <td>{plainValue(fields[field], view, speech) || '—'}</td>
                    <td>{plainValue(now[field], view, speech) || '—'}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        )}
        {!missing && <Facts fields={fields} entity={entity} />}
        {archive.history.length > 1 && (
          <p className="small">
            {t('archive.periods')}{' '}
            {archive.history.map((one) => (
              <Link key={one.from} to={`?on=${one.from.slice(0, 10)}`} replace className="archive-period">
                {one.from.slice(0, 10)}
              </Link>
            ))}
          </p>
        )}
      </div>
    </Sheet>
  );
}

/** Everything about the enterprise by date, whichever domain it comes from. */
function Course({ archive }: { archive: Archive }) {
  const { t, say } = useSpeech();
  const rows = archive.records
    .flatMap((group) => group.rows.map((row) => ({ row, kind: group.label })))
    .sort((a, b) => Date.parse(b.row.opened) - Date.parse(a.row.opened));
  if (rows.length === 0) return <p className="sheet-body soft">{t('archive.nothing')}</p>;
  return (
    <ol className="timeline">
      {rows.map(({ row, kind }) => (
        <li key={row.id}>
          <p className="small soft">
            {beijingDate(row.opened)}
            {row.closedAt && ` – ${beijingDate(row.closedAt)}`} · {say(kind)}
          </p>
          <Link to={pageOf(row)}>{row.title}</Link> <StateChip row={row} />
        </li>
      ))}
    </ol>
  );
}

function Finder() {
  const { t } = useSpeech();
  const navigate = useNavigate();
  const id = useId();
  const heading = usePageTitle(t('archive'));
  const { choices, search } = useReferenceChoices('subjects.enterprise', '');
  return (
    <main className="main stack" id="main">
      <div>
        <h1 ref={heading} tabIndex={-1}>
          {t('archive')}
        </h1>
        <p className="soft">{t('archive.lead')}</p>
      </div>
      <div className="field">
        <label htmlFor={id}>{t('archive.find')}</label>
        <Combobox
          id={id}
          label={t('archive.find')}
          placeholder={t('archive.find.placeholder')}
          choices={choices}
          value=""
          onChange={(chosen) => chosen && navigate(`/archive/${chosen}`)}
          onSearch={search}
        />
      </div>
      <p>
        <Link to="/list/subjects.enterprise">{t('archive.all')}</Link>
      </p>
    </main>
  );
}

function File({ id }: { id: string }) {
  const { t, say } = useSpeech();
  const entity = useEntity('subjects.enterprise');
  const archive = useNamedQuery<Archive>('subjects.archive', { enterprise: id });
  if (archive.error) {
    return (
      <main className="main" id="main">
        <Failure page error={archive.error} retry={() => void archive.refetch()} />
      </main>
    );
  }
  if (!archive.data) {
    return (
      <main className="main" id="main">
        <Waiting />
      </main>
    );
  }
  const { enterprise, records, issues } = archive.data;
  return (
    <main className="main stack" id="main">
      <RecordHead
        record={enterprise}
        side={
          <button type="button" className="button-quiet wide-only" onClick={() => window.print()}>
            <Icon name="print" />
            {t('print')}
          </button>
        }
      />
      <RecordActions record={enterprise} />
      {issues.length > 0 && (
        <Sheet title={t('archive.issues', { n: issues.length })}>
          <RowList rows={issues} />
        </Sheet>
      )}
      <div className="record-columns">
        <div className="stack">
          <FactsAsOf archive={archive.data} />
          {records.map((group) => (
            <Sheet
              key={group.entity}
              title={`${say(group.label)} ${archive.data.counts[group.entity] ?? group.rows.length}`}
              side={<Link to={`/list/${group.entity}?subject=${id}`}>{t('archive.as-list')}</Link>}
            >
              <RowList rows={group.rows} />
            </Sheet>
          ))}
          <Sheet title={t('papers')}>
            <Papers record={enterprise} entity={entity} />
          </Sheet>
        </div>
        <Sheet title={t('archive.course')}>
          <Course archive={archive.data} />
        </Sheet>
      </div>
    </main>
  );
}

/** One file per enterprise (一企一档): its facts on any day and every record that concerns it. */
export function ArchivePage() {
  const { id } = useParams();
  return id ? <File key={id} id={id} /> : <Finder />;
}
