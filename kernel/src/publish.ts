import type { Entity } from './declare/entity.ts';
import type { Label } from './declare/field.ts';

/** What becomes public: a title and a body whose every field was declared public. */
export interface Publication {
  kind: string;
  title: Label;
  region: string;
  /** Credit codes of the entities that it is about, for the enterprise page. */
  subjects: string[];
  body: Record<string, unknown>;
  words: string[];
  replaces?: string;
  /** Fields that the log commits to beside those of every event, and that everybody may read: a digest, say. */
  opens?: Record<string, string>;
}

/**
 * The public part of a row: fields declared `public`, nothing else. The only way from a record to a publication's body.
 * `withhold` leaves out public fields too.
 */
export function disclose(
  entity: Entity,
  row: Record<string, unknown>,
  withhold: readonly string[] = [],
): Record<string, unknown> {
  return Object.fromEntries(
    entity.fields
      .filter(({ name, meta }) => meta.public && meta.personal === undefined && !withhold.includes(name))
      .map(({ name }) => [name, row[name] ?? null]),
  );
}
