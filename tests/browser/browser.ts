import { existsSync } from 'node:fs';
import sparticuz from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';

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
