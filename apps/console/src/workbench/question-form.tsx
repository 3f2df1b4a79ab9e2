import { entryOf, type Field, type FieldProblem, type Way, type Written, words } from '@hengjian/workbench';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useSpeech } from '../i18n/language.ts';

type Properties = {
  way: Way;
  written: Written;
  problems: readonly FieldProblem[];
  answered: boolean;
  onAsk: (written: Written) => void;
};

/** What is written in each field, and what was in the address last. */
function entries(way: Way, written: Written): Record<string, string> {
  return Object.fromEntries(way.fields.map((field) => [field.name, entryOf(field, written)]));
}

/** The form of one way of asking. Enter asks, from a list with Ctrl; a choice asks again by itself; Escape leaves the form. */
export function QuestionForm({ way, written, problems, answered, onAsk }: Properties) {
  const { say } = useSpeech();
  const [values, setValues] = useState(() => entries(way, written));
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => setValues(entries(way, written)), [way, written]);
  const rare = way.fields.filter((field) => field.rare === true);
  const open = rare.some(
    (field) => entryOf(field, written) !== field.initial || problems.some((problem) => problem.field === field.name),
  );
  const part = (field: Field) => (
    <FieldPart
      key={field.name}
      field={field}
      value={values[field.name] ?? ''}
      problem={problems.find((problem) => problem.field === field.name)}
      onChange={(value) => {
        const next = { ...values, [field.name]: value };
        setValues(next);
        if (field.kind === 'choice' && answered) onAsk(next);
      }}
    />
  );
  const loose = problems.filter((problem) => !way.fields.some(({ name }) => name === problem.field));
  return (
    <form
      ref={form}
      className="bench-form no-print"
      data-way={way.name}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onAsk(values);
      }}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.current?.requestSubmit();
        if (event.key === 'Escape' && event.target instanceof HTMLElement) event.target.blur();
      }}
    >
      {loose.map((problem) => (
        <p key={problem.code} className="field-error" role="alert">
          {say(problem)}
        </p>
      ))}
      {way.fields.filter((field) => field.rare !== true).map(part)}
      {rare.length > 0 && (
        <details open={open}>
          <summary>{say(words.more)}</summary>
          <div className="bench-more">{rare.map(part)}</div>
        </details>
      )}
      <button type="submit" className="button-primary">
        {say(words.compute)}
      </button>
    </form>
  );
}

type PartProperties = {
  field: Field;
  value: string;
  problem: FieldProblem | undefined;
  onChange: (value: string) => void;
};

function FieldPart({ field, value, problem, onChange }: PartProperties) {
  const { say } = useSpeech();
  const id = useId();
  const described = [field.hint ? `${id}-hint` : '', problem ? `${id}-error` : ''].filter(Boolean).join(' ');
  const shared = {
    id,
    value,
    'aria-describedby': described === '' ? undefined : described,
    'aria-invalid': problem !== undefined,
  };
  return (
    <div className="field">
      <label htmlFor={id}>
        {say(field.label)}
        {field.optional && <span className="optional"> ({say(words.optional)})</span>}
      </label>
      {field.hint && (
        <p className="small soft" id={`${id}-hint`}>
          {say(field.hint)}
        </p>
      )}
      {problem && (
        <p className="field-error" id={`${id}-error`}>
          {say(problem)}
        </p>
      )}
      {field.kind === 'choice' ? (
        <select className="select" {...shared} onChange={(event) => onChange(event.target.value)}>
          {field.choices?.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {typeof choice.label === 'string' ? choice.label : say(choice.label)}
            </option>
          ))}
        </select>
      ) : field.kind === 'lines' ? (
        <textarea className="textarea" rows={3} {...shared} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <span className="bench-input">
          <input
            className="input"
            inputMode={field.kind === 'whole' ? 'numeric' : field.kind === 'decimal' ? 'decimal' : 'text'}
            autoComplete="off"
            spellCheck={false}
            {...shared}
            onChange={(event) => onChange(event.target.value)}
          />
          {field.unit && (
            <span className="nowrap">{typeof field.unit === 'string' ? field.unit : say(field.unit)}</span>
          )}
        </span>
      )}
    </div>
  );
}
