import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { ImportReport, Job, Label } from '../api.ts';
import { grouped } from '../format.ts';
import { request, upload } from '../http.ts';
import { useSpeech } from '../i18n/language.ts';
import { Icon } from '../kit/icon.tsx';
import { Notice, Sheet } from '../kit/pieces.tsx';
import { ScrollFrame } from '../kit/scroll-frame.tsx';
import { usePageTitle } from '../kit/title.ts';
import { useEntity } from '../session.ts';
import { problemsAsCsv } from './report.ts';
import './import.css';

const jobsKey = ['jobs'];

/** The report once there is one; while a job runs there is none, and a failed one has a sentence instead. */
function reportOf(job: Job): ImportReport | undefined {
  const { report } = job;
  return report && 'rows' in report && report.rows ? { good: 0, bad: 0, ...report, rows: report.rows } : undefined;
}

const hasEnded = (state: string): boolean => state === 'done' || state === 'failed' || state === 'cancelled';

function failureOf(job: Job): Label | undefined {
  return job.report && 'zh' in job.report ? job.report : undefined;
}

function Problems({ rows, file }: { rows: ImportReport['rows']; file: string }) {
  const { t, language } = useSpeech();
  const [shown, setShown] = useState(200);
  if (rows.length === 0) return null;
  const headings = [t('import.row'), t('import.column'), t('import.value'), t('import.reason')];
  function download(): void {
    const text = problemsAsCsv(rows, [...headings, t('import.code')], language);
    const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = `${file.replace(/\.\w+$/, '')}-${t('import.errors-file')}.csv`;
    link.click();
    URL.revokeObjectURL(url);
  }
  return (
    <div className="stack">
      <div className="between">
        <h3>{t('import.problems', { n: rows.length })}</h3>
        <button type="button" className="button" onClick={download}>
          <Icon name="download" />
          {t('import.download')}
        </button>
      </div>
      <ScrollFrame label={t('import.problems', { n: rows.length })} className="import-problems">
        <table className="table">
          <thead>
            <tr>
              {headings.map((heading, index) => (
                <th key={heading} scope="col" className={index === 0 ? 'numeric' : ''}>
                  {heading}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, shown).map((problem) => (
              <tr key={`${problem.row} ${problem.column} ${problem.code}`}>
                <td className="numeric">{problem.row}</td>
                <td className="nowrap">{problem.column ?? '—'}</td>
                <td className="code">
                  {problem.value === null || problem.value === undefined ? '—' : String(problem.value)}
                </td>
                <td>{problem[language]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollFrame>
      {shown < rows.length && (
        <button type="button" className="button" onClick={() => setShown(shown + 1000)}>
          {t('list.more')}
        </button>
      )}
    </div>
  );
}

function JobView({ listed }: { listed: Job }) {
  const { t, say, explain } = useSpeech();
  const job = useQuery({
    queryKey: ['job', listed.id],
    queryFn: ({ signal }) => request<Job>(`/api/jobs/${encodeURIComponent(listed.id)}`, { signal }),
    refetchInterval: (query) => {
      const state = query.state.data?.state;
      return query.state.error || (state !== undefined && hasEnded(state)) ? false : 1000;
    },
  });
  const cancel = useMutation({
    mutationFn: () => request(`/api/jobs/${encodeURIComponent(listed.id)}/cancel`, { method: 'POST' }),
    onSettled: () => job.refetch(),
  });
  const data = job.data ?? listed;
  const report = reportOf(data);
  const failure = failureOf(data);
  const finished = hasEnded(data.state);
  return (
    <Sheet title={say(data.label)} side={<span className="state">{t(`job.${data.state}`)}</span>}>
      <div className="sheet-body stack" aria-live="polite">
        {job.error && <Notice tone="warn">{explain(job.error)}</Notice>}
        {failure && <Notice tone="act">{say(failure)}</Notice>}
        {!finished && (
          <p>
            <progress
              className="progress"
              {...(data.total ? { max: data.total, value: data.done } : {})}
              aria-label={t('import.progress', { done: data.done, total: data.total ?? '?' })}
            />
            {t('import.progress', { done: grouped(data.done), total: data.total === null ? '?' : grouped(data.total) })}{' '}
            <span className="soft">{t('import.leave')}</span>{' '}
            <button type="button" className="button" disabled={cancel.isPending} onClick={() => cancel.mutate()}>
              {t('job.cancel')}
            </button>
          </p>
        )}
        {report && (
          <p className="dotted">
            <span className="verdict" data-verdict="good">
              {t(report.preview ? 'import.would-go' : 'import.good', { n: grouped(report.good) })}
            </span>
            <span className="verdict" data-verdict={report.bad > 0 ? 'bad' : 'open'}>
              {t('import.bad', { n: grouped(report.bad) })}
            </span>
            {report.good > 0 && !report.preview && <Link to={`/list/${data.kind}`}>{t('import.see')}</Link>}
          </p>
        )}
        {report && <Problems rows={report.rows} file={say(data.label)} />}
      </div>
    </Sheet>
  );
}

/** Bringing in what others keep in spreadsheets: the good rows go in, each bad one is told with row, column and reason. */
export function ImportPage() {
  const { t, say, explain } = useSpeech();
  const heading = usePageTitle(t('import'));
  const client = useQueryClient();
  const fileId = useId();
  const [search, setSearch] = useSearchParams();
  const kinds = useQuery({
    queryKey: ['imports'],
    queryFn: ({ signal }) =>
      request<{ kinds: { kind: string; label: Label; previews: boolean }[] }>('/api/imports', { signal }),
  });
  const offered = kinds.data?.kinds ?? [];
  const kind = offered.find((one) => one.kind === search.get('kind'))?.kind ?? offered[0]?.kind ?? '';
  const entity = useEntity(kind);
  const [file, setFile] = useState<File | null>(null);
  const [complaint, setComplaint] = useState('');
  const jobs = useQuery({
    queryKey: jobsKey,
    queryFn: ({ signal }) => request<{ jobs: Job[] }>('/api/jobs', { signal }),
  });
  const start = useMutation({
    mutationFn: ({ chosen, preview }: { chosen: File; preview: boolean }) =>
      upload<{ job: string }>(`/api/imports/${kind}${preview ? '?preview=1' : ''}`, chosen),
    onSuccess: () => client.invalidateQueries({ queryKey: jobsKey }),
    onError: (error) => setComplaint(explain(error)),
  });

  function take(preview: boolean): void {
    setComplaint(file ? '' : t('import.no-file'));
    if (file && kind !== '' && !start.isPending) start.mutate({ chosen: file, preview });
  }

  return (
    <main className="main stack" id="main">
      <div>
        <h1 ref={heading} tabIndex={-1}>
          {t('import')}
        </h1>
        <p className="soft">{t('import.lead')}</p>
      </div>
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          take(false);
        }}
      >
        {offered.length > 1 && (
          <div className="field">
            <label htmlFor={`${fileId}-kind`}>{t('import.kind')}</label>
            <select
              id={`${fileId}-kind`}
              className="input"
              value={kind}
              onChange={(event) => setSearch({ kind: event.target.value }, { replace: true })}
            >
              {offered.map((one) => (
                <option key={one.kind} value={one.kind}>
                  {say(one.label)}
                </option>
              ))}
            </select>
          </div>
        )}
        <div className="field">
          <label htmlFor={fileId}>{t('import.file', { kind: say(entity?.label) })}</label>
          {complaint && (
            <p className="field-error" id={`${fileId}-error`} role="alert">
              {complaint}
            </p>
          )}
          <input
            id={fileId}
            type="file"
            accept=".csv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            aria-describedby={complaint ? `${fileId}-error` : undefined}
            onChange={(event) => setFile(event.target.files?.[0] ?? null)}
          />
        </div>
        {entity && (
          <details className="field">
            <summary>{t('import.columns')}</summary>
            <p>{entity.fields.map((field) => say(field.label)).join(t('separator'))}</p>
          </details>
        )}
        <p>
          <button type="submit" className="button-primary" aria-disabled={start.isPending}>
            {start.isPending ? t('upload.running') : t('import.start')}
          </button>{' '}
          {offered.find((one) => one.kind === kind)?.previews && (
            <button type="button" className="button" aria-disabled={start.isPending} onClick={() => take(true)}>
              {t('import.preview')}
            </button>
          )}
        </p>
      </form>
      {jobs.data?.jobs.map((job) => (
        <JobView key={job.id} listed={job} />
      ))}
    </main>
  );
}
