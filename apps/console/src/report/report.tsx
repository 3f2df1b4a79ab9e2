import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import type { Instant, Label, RecordPage } from '../api.ts';
import { beijingTime } from '../format.ts';
import { useSpeech } from '../i18n/language.ts';
import { Icon } from '../kit/icon.tsx';
import { Failure, Notice, Sheet, Waiting } from '../kit/pieces.tsx';
import { ScrollFrame } from '../kit/scroll-frame.tsx';
import { RecordActions } from '../record/actions.tsx';
import { Papers } from '../record/papers.tsx';
import { RecordHead } from '../record/record.tsx';
import { recordQuery, useEntity, useNamedQuery } from '../session.ts';
import '../insight/insight.css';
import './report.css';

type Line = {
  group?: string | null;
  name: string;
  nameEn: string;
  numerator: number;
  denominator?: number | null;
  value?: string | null;
  lower?: string | null;
  upper?: string | null;
  small: boolean;
};
type Figure = {
  figure: string;
  label: string;
  labelEn: string;
  unit: string;
  definition: string;
  definitionEn: string;
  parameters: Record<string, string>;
  hash: string;
  note?: string | null;
  noteEn?: string | null;
  lines: Line[];
};
type Section = { title: string; titleEn: string; figures: Figure[] };
type Counts = { numerator: number; denominator: number | null; value: string | null } | null;
type Recomputed = {
  asOf: Instant;
  now: Instant;
  figures: number;
  same: number;
  changed: { figure: string; label: Label; group: string | null; name: Label; frozen: Counts; now: Counts }[];
  late: { id: string; entity: string; title: string; updated: Instant }[];
};

const rate = (value: string | null | undefined): string => (value ? `${(Number(value) * 100).toFixed(1)} %` : '—');

function useSaid(): (zh: string | null | undefined, en: string | null | undefined) => string {
  const { say } = useSpeech();
  return (zh, en) => say({ zh: zh ?? '', en: en ?? '' });
}

/** Where the same figure is asked anew, of today's records. */
const askedAgain = ({ parameters }: Figure): string => {
  const { organiser: _organiser, ...rest } = parameters;
  return `/insight?${new URLSearchParams(rest)}`;
};

function FrozenFigure({ figure }: { figure: Figure }) {
  const { t } = useSpeech();
  const said = useSaid();
  const percent = figure.unit === 'percent';
  return (
    <section className="report-figure">
      <div className="between">
        <h3>{said(figure.label, figure.labelEn)}</h3>
        <Link className="no-print small" to={askedAgain(figure)}>
          {t('report.now')}
        </Link>
      </div>
      <ScrollFrame label={said(figure.label, figure.labelEn)}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('report.group')}</th>
              {percent && (
                <th scope="col" className="numeric">
                  {t('figure.counts')}
                </th>
              )}
              <th scope="col" className="numeric">
                {percent ? t('report.rate') : t('report.count')}
              </th>
              {percent && (
                <th scope="col" className="numeric">
                  {t('figure.wilson')}
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {figure.lines.map((line) => (
              <tr key={line.group ?? 'whole'} className={line.group ? undefined : 'figure-total'}>
                <th scope="row">
                  {said(line.name, line.nameEn)}
                  {line.small && percent && <span className="small soft"> {t('figure.small')}</span>}
                </th>
                {percent && <td className="numeric">{`${line.numerator} / ${line.denominator ?? 0}`}</td>}
                <td className="numeric">{percent ? rate(line.value) : line.numerator}</td>
                {percent && (
                  <td className="numeric nowrap">{line.lower ? `${rate(line.lower)} – ${rate(line.upper)}` : '—'}</td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollFrame>
      {figure.note && <p className="small">{said(figure.note, figure.noteEn)}</p>}
      <details className="small figure-origin">
        <summary>{t('figure.origin')}</summary>
        <p>{said(figure.definition, figure.definitionEn)}</p>
        <p>
          <code>
            {Object.entries(figure.parameters)
              .map(([name, value]) => `${name}=${value}`)
              .join('  ')}
          </code>
        </p>
        <p>
          <code>{figure.hash}</code>
        </p>
      </details>
    </section>
  );
}

const told = (counts: Counts): string =>
  counts === null
    ? '—'
    : counts.denominator === null
      ? String(counts.numerator)
      : `${counts.numerator} / ${counts.denominator}  ${rate(counts.value)}`;

/** The report counted again: nothing in it changes, what differs stands beside it with the records that came late. */
function Recompute({ report }: { report: string }) {
  const { t, say } = useSpeech();
  const [asked, setAsked] = useState(false);
  const again = useNamedQuery<Recomputed>('reporting.recompute', { report }, asked);
  return (
    <Sheet
      title={t('report.recompute')}
      side={
        <button
          type="button"
          className="button no-print"
          onClick={() => (asked ? void again.refetch() : setAsked(true))}
          disabled={again.isFetching}
        >
          <Icon name="loop" />
          {t('report.recompute-do')}
        </button>
      }
    >
      <div className="sheet-body stack" aria-live="polite">
        {!asked && <p className="soft">{t('report.recompute-text')}</p>}
        {again.error ? <Failure error={again.error} /> : null}
        {again.isFetching && <Waiting />}
        {again.data && again.data.changed.length === 0 && (
          <Notice tone="good">{t('report.same', { n: again.data.figures, at: beijingTime(again.data.now) })}</Notice>
        )}
        {again.data && again.data.changed.length > 0 && (
          <>
            <Notice tone="warn">
              {t('report.changed', { same: again.data.same, n: again.data.figures, at: beijingTime(again.data.now) })}
            </Notice>
            <ScrollFrame label={t('report.recompute')}>
              <table className="table">
                <thead>
                  <tr>
                    <th scope="col">{t('figure.figure')}</th>
                    <th scope="col">{t('report.group')}</th>
                    <th scope="col" className="numeric">
                      {t('report.then')}
                    </th>
                    <th scope="col" className="numeric">
                      {t('report.today')}
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {again.data.changed.map((row) => (
                    <tr key={`${row.figure}${row.group}${row.name.zh}`}>
                      <th scope="row">{say(row.label)}</th>
                      <td>{say(row.name)}</td>
                      <td className="numeric nowrap">{told(row.frozen)}</td>
                      <td className="numeric nowrap">{told(row.now)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </ScrollFrame>
            <p>{t('report.late', { at: beijingTime(again.data.asOf) })}</p>
            <ul className="report-late">
              {again.data.late.map(({ id, title, updated }) => (
                <li key={id}>
                  <Link to={`/record/${id}`}>{title}</Link> <span className="small soft">{beijingTime(updated)}</span>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </Sheet>
  );
}

function Body({ page }: { page: RecordPage }) {
  const { t } = useSpeech();
  const said = useSaid();
  const entity = useEntity(page.entity);
  const fields = page.fields as {
    sections?: Section[];
    asOf?: string;
    digest?: string;
    remarks?: string | null;
    reason?: string | null;
    checkedBy?: string | null;
    checkedOn?: string | null;
  };
  return (
    <>
      <p className="dotted small">
        <span>{t('report.as-of', { at: beijingTime(fields.asOf ?? '') })}</span>
        {fields.checkedOn && <span>{t('report.checked', { by: fields.checkedBy ?? '', on: fields.checkedOn })}</span>}
        <span>
          {t('report.digest')} <code>{(fields.digest ?? '').slice(0, 16)}</code>
        </span>
      </p>
      {fields.reason && <Notice tone="warn">{t('report.reason', { reason: fields.reason })}</Notice>}
      {fields.remarks && <p className="lines">{fields.remarks}</p>}
      <Recompute report={page.id} />
      {(fields.sections ?? []).map((section) => (
        <Sheet key={section.title} title={said(section.title, section.titleEn)}>
          <div className="sheet-body stack">
            {section.figures.map((figure) => (
              <FrozenFigure key={`${figure.figure}${figure.parameters.by ?? ''}`} figure={figure} />
            ))}
          </div>
        </Sheet>
      ))}
      <Sheet title={t('papers')}>
        <Papers record={page} entity={entity} />
      </Sheet>
    </>
  );
}

/** 定期统计报告 as it reads: sections, figures with n and interval, and whether the records still say the same. */
export function ReportPage() {
  const { t } = useSpeech();
  const { id = '' } = useParams();
  const record = useQuery(recordQuery(id));
  return (
    <main className="main stack" id="main">
      {record.error ? <Failure page error={record.error} retry={() => void record.refetch()} /> : null}
      {record.isPending && <Waiting />}
      {record.data && (
        <>
          <RecordHead
            record={record.data}
            side={
              <>
                <a className="button" href={`/api/reports/${id}.xlsx`} download>
                  <Icon name="download" />
                  XLSX
                </a>
                <Link className="button" to={`/record/${id}`}>
                  {t('report.record')}
                </Link>
                <button type="button" className="button-quiet wide-only" onClick={() => window.print()}>
                  <Icon name="print" />
                  {t('print')}
                </button>
              </>
            }
          />
          <RecordActions record={record.data} />
          <Body page={record.data} />
        </>
      )}
    </main>
  );
}
