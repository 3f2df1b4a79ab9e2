import { readFile } from 'node:fs/promises';
import { getCounterpart } from '@hengjian/exchange';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fakeReceipt } from '../../domains/exchange/src/testing/fake-counterpart.ts';
import { findFaults, openBrowser } from '../browser/browser.ts';
import { baseUrl as base } from './address.ts';
import { createCast } from './cast.ts';
import { journeyCoverage } from './coverage.ts';

const coverage = journeyCoverage('exchange', import.meta.url);
const catalogued = 'unified-data-exchange';
const system = 'product-sampling';

interface Desk {
  today: string;
  systems: {
    system: string;
    states: { state: string; n: number }[];
    messages: unknown[];
    packages: { id: string; total: number; messageLabel: string }[];
    reconciliations: { id: string; open: number; differences: { ordinal: number }[] }[];
  }[];
  stuck: { id: string; state: string; reason: string }[];
}

describe('the exchange desk', { sequential: true, timeout: 180_000 }, () => {
  let browser: Browser;
  let page: Page;
  let passed = false;
  const complaints: string[] = [];
  const organiser = () => createCast().officer('Organiser');
  const settled = () =>
    page
      .waitForFunction(() => document.querySelector('h1') && !document.querySelector('.waiting, [aria-busy="true"]'))
      .then(() => page.waitForTimeout(200));
  const desk = async (): Promise<Desk> => (await page.request.get(`${base}/api/queries/exchange.desk`)).json();
  const ours = async () => (await desk()).systems.find((one) => one.system === system)!;
  const count = async (state: string) => (await ours()).states.find((one) => one.state === state)!.n;

  beforeAll(async () => {
    browser = await openBrowser();
    const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1440, height: 900 } });
    page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(`${base}/console/sign-in`);
    const part = page
      .locator('.sign-in-role')
      .filter({ has: page.getByRole('heading', { name: '组织抽查', exact: true }) });
    await part
      .getByRole('button', { name: /湖南省市场监督管理局/ })
      .first()
      .click();
    await page.waitForURL((url) => !url.pathname.includes('sign-in'));
    await page.goto(`${base}/console/exchange`);
    await settled();
  });
  afterAll(async () => {
    await browser.close();
    coverage.finish(passed);
  });

  it('shows what came back first, with the reason in plain words, and stands in the way of nobody', async () => {
    const { stuck } = await desk();
    expect(stuck[0]).toMatchObject({ state: 'rejected' });
    await page.getByText(stuck[0]!.reason).first().waitFor();
    await page.getByText('格式待对方确认').first().waitFor({ state: 'attached' });
    expect((await ours()).messages.length).toBeGreaterThan(5);
    coverage.step(catalogued, 'mapping shown');
    expect(await findFaults(page, 'exchange', { settled })).toEqual([]);
    await page.goto(`${base}/console/record/${stuck[0]!.id}`);
    await settled();
    expect([...(await findFaults(page, 'dispatch', { settled, barriersAt: [1440] })), ...complaints]).toEqual([]);
    const officer = await organiser();
    expect((await officer.refused('exchange.dispatch', 'resend', {}, stuck[0]!.id)).code).toBe('content-unchanged');
    await officer.act('exchange.dispatch', 'resend', { unchanged: true }, stuck[0]!.id);
  });

  it('takes a receipt file whole or not at all, and the numbers there stand beside ours', async () => {
    await page.goto(`${base}/console/exchange`);
    await settled();
    const before = { sent: await count('sent'), accepted: await count('accepted') };
    const download = page.waitForEvent('download');
    await page
      .getByRole('link', { name: /下载报送包.*CSV/ })
      .first()
      .click();
    const content = await readFile(await (await download).path());
    const [packed] = (await ours()).packages;
    const receipt = await fakeReceipt(getCounterpart(system, (await desk()).today), 'result', content);
    const take = async (text: string) => {
      await page
        .getByLabel(/的回执文件/)
        .first()
        .setInputFiles({ name: '回执.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
      await page.getByRole('button', { name: '导入回执' }).first().click();
    };
    const lines = receipt.toString().trimEnd().split('\r\n');
    await take([lines[0], 'nobody-1,1,GJ-1,,', ...lines.slice(1)].join('\r\n'));
    await page.getByText(/第2行“报送编号”：报送编号不在这个报送包里/).waitFor();
    expect(await count('sent')).toBe(before.sent);
    await take(receipt.toString());
    await expect.poll(() => count('sent')).toBe(before.sent - packed!.total);
    expect(await count('accepted')).toBe(before.accepted + packed!.total);
    coverage.step(catalogued, 'package delivered');
  });

  it('sets their list beside ours and keeps each difference open until somebody says why', async () => {
    const { today } = await desk();
    const list = JSON.stringify([{ 报送编号: 'unknown-1', 报文类型: 'sheet', 国家系统编号: 'GJ-9' }]);
    await page
      .getByLabel('对方清单（CSV、XLSX 或 JSON）')
      .first()
      .setInputFiles({
        name: '清单.json',
        mimeType: 'application/json',
        buffer: Buffer.from(list),
      });
    await page.getByRole('button', { name: '对账', exact: true }).first().click();
    await page.getByText('unknown-1').or(page.getByText('GJ-9')).first().waitFor();
    const [held] = (await ours()).reconciliations;
    const officer = await organiser();
    for (const { ordinal } of held!.differences)
      await officer.act(
        'exchange.reconciliation',
        'resolve',
        { ordinal, resolution: 'explained', reason: '演练' },
        held!.id,
      );
    expect((await officer.get<{ state: string }>(`/api/records/${held!.id}`)).body.state).toBe('settled');
    coverage.step(catalogued, 'list reconciled');
    await officer.act('exchange.connection', 'connect', {
      system: 'food-sampling',
      port: 'file',
      since: today,
      agreement: '对方确认函',
    });
    coverage.step(catalogued, 'organ connected');
    passed = true;
  });
});
