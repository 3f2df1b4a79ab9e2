import { minuteInChina } from '../clock.ts';
import { useSpeech } from '../language.ts';
import { useStored } from '../live.ts';
import type { GivenUp } from '../shapes.ts';
import { store } from '../store.ts';

/** What was given up on this device and why; it goes to whoever asks as a file, and stays until then. */
export function GivenUpLog() {
  const { t, say, language } = useSpeech();
  const lines = useStored(async () => (await store()).getAll('log'), []) ?? [];
  if (lines.length === 0) return null;
  const newest = lines.toSorted((one, other) => other.at.localeCompare(one.at));
  return (
    <section className="stack">
      <h2>{t('log.title')}</h2>
      <ul className="plain">
        {newest.map(({ id, at, number, action, reason, problem, pieces }) => (
          <li key={id}>
            {minuteInChina(at)} {number} {say(action)}：{reason}
            <br />
            <small className="soft">
              {problem?.[language]} {t('log.pieces', { n: pieces.length })}
            </small>
          </li>
        ))}
      </ul>
      <button type="button" className="button" onClick={() => save(newest)}>
        {t('log.export')}
      </button>
    </section>
  );
}

function save(lines: GivenUp[]): void {
  const file = new Blob([JSON.stringify({ format: 'hengjian-field-log-v1', lines }, null, 2)], {
    type: 'application/json',
  });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = `field-log-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
