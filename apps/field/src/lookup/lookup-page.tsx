import { type FormEvent, lazy, Suspense, useState } from 'react';
import { request } from '../http.ts';
import { useSpeech } from '../language.ts';
import { useOnline } from '../live.ts';
import { sentenceOf } from '../outbox/sync.ts';
import type { Meaning } from '../scan/meaning.ts';
import type { Label } from '../shapes.ts';

const Scanner = lazy(() => import('../scan/scanner.tsx'));

type Hit = { id: string; name: string; creditCode: string | null; address: string | null };
type Row = { id: string; title: string; number: string | null; stateLabel: Label };
type Archive = {
  enterprise: { fields: Record<string, unknown> };
  records: { entity: string; label: Label; rows: Row[] }[];
};
type Entry = { id: string; title: Label; publishedAt: string; withdrawnAt: string | null };
type File = { hit: Hit; archive: Archive | null; entries: Entry[] };

const shown: [string, Label][] = [
  ['creditCode', { zh: '统一社会信用代码', en: 'Credit code' }],
  ['address', { zh: '地址', en: 'Address' }],
  ['status', { zh: '经营状况', en: 'Status' }],
  ['registeredOn', { zh: '成立日期', en: 'Registered on' }],
  ['industry', { zh: '行业', en: 'Industry' }],
  ['businessScope', { zh: '经营范围', en: 'Business scope' }],
];

/** The firm in front of one: what the register, the records and the public say of it, each as far as the post may see. */
export default function LookupPage() {
  const { t, language } = useSpeech();
  const online = useOnline();
  const [typed, setTyped] = useState('');
  const [hits, setHits] = useState<Hit[] | null>(null);
  const [file, setFile] = useState<File | null>(null);
  const [problem, setProblem] = useState('');
  const [scanning, setScanning] = useState(false);

  async function ask(work: () => Promise<void>): Promise<void> {
    setProblem('');
    try {
      await work();
    } catch (error) {
      setProblem(sentenceOf(error)[language]);
    }
  }
  const find = (q: string) =>
    ask(async () => {
      setFile(null);
      const { rows } = await request<{ rows: Hit[] }>(
        `/api/queries/subjects.search-enterprises?${new URLSearchParams({ q })}`,
      );
      setHits(rows);
      if (rows.length === 1) await open(rows[0]!);
    });
  const open = (hit: Hit) =>
    ask(async () => {
      const archive = await request<Archive>(`/api/queries/subjects.archive?enterprise=${hit.id}`).catch(() => null);
      const told =
        hit.creditCode === null
          ? { entries: [] }
          : await request<{ entries: Entry[] }>(`/api/public/records?subject=${encodeURIComponent(hit.creditCode)}`);
      setFile({ hit, archive, entries: told.entries });
    });
  function found({ enterprise, text }: Meaning): void {
    setScanning(false);
    setTyped(enterprise ?? text);
    void find(enterprise ?? text);
  }
  return (
    <div className="stack">
      <h1>{t('lookup.title')}</h1>
      <p className="soft">{t('lookup.lead')}</p>
      {!online && <p className="notice">{t('lookup.offline')}</p>}
      <form
        className="beside"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          if (typed.trim() !== '') void find(typed.trim());
        }}
      >
        <label className="field">
          <span>{t('lookup.title')}</span>
          <input className="input" type="search" value={typed} onChange={({ target }) => setTyped(target.value)} />
        </label>
        <button type="submit" className="button primary" disabled={!online}>
          {t('lookup.do')}
        </button>
        <button type="button" className="button" onClick={() => setScanning(true)}>
          {t('scan.title')}
        </button>
      </form>
      {scanning && (
        <Suspense fallback={<p>…</p>}>
          <Scanner found={found} close={() => setScanning(false)} />
        </Suspense>
      )}
      {problem !== '' && (
        <p className="notice" data-tone="act" role="alert">
          {problem}
        </p>
      )}
      {hits?.length === 0 && <p className="notice">{t('lookup.none')}</p>}
      {file === null && hits !== null && (
        <ul className="rows">
          {hits.map((hit) => (
            <li key={hit.id}>
              <button type="button" className="row" onClick={() => void open(hit)}>
                <b>{hit.name}</b>
                <span className="soft">
                  {hit.creditCode} · {hit.address}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {file !== null && <FileView file={file} />}
    </div>
  );
}

function FileView({ file: { hit, archive, entries } }: { file: File }) {
  const { t, say } = useSpeech();
  const facts = archive?.enterprise.fields ?? {};
  return (
    <article className="stack">
      <h2>{hit.name}</h2>
      <section className="stack">
        <h3>{t('lookup.register')}</h3>
        {archive === null && <p className="notice">{t('lookup.none')}</p>}
        <dl className="facts">
          {shown
            .filter(([name]) => typeof facts[name] === 'string')
            .map(([name, label]) => (
              <div key={name}>
                <dt>{say(label)}</dt>
                <dd>{String(facts[name])}</dd>
              </div>
            ))}
        </dl>
      </section>
      <section className="stack">
        <h3>{t('lookup.records')}</h3>
        {(archive?.records ?? []).map(({ entity, label, rows }) => (
          <div key={entity}>
            <h4>{say(label)}</h4>
            <ul className="plain">
              {rows.map((row) => (
                <li key={row.id}>
                  {row.number} {row.title} <span className="state">{say(row.stateLabel)}</span>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </section>
      <section className="stack">
        <h3>{t('lookup.public')}</h3>
        {entries.length === 0 && <p>{t('lookup.public.none')}</p>}
        <ul className="plain">
          {entries.map((entry) => (
            <li key={entry.id}>
              <a href={`/records/${entry.id}`}>{say(entry.title)}</a>{' '}
              <span className="soft">{entry.publishedAt.slice(0, 10)}</span>
            </li>
          ))}
        </ul>
      </section>
    </article>
  );
}
