import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Label } from '@hengjian/kernel';

const marker = 'PRACTICE';

/** What stands on every page of a practice installation. */
export const practiceBanner: Label = {
  zh: '练习环境：这里的一切都不是真的，不具法律效力',
  en: 'Practice: nothing here is real or has legal effect',
};
/** What stands across every paper of a practice installation. */
export const practiceMark = '练习 · 不具法律效力';

const isPractice = (folder: string): boolean => existsSync(join(folder, marker));

/**
 * Keeps practice and earnest apart by a mark in the folder itself: a folder that holds anything else never becomes practice, and one for
 * practice never opens in earnest.
 * @throws Error saying which of the two it is
 */
export function enterPractice(folder: string, practice: boolean): void {
  if (isPractice(folder)) {
    if (practice) return;
    throw new Error(
      `${folder} is a practice installation; start it with HENGJIAN_PRACTICE=1 or choose another HENGJIAN_DATA.`,
    );
  }
  if (!practice) return;
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new Error(`${folder} holds an installation that is no practice; choose another HENGJIAN_DATA for practice.`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, marker), 'Nothing in this folder is real.\n');
}

/**
 * Begins practice anew: everything in the folder goes.
 * @throws Error when the folder is no practice installation
 */
export function resetPractice(folder: string): void {
  if (!isPractice(folder)) throw new Error(`${folder} is no practice installation; nothing was removed.`);
  rmSync(folder, { recursive: true, force: true });
  enterPractice(folder, true);
}
