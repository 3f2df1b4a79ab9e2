import { afterAll, describe, expect, it } from 'vitest';
import { openOffice } from './desk.ts';

const office = openOffice();
afterAll(() => office.close());

describe('12315 by hand', { sequential: true, timeout: 180_000 }, () => {
  it('lets a stranger find the form and follow a matter without scripts', async () => {
    const desk = await office.stranger();
    await desk.visit('/complaints');
    await desk.examine('voice');
    await desk.visit('/complaints/new?kind=both');
    await desk.examine('voice-form');
    await desk.visit('/complaints/follow');
    await desk.examine('voice-follow');
  });

  it('takes a call by keyboard alone, keeps it when the caller hangs up, and reads number and secret out', async () => {
    const desk = await office.at({ role: '12315 接收', place: '芙蓉区' });
    const { page } = desk;
    await desk.visit('/console/desk');
    await page.getByLabel('经营者名称').first().focus();
    await page.keyboard.type('演示·明灯电器店');
    await page.getByText('该经营者以往的投诉举报').waitFor();
    await page.keyboard.press('Escape');
    await page.getByLabel('发生了什么').focus();
    await page.keyboard.type('电饭锅漏电，要求查处商家');
    await page.getByText('听起来还有举报内容').waitFor();
    await desk.examine('phone-desk');
    await page.getByText(/草稿已于/).waitFor();
    await desk.visit('/console/desk');
    expect(await page.getByLabel('发生了什么').inputValue()).toBe('电饭锅漏电，要求查处商家');
    await page.keyboard.press('Control+Enter');
    await page.getByText('请问清楚').first().waitFor();
    await page.getByLabel('想要什么').fill('退货');
    await page.getByLabel('姓名').fill('夏侯来电');
    await page.locator('#call-phone').fill('13700001234');
    await page.keyboard.press('Control+Enter');
    await page.getByText('请把编号和密码读给来电人').waitFor();
    await desk.examine('phone-desk-done');
    await page.keyboard.press('Control+Enter');
    await page.getByLabel('发生了什么').waitFor();
  });

  it('shows the week, topics and facts about many matters; opens a sealed identity for a reason', async () => {
    const desk = await office.at({ role: '12315 接收', place: '芙蓉区' });
    const { page } = desk;
    await desk.visit('/console/complaint-analysis');
    await page
      .getByText(/健身房/)
      .first()
      .waitFor();
    await desk.examine('complaint-analysis');
    await desk.visit('/console/list/complaints.complaint');
    await page
      .getByRole('link', { name: /乐动健身馆/ })
      .first()
      .click();
    await page.getByRole('link', { name: '查看投诉人身份' }).click();
    await page.getByLabel('查看理由').fill('通知补充材料');
    await page.getByRole('button', { name: '查看' }).click();
    await page.getByText(/演示人\d/).waitFor();
    await desk.examine('open-identity');
  });
});
