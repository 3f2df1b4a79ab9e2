import { composeCreditCode } from '@hengjian/identifiers';
import { subjectsLifecycles } from '@hengjian/subjects';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Campaign, openCampaign } from '../campaign-fixture.ts';
import { importOpenTasks } from '../index.ts';

let it2: Campaign;
const [firm, body, lab] = ['A', 'B', 'C'].map((letter) => ({
  id: crypto.randomUUID(),
  code: composeCreditCode('9', '1', '430102', `YD00000${letter}`),
}));

beforeAll(async () => {
  it2 = await openCampaign([], {
    lifecycles: subjectsLifecycles,
    queries: [],
    migrations: [{ name: 'subjects', path: new URL('../../../subjects/migrations', import.meta.url).pathname }],
  });
  await it2.kernel.database.asOwner(async (tx) => {
    for (const [entity, name] of [
      [firm, '长沙某厂'],
      [body, '某抽样中心'],
      [lab, '省质检院'],
    ] as const)
      await tx.query(
        `insert into subjects.enterprise (id, home, office, parties, state, name, credit_code, kind, region, status, source, effective_on, recorded_on)
         values ($1, 431, '430102', '{}', 'registered', $2, $3, 'company', '430102', 'operating', '试验', '2020-01-01', '2020-01-01')`,
        [entity!.id, name, entity!.code],
      );
    for (const { person, name } of it2.samplers)
      await tx.query(
        `insert into kernel.grant (id, home, office, parties, state, person, person_name, role, organisation, valid_from)
         values (gen_random_uuid(), 430, '43', '{}', 'held', $1, $2, 'sampler', $3, '2020-01-01')`,
        [person, name, body!.id],
      );
  });
});
afterAll(() => it2.kernel.close());

const head =
  '抽查方案,被抽样单位信用代码,抽样机构信用代码,检验机构信用代码,抽样人员,完成期限,抽样日期,抽样渠道,抽样地点,样品名称,商标,规格型号,批号,执行标准,抽样基数,单价,检验样品数量,备用样品数量,封样状态';
const sheet = '2026-02-26,生产企业,成品库,电线,无,BV,B1,GB/T 5023,200,3.50,2,2,封条1号';

describe('在办抽样任务台账的导入（M14）', () => {
  it('未抽样的和已抽样的各入其状态，期限按自己的日期；不认识的方案、人员逐列指出；再次导入不重复', async () => {
    const { name } = await it2.get<{ name: string }>('scheme', it2.scheme);
    const row = (more: string, scheme = name, samplers = '甲抽样、乙抽样') =>
      `${scheme},${firm!.code},${body!.code},${lab!.code},${samplers},2026-03-20,${more}`;
    const content = Buffer.from(
      [
        head,
        row(',,,,,,,,,,,,'),
        row(sheet),
        row(sheet, '没有的方案', '甲抽样、丙抽样'),
        row('2026-02-26,生产企业,成品库,电线,无'),
      ].join('\n'),
    );
    const take = (preview: boolean) =>
      importOpenTasks(it2.kernel, it2.organiser, content, content, { format: 'csv', fileName: '任务.csv', preview });
    const expected = [
      [5, '规格型号', 'cell-empty'],
      [4, '抽查方案', 'scheme-unknown'],
      [4, '抽样人员', 'sampler-unknown'],
    ];
    const previewed = await take(true);
    expect(previewed).toMatchObject({ good: 2, bad: 2 });
    expect(previewed.rows.map(({ row: at, column, code }) => [at, column, code])).toEqual(
      expect.arrayContaining(expected),
    );
    expect(await it2.rows(it2.organiser, 'select id from sampling.task')).toEqual([]);
    expect(await take(false)).toMatchObject({ good: 2, bad: 2 });
    const tasks = await it2.rows<{ id: string; state: string; imported_from: string }>(
      it2.organiser,
      'select id, state, imported_from, sampled_on from sampling.task order by imported_from',
    );
    expect(tasks).toMatchObject([
      { state: 'assigned', imported_from: '任务.csv 第2行' },
      { state: 'sampled', imported_from: '任务.csv 第3行', sampled_on: '2026-02-26' },
    ]);
    expect(await it2.clock(tasks[1]!.id, 'due')).toMatchObject({ due_on: '2026-03-20', status: 'running' });
    expect((await take(false)).rows.filter(({ code }) => code === 'taken-already')).toHaveLength(2);
    await it2.act(
      it2.samplers[0],
      'sampling.task',
      'deliver',
      { carriage: 'carried', sentOn: '2026-03-02' },
      tasks[1]!.id,
    );
  });
});
