import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { baseUrl } from '../journeys/address.ts';
import { demonstrationPeople, signInAs, type Visitor } from '../journeys/visitor.ts';
import { browserProgram, findFaults } from './browser.ts';
import { openPhone, type Phone, photograph } from './field-phone.ts';

interface Visit {
  id: string;
  title: string;
  version: number;
  fields: { officers: { person: string; name: string }[]; dueOn: string; enterpriseCode: string };
}

const as = async (name: string): Promise<Visitor> =>
  signInAs((await demonstrationPeople()).find((person) => person.name === name)!);

async function begin(phone: Phone, name: string): Promise<void> {
  await phone.page.goto(`${baseUrl}/field/`);
  await phone.page.locator('ul.rows button.row').filter({ hasText: name }).click();
  await phone.page.getByRole('heading', { name: '我的任务' }).waitFor();
  await phone.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await phone.page.reload();
}

async function backOnline(phone: Phone): Promise<void> {
  await phone.flightMode(false);
  await phone.page.evaluate(() => dispatchEvent(new Event('online')));
}

/** Arrives at a firm whose code cannot be scanned. */
async function arrive(phone: Phone, visit: Visit, reason: string): Promise<void> {
  await phone.goTo(`task/${visit.id}/enter`);
  await phone.write('未扫码的原因', reason);
  await phone.page.getByLabel('已出示执法证').check();
  await phone.press('完成，放入待发');
}

describe('two officers with two phones on one visit', { sequential: true, timeout: 120_000 }, () => {
  let first: Phone;
  let second: Phone;
  let planner: Visitor;
  let visits: Visit[];
  const state = async (id: string) => (await planner.get<{ state: string }>(`/api/records/${id}`)).body.state;

  beforeAll(async () => {
    [first, second] = await Promise.all([openPhone(baseUrl, 0), openPhone(baseUrl, 0)]);
    await begin(first, '南宫检');
    await begin(second, '东郭查');
    planner = await as('西门策');
    const day = await first.page.request.get(`${baseUrl}/api/field/day`);
    visits = ((await day.json()) as { tasks: Visit[] }).tasks;
    expect(visits.length).toBeGreaterThan(1);
  });
  afterAll(async () => {
    await Promise.all([first.close(), second.close()]);
  });

  it('a record that moved on is shown beside what was done offline; what cannot stand is given up with a reason that stays', async () => {
    const [visit] = visits as [Visit];
    await second.flightMode(true);
    await arrive(second, visit, '企业码损坏');
    await arrive(first, visit, '企业没有码');
    await expect.poll(() => state(visit.id), { timeout: 30_000 }).toBe('inspecting');
    await second.goTo('outbox');
    await backOnline(second);
    const sides = second.page.locator('table.sides');
    await sides.waitFor({ timeout: 30_000 });
    expect(await sides.textContent()).toMatch(/企业码损坏[\s\S]*企业没有码/);
    expect(await second.page.locator('main').textContent()).toContain('记录已是“检查中”，不能再办理“扫码入企”');
    expect(
      await findFaults(second.page, 'field-conflict', {
        widths: [1024, 390],
        barriersAt: [390],
        settled: () => second.page.waitForTimeout(150),
      }),
    ).toEqual([]);
    await second.page.setViewportSize({ width: 390, height: 844 });
    await second.press('放弃这一条');
    const sure = second.page.getByRole('button', { name: '确认放弃' });
    expect(await sure.isDisabled()).toBe(true);
    await second.write('放弃的理由', '同事已经登记到达');
    await sure.click();
    await second.page.getByRole('heading', { name: '放弃记录' }).waitFor();
    expect([await second.kept('outbox'), await second.kept('drafts')]).toEqual([0, 0]);
    const saving = second.page.waitForEvent('download');
    await second.press('导出记录');
    const told = readFileSync(await (await saving).path(), 'utf8');
    expect(JSON.parse(told)).toMatchObject({ lines: [{ reason: '同事已经登记到达', record: visit.id }] });
    expect(told).not.toContain(visit.title.split(' · ')[0]);
  });

  it('where the act still stands, a person looks at both sides and sends it again', async () => {
    const visit = visits[1]!;
    await second.flightMode(true);
    await arrive(second, visit, '企业码损坏');
    await planner.act(
      'inspections.visit',
      'staff',
      { officers: visit.fields.officers.map(({ person }) => person), dueOn: visit.fields.dueOn },
      visit.id,
    );
    await second.goTo('outbox');
    await backOnline(second);
    await second.page.locator('table.sides').waitFor({ timeout: 30_000 });
    expect(await state(visit.id)).toBe('approved');
    await second.press('以我的为准，再次提交');
    await expect.poll(() => state(visit.id), { timeout: 30_000 }).toBe('inspecting');
    expect(await second.kept('outbox')).toBe(0);
  });

  it('goes through the checklist offline, lists a hazard with its photograph, is signed by all, and is recorded once there is a network', async () => {
    const [visit] = visits as [Visit];
    const { page } = first;
    await first.goTo(`task/${visit.id}/record`);
    await first.flightMode(true);
    const item = (text: string) => page.locator('fieldset.item').filter({ hasText: text });
    await item('许可或者认证').getByRole('button', { name: '不符合' }).click();
    for (const text of ['产品名称', '进货检查', '出厂产品'])
      await item(text).getByRole('button', { name: '符合', exact: true }).click();
    await first.press('完成，放入待发');
    await page.getByText('严重不符合，须列为隐患').first().waitFor();
    await item('许可或者认证').getByLabel('情况说明').fill('无证生产延长线插座');
    await item('许可或者认证').getByRole('button', { name: '列为隐患' }).click();
    await first.write('整改措施', '停止生产，申请许可');
    await first.write('整改期限', '2099-01-01');
    await first.write('整改责任人', '厂长');
    await page.locator('#field-piece-photos input').setInputFiles(photograph());
    await page.locator('#field-piece-hazardPhotos input').setInputFiles(photograph());
    await page.getByText('1 件，已哈希').nth(1).waitFor();
    await page
      .getByLabel(/^检查结果/)
      .first()
      .selectOption({ label: '发现问题，已责令改正' });
    await first.write('检查对象在场人员', '陈厂长');
    for (const { name } of visit.fields.officers) await first.sign(name);
    await first.sign('检查对象', '陈厂长');
    expect(
      await findFaults(page, 'field-inspection', {
        widths: [1024, 390],
        barriersAt: [390],
        settled: () => page.waitForTimeout(150),
      }),
    ).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    await first.press('完成，放入待发');
    await page.getByText('已放入待发').waitFor();
    await backOnline(first);
    await expect.poll(() => state(visit.id), { timeout: 30_000 }).toBe('recorded');
    const { body } = await planner.get<{ fields: { grade: string; findings: unknown[] } }>(`/api/records/${visit.id}`);
    expect(body.fields.grade).toBe('D');
    expect(first.complaints).toEqual([]);
  });
});

describe('the browser is killed in the middle of the work', { timeout: 120_000 }, () => {
  const profile = mkdtempSync(join(tmpdir(), 'hengjian-profile-'));
  let process_: ChildProcess | undefined;
  afterAll(async () => {
    process_?.kill('SIGKILL');
    rmSync(profile, { recursive: true, force: true });
  });

  /** A browser of its own process on the same profile, so that it can be killed as a phone kills it. */
  async function start(): Promise<{ browser: Browser; page: Page }> {
    const { executablePath, args } = await browserProgram();
    const child = spawn(executablePath, [
      ...args,
      '--headless',
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
      'about:blank',
    ]);
    process_ = child;
    const address = await new Promise<string>((resolve, reject) => {
      let said = '';
      child.stderr.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        const found = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
        if (found !== undefined) resolve(found);
      });
      child.on('exit', () => reject(new Error(said)));
    });
    const browser = await chromium.connectOverCDP(address);
    const context = browser.contexts()[0]!;
    return { browser, page: context.pages()[0] ?? (await context.newPage()) };
  }

  it('and opened again on the same profile in flight mode everything is there: the day, the half-filled form, what was captured', async () => {
    const before = await start();
    await before.page.goto(`${baseUrl}/field/`);
    await before.page.locator('ul.rows button.row').filter({ hasText: '东郭查' }).click();
    await before.page.locator('main ul.rows a').first().waitFor();
    await before.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await before.page.reload();
    const address = await before.page
      .locator('main ul.rows a')
      .filter({ hasText: '待检查' })
      .first()
      .getAttribute('href');
    await before.page.goto(`${baseUrl}${address}/enter`);
    await before.page.getByLabel(/^未扫码的原因/).fill('断电，码牌看不清');
    await before.page.waitForTimeout(600);
    const died = new Promise((resolve) => process_!.once('exit', resolve));
    process_!.kill('SIGKILL');
    await died;
    const after = await start();
    await after.page.context().setOffline(true);
    await after.page.goto(`${baseUrl}${address}/enter`);
    await after.page.getByLabel(/^未扫码的原因/).waitFor();
    expect(await after.page.getByLabel(/^未扫码的原因/).inputValue()).toBe('断电，码牌看不清');
    await after.page.goto(`${baseUrl}/field/`);
    await after.page.locator('main ul.rows a').first().waitFor();
    expect(await after.page.locator('main').textContent()).toContain('填写中');
    await after.browser.close();
  });
});
