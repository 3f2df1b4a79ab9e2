import type { FormProperties } from '../act/act-page.tsx';
import { useSpeech } from '../language.ts';
import type { Values } from '../shapes.ts';
import { FieldInput } from '../sheet/field-input.tsx';
import { Pieces } from '../sheet/pieces.tsx';
import { Signing } from '../sheet/signing.tsx';
import { answersOf, hazardsOf, type Item, isAsked, itemsOf, outcomeOf } from './answers.ts';
import { ItemView } from './item-view.tsx';

/** The record of a visit: the checklist, what is a hazard, who was there, photographs, signatures. */
export function RecordForm(properties: FormProperties) {
  const { task, form, draft, change, gaps } = properties;
  const { t } = useSpeech();
  const { values } = draft;
  const answers = answersOf(values);
  const asked = itemsOf(task).filter((item) => isAsked(item, answers));
  const done = asked.filter(({ key }) => answers.some(({ item }) => item === key)).length;
  const wrong = new Set(gaps.map(({ path }) => path));
  /** What was answered decides between "no problem" and everything else; which of these, a person says. */
  const set = (next: Values): void => {
    const found = asked.some((item) => {
      const answer = answersOf(next).find((one) => one.item === item.key);
      return answer !== undefined && outcomeOf(item, answer.value) === 'not-met';
    });
    const result = next.result;
    change({ ...next, result: found ? (result === 'none' ? undefined : result) : (result ?? 'none') });
  };
  const groups = new Map<string, Item[]>();
  for (const item of asked) groups.set(item.group ?? '', [...(groups.get(item.group ?? '') ?? []), item]);
  return (
    <>
      <p className="soft" role="status">
        {t('inspect.progress', { done, of: asked.length })}
      </p>
      {[...groups].map(([group, items]) => (
        <section key={group} className="stack">
          {group !== '' && <h2>{group}</h2>}
          {items.map((item) => (
            <ItemView
              key={item.key}
              item={item}
              answer={answers.find((one) => one.item === item.key)}
              hazard={hazardsOf(values).find((one) => one.item === item.key)}
              hazardFields={form.input.find(({ name }) => name === 'hazards')?.item ?? []}
              task={task}
              wrong={wrong.has(`item-${item.key}`)}
              onAnswer={(answer) =>
                set({
                  ...values,
                  answers: [
                    ...answers.filter((one) => one.item !== item.key),
                    ...(answer === undefined ? [] : [answer]),
                  ],
                })
              }
              onHazard={(hazard) =>
                change({
                  ...values,
                  hazards: [
                    ...hazardsOf(values).filter((one) => one.item !== item.key),
                    ...(hazard === undefined ? [] : [hazard]),
                  ],
                })
              }
            />
          ))}
        </section>
      ))}
      <section className="stack">
        <h2>{t('sheet.photos')}</h2>
        <Pieces {...properties} kind="photos" needed={asked.some(({ photo }) => photo)} />
        {hazardsOf(values).length > 0 && <Pieces {...properties} kind="hazardPhotos" needed />}
      </section>
      <section className="stack">
        <h2>{t('inspect.result')}</h2>
        {form.input
          .filter(({ name, type }) => name !== 'answers' && name !== 'hazards' && type !== 'object')
          .map((field) => (
            <FieldInput
              key={field.name}
              field={field}
              path={field.name}
              value={values[field.name]}
              task={task}
              wrong={wrong.has(field.name)}
              onChange={(value) => change({ ...values, [field.name]: value })}
            />
          ))}
      </section>
      <Signing {...properties} />
    </>
  );
}
