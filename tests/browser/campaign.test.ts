import { afterAll, describe } from 'vitest';
import { draw } from './campaign-drawing.ts';
import { fieldwork } from './campaign-fieldwork.ts';
import { plan } from './campaign-planning.ts';
import { publish } from './campaign-publishing.ts';
import { office } from './campaign-stage.ts';

afterAll(() => office.close());

describe('a campaign by hand, from plan to withdrawn bulletin', { sequential: true, timeout: 120_000 }, () => {
  plan();
  draw();
  fieldwork();
  publish();
});
