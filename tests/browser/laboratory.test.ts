import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { baseUrl } from '../journeys/address.ts';
import { findFaults, openBrowser } from './browser.ts';

const base = baseUrl;

describe('the entry grid of a laboratory', { sequential: true, timeout: 180_000 }, () => {
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    browser = await openBrowser();
    const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1440, height: 900 } });
    page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(`${base}/console/sign-in`);
    const part = page
      .locator('.sign-in-role')
      .filter({ has: page.getByRole('heading', { name: '检验人员', exact: true }) });
    await part
      .getByRole('button', { name: /衡岫产品质量检验研究院/ })
      .first()
      .click();
    await page.waitForURL((url) => !url.pathname.includes('sign-in'));
    const found = await page.request.get(`${base}/api/records?entity=laboratory.worksheet&state=open&limit=1`);
    const { rows } = (await found.json()) as { rows: { id: string }[] };
    await page.goto(`${base}/console/worksheet/${rows[0]!.id}`);
    await page.locator('[data-cell="0/result"]').waitFor({ timeout: 30_000 });
  });
  afterAll(() => browser.close());

  const cell = (row: number, column = 'result') => page.locator(`[data-cell="${row}/${column}"]`);

  it('is filled from the keyboard: Enter goes down, arrows go across, a step is undone', async () => {
    await cell(0).click();
    await page.keyboard.type('24.1');
    await page.keyboard.press('Enter');
    await expect.poll(() => cell(1).evaluate((input) => input === document.activeElement)).toBe(true);
    await page.keyboard.type('9');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => cell(0, 'unit').evaluate((input) => input === document.activeElement)).toBe(true);
    await page.keyboard.press('Control+z');
    await expect.poll(() => cell(1).inputValue()).toBe('');
  });

  it('takes a column from a spreadsheet, names what cannot be read, and saves the rest once it is mended', async () => {
    await cell(0).focus();
    await page.evaluate(() => {
      const data = new DataTransfer();
      data.setData('text/plain', '24.2\n7/68\n47.5\n');
      document.activeElement?.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      );
    });
    await expect.poll(() => cell(2).inputValue()).toBe('47.5');
    await page.keyboard.press('Control+s');
    await page.locator('.grid-fault').first().waitFor();
    await cell(1).fill('76.8');
    await page.keyboard.press('Control+s');
    await page.locator('.grid-row .verdict').nth(2).waitFor();
  });

  it('stands in the way of nobody, at three widths', async () => {
    const widths = [1440, 1024, 390];
    const barriers = await findFaults(page, 'grid', {
      widths,
      barriersAt: widths,
      settled: () => page.waitForTimeout(300),
    });
    expect([...barriers, ...complaints]).toEqual([]);
  });
});

describe('pages around the laboratory', { sequential: true, timeout: 180_000 }, () => {
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];
  const widths = [1440, 1024, 390];
  const faultsOf = (name: string, barriersAt = [390]) =>
    findFaults(page, name, { widths, barriersAt, settled: () => page.waitForTimeout(100) });
  /** Signs in whoever the demonstration offers for a role. */
  const become = async (role: string): Promise<void> => {
    const offered = await page.request.get(`${base}/api/demonstration`);
    const { people } = (await offered.json()) as { people: { id: string; role: { en: string } }[] };
    const person = people.find((one) => one.role.en === role)!.id;
    await page.request.post(`${base}/api/demonstration/sign-in`, { data: { person }, headers: { 'x-hengjian': '1' } });
  };

  beforeAll(async () => {
    browser = await openBrowser();
    const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1440, height: 900 } });
    page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
  });
  afterAll(() => browser.close());

  it('tell anybody who can test what, and let him ask for it', async () => {
    await page.goto(`${base}/testing?q=${encodeURIComponent('电动自行车 最高车速')}`);
    await page
      .getByRole('link', { name: /申请检验/ })
      .first()
      .waitFor();
    expect(await faultsOf('testing', [1440])).toEqual([]);
    await become('Enterprise agent');
    await page
      .getByRole('link', { name: /申请检验/ })
      .first()
      .click();
    await page.getByLabel('样品名称').fill('样车');
    expect(await faultsOf('request-test')).toEqual([]);
  });

  it('check a report by its file without sending it, and by number and code', async () => {
    await page.goto(`${base}/reports`);
    await page
      .locator('#file')
      .setInputFiles({ name: 'r.json', mimeType: 'application/json', buffer: Buffer.from('{}') });
    await page.getByText('没有查到').waitFor();
    expect(page.url()).toContain('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a');
    expect(await faultsOf('reports')).toEqual([]);
  });

  it('grade the bodies with their reasons', async () => {
    await become('Section chief');
    await page.goto(`${base}/console/shares`);
    await page.getByRole('table').waitFor();
    expect([...(await faultsOf('shares')), ...complaints]).toEqual([]);
  });
});
