import type { Register } from '@hengjian/kernel';
import { z } from 'zod';
import { powerItems } from '../../../../data/monitoring/index.ts';

const text = z.string().trim().min(1);
const label = z.strictObject({ zh: text, en: text });

export const PowerFile = z.strictObject({
  edition: text,
  types: z.record(text, label),
  items: z.array(
    z.strictObject({
      entity: text,
      type: text,
      zh: text,
      en: text,
      scope: label,
      /** What the authority owes whoever the power is used on (责任). */
      duties: label,
      basis: text,
      confidence: z.enum(['sourced', 'illustrative']),
      /** Whether everybody may read it. */
      public: z.boolean(),
    }),
  ),
});

/** The power list in force. @throws ZodError naming the place that is wrong */
export const powerFile: z.infer<typeof PowerFile> = PowerFile.parse(powerItems());

/** @throws Error naming each item that does not fit the declarations */
export function requirePowers(register: Register): void {
  const wrong = powerFile.items.flatMap(({ entity, type }) => [
    ...(register.lifecycles.has(entity) ? [] : [`${entity}: there are no records called so`]),
    ...(Object.hasOwn(powerFile.types, type) ? [] : [`${entity}.type: there is no type ${type}`]),
  ]);
  if (wrong.length > 0) throw new Error(`The power list is not sound:\n${wrong.map((line) => `  ${line}`).join('\n')}`);
}
