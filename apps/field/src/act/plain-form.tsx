import { useSpeech } from '../language.ts';
import { FieldInput } from '../sheet/field-input.tsx';
import { Pieces } from '../sheet/pieces.tsx';
import type { FormProperties } from './act-page.tsx';

/** Any other act of the field: its declared fields, and the pieces that it asks for. */
export function PlainForm(properties: FormProperties) {
  const { t } = useSpeech();
  const { task, form, draft, gaps, change } = properties;
  const issued = new Set([...task.papers.map(({ kind }) => kind), ...form.papers, 'samplingNotice', 'sheet']);
  const wrong = new Set(gaps.map(({ path }) => path));
  return (
    <>
      {form.name === 'terminate' && (
        <p className="notice" data-tone="act">
          {t('terminate.report')}
        </p>
      )}
      {form.input
        .filter(({ type, item }) => type !== 'object' || item !== undefined)
        .map((field) => (
          <FieldInput
            key={field.name}
            field={field}
            path={field.name}
            value={draft.values[field.name]}
            task={task}
            wrong={wrong.has(field.name)}
            onChange={(value) => change({ ...draft.values, [field.name]: value })}
          />
        ))}
      {form.needs
        .filter((kind) => !issued.has(kind))
        .map((kind) => (
          <Pieces key={kind} {...properties} kind={kind} needed />
        ))}
    </>
  );
}
