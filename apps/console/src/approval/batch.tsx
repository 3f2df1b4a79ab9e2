import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { RecordRow } from '../api.ts';
import { useSpeech } from '../i18n/language.ts';
import { announce } from '../kit/live.tsx';
import { Verdict } from '../kit/pieces.tsx';
import { type Decision, decide } from './decide.ts';

type Outcome = { row: RecordRow; ok: boolean; text: string };

/** One opinion for several sheets. Each is its own command: one refusal does not stop the others, and is told by name. */
export function Batch({ rows, onDone }: { rows: RecordRow[]; onDone: () => void }) {
  const { t, explain } = useSpeech();
  const client = useQueryClient();
  const field = useId();
  const [opinion, setOpinion] = useState('');
  const [complaint, setComplaint] = useState('');
  const [running, setRunning] = useState(false);
  const [outcomes, setOutcomes] = useState<Outcome[]>([]);

  async function run(decision: Decision): Promise<void> {
    if (decision === 'returnIt' && opinion.trim() === '') {
      setComplaint(t('desk.reason-needed'));
      document.getElementById(field)?.focus();
      return;
    }
    setComplaint('');
    setRunning(true);
    const results: Outcome[] = [];
    for (const row of rows) {
      try {
        await decide(row, decision, opinion);
        results.push({ row, ok: true, text: '' });
      } catch (error) {
        results.push({ row, ok: false, text: explain(error) });
      }
      setOutcomes([...results]);
    }
    setRunning(false);
    const failed = results.filter((result) => !result.ok).length;
    announce(t('desk.batch-done', { n: results.length - failed, failed }));
    await client.invalidateQueries({
      predicate: (query) => ['inbox', 'records', 'record'].includes(String(query.queryKey[0])),
    });
    if (failed === 0) onDone();
  }

  return (
    <section className="sheet" aria-label={t('desk.batch', { n: rows.length })}>
      <div className="sheet-body stack">
        <h2>{t('desk.batch', { n: rows.length })}</h2>
        <div className="field">
          <label htmlFor={field}>{t('desk.opinion')}</label>
          {complaint && (
            <p className="field-error" id={`${field}-error`} role="alert">
              {complaint}
            </p>
          )}
          <textarea
            id={field}
            className="textarea desk-opinion"
            value={opinion}
            aria-invalid={complaint !== ''}
            aria-describedby={complaint ? `${field}-error` : undefined}
            onChange={(event) => setOpinion(event.target.value)}
          />
        </div>
        <p className="row">
          <button
            type="button"
            className="button-act"
            aria-disabled={running}
            onClick={() => !running && void run('sign')}
          >
            {t('desk.sign-all', { n: rows.length })}
          </button>
          <button
            type="button"
            className="button"
            aria-disabled={running}
            onClick={() => !running && void run('returnIt')}
          >
            {t('desk.return-all', { n: rows.length })}
          </button>
        </p>
        {outcomes.length > 0 && (
          <ul>
            {outcomes.map((outcome) => (
              <li key={outcome.row.id}>
                <Verdict ok={outcome.ok} /> {outcome.row.title} {outcome.text}
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}
