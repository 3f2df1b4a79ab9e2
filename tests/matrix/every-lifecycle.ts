import { createRegister, type Lifecycle } from '@hengjian/kernel';
import { findDrift } from '@hengjian/reading';
import { beforeAll, describe, expect, it } from 'vitest';
import { requireEditions } from '../../apps/server/src/platform.ts';
import { privateMark } from '../walks/values.ts';
import { createWalker, type Walker } from '../walks/walk.ts';
import type { Matrix } from './installation.ts';

const steps = Number(process.env.HENGJIAN_WALK_STEPS ?? 6);

/** What every lifecycle that is registered must stand, of whatever domain: nothing here names one. */
export function everyLifecycle(held: () => Matrix): void {
  describe('every registered lifecycle', () => {
    let matrix: Matrix;
    let lifecycles: Lifecycle[];
    let walker: Walker;

    beforeAll(async () => {
      matrix = held();
      lifecycles = [...matrix.platform.register.lifecycles.values()];
      walker = await createWalker(matrix.platform, Number(process.env.HENGJIAN_WALK_SEED ?? 20_260_101));
    });

    it('can be brought to an end from every open state, where it has an end', () => {
      const stuck: string[] = [];
      for (const { entity, states, actions } of lifecycles) {
        const ends = new Set(Object.keys(states).filter((name) => states[name]!.closed));
        if (ends.size === 0) continue;
        for (let grown = true; grown; ) {
          grown = false;
          for (const { from, to } of Object.values(actions))
            for (const state of from ?? [])
              if (!ends.has(state) && to.some((next) => next !== 'same' && ends.has(next))) {
                ends.add(state);
                grown = true;
              }
        }
        stuck.push(
          ...Object.keys(states)
            .filter((name) => !ends.has(name))
            .map((name) => `${entity.name}.${name}`),
        );
      }
      expect(stuck).toEqual([]);
    });

    it('stands a random walk of lawful and unlawful actions: nothing stumbles, comes apart or happens twice', {
      timeout: 900_000,
    }, async () => {
      for (const lifecycle of lifecycles) await walker.walk(lifecycle, steps);
      await matrix.platform.settle();
      expect(walker.seen.wrong).toEqual([]);
      const attempts = [...walker.seen.accepted.values(), ...walker.seen.refused.values()].reduce((a, b) => a + b, 0);
      expect(attempts).toBeGreaterThanOrEqual(lifecycles.length * steps);
      expect(walker.seen.accepted.size).toBeGreaterThan(5);
      expect(walker.seen.refused.size).toBeGreaterThan(5);
    });

    it('never let a personal text into the public record on the way', async () => {
      expect(
        await matrix.rows(
          `select id, kind from public_record.entry e where row_to_json(e)::text like '%' || $1 || '%'`,
          [privateMark],
        ),
      ).toEqual([]);
    });

    it('agrees with the database afterwards', async () => {
      expect(await findDrift(matrix.platform.register, matrix.platform.database)).toEqual([]);
    });

    it('keeps each edition that an open record follows: without it the platform does not start', async () => {
      const followed = await matrix.rows<{ entity: string; edition: string }>(
        'select distinct entity, edition from kernel.record where closed_at is null',
      );
      expect(followed.length).toBeGreaterThan(3);
      const { database, register } = matrix.platform;
      await expect(requireEditions(register, database)).resolves.toBeUndefined();
      for (const { entity, edition } of followed) {
        const shortened = createRegister({
          lifecycles: lifecycles.map((lifecycle) =>
            lifecycle.entity.name === entity
              ? {
                  ...lifecycle,
                  editions: lifecycle.editions.map((one) => (one.name === edition ? { ...one, name: 'renamed' } : one)),
                }
              : lifecycle,
          ),
          roles: register.roles,
        });
        const named = new RegExp(`${entity}: .*${edition}`);
        await expect(requireEditions(shortened, database)).rejects.toThrow(named);
        expect(await findDrift(shortened, database)).toContainEqual(expect.stringMatching(named));
      }
    });
  });
}
