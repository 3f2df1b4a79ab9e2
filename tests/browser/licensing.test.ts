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
});
