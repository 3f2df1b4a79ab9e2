import { Link, useLocation } from 'react-router';
import type { CommandResult, Label } from '../api.ts';
import { useSpeech } from '../i18n/language.ts';
import { Notice } from '../kit/pieces.tsx';
import { pageOf } from '../list/columns.tsx';

/** What a form hands to the page it leads to. */
export type DoneState = CommandResult & { label: Label };

/** What the last action did, told once on the page it leads to. */
export function Done() {
  const { t, say } = useSpeech();
  const { state } = useLocation();
  const done = (state as { done?: DoneState } | null)?.done;
  if (!done) return null;
  const others = done.created.filter((row) => row.id !== done.record.id);
  const sentence = done.sheet ? 'done.submitted' : done.replayed ? 'done.replayed' : 'done';
  return (
    <div role="status">
      <Notice tone="good">
        <p>
          <b>{t(sentence, { action: say(done.label) })}</b>{' '}
          {done.sheet ? (
            <Link to={`/approvals/${done.sheet}`}>{t('done.sheet')}</Link>
          ) : (
            t('done.state', { state: say(done.record.stateLabel) })
          )}
        </p>
        {others.length > 0 && (
          <p>
            {t('done.created', { n: others.length })}{' '}
            {others.slice(0, 5).map((row) => (
              <Link key={row.id} to={pageOf(row)} className="done-link">
                {row.title}
              </Link>
            ))}
          </p>
        )}
      </Notice>
    </div>
  );
}
