import { minuteInChina } from '../clock.ts';
import { useSpeech } from '../language.ts';
import { useStored } from '../live.ts';
import { go } from '../route.ts';
import type { OutboxEntry } from '../shapes.ts';
import { readDay, store } from '../store.ts';
import { SyncButton } from '../tasks/task-list.tsx';
import { Conflict } from './conflict.tsx';
import { GiveUp } from './give-up.tsx';
import { GivenUpLog } from './given-up-log.tsx';
import { inOrder, takeBack } from './queue.ts';

/** What was done and the server does not know of, what it refused and why, and what was sent. */
export function OutboxPage() {
  const { t, say } = useSpeech();
  const held = useStored(
    async () => ({ entries: await inOrder(), sent: await (await store()).getAll('sent'), day: await readDay() }),
    [],
  );
  if (held?.day === undefined) return null;
  const { entries, sent, day } = held;
  return (
    <div className="stack">
      <h1>{t('outbox.title')}</h1>
      <SyncButton />
      {entries.length === 0 && <p className="notice">{t('outbox.empty')}</p>}
      {entries.map((entry, index) => (
        <EntryView
          key={entry.id}
          entry={entry}
          blocked={entries.slice(0, index).some(({ task, state }) => task === entry.task && state !== 'waiting')}
        >
          {entry.state === 'conflict' && <Conflict entry={entry} day={day} />}
        </EntryView>
      ))}
      {sent.length > 0 && (
        <section className="stack">
          <h2>{t('outbox.sent')}</h2>
          <ul className="plain">
            {sent
              .toSorted((one, other) => other.at.localeCompare(one.at))
              .map((line) => (
                <li key={line.id}>
                  {minuteInChina(line.at)} {line.number} {say(line.action)}{' '}
                  <span className="code">{line.digest.slice(0, 16)}</span>
                </li>
              ))}
          </ul>
        </section>
      )}
      <GivenUpLog />
    </div>
  );
}

function EntryView({ entry, blocked, children }: { entry: OutboxEntry; blocked: boolean; children: React.ReactNode }) {
  const { t, say, language } = useSpeech();
  const standing = { waiting: t('outbox.waiting'), refused: t('outbox.refused'), conflict: t('outbox.conflict') }[
    entry.state
  ];
  return (
    <article className="stack entry">
      <h2>
        {say(entry.actionLabel)} · {entry.taskTitle}
      </h2>
      <p>
        <span className="state" data-tone={entry.state === 'waiting' ? 'late' : 'act'}>
          {standing}
        </span>{' '}
        {entry.chain.links.length > 0 &&
          t('outbox.pieces', { n: entry.chain.links.length, arrived: entry.arrived.length })}
      </p>
      {blocked && <p className="soft">{t('outbox.after')}</p>}
      {entry.problem !== null && (
        <p className="notice" data-tone="act" role="alert">
          {entry.problem[language]}
        </p>
      )}
      {entry.state === 'refused' && (
        <>
          <button
            type="button"
            className="button act"
            onClick={() => void takeBack(entry.id).then(() => go(`task/${entry.task}/${entry.action}`))}
          >
            {t('outbox.mend')}
          </button>
          <GiveUp entry={entry} />
        </>
      )}
      {children}
    </article>
  );
}
