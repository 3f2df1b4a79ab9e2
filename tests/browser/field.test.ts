import { randomUUID } from 'node:crypto';
import QRCode from 'qrcode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { baseUrl } from '../journeys/address.ts';
import { journeyCoverage } from '../journeys/coverage.ts';
import { findFaults } from './browser.ts';
import { openPhone, type Phone, photograph } from './field-phone.ts';

const base = baseUrl;
const minutesAhead = 25;
const system = 'mobile-terminal-collection-query';
const coverage = journeyCoverage('field', new URL('../journeys/field.test.ts', import.meta.url).href);

interface Task {
  id: string;
  title: string;
  version: number;
  fields: { testSample: number; spareSample: number; minimumStock: number | null; samplers: { name: string }[] };
}

describe('a sampler’s day with a cheap phone', { sequential: true, timeout: 120_000 }, () => {
  let phone: Phone;
  let tasks: Task[];
  let passed = 0;
  const record = async (id: string) =>
    (await (await phone.page.request.get(`${base}/api/records/${id}`)).json()) as {
      state: string;
      fields: { evidence: { pieces: number; aheadSeconds: number; sheet: string }[] };
      timeline: { action: string }[];
      documents: { kind: string }[];
    };
  const examine = (name: string) =>
    findFaults(phone.page, `field-${name}`, {
      widths: [1024, 390],
      barriersAt: [390],
      settled: () => phone.page.waitForTimeout(150),
    }).then(async (faults) => {
      await phone.page.setViewportSize({ width: 390, height: 844 });
      return faults;
    });

  beforeAll(async () => {
    phone = await openPhone(base, minutesAhead);
    await phone.page.goto(`${base}/field/`);
    await phone.page.locator('ul.rows button.row').first().click();
    await phone.page.getByRole('heading', { name: '我的任务' }).waitFor();
    await phone.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    const day = (await (await phone.page.request.get(`${base}/api/field/day`)).json()) as {
      tasks: (Task & { state: string })[];
    };
    tasks = day.tasks.filter(({ state }) => state === 'assigned');
    expect(tasks.length).toBeGreaterThan(1);
  });
  afterAll(async () => {
    coverage.finish(passed === 5);
    await phone.close();
  });

  it('takes the day along and opens in flight mode, and says that its clock is wrong', async () => {
    await phone.page.reload();
    await phone.flightMode(true);
    await phone.page.reload();
    await phone.page.locator('main ul.rows a').first().waitFor();
    expect(await phone.page.locator('main').textContent()).toContain(`本机时钟快 ${minutesAhead} 分钟`);
    expect(await examine('tasks')).toEqual([]);
    await phone.goTo('map');
    await phone.press('我的位置');
    await phone.page.locator('svg.map').waitFor();
    expect(await examine('map')).toEqual([]);
    await phone.goTo(`task/${tasks[0]!.id}`);
    await phone.page.locator('details.paper').first().locator('summary').click();
    expect(await examine('task')).toEqual([]);
    coverage.step(system, 'day taken along');
    passed += 1;
  });

  it('keeps the half-filled sheet when the app is killed, reads seals by camera, and queues it once however often it is pressed', async () => {
    const task = tasks[0]!;
    await phone.goTo(`task/${task.id}/sample`);
    await phone.write('商标', '无');
    await phone.write('规格型号', `F-${randomUUID().slice(0, 6)}`);
    await phone.write('生产日期或批号', '20260301');
    await phone.write('执行标准', 'GB 6675.1-2014');
    await phone.write('抽样地点', '成品仓库');
    await phone.write(
      '抽样基数',
      String((task.fields.minimumStock ?? 0) + task.fields.testSample + task.fields.spareSample + 50),
    );
    await phone.write('单价', '35.00');
    await phone.write('收款人', '陈会计');
    await phone.page.locator('#field-piece-photos input').setInputFiles(photograph());
    await phone.page.getByText('1 件，已哈希').waitFor();
    await phone.killed();
    await phone.page.getByText('1 件，已哈希').waitFor();
    expect(await phone.page.getByLabel(/^收款人/).inputValue()).toBe('陈会计');

    await phone.press('扫封条');
    const seal = `${Date.now()}`.slice(-8);
    await phone.page
      .locator('.scanner input[type=file]')
      .setInputFiles({ name: 'seal.png', mimeType: 'image/png', buffer: await QRCode.toBuffer(seal, { width: 300 }) });
    await expect.poll(() => phone.page.getByLabel(/^封样状态/).inputValue(), { timeout: 20_000 }).toBe(seal);
    await phone.write('封样状态', '封条 11112222，完好');
    await phone.press('完成，放入待发');
    await phone.page.getByText(`扫到的封条 ${seal} 不在封样记录中`).first().waitFor();
    await phone.write('封样状态', `封条 ${seal}，完好`);
    for (const { name } of task.fields.samplers) await phone.sign(name);
    await phone.sign('被抽样单位', '陈经办');
    await phone.write('单价', '36.00');
    await phone.page.getByText('内容已改动，请重新签名').first().waitFor();
    for (const { name } of task.fields.samplers) await phone.sign(name);
    await phone.sign('被抽样单位');
    expect(await examine('sheet')).toEqual([]);
    await phone.goTo(`print/${task.id}`);
    await phone.page.locator('.checked img').waitFor();
    expect(await examine('print')).toEqual([]);
    await phone.goTo(`task/${task.id}/sample`);
    await phone.page.getByRole('button', { name: '完成，放入待发' }).dblclick();
    await phone.page.getByText('已放入待发').waitFor();
    expect(await phone.kept('outbox')).toBe(1);
    coverage.step(system, 'sheet filled in flight mode');
    passed += 1;
  });

  it('sends it when there is a network, once, with corrected times; the firm can check it; the phone forgets it', async () => {
    await phone.flightMode(false);
    await phone.page.evaluate(() => dispatchEvent(new Event('online')));
    await expect.poll(() => phone.kept('outbox'), { timeout: 30_000 }).toBe(0);
    expect([await phone.kept('files'), await phone.kept('drafts')]).toEqual([0, 0]);
    const page = await record(tasks[0]!.id);
    expect(page.state).toBe('sampled');
    expect(page.timeline.filter(({ action }) => action === 'sample')).toHaveLength(1);
    const [evidence] = page.fields.evidence;
    expect(evidence!.pieces).toBe(1 + 2 * (tasks[0]!.fields.samplers.length + 1));
    expect(Math.abs(evidence!.aheadSeconds - minutesAhead * 60)).toBeLessThan(5);
    expect(page.documents.filter(({ kind }) => kind === 'photos')).toHaveLength(1);
    coverage.step(system, 'sheet sent once');
    const checked = await (await fetch(`${base}/verify/${evidence!.sheet}`)).text();
    expect(checked).toContain('这张抽样单已经登记');
    const altered = evidence!.sheet.replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
    expect(await (await fetch(`${base}/verify/${altered}`)).text()).not.toContain('已经登记');
    coverage.step(system, 'code of the sheet opened by a stranger');
    coverage.step(system, 'told that the sheet was recorded');
    passed += 1;
  });

  const unsampled = async (task: Task): Promise<void> => {
    await phone.goTo(`task/${task.id}/notSampled`);
    await phone.press('停业、停产（第二十条）');
    await phone.page.locator('#field-piece-evidence input').setInputFiles(photograph());
    await phone.page.getByText('1 件，已哈希').waitFor();
  };

  it('says so when the phone is full, keeps what was there, and looks firms up', async () => {
    await phone.goTo(`task/${tasks[1]!.id}/notSampled`);
    await phone.press('停业、停产（第二十条）');
    await phone.page.waitForTimeout(400);
    // The packaged browser keeps no quota: its store refuses as a full phone's does, until the page is loaded again.
    await phone.page.evaluate(() => {
      const full = (): never => {
        throw new DOMException('full', 'QuotaExceededError');
      };
      IDBObjectStore.prototype.put = full;
      IDBObjectStore.prototype.add = full;
    });
    await phone.page.locator('#field-piece-evidence input').setInputFiles(photograph());
    await phone.page.getByText('本机存储空间已满').waitFor();
    await phone.page.reload();
    await expect.poll(() => phone.page.getByLabel(/^现场情况/).inputValue()).toBe('到场时企业停业（停产）。');
    await phone.goTo('lookup');
    await phone.page.getByLabel('企业查询').fill(tasks[1]!.title.split(' · ')[0]!.slice(0, 8));
    await phone.press('查找');
    await phone.page.locator('main ul.rows, main article, main .notice').first().waitFor();
    expect(await examine('lookup')).toEqual([]);
    await phone.goTo('device');
    expect(await examine('device')).toEqual([]);
    expect(phone.complaints).toEqual([]);
    passed += 1;
  });

  it('does not pass a photograph that was changed on the phone: says which, and loses nothing', async () => {
    await phone.flightMode(true);
    await unsampled(tasks[1]!);
    expect(await examine('not-sampled')).toEqual([]);
    await phone.press('完成，放入待发');
    await phone.page.getByText('已放入待发').waitFor();
    await phone.page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          const opening = indexedDB.open('hengjian-field');
          opening.onsuccess = () => {
            const files = opening.result.transaction('files', 'readwrite').objectStore('files');
            files.openCursor().onsuccess = ({ target }) => {
              const cursor = (target as IDBRequest<IDBCursorWithValue>).result;
              const bytes = new Uint8Array((cursor.value as { bytes: ArrayBuffer }).bytes.slice(0));
              bytes[bytes.length - 1] = bytes.at(-1)! ^ 1;
              cursor.update({ ...cursor.value, bytes: bytes.buffer }).onsuccess = () => {
                opening.result.close();
                resolve();
              };
            };
          };
        }),
    );
    await phone.goTo('outbox');
    await phone.flightMode(false);
    await phone.page.evaluate(() => dispatchEvent(new Event('online')));
    await phone.page.getByText(/文件“evidence-\d+\.png”与采集时的 SHA-256 不符/).waitFor({ timeout: 30_000 });
    expect(await examine('refused')).toEqual([]);
    expect([await phone.kept('outbox'), await phone.kept('files'), await phone.kept('drafts')]).toEqual([1, 1, 1]);
    expect((await record(tasks[1]!.id)).state).toBe('assigned');
    passed += 1;
  });
});
