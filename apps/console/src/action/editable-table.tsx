import { useRef } from 'react';
import type { FieldView } from '../api.ts';
import { useSpeech } from '../i18n/language.ts';
import { Icon } from '../kit/icon.tsx';
import { useNarrow } from '../kit/width.ts';
import { filledBeside, startingValue } from './choosing.ts';
import { ValueInput } from './fields.tsx';
import { type FormError, fieldId, pasteRows, type Values } from './form.ts';
import { useScope } from './scope.tsx';

type Properties = {
  field: FieldView;
  path: string;
  value: unknown;
  onChange: (value: unknown) => void;
  errors: FormError[];
};

/** One value a line, for lists whose items are plain text. */
function LineList({ field, path, value, onChange }: Properties) {
  const { t, say } = useSpeech();
  const lines = Array.isArray(value) ? value.map(String) : [];
  return (
    <>
      <p className="small soft">{t('table.one-a-line')}</p>
      <textarea
        className="textarea"
        id={`${fieldId(path)}-lines`}
        aria-label={say(field.label)}
        value={lines.join('\n')}
        onChange={(event) => onChange(event.target.value === '' ? [] : event.target.value.split('\n'))}
      />
    </>
  );
}

/** A list of objects as a table one types into; rows pasted from a spreadsheet fall into their cells. */
function ObjectTable({ field, path, value, onChange, errors }: Properties) {
  const { t, say } = useSpeech();
  const narrow = useNarrow();
  const scope = useScope();
  const declared = field.item ?? [];
  const filled = filledBeside(declared, `${path}.`, scope);
  const columns = declared.filter((column) => !filled.has(column.name));
  const stored = Array.isArray(value) ? (value as Values[]) : [];
  const fresh = (): Values =>
    Object.fromEntries(
      declared.flatMap((column) => {
        const value = startingValue(`${path}.${column.name}`, scope);
        return value === undefined ? [] : [[column.name, value]];
      }),
    );
  const rows = stored.length === 0 ? [fresh()] : stored;

  // A choice in one cell may fill its neighbours: the later of two writes must see the earlier.
  const latest = useRef(rows);
  latest.current = rows;
  function setCells(index: number, cells: Values): void {
    latest.current = latest.current.map((row, at) => (at === index ? { ...row, ...cells } : row));
    onChange(latest.current);
  }

  function setNeighbours(index: number, more: Record<string, unknown>): void {
    setCells(
      index,
      Object.fromEntries(Object.entries(more).filter(([name]) => declared.some((one) => one.name === name))),
    );
  }

  function paste(event: React.ClipboardEvent, row: number, column: number): void {
    const text = event.clipboardData.getData('text/plain');
    if (!/[\t\n]/.test(text.trimEnd())) return;
    event.preventDefault();
    onChange(pasteRows(rows, columns, { row, column }, text));
  }

  function cell(row: Values, index: number, column: FieldView, at: number) {
    const cellPath = `${path}.${index}.${column.name}`;
    const error = errors.find((candidate) => candidate.path === cellPath);
    const errorId = `${fieldId(cellPath)}-error`;
    return (
      <div onPaste={(event) => paste(event, index, at)}>
        <label className="visually-hidden" htmlFor={fieldId(cellPath)}>
          {t('table.cell', { column: say(column.label), row: index + 1 })}
        </label>
        {column.type === 'boolean' ? (
          <input
            id={fieldId(cellPath)}
            type="checkbox"
            checked={row[column.name] === true}
            onChange={(event) => setCells(index, { [column.name]: event.target.checked })}
          />
        ) : (
          <ValueInput
            field={{ ...column, unit: '' }}
            path={cellPath}
            value={row[column.name]}
            onChange={(next) => setCells(index, { [column.name]: next })}
            onSiblings={(more) => setNeighbours(index, more)}
            beside={row}
            invalid={error !== undefined}
            describedBy={error ? errorId : undefined}
          />
        )}
        {error && (
          <p className="field-error small" id={errorId}>
            {error.text}
          </p>
        )}
      </div>
    );
  }

  const heading = (column: FieldView) => `${say(column.label)}${column.unit ? ` (${column.unit})` : ''}`;
  const remove = (index: number) => (
    <button
      type="button"
      className="button-quiet"
      onClick={() => onChange(rows.filter((_, at) => at !== index))}
      disabled={rows.length === 1 && stored.length === 0}
    >
      <Icon name="close" />
      <span className="visually-hidden">{t('table.remove', { row: index + 1 })}</span>
    </button>
  );

  return (
    <>
      {narrow ? (
        <ol className="editable-cards">
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows being typed have no identity but their place.
            <li key={index}>
              <div className="between">
                <b>{index + 1}</b>
                {remove(index)}
              </div>
              {columns.map((column, at) => (
                <div key={column.name}>
                  <span aria-hidden="true">{heading(column)}</span>
                  {cell(row, index, column, at)}
                </div>
              ))}
            </li>
          ))}
        </ol>
      ) : (
        <div className="table-frame editable">
          <table className="table">
            <thead>
              <tr>
                <th scope="col" className="numeric">
                  <span className="visually-hidden">{t('table.row')}</span>
                </th>
                {columns.map((column) => (
                  <th key={column.name} scope="col">
                    {heading(column)}
                    {column.required ? '' : ` (${t('field.optional')})`}
                  </th>
                ))}
                <td />
              </tr>
            </thead>
            <tbody>
              {rows.map((row, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows being typed have no identity but their place.
                <tr key={index}>
                  <td className="numeric soft">{index + 1}</td>
                  {columns.map((column, at) => (
                    <td key={column.name}>{cell(row, index, column, at)}</td>
                  ))}
                  <td>{remove(index)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p className="row">
        <button type="button" className="button" onClick={() => onChange([...rows, fresh()])}>
          <Icon name="plus" />
          {t('table.add')}
        </button>
        <span className="small soft">{t('table.paste')}</span>
      </p>
    </>
  );
}

/** A list: plain values one a line, objects as a table. */
export function EditableTable(properties: Properties) {
  return (properties.field.item?.length ?? 0) > 0 ? <ObjectTable {...properties} /> : <LineList {...properties} />;
}
