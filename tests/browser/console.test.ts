import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { baseUrl } from '../journeys/address.ts';
import { findFaults, openBrowser } from './browser.ts';

const base = baseUrl;
const open: Browser[] = [];
let complaints: string[] = [];

afterAll(async () => {
  for (const browser of open) await browser.close();
});

/** Somebody's own browser window; whatever its console complains of is kept. */
async function window(): Promise<Page> {
  // The packaged Chromium is one process: a window that is closed takes its browser along, so each has its own.
  const browser = await openBrowser();
  open.push(browser);
  const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${page.url()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
  return page;
}

async function settled(page: Page): Promise<void> {
  await page.waitForSelector('h1', { timeout: 20_000 });
  await page.waitForFunction(() => document.querySelector('.waiting, [aria-busy="true"]') === null, undefined, {
    timeout: 20_000,
  });
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
}

async function visit(page: Page, path: string): Promise<void> {
  complaints = [];
  await page.goto(`${base}${path}`);
  await settled(page);
}

/** No barrier to a screen reader, nothing wider than the window, nothing on the console; a picture of each width. */
async function examine(page: Page, name: string): Promise<void> {
  const rest = () => settled(page).then(() => page.waitForTimeout(300));
  const found = await findFaults(page, name, { settled: rest });
  expect([...found, ...complaints], name).toEqual([]);
}

async function enter(page: Page, name: RegExp, role: string): Promise<void> {
  await visit(page, '/console/sign-in');
  const part = page.locator('.sign-in-role').filter({ has: page.getByRole('heading', { name: role, exact: true }) });
  await part.getByRole('button', { name }).first().click();
  await page.waitForURL((url) => !url.pathname.includes('sign-in'));
  await settled(page);
}

interface Rows {
  rows: { id: string; state: string; title: string; subject: { id: string } | null }[];
}
const rows = async (page: Page, query: string): Promise<Rows['rows']> =>
  ((await (await page.request.get(`${base}/api/records?${query}`)).json()) as Rows).rows;

describe('the console of the planner', { sequential: true, timeout: 180_000 }, () => {
  let planner: Page;
  let draw = '';
  beforeAll(async () => {
    planner = await window();
  });
  afterAll(() => planner.context().browser()?.close());

  it('lets her in at the door of the demonstration', async () => {
    await visit(planner, '/console/sign-in');
    await examine(planner, 'sign-in');
    await enter(planner, /湖南省市场监督管理局/, '计划管理');
    expect(new URL(planner.url()).pathname).toMatch(/^\/console\/?$/);
    const [opened] = (await rows(planner, 'entity=sampling.draw&limit=50')).filter(({ state }) => state === 'opened');
    draw = opened!.id;
  });

  it('has an inbox, a list and a record page', async () => {
    await visit(planner, '/console/');
    await examine(planner, 'inbox');
    await visit(planner, '/console/list/sampling.task');
    await examine(planner, 'list');
    const [task] = await rows(planner, 'entity=sampling.task&limit=1');
    await visit(planner, `/console/record/${task!.id}`);
    await examine(planner, 'record');
  });

  it('shows what a sample can tell: the operating characteristic of a scheme', async () => {
    const [scheme] = await rows(planner, 'entity=sampling.scheme&limit=1');
    await visit(planner, `/console/record/${scheme!.id}`);
    await examine(planner, 'scheme');
    await visit(planner, '/console/plan');
    await planner.locator('svg[role="img"]').first().waitFor();
    await examine(planner, 'plan');
  });

  it('replays a draw', async () => {
    await visit(planner, `/console/draw/${draw}`);
    await planner.getByRole('button', { name: '取公开文件并重算' }).click();
    await planner.getByText('所有能核对的步骤都一致。').waitFor({ timeout: 30_000 });
    await examine(planner, 'draw');
  });

  it('keeps one file for one enterprise', async () => {
    const [task] = await rows(planner, 'entity=sampling.task&state=concluded&limit=1');
    await visit(planner, `/console/archive/${task!.subject!.id}`);
    await examine(planner, 'archive');
  });

  it('finds places by keyboard and speaks English', async () => {
    await visit(planner, '/console/');
    await planner.getByRole('heading', { level: 1 }).waitFor();
    await planner.keyboard.press('Control+k');
    const palette = planner.getByRole('dialog');
    await palette.waitFor();
    await examine(planner, 'palette');
    await planner.keyboard.press('Escape');
    await planner.locator('dialog').waitFor({ state: 'detached' });
    await planner.keyboard.press('Control+k');
    await palette.getByRole('combobox').fill('监督抽查年度计划');
    await palette.getByRole('option').filter({ hasText: '监督抽查年度计划' }).last().waitFor();
    await planner.keyboard.press('Escape');
    await planner.locator('dialog').waitFor({ state: 'detached' });
    await planner.getByRole('button', { name: 'English' }).first().click();
    await planner.waitForFunction(() => document.documentElement.lang === 'en');
    await examine(planner, 'inbox-english');
  });
});

describe('the desks of others', { timeout: 180_000 }, () => {
  it('a section chief signs one sheet', async () => {
    const chief = await window();
    await enter(chief, /湖南省市场监督管理局/, '处（科）长');
    await visit(chief, '/console/approvals');
    await examine(chief, 'approvals');
    const sheet = chief.locator('.desk-rows a').first();
    await sheet.click();
    await chief.locator('textarea').waitFor();
    await examine(chief, 'approval-sheet');
    await chief.locator('textarea').fill('同意。');
    await chief.locator('button.button-act').click();
    await chief.locator('.signing blockquote').filter({ hasText: '同意。' }).waitFor();
    await examine(chief, 'approval-signed');
    await chief.context().browser()?.close();
  });

  it('a data steward imports', async () => {
    const steward = await window();
    await enter(steward, /湖南省市场监督管理局/, '主体库管理');
    await visit(steward, '/console/import');
    await examine(steward, 'import');
    await steward.context().browser()?.close();
  });
});

describe('the portal', { timeout: 180_000 }, () => {
  const entryOf = async (
    page: Page,
    kind: string,
    taken: (entry: { title: { zh: string } }) => boolean = () => true,
  ) => {
    const answer = await page.request.get(`${base}/api/public/records?kind=${kind}&limit=200`);
    const { entries } = (await answer.json()) as {
      entries: { id: string; title: { zh: string }; withdrawnAt: string | null }[];
    };
    return entries.filter((entry) => entry.withdrawnAt === null && taken(entry))[0]!;
  };

  it('shows home, a bulletin and the page of a firm', async () => {
    const page = await window();
    await visit(page, '/');
    await examine(page, 'portal-home');
    const bulletin = await entryOf(page, 'sampling-bulletin');
    await visit(page, `/records/${bulletin.id}`);
    await examine(page, 'portal-bulletin');
    const { body } = (await (await page.request.get(`${base}/api/public/records/${bulletin.id}`)).json()) as {
      body: { passing: { enterpriseCode: string }[] };
    };
    await visit(page, `/enterprises/${body.passing[0]!.enterpriseCode}`);
    await examine(page, 'portal-enterprise');
    await page.context().browser()?.close();
  });

  it('repeats a draw on the visitor’s own machine and says yes', async () => {
    const page = await window();
    const entry = await entryOf(page, 'sampling-draw', ({ title }) => title.zh.includes('名单公开'));
    const { body } = (await (await page.request.get(`${base}/api/public/records/${entry.id}`)).json()) as {
      body: { draw: string };
    };
    await visit(page, `/draws/${body.draw}`);
    await page.locator('#verify-draw [data-run]').click();
    await page.locator('#verify-draw').getByText('是。凡现在能核对的，每一步都对。').waitFor({ timeout: 30_000 });
    await examine(page, 'portal-draw');
    await page.context().browser()?.close();
  });

  it('proves that an entry stands in the log', async () => {
    const page = await window();
    await visit(page, '/log');
    await page.locator('#leaf').fill('3');
    await page.getByRole('button', { name: '核对这一条在日志里' }).click();
    await page.locator('#verify-log').getByText('是。核对无误。').waitFor({ timeout: 30_000 });
    await examine(page, 'portal-log');
    await page.context().browser()?.close();
  });
});
