import { html as escaping } from 'ghtml';

/** HTML that may stand in a page as it is. Only `html` makes it, so that no text of a stranger ever becomes markup. */
export interface Markup {
  readonly text: string;
}

type Piece = Markup | string | number | null | undefined | false;
type Value = Piece | readonly Piece[];

class Fragment implements Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

function render(value: Value): string {
  if (value instanceof Fragment) return value.text;
  if (value === null || value === undefined || value === false) return '';
  if (typeof value === 'string' || typeof value === 'number') return escaping`${value}`;
  return (value as readonly Piece[]).map(render).join('');
}

/**
 * A piece of a page. Everything put into it is escaped, except pieces made by `html` itself; there is no way round the
 * escaping. Attribute values must be quoted.
 */
export function html(literals: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return new Fragment(
    values.reduce((text: string, value, index) => text + render(value) + literals[index + 1], literals[0] ?? ''),
  );
}
