import { expect } from 'vitest';
import { office, planner, productName, record, rows, step, story, until } from './campaign-stage.ts';
import type { Desk } from './desk.ts';

interface Offered {
  name: string;
  role: { zh: string };
  office: { zh: string };
}

/** A body whose two samplers the door offers, and another whose custodian, tester and signatory it offers. */
async function chooseBodies(desk: Desk): Promise<void> {
  const { people } = await desk.read<{ people: Offered[] }>('/api/demonstration');
  const of = (role: string) => people.filter((person) => person.role.zh === role);
  const has = (role: string, body: string) => of(role).some(({ office: place }) => place.zh === body);
  // Bureaus have samplers, too; here a body is commissioned.
  const hired = of('抽样人员').filter(({ office: place }) => !place.zh.endsWith('局'));
  const bodies = Map.groupBy(hired, ({ office: place }) => place.zh);
  const sampling = [...bodies].find(([, names]) => names.length >= 2);
  const laboratory = of('样品管理')
    .map(({ office: place }) => place.zh)
    .find((body) => body !== sampling?.[0] && has('检验人员', body) && has('授权签字人', body));
  story.laboratory = laboratory!;
  story.samplers = { body: sampling![0], names: sampling![1].map(({ name }) => name) };
}

/** A draw that anybody can repeat: frozen, committed with a pool of people, decided by two secrets. */
export function draw(): void {
  step('the frame is frozen from the directory, by regions found in the tree', async () => {
    const desk = await planner();
    await desk.visit(`/console/record/${story.rules}`);
    await desk.follow('冻结抽样框');
    await desk.pick('抽查方案', '玩具', `${story.year}年玩具专项监督抽查方案`);
    await desk.write('抽取名称', `${story.year}年玩具专项监督抽查随机抽取`);
    await desk.write('层代号，第 1 行', 'HN');
    await desk.write('层名称，第 1 行', '全省');
    await desk.pick('地区（代码前缀，空为全部）', 'hns', '湖南省');
    await desk.write('样本量，第 1 行', '2');
    await desk.write('候补数，第 1 行', '1');
    await desk.choose('理由，第 1 行', '有不合格记录');
    await desk.write('权重，第 1 行', '3');
    await desk.write('名录须于此日后核查', `${Number(story.year) - 3}-01-01`);
    await desk.examine('campaign-freeze');
    await desk.submit();
    story.draw = desk.record();
    expect((await record(desk, story.draw)).fields.sizes).toMatchObject({ drawn: 2, reserves: 1 });
  });

  step('a pool of samplers, a laboratory and two parties are committed to in public', async () => {
    const desk = await planner();
    await chooseBodies(desk);
    await desk.visit(`/console/record/${story.draw}/act/commit`);
    await desk.choose('派员方式', '同一机构两人');
    await desk.pick('整个机构', story.samplers.body);
    await desk.press(/^加入全部抽样人员（2/);
    await desk.pick('检验机构', story.laboratory);
    for (const party of ['组织机关', '纪检监督']) {
      await desk.write('参与方名称', party);
      await desk.press('生成秘密数和承诺值');
      story.secrets.push((await desk.page.locator(`[data-secret-of="${party}"]`).textContent()) ?? '');
    }
    await desk.examine('campaign-commit');
    await desk.submit();
    expect((await record(desk, story.draw)).state).toBe('committed');
  });

  step('the parties reveal their secrets, and the draw gives each firm a task', async () => {
    const desk = await planner();
    await desk.visit(`/console/record/${story.draw}/act/draw`);
    await desk.write('揭示的秘密数（按参与方次序）', story.secrets.join('\n'));
    await desk.submit();
    const query = `entity=sampling.task&q=${encodeURIComponent(productName)}&fields=draw,enterpriseCode&limit=200`;
    const tasks = await until(async () => {
      const found = (await rows(desk, query)).filter(({ fields }) => (fields.draw as { id: string }).id === story.draw);
      const assigned = found.filter(({ state, number }) => state === 'assigned' && number !== null);
      return found.length === 3 && assigned.length === 2 ? assigned : undefined;
    });
    story.tasks = tasks.map(({ id, number, subject, fields }) => ({
      code: fields.enterpriseCode as string,
      id,
      number: number!,
      firm: subject!.name,
      firmId: subject!.id,
    }));
    await desk.visit(`/console/draw/${story.draw}`);
    await desk.press('取公开文件并重算');
    await desk.page.getByText('所有能核对的步骤都一致。').waitFor();
    await desk.examine('campaign-draw');
    await desk.visit('/console/list/sampling.task?sort=-dueOn');
    await desk.examine('campaign-tasks');
    const stranger = await office.stranger();
    await stranger.visit(`/draws/${story.draw}`);
    const text = (await stranger.page.locator('main').textContent()) ?? '';
    for (const { firm } of story.tasks) expect(text).not.toContain(firm);
  });
}
