import type { ClipboardEvent, KeyboardEvent } from 'react';
import { useSpeech } from '../i18n/language.ts';
import type { Place } from './grid.tsx';
import { type Column, type Edits, type GridLine, textOf, withUnit } from './grid-model.ts';

const signs = { conforms: '✓', fails: '✗', 'not-judged': '○' } as const;

/** What the row says of its result: a fault, somebody else's value, not handed in yet, or the verdict. */
function Answer({
  line,
  edits,
  fault,
  clash,
  onSettle,
}: Omit<RowProps, 'row' | 'top' | 'open' | 'onWrite' | 'onKey' | 'onPaste' | 'onFocus'>) {
  const { t, say } = useSpeech();
  if (clash && line.now)
    return (
      <span className="grid-clash">
        {t('grid.theirs', { name: line.now.testerName, value: withUnit(line.now.value, line.now.unit) })}{' '}
        <button type="button" className="button-plain" onClick={() => onSettle('theirs')}>
          {t('grid.take-theirs')}
        </button>{' '}
        <button type="button" className="button-plain" onClick={() => onSettle('mine')}>
          {t('grid.keep-mine')}
        </button>
      </span>
    );
  if (fault) return <span className="grid-fault">{fault}</span>;
  if (edits.has(line.line)) return <span className="soft">{t('grid.unsaved')}</span>;
  if (!line.now)
    return <span className="soft">{line.repeatReason ? t('grid.repeat', { reason: line.repeatReason }) : '–'}</span>;
  const answer = { conforms: 'good', fails: 'bad', 'not-judged': 'open' }[line.now.verdict];
  return (
    <span className="verdict" data-verdict={answer} title={say(line.now.reason)}>
      {signs[line.now.verdict]} {t(`grid.${line.now.verdict}`)}
    </span>
  );
}

type RowProps = {
  line: GridLine;
  row: number;
  top: number;
  edits: Edits;
  open: boolean;
  fault: string | undefined;
  clash: boolean;
  onWrite: (column: Column, text: string) => void;
  onSettle: (keep: 'mine' | 'theirs') => void;
  onKey: (event: KeyboardEvent<HTMLInputElement>, place: Place) => void;
  onPaste: (event: ClipboardEvent<HTMLInputElement>, place: Place) => void;
  onFocus: (place: Place) => void;
};

/** One line of the sheet. Limit, clause and limit of quantification stand beside the cell that they judge. */
export function GridRow(props: RowProps) {
  const { line, row, top, edits, open, fault, clash, onWrite, onKey, onPaste, onFocus } = props;
  const { t } = useSpeech();
  const cell = (column: Column) => (
    <td className={`grid-${column}`}>
      {open ? (
        <input
          data-cell={`${row}/${column}`}
          value={textOf(line, edits, column)}
          aria-label={t(`grid.${column}-of`, { code: line.blindCode, item: line.item })}
          aria-invalid={fault !== undefined || clash}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onWrite(column, event.target.value)}
          onKeyDown={(event) => onKey(event, { row, column })}
          onPaste={(event) => onPaste(event, { row, column })}
          onFocus={() => onFocus({ row, column })}
        />
      ) : (
        textOf(line, edits, column) || '–'
      )}
    </td>
  );
  const earlier = line.earlier.map(({ value, unit }) => withUnit(value, unit)).join(t('separator'));
  return (
    <tr
      className="grid-row"
      aria-rowindex={row + 2}
      style={{ top }}
      data-clash={clash}
      data-fault={fault !== undefined}
    >
      <th scope="row" className="grid-code code">
        {line.blindCode}
      </th>
      <td className="grid-item">
        <b>{line.item}</b>
        <span className="small soft">{line.method}</span>
      </td>
      <td className="grid-limit">
        <span>{withUnit(line.limit, line.unit)}</span>
        <span className="small soft">
          {line.clause}
          {line.quantification &&
            ` · ${t('grid.quantification', { value: withUnit(line.quantification, line.quantificationUnit) })}`}
          {line.decision &&
            line.decision !== 'simple' &&
            ` · ${t(`grid.${line.decision}`, { r: line.guardRatio ?? '1' })}`}
        </span>
      </td>
      {cell('result')}
      {cell('unit')}
      <td className="grid-verdict small">
        <Answer {...props} />
        {earlier !== '' && <span className="soft">{t('grid.earlier', { values: earlier })}</span>}
      </td>
    </tr>
  );
}
