import { field, query, type Reader } from '@hengjian/kernel';
import { z } from 'zod';
import { chartOf } from '../powers/flow.ts';
import { powerFile } from '../powers/items.ts';
import { watchers } from './roles.ts';

const everybody = ['public', ...watchers] as const;

/** Items that the reader may see: everybody those that are public, officers every one. */
const itemsFor = ({ actor }: Reader) =>
  powerFile.items.filter((item) => item.public || (actor.role !== 'public' && actor.organisation === null));

/** monitoring.powers: the power list — type, scope, duties, basis, how many states and steps its procedure has. */
export const powers = query({
  name: 'monitoring.powers',
  label: { zh: '权责清单', en: 'Power list' },
  roles: everybody,
  input: z.object({}),
  answer: async (_input, reader) => ({
    edition: powerFile.edition,
    types: powerFile.types,
    items: itemsFor(reader).map((item) => {
      const lifecycle = reader.kernel.register.lifecycles.get(item.entity)!;
      return {
        ...item,
        states: Object.keys(lifecycle.states).length,
        steps: Object.keys(lifecycle.actions).length,
        clocks: Object.keys(lifecycle.clocks).length,
      };
    }),
  }),
});

/** monitoring.power: one item with the flow chart of its procedure, made of the declaration that the platform itself runs on. */
export const power = query({
  name: 'monitoring.power',
  label: { zh: '权力运行流程图', en: 'Flow chart of a power' },
  roles: everybody,
  input: z.object({ entity: field.text('事项', { en: 'Procedure', max: 80 }) }),
  answer: async ({ entity }, reader) => {
    const item = itemsFor(reader).find((one) => one.entity === entity);
    const { register } = reader.kernel;
    const lifecycle = register.lifecycles.get(entity);
    if (item === undefined || lifecycle === undefined) return null;
    const edition = lifecycle.editions.at(-1)!;
    return {
      ...item,
      typeLabel: powerFile.types[item.type]!,
      edition: edition.name,
      law: edition.basis,
      chart: chartOf(lifecycle, register),
    };
  },
});
