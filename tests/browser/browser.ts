import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import sparticuz from '@sparticuz/chromium';
import { type Browser, chromium, type Page } from 'playwright-core';

const output = join(import.meta.dirname, 'output');
const wantsPictures = process.env.HENGJIAN_PICTURES !== undefined;
if (wantsPictures) mkdirSync(output, { recursive: true });

/** Keeps a picture of the whole page for somebody to look at, when `HENGJIAN_PICTURES=1` asks for pictures: they are dear. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  if (wantsPictures) await page.screenshot({ path: join(output, `${name}.png`), fullPage: true });
}

/** A real Chromium: the one that comes in an npm package, or the system's. */
export async function openBrowser(): Promise<Browser> {
  const system = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
    existsSync(path),
  );
  const executablePath = process.env.HENGJIAN_CHROMIUM ?? (await sparticuz.executablePath().catch(() => system));
  if (executablePath === undefined) throw new Error('There is no Chromium to test with.');
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      ...sparticuz.args.filter((argument) => !argument.startsWith('--headless')),
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}

/** What an examination looks for beside what stands in every one. */
interface Examination {
  widths?: readonly number[];
  /** Widths at which barriers to a screen reader are looked for, too; the desk and the phone take turns unless it is said. */
  barriersAt?: readonly number[];
  /** Waits until the page has come to rest at a width. */
  settled: () => Promise<void>;
  tags?: string[];
}

let examined = 0;
/** Barriers are dear to look for: one page is looked at as the desk shows it, the next as the phone does; all both ways on request. */
function takingTurns(): readonly number[] {
  if (process.env.HENGJIAN_THOROUGH !== undefined) return [1440, 390];
  examined += 1;
  return [examined % 2 === 0 ? 1440 : 390];
}

/**
 * Looks at a page at each width: a picture of it, what is wider than the window, and what stands in the way of a screen
 * reader. Returns what is wrong; leaves the window 1440 px wide.
 */
export async function findFaults(
  page: Page,
  name: string,
  { widths = [1440, 1024, 390], barriersAt = takingTurns(), settled, tags = ['wcag2a', 'wcag2aa'] }: Examination,
): Promise<string[]> {
  const found: string[] = [];
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    await settled();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) found.push(`${width} px: ${wide} px too wide`);
    await keepPicture(page, `${name}-${width}`);
    if (!barriersAt.includes(width)) continue;
    const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
    for (const { id, help, nodes } of violations) {
      const places = nodes.map(({ target }) => target.join(' ')).slice(0, 4);
      found.push(`${width} px: ${id} (${help}) at ${places.join('; ')}`);
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  return found;
}
