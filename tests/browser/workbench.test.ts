import { addressOf, tools } from '@hengjian/workbench';
import type { Browser, Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { baseUrl } from '../journeys/address.ts';
import { findFaults, openBrowser } from './browser.ts';

const base = baseUrl;
const open: Browser[] = [];

afterAll(async () => {
  for (const browser of open) await browser.close();
});

async function window(options: { scripts?: boolean } = {}): Promise<{ page: Page; complaints: string[] }> {
  const browser = await openBrowser();
  open.push(browser);
  const context = await browser.newContext({
    locale: 'zh-CN',
    viewport: { width: 1440, height: 900 },
    javaScriptEnabled: options.scripts ?? true,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    // A form that was filled in wrongly is answered with 422; that is no fault of the page.
    if (message.type() === 'error' && !message.text().includes('422'))
      complaints.push(`${page.url()}: ${message.text()}`);
  });
  return { page, complaints };
}

/** No barrier, nothing wider than the window at 1440 and 390 px; a picture of each. */
async function examine(page: Page, name: string): Promise<void> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];
  const found = await findFaults(page, name, { widths: [1440, 390], settled: () => page.waitForTimeout(150), tags });
  expect(found, name).toEqual([]);
}

// Each way was looked at when it was made; the first of each tool stands for its parts here.
const examples = tools.flatMap((tool) =>
  tool.ways
    .slice(0, 1)
    .map(
      (way) =>
        [
          `${tool.name}-${way.name}`,
          `${tool.name}?${new URLSearchParams(addressOf(way, way.example.values))}`,
        ] as const,
    ),
);

describe('the workbench of the portal', { timeout: 240_000 }, () => {
  it('answers a link that somebody was sent, every way of asking, without a barrier', async () => {
    const { page, complaints } = await window();
    await page.goto(`${base}/workbench`);
    await examine(page, 'workbench-portal');
    for (const [name, address] of examples) {
      await page.goto(`${base}/workbench/${address}`);
      await page.locator('#answer .headline').waitFor();
      await examine(page, `workbench-portal-${name}`);
    }
    expect(complaints).toEqual([]);
  });

  it('can be asked without JavaScript, and puts the fault beside its field', async () => {
    const { page } = await window({ scripts: false });
    await page.goto(`${base}/workbench/plan?by=lot`);
    await page.locator('#field-lot').fill('many');
    await page.getByRole('button', { name: '计算' }).click();
    expect(await page.locator('#field-lot-error').textContent()).toBe('应为整数，例如 80。');
    expect(await page.locator('#field-lot').getAttribute('aria-invalid')).toBe('true');
    await page.locator('#field-lot').fill('1200');
    await page.getByRole('button', { name: '计算' }).click();
    expect(await page.locator('.headline').textContent()).toContain('抽 80 件');
  });

  it('answers in place where scripts run, under an address that asks the same again', async () => {
    const { page, complaints } = await window();
    await page.goto(`${base}/workbench/clock?by=term&lang=en`);
    await page.locator('#field-start').fill('2026-09-28');
    await page.locator('#field-amount').fill('15');
    await page.keyboard.press('Enter');
    await page.getByText('Last day 2026-10-23 Friday').waitFor();
    const address = page.url();
    expect(new URL(address).searchParams.get('amount')).toBe('15');
    await page.goBack();
    await page.locator('#answer .headline').waitFor({ state: 'detached' });
    await page.goto(address);
    await page.getByText('Last day 2026-10-23 Friday').waitFor();
    await examine(page, 'workbench-portal-english');
    expect(complaints).toEqual([]);
  });
});

describe('the workbench of the console', { timeout: 240_000 }, () => {
  it('is worked with the keyboard alone, and every answer is an address', async () => {
    const { page, complaints } = await window();
    await page.goto(`${base}/console/sign-in`);
    const part = page
      .locator('.sign-in-role')
      .filter({ has: page.getByRole('heading', { name: '计划管理', exact: true }) });
    await part.getByRole('button').first().click();
    await page.waitForURL((url) => !url.pathname.includes('sign-in'));
    await page.locator('h1').waitFor();
    await page.locator('h1').click();
    await page.keyboard.press('g');
    await page.keyboard.press('w');
    await page.waitForURL(/\/console\/workbench/);
    await page.locator('.bench-form input').first().waitFor();
    // The first field is ready to be written in.
    await page.keyboard.type('1200');
    await page.keyboard.press('Enter');
    await page.getByText('抽 80 件').waitFor();
    expect(new URL(page.url()).searchParams.get('lot')).toBe('1200');
    await page.keyboard.press('Escape');
    await page.keyboard.press('5');
    await page.getByRole('heading', { level: 1, name: '编号核对' }).waitFor();
    await page.locator('.bench-form input:focus').waitFor();
    await page.keyboard.type('hello');
    await page.keyboard.press('Enter');
    await page.getByText('请选择种类，以便指出错在哪里').waitFor();
    for (const [name, address] of examples) {
      await page.goto(`${base}/console/workbench/${address}`);
      await page.locator('.bench-headline').waitFor();
      await examine(page, `workbench-console-${name}`);
    }
    expect(complaints).toEqual([]);
  });
});
