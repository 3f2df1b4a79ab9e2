import { Link } from 'react-router';
import type { RecordPage } from '../api.ts';
import { useSpeech } from '../i18n/language.ts';
import { Icon } from '../kit/icon.tsx';
import { needsTarget, useDeclarations } from '../session.ts';

const letterKind = 'correspondence.letter';
/** Kinds of matter of which a file is made once they are closed. */
const filedKinds = ['handling.loop', 'sampling.task', 'sampling.scheme', 'cases.case', letterKind];

/** New records that may come from this one: every creating action of the present post that refers to its kind; letters may be about any. */
export function Onward({ record }: { record: RecordPage }) {
  const { t, say } = useSpeech();
  const { entities } = useDeclarations();
  const isMatter = record.closed && filedKinds.includes(record.entity);
  // What is done goes into its file and gives rise to nothing else.
  const open = entities.filter(({ name }) => (name === 'archives.file') === record.closed);
  const offered = (record.closed && !isMatter ? [] : open).flatMap((entity) =>
    entity.actions
      .filter((action) => action.from.length === 0 && action.mine)
      .flatMap((action) => {
        const field = needsTarget(action)
          ? action.input.find((input) => input.name === 'target')
          : action.input.find((input) => input.type === 'reference' && input.reference === record.entity);
        return field ? [{ entity, action, field }] : [];
      }),
  );
  const letters = entities
    .filter(({ name }) => !record.closed && name === letterKind && record.entity !== letterKind)
    .flatMap(({ actions }) => actions.filter((action) => action.from.length === 0 && action.mine));
  if (offered.length + letters.length === 0) return null;
  return (
    <div className="row no-print">
      <span className="soft">{t('record.onward')}</span>
      {offered.map(({ entity, action, field }) => (
        <Link
          key={`${entity.name}/${action.name}`}
          className="button-quiet onward"
          to={`/new/${entity.name}/${action.name}?${field.name}=${record.id}&parent=${record.id}`}
        >
          <Icon name="plus" />
          {say(action.label)}
        </Link>
      ))}
      {letters.length > 0 && (
        <details className="onward">
          <summary>{t('letters.from-here')}</summary>
          <ul className="plain">
            {letters.map((action) => (
              <li key={action.name}>
                <Link to={`/new/${letterKind}/${action.name}?about=${record.id}&parent=${record.id}`}>
                  {say(action.label)}
                </Link>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
