import { afterAll, describe } from 'vitest';
import { plan } from './campaign-planning.ts';
import { office } from './campaign-stage.ts';

afterAll(() => office.close());

describe('a campaign by hand, from plan to withdrawn bulletin', { sequential: true, timeout: 120_000 }, () => {
  plan();
});
