import { type PointerEvent, useRef, useState } from 'react';
import type { FormProperties } from '../act/act-page.tsx';
import { captureFile } from '../capture.ts';
import { useSpeech } from '../language.ts';
import { sentenceOf } from '../outbox/sync.ts';
import { type Hand, signaturesOf } from './signatures.ts';
import { toInput } from './values.ts';

/** Everybody signs for the sheet as it stands: the signature carries its digest. */
export function Signing(properties: FormProperties) {
  const { t } = useSpeech();
  const { task, draft, form } = properties;
  const { hands, digest } = signaturesOf(task, draft, toInput(form.input, draft.values));
  return (
    <section className="stack" id="field-signatures">
      <h2>{t('sheet.sign')}</h2>
      <p className="soft">
        {t('sheet.sign.lead')} <span className="code">{digest.slice(0, 16)}</span>
      </p>
      {hands.map((hand) => (
        <HandRow key={`${hand.part} ${hand.person}`} hand={hand} digest={digest} {...properties} />
      ))}
    </section>
  );
}

function HandRow({
  hand,
  digest,
  draft,
  captured,
  flush,
  refuse,
  ...rest
}: FormProperties & { hand: Hand; digest: string }) {
  const { t } = useSpeech();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState(hand.name ?? String(rest.task.fields.contact ?? draft.values.contact ?? ''));
  const firm = rest.task.entity === 'inspections.visit' ? 'inspect.sign.firm' : 'sheet.sign.firm';
  const title = hand.part === 'firm' ? t(firm) : (hand.name ?? '');
  const standing = hand.signed ? t('sheet.sign.done') : hand.stale ? t('sheet.sign.stale') : t('sheet.sign.missing');
  async function keep(picture: Blob): Promise<void> {
    try {
      await flush();
      const signer = { part: hand.part, name: name.trim() || title, person: hand.person, sheet: digest };
      captured(await captureFile(draft, 'signatures', picture, signer));
      setOpen(false);
    } catch (error) {
      refuse(sentenceOf(error));
    }
  }
  return (
    <div className="hand">
      <p>
        <b>{title}</b>
        {hand.part === 'firm' && hand.name !== null && ` ${hand.name}`}{' '}
        <span className="state" data-tone={hand.signed ? 'good' : 'late'}>
          {standing}
        </span>
      </p>
      {!hand.signed && !open && (
        <button type="button" className="button" onClick={() => setOpen(true)}>
          {t('sheet.sign')}：{title}
        </button>
      )}
      {open && !hand.signed && (
        <>
          {hand.part === 'firm' && (
            <label className="field">
              <span>{t('sheet.sign.name')}</span>
              <input className="input" value={name} onChange={({ target }) => setName(target.value)} />
            </label>
          )}
          <Pad keep={(picture) => void keep(picture)} />
        </>
      )}
    </div>
  );
}

/** White ground and black ink whatever the theme: what is kept is a picture for paper. */
function Pad({ keep }: { keep: (picture: Blob) => void }) {
  const { t } = useSpeech();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [inked, setInked] = useState(false);
  const drawing = useRef(false);
  const at = (event: PointerEvent): [number, number] => {
    const { left, top, width, height } = canvas.current!.getBoundingClientRect();
    return [((event.clientX - left) / width) * 600, ((event.clientY - top) / height) * 240];
  };
  const ground = (): void => {
    const paper = canvas.current?.getContext('2d');
    if (!paper) return;
    paper.fillStyle = '#fff';
    paper.fillRect(0, 0, 600, 240);
    setInked(false);
  };
  return (
    <div className="stack">
      <canvas
        ref={(node) => {
          if (canvas.current === node || node === null) return;
          canvas.current = node;
          ground();
        }}
        className="pad"
        width={600}
        height={240}
        role="img"
        aria-label={t('sheet.sign.area')}
        onPointerDown={(event) => {
          drawing.current = true;
          event.currentTarget.setPointerCapture(event.pointerId);
          const paper = event.currentTarget.getContext('2d')!;
          paper.lineWidth = 4;
          paper.lineCap = 'round';
          paper.strokeStyle = '#111';
          paper.beginPath();
          paper.moveTo(...at(event));
        }}
        onPointerMove={(event) => {
          if (!drawing.current) return;
          const paper = event.currentTarget.getContext('2d')!;
          paper.lineTo(...at(event));
          paper.stroke();
          if (!inked) setInked(true);
        }}
        onPointerUp={() => {
          drawing.current = false;
        }}
      />
      <div className="buttons">
        <button type="button" className="button" onClick={ground}>
          {t('sheet.sign.clear')}
        </button>
        <button
          type="button"
          className="button primary"
          disabled={!inked}
          onClick={() => canvas.current?.toBlob((picture) => picture !== null && keep(picture), 'image/png')}
        >
          {t('sheet.sign.keep')}
        </button>
      </div>
    </div>
  );
}
