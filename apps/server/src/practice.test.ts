import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readConfiguration } from './config.ts';
import { renderPaper } from './papers/render.ts';
import { enterPractice, practiceMark, resetPractice } from './practice.ts';

const work = mkdtempSync(join(tmpdir(), 'hengjian-practice-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

it('练习环境和正式系统互不相认：各开各的文件夹，正式的不会被清空', () => {
  const [practice, earnest] = [join(work, 'practice'), join(work, 'earnest')];
  enterPractice(practice, true);
  enterPractice(practice, true);
  expect(() => enterPractice(practice, false)).toThrow('is a practice installation');
  mkdirSync(earnest);
  writeFileSync(join(earnest, 'log.key'), 'x');
  enterPractice(earnest, false);
  expect(() => enterPractice(earnest, true)).toThrow('no practice');
  expect(() => resetPractice(earnest)).toThrow('nothing was removed');
  expect(existsSync(join(earnest, 'log.key'))).toBe(true);
  writeFileSync(join(practice, 'log.key'), 'x');
  resetPractice(practice);
  expect(existsSync(join(practice, 'log.key'))).toBe(false);
  enterPractice(practice, true);
});

it('练习有自己的默认文件夹，从不放进 DATABASE_URL 指的数据库', () => {
  expect(readConfiguration({ HENGJIAN_PRACTICE: '1' })).toMatchObject({
    practice: true,
    folder: expect.stringMatching(/\.hengjian-practice$/),
  });
  expect(readConfiguration({}).folder).toMatch(/\.hengjian$/);
  expect(() => readConfiguration({ HENGJIAN_PRACTICE: '1', DATABASE_URL: 'postgres://x' })).toThrow('DATABASE_URL');
});

it('练习环境的每份文书横贯写明不具法律效力', async () => {
  const paper = {
    title: '责令改正通知书',
    number: null,
    sha256: 'a'.repeat(64),
    created_at: '2026-03-02',
    template: 'x',
    content: { paragraphs: ['内容'] },
    verifyAt: 'http://x/verify/a',
  };
  const [marked, plain] = [await renderPaper({ ...paper, across: practiceMark }), await renderPaper(paper)];
  expect(marked.length).toBeGreaterThan(plain.length + 200);
});
