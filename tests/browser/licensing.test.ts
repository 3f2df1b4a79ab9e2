import { afterAll, describe, expect, it } from 'vitest';
import { openOffice } from './desk.ts';

const office = openOffice();
afterAll(() => office.close());

describe('the service hall by hand', { sequential: true, timeout: 240_000 }, () => {
  it('answers a stranger: what is needed, and which licences there are', async () => {
    const desk = await office.stranger();
    await desk.visit('/hall');
    await desk.examine('hall-guide');
    await desk.follow('生产食品或者食品添加剂');
    await desk.examine('hall-kind');
    await desk.visit('/licences?kind=food-production');
    await desk.examine('hall-results');
    await desk.follow(/^SC\d{14}$/);
    await desk.examine('hall-licence');
    await desk.visit('/licences/persons');
    await desk.visit('/powers');
    await desk.follow('许可证的变更和终止');
    await desk.examine('power-chart');
  });

  it('lets an agent begin an application, fill it in and follow it', async () => {
    const desk = await office.at({ role: '企业经办人' });
    await desk.visit('/hall');
    await desk.examine('hall-matters');
    await desk.visit('/hall/kinds/special-equipment-production');
    await desk.tick('电梯安装修理');
    await desk.write('生产经营地的区划代码（6 位）', '430102');
    await desk.write('生产经营地址', '芙蓉区电梯路6号');
    await desk.press('建立草稿');
    await desk.settled();
    await desk.write('生产地址', '芙蓉区电梯路6号');
    await desk.press('保存草稿');
    await desk.settled();
    expect(await desk.page.getByLabel('生产地址').inputValue()).toBe('芙蓉区电梯路6号');
    await desk.examine('hall-draft');
    await desk.visit('/hall');
    await desk.page.locator('a[href^="/hall/applications/"]').last().click();
    await desk.settled();
    await desk.examine('hall-application');
    await desk.visit('/hall/appointments');
    await desk.examine('hall-appointments');
  });

  it('lets the counter open an account for somebody who comes in person, and see which papers wait to be served', async () => {
    const desk = await office.at({ role: '许可受理' });
    await desk.visit('/console/new/licensing.account/open');
    await desk.settled();
    await desk.visit('/console/list/licensing.service');
    await desk.settled();
    expect(await desk.page.getByRole('heading', { level: 1 }).textContent()).toContain('许可文书送达');
  });

  it('shows who watches: cards, scores and flow charts', async () => {
    const desk = await office.at({ role: '监督审计', place: '湖南省' });
    await desk.visit('/console/monitoring');
    await desk.page.locator('.monitoring-trend').waitFor();
    await desk.examine('monitoring');
    await desk.visit('/console/powers/monitoring.card');
    await desk.page.locator('.flow-chart').waitFor();
    expect(await desk.page.locator('.flow-badge').count()).toBeGreaterThan(8);
    await desk.visit('/console/persons');
    await desk.visit('/console/list/monitoring.card');
    await desk.page.locator('tbody a').first().click();
    await desk.settled();
    expect(await desk.page.getByRole('heading', { level: 1 }).textContent()).toMatch(/[黄红]牌/);
  });
});
