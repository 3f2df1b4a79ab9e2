import { dayInChina, Problem } from '@hengjian/kernel';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { parse } from '../http/records.ts';
import type { Platform } from '../platform.ts';

/** The demonstration's own time: as everywhere, but it can be moved forward to see a term run out. It never goes back. */
export interface StoryClock {
  now: () => Date;
  /** While the story of the seed is told, its teller holds the clock. */
  hold: (clock: (() => Date) | undefined) => void;
  forward: (days: number) => void;
}

const dayMilliseconds = 86_400_000;

export function createStoryClock(): StoryClock {
  let held: (() => Date) | undefined;
  let ahead = 0;
  return {
    now: () => held?.() ?? new Date(Date.now() + ahead),
    hold: (clock) => {
      held = clock;
    },
    forward: (days) => {
      ahead += days * dayMilliseconds;
    },
  };
}

/** Routes that exist in a demonstration only. */
export function storyRoutes(app: FastifyInstance, platform: Platform, clock: StoryClock): void {
  app.get('/api/demonstration/clock', async () => ({ today: dayInChina(clock.now()) }));
  app.post('/api/demonstration/clock', async (request) => {
    const { days } = parse(z.object({ days: z.int().min(1).max(400) }), request.body);
    if (clock.now().getTime() > Date.now() + 3_000 * dayMilliseconds)
      throw new Problem(
        422,
        'too-far',
        '演示时间不能再往前了。',
        'The demonstration cannot go further into the future.',
      );
    clock.forward(days);
    await platform.settle();
    return { today: dayInChina(clock.now()) };
  });
}
