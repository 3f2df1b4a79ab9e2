import { readdirSync } from 'node:fs';
import { once, readJson } from '../read.ts';

/** Every declared kind of licence as its file holds it; the licensing domain checks them when it is loaded. */
export const licenceKindFiles = once((): readonly { file: string; content: unknown }[] =>
  readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => ({ file, content: readJson<unknown>(import.meta.dirname, file) })),
);
