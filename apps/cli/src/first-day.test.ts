import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { actorOf, execute, grantsOf } from '@hengjian/kernel';
import { migratedCluster } from '@hengjian/kernel/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfiguration } from '../../server/src/config.ts';
import { applyDuties, dutyHeadings } from '../../server/src/organisation/duties.ts';
import { enterPerson, spendInvitation } from '../../server/src/organisation/invitations.ts';
import { readTable } from '../../server/src/organisation/table.ts';
import { findPeople, peopleInput } from '../../server/src/people/find-people.ts';
import { migrationFolders, openPlatform, type Platform } from '../../server/src/platform.ts';
import type { Installation } from './installation.ts';
import { runTold, type Said } from './trial-installation.ts';

const work = mkdtempSync(join(tmpdir(), 'hengjian-first-day-'));
let platform: Platform;
let stop: () => Promise<void>;
let installation: Installation;

const file = (name: string, ...lines: string[]): string => {
  writeFileSync(join(work, name), `\uFEFF${lines.join('\r\n')}\r\n`);
  return join(work, name);
};
const tell = (...args: string[]): Promise<Said> =>
  runTold(args, { installation, env: { HENGJIAN_NEW_PASSWORD: '第一天的长口令-2026' } });
const rows = <T = Record<string, unknown>>(text: string, params: unknown[] = []): Promise<T[]> =>
  platform.database.asOwner((tx) => tx.query<T>(text, params));

const header = '机关代码,上级机关代码,类别,机关名称,英文名称,公文简称,行政区划代码,撤销日期';
const province = '430000,,局,湖南省市场监督管理局,Hunan AMR,湘市监,430000,';
const city = '430100,430000,局,长沙市市场监督管理局,Changsha AMR,长沙市监,430100,';
const county = '430102,430100,局,芙蓉区市场监督管理局,Furong AMR,芙蓉市监,430102,';
const rosterHeader = '姓名,邮箱,岗位,机关代码,起始日,截止日,执法证号,执法证有效期';

/** A database of its own where HENGJIAN_TEST_DATABASE names a cluster. */
async function ownDatabase(): Promise<string | undefined> {
  const cluster = process.env.HENGJIAN_TEST_DATABASE;
  if (cluster === undefined) return undefined;
  const { default: pg } = await import('pg');
  const name = `first_day_${randomUUID().replaceAll('-', '')}`;
  const client = new pg.Client({ connectionString: cluster });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  return Object.assign(new URL(cluster), { pathname: `/${name}` }).toString();
}

beforeAll(async () => {
  platform = await openPlatform({
    folder: join(work, 'data'),
    databaseUrl: await ownDatabase(),
    template: await migratedCluster(migrationFolders),
  });
  // The commands stop what they open; here the next one needs it again.
  stop = platform.stop;
  platform.stop = async () => undefined;
  installation = {
    configuration: () =>
      readConfiguration({ HENGJIAN_DATA: join(work, 'data'), HENGJIAN_DEMONSTRATION: '0', HENGJIAN_LOG: 'silent' }),
    open: async () => platform,
    openDatabase: async () => {
      throw new Error('These commands work on the whole platform.');
    },
  };
});
afterAll(async () => {
  await stop();
  rmSync(work, { recursive: true, force: true });
});

describe('the first day of an installation', () => {
  it('refuses a faulty list line by line and writes nothing of it', async () => {
    const list = file(
      'faulty.csv',
      header,
      province,
      '430100,430099,局,长沙市局,Changsha,长沙市监,430100,',
      '430102,430100,署,芙蓉区局,Furong,芙蓉市监,43,',
      '430000,,局,又一个,Again,湘市监,430000,',
    );
    const { code, err } = await tell('init', '--offices', list);
    expect(code).toBe(1);
    for (const said of [
      '第 3 行 parent',
      'parent-unknown',
      '第 4 行 kind',
      'region-malformed',
      '第 5 行 code',
      'code-twice',
    ])
      expect(err).toContain(said);
    expect(await rows('select code from kernel.office')).toEqual([]);
    expect((await tell('init', '--offices', file('wrong.csv', '甲,乙', '1,2'))).err).toContain('columns-missing');
    expect((await tell('init')).code).toBe(2);
    expect((await tell('init', '--administrator', '周立')).code).toBe(2);
  });

  it('makes the offices and the first administrator, who can sign in; repeated, it changes nothing', async () => {
    const list = file('offices.csv', header, county, province, city);
    const args = ['init', '--offices', list, '--administrator', '周立', '--email', 'zhou@hn.example'];
    const first = await tell(...args);
    expect(first).toMatchObject({ code: 0, out: expect.stringContaining('机关：新增 3') });
    expect(first.out).toContain('登录账号已建立');
    expect(first.out + first.err).not.toContain('第一天的长口令');
    const again = await tell(...args);
    expect(again).toMatchObject({ code: 0, out: expect.stringContaining('新增 0，变更 0，撤销 0，未变 3') });
    expect(again.out).toContain('密码没有改动');
    expect(await rows(`select role, office, state from kernel.grant`)).toEqual([
      { role: 'system-administrator', office: '430000', state: 'held' },
    ]);
    expect(await rows(`select action, role from kernel.event`)).toEqual([{ action: 'appoint', role: 'system' }]);
    expect(await tell('init', '--administrator', '吴另', '--email', 'wu@hn.example')).toMatchObject({
      code: 1,
      err: expect.stringContaining('administrator-exists'),
    });
  });

  it('appoints by a roster, reports the lines that cannot be taken, and takes it again without doing anything twice', async () => {
    const roster = file(
      'roster.csv',
      rosterHeader,
      '钱计划,qian@hn.example,计划管理,430000,2026-01-01,,,',
      '孙处长,sun@hn.example,section-chief,430000,2026-01-01,2027-12-31,湘执12345,2028-06-30',
      '李结果,,结果处理,430102,2026-01-01,,,',
      '安全员,an@hn.example,安全管理员,430000,,,,',
      '审计员,shen@hn.example,审计管理员,430000,,,,',
      '错岗位,cuo@hn.example,宇航员,430000,,,,',
      '错机关,cuo2@hn.example,计划管理,999999,,,,',
      '错日期,cuo3@hn.example,计划管理,430000,2026/1/1,,,',
      '倒日期,cuo4@hn.example,计划管理,430000,2026-05-01,2026-04-01,,',
      '周立,zhou@hn.example,审计管理员,430000,,,,',
      '冒名,qian@hn.example,计划管理,430000,,,,',
    );
    const first = await tell('roster', roster, '--as', 'zhou@hn.example');
    expect(first).toMatchObject({
      code: 1,
      out: expect.stringContaining('任职 5 项，更新 0 项，未变 0 项，未办 6 行'),
    });
    for (const code of [
      'unknown-role',
      'unknown-office',
      'date-malformed',
      'ends-before-start',
      'administrators-apart',
      'email-of-another',
    ])
      expect(first.err, code).toContain(`[${code}]`);
    const again = await tell('roster', roster, '--as', 'zhou@hn.example');
    expect(again.out).toContain('新登记 0 人；任职 0 项，更新 0 项，未变 5 项');
    const [chief] = await rows(
      `select valid_until, certificate, certificate_until from kernel.grant where person_name = '孙处长'`,
    );
    expect(chief).toEqual({ valid_until: '2027-12-31', certificate: '湘执12345', certificate_until: '2028-06-30' });
    const longer = file(
      'longer.csv',
      rosterHeader,
      '孙处长,sun@hn.example,section-chief,430000,2026-01-01,2029-12-31,湘执12345,2028-06-30',
    );
    expect((await tell('roster', longer, '--as', 'zhou@hn.example')).out).toContain('更新 1 项');
    expect(
      await rows(`select state, valid_until from kernel.grant where person_name = '孙处长' order by valid_until`),
    ).toEqual([
      { state: 'ended', valid_until: '2027-12-31' },
      { state: 'held', valid_until: '2029-12-31' },
    ]);
  });

  it('keeps the three administrators three people, and their posts away from all business', async () => {
    const both = file('both.csv', rosterHeader, '安全员,an@hn.example,审计管理员,430000,,,,');
    expect(await tell('roster', both, '--as', 'zhou@hn.example')).toMatchObject({
      code: 1,
      err: expect.stringContaining('administrators-apart'),
    });
    expect(await tell('roster', both, '--as', 'an@hn.example'), 'another administrator appoints nobody').toMatchObject({
      code: 1,
    });
    const people = await rows<{ person: string; role: string }>(
      `select person, role from kernel.grant where role like '%-administrator' and state = 'held' order by role`,
    );
    expect(people.map(({ role }) => role)).toEqual([
      'audit-administrator',
      'security-administrator',
      'system-administrator',
    ]);
    for (const { person } of people) {
      const [grant] = await grantsOf(platform.database, person, '2099-01-01');
      const { claim } = actorOf(platform, grant!);
      expect(claim.entities).toEqual(['kernel.grant']);
      expect(claim.parties.filter((token) => token.startsWith('office:'))).toEqual([]);
    }
  });

  it('lets offices be added, renamed and closed with history, and claims follow at once', async () => {
    const [grant] = await rows<{ person: string }>(`select person from kernel.grant where person_name = '钱计划'`);
    const officesOf = async (): Promise<string[]> => {
      const [held] = await grantsOf(platform.database, grant!.person, '2099-01-01');
      return actorOf(platform, held!).claim.offices.sort();
    };
    expect(await officesOf()).toEqual(['430000', '430100', '430102']);
    const more = file(
      'more.csv',
      header,
      '430103,430100,局,天心区市场监督管理局,Tianxin AMR,天心市监,430103,',
      city.replace('长沙市市场监督管理局', '长沙市市场监管局'),
    );
    const { code, out } = await tell('offices', more, '--reason', '湘编办〔2026〕3号');
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('新增 1，变更 1') });
    await platform.refreshOffices();
    expect(await officesOf()).toEqual(['430000', '430100', '430102', '430103']);
    expect(
      await rows(
        `select before->>'zh' as before, after->>'zh' as after, reason from kernel.office_change where code = '430100' order by id desc limit 1`,
      ),
    ).toEqual([{ before: '长沙市市场监督管理局', after: '长沙市市场监管局', reason: '湘编办〔2026〕3号' }]);

    const closing = (line: string): Promise<Said> =>
      tell('offices', file('close.csv', header, line), '--reason', '撤销');
    expect((await closing(`${city}2026-06-30`)).err).toContain('offices-below');
    expect((await closing(`${county}2026-06-30`)).err).toContain('office-in-use');
    const tianxin = '430103,430100,局,天心区市场监督管理局,Tianxin AMR,天心市监,430103,2026-06-30';
    expect((await closing(tianxin)).out).toContain('撤销 1');
    await platform.refreshOffices();
    expect(platform.offices.get('430103')?.closedOn).toBe('2026-06-30');
    const late = file('late.csv', rosterHeader, '晚来者,wan@hn.example,结果处理,430103,,,,');
    expect((await tell('roster', late, '--as', 'zhou@hn.example')).err).toContain('office-closed');
  });

  it('reads the tree again by itself while it runs', async () => {
    platform.start();
    await rows(`insert into kernel.office (code, parent, kind, zh, en, short, region, home, place)
      values ('430104', '430100', 'bureau', '岳麓', 'Yuelu', '岳麓市监', '430104', 430, array['430000', '430100', '430104'])`);
    await rows(`insert into kernel.office_change (code, at, reason, after) values ('430104', now(), '试', '{}')`);
    await expect.poll(() => platform.offices.has('430104'), { timeout: 30_000, interval: 100 }).toBe(true);
    const [person] = await rows<{ id: string }>(`select person as id from kernel.grant where person_name = '钱计划'`);
    const [held] = await grantsOf(platform.database, person!.id, '2099-01-01');
    await expect(
      execute(platform, actorOf(platform, held!), {
        id: randomUUID(),
        entity: 'sampling.plan',
        action: 'draft',
        office: '430104',
        input: {},
      }),
    ).rejects.toMatchObject({ code: 'invalid-input' });
  });

  it('gives people without an account a one-time link, which counts once; duties come from a table with row errors', async () => {
    const roster = file(
      'links.csv',
      rosterHeader,
      '钱计划,qian@hn.example,计划管理,430000,2026-01-01,,,',
      '李结果,li@hn.example,结果处理,430102,2026-01-01,,,',
      '郭科长,,section-chief,430000,2026-01-01,,,',
    );
    const links = join(work, 'links-out.csv');
    expect(await tell('roster', roster, '--as', 'zhou@hn.example', '--links', links)).toMatchObject({ code: 0 });
    const token = /钱计划.*first=(\S+)/.exec(readFileSync(links, 'utf8'))![1]!;
    expect(statSync(links).mode & 0o077).toBe(0);
    const { email } = await spendInvitation(platform, token);
    expect(email).toBe('qian@hn.example');
    await expect(spendInvitation(platform, token)).rejects.toMatchObject({ code: 'link-spent' });
    const entered = await enterPerson(platform, { name: '新来', email: 'Xin@hn.example' }, 'http://x');
    await expect(enterPerson(platform, { name: '又来', email: 'xin@hn.example' }, 'http://x')).rejects.toMatchObject({
      code: 'email-taken',
    });
    const actor = async (name: string) => {
      const [person] = await rows<{ id: string }>('select id from kernel.person where name = $1', [name]);
      const [held] = await grantsOf(platform.database, person!.id, '2099-01-01');
      return actorOf(platform, held!);
    };
    const zhou = await actor('周立');
    const named = await findPeople(platform, zhou, peopleInput.parse({ q: '新来' }));
    expect(named).toMatchObject([{ person: entered.person, role: '' }]);
    const duties = file(
      'duties.csv',
      '日期,姓名,班次,职责',
      '2026-12-01,钱计划,夜班,值班',
      '2026/12/2,没有人,白班,值班',
      '12月,钱计划,,',
      '2026-12-03,钱计划,早班,',
    );
    const lines = await readTable(duties, dutyHeadings);
    const report = await applyDuties(platform, await actor('郭科长'), lines);
    expect(report).toMatchObject({ good: 1, bad: 3 });
    expect(report.rows.map(({ row, column, code }) => [row, column, code])).toEqual([
      [3, '姓名', 'unknown-person'],
      [4, '日期', 'invalid_format'],
      [5, '班次', 'invalid_value'],
    ]);
    expect(await applyDuties(platform, await actor('郭科长'), lines)).toMatchObject({ good: 1, bad: 3 });
    expect(await rows('select day from people.duty')).toEqual([{ day: '2026-12-01' }]);
  });
});
