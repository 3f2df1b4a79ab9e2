import { useEffect, useRef, useState } from 'react';
import type { RecordRow } from '../api.ts';
import { useSpeech } from '../i18n/language.ts';
import { Icon } from '../kit/icon.tsx';
import { ScrollFrame } from '../kit/scroll-frame.tsx';
import { nextSort, visibleRange } from './address.ts';
import type { Column } from './columns.tsx';

const rowHeight = 37;

type Properties = {
  caption: string;
  columns: Column[];
  rows: RecordRow[];
  total: number | null;
  sort: string;
  onSort: (sort: string) => void;
  /** More rows are needed: the reader has come near the end. */
  onEnd: () => void;
  /** The first row in view has changed. */
  onFirst: (index: number) => void;
};

function Heading({
  column,
  sort,
  onSort,
  pinned,
}: {
  column: Column;
  sort: string;
  onSort: (sort: string) => void;
  pinned: boolean;
}) {
  const { t } = useSpeech();
  const key = column.sort;
  const direction =
    key === undefined ? undefined : sort === key ? 'ascending' : sort === `-${key}` ? 'descending' : 'none';
  return (
    <th
      scope="col"
      className={`${pinned ? 'pinned' : ''} ${column.numeric ? 'numeric' : ''}`}
      {...(direction ? { 'aria-sort': direction } : {})}
    >
      {key === undefined ? (
        column.title
      ) : (
        <button type="button" className="sort" onClick={() => onSort(nextSort(sort, key))}>
          {column.title}
          <span className={direction === 'none' ? 'sort-idle' : ''}>
            <Icon name={direction === 'none' ? 'sort' : direction === 'ascending' ? 'up' : 'down'} />
          </span>
          <span className="visually-hidden">{t('list.sort')}</span>
        </button>
      )}
    </th>
  );
}

/**
 * A dense table with sticky header and first column. Only the rows in view are in the document, so that ten thousand
 * scroll like ten; their number and position are told to screen readers.
 */
export function RecordTable({ caption, columns, rows, total, sort, onSort, onEnd, onFirst }: Properties) {
  const frame = useRef<HTMLElement>(null);
  const [view, setView] = useState({ top: 0, height: 800 });
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const read = () => setView({ top: element.scrollTop, height: element.clientHeight });
    read();
    element.addEventListener('scroll', read, { passive: true });
    const observer = new ResizeObserver(read);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', read);
      observer.disconnect();
    };
  }, []);

  const { first, last } = visibleRange(view.top, view.height, rowHeight, rows.length);
  const nearEnd = last >= rows.length;
  const topRow = Math.min(Math.floor(view.top / rowHeight), Math.max(0, rows.length - 1));
  useEffect(() => {
    if (nearEnd && rows.length > 0) onEnd();
  }, [nearEnd, rows.length, onEnd]);
  useEffect(() => onFirst(topRow), [topRow, onFirst]);

  const width = columns.reduce((all, column) => all + column.width, 0);
  return (
    <ScrollFrame label={caption} className="list-frame" frame={frame}>
      <table
        className="table table-fixed table-pinned"
        aria-rowcount={total === null ? -1 : total + 1}
        style={{ minWidth: width }}
      >
        <caption className="visually-hidden">{caption}</caption>
        <colgroup>
          {columns.map((column) => (
            <col key={column.name} style={{ width: column.width }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column, index) => (
              <Heading key={column.name} column={column} sort={sort} onSort={onSort} pinned={index === 0} />
            ))}
          </tr>
        </thead>
        <tbody>
          {first > 0 && (
            <tr className="table-filler">
              <td colSpan={columns.length} style={{ height: first * rowHeight }} />
            </tr>
          )}
          {rows.slice(first, last).map((row, offset) => (
            <tr key={row.id} data-row aria-rowindex={first + offset + 2}>
              {columns.map((column, index) =>
                index === 0 ? (
                  <th key={column.name} scope="row" className="pinned">
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.name} className={column.numeric ? 'numeric' : ''} title={column.text(row)}>
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
          {last < rows.length && (
            <tr className="table-filler">
              <td colSpan={columns.length} style={{ height: (rows.length - last) * rowHeight }} />
            </tr>
          )}
        </tbody>
      </table>
    </ScrollFrame>
  );
}
