import { addressOf, tools } from '@hengjian/workbench';
import fastify, { type FastifyInstance } from 'fastify';
import { beforeAll, describe, expect, it } from 'vitest';
import { portalPlugin } from './index.ts';
import {
  drawNumber,
  entries,
  hostile,
  identifier,
  lantern,
  options,
  orchard,
  publicPaper,
  readerOf,
} from './testing/fixtures.ts';
import { logOf } from './testing/log.ts';

let app: FastifyInstance;
beforeAll(async () => {
  app = fastify({ routerOptions: { maxParamLength: 300 } });
  await app.register(portalPlugin, options());
});

const get = async (url: string, cookie = '') => app.inject({ url, headers: { cookie, accept: 'text/html' } });
const page = async (url: string, cookie = ''): Promise<string> => (await get(url, cookie)).body;
/** What a reader sees: no tags, no attributes. */
const words = (body: string): string => body.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');

const everyPage = [
  '/',
  '/records',
  '/records?q=没有这样的词',
  ...entries.map(({ id }) => `/records/${id}`),
  `/enterprises/${lantern.code}`,
  '/enterprises/123',
  '/draws',
  `/draws/${identifier(5)}`,
  '/rates',
  '/log',
  '/verify',
  `/verify/${publicPaper}`,
  '/verify/xyz',
  '/reports',
  '/reports?number=HX-1&code=ABCD1234',
  '/reports?number=HX-1',
  '/reports?sha256=xyz',
  `/testing?q=${encodeURIComponent('最高车速')}`,
  '/testing?q=nobody',
  '/workbench',
  ...tools.flatMap((tool) =>
    tool.ways.flatMap((way) => [
      `/workbench/${tool.name}?by=${way.name}`,
      `/workbench/${tool.name}?${new URLSearchParams(addressOf(way, way.example.values))}`,
    ]),
  ),
  '/workbench/plan?by=lot&lot=x',
  '/problems/not-found',
  '/problems/nobody-knows-it',
  '/nowhere',
];

describe('every page', () => {
  it.each(everyPage)('%s is one document with one heading, a language, and no inline script', async (url) => {
    for (const language of ['zh', 'en']) {
      const body = await page(`${url}${url.includes('?') ? '&' : '?'}lang=${language}`);
      expect(body).toContain(`<html lang="${language === 'zh' ? 'zh-CN' : 'en'}"`);
      expect(body.match(/<h1/g)).toHaveLength(1);
      expect(body).not.toMatch(/<script(?![^>]* src=)|\son\w+="|style="|javascript:/);
      expect(body).not.toMatch(/undefined|\[object|NaN/);
      expect(new Set(body.match(/ id="[^"]+"/g)).size).toBe((body.match(/ id="[^"]+"/g) ?? []).length);
    }
  });

  it.each(everyPage)('%s weighs less than 60 kB with its style sheet', async (url) => {
    const body = await page(url);
    const style = await get(/href="(\/portal\/portal-[0-9a-f]+\.css)"/.exec(body)![1]!);
    expect(style.statusCode).toBe(200);
    expect(style.headers['cache-control']).toContain('immutable');
    expect(Buffer.byteLength(body) + Buffer.byteLength(style.body)).toBeLessThan(60_000);
  });

  it('has English words on English pages, but for what the record itself says', async () => {
    const body = await page('/records?lang=en');
    const own = body
      .replaceAll(/<(\w+)[^>]* lang="zh-CN"[^>]*>.*?<\/\1>/gs, '')
      .replaceAll(/<option.*?<\/option>/gs, '');
    expect(words(own)).not.toMatch(/\p{Script=Han}/u);
  });
});

describe('a hostile name', () => {
  it.each([
    `/records/${identifier(8)}`,
    `/records/${identifier(9)}`,
    '/records',
    `/records?q=${encodeURIComponent(hostile)}`,
    `/verify/${encodeURIComponent(hostile)}`,
    `/problems/${encodeURIComponent(hostile)}`,
    `/nowhere?a=${encodeURIComponent(hostile)}`,
  ])('stays text at %s', async (url) => {
    const body = await page(url);
    expect(body).not.toContain('<script>');
    expect(body).not.toContain('alert("');
  });

  it('is shown as it was written', async () => {
    expect(await page(`/records/${identifier(8)}`)).toContain('&#60;script&#62;alert(&#34;名称&#34;)&#60;/script&#62;');
  });
});

describe('language and theme', () => {
  it('switch with one click and are kept in a cookie', async () => {
    const answer = await get('/records?q=开关&lang=en');
    expect(answer.headers['set-cookie']).toContain(
      'hengjian-language=en; Path=/; Max-Age=31536000; SameSite=Lax; Secure',
    );
    expect(await page('/records', 'hengjian-language=en')).toContain('Public records');
    expect(await page('/records', 'other=1; hengjian-language=fr')).toContain('公开记录');
  });

  it('keep the filters of the list', async () => {
    expect(await page('/records?q=开关')).toContain('href="/records?q&#61;%E5%BC%80%E5%85%B3&#38;lang&#61;en"');
  });

  it('can be forced to dark', async () => {
    expect(await page('/?theme=dark')).toContain('data-theme="dark"');
    expect(await page('/?theme=%22onload=')).not.toContain('data-theme');
  });

  it('never link out of the portal, whatever the address says', async () => {
    const body = await page('//evil.example/x');
    expect(body).not.toMatch(/href="\/\//);
  });
});

describe('pass rates', () => {
  it('stand with counts, both intervals and what they are not; none where nothing was tested', async () => {
    const body = await page('/rates');
    expect(words(body)).toMatch(/87\.5 % 7 \/ 8 52\.9 – 97\.8 % 47\.3 – 99\.7 %/);
    expect(words(body)).toContain('不代表市场总体');
    expect(words(body)).toMatch(/株洲市 — 0 \/ 0 — —/);
    expect(words(await page('/rates?year=1999'))).toContain('没有符合条件的公告');
  });
});

describe('the list', () => {
  it('links to the same list as JSON, CSV and feed', async () => {
    const body = await page('/records?kind=sampling-bulletin&region=430300&q=蔬菜');
    for (const path of ['/api/public/records?', '/api/public/records.csv?', '/api/public/records.atom?']) {
      const link = new RegExp(`href="(${path.replaceAll(/[.?]/g, '\\$&')}[^"]*)"`)
        .exec(body)?.[1]
        ?.replaceAll('&#61;', '=')
        .replaceAll('&#38;', '&');
      const { searchParams } = new URL(link ?? '', 'http://x');
      expect(Object.fromEntries(searchParams)).toEqual({ kind: 'sampling-bulletin', region: '430300', q: '蔬菜' });
    }
    expect(body).toContain('type="application/atom+xml"');
    expect(words(body)).toContain('2026 年蔬菜切割机监督抽查公告');
    expect(words(body)).not.toContain('开关产品');
  });

  it('pages by address, and ignores a mark that is no instant', async () => {
    const many = Array.from({ length: 65 }, (_, index) => ({
      ...entries[9]!,
      id: identifier(2000 + index),
      publishedAt: new Date(Date.UTC(2026, 0, 1) + index * 86_400_000).toISOString(),
    }));
    const long = fastify();
    await long.register(portalPlugin, options({ reader: readerOf(many) }));
    const first = (await long.inject('/records')).body;
    const next = /rel="next" href="([^"]+)"/.exec(first)![1]!.replaceAll('&#61;', '=');
    const second = (await long.inject(next)).body;
    const titles = (body: string) => body.match(/href="\/records\/[0-9a-f-]{36}"/g)!;
    expect(titles(first)).toHaveLength(30);
    expect(titles(second)).toHaveLength(30);
    expect(titles(first).some((title) => titles(second).includes(title))).toBe(false);
    expect((await long.inject('/records?before=gestern')).statusCode).toBe(200);
  });

  it('sends a credit code and a checksum to their own pages', async () => {
    expect((await get(`/records?q=${lantern.code.toLowerCase()}`)).headers.location).toBe(
      `/enterprises/${lantern.code}`,
    );
    expect((await get(`/records?q=${publicPaper.toUpperCase()}`)).headers.location).toBe(`/verify/${publicPaper}`);
  });

  it('teaches when there is nothing', async () => {
    const empty = fastify();
    await empty.register(portalPlugin, options({ reader: readerOf([]) }));
    expect(words((await empty.inject('/records')).body)).toContain('还没有公开过任何内容');
    expect(words((await empty.inject('/')).body)).toContain('还没有发布过公告');
    expect(words(await page('/records?q=没有'))).toContain('没有查到，不等于合格');
  });
});

describe('a bulletin', () => {
  it('shows failed items with result and limit, the denial note, and what passing does not mean', async () => {
    const text = words(await page(`/records/${identifier(9)}`));
    for (const told of [
      '防触电保护',
      '52.3 K',
      '≤45 K',
      '2.4 mm',
      '≥3.0 mm',
      '严重不合格',
      '仅对销售者有效',
      '合格只说明这些批次的所检项目符合要求',
      '未抽到样 3',
    ])
      expect(text).toContain(told);
  });

  it('pages its long annex and finds a firm in it', async () => {
    const path = `/records/${identifier(9)}`;
    expect((await page(path)).match(/<tr role="row">/g)).toHaveLength(2 + 2 + 40);
    expect(words(await page(`${path}?passing=3`))).toContain('第 3 页，共 3 页');
    expect((await page(`${path}?passing=all`)).match(/<tr role="row">/g)).toHaveLength(2 + 2 + 96);
    const found = words(await page(`${path}?find=示例第5电器厂`));
    expect(found).toContain('示例第5电器厂');
    expect(found).not.toContain('示例第6电器厂');
  });

  it('says plainly that it was replaced, and by what', async () => {
    const body = await page(`/records/${identifier(2)}`);
    expect(words(body)).toContain('本条已被新版替代');
    expect(words(body)).toContain('更正 1 批次的型号');
    expect(body).toContain(`href="/records/${identifier(9)}"`);
  });
});

describe('a withdrawn entry', () => {
  it('keeps its page with date and reason, and shows no content', async () => {
    const answer = await get(`/records/${identifier(1)}`);
    expect(answer.statusCode).toBe(200);
    const text = words(answer.body);
    expect(text).toContain('本条已撤回，不再有效');
    expect(text).toContain('2026-10-20');
    expect(text).toContain('检验方法引用有误');
    expect(answer.body).not.toContain('<table');
  });

  it('is marked in lists', async () => {
    expect(await page('/records')).toMatch(
      /<s>2025 年插座产品监督抽查公告<\/s><\/a> <span class="chip withdrawn">已撤回/,
    );
  });
});

describe('a firm', () => {
  it('is shown with its results; what was corrected no longer counts', async () => {
    const text = words(await page(`/enterprises/${lantern.code}`));
    expect(text).toContain(lantern.name);
    expect(text).toContain('试验指可触及带电部件');
    expect(text).toMatch(/已被更正的结果（\d+），不再有效/);
    expect(text).toContain('已撤回');
  });

  it('stands as labelled producer only where its denial was not proved', async () => {
    expect(words(await page(`/enterprises/${orchard.code}`))).not.toContain('爬电距离');
  });

  it('explains which character of a code is wrong', async () => {
    const wrong = `${lantern.code.slice(0, 17)}${lantern.code.endsWith('1') ? '2' : '1'}`;
    const answer = await get(`/enterprises/${wrong}`);
    expect(answer.statusCode).toBe(404);
    expect(words(answer.body)).toContain('第18位校验码');
    expect(answer.body.match(/<mark>/g)).toHaveLength(1);
  });

  it('about whom nothing is public is not called clean', async () => {
    const unknown = await page('/enterprises/91430100MA4L16JQ9B');
    expect(words(unknown)).toMatch(/没有与这家企业有关的公开记录|统一社会信用代码有误/);
  });
});

describe('a draw', () => {
  it('names nobody before it is opened', async () => {
    const body = await page(`/draws/${identifier(5)}`);
    expect(words(body)).toContain('名称还没有公开');
    expect(words(body)).toContain('18 29 40 36 15');
    expect(body).not.toContain(lantern.name);
  });

  it('shows the firms once they are opened, and its stages with their dates', async () => {
    const opened = words(await page(`/draws/${identifier(7)}`));
    expect(opened).toContain(lantern.name);
    const drawn = words(await page(`/draws/${identifier(5)}`));
    expect(drawn).toContain('2026-10-05 09:30:00 北京时间');
    expect(drawn).toContain('2026-10-06 09:30:00 北京时间');
  });

  it('is found by its own number too', async () => {
    expect((await get(`/draws/${drawNumber}`)).headers.location).toBe(`/draws/${identifier(5)}`);
  });

  it('carries what the verifier needs, and reads without it', async () => {
    const body = await page(`/draws/${identifier(5)}`);
    expect(body).toContain(`data-bundle="/api/public/draws/${drawNumber}/bundle"`);
    expect(body).toContain(`data-log-key="${logOf(1).key.publicKey}"`);
    expect(words(body)).toContain('重算需要启用 JavaScript');
    expect(body.match(/data-live hidden/g)).toHaveLength(2);
  });

  it('lists only the present stage of each', async () => {
    const body = await page('/draws');
    expect(body).toContain(`/draws/${identifier(5)}`);
    expect(body).not.toContain(`/draws/${identifier(4)}`);
  });
});

describe('the log', () => {
  it('shows its signed head and lets it be kept', async () => {
    expect(words(await page('/log'))).toContain('1,000');
    const kept = await get('/log/head.txt');
    expect(kept.headers['content-type']).toContain('text/plain');
    expect(kept.body).toBe((await logOf(1000).head()).note);
  });

  it('says so while it is empty', async () => {
    const empty = fastify();
    const log = {
      ...logOf(1),
      head: async () => Promise.reject(Object.assign(new Error('log-empty'), { status: 404 })),
    };
    await empty.register(portalPlugin, options({ log }));
    expect(words((await empty.inject('/log')).body)).toContain('日志还没有内容');
    expect((await empty.inject('/log/head.txt')).statusCode).toBe(404);
  });
});

describe('a paper', () => {
  it('that a public entry carries leads there', async () => {
    const body = await page(`/verify/${publicPaper}`);
    expect(words(body)).toContain('有。这份文书对应下列公开内容');
    expect(body).toContain(`/records/${identifier(9)}`);
  });

  it('that is not public is neither confirmed nor denied', async () => {
    const one = words(await page(`/verify/${'0'.repeat(64)}`)).replaceAll(/0{16,}/g, '');
    const other = words(await page(`/verify/${'1'.repeat(64)}`)).replaceAll(/1{16,}/g, '');
    expect(one).toContain('既不确认也不否认');
    expect(one).toBe(other);
  });

  it('may be typed with spaces or as the address of its code', async () => {
    expect(
      (await get(`/verify?sha256=${encodeURIComponent(`https://portal.example.gov/verify/${publicPaper}`)}`)).headers
        .location,
    ).toBe(`/verify/${publicPaper}`);
    expect(words(await page('/verify?sha256=abc'))).toContain('校验码有 64 位，这里是 3 位');
  });
});

describe('what is not there', () => {
  it.each(['/nowhere', '/records/1', `/records/${identifier(999)}`, '/draws/x', `/draws/${identifier(999)}`])(
    '%s is a page that says so',
    async (url) => {
      const answer = await get(url);
      expect(answer.statusCode).toBe(404);
      expect(words(answer.body)).toContain('没有这一页');
    },
  );

  it('leaves unknown addresses of the interface to the server', async () => {
    expect((await get('/api/public/nothing')).headers['content-type']).toContain('application/json');
  });

  it('explains the codes of refusals', async () => {
    expect(words(await page('/problems/version-conflict'))).toContain('别人改动了这条记录');
    expect(words(await page('/problems/version-conflict?lang=en'))).toContain('Somebody changed this record');
    expect(words(await page('/problems/constructor'))).toContain('这个代码属于某一项业务');
  });

  it('a page that breaks says nothing of the inside', async () => {
    const broken = fastify();
    const reader = {
      ...readerOf(entries),
      list: async () => Promise.reject(new Error('password of the database is x')),
    };
    await broken.register(portalPlugin, options({ reader }));
    const answer = await broken.inject('/records');
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('password');
    expect(words(answer.body)).toContain('这一页没有取到');
  });
});
