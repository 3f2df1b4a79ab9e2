import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { baseUrl } from '../journeys/address.ts';
import { findFaults, keepPicture, openBrowser } from './browser.ts';

/** The smallest picture there is: stands for the photographs of a visit. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCB3m1lWQAAAABJRU5ErkJggg==',
  'base64',
);

export interface Person {
  role: string;
  /** Part of the organ's or body's name. */
  place?: string;
  name?: string;
}

type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>;

/** Somebody at a browser who does everything by hand: reads, types, chooses, presses. */
export interface Desk {
  page: Page;
  /** Goes to an address of the installation. */
  visit(path: string): Promise<void>;
  /** What the server tells this person of an address: the journey acts by hand, and looks up what it must know. */
  read<T = unknown>(path: string): Promise<T>;
  settled(): Promise<void>;
  /** Writes into the field with this label. */
  write(label: string, value: string): Promise<void>;
  /** Finds in a box that searches: types, and takes the choice that holds `choice`. */
  pick(label: string, typed: string, choice?: string): Promise<void>;
  /** Takes an option of a plain list of choices. */
  choose(label: string, option: string): Promise<void>;
  tick(label: string): Promise<void>;
  /** Pastes rows from a spreadsheet into a table, from the named cell on. */
  paste(cell: string, rows: readonly (readonly string[])[]): Promise<void>;
  /** Hands in a photograph for each paper that the form still asks for. */
  photograph(): Promise<void>;
  /** Opens a part of the form that is folded away. */
  unfold(label: string): Promise<void>;
  press(name: string | RegExp): Promise<void>;
  follow(name: string | RegExp): Promise<void>;
  /** Presses the form's own button and waits until the record's page says that it was done. */
  submit(): Promise<void>;
  /** The record whose page is open. */
  record(): string;
  /** No barrier to a screen reader, nothing wider than the window, nothing on the console; a picture of each width. */
  examine(name: string): Promise<void>;
}

export interface BrowserOffice {
  at: (person: Person) => Promise<Desk>;
  stranger: () => Promise<Desk>;
  /** Everybody has to sign in again. */
  forget: () => void;
  /** What is on the screen at this moment, for whoever looks into a failure. */
  picture: (name: string) => Promise<void>;
  close: () => Promise<void>;
}

/**
 * One window in which everybody takes his turn. The packaged Chromium is one process whose windows share their cookies, so
 * whoever sits down brings his own: through the demonstration's door the first time, and as he left it afterwards.
 */
export function openOffice(): BrowserOffice {
  let window: Promise<{ browser: Browser; context: BrowserContext; page: Page }> | undefined;
  const complaints: string[] = [];
  let seated = '';
  const sessions = new Map<string, Cookies>();
  const desks = new Map<string, Desk>();
  const opened = () => {
    window ??= (async () => {
      const browser = await openBrowser();
      const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1440, height: 900 } });
      const page = await context.newPage();
      page.setDefaultTimeout(20_000);
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(`${page.url()}: ${message.text()}`);
      });
      page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
      return { browser, context, page };
    })();
    return window;
  };
  const told = (): string[] => complaints.splice(0);

  /** Sits down: the one before goes, this one's session comes. */
  async function sit(person: Person | null): Promise<void> {
    const key = person === null ? '' : keyOf(person);
    if (key === seated && (person === null || sessions.has(key))) return;
    const { context, page } = await opened();
    if (seated !== '' && sessions.has(seated)) sessions.set(seated, await context.cookies());
    await page.goto('about:blank');
    await context.clearCookies();
    seated = key;
    const known = sessions.get(key);
    if (known !== undefined) await context.addCookies(known);
    else if (person !== null) {
      await enter(page, person);
      sessions.set(key, await context.cookies());
    }
  }
  async function desk(person: Person | null): Promise<Desk> {
    await sit(person);
    const { page } = await opened();
    const key = person === null ? '' : keyOf(person);
    const known = desks.get(key) ?? deskIn(page, () => sit(person), told);
    desks.set(key, known);
    return known;
  }
  return {
    at: desk,
    stranger: () => desk(null),
    forget: () => sessions.clear(),
    picture: async (name) => {
      const { page } = await opened();
      await keepPicture(page, name);
    },
    close: async () => {
      if (window !== undefined) await (await window).browser.close();
    },
  };
}

const keyOf = ({ role, place = '', name = '' }: Person): string => `${role} ${place} ${name}`;

async function settled(page: Page): Promise<void> {
  await page.waitForSelector('h1');
  await page.waitForFunction(() => document.querySelector('.waiting, [aria-busy="true"]') === null);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
}

/** Through the demonstration's own door. */
async function enter(page: Page, { role, place = '', name = '' }: Person): Promise<void> {
  await page.goto(`${baseUrl}/console/sign-in`);
  await settled(page);
  const part = page.locator('.sign-in-role').filter({ has: page.getByRole('heading', { name: role, exact: true }) });
  await part.getByRole('button').filter({ hasText: place }).filter({ hasText: name }).first().click();
  await page.waitForURL((url) => !url.pathname.includes('sign-in'));
  await settled(page);
}

function deskIn(page: Page, sit: () => Promise<void>, told: () => string[]): Desk {
  const base = baseUrl;
  // A label may say that its field is optional.
  const named = (label: string): RegExp =>
    new RegExp(`^${label.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?: \\((?:选填|optional)\\))?$`);
  const field = (label: string): Locator => page.getByLabel(named(label)).first();
  const desk: Desk = {
    page,
    async visit(path) {
      await sit();
      await page.goto(`${base}${path}`);
      await desk.settled();
    },
    async read(path) {
      await sit();
      return (await page.request.get(`${base}${path}`)).json();
    },
    settled: () => settled(page),
    async write(label, value) {
      await field(label).fill(value);
    },
    async pick(label, typed, choice = typed) {
      const box = page.getByRole('combobox', { name: label, exact: true }).first();
      // Choices close when the page is scrolled beneath them, so the box comes to the middle first.
      await box.evaluate(async (element) => {
        element.scrollIntoView({ block: 'center' });
        for (let frames = 0; frames < 3; frames += 1) await new Promise(requestAnimationFrame);
      });
      await box.click();
      await box.fill(typed);
      // As a person would: the list is read once it stands still.
      await page.waitForFunction(() => {
        const shown = document.querySelector('[role=listbox]')?.textContent ?? '';
        const seen = document.body.dataset;
        if (seen.shown !== shown) Object.assign(seen, { shown, since: String(performance.now()) });
        return shown !== '' && performance.now() - Number(seen.since) > 350;
      });
      await page.getByRole('option').filter({ hasText: choice }).first().click();
    },
    async choose(label, option) {
      await field(label).selectOption({ label: option });
    },
    async tick(label) {
      await field(label).check();
    },
    async paste(cell, rows) {
      const text = rows.map((row) => row.join('\t')).join('\n');
      await field(cell).evaluate((element, pasted) => {
        const clipboardData = new DataTransfer();
        clipboardData.setData('text/plain', pasted);
        element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
      }, text);
    },
    async photograph() {
      const needs = page.locator('.need').filter({ has: page.locator('[data-verdict="open"]') });
      for (const need of await needs.all()) {
        const name = 'photo.png';
        await need.locator('input[type=file]').setInputFiles({ name, mimeType: 'image/png', buffer: picture });
      }
      await page.waitForFunction(() => document.querySelector('.need [data-verdict="open"]') === null);
    },
    async unfold(label) {
      const folded = page.locator('details:not([open]) > summary').filter({ hasText: label });
      if ((await folded.count()) > 0) await folded.first().click();
    },
    async press(name) {
      await page
        .getByRole('button', { name, exact: typeof name === 'string' })
        .first()
        .click();
    },
    async follow(name) {
      await page
        .getByRole('link', { name, exact: typeof name === 'string' })
        .first()
        .click();
      await desk.settled();
    },
    async submit() {
      await page.locator('.action-foot button[type=submit]').click();
      const done = page.locator('[role=status] .notice[data-tone=good]');
      const refused = page.locator('.error-summary');
      await done.or(refused).first().waitFor();
      if (await refused.isVisible()) throw new Error(`Refused: ${await refused.textContent()}`);
      await desk.settled();
    },
    record: () => /record\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? '',
    async examine(name) {
      const rest = () => desk.settled().then(() => page.waitForTimeout(150));
      const found = await findFaults(page, name, { settled: rest });
      expect([...found, ...told()], name).toEqual([]);
    },
  };
  return desk;
}
