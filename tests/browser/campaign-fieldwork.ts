import { expect } from 'vitest';
import { resultFor } from '../../apps/server/src/demonstration/campaign.ts';
import {
  bureau,
  items,
  office,
  organiser,
  productName,
  record,
  rows,
  step,
  story,
  template,
  until,
} from './campaign-stage.ts';

/** From the first visit to served conclusions, each by whose work it is. */
export function fieldwork(): void {
  step('a sampler records both visits and sends the samples, in English', async () => {
    const desk = await office.at({ role: '抽样人员', place: story.samplers.body, name: story.samplers.names[0]! });
    await desk.visit('/console/');
    await desk.press('English');
    for (const [index, task] of story.tasks.entries()) {
      await desk.visit('/console/');
      await desk.page.locator('.inbox-row').filter({ hasText: task.number }).locator('[data-next]').click();
      await desk.settled();
      await desk.write('Sampled on', story.today);
      await desk.choose('Where', "Producer's store");
      await desk.write('Place', 'Store of finished goods');
      await desk.write('Name on the product', productName);
      await desk.write('Trademark', '无');
      await desk.write('Model', `T-${index + 1}`);
      await desk.write('Batch or date of production', '20260101');
      await desk.write('Standard', 'GB 6675.1-2014');
      await desk.write('Stock', '500');
      await desk.write('Unit price', '35.00');
      await desk.write('Test sample', String(template.sample.test));
      await desk.write('Spare sample', String(template.sample.spare));
      await desk.choose('Spare sample is kept at', 'Laboratory');
      await desk.write('Seals', `Seals ${index * 2 + 1} and ${index * 2 + 2}, intact`);
      await desk.unfold('Labelled producer');
      await desk.press(/^The same as the sampled firm/);
      for (const name of story.samplers.names) await desk.tick(name);
      await desk.choose("Firm's signature", 'Signed');
      await desk.photograph();
      if (index === 0) await desk.examine('campaign-sample-english');
      await desk.submit();
      await desk.follow('Record the dispatch');
      await desk.choose('Carriage', 'Carried by the samplers');
      await desk.write('Sent on', story.today);
      await desk.submit();
    }
    await desk.press('中文');
  });

  step('the laboratory receives, tests and reports: one batch passes, one fails', async () => {
    const custodian = await office.at({ role: '样品管理', place: story.laboratory });
    for (const { id } of story.tasks) {
      await custodian.visit(`/console/record/${id}/act/receive`);
      await custodian.write('收样日期', story.today);
      await custodian.tick('封条完好');
      await custodian.tick('与抽样单相符');
      await custodian.write('样品外观和状态', '封条完整，外观完好');
      await custodian.choose('生产者资质核实', '符合要求');
      await custodian.write('核实途径', '全国认证认可信息公共服务平台');
      await custodian.photograph();
      await custodian.submit();
    }
    const tester = await office.at({ role: '检验人员', place: story.laboratory });
    for (const [index, { id }] of story.tasks.entries()) {
      await tester.visit(`/console/record/${id}/act/enterResults`);
      const results = items.map(({ limit }, place) => [resultFor(limit, index === 0 || place !== 1)]);
      await tester.paste('检验结果，第 1 行', results);
      if (index === 0) await tester.examine('campaign-results');
      await tester.submit();
    }
    const signatory = await office.at({ role: '授权签字人', place: story.laboratory });
    for (const [index, { id }] of story.tasks.entries()) {
      await signatory.visit(`/console/record/${id}/act/report`);
      await signatory.write('检验报告编号', `WJ-${story.year}-${index + 1}`);
      await signatory.submit();
    }
    const desk = await organiser();
    const conclusions = await Promise.all(
      story.tasks.map(async ({ id }) => (await record(desk, id)).fields.conclusion),
    );
    expect(conclusions).toEqual(['conforms', 'fails']);
  });

  step('the organiser tells both firms in writing and proves the service', async () => {
    const desk = await organiser();
    for (const { id, firm, firmId } of story.tasks) {
      await desk.visit(`/console/record/${id}`);
      await desk.follow('告知结论');
      await desk.submit();
      const [notice] = await until(async () => {
        const found = await rows(desk, `entity=sampling.notice&state=prepared&subject=${firmId}`);
        return found.length > 0 ? found : undefined;
      });
      await desk.visit('/console/');
      // The draw may choose a firm that another paper already waits for: this one is told by its address.
      const waiting = desk.page.locator('.inbox-row').filter({ hasText: firm });
      await waiting.locator(`a[href*="${notice!.id}"]`, { hasText: '登记送达' }).click();
      await desk.page.waitForURL(`**/record/${notice!.id}/act/serve`);
      await desk.choose('送达方式', '直接送达');
      await desk.write('送达日期', story.today);
      await desk.write('签收人', '陈经办');
      await desk.photograph();
      await desk.submit();
    }
  });

  step(
    'an agent of the failing firm is given authority, and reads the conclusion and his last day to object',
    async () => {
      const [, failing] = story.tasks;
      const administrator = await office.at({ role: '系统管理员', place: bureau });
      await administrator.visit('/console/new/kernel.grant/appoint');
      const { people } = await administrator.read<{ people: { name: string; role: { zh: string } }[] }>(
        '/api/demonstration',
      );
      const { name } = people.find(({ role }) => role.zh === '企业经办人')!;
      await administrator.pick('人员', name);
      await administrator.pick('岗位', '企业经办人');
      await administrator.pick('单位', failing!.code, failing!.firm);
      await administrator.write('起始日', story.today);
      await administrator.examine('campaign-appoint');
      await administrator.submit();
      const agent = await office.at({ role: '企业经办人', name });
      await agent.visit('/console/');
      await agent.press(/企业经办人/);
      await agent.page.getByRole('menuitem').filter({ hasText: failing!.firm }).click();
      await agent.page.waitForFunction(
        (firm) => document.querySelector('.topbar')?.textContent?.includes(firm),
        failing!.firm,
      );
      await agent.visit('/console/list/sampling.notice');
      await agent.page
        .getByRole('link', { name: new RegExp(failing!.firm) })
        .first()
        .click();
      await agent.page.getByRole('heading', { name: '时限' }).waitFor();
      await agent.examine('campaign-notice');
    },
  );
}
