import { useSpeech } from '../language.ts';
import type { Field, Task, Values } from '../shapes.ts';
import { peopleOf } from '../tasks/state.ts';

type Properties = {
  field: Field;
  path: string;
  value: unknown;
  task: Task;
  wrong: boolean;
  onChange: (value: unknown) => void;
};

const keyboards: Record<string, 'numeric' | 'decimal'> = { number: 'numeric', money: 'decimal', decimal: 'decimal' };

/** One field of a declared form, by its type; the phone shows the keyboard that suits it. */
export function FieldInput({ field, path, value, task, wrong, onChange }: Properties) {
  const { t, say } = useSpeech();
  const id = `field-${path}`;
  const label = (
    <span>
      {say(field.label)}
      {field.unit !== undefined && `（${field.unit}）`}
      {!field.required && <small className="soft"> {t('sheet.optional')}</small>}
    </span>
  );
  const about = field.help && (
    <small className="soft" id={`${id}-help`}>
      {say(field.help)}
    </small>
  );
  const shared = {
    id,
    'aria-invalid': wrong || undefined,
    'aria-describedby': field.help ? `${id}-help` : undefined,
  };
  if (field.type === 'object' && field.item !== undefined)
    return <Group {...{ field, path, value, task, wrong, onChange }} />;
  if (field.name === 'present') return <Samplers {...{ field, path, value, task, wrong, onChange }} />;
  if (field.type === 'boolean')
    return (
      <label className="tick">
        <input
          {...shared}
          type="checkbox"
          checked={value === true}
          onChange={({ target }) => onChange(target.checked)}
        />
        {label}
      </label>
    );
  if (field.choices !== undefined && field.choices.length <= 4)
    return (
      <fieldset className="field" {...shared}>
        <legend>{label}</legend>
        {field.choices.map((choice) => (
          <label key={choice.value} className="tick">
            <input type="radio" name={path} checked={value === choice.value} onChange={() => onChange(choice.value)} />
            {say(choice.label)}
          </label>
        ))}
        {about}
      </fieldset>
    );
  const written = value === undefined || value === null ? '' : String(value);
  return (
    <label className="field" htmlFor={id}>
      {label}
      {field.choices !== undefined ? (
        <select {...shared} className="input" value={written} onChange={({ target }) => onChange(target.value)}>
          <option value="" />
          {field.choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {say(choice.label)}
            </option>
          ))}
        </select>
      ) : field.type === 'long-text' ? (
        <textarea
          {...shared}
          className="input"
          rows={3}
          value={written}
          onChange={({ target }) => onChange(target.value)}
        />
      ) : (
        <input
          {...shared}
          className="input"
          type={field.type === 'date' ? 'date' : 'text'}
          inputMode={keyboards[field.type] ?? (field.name.endsWith('Phone') ? 'tel' : undefined)}
          value={written}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
      {about}
    </label>
  );
}

/** Fields that belong together; the register's own ids are the platform's business and are not asked for. */
function Group({ field, path, value, task, onChange }: Properties) {
  const { t, say } = useSpeech();
  const inner = (value ?? {}) as Values;
  const shown = field.item!.filter(({ type }) => type !== 'identifier');
  return (
    <fieldset className="group" id={`field-${path}`}>
      <legend>{say(field.label)}</legend>
      {field.name === 'labelledProducer' && (
        <button
          type="button"
          className="button"
          onClick={() =>
            onChange({
              name: task.fields.enterpriseName,
              code: task.fields.enterpriseCode ?? '',
              region: task.fields.enterpriseRegion,
              address: task.firm?.address ?? '',
            })
          }
        >
          {t('sheet.firm-is-maker')}
        </button>
      )}
      {shown.map((part) => (
        <FieldInput
          key={part.name}
          field={part}
          path={`${path}.${part.name}`}
          value={inner[part.name]}
          task={task}
          wrong={false}
          onChange={(next) => onChange({ ...inner, [part.name]: next })}
        />
      ))}
    </fieldset>
  );
}

/** Who is there, of those named in the task. */
function Samplers({ field, path, value, task, onChange }: Properties) {
  const { say } = useSpeech();
  const present = (value as string[] | undefined) ?? [];
  const named = peopleOf(task);
  return (
    <fieldset className="field" id={`field-${path}`}>
      <legend>{say(field.label)}</legend>
      {named.map(({ person, name }) => (
        <label key={person} className="tick">
          <input
            type="checkbox"
            checked={present.includes(person)}
            onChange={({ target }) =>
              onChange(target.checked ? [...present, person] : present.filter((other) => other !== person))
            }
          />
          {name}
        </label>
      ))}
    </fieldset>
  );
}
