import type { ReactNode } from 'react';
import { Button, Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from 'react-aria-components';

export type MenuEntry = { id: string; text: string; detail?: string | undefined; selected?: boolean };

/** A button that opens a list of choices; arrow keys, type-ahead and Escape work. */
export function ChoiceMenu({
  label,
  button,
  title,
  entries,
  onChoose,
  className = 'button-quiet',
}: {
  label: string;
  button: ReactNode;
  title?: string;
  entries: MenuEntry[];
  onChoose: (id: string) => void;
  className?: string;
}) {
  const items = entries.map((entry) => (
    <MenuItem
      key={entry.id}
      id={entry.id}
      textValue={entry.text}
      className="option"
      {...(entry.selected ? { 'data-selected': true } : {})}
    >
      <span>
        {entry.selected ? '✓ ' : ''}
        {entry.text}
      </span>
      {entry.detail && <span className="soft small">{entry.detail}</span>}
    </MenuItem>
  ));
  return (
    <MenuTrigger>
      <Button className={className} aria-label={label}>
        {button}
      </Button>
      <Popover className="popover" placement="bottom end">
        <Menu aria-label={label} onAction={(key) => onChoose(String(key))}>
          {title ? (
            <MenuSection className="option-section">
              <Header>{title}</Header>
              {items}
            </MenuSection>
          ) : (
            items
          )}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
