import { useSpeech } from '../language.ts';
import type { Field, Task } from '../shapes.ts';
import { FieldInput } from '../sheet/field-input.tsx';
import { type Answer, type HazardLine, type Item, outcomeOf } from './answers.ts';

type Properties = {
  item: Item;
  answer: Answer | undefined;
  hazard: HazardLine | undefined;
  hazardFields: Field[];
  task: Task;
  wrong: boolean;
  onAnswer: (answer: Answer | undefined) => void;
  onHazard: (hazard: HazardLine | undefined) => void;
};

/** One item: its question and clause, the answer by one tap, and where it is not met the account and the hazard. */
export function ItemView({ item, answer, hazard, hazardFields, task, wrong, onAnswer, onHazard }: Properties) {
  const { t, language } = useSpeech();
  const outcome = answer === undefined ? null : outcomeOf(item, answer.value);
  const say = (zh: string, en: string | null | undefined): string => (language === 'en' && en ? en : zh);
  const answered = (value: string): void =>
    onAnswer(value === '' ? undefined : { ...(answer ?? {}), item: item.key, value });
  const id = `field-item-${item.key}`;
  return (
    <fieldset className="group item" id={id} aria-invalid={wrong || undefined} data-outcome={outcome ?? undefined}>
      <legend>
        {say(item.text, item.textEn)}
        {!item.required && <small className="soft"> {t('sheet.optional')}</small>}
      </legend>
      <p className="soft clause">
        {item.clause} {item.hint}
        {item.photo && ` · ${t('inspect.needs-photo')}`}
      </p>
      {item.kind === 'choice' ? (
        <div className="choices">
          {(item.choices ?? []).map(({ value, label, labelEn, outcome: leads }) => (
            <button
              key={value}
              type="button"
              className="button"
              data-outcome={leads}
              aria-pressed={answer?.value === value}
              onClick={() => answered(value)}
            >
              {say(label, labelEn)}
            </button>
          ))}
        </div>
      ) : (
        <label className="field">
          <span>
            {t('inspect.answer')}
            {item.kind === 'number' && (item.least || item.most) && (
              <small className="soft">
                {' '}
                {item.least ?? ''}–{item.most ?? ''}
              </small>
            )}
          </span>
          <input
            className="input"
            type={item.kind === 'date' ? 'date' : 'text'}
            inputMode={item.kind === 'number' ? 'decimal' : undefined}
            value={answer?.value ?? ''}
            onChange={({ target }) => answered(target.value)}
          />
        </label>
      )}
      {outcome === 'not-met' && (
        <>
          <label className="field">
            <span>{t('inspect.what')}</span>
            <textarea
              className="input"
              rows={2}
              value={answer?.note ?? ''}
              onChange={({ target }) => onAnswer({ ...answer!, note: target.value })}
            />
          </label>
          {hazard === undefined ? (
            <button
              type="button"
              className="button danger"
              onClick={() =>
                onHazard({
                  item: item.key,
                  description: answer?.note || item.text,
                  severity: item.severity === 'critical' ? 'major' : 'general',
                })
              }
            >
              {t('inspect.list-hazard')}
            </button>
          ) : (
            <fieldset className="group">
              <legend>{t('inspect.hazard')}</legend>
              {hazardFields
                .filter(({ name }) => name !== 'item')
                .map((field) => (
                  <FieldInput
                    key={field.name}
                    field={field}
                    path={`${item.key}.${field.name}`}
                    value={(hazard as Record<string, unknown>)[field.name]}
                    task={task}
                    wrong={false}
                    onChange={(value) => onHazard({ ...hazard, [field.name]: value })}
                  />
                ))}
              <button type="button" className="button" onClick={() => onHazard(undefined)}>
                {t('inspect.no-hazard')}
              </button>
            </fieldset>
          )}
        </>
      )}
    </fieldset>
  );
}
