import { useState } from 'react';
import { useSpeech } from '../language.ts';
import { useStored } from '../live.ts';
import type { OutboxEntry } from '../shapes.ts';
import { readDay } from '../store.ts';
import { giveUp } from './queue.ts';

/** Gives an entry up for good: asked twice, with a reason, which stays in the log of this device. */
export function GiveUp({ entry }: { entry: OutboxEntry }) {
  const { t } = useSpeech();
  const [asked, setAsked] = useState(false);
  const [reason, setReason] = useState('');
  const person = useStored(async () => (await readDay())?.person.id ?? '', []) ?? '';
  if (!asked)
    return (
      <button type="button" className="button danger" onClick={() => setAsked(true)}>
        {t('give-up')}
      </button>
    );
  return (
    <div className="stack">
      <p className="notice" data-tone="act">
        {t('give-up.sure', { n: entry.chain.links.length })}
      </p>
      <label className="field">
        <span>{t('give-up.reason')}</span>
        <textarea className="input" rows={2} value={reason} onChange={({ target }) => setReason(target.value)} />
      </label>
      <div className="buttons">
        <button type="button" className="button" onClick={() => setAsked(false)}>
          {t('give-up.not')}
        </button>
        <button
          type="button"
          className="button danger"
          disabled={reason.trim().length < 2}
          onClick={() => void giveUp(entry.id, reason.trim(), person)}
        >
          {t('give-up.do')}
        </button>
      </div>
    </div>
  );
}
