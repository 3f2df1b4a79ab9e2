import type { EntityView, FieldView } from '../api.ts';
import { useSpeech } from '../i18n/language.ts';
import { regionCodes, useRegionNames } from './regions.ts';
import { ValueView } from './value-view.tsx';

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

/** The facts of a record in the order of its declaration; what is empty is named in one line at the end. */
export function Facts({ fields, entity }: { fields: Record<string, unknown>; entity: EntityView | undefined }) {
  const { t, say } = useSpeech();
  useRegionNames(regionCodes(fields, entity?.fields ?? []));
  // Identifiers are for the platform; what they point to stands in the head and among the related records.
  const declared = (entity?.fields ?? []).filter((field) => field.type !== 'identifier');
  const known = new Set(entity?.fields.map((field) => field.name));
  const unknown = Object.keys(fields).filter((name) => !known.has(name));
  const filled = declared.filter((field) => !isEmpty(fields[field.name]));
  const empty = declared.filter((field) => field.name in fields && isEmpty(fields[field.name]));
  const wide = (field: FieldView) => field.type === 'list' && (field.item?.length ?? 0) > 1;
  return (
    <>
      <dl className="facts">
        {filled.map((field) => (
          <div key={field.name} className={wide(field) ? 'facts-wide' : 'facts-pair'}>
            <dt>
              {say(field.label)}
              {field.public && (
                <span className="fact-public" title={t('field.public')}>
                  {t('field.public.short')}
                </span>
              )}
            </dt>
            <dd>
              <ValueView value={fields[field.name]} field={field} />
            </dd>
          </div>
        ))}
        {unknown.map((name) => (
          <div key={name} className="facts-pair">
            <dt>{name}</dt>
            <dd>
              <ValueView value={fields[name]} field={undefined} />
            </dd>
          </div>
        ))}
      </dl>
      {empty.length > 6 && (
        <details>
          <summary className="small">{t('facts.empty-count', { n: empty.length })}</summary>
          <p className="small soft">{empty.map((field) => say(field.label)).join(t('separator'))}</p>
        </details>
      )}
      {empty.length > 0 && empty.length <= 6 && (
        <p className="small soft">
          {t('facts.empty', { fields: empty.map((field) => say(field.label)).join(t('separator')) })}
        </p>
      )}
    </>
  );
}
