import { afterAll, beforeAll, describe } from 'vitest';
import { visitAndPublish } from './campaign-fieldwork.ts';
import { planAndDraw } from './campaign-planning.ts';
import { cast, clock, coverage, passed, steps, story } from './campaign-stage.ts';

beforeAll(async () => {
  story.planner = await cast.officer('Planner');
  story.organiser = await cast.officer('Organiser');
  story.today = await clock();
});
afterAll(() => coverage.finish(passed === steps));

describe('a campaign of supervision sampling', { sequential: true }, () => {
  planAndDraw();
  visitAndPublish();
});
