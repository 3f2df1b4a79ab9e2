import { Link } from 'react-router';
import type { RecordRow } from '../api.ts';
import { useSpeech } from '../i18n/language.ts';
import { DaysLeft, StateChip } from '../kit/pieces.tsx';
import { pageOf } from './columns.tsx';

/** Records as a readable list: on a phone, and wherever a few related ones stand together. */
export function RowList({ rows, kinds = false }: { rows: RecordRow[]; kinds?: boolean }) {
  const { say } = useSpeech();
  return (
    <ul className="cards">
      {rows.map((row) => (
        <li key={row.id} data-row>
          <div className="between">
            <Link to={pageOf(row)} data-open>
              {row.title}
            </Link>
            <StateChip row={row} />
          </div>
          <p className="small soft dotted">
            {kinds && <span>{say(row.entityLabel)}</span>}
            {row.number && <span>{row.number}</span>}
            {row.subject && <span>{row.subject.name}</span>}
            <span>{say(row.office.label)}</span>
            {row.handler && <span>{row.handler.name}</span>}
          </p>
          {row.workingDaysLeft !== null && row.dueState !== 'none' && (
            <DaysLeft left={row.workingDaysLeft} dueState={row.dueState} />
          )}
        </li>
      ))}
    </ul>
  );
}
