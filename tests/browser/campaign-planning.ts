import { expect } from 'vitest';
import { later } from '../../apps/server/src/demonstration/office-work.ts';
import { clockOf } from './campaign-clock.ts';
import {
  bureau,
  haveSigned,
  items,
  office,
  planner,
  product,
  productName,
  record,
  step,
  story,
  template,
} from './campaign-stage.ts';

/** From the annual plan to detailed rules that everybody can read. */
export function plan(): void {
  step('a planner drafts the annual plan, two sign it, and it is filed upward', async () => {
    const desk = await planner();
    story.today = await clockOf(desk);
    story.year = story.today.slice(0, 4);
    await desk.visit('/console/list/sampling.plan');
    await desk.follow('编制');
    await desk.write('年度', story.year);
    await desk.write('计划名称', `${story.year}年玩具专项监督抽查计划`);
    await desk.choose('抽查类型', '专项抽查');
    await desk.pick('产品分类代码', 'etwj', productName);
    await desk.write('批次数，第 1 行', '2');
    await desk.write('经费，第 1 行', '60000');
    await desk.examine('campaign-plan');
    await desk.submit();
    story.plan = desk.record();
    expect((await record(desk, story.plan)).fields).toMatchObject({ batches: 2, budget: '60000.00' });
    await desk.follow('报批');
    await desk.submit();
    await haveSigned(desk, 'campaign-plan-sheet');
    await desk.visit(`/console/record/${story.plan}/act/fileUpward`);
    await desk.write('报备日期', story.today);
    await desk.write('备案机关', '国家市场监督管理总局');
    await desk.write('备案文号', `湘市监函〔${story.year}〕105号`);
    await desk.submit();
    expect((await record(desk, story.plan)).state).toBe('inForce');
  });

  step('a scheme comes from the plan, and its curve and cost are seen before it is signed', async () => {
    const desk = await planner();
    await desk.visit(`/console/record/${story.plan}`);
    await desk.follow('编制方案');
    await desk.pick('产品分类代码', productName);
    await desk.write('方案名称', `${story.year}年玩具专项监督抽查方案`);
    await desk.write('抽查产品范围', template.specification);
    await desk.write('工作分工', '省局组织实施，抽样机构与检验机构分开');
    await desk.write('开始日期', story.today);
    await desk.write('完成日期', later(story.today, 90));
    await desk.tick('抽样机构与检验机构分开');
    await desk.choose('样本量依据', '国家实施细则规定样本量');
    await desk.write('国家实施细则名称', '玩具产品质量国家监督抽查实施细则');
    await desk.write('抽查批次数', '2');
    await desk.write('每批抽样及运输费', '800');
    await desk.write('样品单价', '35');
    await desk.write('每件检验费', '120');
    await desk.write('样本量 n', String(template.sample.test));
    await desk.write('接收数 c', '0');
    await desk.submit();
    story.scheme = desk.record();
    await desk.follow('报批');
    await desk.submit();
    await haveSigned(desk, 'campaign-scheme-sheet');
    expect((await record(desk, story.scheme)).state).toBe('approved');
  });

  step('detailed rules are reviewed by a supervisor and an expert, signed and published', async () => {
    const desk = await planner();
    await desk.visit(`/console/record/${story.scheme}`);
    await desk.follow('起草');
    await desk.write('抽样方法', '在被抽样单位待销产品中随机抽取');
    await desk.paste(
      '检验项目，第 1 行',
      items.map(({ item, method, limit, severity }) => [item, method, limit, '', severity, '全数值比较法']),
    );
    await desk.write('检验样品数量', String(template.sample.test));
    await desk.write('备用样品数量', String(template.sample.spare));
    await desk.write('样品单位', template.sample.unit);
    await desk.write('待销产品最少数量', String(template.sample.minimumStock));
    await desk.write('判定规则', '任一项目不合格的，判定为不合格');
    await desk.write('复检规定时间', '20');
    await desk.pick('专家', '检验专家');
    await desk.examine('campaign-rules');
    await desk.submit();
    story.rules = desk.record();
    const supervisor = await office.at({ role: '组织抽查', place: bureau });
    await supervisor.visit(`/console/record/${story.rules}/act/reviewAsSupervisor`);
    await supervisor.tick('同意');
    await supervisor.write('意见', '同意。');
    await supervisor.submit();
    const expert = await office.at({ role: '检验专家', place: bureau });
    await expert.visit('/console/');
    const waiting = expert.page.locator('.inbox-row').filter({ hasText: productName });
    await waiting.locator(`a[href*="${story.rules}"]`, { hasText: '检验专家评审' }).click();
    await expert.page.waitForURL(`**/record/${story.rules}/act/reviewAsExpert`);
    await expert.tick('同意');
    await expert.write('意见', '方法可行。');
    await expert.submit();
    await desk.visit(`/console/record/${story.rules}`);
    await desk.follow('报批');
    await desk.submit();
    await haveSigned(desk);
    await desk.follow('向社会公布');
    await desk.submit();
    const reader = await office.stranger();
    await reader.visit(`/records?kind=sampling-rules&q=${encodeURIComponent(productName)}`);
    await reader.page
      .getByRole('link', { name: new RegExp(productName) })
      .first()
      .click();
    await reader.page.getByText(items[0]!.item).first().waitFor();
    expect(product).toBe('P105');
  });
}
