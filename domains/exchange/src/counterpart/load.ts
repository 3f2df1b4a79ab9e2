import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeFields, type FieldView, type Register } from '@hengjian/kernel';
import { z } from 'zod';
import { Counterpart, type Message } from './schema.ts';

/** A place in a counterpart's file as a person would say it: `messages[2].fields[0].from`. */
const placeOf = (path: readonly PropertyKey[]): string =>
  path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');

/**
 * Reads every edition of every counterpart from a folder of JSON files.
 * @throws Error naming file and place of everything that is wrong
 */
export function readCounterparts(folder: string): Counterpart[] {
  const wrong: string[] = [];
  const found: Counterpart[] = [];
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith('.json')) continue;
    try {
      const parsed = Counterpart.safeParse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
      if (parsed.success) {
        found.push(parsed.data);
        wrong.push(...doubled(parsed.data).map((line) => `${file} ${line}`));
        if (file !== `${parsed.data.system}.${parsed.data.edition}.json`)
          wrong.push(`${file} is the file of ${parsed.data.system}.${parsed.data.edition}`);
      } else wrong.push(...parsed.error.issues.map(({ path, message }) => `${file} ${placeOf(path)}: ${message}`));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      wrong.push(`${file}: is no JSON: ${error.message}`);
    }
  }
  if (wrong.length > 0) throw failure(wrong);
  return found;
}

const failure = (wrong: readonly string[]): Error =>
  new Error(`The counterparts of the exchange desk are not sound:\n${wrong.map((line) => `  ${line}`).join('\n')}`);

function doubled({ messages }: Counterpart): string[] {
  const twice = (names: string[]): string[] => names.filter((name, index) => names.indexOf(name) !== index);
  return [
    ...twice(messages.map(({ name }) => name)).map((name) => `messages: ${name} stands twice`),
    ...messages.flatMap(({ name, fields }) =>
      twice(fields.map((field) => field.name)).map((field) => `messages ${name}.fields: ${field} stands twice`),
    ),
  ];
}

/**
 * What a mapping takes must be there: kinds of record, actions, fields and codes of ours, and nothing personal.
 * @throws Error naming file and place of everything that does not fit
 */
export function requireCounterparts(counterparts: readonly Counterpart[], register: Register): void {
  const wrong = counterparts.flatMap((counterpart) =>
    counterpart.messages.flatMap((message) =>
      unfitting(message, register).map(
        (line) => `${counterpart.system}.${counterpart.edition}.json messages ${message.name}${line}`,
      ),
    ),
  );
  if (wrong.length > 0) throw failure(wrong);
}

function unfitting(message: Message, register: Register): string[] {
  const lifecycle = register.lifecycles.get(message.entity);
  if (lifecycle === undefined) return [`.entity: there are no records called ${message.entity}`];
  const fields = describeFields(z.object(lifecycle.entity.shape));
  const wrong = message.on
    .filter((action) => !Object.hasOwn(lifecycle.actions, action))
    .map((action) => `.on: ${message.entity} has no action ${action}`);
  const find = (path: string): FieldView | undefined => {
    const [first, second] = path.split('.');
    const field = fields.find(({ name }) => name === first);
    return second === undefined ? field : field?.item?.find(({ name }) => name === second);
  };
  for (const name of [...Object.keys(message.when), ...(message.clock ? [message.clock.from] : [])])
    if (find(name) === undefined) wrong.push(`: ${message.entity} has no field ${name}`);
  for (const field of message.fields) {
    if (field.from === undefined || field.from.startsWith('$')) continue;
    const at = `.fields ${field.name}`;
    const ours = find(field.from);
    if (ours === undefined) wrong.push(`${at}.from: ${message.entity} has no field ${field.from}`);
    else if (ours.personal !== undefined) wrong.push(`${at}.from: ${field.from} is personal and is sent to nobody`);
    else {
      // Only values that can occur under `when` need a code.
      const possible = message.when[field.from] ?? (ours.choices ?? []).map(({ value }) => value);
      const missing = field.codes === undefined ? [] : possible.filter((value) => !Object.hasOwn(field.codes!, value));
      if (missing.length > 0) wrong.push(`${at}.codes: nothing stands for ${missing.join(', ')}`);
      if (field.each !== undefined)
        for (const [, part] of field.each.matchAll(/\{(\w+)\}/g))
          if (!ours.item?.some(({ name }) => name === part))
            wrong.push(`${at}.each: ${field.from} has no part ${part}`);
    }
  }
  return wrong;
}
