import { useEffect, useState } from 'react';
import { deviceName, type Room, roomLeft } from './device.ts';
import { request } from './http.ts';
import { useSpeech } from './language.ts';
import { useStored } from './live.ts';
import { go } from './route.ts';
import { forgetEverything, store } from './store.ts';

/** From this share of the allowed storage on the person is warned. */
const nearlyFull = 0.85;
const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(0)} MB`;

export function DevicePage() {
  const { t } = useSpeech();
  const [room, setRoom] = useState<Room | null>(null);
  const name = useStored(deviceName, []);
  const waiting = useStored(async () => (await store()).count('outbox'), []) ?? 0;
  useEffect(() => {
    void roomLeft().then(setRoom);
  }, []);
  async function leave(): Promise<void> {
    const begun = await (await store()).getAll('drafts');
    const pieces = begun.reduce((sum, { chain }) => sum + chain.links.length, 0);
    if (begun.length > 0 && !confirm(t('conflict.sure', { n: pieces }))) return;
    await forgetEverything();
    await request('/api/sign-out', { method: 'POST' }).catch(() => undefined);
    go('');
  }
  return (
    <div className="stack">
      <h1>{t('device.title')}</h1>
      <p className="soft">{t('device.name', { name: name ?? '' })}</p>
      {room !== null && (
        <>
          <p>{t('device.room', { used: megabytes(room.used), quota: megabytes(room.quota) })}</p>
          {room.used > room.quota * nearlyFull && (
            <p className="notice" data-tone="act">
              {t('device.full')}
            </p>
          )}
          <p>{room.persistent ? t('device.persistent') : t('device.not-persistent')}</p>
          {!room.persistent && (
            <button
              type="button"
              className="button"
              onClick={() => void navigator.storage.persist().then(() => roomLeft().then(setRoom))}
            >
              {t('device.ask')}
            </button>
          )}
        </>
      )}
      <section className="stack">
        <h2>{t('device.kept')}</h2>
        <ul className="dashes">
          <li>{t('device.kept.1')}</li>
          <li>{t('device.kept.2')}</li>
          <li>{t('device.kept.3')}</li>
          <li>{t('device.kept.4')}</li>
        </ul>
      </section>
      {waiting > 0 ? (
        <p className="notice">{t('device.forget.blocked', { n: waiting })}</p>
      ) : (
        <button type="button" className="button danger" onClick={() => void leave()}>
          {t('device.forget')} · {t('device.sign-out')}
        </button>
      )}
    </div>
  );
}
