import { Fragment, useContext } from 'react';
import { Link } from 'react-router';
import type { FieldView } from '../api.ts';
import { useSpeech } from '../i18n/language.ts';
import { ScrollFrame } from '../kit/scroll-frame.tsx';
import { useDeclarations } from '../session.ts';
import { NearRecords } from './near.tsx';
import { isMasked, plainValue } from './value.ts';

type Properties = { value: unknown; field: FieldView | undefined };

function ListTable({ rows, field }: { rows: Record<string, unknown>[]; field: FieldView }) {
  const speech = useSpeech();
  const columns = (field.item ?? []).filter(
    (column) => column.type !== 'identifier' && rows.some((row) => row[column.name] !== undefined),
  );
  return (
    <ScrollFrame label={speech.say(field.label)}>
      <table className="table">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.name} scope="col">
                {speech.say(column.label)}
                {column.unit ? ` (${column.unit})` : ''}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a stored list have no identity but their place.
            <tr key={index}>
              {columns.map((column) => (
                <td key={column.name} className={['number', 'decimal', 'money'].includes(column.type) ? 'numeric' : ''}>
                  <ValueView value={row[column.name]} field={{ ...column, unit: '' }} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}

/** What the platform keeps for itself in JSON: folded away, but there. */
function Structure({ value }: { value: object }) {
  const { t } = useSpeech();
  return (
    <details>
      <summary>{t('value.structure')}</summary>
      <pre className="code structure">{JSON.stringify(value, null, 1)}</pre>
    </details>
  );
}

/** A list of short values: organs by their names, and folded where it is long. */
function ShortList({ values }: { values: string[] }) {
  const { t, say } = useSpeech();
  const { offices } = useDeclarations();
  const near = useContext(NearRecords);
  if (values.every((value) => near.has(value)))
    return (
      <span>
        {values.map((value, index) => (
          <Fragment key={value}>
            {index > 0 && t('separator')}
            <Link to={`/record/${value}`}>{near.get(value)}</Link>
          </Fragment>
        ))}
      </span>
    );
  const names = new Map(offices.map(({ code, label }) => [code, label]));
  const text = values.map((value) => (names.has(value) ? say(names.get(value)) : value)).join(t('separator'));
  if (values.length <= 12) return <span>{text}</span>;
  return (
    <details>
      <summary>{t('value.many', { n: values.length })}</summary>
      {text}
    </details>
  );
}

/** A value as its declaration asks: a link for a reference, a small table for a list, dots for what may not be seen. */
export function ValueView({ value, field }: Properties) {
  const speech = useSpeech();
  const near = useContext(NearRecords);
  if (isMasked(value)) {
    return (
      <span className="masked" title={field?.personal ? speech.say(field.personal) : undefined}>
        {value.masked}
        <span className="visually-hidden"> ({speech.t('masked')})</span>
      </span>
    );
  }
  if (field?.type === 'list' && Array.isArray(value) && (field.item?.length ?? 0) > 1) {
    const rows = value.filter((row): row is Record<string, unknown> => typeof row === 'object' && row !== null);
    if (rows.length > 0) return <ListTable rows={rows} field={field} />;
  }
  if (
    field?.type === 'list' &&
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((one) => typeof one === 'string')
  )
    return <ShortList values={value as string[]} />;
  if (field?.type === 'object' && !field.item && typeof value === 'object' && value !== null) {
    return <Structure value={value} />;
  }
  if (field?.type === 'reference' && typeof value === 'string' && value !== '') {
    return <Link to={`/record/${value}`}>{near.get(value) ?? speech.t('record.open-referenced')}</Link>;
  }
  const text = plainValue(value, field, speech);
  if (text === '') return <span className="soft">—</span>;
  const code = typeof value === 'string' && /^[0-9A-Za-z+/=_-]{24,}$/.test(value);
  return <span className={`${code ? 'code' : ''} ${field?.type === 'long-text' ? 'long-text' : ''}`}>{text}</span>;
}
