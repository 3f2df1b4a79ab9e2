import { useSpeech } from '../language.ts';
import { FieldInput } from '../sheet/field-input.tsx';
import { notForFood, plainNotes } from '../sheet/layout.ts';
import { Pieces } from '../sheet/pieces.tsx';
import type { FormProperties } from './act-page.tsx';

/** Why there is no sample: each lawful reason is one tap, which also writes the plain sentence. */
export function UnsampledForm(properties: FormProperties) {
  const { t, say } = useSpeech();
  const { task, form, draft, change, gaps } = properties;
  const reasons = form.input.find(({ name }) => name === 'unsampledReason')?.choices ?? [];
  const chosen = draft.values.unsampledReason;
  const others = form.input.filter(
    ({ name, type, item }) => name !== 'unsampledReason' && (type !== 'object' || item !== undefined),
  );
  const offered = reasons.filter(
    ({ value }) =>
      !(task.fields.regime === 'food' && notForFood.has(value)) &&
      (value !== 'not-delivered' || task.state === 'ordered'),
  );
  const noteIsOurs = Object.values(plainNotes).includes(String(draft.values.unsampledNote ?? ''));
  return (
    <>
      <p>{t('unsampled.lead')}</p>
      <div className="reasons" id="field-unsampledReason">
        {offered.map(({ value, label }) => (
          <button
            key={value}
            type="button"
            className="button"
            aria-pressed={chosen === value}
            onClick={() =>
              change({
                ...draft.values,
                unsampledReason: value,
                ...(noteIsOurs || !draft.values.unsampledNote
                  ? { unsampledNote: plainNotes[value] ?? say(label) }
                  : {}),
              })
            }
          >
            {say(label)}
          </button>
        ))}
      </div>
      {chosen === 'refused' && (
        <p className="notice" data-tone="act">
          {t('unsampled.report')}
        </p>
      )}
      {others
        .filter(({ name }) => name !== 'instantReport' || chosen === 'refused')
        .map((field) => (
          <FieldInput
            key={field.name}
            field={field}
            path={field.name}
            value={draft.values[field.name]}
            task={task}
            wrong={gaps.some(({ path }) => path === field.name)}
            onChange={(value) => change({ ...draft.values, [field.name]: value })}
          />
        ))}
      <Pieces {...properties} kind="evidence" needed />
      <p className="soft">{t('unsampled.reserve')}</p>
    </>
  );
}
