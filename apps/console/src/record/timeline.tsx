import type { EntityView, FieldChange, TimelineEntry } from '../api.ts';
import { beijingTime } from '../format.ts';
import { useSpeech } from '../i18n/language.ts';
import { Icon } from '../kit/icon.tsx';
import { ValueView } from './value-view.tsx';

/** What an action changed: old struck out, new beside it. */
export function Changes({ changes, entity }: { changes: FieldChange[]; entity: EntityView | undefined }) {
  const { t, say } = useSpeech();
  return (
    <dl className="changes">
      {changes.map((change) => {
        const field = entity?.fields.find((candidate) => candidate.name === change.field);
        return (
          <div key={change.field}>
            <dt>{say(change.label)}</dt>
            <dd>
              {change.old !== null && change.old !== undefined && change.old !== '' && (
                <del>
                  <span className="visually-hidden">{t('change.old')}</span>
                  <ValueView value={change.old} field={field} />
                </del>
              )}
              <ins>
                <span className="visually-hidden">{t('change.new')}</span>
                <ValueView value={change.new} field={field} />
              </ins>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function Entry({ entry, entity }: { entry: TimelineEntry; entity: EntityView | undefined }) {
  const { t, say } = useSpeech();
  const occurred = beijingTime(entry.occurredAt);
  const recorded = beijingTime(entry.recordedAt);
  const laterDay = occurred.slice(0, 10) !== recorded.slice(0, 10);
  return (
    <li>
      <div className="between">
        <h3>{say(entry.label)}</h3>
        <time className="small soft nowrap" dateTime={entry.occurredAt}>
          {occurred}
        </time>
      </div>
      <p className="small dotted">
        <span>{entry.actor.name}</span>
        <span>{say(entry.actor.role)}</span>
        {entry.actor.actingFor && <span>{t('grant.acting-for', { name: entry.actor.actingFor })}</span>}
      </p>
      <p className="small soft">
        {entry.from ? `${say(entry.from)} → ${say(entry.to)}` : say(entry.to)}
        {laterDay && ` · ${t('timeline.recorded', { at: recorded })}`}
      </p>
      {entry.note && <blockquote className="timeline-note">{entry.note}</blockquote>}
      {entry.changes.length > 0 && (
        <details>
          <summary className="small">{t('timeline.changes', { n: entry.changes.length })}</summary>
          <Changes changes={entry.changes} entity={entity} />
        </details>
      )}
      {entry.documents.map((paper) => (
        <p key={paper.id} className="small">
          <a href={paper.url} target="_blank" rel="noopener" className="paper-link">
            <Icon name="paper" />
            {say(paper.label)}
          </a>
        </p>
      ))}
      {entry.sealed !== null && <p className="small soft">{t('timeline.sealed', { n: entry.sealed })}</p>}
    </li>
  );
}

/** Everything that happened, newest first; each entry with who, in which post, when it happened and when it was entered. */
export function Timeline({ entries, entity }: { entries: TimelineEntry[]; entity: EntityView | undefined }) {
  const newestFirst = [...entries].sort((a, b) => Date.parse(b.recordedAt) - Date.parse(a.recordedAt));
  return (
    <ol className="timeline">
      {newestFirst.map((entry) => (
        <Entry key={entry.id} entry={entry} entity={entity} />
      ))}
    </ol>
  );
}
