import { expect } from 'vitest';
import { baseUrl } from '../journeys/address.ts';
import { clockOf } from './campaign-clock.ts';
import { haveSigned, office, organiser, planner, record, step, story, until } from './campaign-stage.ts';

const bulletinName = (): string => `${story.year}年玩具专项监督抽查结果公告`;

/** From conclusions in force to a bulletin, its correction and its withdrawal. */
export function publish(): void {
  step('fifteen days pass, the conclusions come into force, and the draw opens its names to everybody', async () => {
    const desk = await planner();
    await desk.page.request.post(`${baseUrl}/api/demonstration/clock`, {
      headers: { 'x-hengjian': '1' },
      data: { days: 20 },
    });
    office.forget();
    const again = await planner();
    story.today = await clockOf(again);
    await until(async () => {
      const states = await Promise.all(story.tasks.map(async ({ id }) => (await record(again, id)).state));
      const draw = await record(again, story.draw);
      return states.every((state) => state === 'concluded') && draw.state === 'opened' ? true : undefined;
    });
    const stranger = await office.stranger();
    await stranger.visit(`/draws/${story.draw}`);
    await stranger.page.locator('#verify-draw [data-run]').click();
    await stranger.page.locator('#verify-draw').getByText('是。凡现在能核对的，每一步都对。').waitFor();
    for (const { firm } of story.tasks) await stranger.page.getByText(firm).first().waitFor();
    await stranger.examine('campaign-draw-opened');
  });

  step('the organiser compiles the bulletin, two sign it, and everybody reads it', async () => {
    const desk = await organiser();
    await desk.visit(`/console/record/${story.scheme}`);
    await desk.follow('起草');
    await desk.write('公告名称', bulletinName());
    await desk.submit();
    story.bulletin = desk.record();
    expect((await record(desk, story.bulletin)).fields.counts).toMatchObject({
      tasks: 2,
      conforming: 1,
      failing: 1,
      open: 0,
    });
    await desk.follow('发布');
    await desk.submit();
    await haveSigned(desk, 'campaign-bulletin-sheet');
    const stranger = await office.stranger();
    await stranger.visit(`/records?kind=sampling-bulletin&q=${encodeURIComponent('玩具专项')}`);
    await stranger.page.getByRole('link', { name: bulletinName() }).first().click();
    for (const { firm } of story.tasks) await stranger.page.getByText(firm).first().waitFor();
    await stranger.examine('campaign-bulletin');
  });

  step('the bulletin is corrected and then withdrawn, each with its reason for everybody to read', async () => {
    const desk = await organiser();
    const entryOf = async () => (await record(desk, story.bulletin)).fields.entry as string;
    const first = await entryOf();
    await desk.visit(`/console/record/${story.bulletin}`);
    await desk.follow('更正');
    await desk.write('更正理由', '补充抽查概况。');
    await desk.write('抽查概况', '本次抽查2批次，1批次不合格。');
    await desk.submit();
    await haveSigned(desk);
    const second = await entryOf();
    expect(second).not.toBe(first);
    await desk.visit(`/console/record/${story.bulletin}`);
    await desk.follow('撤回');
    await desk.write('撤回理由', '演示撤回。');
    await desk.page.locator('#field-sure').check();
    await desk.examine('campaign-withdraw');
    await desk.submit();
    await haveSigned(desk);
    expect((await record(desk, story.bulletin)).state).toBe('withdrawn');
    const stranger = await office.stranger();
    await stranger.visit(`/records/${first}`);
    await stranger.page.getByText('补充抽查概况。').first().waitFor();
    await stranger.visit(`/records/${second}`);
    await stranger.page.getByText('演示撤回。').first().waitFor();
    await stranger.examine('campaign-bulletin-withdrawn');
  });
}
