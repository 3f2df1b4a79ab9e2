import { useSpeech } from '../i18n/language.ts';
import { type Choice, Combobox } from '../kit/combobox.tsx';
import { Icon } from '../kit/icon.tsx';
import { type ChosenProperties, keptCode, useBodies, useDeclaredChoices, useRows } from './chosen-input.tsx';
import { useCodes } from './codes.ts';
import { fieldId } from './form.ts';
import { usePeople } from './people.ts';
import { useReferenceChoices } from './reference.ts';

function held(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String).filter(Boolean) : [];
}

/** A short list of choices is ticked. */
function Ticks({ choices, ...properties }: ChosenProperties & { choices: Choice[] }) {
  const { t } = useSpeech();
  const { path, value, onChange } = properties;
  const chosen = held(value);
  const all = [
    ...choices,
    ...chosen.filter((id) => !choices.some((choice) => choice.id === id)).map((id) => ({ id, text: id })),
  ];
  if (all.length === 0) return <p className="soft small">{t('combobox.none')}</p>;
  return (
    <div className="ticks" id={`${fieldId(path)}-ticks`}>
      {all.map((choice) => (
        <label key={choice.id} className="tick">
          <input
            type="checkbox"
            checked={chosen.includes(choice.id)}
            onChange={(event) =>
              onChange(event.target.checked ? [...chosen, choice.id] : chosen.filter((id) => id !== choice.id))
            }
          />
          {choice.text}
        </label>
      ))}
    </div>
  );
}

/** A long list is searched; what was chosen stands above as pieces that can be taken away again. */
function Pieces({
  choices,
  onSearch,
  nameOf,
  keep = (id) => id,
  free = false,
  ...properties
}: ChosenProperties & {
  choices: Choice[];
  onSearch?: (text: string) => void;
  nameOf?: (id: string) => string | undefined;
  keep?: (id: string) => string;
  free?: boolean;
}) {
  const { t, say } = useSpeech();
  const { field, path, value, onChange, invalid, describedBy } = properties;
  const chosen = held(value);
  const name = (id: string) => nameOf?.(id) ?? choices.find((choice) => keep(choice.id) === id)?.text ?? id;
  return (
    <div className="pieces">
      {chosen.length > 0 && (
        <ul>
          {chosen.map((id) => (
            <li key={id}>
              {name(id)}
              <button
                type="button"
                className="button-quiet"
                onClick={() => onChange(chosen.filter((one) => one !== id))}
              >
                <Icon name="close" />
                <span className="visually-hidden">{t('pieces.remove', { name: name(id) })}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <Combobox
        id={`${fieldId(path)}-find`}
        label={say(field.label)}
        choices={choices.filter((choice) => !chosen.includes(keep(choice.id)))}
        value=""
        onChange={(id) => {
          if (id !== '' && !chosen.includes(keep(id))) onChange([...chosen, keep(id)]);
        }}
        {...(onSearch ? { onSearch } : {})}
        free={free}
        invalid={invalid}
        describedBy={describedBy}
        placeholder={t(chosen.length === 0 ? 'pieces.first' : 'pieces.more')}
      />
    </div>
  );
}

function ManyCodes(properties: ChosenProperties<'codes'>) {
  const { say } = useSpeech();
  const { value, choosing } = properties;
  const { names, choices, search } = useCodes(choosing.list, held(value));
  return (
    <Pieces
      {...properties}
      choices={choices}
      onSearch={search}
      free={choosing.free ?? false}
      keep={(code) => keptCode(choosing, code)}
      nameOf={(code) => {
        const found = names.get(code);
        return found && `${say(found)} ${code}`;
      }}
    />
  );
}

function ManyPeople(properties: ChosenProperties<'people'>) {
  const { choices, search } = usePeople(properties.choosing, held(properties.value).join(','));
  return <Pieces {...properties} choices={choices} onSearch={search} />;
}

function ManyRecords(properties: ChosenProperties<'records'>) {
  const { choices, search } = useReferenceChoices(properties.choosing.entity, '', properties.choosing.state);
  return <Pieces {...properties} choices={choices} onSearch={search} />;
}

function ManyRows(properties: ChosenProperties<'rows'>) {
  return <Ticks {...properties} choices={useRows(properties.choosing)} />;
}

function ManyDeclared(properties: ChosenProperties<'choices'>) {
  return <Ticks {...properties} choices={useDeclaredChoices(properties.choosing)} />;
}

function ManyBodies(properties: ChosenProperties<'bodies'>) {
  return <Pieces {...properties} choices={useBodies(properties.choosing.roles)} />;
}

/** Several values, chosen from where the rules of choosing say. */
export function ManyInput(properties: ChosenProperties) {
  const { choosing, ...rest } = properties;
  switch (choosing.from) {
    case 'people':
      return <ManyPeople {...rest} choosing={choosing} />;
    case 'bodies':
      return <ManyBodies {...rest} choosing={choosing} />;
    case 'codes':
      return <ManyCodes {...rest} choosing={choosing} />;
    case 'records':
      return <ManyRecords {...rest} choosing={choosing} />;
    case 'rows':
      return <ManyRows {...rest} choosing={choosing} />;
    case 'choices':
      return <ManyDeclared {...rest} choosing={choosing} />;
    case 'posts':
    case 'organisations':
      return null;
  }
}
