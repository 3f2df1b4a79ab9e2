import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { beijingDate, dayWithWeekday } from '../format.ts';
import { useSpeech } from '../i18n/language.ts';
import { Icon } from '../kit/icon.tsx';
import { Empty, Failure, Notice, Sheet, Waiting } from '../kit/pieces.tsx';
import { ScrollFrame } from '../kit/scroll-frame.tsx';
import { usePageTitle } from '../kit/title.ts';
import { useEntity, useNamedQuery } from '../session.ts';
import { EvidenceOf, RecordLink, RecordState, Term } from './pieces.tsx';
import { chainOf, type FailureLoops, type LoopSight, type RecordSight, type SamplingSide } from './shapes.ts';
import './loop.css';

/** The words of a state or a choice of an entity of sampling, as its declaration has them. */
function Word({ entity, state, field, value }: { entity: string; state?: string; field?: string; value?: string }) {
  const { say } = useSpeech();
  const declared = useEntity(entity);
  const label = state
    ? declared?.states[state]
    : declared?.fields.find(({ name }) => name === field)?.choices?.find((choice) => choice.value === value)?.label;
  return <>{say(label) || state || value}</>;
}

function Line({
  to,
  children,
  date,
  entity,
  state,
}: {
  to: string;
  children: ReactNode;
  date: string | null;
  entity: string;
  state: string;
}) {
  const { language } = useSpeech();
  return (
    <li>
      <Link to={`/record/${to}`}>{children}</Link>{' '}
      <span className="state">
        <Word entity={entity} state={state} />
      </span>
      {date && <span className="small soft"> {dayWithWeekday(date, language)}</span>}
    </li>
  );
}

function Steps({ side }: { side: NonNullable<SamplingSide> }) {
  const { t, say, language } = useSpeech();
  return (
    <ol className="loop-steps">
      {side.steps.map((step) => (
        <li key={step.name} data-done={step.on !== null}>
          <b>{say(step.label)}</b>
          <span className="small">{step.on ? dayWithWeekday(step.on, language) : t('loop.not-yet')}</span>
        </li>
      ))}
    </ol>
  );
}

/** From the draw to the final conclusion, and what the organiser did with it. */
function Sampling({ side }: { side: NonNullable<SamplingSide> }) {
  const { t } = useSpeech();
  const parts: [string, ReactNode[]][] = [
    [
      t('loop.told'),
      [
        ...side.notices.map((notice) => (
          <Line key={notice.id} to={notice.id} entity="sampling.notice" state={notice.state} date={notice.servedOn}>
            {notice.addressee}
          </Line>
        )),
        ...side.objections.map((objection) => (
          <Line
            key={objection.id}
            to={objection.id}
            entity="sampling.objection"
            state={objection.state}
            date={objection.filedOn}
          >
            <Word entity="sampling.objection" field="kind" value={objection.kind} />
          </Line>
        )),
      ],
    ],
    [
      t('loop.follow-ups'),
      side.followUps.map((followUp) => (
        <Line key={followUp.id} to={followUp.id} entity="sampling.follow-up" state={followUp.state} date={followUp.due}>
          <Word entity="sampling.follow-up" field="kind" value={followUp.kind} />
          {`：${followUp.subject}`}
        </Line>
      )),
    ],
    [
      t('loop.bulletins'),
      [
        ...side.bulletins.map((bulletin) => (
          <Line
            key={bulletin.id}
            to={bulletin.id}
            entity="sampling.bulletin"
            state={bulletin.state}
            date={bulletin.publishedOn}
          >
            {bulletin.name}
          </Line>
        )),
        ...side.reversals.map((reversal) => (
          <Line
            key={reversal.id}
            to={reversal.id}
            entity="sampling.reversal"
            state={reversal.state}
            date={reversal.effectiveOn}
          >
            <Word entity="sampling.reversal" field="change" value={reversal.change} />
          </Line>
        )),
      ],
    ],
  ];
  return (
    <Sheet
      title={t('loop.sampling')}
      side={
        <Link to={`/record/${side.task.id}`}>
          {side.task.enterpriseName} · {side.task.productName}
        </Link>
      }
    >
      <div className="sheet-body stack">
        <Steps side={side} />
        <div className="loop-parts">
          {parts
            .filter(([, lines]) => lines.length > 0)
            .map(([title, lines]) => (
              <section key={title}>
                <h3>{title}</h3>
                <ul className="loop-lines">{lines}</ul>
              </section>
            ))}
        </div>
      </div>
    </Sheet>
  );
}

function Records({ records }: { records: RecordSight[] }) {
  const { t, say } = useSpeech();
  return (
    <ScrollFrame label={t('loop.records')}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('loop.date')}</th>
            <th scope="col">{t('loop.record')}</th>
            <th scope="col">{t('loops.state')}</th>
            <th scope="col">{t('loop.who')}</th>
            <th scope="col">{t('loop.evidence')}</th>
          </tr>
        </thead>
        <tbody>
          {records.map((record) => (
            <tr key={record.id}>
              <td className="nowrap">{beijingDate(record.openedAt)}</td>
              <td>
                <RecordLink record={record} />
                <p className="small soft">
                  {say(record.entityLabel)} {record.number}
                </p>
              </td>
              <td>
                <RecordState record={record} />
              </td>
              <td>
                {say(record.office.label)}
                {record.handler && <p className="small soft">{record.handler}</p>}
              </td>
              <td>
                <EvidenceOf record={record} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}

function Chain({ records }: { records: RecordSight[] }) {
  const { t, say } = useSpeech();
  const chain = chainOf(records);
  if (chain.length === 0) return null;
  return (
    <details className="loop-chain">
      <summary>
        {t('loop.evidence-chain')} · {t('loop.evidence.count', { n: chain.length })}
      </summary>
      <ScrollFrame label={t('loop.evidence-chain')}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('loop.date')}</th>
              <th scope="col">{t('loop.paper')}</th>
              <th scope="col">{t('loop.number')}</th>
              <th scope="col">{t('loop.record')}</th>
              <th scope="col">{t('loop.hash')}</th>
            </tr>
          </thead>
          <tbody>
            {chain.map((paper) => (
              <tr key={paper.id}>
                <td className="nowrap">{beijingDate(paper.createdAt)}</td>
                <td>
                  <a href={`/api/documents/${paper.id}`} target="_blank" rel="noopener">
                    {paper.title}
                    <span className="visually-hidden"> ({t('new-window')})</span>
                  </a>
                </td>
                <td>{paper.number}</td>
                <td>{say(paper.record.entityLabel)}</td>
                <td className="code">{paper.sha256.slice(0, 12)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollFrame>
    </details>
  );
}

/** One authority's loop: where it is, who has it, its terms, what blocks the sale, every record and paper. */
function OneLoop({ sight }: { sight: LoopSight }) {
  const { t, say } = useSpeech();
  const { loop } = sight;
  const running = [loop, ...sight.records.filter(({ entity }) => entity !== 'kernel.handover')].flatMap((record) =>
    record.clocks.filter((clock) => clock.status === 'running' || clock.status === 'late'),
  );
  return (
    <Sheet
      title={t('loop.duty', { duty: say(sight.duty), office: say(loop.office.label) })}
      side={<RecordState record={loop} />}
    >
      <div className="sheet-body stack">
        <div className="loop-columns">
          <dl className="facts loop-facts">
            <div className="facts-pair">
              <dt>{t('loops.subject')}</dt>
              <dd>
                <RecordLink record={loop} />
              </dd>
            </div>
            <div className="facts-pair">
              <dt>{t('loop.who')}</dt>
              <dd>
                {t('loop.who.office', {
                  office: say(loop.office.label),
                  handler: loop.handler ? ` · ${loop.handler}` : '',
                })}
                {sight.upstream && <p className="small soft">{t('loop.upstream')}</p>}
              </dd>
            </div>
            {loop.next.length > 0 && (
              <div className="facts-pair">
                <dt>{t('loop.next')}</dt>
                <dd>{loop.next.map(say).join(t('separator'))}</dd>
              </div>
            )}
            {loop.missing.length > 0 && (
              <div className="facts-pair">
                <dt>{t('loops.missing')}</dt>
                <dd className="missing">{loop.missing.map(say).join(t('separator'))}</dd>
              </div>
            )}
          </dl>
          {running.length > 0 && (
            <ul className="terms">
              {running.map((clock) => (
                <Term key={`${clock.name}${clock.startedOn}${clock.dueOn}`} clock={clock} />
              ))}
            </ul>
          )}
        </div>
        {sight.blocks.length > 0 ? (
          <Notice tone="warn">
            <b>{t('loop.blocks')}</b>
            <ul className="loop-blocks">
              {sight.blocks.map((block) => (
                <li key={block.zh}>{say(block)}</li>
              ))}
            </ul>
          </Notice>
        ) : (
          <Notice tone="good">{t('loop.clear')}</Notice>
        )}
        {sight.records.length > 0 && <Records records={sight.records} />}
        <Chain records={[loop, ...sight.records]} />
      </div>
    </Sheet>
  );
}

function useSampling(task: string | null | undefined) {
  const reads = useEntity('sampling.follow-up') !== undefined;
  return useNamedQuery<SamplingSide>('sampling.failure-loop', { task: task ?? '' }, Boolean(task) && reads);
}

/** One failure from the draw to the closure: every record, who has it, its terms and its evidence. */
export function LoopPage() {
  const { t } = useSpeech();
  const { by = 'loop', id = '' } = useParams();
  const loops = useNamedQuery<FailureLoops>('handling.failure-loops', { [by]: id });
  const { failure } = loops.data ?? {};
  const task = by === 'task' ? id : failure?.task;
  const sampling = useSampling(task);
  const [first] = loops.data?.loops ?? [];
  const heading = usePageTitle(first ? `${t('loop')}：${first.subject}` : t('loop'));
  const side = sampling.data;
  return (
    <main className="main stack" id="main">
      <div>
        <div className="between">
          <h1 ref={heading} tabIndex={-1}>
            {t('loop')}
            {failure && `：${failure.product}`}
          </h1>
          <button type="button" className="button-quiet wide-only no-print" onClick={() => window.print()}>
            <Icon name="print" />
            {t('print')}
          </button>
        </div>
        <p className="soft">{t('loop.lead')}</p>
      </div>
      {loops.error ? <Failure error={loops.error} retry={() => void loops.refetch()} /> : null}
      {(loops.isPending || sampling.isLoading) && <Waiting />}
      {side && <Sampling side={side} />}
      {sampling.isSuccess && !side && <Notice>{t('loop.sampling.hidden')}</Notice>}
      {loops.data?.loops.map((sight) => (
        <OneLoop key={sight.id} sight={sight} />
      ))}
      {loops.data?.loops.length === 0 && !sampling.isLoading && (
        <Empty title={t('loop.none')}>
          <p>{t('loop.none.text')}</p>
        </Empty>
      )}
    </main>
  );
}
