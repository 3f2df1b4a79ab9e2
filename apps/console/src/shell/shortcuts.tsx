import { useEffect, useState } from 'react';
import { type MessageKey, useSpeech } from '../i18n/language.ts';
import { Dialog } from '../kit/dialog.tsx';
import { useKeys } from '../kit/keyboard.ts';
import { setPreferences, usePreferences } from '../preferences.ts';

const opening = new EventTarget();

export function openShortcuts(): void {
  opening.dispatchEvent(new Event('open'));
}

const rows: [string[], MessageKey][] = [
  [['Ctrl', 'K'], 'shortcuts.palette'],
  [['/'], 'shortcuts.search'],
  [['j'], 'shortcuts.next'],
  [['k'], 'shortcuts.previous'],
  [['Enter'], 'shortcuts.open'],
  [['e'], 'shortcuts.act'],
  [['x'], 'shortcuts.mark'],
  [['g', 'i'], 'shortcuts.inbox'],
  [['g', 'a'], 'shortcuts.approvals'],
  [['g', 'l'], 'shortcuts.list'],
  [['g', 'w'], 'shortcuts.workbench'],
  [['?'], 'shortcuts.this'],
];

/** The list of keys, with the switch that turns single keys off. */
export function Shortcuts() {
  const { t } = useSpeech();
  const { keys } = usePreferences();
  const [open, setOpen] = useState(false);
  useKeys({ '?': () => setOpen(true) });
  useEffect(() => {
    const show = () => setOpen(true);
    opening.addEventListener('open', show);
    return () => opening.removeEventListener('open', show);
  }, []);
  if (!open) return null;
  return (
    <Dialog title={t('shortcuts')} onClose={() => setOpen(false)}>
      <div className="stack">
        <dl className="facts">
          {rows.map(([names, meaning]) => (
            <div key={meaning} className="facts-pair">
              <dt>
                {names.map((name) => (
                  <kbd key={name}>{name}</kbd>
                ))}
              </dt>
              <dd>{t(meaning)}</dd>
            </div>
          ))}
        </dl>
        <label className="tick">
          <input type="checkbox" checked={keys} onChange={(event) => setPreferences({ keys: event.target.checked })} />
          {t('shortcuts.enabled')}
        </label>
      </div>
    </Dialog>
  );
}
