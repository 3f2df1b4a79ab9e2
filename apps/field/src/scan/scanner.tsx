import { useEffect, useRef, useState } from 'react';
import { dayInChina } from '../clock.ts';
import { useSpeech } from '../language.ts';
import { decode } from './decode.ts';
import { type Meaning, meaningOf } from './meaning.ts';

/** Time between two looks through the camera: a cheap phone decodes in about 100 ms. */
const lookEveryMilliseconds = 350;
/** Width to which the camera's picture is reduced for decoding. */
const lookWidth = 960;

export default function Scanner({ found, close }: { found: (meaning: Meaning) => void; close: () => void }) {
  const { t } = useSpeech();
  const video = useRef<HTMLVideoElement>(null);
  const [state, setState] = useState<'opening' | 'open' | 'none'>('opening');
  const [missed, setMissed] = useState(false);
  const tell = useRef(found);
  tell.current = found;

  useEffect(() => {
    let stopped = false;
    let stream: MediaStream | undefined;
    let timer: ReturnType<typeof setTimeout>;
    const canvas = document.createElement('canvas');
    const look = async (): Promise<void> => {
      const seen = video.current;
      if (stopped || seen === null) return;
      if (seen.videoWidth > 0) {
        canvas.width = Math.min(lookWidth, seen.videoWidth);
        canvas.height = Math.round((seen.videoHeight * canvas.width) / seen.videoWidth);
        const paper = canvas.getContext('2d', { willReadFrequently: true })!;
        paper.drawImage(seen, 0, 0, canvas.width, canvas.height);
        const text = await decode(paper.getImageData(0, 0, canvas.width, canvas.height)).catch(() => null);
        if (text !== null && !stopped) {
          tell.current(meaningOf(text, dayInChina(new Date().toISOString())));
          return;
        }
      }
      timer = setTimeout(() => void look(), lookEveryMilliseconds);
    };
    const open = async (): Promise<void> => {
      try {
        stream = await navigator.mediaDevices.getUserMedia({
          video: { facingMode: 'environment', width: { ideal: 1280 } },
        });
        if (stopped || video.current === null) return;
        video.current.srcObject = stream;
        await video.current.play();
        setState('open');
        void look();
      } catch {
        if (!stopped) setState('none');
      }
    };
    void open();
    return () => {
      stopped = true;
      clearTimeout(timer);
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
  }, []);

  async function fromPicture(file: File | undefined): Promise<void> {
    if (file === undefined) return;
    const text = await decode(file).catch(() => null);
    setMissed(text === null);
    if (text !== null) found(meaningOf(text, dayInChina(new Date().toISOString())));
  }
  return (
    <section className="scanner stack" aria-label={t('scan.title')}>
      <p>{t('scan.lead')}</p>
      {state === 'none' ? (
        <p className="notice">{t('scan.no-camera')}</p>
      ) : (
        <video ref={video} playsInline muted aria-label={t('scan.title')} />
      )}
      <label className="field">
        <span>{t('scan.picture')}</span>
        <input type="file" accept="image/*" onChange={({ target }) => void fromPicture(target.files?.[0])} />
      </label>
      {missed && (
        <p className="notice" data-tone="act" role="alert">
          {t('scan.none')}
        </p>
      )}
      <p className="soft">{t('scan.plate')}</p>
      <button type="button" className="button" onClick={close}>
        {t('scan.stop')}
      </button>
    </section>
  );
}
