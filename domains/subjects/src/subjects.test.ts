import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeCreditCode } from '@hengjian/identifiers';
import { type Actor, entity, execute, field, lifecycle, type Outcome, on, type RecordRow } from '@hengjian/kernel';
import { type TestKernel, testKernel } from '@hengjian/kernel/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { enterpriseAsOf, examineRegister, publicEnterprise, subjectsLifecycles, subjectsQueries } from './index.ts';

// A domain of the trial that keeps records about enterprises and publishes them, as sampling does.
const Visit = entity('trial.visit', '检查', {
  fields: {
    firm: field.identifier('企业'),
    firmName: field.text('企业名称', { public: true }),
    code: field.text('代码', { public: true }),
  },
  title: (row) => `检查${row.firmName}`,
  subject: (row) => ({ id: row.firm, name: row.firmName }),
  purpose: { zh: '试验', en: 'trial' },
});
const visit = lifecycle(Visit, {
  editions: [{ name: '1', basis: '试验', inForce: '2000-01-01' }],
  states: { done: '已检查', published: { zh: '已公开', en: 'Published', closed: true } },
  readers: ['organiser'],
  parties: {
    firm: {
      label: '企业',
      of: (row: RecordRow<typeof Visit>) => [`org:${row.firm}`],
      sees: ['firmName'],
      from: 'published',
    },
  },
  actions: {
    record: on({
      label: '登记',
      from: null,
      to: 'done',
      by: ['organiser'],
      basis: '第一条',
      input: z.strictObject({ firm: Visit.shape.firm, firmName: Visit.shape.firmName, code: Visit.shape.code }),
    }),
    publish: on({
      label: '公开',
      from: 'done',
      to: 'published',
      by: ['organiser'],
      basis: '第二条',
      input: z.strictObject({}),
      run: async (row: RecordRow<typeof Visit>, _input, act) => {
        const title = { zh: row.firmName, en: row.firmName };
        await act.publish({
          kind: 'visit',
          title,
          region: '430100',
          subjects: [row.code],
          body: { result: '合格' },
          words: [],
        });
        const withdrawn = await act.publish({
          kind: 'visit',
          title,
          region: '430100',
          subjects: [row.code],
          body: { result: '误发' },
          words: [],
        });
        await act.withdraw(withdrawn, '误发');
      },
    }),
  },
});

let kernel: TestKernel;
let steward: Actor;
let organiser: Actor;
let county: Actor;
let serial = 0;
const newCode = (): string => {
  serial += 1;
  return composeCreditCode('9', '1', '430102', `YD${String(serial).padStart(6, '0')}`);
};
const act = (
  actor: Actor,
  action: string,
  input: Record<string, unknown>,
  record?: string,
  of = 'subjects.enterprise',
): Promise<Outcome> =>
  execute(kernel, actor, { id: randomUUID(), entity: of, action, input, ...(record === undefined ? {} : { record }) });
const register = async (name: string, more: Record<string, unknown> = {}, actor = steward): Promise<string> =>
  (
    await act(actor, 'register', {
      name,
      kind: 'company',
      creditCode: newCode(),
      region: '430102',
      address: '长沙市芙蓉区五里牌1号',
      ...more,
    })
  ).record;
const ask = <T>(actor: Actor, name: string, input: Record<string, unknown>): Promise<T> => {
  const query = kernel.register.queries.get(`subjects.${name}`)!;
  return kernel.database.transaction('hengjian_app', actor.claim, (sql) =>
    query.answer(query.input.parse(input), { actor, sql, kernel, today: kernel.now().toISOString().slice(0, 10) }),
  ) as Promise<T>;
};
const asOf = (id: string, on: string, known?: string) =>
  kernel.database.transaction('hengjian_app', steward.claim, (sql) => enterpriseAsOf(sql, id, on, known));
interface Page {
  enterprise: { fields: Record<string, unknown>; can: { action: string; enabled: boolean }[] };
  asOf: { fields: Record<string, unknown> } | null;
  history: { from: string; until: string | null; fields: Record<string, unknown>; label: { zh: string } }[];
  records: { entity: string; rows: { title: string }[] }[];
  issues: { title: string }[];
  counts: Record<string, number>;
}

const posts = 'data-steward sampler enterprise-agent complaint-desk complaint-handler report-verifier'.split(' ');
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hengjian-'));
  writeFileSync(
    join(folder, '0001.sql'),
    `create schema trial; grant usage on schema trial to hengjian_app;
     create table trial.visit (id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null, firm uuid not null, firm_name text not null, code text not null);
     select kernel.protect('trial.visit', 'trial.visit');`,
  );
  kernel = await testKernel({
    lifecycles: [...subjectsLifecycles, visit],
    queries: [...subjectsQueries],
    roles: Object.fromEntries(posts.map((role) => [role, { zh: role, en: role }])),
    migrations: [
      { name: 'subjects', path: new URL('../migrations', import.meta.url).pathname },
      { name: 'trial', path: folder },
    ],
  });
  steward = await kernel.officer('孙库管', 'data-steward', '43');
  organiser = await kernel.officer('张组织', 'organiser', '43');
  county = await kernel.officer('周县办', 'result-handler', '430102');
});
afterAll(() => kernel.close());

describe('登记经营主体', () => {
  it('代码错一位、区划或行业不存在、资本没有单位、日期在将来，当场退回并指明是哪一项', async () => {
    const wrong = (input: Record<string, unknown>) => expect(register('长沙试错厂', input)).rejects;
    const code = newCode();
    await wrong({ creditCode: code.slice(0, 17) + (code[17] === '0' ? '1' : '0') }).toMatchObject({
      code: 'credit-code-check-character',
      errors: [{ path: 'input.creditCode' }],
    });
    await wrong({ region: '430199' }).toMatchObject({ code: 'region-unknown', errors: [{ path: 'input.region' }] });
    await wrong({ industry: '9999' }).toMatchObject({ code: 'industry-unknown', errors: [{ path: 'input.industry' }] });
    await wrong({ registeredCapital: '60' }).toMatchObject({
      code: 'capital-unreadable',
      errors: [{ path: 'input.registeredCapital' }],
    });
    await wrong({ registeredOn: '2027-01-01' }).toMatchObject({
      code: 'date-in-future',
      errors: [{ path: 'input.registeredOn' }],
    });
    await wrong({ effectiveOn: '2026-03-03' }).toMatchObject({ code: 'effective-in-future' });
  });

  it('一个代码只有一户，别的机关登记的也算，同时登记也只成一户', async () => {
    const creditCode = newCode();
    await register('长沙独码厂', { creditCode }, county);
    await expect(register('长沙冒码厂', { creditCode: creditCode.toLowerCase() })).rejects.toMatchObject({
      code: 'credit-code-held',
      zh: expect.stringContaining('芙蓉区市场监督管理局登记'),
    });
    const fujian = await kernel.officer('陈闽管', 'data-steward', '35');
    await expect(register('泉州冒码厂', { creditCode }, fujian)).rejects.toMatchObject({ code: 'credit-code-held' });
    const raced = newCode();
    const results = await Promise.allSettled(
      ['甲', '乙', '丙'].map((name) => register(`${name}抢码厂`, { creditCode: raced })),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('没有代码的也能登记：平台店铺、外省厂家；外省的看不见本省的', async () => {
    const shop = await register('某平台某某小店', {
      kind: 'platform-shop',
      creditCode: undefined,
      region: undefined,
      address: undefined,
    });
    const fujian = await kernel.officer('陈闽管', 'data-steward', '35');
    await expect(ask(fujian, 'archive', { enterprise: shop })).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('变更、更正和历史', () => {
  it('任何一天的资料都能读出来，也能读出当时知道的是什么', async () => {
    kernel.at('2026-03-02T02:00:00Z');
    const id = await register('长沙旧名电器厂', {
      effectiveOn: '2020-01-01',
      legalRepresentative: '王小明',
      contact: '13812345678',
    });
    kernel.at('2026-04-01T02:00:00Z');
    await act(steward, 'amend', { name: '长沙新名电器厂', effectiveOn: '2026-03-20', reason: '名称变更登记' }, id);
    kernel.at('2026-05-01T02:00:00Z');
    await expect(
      act(county, 'amend', { address: '别处', effectiveOn: '2026-02-01', reason: '核查' }, id),
    ).rejects.toMatchObject({
      code: 'not-found',
    });
    await act(
      steward,
      'amend',
      { address: '长沙市芙蓉区八一路2号', effectiveOn: '2026-02-01', reason: '现场核查发现已搬迁' },
      id,
    );
    kernel.at('2026-06-01T02:00:00Z');
    await act(steward, 'correct', { contact: '13987654321', reason: '登记时抄错' }, id);
    expect(await asOf(id, '2019-12-31')).toBeUndefined();
    expect((await asOf(id, '2025-05-05'))!.fields).toMatchObject({
      name: '长沙旧名电器厂',
      address: '长沙市芙蓉区五里牌1号',
      contact: '13987654321',
    });
    expect((await asOf(id, '2026-03-01'))!.fields).toMatchObject({
      name: '长沙旧名电器厂',
      address: '长沙市芙蓉区八一路2号',
    });
    expect((await asOf(id, '2026-03-20'))!.fields).toMatchObject({
      name: '长沙新名电器厂',
      aliases: ['长沙旧名电器厂'],
    });
    expect((await asOf(id, '2026-03-25', '2026-03-31'))!.fields).toMatchObject({
      name: '长沙旧名电器厂',
      contact: '13812345678',
    });
    expect((await asOf(id, '2026-03-25', '2026-04-30'))!.fields).toMatchObject({
      name: '长沙新名电器厂',
      address: '长沙市芙蓉区五里牌1号',
    });
    const page = await ask<Page>(steward, 'archive', { enterprise: id, asOf: '2025-05-05' });
    expect(page.history.map(({ from, until }) => [from, until])).toEqual([
      ['2020-01-01', '2026-02-01'],
      ['2026-02-01', '2026-03-20'],
      ['2026-03-20', null],
    ]);
    expect(page.asOf!.fields).toMatchObject({ name: '长沙旧名电器厂', legalRepresentative: { masked: '王**' } });
    expect(page.enterprise.fields).toMatchObject({ name: '长沙新名电器厂', effectiveOn: '2026-03-20' });
    expect(JSON.stringify(page)).not.toContain('13987654321');
    kernel.at('2026-03-02T02:00:00Z');
  });

  it('变更要有不同的内容，退出后可以恢复，作废的不能再办', async () => {
    const id = await register('长沙停业厂');
    await expect(
      act(steward, 'amend', { status: 'operating', effectiveOn: '2026-03-02', reason: '核查' }, id),
    ).rejects.toMatchObject({ code: 'nothing-changed' });
    expect(
      await act(steward, 'close', { status: 'cancelled', effectiveOn: '2026-03-01', reason: '注销登记' }, id),
    ).toMatchObject({ state: 'closed' });
    expect(
      await act(steward, 'reopen', { status: 'operating', effectiveOn: '2026-03-02', reason: '注销被撤销' }, id),
    ).toMatchObject({ state: 'registered' });
    expect(await act(steward, 'void', { reason: '误登' }, id)).toMatchObject({ state: 'voided' });
    await expect(
      act(steward, 'amend', { address: '别处', effectiveOn: '2026-03-02', reason: '核查' }, id),
    ).rejects.toMatchObject({ code: 'not-allowed-now' });
  });

  it('重复登记的并入一户，业务记录一并可查；有业务记录的不能作废', async () => {
    const code = newCode();
    const kept = await register('长沙保留厂', { creditCode: code });
    const duplicate = await register('长沙保留厂（旧）', { creditCode: undefined, kind: 'other' });
    await act(organiser, 'record', { firm: duplicate, firmName: '长沙保留厂（旧）', code }, undefined, 'trial.visit');
    await expect(act(steward, 'void', { reason: '误登' }, duplicate)).rejects.toMatchObject({ code: 'has-records' });
    await expect(act(steward, 'merge', { survivor: duplicate, reason: '重复' }, duplicate)).rejects.toMatchObject({
      code: 'same-enterprise',
    });
    await act(steward, 'merge', { survivor: kept, reason: '重复登记' }, duplicate);
    const page = await ask<Page>(organiser, 'archive', { enterprise: kept });
    expect(page.enterprise.fields).toMatchObject({ aliases: ['长沙保留厂（旧）'] });
    expect(page.counts).toMatchObject({ 'trial.visit': 1 });
    await expect(act(steward, 'merge', { survivor: duplicate, reason: '重复' }, kept)).rejects.toMatchObject({
      code: 'survivor-gone',
    });
  });
});

describe('一企一档', () => {
  it('按类列出读者看得见的记录；企业自己只看得到向它公开的', async () => {
    const code = newCode();
    const id = await register('长沙档案厂', { creditCode: code, legalRepresentative: '赵一' });
    const visits = await Promise.all(
      [1, 2].map(() => act(organiser, 'record', { firm: id, firmName: '长沙档案厂', code }, undefined, 'trial.visit')),
    );
    const agent = await kernel.agent('长沙档案厂经办', 'enterprise-agent', id);
    expect((await ask<Page>(organiser, 'archive', { enterprise: id })).counts).toEqual({ 'trial.visit': 2 });
    expect((await ask<Page>(steward, 'archive', { enterprise: id })).counts).toEqual({});
    expect((await ask<Page>(agent, 'archive', { enterprise: id })).counts).toEqual({});
    await act(organiser, 'publish', {}, visits[0]!.record, 'trial.visit');
    const own = await ask<Page>(agent, 'archive', { enterprise: id });
    expect(own.records.map(({ entity: kind, rows }) => [kind, rows.length])).toEqual([['trial.visit', 1]]);
    expect(Object.keys(own.enterprise.fields)).not.toContain('sourceMarks');
    const seen = await kernel.database.transaction('hengjian_public', null, (sql) =>
      publicEnterprise(sql, code.toLowerCase()),
    );
    expect(seen.counts).toEqual({ visit: 1 });
    expect(seen.entries.map(({ body, withdrawn }) => [body, withdrawn?.reason ?? null])).toEqual(
      expect.arrayContaining([
        [{ result: '合格' }, null],
        [null, '误发'],
      ]),
    );
    await expect(
      kernel.database.transaction('hengjian_public', null, (sql) => publicEnterprise(sql, '9143')),
    ).rejects.toMatchObject({ code: 'credit-code' });
  });

  it('公众角色读不到主体库，没有身份的请求读不到任何一户', async () => {
    for (const table of ['enterprise', 'enterprise_version', 'quality_issue', 'import']) {
      await expect(
        kernel.database.transaction('hengjian_public', null, (sql) => sql.query(`select * from subjects.${table}`)),
      ).rejects.toThrow();
      expect(
        await kernel.database.transaction('hengjian_app', null, (sql) =>
          sql.query(`select count(*) as n from subjects.${table}`),
        ),
      ).toEqual([{ n: 0 }]);
    }
    expect(
      await kernel.database.transaction('hengjian_app', null, (sql) =>
        sql.query('select * from subjects.code_holders($1)', [['x']]),
      ),
    ).toEqual([]);
  });

  it('按名称、曾用名、代码、地址、拼音首字母都找得到，看不见的找不到', async () => {
    const code = newCode();
    const id = await register('长沙市衡岳星火电线厂', {
      creditCode: code,
      address: '长沙市芙蓉区湖橡社区77号',
      aliases: ['星火老厂'],
    });
    const found = async (q: string, actor = steward): Promise<string[]> =>
      (await ask<{ rows: { id: string }[] }>(actor, 'search-enterprises', { q })).rows.map((row) => row.id);
    for (const q of [
      '星火电线',
      '星火老厂',
      code,
      code.slice(0, 12).toLowerCase(),
      '湖橡社区',
      'cssh',
      'hyxh',
      '长沙市衡岳',
    ])
      expect([q, await found(q)]).toEqual([q, expect.arrayContaining([id])]);
    expect(await found('星火电线', await kernel.officer('陈闽管', 'data-steward', '35'))).toEqual([]);
  });
});

describe('资料质量', () => {
  it('报告的、规则发现的都列为待核实；资料没改好不能说已更正，可以说明理由排除', async () => {
    const id = await register('长沙缺码有限公司', { creditCode: undefined });
    await examineRegister(kernel, steward);
    expect(await examineRegister(kernel, steward)).toBe(0);
    const issue = await act(
      organiser,
      'report',
      { enterprise: id, property: 'address', problem: '门牌号已变' },
      undefined,
      'subjects.quality-issue',
    );
    const page = await ask<Page>(steward, 'archive', { enterprise: id });
    expect(page.issues.map(({ title }) => title).sort()).toEqual([
      '长沙缺码有限公司：工作人员报告',
      '长沙缺码有限公司：缺少信用代码',
    ]);
    const [missing] = await kernel.database.transaction('hengjian_app', steward.claim, (sql) =>
      sql.query<{ id: string }>(
        `select id from subjects.quality_issue where enterprise = $1 and rule = 'credit-code-missing'`,
        [id],
      ),
    );
    const resolve = (): Promise<Outcome> =>
      act(steward, 'resolve', { evidence: '登记机关网站截图' }, missing!.id, 'subjects.quality-issue');
    await expect(resolve()).rejects.toMatchObject({ code: 'still-there' });
    await act(steward, 'correct', { creditCode: newCode(), reason: '向登记机关核实' }, id);
    expect(await resolve()).toMatchObject({ state: 'resolved' });
    expect(
      await act(steward, 'dismiss', { evidence: '门牌号未变' }, issue.record, 'subjects.quality-issue'),
    ).toMatchObject({ state: 'dismissed' });
    const summary = await ask<{
      total: number;
      issues: { rule: string; found: number; resolved: number }[];
      completeness: { name: string; held: number }[];
    }>(steward, 'quality-summary', {});
    expect(summary.issues.find(({ rule }) => rule === 'credit-code-missing')).toMatchObject({ found: 0, resolved: 1 });
    expect(summary.completeness.find(({ name }) => name === 'creditCode')!.held).toBeLessThan(summary.total);
  });
});
