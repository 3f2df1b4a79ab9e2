import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { Link, useParams } from 'react-router';
import type { RecordPage, RecordRow } from '../api.ts';
import { ReportFiles } from '../bench/report-files.tsx';
import { beijingTime } from '../format.ts';
import { useSpeech } from '../i18n/language.ts';
import { Icon } from '../kit/icon.tsx';
import { useKeys } from '../kit/keyboard.ts';
import { DaysLeft, DueDate, Failure, Notice, Sheet, StateChip, Waiting } from '../kit/pieces.tsx';
import { usePageTitle } from '../kit/title.ts';
import { pageOf } from '../list/columns.tsx';
import { RowList } from '../list/row-list.tsx';
import { recordQuery, useEntity, useMe } from '../session.ts';
import { RecordActions } from './actions.tsx';
import { Clocks } from './clocks.tsx';
import { Done } from './done.tsx';
import { Facts } from './facts.tsx';
import { NearRecords, nearOf } from './near.tsx';
import { Onward } from './onward.tsx';
import { Papers } from './papers.tsx';
import { Reveal } from './reveal.tsx';
import { Timeline } from './timeline.tsx';

const CampaignProgress = lazy(async () => ({ default: (await import('../plan/progress.tsx')).CampaignProgressSheet }));

/** What stands at the head of any record: kind, number, title, state, deadline, who holds it. */
export function RecordHead({ record, side }: { record: RecordPage; side?: ReactNode }) {
  const { t, say } = useSpeech();
  const heading = usePageTitle(record.title);
  return (
    <header className="record-head">
      <div className="between">
        <p className="small soft dotted">
          <Link to={`/list/${record.entity}`}>{say(record.entityLabel)}</Link>
          {record.number && <span>{record.number}</span>}
          {record.parent && <Link to={pageOf(record.parent)}>{record.parent.title}</Link>}
        </p>
        <div className="row no-print">{side}</div>
      </div>
      <div className="row record-title">
        <h1 ref={heading} tabIndex={-1}>
          {record.title}
        </h1>
        <StateChip row={record} />
      </div>
      <p className="small dotted">
        <span>{say(record.office.label)}</span>
        {record.subject && record.subject.id !== record.id && (
          <Link to={`/archive/${record.subject.id}`}>{record.subject.name}</Link>
        )}
        <span>{record.handler ? t('record.handler', { name: record.handler.name }) : t('record.no-handler')}</span>
        {record.dueState !== 'none' && record.workingDaysLeft !== null && (
          <span className="record-due">
            <DaysLeft left={record.workingDaysLeft} dueState={record.dueState} /> <DueDate due={record.due} />
          </span>
        )}
      </p>
    </header>
  );
}

/** Pages made by hand for some kinds of record. */
function OwnPage({ record }: { record: RecordPage }) {
  const { t } = useSpeech();
  if (record.entity === 'sampling.draw') {
    return (
      <Link className="button" to={`/draw/${record.id}`}>
        <Icon name="draw" />
        {t('draw')}
      </Link>
    );
  }
  if (record.entity === 'sampling.plan' || record.entity === 'sampling.scheme') {
    return (
      <>
        {record.entity === 'sampling.scheme' && (
          <Link className="button" to={`/oversight?scheme=${record.id}`}>
            <Icon name="list" />
            {t('oversight')}
          </Link>
        )}
        <Link className="button" to={`/plan?record=${record.id}`}>
          <Icon name="curve" />
          {t('plan')}
        </Link>
      </>
    );
  }
  const loopBy: Record<string, string | false> = {
    'handling.loop': 'loop',
    'sampling.outside-failure': 'outsideFailure',
    'sampling.task': record.fields.finalConclusion === 'fails' && 'task',
  };
  const by = loopBy[record.entity];
  if (by) {
    return (
      <Link className="button" to={`/loop/${by}/${record.id}`}>
        <Icon name="loop" />
        {t('loop')}
      </Link>
    );
  }
  if (record.entity === 'cases.case') {
    return (
      <Link className="button" to={`/case/${record.id}`}>
        <Icon name="paper" />
        {t('case')}
      </Link>
    );
  }
  if (record.entity === 'subjects.enterprise') {
    return (
      <Link className="button" to={`/archive/${record.id}`}>
        <Icon name="archive" />
        {t('archive')}
      </Link>
    );
  }
  if (record.entity === 'reporting.report') {
    return (
      <Link className="button" to={`/report/${record.id}`}>
        <Icon name="paper" />
        {t('report.open')}
      </Link>
    );
  }
  if (record.entity === 'laboratory.worksheet') {
    return (
      <Link className="button" to={`/worksheet/${record.id}`}>
        <Icon name="keys" />
        {t('grid.open')}
      </Link>
    );
  }
  if (record.entity === 'archives.file' && (record.state === 'filed' || record.state === 'transferred')) {
    return (
      <a className="button" href={`/api/archives/${record.id}/package.zip`} title={t('archive.package.lead')} download>
        <Icon name="download" />
        {t('archive.package')}
      </a>
    );
  }
  if (record.entity === 'kernel.approval') {
    return (
      <Link className="button" to={`/approvals/${record.id}`}>
        <Icon name="approve" />
        {t('approvals')}
      </Link>
    );
  }
  return null;
}

function Rows({ title, rows }: { title: string; rows: RecordRow[] }) {
  if (rows.length === 0) return null;
  return (
    <Sheet title={`${title} ${rows.length}`}>
      <RowList rows={rows} kinds />
    </Sheet>
  );
}

/** Any record: what may be done on top, facts and papers left, everything that happened right. */
export function RecordScreen() {
  const { t, say } = useSpeech();
  const { id = '' } = useParams();
  const [revealed, setRevealed] = useState<Record<string, unknown>>({});
  const record = useQuery(recordQuery(id));
  const entity = useEntity(record.data?.entity);
  const me = useMe();
  useKeys({ e: () => document.querySelector<HTMLElement>('.record-actions [data-next]')?.click() });
  if (record.error) {
    return (
      <main className="main" id="main">
        <Failure page error={record.error} retry={() => void record.refetch()} />
      </main>
    );
  }
  if (!record.data) {
    return (
      <main className="main" id="main">
        <Waiting />
      </main>
    );
  }
  const page = record.data;
  return (
    <NearRecords value={nearOf(page)}>
      <main className="main stack" id="main">
        <Done />
        <RecordHead
          record={page}
          side={
            <>
              <OwnPage record={page} />
              <button type="button" className="button-quiet wide-only" onClick={() => window.print()}>
                <Icon name="print" />
                {t('print')}
              </button>
            </>
          }
        />
        <RecordActions record={page} />
        <Onward record={page} />
        {page.approval && (
          <Notice tone="link">
            {t('record.approval')} <Link to={`/approvals/${page.approval.id}`}>{page.approval.title}</Link>{' '}
            <StateChip row={page.approval} />
          </Notice>
        )}
        <div className="record-columns">
          <div className="stack">
            {page.clocks.length > 0 && (
              <Sheet title={t('clocks')}>
                <Clocks clocks={page.clocks} />
              </Sheet>
            )}
            {page.entity === 'sampling.scheme' && (
              <Suspense fallback={<Waiting />}>
                <CampaignProgress scheme={page.id} />
              </Suspense>
            )}
            <Sheet title={t('record.facts')} side={<Reveal record={page} revealed={revealed} onReveal={setRevealed} />}>
              <div className="sheet-body">
                <Facts fields={{ ...page.fields, ...revealed }} entity={entity} />
              </div>
            </Sheet>
            <Sheet title={t('papers')}>
              <Papers record={page} entity={entity} />
              <ReportFiles record={page} />
            </Sheet>
            <Rows title={t('record.handovers')} rows={page.handovers} />
            <Rows title={t('record.related')} rows={page.related} />
          </div>
          <Sheet title={t('timeline')}>
            <Timeline entries={page.timeline} entity={entity} />
          </Sheet>
        </div>
        <p className="print-only small">
          {t('print.foot', {
            person: me.person.name,
            place: me.grant ? `${say(me.grant.place)} ${say(me.grant.roleLabel)}` : '',
            at: beijingTime(new Date().toISOString()),
          })}
        </p>
      </main>
    </NearRecords>
  );
}
