import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  type ClipboardEvent,
  type CSSProperties,
  type KeyboardEvent,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useParams } from 'react-router';
import type { CommandResult } from '../api.ts';
import { Problem, request } from '../http.ts';
import { useSpeech } from '../i18n/language.ts';
import { useKeys } from '../kit/keyboard.ts';
import { announce } from '../kit/live.tsx';
import { Empty, Failure, Notice, Sheet, Verdict, Waiting } from '../kit/pieces.tsx';
import { ScrollFrame } from '../kit/scroll-frame.tsx';
import { useNarrow } from '../kit/width.ts';
import { readStored, writeStored } from '../preferences.ts';
import { RecordActions } from '../record/actions.tsx';
import { RecordHead } from '../record/record.tsx';
import { recordQuery, useNamedQuery } from '../session.ts';
import { FilePanel } from './file-panel.tsx';
import {
  type Column,
  conflicts,
  type Edit,
  emptyGrid,
  entries,
  type Grid,
  type GridLine,
  paste,
  settle,
  undo,
  write,
} from './grid-model.ts';
import { GridRow } from './grid-row.tsx';
import './grid.css';

type Control = { position: number; kind: string; parameter: string; accepted: boolean; zh: string; en: string };
type SheetGrid = {
  title: string;
  state: string;
  version: number;
  mappings: string[];
  lines: GridLine[];
  controls: Control[];
};
export type Place = { row: number; column: Column };

const rowHeights = { wide: 48, narrow: 112 };
const overscan = 8;

/** Fault of one line, as the server put it. */
type Faults = ReadonlyMap<number, string>;

function EntryGrid({ id, sheet, reload }: { id: string; sheet: SheetGrid; reload: () => Promise<unknown> }) {
  const { t, explain, language } = useSpeech();
  const { lines } = sheet;
  const key = `hengjian.worksheet.${id}`;
  const [grid, setGrid] = useState<Grid>(() => ({
    ...emptyGrid,
    edits: new Map(readStored<[number, Edit][]>(key, []).filter(([line]) => line < lines.length)),
  }));
  const [faults, setFaults] = useState<Faults>(new Map());
  const [active, setActive] = useState<Place>({ row: 0, column: 'result' });
  const [top, setTop] = useState(0);
  const frame = useRef<HTMLElement>(null);
  const wanted = useRef(false);
  const rowHeight = useNarrow() ? rowHeights.narrow : rowHeights.wide;
  const open = sheet.state === 'open';
  const clashing = useMemo(() => new Set(conflicts(lines, grid.edits).map(({ line }) => line)), [lines, grid.edits]);
  const ready = entries(lines, grid.edits);

  useEffect(() => writeStored(key, [...grid.edits]), [key, grid.edits]);
  useEffect(() => {
    const view = frame.current;
    const follow = (): void => setTop(view?.scrollTop ?? 0);
    view?.addEventListener('scroll', follow, { passive: true });
    return () => view?.removeEventListener('scroll', follow);
  }, []);
  useEffect(() => {
    if (!wanted.current) return;
    wanted.current = false;
    const cell = frame.current?.querySelector<HTMLInputElement>(`[data-cell="${active.row}/${active.column}"]`);
    cell?.focus({ preventScroll: true });
    cell?.select();
  }, [active]);

  function go(place: Place): void {
    const row = Math.max(0, Math.min(lines.length - 1, place.row));
    const view = frame.current;
    if (view) {
      const at = row * rowHeight;
      const head = view.querySelector<HTMLElement>('.grid-head')?.offsetHeight ?? 0;
      if (at < view.scrollTop) view.scrollTop = at;
      else if (at + rowHeight > view.scrollTop + view.clientHeight - head)
        view.scrollTop = at + rowHeight - view.clientHeight + head;
      setTop(view.scrollTop);
    }
    wanted.current = true;
    setActive({ row, column: place.column });
  }

  function onKey(event: KeyboardEvent<HTMLInputElement>, place: Place): void {
    if (event.nativeEvent.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const { selectionStart, selectionEnd, value } = event.currentTarget;
    const whole = selectionStart === 0 && selectionEnd === value.length;
    const step = { ArrowDown: 1, ArrowUp: -1, Enter: event.shiftKey ? -1 : 1, PageDown: 10, PageUp: -10 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      go({ ...place, row: place.row + step });
    } else if (event.key === 'ArrowRight' && place.column === 'result' && (whole || selectionStart === value.length)) {
      event.preventDefault();
      go({ ...place, column: 'unit' });
    } else if (event.key === 'ArrowLeft' && place.column === 'unit' && (whole || selectionEnd === 0)) {
      event.preventDefault();
      go({ ...place, column: 'result' });
    }
  }

  function onPaste(event: ClipboardEvent<HTMLInputElement>, place: Place): void {
    const text = event.clipboardData.getData('text/plain');
    if (!/[\t\n\r]/.test(text.trimEnd())) return;
    event.preventDefault();
    const pasted = paste(grid, lines, place.row, place.column, text);
    setGrid(pasted.grid);
    announce(
      pasted.beyond > 0
        ? t('grid.pasted-beyond', { n: pasted.filled, beyond: pasted.beyond })
        : t('grid.pasted', { n: pasted.filled }),
    );
  }

  const save = useMutation({
    mutationFn: () =>
      request<CommandResult>('/api/actions/laboratory.worksheet/enter', {
        method: 'POST',
        body: { id: crypto.randomUUID(), record: id, input: { results: ready.map(({ entry }) => entry) } },
      }),
    onSuccess: async () => {
      const taken = new Set(ready.map(({ line }) => line));
      await reload();
      setGrid((held) => ({ edits: new Map([...held.edits].filter(([line]) => !taken.has(line))), past: [] }));
      setFaults(new Map());
      announce(t('grid.saved', { n: taken.size }));
    },
    onError: async (error) => {
      if (!(error instanceof Problem)) return;
      const found = error.errors.flatMap(({ path, ...said }) => {
        const at = /^input\.results\.(\d+)/.exec(path)?.[1];
        const line = at === undefined ? undefined : ready[Number(at)]?.line;
        return line === undefined ? [] : [[line, said[language]] as const];
      });
      setFaults(new Map(found));
      if (error.code === 'cell-changed') await reload();
      const first = found[0]?.[0];
      if (first !== undefined) go({ row: first, column: 'result' });
    },
  });
  const hand = (): void => {
    if (ready.length > 0 && clashing.size === 0 && !save.isPending) save.mutate();
  };
  const back = (): void => {
    if (grid.past.length === 0) return;
    setGrid(undo(grid));
    announce(t('grid.undone'));
  };
  useKeys({ 'mod+s': hand, 'mod+z': back });

  const height = frame.current?.clientHeight ?? 640;
  const first = Math.max(0, Math.floor(top / rowHeight) - overscan);
  const last = Math.min(lines.length, Math.ceil((top + height) / rowHeight) + overscan);
  const filled = lines.filter(({ now }) => now !== null).length;
  const why = clashing.size > 0 ? t('grid.settle-first', { n: clashing.size }) : t('grid.nothing-new');

  return (
    <Sheet
      title={t('grid')}
      side={<span className="small soft">{t('grid.filled', { n: filled, all: lines.length })}</span>}
    >
      {open && (
        <div className="sheet-body grid-bar">
          <button
            type="button"
            className="button-act"
            aria-disabled={ready.length === 0 || clashing.size > 0}
            onClick={hand}
          >
            {save.isPending ? t('grid.saving') : t('grid.save', { n: ready.length })}
          </button>
          <button type="button" className="button" aria-disabled={grid.past.length === 0} onClick={back}>
            {t('grid.undo')}
          </button>
          <span className="small soft">{ready.length === 0 || clashing.size > 0 ? why : t('grid.keys')}</span>
        </div>
      )}
      {save.error && (
        <div className="sheet-body" role="alert">
          <Notice tone="warn">{explain(save.error)}</Notice>
        </div>
      )}
      <ScrollFrame label={t('table.of', { title: t('grid') })} className="grid-frame" frame={frame}>
        <table
          className="grid-table"
          aria-label={t('grid')}
          aria-rowcount={lines.length + 1}
          style={{ '--row': `${rowHeight}px` } as CSSProperties}
        >
          <thead>
            <tr className="grid-row grid-head" aria-rowindex={1}>
              {(['code', 'item', 'limit', 'result', 'unit', 'verdict'] as const).map((name) => (
                <th key={name} scope="col" className={`grid-${name}`}>
                  {t(`grid.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody style={{ height: lines.length * rowHeight }}>
            {lines.slice(first, last).map((line, at) => (
              <GridRow
                key={line.line}
                line={line}
                row={first + at}
                top={(first + at) * rowHeight}
                edits={grid.edits}
                open={open}
                fault={faults.get(line.line)}
                clash={clashing.has(line.line)}
                onWrite={(column, text) => setGrid((held) => write(held, line, column, text))}
                onSettle={(keep) => setGrid((held) => settle(held, line, keep))}
                onKey={onKey}
                onPaste={onPaste}
                onFocus={setActive}
              />
            ))}
          </tbody>
        </table>
      </ScrollFrame>
    </Sheet>
  );
}

function Controls({ controls }: { controls: Control[] }) {
  const { t, say } = useSpeech();
  return (
    <Sheet title={t('grid.controls')}>
      {controls.length === 0 ? (
        <p className="sheet-body soft">{t('grid.no-controls')}</p>
      ) : (
        <ul className="cards">
          {controls.map((control) => (
            <li key={control.position}>
              <b>{control.parameter}</b>
              <span className="row">
                <Verdict ok={control.accepted} /> {say(control)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Sheet>
  );
}

/** 结果录入: two thousand cells by blind code, typed or pasted, with limit and clause beside each. */
export function GridPage() {
  const { id = '' } = useParams();
  const { t } = useSpeech();
  const client = useQueryClient();
  const record = useQuery(recordQuery(id));
  const sheet = useNamedQuery<SheetGrid | null>('laboratory.worksheet-grid', { worksheet: id });
  const failed = record.error ?? sheet.error;
  if (failed)
    return (
      <main className="main" id="main">
        <Failure page error={failed} retry={() => void sheet.refetch()} />
      </main>
    );
  if (!record.data || sheet.data === undefined)
    return (
      <main className="main" id="main">
        <Waiting />
      </main>
    );
  const reload = () => Promise.all([sheet.refetch(), client.invalidateQueries({ queryKey: ['record', id] })]);
  return (
    <main className="main stack" id="main">
      <RecordHead record={record.data} />
      {sheet.data === null || sheet.data.lines.length === 0 ? (
        <Empty title={t('grid.empty')}>
          <p>{t('grid.empty-text')}</p>
        </Empty>
      ) : (
        <EntryGrid key={id} id={id} sheet={sheet.data} reload={reload} />
      )}
      {sheet.data?.state === 'open' && <FilePanel id={id} mappings={sheet.data.mappings} reload={reload} />}
      {sheet.data && <Controls controls={sheet.data.controls} />}
      <RecordActions record={record.data} />
    </main>
  );
}
