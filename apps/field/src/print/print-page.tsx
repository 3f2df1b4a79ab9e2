import QRCode from 'qrcode';
import { useEffect, useState } from 'react';
import { useSpeech } from '../language.ts';
import { useStored } from '../live.ts';
import { told } from '../outbox/conflict.tsx';
import { keyOf } from '../outbox/queue.ts';
import { partsOf } from '../sheet/layout.ts';
import { signaturesOf } from '../sheet/signatures.ts';
import { toInput } from '../sheet/values.ts';
import { readDay, store } from '../store.ts';
import { peopleOf } from '../tasks/state.ts';
import './print.css';

type Paper = 'a4' | '80' | '58';
const papers: Paper[] = ['a4', '80', '58'];

/** The sheet on paper, for the printer in the bag or the office: what was signed, its digest, and the code by which the firm checks it. */
export default function PrintPage({ task: id }: { task: string }) {
  const { t } = useSpeech();
  const [paper, setPaper] = useState<Paper>('80');
  const [code, setCode] = useState('');
  const held = useStored(async () => {
    const opened = await store();
    const draft = await opened.get('drafts', keyOf(id, 'sample'));
    const pictures = await Promise.all(
      (draft?.chain.links ?? [])
        .filter(({ piece }) => piece.kind === 'signatures')
        .map(async ({ piece }) => ({ piece, file: await opened.get('files', piece.id) })),
    );
    return { day: await readDay(), task: await opened.get('tasks', id), draft, pictures };
  }, [id]);
  const form = held?.day?.actions.find(({ name }) => name === 'sample');
  const input = held?.draft === undefined || form === undefined ? undefined : toInput(form.input, held.draft.values);
  const standing =
    held?.task !== undefined && held.draft !== undefined && input !== undefined
      ? signaturesOf(held.task, held.draft, input)
      : undefined;
  const address = standing === undefined ? '' : `${held!.day!.verifyAt}${standing.digest}`;
  useEffect(() => {
    if (address !== '')
      void QRCode.toDataURL(address, { margin: 1, width: 264, errorCorrectionLevel: 'M' }).then(setCode);
  }, [address]);
  if (held === undefined) return null;
  const { day, task, draft, pictures } = held;
  if (
    day === undefined ||
    task === undefined ||
    draft === undefined ||
    form === undefined ||
    input === undefined ||
    standing === undefined
  )
    return <p className="notice">{t('task.gone')}</p>;
  const { digest, missing } = standing;
  const named = peopleOf(task);
  const valid = pictures.filter(({ piece, file }) => piece.signer?.sheet === digest && file !== undefined);
  return (
    <div className="stack">
      <div className="stack no-print">
        <h1>{t('print.title')}</h1>
        <div className="buttons">
          {papers.map((kind) => (
            <button
              key={kind}
              type="button"
              className="button"
              aria-pressed={paper === kind}
              onClick={() => setPaper(kind)}
            >
              {t(`print.${kind}`)}
            </button>
          ))}
          <button type="button" className="button act" onClick={() => print()}>
            {t('print.do')}
          </button>
          <button type="button" className="button" onClick={() => history.back()}>
            {t('back')}
          </button>
        </div>
      </div>
      <article className="sheet" data-paper={paper} lang="zh-CN">
        <h2>{task.fields.regime === 'food' ? '食品安全抽样单' : '产品质量监督抽查抽样单'}</h2>
        {missing.length > 0 && <p className="stamp">{t('print.draft')}</p>}
        <p>{task.number}</p>
        <dl>
          <div>
            <dt>被抽样单位</dt>
            <dd>
              {String(task.fields.enterpriseName)} {String(task.fields.enterpriseCode ?? '')}
            </dd>
          </div>
          <div>
            <dt>产品</dt>
            <dd>{String(task.fields.productName)}</dd>
          </div>
          {partsOf(form.input, String(task.fields.regime)).flatMap(({ fields }) =>
            fields
              .filter(({ name }) => input[name] !== undefined)
              .map((field) => (
                <div key={field.name}>
                  <dt>{field.label.zh}</dt>
                  <dd>
                    {field.name === 'present'
                      ? named
                          .filter(({ person }) => (input.present as string[]).includes(person))
                          .map(({ name }) => name)
                          .join('、')
                      : told(field, input[field.name], (label) => label?.zh ?? '')}
                  </dd>
                </div>
              )),
          )}
        </dl>
        <div className="signatures">
          <span>{t('print.signatures')}</span>
          {valid.map(({ piece, file }) => (
            <figure key={piece.id}>
              <Picture bytes={file!.bytes} alt={piece.signer!.name} />
              <figcaption>{piece.signer!.name}</figcaption>
            </figure>
          ))}
        </div>
        <div className="checked">
          {code !== '' && <img src={code} alt={t('print.code')} />}
          <p>
            {t('print.code')}
            <br />
            <span className="code">{digest.match(/.{1,16}/g)!.join(' ')}</span>
            <br />
            {t('print.code.lead')}
          </p>
        </div>
      </article>
    </div>
  );
}

function Picture({ bytes, alt }: { bytes: ArrayBuffer; alt: string }) {
  const [source, setSource] = useState('');
  useEffect(() => {
    const url = URL.createObjectURL(new Blob([bytes], { type: 'image/png' }));
    setSource(url);
    return () => URL.revokeObjectURL(url);
  }, [bytes]);
  return source === '' ? null : <img src={source} alt={alt} />;
}
