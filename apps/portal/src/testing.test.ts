import fastify, { type FastifyInstance } from 'fastify';
import { beforeAll, describe, expect, it } from 'vitest';
import { portalPlugin } from './index.ts';
import { options } from './testing/fixtures.ts';

let app: FastifyInstance;
beforeAll(async () => {
  app = fastify();
  await app.register(portalPlugin, options());
});
const page = async (url: string): Promise<string> => (await app.inject({ url, headers: { accept: 'text/html' } })).body;
const words = (body: string): string => body.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');

describe('a test report', () => {
  it('is found by number and code with every revision, newest first, and why it was corrected', async () => {
    const told = words(await page('/reports?number=HX-1&code=ABCD1234'));
    expect(told).toContain('第 2 版：有效。');
    expect(told).toContain('第 1 版：已被更正，不再有效。 理由：单位笔误');
  });

  it('is told to be unknown when the code is wrong, and asked for whole when half is given', async () => {
    expect(words(await page('/reports?number=HX-1&code=WRONG'))).toContain('没有查到');
    expect(words(await page('/reports?number=HX-1'))).toContain('请同时填写报告编号和核验码');
    expect(words(await page('/reports?sha256=123'))).toContain('这不是 SHA-256');
  });
});

describe('who can test', () => {
  it('names body, region, method, price and days, with the way to ask for the test', async () => {
    const body = await page(`/testing?q=${encodeURIComponent('最高车速')}`);
    expect(words(body)).toMatch(/示例检验检测院.*长沙市 · CMA 241820110001.*GB 17761-2024.*260 元.*5 天/);
    expect(body).toMatch(/href="\/console\/request-test\?entry/);
  });

  it('says how much a shared instrument is used, and what to do when nobody tests it', async () => {
    const told = words(await page('/testing?q=nobody'));
    expect(told).toContain('没有机构公布这项能力');
    expect(told).toMatch(/气质联用仪.*10 %/);
  });
});
