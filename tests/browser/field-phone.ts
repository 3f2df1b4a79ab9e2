import { randomUUID } from 'node:crypto';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import { openBrowser } from './browser.ts';

const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCB3m1lWQAAAABJRU5ErkJggg==',
  'base64',
);
/** A photograph of its own each time: no two files have one hash. */
export const photograph = () => ({
  name: 'photo.png',
  mimeType: 'image/png',
  buffer: Buffer.concat([picture, Buffer.from(randomUUID())]),
});

/** A phone in a sampler's hand, whose clock is wrong by so many minutes. */
export interface Phone {
  context: BrowserContext;
  page: Page;
  complaints: string[];
  /** The app is killed, as a phone kills it, and opened again. */
  killed(): Promise<void>;
  flightMode(on: boolean): Promise<void>;
  goTo(path: string): Promise<void>;
  write(label: string, value: string): Promise<void>;
  press(name: string | RegExp): Promise<void>;
  sign(title: string, name?: string): Promise<void>;
  /** How many things of a kind are kept on the phone. */
  kept(store: 'files' | 'drafts' | 'outbox' | 'tasks'): Promise<number>;
  close(): Promise<void>;
}

export async function openPhone(base: string, minutesAhead: number): Promise<Phone> {
  const browser: Browser = await openBrowser();
  const context = await browser.newContext({
    locale: 'zh-CN',
    viewport: { width: 390, height: 844 },
    geolocation: { latitude: 28.2282, longitude: 112.9388, accuracy: 12 },
    permissions: ['geolocation'],
  });
  await context.addInitScript((milliseconds) => {
    const Real = Date;
    globalThis.Date = class extends Real {
      constructor(...told: unknown[]) {
        if (told.length === 0) super(Real.now() + milliseconds);
        else super(...(told as [number]));
      }
      static override now(): number {
        return Real.now() + milliseconds;
      }
    } as DateConstructor;
  }, minutesAhead * 60_000);
  const complaints: string[] = [];
  const open = async (): Promise<Page> => {
    const page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    return page;
  };
  const phone: Phone = {
    context,
    page: await open(),
    complaints,
    async killed() {
      const { page } = phone;
      const address = page.url();
      // Nothing of the page gets to say goodbye.
      await page.close({ runBeforeUnload: false });
      phone.page = await open();
      await phone.page.goto(address);
    },
    async flightMode(on) {
      await context.setOffline(on);
    },
    async goTo(path) {
      await phone.page.goto(`${base}/field/${path}`);
      await phone.page.locator('main h1, main .notice').first().waitFor();
    },
    async write(label, value) {
      await phone.page
        .getByLabel(new RegExp(`^${label}`))
        .first()
        .fill(value);
    },
    async press(name) {
      await phone.page.getByRole('button', { name }).first().click();
    },
    async sign(title, name) {
      const { page } = phone;
      const hand = page.locator('.hand').filter({ hasText: title });
      await hand.getByRole('button', { name: /^签名：/ }).click();
      if (name !== undefined) await hand.getByLabel('签名人姓名').fill(name);
      const pad = hand.locator('canvas');
      await pad.scrollIntoViewIfNeeded();
      const box = (await pad.boundingBox())!;
      await page.mouse.move(box.x + 30, box.y + 40);
      await page.mouse.down();
      await page.mouse.move(box.x + 140, box.y + 90, { steps: 4 });
      await page.mouse.move(box.x + 220, box.y + 30, { steps: 4 });
      await page.mouse.up();
      await hand.getByRole('button', { name: '确认签名' }).click();
      await expect.poll(() => hand.textContent()).toContain('已签');
    },
    kept: (store) =>
      phone.page.evaluate(
        (name) =>
          new Promise<number>((resolve, reject) => {
            const opening = indexedDB.open('hengjian-field');
            opening.onerror = () => reject(opening.error);
            opening.onsuccess = () => {
              const counting = opening.result.transaction(name).objectStore(name).count();
              counting.onsuccess = () => {
                opening.result.close();
                resolve(counting.result);
              };
            };
          }),
        store,
      ),
    async close() {
      await browser.close();
    },
  };
  return phone;
}
