import { useSpeech } from '../i18n/language.ts';
import { Combobox } from '../kit/combobox.tsx';
import type { InputProperties } from './fields.tsx';
import { fieldId } from './form.ts';
import { usePeople } from './people.ts';
import { useReferenceChoices } from './reference.ts';

/** An identifier is chosen by name, never typed; the names that go with it are filled in beside it. */
export type Sibling = (values: Record<string, unknown>) => void;
type Properties = InputProperties & { onSiblings?: Sibling | undefined };

/** The fields that tell the name: `enterpriseName` beside `enterprise`; inside a row or group, plain `name` as well. */
function named(field: string, path: string, name: string): Record<string, string> {
  const own = { [`${field}Name`]: name };
  return path.includes('.') && field !== 'organisation' ? { ...own, name } : own;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function EnterpriseInput({ field, path, value, onChange, invalid, describedBy, onSiblings }: Properties) {
  const { say } = useSpeech();
  const { choices, search } = useReferenceChoices('subjects.enterprise', text(value));
  return (
    <Combobox
      id={fieldId(path)}
      label={say(field.label)}
      choices={choices}
      value={text(value)}
      onSearch={search}
      invalid={invalid}
      describedBy={describedBy}
      onChange={(id) => {
        onChange(id);
        const name = choices.find((choice) => choice.id === id)?.text;
        if (name) onSiblings?.(named(field.name, path, name));
      }}
    />
  );
}

function PersonInput({ field, path, value, onChange, invalid, describedBy, onSiblings }: Properties) {
  const { t, say } = useSpeech();
  const { people, choices, search, available } = usePeople();
  if (!available) {
    return (
      <input
        id={fieldId(path)}
        className="input"
        value={text(value)}
        aria-invalid={invalid}
        aria-describedby={describedBy}
        placeholder={t('field.person-identifier')}
        onChange={(event) => onChange(event.target.value.trim())}
      />
    );
  }
  return (
    <Combobox
      id={fieldId(path)}
      label={say(field.label)}
      choices={choices}
      value={text(value)}
      onSearch={search}
      invalid={invalid}
      describedBy={describedBy}
      onChange={(id) => {
        onChange(id);
        const chosen = people.find((one) => one.person === id);
        if (!chosen) return;
        const body = chosen.organisation
          ? { organisation: chosen.organisation.id, organisationName: chosen.organisation.name }
          : {};
        onSiblings?.({ ...named(field.name, path, chosen.name), ...body });
      }}
    />
  );
}

const persons = /^(person|sampler|expert|handler|deputy|proposer)$/i;

/** A declared identifier names a person or a body; which of both, its name says. */
export function IdentifierInput(properties: Properties) {
  return persons.test(properties.field.name) ? <PersonInput {...properties} /> : <EnterpriseInput {...properties} />;
}
