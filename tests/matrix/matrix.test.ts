import { afterAll, beforeAll, vi } from 'vitest';
import { anyInput } from './any-input.ts';
import { badInput } from './bad-input.ts';
import { columns } from './columns.ts';
import { drawnNames } from './drawn-names.ts';
import { everyLifecycle } from './every-lifecycle.ts';
import { handovers } from './handovers.ts';
import { type Matrix, openMatrix } from './installation.ts';
import { people } from './people.ts';
import { rowSecurity } from './row-security.ts';
import { visibility } from './visibility.ts';
import { withheld } from './withheld.ts';

// Everybody asks for everything here; a busy machine takes minutes over it.
vi.setConfig({ testTimeout: 600_000 });

// One seeded installation in this process; the parts run in this order because only the last ones write.
let matrix: Matrix;
beforeAll(async () => {
  matrix = await openMatrix();
  // Seeding is a quarter of a minute of processor time; others may use the machine too.
}, 900_000);
afterAll(() => matrix?.close());

const held = (): Matrix => matrix;
rowSecurity(held);
withheld(held);
drawnNames(held);
visibility(held);
columns(held);
people(held);
handovers(held);
badInput(held);
anyInput(held);
everyLifecycle(held);
