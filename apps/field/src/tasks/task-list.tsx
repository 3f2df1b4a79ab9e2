import { aheadOf, lastComparison, minuteInChina } from '../clock.ts';
import { useSpeech } from '../language.ts';
import { useOnline, useProgress, useStored } from '../live.ts';
import { sync } from '../outbox/sync.ts';
import { go } from '../route.ts';
import { readDay, store } from '../store.ts';

/** So far apart the clocks may be before the person is told. */
const tellFromMilliseconds = 120_000;

async function look() {
  const held = await store();
  const [day, clock, tasks, drafts, outbox] = await Promise.all([
    readDay(),
    lastComparison(),
    held.getAll('tasks'),
    held.getAll('drafts'),
    held.getAll('outbox'),
  ]);
  tasks.sort(
    (one, other) => (one.due ?? '9').localeCompare(other.due ?? '9') || one.title.localeCompare(other.title, 'zh'),
  );
  return { day, ahead: aheadOf(clock), tasks, drafts, outbox };
}

export function TaskList() {
  const { t, say } = useSpeech();
  const held = useStored(look, []);
  if (held?.day === undefined) return null;
  const { day, ahead, tasks, drafts, outbox } = held;
  return (
    <div className="stack">
      <h1>{t('tasks.title')}</h1>
      <p className="soft">{t('tasks.taken', { time: minuteInChina(day.now), n: tasks.length })}</p>
      <SyncButton />
      <ClockNotice ahead={ahead} />
      {day.more && <p className="notice">{t('tasks.more')}</p>}
      {day.barred !== null && day.barred !== undefined && (
        <p className="notice" data-tone="act">
          {say(day.barred)}
        </p>
      )}
      {tasks.length === 0 && <p className="notice">{t('tasks.none')}</p>}
      <ul className="rows">
        {tasks.map((task) => {
          const waiting = outbox.filter((entry) => entry.task === task.id);
          const mark = waiting.some(({ state }) => state !== 'waiting')
            ? t('tasks.conflict')
            : waiting.length > 0
              ? t('tasks.queued')
              : drafts.some((draft) => draft.task === task.id)
                ? t('tasks.draft')
                : '';
          return (
            <li key={task.id}>
              <a
                className="row"
                href={`/field/task/${task.id}`}
                onClick={(event) => {
                  event.preventDefault();
                  go(`task/${task.id}`);
                }}
              >
                <b>{task.title}</b>
                <span className="soft">
                  {task.number} · {task.region.name}
                </span>
                <span>
                  <span className="state">{say(task.stateLabel)}</span>{' '}
                  {task.due !== null && <span data-due={task.dueState}>{t('tasks.due', { day: task.due })}</span>}
                  {task.dueState === 'overdue' && <b data-due="overdue"> {t('tasks.overdue')}</b>}
                  {mark !== '' && <b className="mark"> {mark}</b>}
                </span>
              </a>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

export function SyncButton() {
  const { t, language } = useSpeech();
  const online = useOnline();
  const { running, piece, pieces, entry, problem } = useProgress();
  return (
    <div className="stack" aria-live="polite">
      <button type="button" className="button" disabled={running || !online} onClick={() => void sync()}>
        {running ? t('sync.running') : t('sync')}
      </button>
      {running && entry !== null && pieces > 0 && (
        <p className="soft">{t('sync.piece', { n: Math.min(piece + 1, pieces), of: pieces })}</p>
      )}
      {problem !== null && problem.code !== 'sign-in-needed' && (
        <p className="notice" data-tone="act">
          {problem[language]}
        </p>
      )}
    </div>
  );
}

export function ClockNotice({ ahead }: { ahead: number }) {
  const { t } = useSpeech();
  if (Math.abs(ahead) < tellFromMilliseconds) return null;
  const minutes = Math.round(Math.abs(ahead) / 60_000);
  return (
    <p className="notice" data-tone="late">
      {t(ahead > 0 ? 'clock.ahead' : 'clock.behind', { minutes })}
    </p>
  );
}
