import { useSpeech } from '../language.ts';
import type { Day, Field, Label, OutboxEntry } from '../shapes.ts';
import { GiveUp } from './give-up.tsx';
import { insist } from './queue.ts';
import { sync } from './sync.ts';

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

/** The record as it is now beside what was done here; a person decides, never the app. */
export function Conflict({ entry, day }: { entry: OutboxEntry; day: Day }) {
  const { t, say } = useSpeech();
  const form = day.actions.find(({ name, entity }) => name === entry.action && entity === entry.entity);
  const { current } = entry;
  const possible = current !== null && (form?.from.includes(current.state) ?? false);
  const rows = (form?.input ?? []).filter(
    ({ name, type, item }) =>
      (type !== 'object' || item !== undefined) && !same(entry.input[name], current?.fields[name]),
  );
  return (
    <div className="stack">
      <h3>{t('conflict.title')}</h3>
      <table className="sides">
        <thead>
          <tr>
            <th scope="col" />
            <th scope="col">{t('conflict.mine')}</th>
            <th scope="col">{t('conflict.theirs')}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{t('conflict.state')}</th>
            <td>{say(entry.actionLabel)}</td>
            <td>{say(current?.stateLabel) || '—'}</td>
          </tr>
          {rows.map((field) => (
            <tr key={field.name}>
              <th scope="row">{say(field.label)}</th>
              <td>{told(field, entry.input[field.name], say)}</td>
              <td>{told(field, current?.fields[field.name], say)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {possible ? (
        <button type="button" className="button act" onClick={() => void insist(entry.id).then(() => sync())}>
          {t('conflict.insist')}
        </button>
      ) : (
        <p className="notice">
          {t('conflict.cannot', { state: say(current?.stateLabel) || '—', action: say(entry.actionLabel) })}
        </p>
      )}
      <GiveUp entry={entry} />
    </div>
  );
}

/** A value as people read it: the words of a choice, the parts of a group. */
export function told(field: Field, value: unknown, say: (label: Label | undefined) => string): string {
  if (value === undefined || value === null || value === '') return '—';
  if (field.choices !== undefined)
    return say(field.choices.find((choice) => choice.value === value)?.label) || String(value);
  if (field.type === 'boolean') return value === true ? '✓' : '—';
  if (typeof value === 'object' && 'masked' in value) return String(value.masked);
  if (field.type === 'object' && field.item !== undefined)
    return field.item
      .filter(({ type }) => type !== 'identifier')
      .map((part) => (value as Record<string, unknown>)[part.name])
      .filter(Boolean)
      .join('，');
  if (Array.isArray(value) && typeof value[0] === 'object')
    return value
      .map((line) =>
        Object.values(line as object)
          .filter(Boolean)
          .join(' '),
      )
      .join('；');
  return Array.isArray(value)
    ? value.join('、')
    : `${String(value)}${field.unit === undefined ? '' : ` ${field.unit}`}`;
}
