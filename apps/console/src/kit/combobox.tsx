import { useState } from 'react';
import { ComboBox, Input, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { useSpeech } from '../i18n/language.ts';

export type Choice = { id: string; text: string; detail?: string };

type Properties = {
  id: string;
  label: string;
  choices: Choice[];
  value: string;
  onChange: (id: string) => void;
  /** Called while typing, when the choices come from the server; without it the choices are filtered here. */
  onSearch?: (text: string) => void;
  invalid?: boolean;
  describedBy?: string | undefined;
  placeholder?: string;
  /** What is typed counts, too, when it is none of the choices. */
  free?: boolean;
};

/** Type to find, arrow keys to choose. The visible label stands outside and points to `id`. */
export function Combobox({
  id,
  label,
  choices,
  value,
  onChange,
  onSearch,
  invalid,
  describedBy,
  placeholder,
  free = false,
}: Properties) {
  const { t } = useSpeech();
  const chosen = choices.find((choice) => choice.id === value);
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? chosen?.text ?? (free ? value : '');
  const needle = (typed ?? '').trim().toLowerCase();
  const offered =
    onSearch || needle === ''
      ? choices
      : choices.filter((choice) => `${choice.text} ${choice.detail ?? ''} ${choice.id}`.toLowerCase().includes(needle));
  return (
    <ComboBox
      aria-label={label}
      items={offered}
      inputValue={shown}
      selectedKey={value === '' || (free && chosen === undefined) ? null : value}
      allowsCustomValue={free}
      menuTrigger="focus"
      allowsEmptyCollection
      isInvalid={invalid ?? false}
      onInputChange={(text) => {
        setTyped(text);
        if (text === '') onChange('');
        // Choosing writes the choice's own text into the box; only what is none of them is a value by itself.
        else if (free && !choices.some((choice) => choice.text === text)) onChange(text.trim());
        onSearch?.(text);
      }}
      onSelectionChange={(key) => {
        setTyped(null);
        if (key !== null) onChange(String(key));
      }}
      onOpenChange={(open) => {
        if (!open) setTyped(null);
      }}
    >
      <Input
        id={id}
        className="input"
        aria-describedby={describedBy}
        placeholder={placeholder ?? t('combobox.placeholder')}
      />
      <Popover className="popover">
        <ListBox<Choice>
          className="listbox"
          renderEmptyState={() => <p className="option soft">{t('combobox.none')}</p>}
        >
          {(choice) => (
            <ListBoxItem id={choice.id} textValue={choice.text} className="option">
              <span>{choice.text}</span>
              {choice.detail && <span className="soft small">{choice.detail}</span>}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
