import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { EntityView, RecordRow } from '../api.ts';
import { beijingDate, dayWithWeekday } from '../format.ts';
import type { MessageKey, Speech } from '../i18n/language.ts';
import { DaysLeft, StateChip } from '../kit/pieces.tsx';
import { isPointed, plainValue } from '../record/value.ts';

export type Column = {
  name: string;
  title: string;
  /** CSS pixels; columns share what is left over in proportion. */
  width: number;
  sort?: string;
  numeric?: boolean;
  text: (row: RecordRow) => string;
  cell: (row: RecordRow) => ReactNode;
};

const titles: Record<string, MessageKey> = {
  number: 'column.number',
  title: 'column.title',
  entity: 'column.entity',
  state: 'column.state',
  office: 'column.office',
  subject: 'column.subject',
  handler: 'column.handler',
  due: 'column.due',
  days: 'column.days',
  opened: 'column.opened',
  updated: 'column.updated',
  closed: 'column.closed',
};

const usualColumns = ['title', 'number', 'state', 'subject', 'office', 'handler', 'days', 'due', 'updated'];

/** Columns shown at first, without those that stay empty, and all that the list can show. */
export function columnsFor(entity: EntityView | undefined, rows: RecordRow[]): { usual: string[]; offered: string[] } {
  if (!entity) return { usual: ['title', 'entity', ...usualColumns.slice(1)], offered: Object.keys(titles) };
  const declared = entity.list.columns.filter((name) => !(name in titles));
  const hasValue: Record<string, (row: RecordRow) => boolean> = {
    number: (row) => row.number !== null,
    subject: (row) => row.subject !== null,
    handler: (row) => row.handler !== null,
    days: (row) => row.due !== null,
    due: (row) => row.due !== null,
  };
  const worthwhile = (name: string) =>
    rows.length === 0 || !(name in hasValue) || rows.some((row) => hasValue[name]?.(row));
  const usual = [...usualColumns.slice(0, 3), ...declared, ...usualColumns.slice(3)].filter(worthwhile);
  return { usual, offered: [...new Set([...usual, ...Object.keys(titles), ...entity.list.offered])] };
}

/** Of the columns on the screen, those that are declared fields: what the server is asked to send along. */
export function fieldsAmong(entity: EntityView | undefined, names: readonly string[]): string[] {
  return entity ? names.filter((name) => !(name in titles) && entity.list.offered.includes(name)) : [];
}

/** The page of one row: approvals lead to their desk, reports to their reading, everything else to its record. */
export function pageOf(row: Pick<RecordRow, 'id' | 'entity'>): string {
  if (row.entity === 'kernel.approval') return `/approvals/${row.id}`;
  return row.entity === 'reporting.report' ? `/report/${row.id}` : `/record/${row.id}`;
}

type Making = Omit<Column, 'name' | 'title'>;

function fromText(text: Column['text'], width: number, extra: Partial<Making> = {}): Making {
  return { text, cell: text, width, ...extra };
}

function registerColumn(name: string, speech: Speech): Making | undefined {
  const { say, language } = speech;
  switch (name) {
    case 'number':
      return fromText((row) => row.number ?? '', 224, { sort: 'number' });
    case 'title':
      return {
        text: (row) => row.title,
        cell: (row) => (
          <Link to={pageOf(row)} data-open title={row.title}>
            {row.title}
          </Link>
        ),
        width: 296,
        sort: 'title',
      };
    case 'entity':
      return fromText((row) => say(row.entityLabel), 112);
    case 'state':
      return { text: (row) => say(row.stateLabel), cell: (row) => <StateChip row={row} />, width: 120 };
    case 'office':
      return fromText((row) => say(row.office.label), 176);
    case 'subject':
      return fromText((row) => row.subject?.name ?? '', 208);
    case 'handler':
      return fromText((row) => row.handler?.name ?? '', 96);
    case 'due':
      return fromText((row) => (row.due ? dayWithWeekday(row.due, language) : ''), 136, { sort: 'due' });
    case 'days':
      return {
        text: (row) => (row.workingDaysLeft === null ? '' : String(row.workingDaysLeft)),
        cell: (row) => <DaysLeft left={row.workingDaysLeft} dueState={row.dueState} />,
        width: 144,
        sort: 'due',
      };
    case 'opened':
      return fromText((row) => beijingDate(row.opened), 112);
    case 'updated':
      return fromText((row) => beijingDate(row.updated), 112, { sort: 'updated' });
    case 'closed':
      return fromText((row) => (row.closedAt ? beijingDate(row.closedAt) : ''), 112);
    default:
      return undefined;
  }
}

/** One column by name: of the register, or a declared field that the server sends along in the row. */
export function columnNamed(name: string, speech: Speech, entity: EntityView | undefined): Column | undefined {
  const register = registerColumn(name, speech);
  const key = titles[name];
  if (register && key) return { name, title: speech.t(key), ...register };
  const field = entity?.fields.find((candidate) => candidate.name === name);
  if (!field) return undefined;
  const text = (row: RecordRow) => plainValue(row.fields?.[name], field, speech);
  const cell = (row: RecordRow) => {
    const value = row.fields?.[name];
    return isPointed(value) && value.title !== null ? <Link to={`/record/${value.id}`}>{value.title}</Link> : text(row);
  };
  const numeric = ['number', 'decimal', 'money'].includes(field.type);
  const wide = field.type === 'reference' || field.type === 'text' ? 176 : 144;
  const sort = entity?.list.sorts.includes(name) ? { sort: name } : {};
  return { name, title: speech.say(field.label), text, cell, width: wide, numeric, ...sort };
}
