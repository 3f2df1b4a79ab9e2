import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useParams } from 'react-router';
import type { DrawState, Freshness } from '../api-queries.ts';
import { beijingTime, dayWithWeekday, grouped, timeLeft } from '../format.ts';
import { useSpeech } from '../i18n/language.ts';
import { Icon } from '../kit/icon.tsx';
import { Failure, Notice, Sheet, Verdict, Waiting } from '../kit/pieces.tsx';
import { ScrollFrame } from '../kit/scroll-frame.tsx';
import { RecordActions } from '../record/actions.tsx';
import { RecordHead } from '../record/record.tsx';
import { recordQuery, useNamedQuery } from '../session.ts';
import { Leaves } from './leaves.tsx';
import { VerifyPanel } from './verify-panel.tsx';
import './draw.css';

const stages = ['frozen', 'committed', 'drawn', 'opened'] as const;

/** How far the draw is; a void one shows how far it came: as far as anything was made public. */
function stageIndex(state: DrawState): number {
  if (state.stage === 'voided') return state.drawn.length > 0 ? 2 : state.commitmentDigest ? 1 : 0;
  return stages.indexOf(state.stage);
}

function Stages({ state }: { state: DrawState }) {
  const { t } = useSpeech();
  const at = stageIndex(state);
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
              <td>{stratum.weightClasses.map(({ weight, size }) => `${weight} × ${size}`).join(t('separator'))}</td>
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

function FreshnessLine({ freshness }: { freshness: Freshness }) {
  const { t, language } = useSpeech();
  const { oldest, checkedSince, staleReason } = freshness;
  return (
    <p className="dotted">
      {checkedSince && <span>{t('draw.checked-since', { date: dayWithWeekday(checkedSince, language) })}</span>}
      {oldest && <span>{t('draw.oldest', { date: dayWithWeekday(oldest, language) })}</span>}
      {staleReason && <span>{staleReason}</span>}
    </p>
  );
}

/** What anybody can see today, and what stays sealed until when. The page never shows more than it may. */
function Openness({ state }: { state: DrawState }) {
  const { t, say } = useSpeech();
  const at = stageIndex(state);
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
        {state.tasks && state.tasks.total > 0 && (
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

function DrawBody({ id, state }: { id: string; state: DrawState }) {
  const { t, say } = useSpeech();
  const commitment = state.commitmentDigest;
  return (
    <>
      {state.stage === 'voided' && <Notice tone="warn">{t('draw.voided')}</Notice>}
      <Stages state={state} />
      <div className="draw-columns">
        <div className="stack">
          <Sheet
            title={t('draw.frame')}
            side={<span className="soft">{t('draw.frame-size', { n: grouped(state.frame.size) })}</span>}
          >
            <div className="sheet-body stack">
              {state.frame.freshness && <FreshnessLine freshness={state.frame.freshness} />}
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
                      <p className="small soft">{say(step.detail)}</p>
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
