import { afterAll, describe, expect, it } from 'vitest';
import { createCast, until as eventually, pageOf, rowsOf } from './cast.ts';
import { journeyCoverage } from './coverage.ts';
import { demonstrationPeople, signInAs, stranger, type Visitor } from './visitor.ts';

const coverage = journeyCoverage('licensing', import.meta.url);
const cast = createCast();
const application = 'licensing.application';
let passed = 0;
let begun = 0;
const steps = 6;

/** One step of the journey; a later one rests on it. */
function step(name: string, run: () => Promise<void>): void {
  it(name, { timeout: 120_000 }, async (context) => {
    context.skip(passed < begun, 'an earlier step of the journey failed');
    begun += 1;
    await run();
    passed += 1;
  });
}
afterAll(() => coverage.finish(passed === steps));

/** Of the agents whom the door offers, those whose firms wait for least. */
const agentFromTheEnd = async (place: number): Promise<Visitor> =>
  signInAs((await demonstrationPeople()).filter(({ role }) => role.en === 'Enterprise agent').at(-place)!);
let own: Promise<Visitor> | undefined;
const agent = (): Promise<Visitor> => (own ??= agentFromTheEnd(1));
const todayOf = async (): Promise<string> =>
  (await stranger().get<{ today: string }>('/api/demonstration/clock')).body.today;
const papers = ['application', 'layoutPlan', 'equipmentList', 'safetySystem', 'trialReport'];
let address = '';
let id = '';
let number = '';
const secretOf = (text: string): string => /<dd>([0-9A-HJ-NPQRTUWXY]{10})<\/dd>/.exec(text)![1]!;

describe('a food licence by HTTP, from the guide to the certificate', { sequential: true }, () => {
  step('the guide says what is needed; without a sign-in nothing can be begun', async () => {
    const guide = await stranger().get('/hall?who=firm');
    expect(guide.text).toContain('生产食品或者食品添加剂');
    expect(guide.text).not.toContain('操作或者管理特种设备的人员');
    const kind = await stranger().get('/hall/kinds/food-production');
    expect(kind.text).toContain('平台已有，不用提交');
    expect(kind.text).toContain('不收费');
    expect((await stranger().fill('/hall/kinds/food-production/begin', { purpose: 'new' })).status).toBe(401);
    coverage.step('service-hall', 'entered by guide');
  });

  step('the firm’s agent fills in the form and hands it in', async () => {
    const visitor = await agent();
    const begin = { purpose: 'new', track: 'ordinary', products: '127', region: '430102', address: '芙蓉区健康路8号' };
    ({ location: address } = await visitor.fill('/hall/kinds/food-production/begin', begin));
    expect(address).toMatch(/^\/hall\/applications\/[0-9a-f-]{36}$/);
    id = address.split('/').at(-1)!;
    expect((await visitor.fill(`${address}/submit`, {})).text).toContain('申请表还不能提交');
    const { text } = await visitor.get(address);
    const names = [...text.matchAll(/name="answer-(\w+)"/g)].map((found) => found[1]!);
    const answers = Object.fromEntries(names.map((name) => [`answer-${name}`, name === 'layout' ? '320' : '填写内容']));
    const formVersion = /name="formVersion" value="(\w+)"/.exec(text)![1]!;
    expect((await visitor.fill(`${address}/save`, { ...answers, formVersion })).status).toBe(303);
    for (const paper of papers)
      expect((await visitor.fill(`${address}/attach`, { paper }, `${paper}.png`)).status).toBe(303);
    expect((await visitor.fill(`${address}/submit`, {})).status).toBe(303);
    const other = await agentFromTheEnd(2);
    expect((await other.get(address)).status).toBe(404);
    coverage.step('online-administrative-approval', 'applied');
  });

  step('the window asks once for what is missing, and accepts what comes', async () => {
    const [visitor, window] = [await agent(), await cast.officer('Licence counter')];
    const until = new Date(Date.parse(await todayOf()) + 20 * 86_400_000).toISOString().slice(0, 10);
    const ask = (paper: string) => ({ missing: [{ paper, demand: '补充签字页' }], supplementUntil: until });
    expect(await window.refused(application, 'askSupplement', ask('registration'), id)).toMatchObject({
      code: 'paper-held',
    });
    await window.act(application, 'askSupplement', ask('equipmentList'), id);
    expect((await visitor.get(address)).text).toContain('补充签字页');
    expect((await visitor.fill(`${address}/correct`, {})).text).toContain('尚未补正');
    await visitor.fill(`${address}/attach`, { paper: 'equipmentList' }, 'equipment.png');
    expect((await visitor.fill(`${address}/correct`, {})).status).toBe(303);
    await window.act(application, 'accept', {}, id);
    coverage.step('online-administrative-approval', 'corrected');
    coverage.step('service-hall', 'taken in');
    coverage.step('licensing-three-separation', 'accepted by the window');
  });

  step('a team drawn at random checks, the examiner proposes, others decide', async () => {
    const [window, examiner, decider, head] = (await Promise.all(
      ['Licence counter', 'Licence examiner', 'Licence decider', 'Bureau head'].map((role) => cast.officer(role)),
    )) as [Visitor, Visitor, Visitor, Visitor];
    expect(await window.refused(application, 'drawTeam', { size: 2 }, id)).toMatchObject({ code: 'not-your-role' });
    // The draw takes its chance from the log: the acceptance is sealed a moment after it.
    await eventually(() => examiner.act(application, 'drawTeam', { size: 2 }, id).catch(() => undefined));
    await examiner.act(application, 'notifySiteCheck', { siteCheckOn: await todayOf() }, id);
    const { fields } = await pageOf(examiner, id);
    const leader = (fields.team as { person: string; name: string; leader: boolean }[]).find(
      (member) => member.leader,
    )!;
    const reviewer = await signInAs({ id: leader.person, name: leader.name });
    const siteCheck = ['premises', 'equipment', 'layout', 'people', 'system', 'trial'].map((item) => ({
      item,
      met: 'yes',
    }));
    await reviewer.act(application, 'recordSiteCheck', { siteCheck }, id, ['siteReport']);
    await examiner.act(application, 'examine', { opinion: 'grant', opinionText: '符合条件' }, id);
    coverage.step('licensing-three-separation', 'reviewed by the examiner');
    coverage.step('online-administrative-approval', 'reviewed');
    const { sheet } = await decider.act(application, 'grant', {}, id);
    await head.act('kernel.approval', 'sign', { opinion: '同意。' }, sheet!);
    coverage.step('licensing-three-separation', 'decided by another');
    coverage.step('online-administrative-approval', 'decided');
    await window.act(application, 'issue', {}, id);
    const [paper] = await rowsOf(window, `entity=licensing.service&parent=${id}`);
    const served = { way: 'direct', servedOn: await todayOf(), receivedBy: '经办人' };
    await window.act('licensing.service', 'serve', served, paper!.id, ['receipt']);
    coverage.step('online-administrative-approval', 'delivered');
    coverage.step('service-hall', 'delivered');
  });

  step('everybody finds the licence; the applicant alone how his application stands', async () => {
    const mine = await (await agent()).get(address);
    const licence = /\/licences\/([0-9a-f-]{36})/.exec(mine.text)![1]!;
    const shown = await stranger().get(`/licences/${licence}`);
    number = /<h1>(SC\d{14})<\/h1>/.exec(shown.text)![1]!;
    expect(shown.text).toContain('有效');
    expect((await stranger().get(`/licences?q=${number}`)).text).toContain(licence);
    coverage.step('approval-result-query', 'published');
    coverage.step('approval-result-query', 'found by name and number');
    const query = /(\d{16})<\/dd>/.exec(mine.text)![1]!;
    const ask = (secret: string) => stranger().fill('/licences/outcome', { number: query, secret });
    expect((await ask(secretOf(mine.text))).text).toContain('已准予');
    expect((await ask('0000000000')).text).toContain('编号或者密码不对');
    expect((await stranger().get('/licences?lang=en')).text).toContain('Look up licences');
  });

  step('the applicant evaluates once and books a counter', async () => {
    const visitor = await agent();
    expect((await visitor.fill(`${address}/evaluate`, { stars: '5' })).status).toBe(303);
    expect((await visitor.fill(`${address}/evaluate`, { stars: '1' })).text).toContain('评价不能修改');
    coverage.step('service-hall', 'evaluated');
    const { text } = await visitor.get('/hall/appointments');
    const slot = /name="slot" value="([^"]+)"/.exec(text)![1]!;
    coverage.step('online-appointment', 'slots published');
    expect((await visitor.fill('/hall/appointments', { slot, matter: '领取副本' })).location).toBe('/hall');
    expect((await visitor.fill('/hall/appointments', { slot, matter: '再约' })).text).toContain('您在该时段已有预约');
    coverage.step('online-appointment', 'booked');
    expect((await visitor.get('/hall')).text).toContain('领取副本');
  });
});
