import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  announceDraw,
  commitFields,
  openDraw,
  randomSalts,
  redact,
  resolveDraw,
  secretCommitment,
  toHex,
} from '@hengjian/transparency';
import { logKeyOf, signTreeHead } from '@hengjian/transparency/verification';
import { afterAll, describe, expect, it } from 'vitest';
import { createProgress } from './progress.ts';
import { createTerminal, formatTable, languageOf } from './terminal.ts';
import { runTold } from './trial-installation.ts';

const work = mkdtempSync(join(tmpdir(), 'hengjian-reckoning-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

describe('plan', () => {
  it('reads the plan of a lot from GB/T 2828.1 and draws its characteristic', async () => {
    const plan = await runTold(['plan', '--lot', '1200', '--aql', '1.0']);
    expect(plan).toMatchObject({ code: 0, out: expect.stringContaining('n = 80, Ac = 2, Re = 3') });
    const small = await runTold(['plan', '--lot', '20', '--aql', '1.0', '--json']);
    expect(JSON.parse(small.out)).toMatchObject({ n: 13, ac: 0, model: 'hypergeometric' });
  });
  it('finds the plan between two risks', async () => {
    const plan = await runTold(['plan', '--good', '0.01', '--bad', '0.06', '--lang', 'en']);
    expect(plan.out).toContain('n = 110, Ac = 3');
  });
  it('says what is missing or cannot be', async () => {
    expect(await runTold(['plan', '--lot', '10'])).toMatchObject({ code: 2 });
    expect(await runTold(['plan', '--lot', '1200', '--aql', '1.1'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('--aql'),
    });
    expect(await runTold(['plan', '--n', '5', '--c', 'x', '--lang', 'en'])).toMatchObject({
      code: 2,
      err: '--c: This must be a whole number such as 80.\n',
    });
  });
});

describe('judge', () => {
  it('shows the reasoning', async () => {
    expect(await runTold(['judge', '≤0.5 mg/kg', '0.55'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('不符合'),
    });
    expect(
      await runTold([
        'judge',
        '≤0.5 mg/kg',
        '0.46',
        '--uncertainty',
        '0.1',
        '--rule',
        'guarded-acceptance',
        '--guard',
        '1',
        '--lang',
        'en',
      ]),
    ).toMatchObject({
      code: 0,
      out: expect.stringContaining('guard band'),
    });
  });
  it('refuses what nobody can read', async () => {
    expect(await runTold(['judge', '也许 5', '0.55'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('limit-'),
    });
    expect(await runTold(['judge', '≤5 mg', '1', '--rule', 'guarded-acceptance'])).toMatchObject({ code: 2 });
  });
});

describe('clock', () => {
  it('counts around National Day, line by line', async () => {
    const clock = await runTold(['clock', '2026-09-28', '15', 'working-day']);
    expect(clock.out).toContain('法定节假日（国庆节），不计入');
    expect(clock.out.trimEnd().endsWith('2026-10-23 周五期满')).toBe(true);
  });
  it('knows suspensions and extensions, and says what is provisional', async () => {
    const clock = await runTold([
      'clock',
      '2026-03-02',
      '20',
      'working-day',
      '--suspend',
      '2026-03-09..2026-03-13',
      '--extend',
      '10:working-day',
      '--json',
    ]);
    expect(JSON.parse(clock.out).deadline.dueOn).toBe('2026-04-21');
    expect(await runTold(['clock', '2031-03-03', '5', 'working-day', '--lang', 'en'])).toMatchObject({
      err: expect.stringContaining('provisional'),
    });
  });
  it('refuses days that do not exist', async () => {
    expect(await runTold(['clock', '2026-02-30', '5', 'day'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('[impossible-date]'),
    });
    expect(await runTold(['clock', '2026-03-02', '5', 'fortnight'])).toMatchObject({ code: 2 });
    expect(await runTold(['clock', '2026-03-02', '5', 'day', '--extend', '3:weeks'])).toMatchObject({ code: 2 });
  });
});

describe('check', () => {
  it('tells what an identifier says, or every place where it is wrong', async () => {
    expect(await runTold(['check', 'gtin', '6901234567892'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('"prefix": "690"'),
    });
    const wrong = await runTold(['check', 'credit-code', '91430100MA4L16JQ9B', '--lang', 'en']);
    expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining('character 18') });
    expect(await runTold(['check', 'nothing', '1'])).toMatchObject({ code: 2 });
  });

  it('repeats neither an identity number nor what it says', async () => {
    for (const more of [[], ['--json']])
      for (const number of ['11010519491231002X', '110105194912310021']) {
        const { out, err } = await runTold(['check', 'resident-identity', number, ...more]);
        expect(out + err).not.toMatch(/105194|19491231|1949-12-31|female/);
      }
    expect(await runTold(['check', 'resident-identity', '11010519491231002X', '--lang', 'en'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('1101************2X'),
    });
  });
});

describe('verify-draw', () => {
  const parties = ['监察室', '企业代表'].map((name, index) => ({ name, secret: new Uint8Array(32).fill(index + 1) }));
  const { bundle, sealed } = announceDraw({
    id: 'HN-2026-001',
    committedAt: '2026-03-02T01:00:00Z',
    enterprises: Array.from({ length: 30 }, (_, index) => ({
      record: { name: `企业${index}` },
      stratum: 0,
      weight: 1,
    })),
    strata: [{ code: 0, sample: 4, reserve: 2 }],
    parties: parties.map(({ name, secret }) => ({ name, commitment: toHex(secretCommitment(name, secret)) })),
  });
  const opened = openDraw(resolveDraw(bundle, { secrets: parties.map(({ secret }) => toHex(secret)) }), sealed);

  it('answers yes to a draw that was made as it was announced, and no to one with another sample', async () => {
    const file = join(work, 'draw.json');
    writeFileSync(file, JSON.stringify(opened));
    const good = await runTold(['verify-draw', file]);
    expect(good).toMatchObject({ code: 0, err: '核验通过。\n' });
    expect(good.out).toMatch(/✓ 抽取结果/);
    expect(good.out).not.toContain('✗');
    writeFileSync(file, JSON.stringify({ ...opened, commitment: { ...opened.commitment, id: 'HN-2026-002' } }));
    expect(await runTold(['verify-draw', file, '--lang', 'en'])).toMatchObject({
      code: 1,
      out: expect.stringContaining('✗ Commitment'),
    });
    expect(JSON.parse((await runTold(['verify-draw', file, '--json'])).out)).toMatchObject({ ok: false });
  });

  it('says a plain no when the proof from the public log was tampered with, and names the step', async () => {
    const fields = { act: 'x', commitment: opened.commitmentDigest };
    const { record, leaf } = commitFields(fields, randomSalts(fields));
    const secret = new Uint8Array(32).fill(3);
    const { name, publicKey } = logKeyOf('log.example', secret);
    const head = {
      origin: name,
      size: 1,
      root: toHex(leaf),
      epoch: 0,
      time: '2026-03-02T01:00:01Z',
      hash: 'sha256',
    } as const;
    const publication = {
      treeHead: signTreeHead(head, name, secret),
      leafIndex: 0,
      proof: [] as string[],
      record: redact(record, ['act']),
    };
    const file = join(work, 'proved.json');
    const key = ['--log-key', `${name}=${publicKey}`];
    writeFileSync(file, JSON.stringify({ ...opened, publication }));
    expect(await runTold(['verify-draw', file, ...key])).toMatchObject({
      code: 0,
      out: expect.stringContaining('✓ 公开日志'),
    });
    writeFileSync(file, JSON.stringify({ ...opened, publication: { ...publication, proof: ['ab'.repeat(32)] } }));
    expect(await runTold(['verify-draw', file, ...key])).toMatchObject({
      code: 1,
      out: expect.stringContaining('✗ 公开日志: 日志中没有该承诺。'),
      err: expect.stringContaining('核验未通过'),
    });
  });

  it('answers step by step and exits with 1 when one fails', async () => {
    const file = join(work, 'bundle.json');
    writeFileSync(file, '{"format": "another"}');
    expect(await runTold(['verify-draw', file])).toMatchObject({ code: 1, out: expect.stringMatching(/^✗ 文件格式/) });
    writeFileSync(file, 'not JSON');
    expect(await runTold(['verify-draw', file])).toMatchObject({ code: 1, err: expect.stringContaining('[not-json]') });
    expect(await runTold(['verify-draw', join(work, 'nowhere.json')])).toMatchObject({
      code: 1,
      err: expect.stringContaining('找不到文件'),
    });
    expect(await runTold(['verify-draw', file, '--log-key', 'x'])).toMatchObject({ code: 2 });
    expect(readFileSync(file, 'utf8')).toBe('not JSON');
  });
});

describe('the command line itself', () => {
  it('exits with 2 and a sentence when it is used wrongly, and helps in both languages', async () => {
    expect(await runTold(['nonsense'])).toMatchObject({ code: 2, err: '没有命令 nonsense。用 --help 查看用法。\n' });
    expect(await runTold(['plan', '--colour', 'red', '--lang', 'en'])).toMatchObject({
      code: 2,
      err: 'There is no option --colour. Use --help to see how it is used.\n',
    });
    expect(await runTold(['--help'])).toMatchObject({ code: 0, out: expect.stringContaining('用法：') });
    expect(await runTold(['clock', '--help', '--lang', 'en'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('Usage: hengjian clock'),
    });
  });
  it('names a wrong configuration', async () => {
    expect(await runTold(['doctor'], { env: { PORT: 'many' } })).toMatchObject({
      code: 2,
      err: expect.stringContaining('PORT'),
    });
    expect(await runTold(['doctor'], { env: { HENGJIAN_DATA: join(work, 'nowhere') } })).toMatchObject({
      code: 1,
      err: expect.stringContaining('[no-installation]'),
    });
  });
  it.each([
    [[], { LANG: 'en_GB.UTF-8' }, 'en'],
    [[], { LANG: 'zh_CN.UTF-8' }, 'zh'],
    [[], { LANG: 'en_GB.UTF-8', LC_ALL: 'zh_CN.UTF-8' }, 'zh'],
    [[], {}, 'zh'],
    [[], { LANG: 'C.UTF-8' }, 'zh'],
    [['list', '--lang', 'en'], { LANG: 'zh_CN.UTF-8' }, 'en'],
    [['--lang=en'], {}, 'en'],
    [['--lang', 'fr'], {}, 'zh'],
  ])('speaks the language of %j in %j', (args, env, language) => {
    expect(languageOf(args as string[], env as Record<string, string>)).toBe(language);
  });
  it('keeps columns under one another whatever the script', () => {
    expect(
      formatTable(
        ['名', 'B'],
        [
          ['衡鉴', '1'],
          ['ab', '2'],
        ],
      ),
    ).toBe('名    B\n衡鉴  1\nab    2\n');
  });
  it('draws a bar for a person and lines for a file', () => {
    const told = (watched: boolean): string => {
      let text = '';
      let time = 0;
      const terminal = createTerminal([], {
        out: () => undefined,
        err: (part) => {
          text += part;
        },
        watched,
        env: {},
      });
      const progress = createProgress(terminal, () => (time += 3_000));
      for (const done of [0, 6, 12, 24]) progress.show('行', done, 24);
      progress.end();
      return text;
    };
    expect(told(true).endsWith(`[${'█'.repeat(24)}] 24/24\n`)).toBe(true);
    expect(told(false).split('\n')).toHaveLength(3);
    expect(told(false)).not.toContain('\r');
  });
});
