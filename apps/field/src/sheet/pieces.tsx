import { useEffect, useState } from 'react';
import type { FormProperties } from '../act/act-page.tsx';
import { captureFile, piecesOf } from '../capture.ts';
import { minuteInChina } from '../clock.ts';
import { useSpeech } from '../language.ts';
import { useStored } from '../live.ts';
import { sentenceOf } from '../outbox/sync.ts';
import { store } from '../store.ts';

/** Takes photographs, films or scans of one kind, and shows what was taken. */
export function Pieces({
  kind,
  needed,
  draft,
  day,
  captured,
  flush,
  refuse,
}: FormProperties & { kind: string; needed: boolean }) {
  const { t, say } = useSpeech();
  const [busy, setBusy] = useState(false);
  const pieces = piecesOf(draft.chain, kind);
  async function take(files: FileList | null): Promise<void> {
    setBusy(true);
    try {
      await flush();
      let grown = draft;
      for (const file of files ?? []) {
        grown = await captureFile(grown, kind, file, null);
        captured(grown);
      }
    } catch (error) {
      refuse(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  }
  const accept = kind === 'unboxing' ? 'video/mp4,image/*' : 'image/*,video/mp4,application/pdf';
  const camera = kind === 'photos' || kind === 'evidence' || kind === 'unboxing';
  return (
    <section className="stack" id={`field-piece-${kind}`}>
      <label className="field">
        <span>
          {t('sheet.photo.take', { kind: say(day.documents[kind]) })}
          {needed && pieces.length === 0 && <small className="soft"> {t('sheet.photo.need')}</small>}
        </span>
        <input
          type="file"
          accept={accept}
          {...(camera ? { capture: 'environment' as const } : {})}
          multiple={!camera}
          disabled={busy}
          onChange={({ target }) => {
            void take(target.files).then(() => {
              target.value = '';
            });
          }}
        />
      </label>
      {pieces.length > 0 && (
        <>
          <p role="status">
            <b>{t('sheet.photo.count', { n: pieces.length })}</b> <span className="soft">{t('sheet.photo.only')}</span>
          </p>
          <ul className="plain code">
            {pieces.map(({ id, sha256, deviceAt, place }) => (
              <li key={id} className="taken">
                <Thumbnail id={id} />
                {minuteInChina(deviceAt).slice(11)} {sha256.slice(0, 16)}{' '}
                {place === null ? '' : `${place.latitude}, ${place.longitude} ±${place.accuracy} m`}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

/** The picture itself, small; films and papers have their line alone. */
function Thumbnail({ id }: { id: string }) {
  const [source, setSource] = useState('');
  const file = useStored(async () => (await store()).get('files', id), [id]);
  const bytes = file?.mediaType.startsWith('image/') ? file.bytes : undefined;
  const mediaType = file?.mediaType ?? '';
  // The bytes of a piece never change; a new object for the same piece is no reason to draw it again.
  const size = bytes?.byteLength;
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    if (bytes === undefined) return;
    const url = URL.createObjectURL(new Blob([bytes], { type: mediaType }));
    setSource(url);
    return () => URL.revokeObjectURL(url);
  }, [id, size]);
  return source === '' ? null : <img src={source} alt="" width="56" height="56" />;
}
