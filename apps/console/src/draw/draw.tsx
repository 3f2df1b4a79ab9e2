import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useParams } from 'react-router';
import type { Label } from '../api.ts';
import type { DrawState } from '../api-queries.ts';
import { beijingTime, grouped, timeLeft } from '../format.ts';
import { useSpeech } from '../i18n/language.ts';
import { Icon } from '../kit/icon.tsx';
import { Failure, Notice, Sheet, Verdict, Waiting } from '../kit/pieces.tsx';
import { ScrollFrame } from '../kit/scroll-frame.tsx';
import { RecordActions } from '../record/actions.tsx';
import { RecordHead } from '../record/record.tsx';
import { isLabel } from '../record/value.ts';
import { recordQuery, useNamedQuery } from '../session.ts';
import { Leaves } from './leaves.tsx';
import { VerifyPanel } from './verify-panel.tsx';
import './draw.css';

const stages = ['frozen', 'committed', 'drawn', 'opened'] as const;

function Stages({ stage }: { stage: DrawState['stage'] }) {
  const { t } = useSpeech();
  const at = stages.indexOf(stage);
  return (
    <ol className="stages" aria-label={t('draw.stages')}>
      {stages.map((name, index) => (
        <li key={name} data-done={index <= at} aria-current={index === at ? 'step' : undefined}>
          <b>{t(`draw.stage.${name}`)}</b>
          <span className="small soft">{t(`draw.stage.${name}.text`)}</span>
        </li>
      ))}
    </ol>
  );
}

function Countdown({ beacon }: { beacon: NonNullable<DrawState['beacon']> }) {
  const { t } = useSpeech();
  const [now, setNow] = useState(Date.now);
  const past = Date.parse(beacon.at) <= now;
  useEffect(() => {
    if (past) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [past]);
  const { days, hours, minutes, seconds } = timeLeft(beacon.at, now);
  const pad = (value: number) => String(value).padStart(2, '0');
  return (
    <div className="countdown">
      {past ? (
        <p>
          <b>{t('draw.beacon-out')}</b>
        </p>
      ) : (
        <p role="timer">
          <span className="small soft">{t('draw.beacon-in')}</span>{' '}
          <b>
            {days > 0 && `${t('draw.days', { n: days })} `}
            {pad(hours)}:{pad(minutes)}:{pad(seconds)}
          </b>
        </p>
      )}
      <p className="small">
        {t('draw.beacon', { round: grouped(beacon.round), at: beijingTime(beacon.at), kind: beacon.kind })}
      </p>
      <p className="code small">{beacon.chain}</p>
    </div>
  );
}

function weightText(classes: unknown): string {
  if (Array.isArray(classes)) {
    return classes
      .map((one) =>
        typeof one === 'object' && one !== null
          ? `${String((one as Record<string, unknown>).weight ?? '')}×${String((one as Record<string, unknown>).size ?? (one as Record<string, unknown>).n ?? '')}`
          : String(one),
      )
      .join('，');
  }
  if (typeof classes === 'object' && classes !== null) {
    return Object.entries(classes)
      .map(([weight, size]) => `${weight}×${String(size)}`)
      .join('，');
  }
  return classes === null || classes === undefined ? '—' : String(classes);
}

function FrameTable({ frame }: { frame: DrawState['frame'] }) {
  const { t, say } = useSpeech();
  const sum = (pick: (stratum: DrawState['frame']['strata'][number]) => number) =>
    frame.strata.reduce((total, stratum) => total + pick(stratum), 0);
  return (
    <ScrollFrame label={t('table.of', { title: t('draw.frame') })}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('draw.stratum')}</th>
            <th scope="col" className="numeric">
              {t('draw.size')}
            </th>
            <th scope="col">{t('draw.weights')}</th>
            <th scope="col" className="numeric">
              {t('draw.sample')}
            </th>
            <th scope="col" className="numeric">
              {t('draw.reserves')}
            </th>
          </tr>
        </thead>
        <tbody>
          {frame.strata.map((stratum) => (
            <tr key={stratum.key}>
              <th scope="row">{say(stratum.label)}</th>
              <td className="numeric">{grouped(stratum.size)}</td>
              <td>{weightText(stratum.weightClasses)}</td>
              <td className="numeric">{stratum.sample}</td>
              <td className="numeric">{stratum.reserves}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">{t('draw.total')}</th>
            <td className="numeric">{grouped(sum((stratum) => stratum.size))}</td>
            <td />
            <td className="numeric">{sum((stratum) => stratum.sample)}</td>
            <td className="numeric">{sum((stratum) => stratum.reserves)}</td>
          </tr>
        </tbody>
      </table>
    </ScrollFrame>
  );
}

function freshnessText(freshness: DrawState['frame']['freshness'], say: (label: Label) => string): string {
  if (freshness === null) return '';
  if (typeof freshness === 'string') return freshness;
  return isLabel(freshness) ? say(freshness) : '';
}

/** What anybody can see today, and what stays sealed until when. The page never shows more than it may. */
function Openness({ state }: { state: DrawState }) {
  const { t, say } = useSpeech();
  const at = stages.indexOf(state.stage);
  const parts = [
    { text: t('draw.public.frame'), open: at >= 1 },
    { text: t('draw.public.rule'), open: at >= 1 },
    { text: t('draw.public.leaves'), open: at >= 2 },
    { text: t('draw.public.names'), open: at >= 3 },
    { text: t('draw.public.samplers'), open: at >= 3 },
  ];
  return (
    <div className="openness">
      <div>
        <h3>{t('draw.public-now')}</h3>
        <ul>
          {parts
            .filter((part) => part.open)
            .map((part) => (
              <li key={part.text}>✓ {part.text}</li>
            ))}
          {at < 1 && <li className="soft">{t('draw.public.nothing')}</li>}
        </ul>
      </div>
      <div>
        <h3>{t('draw.sealed-now')}</h3>
        <ul>
          {parts
            .filter((part) => !part.open)
            .map((part) => (
              <li key={part.text} className="openness-sealed">
                <Icon name="lock" /> {part.text}
              </li>
            ))}
          <li className="openness-sealed">
            <Icon name="lock" /> {t('draw.public.exclusions')}
          </li>
        </ul>
        <p>{say(state.opensWhen)}</p>
        {state.tasks.total > 0 && (
          <p>
            <progress
              className="progress"
              max={state.tasks.total}
              value={state.tasks.done}
              aria-label={t('draw.tasks', { done: state.tasks.done, total: state.tasks.total })}
            />
            <span className="small">{t('draw.tasks', { done: state.tasks.done, total: state.tasks.total })}</span>
          </p>
        )}
      </div>
    </div>
  );
}

function commitmentText(commitment: unknown): string {
  if (typeof commitment === 'string') return commitment;
  if (typeof commitment === 'object' && commitment !== null && 'digest' in commitment) return String(commitment.digest);
  return '';
}

function DrawBody({ id, state }: { id: string; state: DrawState }) {
  const { t, say } = useSpeech();
  const commitment = commitmentText(state.commitment);
  const freshness = freshnessText(state.frame.freshness, say);
  return (
    <>
      <Stages stage={state.stage} />
      <div className="draw-columns">
        <div className="stack">
          <Sheet
            title={t('draw.frame')}
            side={<span className="soft">{t('draw.frame-size', { n: grouped(state.frame.size) })}</span>}
          >
            <div className="sheet-body stack">
              {freshness && <p>{freshness}</p>}
              <FrameTable frame={state.frame} />
              <dl className="facts">
                <div className="facts-pair">
                  <dt>{t('draw.root')}</dt>
                  <dd className="code">{state.frame.root}</dd>
                </div>
                {commitment && (
                  <div className="facts-pair">
                    <dt>{t('draw.commitment')}</dt>
                    <dd className="code">{commitment}</dd>
                  </div>
                )}
              </dl>
            </div>
          </Sheet>
          {state.drawn.length > 0 && (
            <Sheet title={t('draw.leaves')}>
              <Leaves drawn={state.drawn} strata={state.frame.strata} />
            </Sheet>
          )}
        </div>
        <div className="stack">
          {state.beacon && (
            <Sheet title={t('draw.beacon-title')}>
              <div className="sheet-body">
                <Countdown beacon={state.beacon} />
              </div>
            </Sheet>
          )}
          <Sheet title={t('draw.openness')}>
            <div className="sheet-body">
              <Openness state={state} />
            </div>
          </Sheet>
          {state.steps.length > 0 && (
            <Sheet title={t('draw.steps')}>
              <ol className="verify-steps sheet-body">
                {state.steps.map((step) => (
                  <li key={step.name}>
                    <Verdict ok={step.ok} />
                    <div>
                      <b>{say(step.label)}</b>
                      {step.detail && (
                        <p className="small soft">{isLabel(step.detail) ? say(step.detail) : step.detail}</p>
                      )}
                    </div>
                  </li>
                ))}
              </ol>
            </Sheet>
          )}
          {state.stage !== 'frozen' && <VerifyPanel draw={id} />}
        </div>
      </div>
    </>
  );
}

/** A draw: frame, commitment, beacon, drawn leaves; what is public and what opens when; and its repetition here. */
export function DrawPage() {
  const { t } = useSpeech();
  const { id = '' } = useParams();
  const record = useQuery(recordQuery(id));
  const state = useNamedQuery<DrawState>('sampling.draw-state', { draw: id });
  const error = record.error ?? state.error;
  return (
    <main className="main stack" id="main">
      {error ? (
        <Failure
          page={!record.data}
          error={error}
          retry={() => void Promise.all([record.refetch(), state.refetch()])}
        />
      ) : null}
      {record.data && (
        <>
          <RecordHead record={record.data} />
          <RecordActions record={record.data} />
        </>
      )}
      {!error && (record.isPending || state.isPending) && <Waiting />}
      {record.data && state.data && <DrawBody id={id} state={state.data} />}
      <Notice>{t('draw.law')}</Notice>
    </main>
  );
}
