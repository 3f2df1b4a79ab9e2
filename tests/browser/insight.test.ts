import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { makeBoundaries, type Outlines } from '../../apps/server/src/boundaries/convert.ts';
import { keepBoundaries } from '../../apps/server/src/boundaries/store.ts';
import { regions } from '../../data/regions/index.ts';
import { baseUrl } from '../journeys/address.ts';
import { findFaults, openBrowser } from './browser.ts';

const base = baseUrl;

/** A square for each county of Hunan, row by row: lines to test with, and no map of anywhere. */
function squares(): Outlines {
  const counties = regions().filter(({ code, level }) => level === 'county' && code.startsWith('43'));
  return {
    type: 'FeatureCollection',
    features: counties.map(({ code }, index) => {
      const [x, y] = [109 + (index % 12) / 3, 25 + Math.floor(index / 12) / 3];
      const ring = [
        [x, y],
        [x, y + 1 / 3],
        [x + 1 / 3, y + 1 / 3],
        [x + 1 / 3, y],
        [x, y],
      ];
      return { type: 'Feature', properties: { adcode: code }, geometry: { type: 'Polygon', coordinates: [ring] } };
    }),
  };
}

describe('figures, map, oversight and reports', { sequential: true, timeout: 180_000 }, () => {
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    await keepBoundaries(
      inject('folder'),
      makeBoundaries([squares()], '430000', { source: '试验方格', approval: null }).boundaries,
    );
    browser = await openBrowser();
    const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1440, height: 900 } });
    page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(`${base}/console/sign-in`);
    const part = page
      .locator('.sign-in-role')
      .filter({ has: page.getByRole('heading', { name: '处（科）长', exact: true }) });
    await part
      .getByRole('button', { name: /湖南省/ })
      .first()
      .click();
    await page.waitForURL((url) => !url.pathname.includes('sign-in'));
  });
  afterAll(() => browser.close());

  const settled = () => page.waitForTimeout(300);

  it('goes from the province to a city by the table, and the map follows', async () => {
    await page.goto(`${base}/console/insight`);
    await page.locator('.map-area').first().waitFor({ timeout: 30_000 });
    expect(await page.locator('.map-area').count()).toBe(14);
    expect(await findFaults(page, 'insight', { settled })).toEqual([]);
    const city = page.locator('.figure-table tbody .link-button').first();
    const name = await city.textContent();
    await city.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.figure-trail b').textContent()).toBe(name);
    await expect.poll(() => page.locator('.map-area').count()).toBeLessThan(14);
    await page.locator('.sort-button').nth(1).click();
    expect(await page.locator('.figure-table th[aria-sort="descending"]').count()).toBe(1);
  });

  it('shows who is late, what reserves were called for, money and closure, down to records', async () => {
    await page.goto(`${base}/console/oversight`);
    await page.locator('tbody tr a').first().click();
    await page.locator('.oversight-money').waitFor({ timeout: 30_000 });
    expect(await findFaults(page, 'oversight', { settled })).toEqual([]);
  });

  it('reads a report and counts it again', async () => {
    const found = await page.request.get(`${base}/api/records?entity=reporting.report&limit=1`);
    const { rows } = (await found.json()) as { rows: { id: string }[] };
    await page.goto(`${base}/console/report/${rows[0]!.id}`);
    await page.getByRole('button', { name: '复算比较' }).click();
    await page.locator('.notice[data-tone="good"], .notice[data-tone="warn"]').first().waitFor({ timeout: 30_000 });
    expect([...(await findFaults(page, 'report', { settled })), ...complaints]).toEqual([]);
  });
});
