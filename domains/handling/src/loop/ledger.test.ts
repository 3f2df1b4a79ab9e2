import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bureau, openBureau } from '../handling-fixture.ts';
import { importOpenMatters } from '../index.ts';

let it2: Bureau;
beforeAll(async () => {
  it2 = await openBureau();
});
afterAll(() => it2.kernel.close());

const head =
  '来源,处理对象,组织抽查机关,检验报告编号,当事人,所在地,产品名称,不合格项目,标准要求,检验结果,签收日期,责令改正日期,提交整改日期,办理期限,线索已核查';
const take = (lines: string[], more: { preview?: boolean } = {}) => {
  const content = Buffer.from(['在办事项台账', head, ...lines].join('\n'));
  return importOpenMatters(it2.kernel, it2.county, content, content, { format: 'csv', fileName: '在办.csv', ...more });
};
const lines = [
  '本级监督抽查,生产者,43,BG-1,甲厂,430102,电线电缆,导体电阻,≤7.41,7.95,2026/2/10,2026-02-12,,2026-05-30,是',
  '本级监督抽查,生产者,43,BG-1,甲厂,430102,电线电缆,绝缘厚度,≥0.7,0.6,2026/2/10,2026-02-12,,2026-05-30,是',
  '国家监督抽查,销售者,,BG-2,乙店,湖南省长沙市芙蓉区五一路1号,插座,爬电距离,≥3,2,2026-02-20,,,,',
  '本级监督抽查,生产者,43,BG-3,丙厂,430102,电线电缆,导体电阻,≤7.41,7.95,2025-11-03,2025-11-05,2025-12-20,,是',
  '本级监督抽查,生产者,43,BG-4,丁厂,430102,电线电缆,导体电阻,≤7.41,7.95,2026-02-20,2026-02-12,,,',
  '本级监督抽查,生产者,火星局,BG-5,戊厂,430102,电线电缆,导体电阻,≤7.41,,2026-02-20,,,,',
];
const held = () =>
  it2.held<{ id: string; report_number: string; state: string; imported_from: string; failed_items: unknown[] }>(
    'select id, report_number, state, imported_from, failed_items from handling.loop order by report_number',
  );
const clocksOf = (id: string) =>
  it2.held<Record<string, unknown>>(
    `select c.name, c.started_on, c.due_on, c.status from kernel.clock c
     where c.record = $1 or c.record in (select id from handling.referral where loop = $1) order by c.name`,
    [id],
  );

describe('在办结果处理台账的导入（M14）', () => {
  it('预检逐行说明而一项不入；导入时好的入、坏的逐行逐列指出，页面注明来自哪份台账哪一行', async () => {
    const previewed = await take(lines, { preview: true });
    expect(previewed).toMatchObject({ total: 5, good: 3, bad: 2 });
    expect(await held()).toEqual([]);
    const report = await take(lines);
    expect(report).toMatchObject({ total: 5, good: 3, bad: 2 });
    expect(
      report.rows.filter(({ level }) => level === 'error').map(({ row, column, code }) => [row, column, code]),
    ).toEqual([
      [8, '检验结果', 'cell-empty'],
      [8, '组织抽查机关', 'office-unknown'],
      [7, null, 'days-backwards'],
    ]);
    expect(await held()).toMatchObject([
      {
        report_number: 'BG-1',
        state: 'ordered',
        imported_from: '在办.csv 第3行',
        failed_items: [{ item: '导体电阻' }, { item: '绝缘厚度' }],
      },
      { report_number: 'BG-2', state: 'in-hand', imported_from: '在办.csv 第5行' },
      { report_number: 'BG-3', state: 'rectified', imported_from: '在办.csv 第6行' },
    ]);
    expect((await take(lines)).rows.filter(({ code }) => code === 'taken-already')).toHaveLength(3);
    expect(await held()).toHaveLength(3);
  });

  it('时限自台账所记的日期起算，不自导入之日；已经届满的当即说明', async () => {
    const [ordered, inHand, rectified] = await held();
    expect(await clocksOf(ordered!.id)).toMatchObject([
      { name: 'handover', due_on: '2026-05-30' },
      { name: 'recheck', started_on: '2026-02-12', due_on: '2026-04-28', status: 'running' },
      { name: 'rectification', started_on: '2026-02-12', due_on: '2026-04-13', status: 'running' },
    ]);
    expect(await clocksOf(inHand!.id)).toMatchObject([
      { name: 'lead', started_on: '2026-02-20', due_on: '2026-03-13' },
    ]);
    expect(await clocksOf(rectified!.id)).toMatchObject([
      { name: 'recheck', started_on: '2025-11-05', due_on: '2026-01-19', status: 'running' },
    ]);
    const again = await take([lines[3]!.replace('BG-3', 'BG-9')], { preview: true });
    expect(again.rows).toMatchObject([
      { level: 'warning', code: 'term-over', zh: expect.stringContaining('2026-01-19') },
    ]);
  });

  it('导入的事项接着办：提交整改即停改正期限，督办台和一案一页都看得到', async () => {
    const [ordered] = await held();
    await it2.act(it2.county, 'handling.loop', 'rectify', { cause: '工艺', measures: '更换模具' }, ordered!.id, [
      'rectificationReport',
      'recheckApplication',
    ]);
    expect(await it2.clock(ordered!.id, 'rectification')).toMatchObject({ status: 'met' });
    const desk = await it2.ask<{ open: number; overdue: number }>(it2.county, 'handling.open-loops', {});
    expect(desk).toMatchObject({ open: 3, overdue: 1 });
    const page = await it2.ask<{ loops: { id: string }[] }>(it2.county, 'handling.failure-loops', {
      loop: ordered!.id,
    });
    expect(page.loops.map(({ id }) => id)).toEqual([ordered!.id]);
  });
});
