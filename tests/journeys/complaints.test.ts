import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { journeyCoverage } from './coverage.ts';
import { signIn, stranger, type Visitor } from './visitor.ts';

const coverage = journeyCoverage('complaints', import.meta.url);
const [complaint, report] = ['complaints.complaint', 'complaints.report'];
let passed = 0;
const steps = 6;
function step(name: string, run: () => Promise<void>): void {
  it(name, { timeout: 120_000 }, async () => {
    await run();
    passed += 1;
  });
}
afterAll(() => coverage.finish(passed === steps));

const posts = new Map<string, Promise<Visitor>>();
const at = (role: string): Promise<Visitor> => {
  const known = posts.get(role) ?? signIn(role, '芙蓉区');
  posts.set(role, known);
  return known;
};
const todayOf = async (): Promise<string> =>
  (await stranger().get<{ today: string }>('/api/demonstration/clock')).body.today;
const caller = { name: '钟离望月', phone: '13712348765', address: '芙蓉区望月路77号' };
const informer = { name: '轩辕听涛', phone: '13698765432' };
const call = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  id: randomUUID(),
  kind: 'complaint',
  channel: 'phone',
  person: caller,
  subjectName: '演示·望月灯具行',
  region: '430102',
  productName: '台灯',
  category: 'goods.appliance',
  matter: `台灯用了三天灯座发烫冒烟。我是${caller.name}，电话137-1234-8765。`,
  demand: '退货退款',
  amount: '158',
  consentMediation: true,
  ...more,
});
interface Taken {
  kind: string;
  record: string;
  number: string;
  follow: { number: string; secret: string };
}
const take = async (desk: Visitor, body: Record<string, unknown>): Promise<Taken[]> => {
  const answer = await desk.post<{ taken: Taken[] }>('/api/complaints/calls', body);
  expect(answer.status).toBe(201);
  return answer.body.taken;
};
const secrets = (text: string): string[] =>
  [...text.matchAll(/<code>([0-9A-Z]{12})<\/code>/g)].map((found) => found[1]!);
const sign = async (role: string, sheet: string | null): Promise<void> => {
  await (await at(role)).act('kernel.approval', 'sign', { opinion: '同意' }, sheet!);
};

describe('12315 by HTTP', { sequential: true }, () => {
  step('来电登记投诉、受理、调解、协议，来电人凭编号和密码看到办结并评价', async () => {
    const [desk, handler, today] = [await at('12315 desk'), await at('Complaint handler'), await todayOf()];
    const body = call();
    const [taken] = await take(desk, body);
    expect((await take(desk, body))[0]).toMatchObject({ record: taken!.record, follow: taken!.follow });
    const { body: page } = await desk.get<{ fields: object }>(`/api/records/${taken!.record}`);
    expect(JSON.stringify(page)).not.toMatch(/钟离|13712348765|137-1234-8765/);
    expect(JSON.stringify(page)).toContain('〔已封存〕');
    coverage.step('complaint-12365-command', 'entered by telephone');
    const suggest = await desk.get<{ categories: { label: string }[]; authority: { code: string } }>(
      '/api/queries/complaints.suggest?text=%E5%8F%B0%E7%81%AF%E6%BC%8F%E7%94%B5%E8%B5%B7%E7%81%AB&region=430102',
    );
    expect(suggest.body.authority.code).toBe('430102');
    expect(suggest.body.categories.map(({ label }) => label)).toContain('goods.appliance');
    coverage.step('complaint-12365-command', 'competence and likeness shown');
    await desk.act(complaint, 'distribute', { unit: '430102' }, taken!.record);
    coverage.step('complaint-12365-command', 'distributed to the unit');
    await handler.act(complaint, 'accept', {}, taken!.record);
    const arrange = {
      respondentConsents: true,
      mode: 'on-site',
      mediationOn: today,
      place: '调解室',
      mediator: '南宫和',
    };
    await handler.act(complaint, 'arrange', arrange, taken!.record);
    const opened = await handler.post<{ identity: object }>(`/api/complaints/complaint/${taken!.record}/identity`, {
      why: '通知调解时间',
    });
    expect(opened.body.identity).toMatchObject(caller);
    const meeting = { on: today, mode: 'on-site', attended: '双方', record: '商家同意退款' };
    await handler.act(complaint, 'recordMeeting', meeting, taken!.record);
    coverage.step('complaint-12365-command', 'accepted and mediated');
    coverage.step('quality-rights-remedies', 'complained');
    coverage.step('quality-rights-remedies', 'mediated');
    const agreement = { agreement: '商家退款 158 元，台灯退回。', agreementAmount: '158' };
    await handler.act(complaint, 'agree', agreement, taken!.record);
    await handler.act(complaint, 'close', {}, taken!.record, ['signedAgreement']);
    coverage.step('quality-rights-remedies', 'agreed');
    const told = await stranger().fill('/complaints/follow', { ...taken!.follow });
    expect(told.text).toContain('办结');
    const rated = await stranger().fill('/complaints/rate', { ...taken!.follow, stars: '5', remark: '很快' });
    expect(rated.text).toContain('谢谢您的评价');
    expect((await stranger().fill('/complaints/rate', { ...taken!.follow, stars: '1' })).status).toBe(422);
  });

  step('匿名举报在网上提交，核查、立案、移交；查询页只见收到', async () => {
    const [desk, verifier] = [await at('12315 desk'), await at('Report verifier')];
    const form = {
      id: randomUUID(),
      kind: 'report',
      subjectName: '演示·望月灯具行',
      region: '430102',
      category: 'goods.appliance',
      facts: '仓库里有一百多箱没有认证标志的台灯。',
      anonymous: 'yes',
    };
    expect((await stranger().fill('/complaints/new', { ...form, facts: '' })).text).toContain('请填写或者更正此项');
    const { text } = await stranger().fill('/complaints/new', form);
    const number = /<code>(\d{12})<\/code>/.exec(text)![1]!;
    const secret = secrets(text).find((code) => code !== number)!;
    const found = await desk.get<{ rows: { id: string; state: string }[] }>(
      `/api/records?entity=${report}&state=registered&sort=updated`,
    );
    const id = found.body.rows[0]!.id;
    await desk.act(report, 'distribute', { unit: '430102' }, id);
    await verifier.act(report, 'verify', {}, id);
    const filing = { findings: '属实', reason: '涉嫌违法', resultDuty: 'none' };
    const { sheet } = await verifier.act(report, 'file', filing, id);
    await sign('Bureau head', sheet);
    const chief = await at('Section chief');
    const referrals = await chief.get<{ rows: { id: string }[] }>('/api/records?entity=complaints.referral&state=sent');
    await chief.act('complaints.referral', 'receive', { caseNumber: 'J-1' }, referrals.body.rows[0]!.id);
    const follow = await stranger().fill('/complaints/follow', { number, secret });
    expect(follow.text).toContain('已收到');
    expect(follow.text).not.toMatch(/立案|核查/);
  });

  step('实名举报：身份不在列表、搜索、导出、草稿里，只有列名核查人员凭理由打开；奖励凭编号和密码领取', async () => {
    const [desk, verifier, chief] = [await at('12315 desk'), await at('Report verifier'), await at('Section chief')];
    const facts = `店主把次品换标出售。联系我${informer.name}。`;
    const both = call({ kind: 'report', person: informer, facts, wantsReward: true, matter: null });
    const [taken] = await take(desk, both);
    const id = taken!.record;
    const planted = /轩辕|听涛|13698765432/;
    const looks = ['/api/search?q=轩辕听涛', '/api/search?q=13698765432', `/api/records?entity=${report}&limit=200`];
    for (const format of ['csv', 'xlsx']) looks.push(`/api/records.${format}?entity=${report}`);
    for (const path of [...looks, `/api/records/${id}`, '/api/public/records.csv', '/api/inbox'])
      expect((await desk.get(encodeURI(path))).text).not.toMatch(planted);
    expect((await desk.get<{ groups: unknown[] }>(encodeURI(looks[0]!))).body.groups).toEqual([]);
    await desk.act(report, 'distribute', { unit: '430102' }, id);
    const open = (who: Visitor, why = '核实线索') =>
      who.post<{ code?: string; identity?: object }>(`/api/complaints/report/${id}/identity`, { why });
    expect((await open(verifier)).body.code).toBe('not-named-handler');
    await verifier.act(report, 'verify', {}, id);
    expect((await open(desk)).body.code).toBe('not-your-role');
    expect((await open(verifier)).body.identity).toMatchObject(informer);
    const { text: page } = await verifier.get(`/api/records/${id}`);
    expect(page).toContain('核实线索');
    expect(page).not.toMatch(planted);
    const filing = { findings: '属实', reason: '涉嫌违法', resultDuty: 'none' };
    await sign('Bureau head', (await verifier.act(report, 'file', filing, id)).sheet);
    const { body: sent } = await chief.get<{ rows: { id: string }[] }>(
      '/api/records?entity=complaints.referral&state=sent',
    );
    await chief.act('complaints.referral', 'receive', { caseNumber: 'J-2' }, sent.rows[0]!.id);
    await chief.act('complaints.referral', 'conclude', { fined: '300000', confiscated: '20000' }, sent.rows[0]!.id);
    coverage.step('report-reward', 'case concluded');
    const { created } = await verifier.act(report, 'proposeReward', { level: '1', ground: '重大违法' }, id);
    coverage.step('report-reward', 'grade proposed');
    const reward = created[0]!.id;
    const { body: shown } = await verifier.get(`/api/records/${reward}`);
    expect(JSON.stringify(shown)).toContain('16000');
    coverage.step('report-reward', 'computed');
    const { sheet } = await verifier.act('complaints.reward', 'approve', {}, reward);
    await sign('Section chief', sheet);
    await sign('Bureau head', sheet);
    coverage.step('report-reward', 'approved by two');
    await verifier.act('complaints.reward', 'tell', {}, reward);
    const claim = { number: taken!.follow.number, secret: taken!.follow.secret, paidBy: '转账' };
    await verifier.act('complaints.reward', 'pay', claim, reward);
    coverage.step('report-reward', 'paid against number and secret');
  });

  step('转送一次到有权处理的机关；有权处理的不得推出', async () => {
    const desk = await at('12315 desk');
    const [own] = await take(desk, call());
    const to = { to: '430103', returnReason: '经营地在天心区' };
    expect(await desk.refused(complaint, 'transfer', to, own!.record)).toMatchObject({ code: 'first-receiver-keeps' });
    const [away] = await take(desk, call({ region: '430103' }));
    await desk.act(complaint, 'transfer', to, away!.record);
    const city = await signIn('12315 desk', '长沙市市场');
    const { body } = await city.get<{ rows: { id: string }[] }>(
      `/api/records?entity=${complaint}&office=430103&state=registered`,
    );
    const arrived = body.rows[0]!.id;
    const back = { to: '430102', returnReason: '退回' };
    expect(await city.refused(complaint, 'transfer', back, arrived)).toMatchObject({ code: 'moved-already' });
    await city.act(complaint, 'designate', back, arrived);
  });

  step('不予受理写明法定情形，投诉人在查询页看到理由', async () => {
    const [desk, handler] = [await at('12315 desk'), await at('Complaint handler')];
    const [taken] = await take(desk, call());
    await desk.act(complaint, 'distribute', { unit: '430102' }, taken!.record);
    const ground = { ground: '16-3', reason: '批量采购，不是生活消费' };
    expect(await handler.refused(complaint, 'refuse', ground, taken!.record)).toMatchObject({
      code: 'factors-missing',
    });
    await handler.act(complaint, 'refuse', { ...ground, factors: ['17-1'] }, taken!.record);
    const told = await stranger().fill('/complaints/follow', { ...taken!.follow });
    expect(told.text).toContain('批量采购，不是生活消费');
  });

  step('平台工单按编号只登记一次；热点、两日一报', async () => {
    const [desk, today] = [await at('12315 desk'), await todayOf()];
    const ticket = randomUUID().slice(0, 8);
    const csv = [
      '工单编号,工单类型,受理日期,来电人,来电号码,反映对象,区划代码,涉及商品,分类,工单内容,诉求,同意调解',
      `${ticket}-1,投诉,${today},丁某,13700000001,演示·工单超市,430102,牛奶,食品安全,牛奶过期变质,退款,是`,
      `${ticket}-2,举报,${today},,,演示·工单超市,430102,牛奶,食品安全,更改生产日期,,否`,
      `${ticket}-3,咨询,${today},,,演示·工单超市,430102,,其他,问一下,,否`,
    ].join('\n');
    const send = async () => {
      const form = new FormData();
      form.append('file', new Blob([csv]), 'tickets.csv');
      return (await desk.form<Record<string, unknown>>('/api/complaints/tickets/hotline-12345', form)).body;
    };
    expect(await send()).toMatchObject({ rows: 3, entered: 2, known: 0, faults: [{ row: 4, code: 'value-unknown' }] });
    expect(await send()).toMatchObject({ entered: 0, known: 2 });
    const week = new Date(Date.parse(today) - 10 * 86_400_000).toISOString().slice(0, 10);
    const topics = await desk.get<{ words: string[]; count: number }[]>(
      `/api/queries/complaints.topics?from=${week}&until=${today}`,
    );
    expect(topics.body.some(({ words, count }) => count >= 2 && words.includes('健身房'))).toBe(true);
    coverage.step('complaint-analysis', 'topics found');
    const day = new Date(Date.parse(today) - 4 * 86_400_000).toISOString().slice(0, 10);
    const { record } = await desk.act('complaints.digest', 'draft', { kind: 'two-day', day });
    coverage.step('complaint-analysis', 'counted by class and place');
    coverage.step('periodic-report-12365', 'two-day report compiled');
    await sign('Section chief', (await desk.act('complaints.digest', 'freeze', {}, record.id)).sheet);
    coverage.step('periodic-report-12365', 'sent up and signed');
  });
});
