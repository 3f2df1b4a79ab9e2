import { useRef, useState } from 'react';
import type { FieldView, Upload } from '../api.ts';
import { fileSize, weekday } from '../format.ts';
import { upload } from '../http.ts';
import { useSpeech } from '../i18n/language.ts';
import { Combobox } from '../kit/combobox.tsx';
import { choosingOf, filledBeside } from './choosing.ts';
import { ChosenInput, type Sibling } from './chosen-input.tsx';
import { EditableTable } from './editable-table.tsx';
import { type FormError, fieldId, type Values, withValue } from './form.ts';
import { ManyInput } from './many-input.tsx';
import { Quick } from './quick.tsx';
import { useScope } from './scope.tsx';

export type InputProperties = {
  field: FieldView;
  path: string;
  value: unknown;
  onChange: (value: unknown) => void;
  invalid: boolean;
  describedBy: string | undefined;
};

function text(value: unknown): string {
  return value === null || value === undefined ? '' : String(value);
}

function FileInput({ path, value, onChange, invalid, describedBy }: InputProperties) {
  const { t, explain } = useSpeech();
  const [state, setState] = useState('');
  const held = value as Upload | undefined;
  async function take(file: File | undefined): Promise<void> {
    if (!file) return;
    setState(t('upload.running'));
    try {
      onChange(await upload<Upload>('/api/uploads', file));
      setState('');
    } catch (error) {
      setState(explain(error));
    }
  }
  return (
    <div className="stack">
      <input
        id={fieldId(path)}
        type="file"
        aria-invalid={invalid}
        aria-describedby={describedBy}
        onChange={(event) => void take(event.target.files?.[0])}
      />
      <p className="small" role="status">
        {state || (held ? `${held.name} · ${fileSize(held.size)}` : '')}
      </p>
    </div>
  );
}

/** Several short values in one cell, with commas between. */
function WordsInput({ path, value, onChange, invalid, describedBy }: InputProperties) {
  const { t } = useSpeech();
  return (
    <input
      id={fieldId(path)}
      className="input"
      autoComplete="off"
      placeholder={t('field.words')}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      value={Array.isArray(value) ? value.join('，') : text(value)}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

function ChoiceInput({ field, path, value, onChange, invalid, describedBy }: InputProperties) {
  const { t, say } = useSpeech();
  const choices = field.choices ?? [];
  if (choices.length > 12) {
    return (
      <Combobox
        id={fieldId(path)}
        label={say(field.label)}
        choices={choices.map((choice) => ({ id: choice.value, text: say(choice.label) }))}
        value={text(value)}
        onChange={onChange}
        invalid={invalid}
        describedBy={describedBy}
      />
    );
  }
  return (
    <select
      id={fieldId(path)}
      className="select"
      value={text(value)}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">{t('field.choose')}</option>
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {say(choice.label)}
        </option>
      ))}
    </select>
  );
}

function DateInput({ field, path, value, onChange, invalid, describedBy }: InputProperties) {
  const { language } = useSpeech();
  const shown = text(value);
  return (
    <div className="row">
      <input
        id={fieldId(path)}
        type={field.type === 'date' ? 'date' : 'datetime-local'}
        className="input narrow-input"
        value={field.type === 'date' ? shown.slice(0, 10) : shown.slice(0, 16)}
        aria-invalid={invalid}
        aria-describedby={describedBy}
        onChange={(event) => onChange(event.target.value)}
      />
      <span className="soft">{shown && weekday(shown, language)}</span>
    </div>
  );
}

/** The control for one value. The label, help and error stand around it. */
export function ValueInput(properties: InputProperties & { onSiblings?: Sibling | undefined; beside?: Values }) {
  const { field, path, value, onChange, invalid, describedBy } = properties;
  const choosing = choosingOf(field, path, useScope());
  if (choosing)
    return field.type === 'list' ? (
      <ManyInput {...properties} choosing={choosing} />
    ) : (
      <ChosenInput {...properties} choosing={choosing} />
    );
  const attributes = { id: fieldId(path), 'aria-invalid': invalid, 'aria-describedby': describedBy };
  if (field.choices && field.choices.length > 0) return <ChoiceInput {...properties} />;
  switch (field.type) {
    case 'long-text':
      return (
        <textarea
          {...attributes}
          className="textarea"
          rows={4}
          value={text(value)}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    case 'number':
    case 'decimal':
    case 'money':
      return (
        <span className="with-unit">
          <input
            {...attributes}
            className="input"
            inputMode={field.type === 'number' ? 'numeric' : 'decimal'}
            autoComplete="off"
            value={text(value)}
            onChange={(event) => onChange(event.target.value)}
          />
          {field.unit && <span>{field.unit}</span>}
        </span>
      );
    case 'date':
    case 'instant':
      return <DateInput {...properties} />;
    case 'list':
      return <WordsInput {...properties} />;
    case 'file':
      return <FileInput {...properties} />;
    default:
      return (
        <input
          {...attributes}
          className="input"
          autoComplete="off"
          value={text(value)}
          onChange={(event) => onChange(event.target.value)}
        />
      );
  }
}

type FieldProperties = {
  field: FieldView;
  prefix: string;
  value: unknown;
  onChange: (value: unknown) => void;
  onSiblings: Sibling;
  /** Values of the fields beside it. */
  beside: Values;
  errors: FormError[];
};

function LabelText({ field }: { field: FieldView }) {
  const { t, say } = useSpeech();
  return (
    <>
      {say(field.label)}
      {!field.required && field.type !== 'boolean' && <span className="optional"> ({t('field.optional')})</span>}
    </>
  );
}

/** One field with label, purpose of personal data, help and error. */
export function Field({ field, prefix, value, onChange, onSiblings, beside, errors }: FieldProperties) {
  const { t, say } = useSpeech();
  const scope = useScope();
  const path = `${prefix}${field.name}`;
  const error = errors.find((candidate) => candidate.path === path);
  const helpId = `${fieldId(path)}-help`;
  const errorId = `${fieldId(path)}-error`;
  const personal = field.personal ? t('field.personal', { purpose: say(field.personal) }) : '';
  const help = [say(field.help), personal].filter(Boolean).join(' ');
  const describedBy = [help && helpId, error && errorId].filter(Boolean).join(' ') || undefined;
  const about = (
    <>
      {help && (
        <p className="small soft" id={helpId}>
          {help}
        </p>
      )}
      {error && (
        <p className="field-error" id={errorId}>
          {error.text}
        </p>
      )}
    </>
  );
  // What a machine hands in, a chain of evidence say, nobody types.
  if (field.type === 'object' && !field.item && !field.required) return null;
  if (field.type === 'boolean') {
    return (
      <div className="field">
        <label className="tick">
          <input
            id={fieldId(path)}
            type="checkbox"
            checked={value === true}
            aria-describedby={describedBy}
            onChange={(event) => onChange(event.target.checked)}
          />
          <LabelText field={field} />
        </label>
        {about}
      </div>
    );
  }
  if (field.type === 'object' && field.item) {
    const inner = (value ?? {}) as Values;
    const parts = <Fields fields={field.item} prefix={`${path}.`} values={inner} onChange={onChange} errors={errors} />;
    if (!field.required) {
      return (
        <details className="field field-wide" open={Object.keys(inner).length > 0 || undefined}>
          <summary id={fieldId(path)}>
            <LabelText field={field} />
          </summary>
          <div className="group">
            {about}
            <Quick path={path} value={value} onChange={onChange} />
            {parts}
          </div>
        </details>
      );
    }
    return (
      <fieldset className="field field-wide group" id={fieldId(path)}>
        <legend>
          <LabelText field={field} />
        </legend>
        {about}
        {parts}
      </fieldset>
    );
  }
  if (field.type === 'list') {
    return (
      <fieldset className="field field-wide" id={fieldId(path)} tabIndex={-1} aria-describedby={describedBy}>
        <legend>
          <LabelText field={field} />
        </legend>
        {about}
        <Quick path={path} value={value} onChange={onChange} />
        {choosingOf(field, path, scope) ? (
          <ValueInput
            field={field}
            path={path}
            value={value}
            onChange={onChange}
            invalid={error !== undefined}
            describedBy={describedBy}
          />
        ) : (
          <EditableTable field={field} path={path} value={value} onChange={onChange} errors={errors} />
        )}
      </fieldset>
    );
  }
  return (
    <div className={field.type === 'long-text' ? 'field field-wide' : 'field'}>
      <label htmlFor={fieldId(path)}>
        <LabelText field={field} />
      </label>
      {about}
      <ValueInput
        field={field}
        path={path}
        value={value}
        onChange={onChange}
        onSiblings={onSiblings}
        beside={beside}
        invalid={error !== undefined}
        describedBy={describedBy}
      />
    </div>
  );
}

/** What is known besides, for those of the fields that have such a name and are not the one being written. */
function besides(fields: FieldView[], values: Values, more: Record<string, unknown>): Values {
  const known = Object.entries(more).filter(([name]) => fields.some((field) => field.name === name));
  return { ...values, ...Object.fromEntries(known) };
}

export function Fields({
  fields,
  prefix,
  values,
  onChange,
  errors,
}: {
  fields: FieldView[];
  prefix: string;
  values: Values;
  onChange: (values: Values) => void;
  errors: FormError[];
}) {
  // A choice writes its own field and those beside it in one go: the later of two writes must see the earlier.
  const latest = useRef(values);
  latest.current = values;
  function write(next: Values): void {
    latest.current = next;
    onChange(next);
  }
  const filled = filledBeside(fields, prefix, useScope());
  const asked = fields.filter((field) => !filled.has(field.name));
  const written = asked.map((field) => (
    <Field
      key={field.name}
      field={field}
      prefix={prefix}
      value={values[field.name]}
      onChange={(value) => write(withValue(latest.current, field.name, value))}
      onSiblings={(more) => write(besides(fields, latest.current, more))}
      beside={values}
      errors={errors}
    />
  ));
  return <div className="fields">{written}</div>;
}
