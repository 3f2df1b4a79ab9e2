import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { beijingDate, dayWithWeekday, percent } from '../format.ts';
import { useSpeech } from '../i18n/language.ts';
import { Icon } from '../kit/icon.tsx';
import { Counted, Empty, Failure, Sheet, Waiting } from '../kit/pieces.tsx';
import { ScrollFrame } from '../kit/scroll-frame.tsx';
import { usePageTitle } from '../kit/title.ts';
import { useNarrow } from '../kit/width.ts';
import { useDeclarations, useNamedQuery } from '../session.ts';
import { EvidenceOf, RecordState, TermLeft } from './pieces.tsx';
import { closureRate, type Ledger, type LoopRow, nearestClock, type OpenLoops, type Tally } from './shapes.ts';
import { Urge, useMayUrge } from './urge.tsx';
import './loop.css';

function Summary({ board }: { board: OpenLoops }) {
  const { t } = useSpeech();
  const rate = closureRate(board);
  const counts = [
    ['loops.open', board.open, false],
    ['loops.overdue', board.overdue, board.overdue > 0],
    ['loops.unsigned', board.unsigned, board.unsigned > 0],
    ['loops.annulments', board.annulments, board.annulments > 0],
  ] as const;
  return (
    <dl className="loop-counts">
      {counts.map(([key, n, late]) => (
        <div key={key} data-late={late}>
          <dt>{t(key)}</dt>
          <dd>{n}</dd>
        </div>
      ))}
      <div className="loop-rate">
        <dt>{t('loops.rate')}</dt>
        <dd>{rate === null ? t('loops.none-yet') : percent(rate, 1)}</dd>
        {rate !== null && (
          <dd className="loop-rate-text">
            <progress className="progress" max={board.total} value={board.closed} aria-label={t('loops.rate')} />
            <span className="small soft">{t('loops.rate.text', { closed: board.closed, total: board.total })}</span>
          </dd>
        )}
      </div>
    </dl>
  );
}

function TallyTable({
  title,
  first,
  rows,
}: {
  title: string;
  first: string;
  rows: (Tally & { key: string; name: string; onChoose?: () => void })[];
}) {
  const { t } = useSpeech();
  return (
    <Sheet title={title}>
      <ScrollFrame label={title}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{first}</th>
              <th scope="col" className="numeric">
                {t('loops.total')}
              </th>
              <th scope="col" className="numeric">
                {t('loops.open')}
              </th>
              <th scope="col" className="numeric">
                {t('loops.overdue')}
              </th>
              <th scope="col" className="numeric">
                {t('loops.unsigned')}
              </th>
              <th scope="col" className="numeric">
                {t('loops.rate')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const rate = closureRate(row);
              return (
                <tr key={row.key}>
                  <th scope="row">
                    {row.onChoose ? (
                      <button type="button" className="link-button" onClick={row.onChoose}>
                        {row.name}
                      </button>
                    ) : (
                      row.name
                    )}
                  </th>
                  <td className="numeric">{row.total}</td>
                  <td className="numeric">{row.open}</td>
                  <td className="numeric" data-late={row.overdue > 0}>
                    {row.overdue}
                  </td>
                  <td className="numeric" data-late={row.unsigned > 0}>
                    {row.unsigned}
                  </td>
                  <td className="numeric">{rate === null ? '—' : percent(rate, 0)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </ScrollFrame>
    </Sheet>
  );
}

/** How long a hand-over waits for its signature, or what term runs. */
function Waits({ row, today }: { row: LoopRow; today: string }) {
  const { t, say, language } = useSpeech();
  const clock = nearestClock(row.record);
  const days = Math.round((Date.parse(today) - Date.parse(beijingDate(row.record.openedAt))) / 86_400_000);
  return (
    <>
      {clock && (
        <>
          <TermLeft clock={clock} />
          <p className="small soft">
            {say(clock.label)} {clock.dueOn && dayWithWeekday(clock.dueOn, language)}
          </p>
        </>
      )}
      {row.unsigned && (
        <Counted n={days} sentence={t('loops.unsigned-days')} dueState={days > 3 ? 'overdue' : 'due-soon'} />
      )}
      {row.urged && (
        <p className="small">
          <Link to={`/record/${row.urged.id}`}>{t('loops.urged', { date: row.urged.deadline })}</Link>
        </p>
      )}
    </>
  );
}

type Choosing = { chosen: ReadonlySet<string>; toggle: (id: string) => void; may: boolean };

function Choose({ row, choosing }: { row: LoopRow; choosing: Choosing }) {
  const { t } = useSpeech();
  return (
    <input
      type="checkbox"
      aria-label={t('loops.choose-one', { subject: row.record.title })}
      checked={choosing.chosen.has(row.record.id)}
      onChange={() => choosing.toggle(row.record.id)}
    />
  );
}

function What({ row }: { row: LoopRow }) {
  const { say } = useSpeech();
  return (
    <>
      <Link to={`/loop/loop/${row.record.id}`}>{row.subject}</Link>
      <p className="small soft">
        {row.product} · {say(row.duty)} · {say(row.source)}
      </p>
    </>
  );
}

function Rows({ board, choosing }: { board: OpenLoops; choosing: Choosing }) {
  const { t, say } = useSpeech();
  const narrow = useNarrow();
  if (narrow) {
    return (
      <ul className="cards">
        {board.rows.map((row) => (
          <li key={row.record.id}>
            <div className="between">
              <div>
                <What row={row} />
              </div>
              {choosing.may && <Choose row={row} choosing={choosing} />}
            </div>
            <p>
              <RecordState record={row.record} /> <span className="small soft">{say(row.record.office.label)}</span>
            </p>
            <div>
              <Waits row={row} today={board.today} />
            </div>
            <div className="small">
              <EvidenceOf record={row.record} />
            </div>
          </li>
        ))}
      </ul>
    );
  }
  return (
    <ScrollFrame label={t('loops.rows')}>
      <table className="table">
        <thead>
          <tr>
            {choosing.may && (
              <th scope="col" className="no-print">
                <span className="visually-hidden">{t('loops.choose')}</span>
              </th>
            )}
            <th scope="col">{t('loops.clock')}</th>
            <th scope="col">{t('loops.subject')}</th>
            <th scope="col">{t('loops.state')}</th>
            <th scope="col">{t('loop.who')}</th>
            <th scope="col">{t('loop.evidence')}</th>
          </tr>
        </thead>
        <tbody>
          {board.rows.map((row) => (
            <tr key={row.record.id} data-late={row.record.overdue}>
              {choosing.may && (
                <td className="no-print">
                  <Choose row={row} choosing={choosing} />
                </td>
              )}
              <td>
                <Waits row={row} today={board.today} />
              </td>
              <td>
                <What row={row} />
              </td>
              <td>
                <RecordState record={row.record} />
              </td>
              <td>
                {say(row.record.office.label)}
                {row.record.handler && <p className="small soft">{row.record.handler}</p>}
              </td>
              <td>
                <EvidenceOf record={row.record} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}

function Board({
  board,
  ledger,
  onOffice,
}: {
  board: OpenLoops;
  ledger: Ledger | undefined;
  onOffice: (code: string) => void;
}) {
  const { t, say } = useSpeech();
  const may = useMayUrge();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string) =>
    setChosen((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  const rows = board.rows.filter(({ record }) => chosen.has(record.id));
  return (
    <>
      <Summary board={board} />
      <Urge rows={rows} onSent={() => setChosen(new Set())} />
      {board.rows.length === 0 ? (
        <Empty title={t('loops.empty')}>
          <p>{t('loops.empty.text')}</p>
        </Empty>
      ) : (
        <Sheet title={`${t('loops.rows')} ${board.open}`}>
          <Rows board={board} choosing={{ chosen, toggle, may }} />
          {board.more > 0 && <p className="sheet-body soft">{t('loops.more', { n: board.more })}</p>}
        </Sheet>
      )}
      <div className="loop-tallies">
        <TallyTable
          title={t('loops.by-office')}
          first={t('loops.office')}
          rows={board.offices.map((row) => ({
            ...row,
            key: row.code,
            name: say(row.label),
            onChoose: () => onOffice(row.code),
          }))}
        />
        {ledger && (
          <TallyTable
            title={t('loops.by-source')}
            first={t('loops.source')}
            rows={ledger.map((row) => ({ ...row, key: row.source, name: say(row.label) }))}
          />
        )}
      </div>
    </>
  );
}

/** All open loops of a region: overdue first, unsigned hand-overs, the closure rate; and the letter that urges. */
export function LoopsPage() {
  const { t, say } = useSpeech();
  const heading = usePageTitle(t('loops'));
  const { offices } = useDeclarations();
  const [search, setSearch] = useSearchParams();
  const office = search.get('office') ?? '';
  const parameters: Record<string, string> = office ? { office } : {};
  const board = useNamedQuery<OpenLoops>('handling.open-loops', parameters);
  const ledger = useNamedQuery<Ledger>('handling.ledger', parameters);
  const choose = (code: string) => setSearch(code ? { office: code } : {});
  const bureaus = offices.filter(({ kind }) => kind === 'bureau');
  return (
    <main className="main stack" id="main">
      <div>
        <div className="between">
          <h1 ref={heading} tabIndex={-1}>
            {t('loops')}
          </h1>
          <div className="row no-print">
            <label className="row">
              <span>{t('loops.office')}</span>
              <select className="select narrow-input" value={office} onChange={(event) => choose(event.target.value)}>
                <option value="">{t('loops.office.all')}</option>
                {bureaus.map(({ code, label }) => (
                  <option key={code} value={code}>
                    {say(label)}
                  </option>
                ))}
              </select>
            </label>
            <button type="button" className="button-quiet wide-only" onClick={() => window.print()}>
              <Icon name="print" />
              {t('print')}
            </button>
          </div>
        </div>
        <p className="soft">{t('loops.lead')}</p>
      </div>
      {board.error ? <Failure error={board.error} retry={() => void board.refetch()} /> : null}
      {board.isPending && <Waiting />}
      {board.data && <Board board={board.data} ledger={ledger.data} onOffice={choose} />}
    </main>
  );
}
