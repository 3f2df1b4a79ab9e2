import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { idOf } from '../../apps/server/src/demonstration/organisation.ts';
import { createCast, pageOf, rowsOf, until } from './cast.ts';
import { journeyCoverage } from './coverage.ts';
import { demonstrationPeople, signInAs, stranger, type Visitor } from './visitor.ts';

const coverage = journeyCoverage('procedure', import.meta.url);
const cast = createCast();
const application = 'licensing.application';
const licenceEntity = 'licensing.licence';
let passed = 0;
let begun = 0;
const steps = 7;

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

const todayOf = async (): Promise<string> =>
  (await stranger().get<{ today: string }>('/api/demonstration/clock')).body.today;
const ahead = async (days: number): Promise<string> =>
  new Date(Date.parse(await todayOf()) + days * 86_400_000).toISOString().slice(0, 10);
/** Those who act here stay signed in until the day moves on; they are called by account, since some take up a second post. */
const present = new Map<string, Promise<Visitor>>();
const once = (key: string, arrive: () => Promise<Visitor>): Promise<Visitor> => {
  const known = present.get(key) ?? arrive();
  present.set(key, known);
  return known;
};
const officer = (post: 'window' | 'examiner' | 'decider') =>
  once(post, () => signInAs({ id: idOf('person', `licence-${post}.430000`), name: post }));
/** An agent whose firm holds no licence yet, and of whom the other journey does not speak. */
let firm: { id: string; name: string } | undefined;
async function findFirm(): Promise<{ id: string; name: string }> {
  const offered = (await demonstrationPeople()).filter(({ role }) => role.en === 'Enterprise agent').slice(0, -2);
  for (const person of offered.reverse()) {
    const visitor = await signInAs(person);
    const { body } = await visitor.get<{ account: object | null; licences: object[] }>('/api/queries/licensing.hall');
    if (body.account !== null && body.licences.length === 0) return person;
  }
  throw new Error('The demonstration offers no agent of a firm without licences.');
}
const agent = () =>
  once('agent', async () => {
    firm ??= await findFirm();
    return signInAs(firm);
  });

async function signed(by: Visitor, entity: string, action: string, id: string, input: object, signer: string) {
  const { sheet } = await by.act(entity, action, { ...input }, id);
  await (await cast.officer(signer)).act('kernel.approval', 'sign', { opinion: '同意。' }, sheet!);
}

/** Begins and hands in an application by the forms of the hall; gives its id. */
async function handIn(kind: string, begin: Record<string, string>, papers: readonly string[]): Promise<string> {
  const visitor = await agent();
  const asked = { purpose: 'new', track: 'ordinary', region: '430102', address: '芙蓉区程序路4号', ...begin };
  const { location, text: refusal } = await visitor.fill(`/hall/kinds/${kind}/begin`, asked);
  expect(location, refusal.slice(0, 2000)).toMatch(/^\/hall\/applications\//);
  const { text } = await visitor.get(location);
  const names = [...text.matchAll(/name="answer-(\w+)"/g)].map((found) => found[1]!);
  const answers = Object.fromEntries(names.map((name) => [`answer-${name}`, name === 'layout' ? '320' : '填写内容']));
  const formVersion = /name="formVersion" value="(\w+)"/.exec(text)![1]!;
  await visitor.fill(`${location}/save`, { ...answers, formVersion });
  for (const paper of papers) await visitor.fill(`${location}/attach`, { paper }, `${paper}.png`);
  expect((await visitor.fill(`${location}/submit`, {})).status).toBe(303);
  return location.split('/').at(-1)!;
}
/** The team is drawn from the log, where the acceptance stands a moment after it. */
const drawTeam = async (id: string) => {
  const examiner = await officer('examiner');
  return until(() => examiner.act(application, 'drawTeam', { size: 2 }, id).catch(() => undefined));
};
async function leaderOf(id: string): Promise<Visitor> {
  const { fields } = await pageOf(await officer('examiner'), id);
  const team = fields.team as { person: string; name: string; leader: boolean }[];
  const leader = team.find((member) => member.leader)!;
  return signInAs({ id: leader.person, name: leader.name });
}
const checklist = (items: readonly string[], met: string) => ({ siteCheck: items.map((item) => ({ item, met })) });
async function serve(id: string): Promise<void> {
  const window = await officer('window');
  const [paper] = await rowsOf(window, `entity=licensing.service&parent=${id}`);
  const input = { way: 'direct', servedOn: await todayOf(), receivedBy: '经办人' };
  await window.act('licensing.service', 'serve', input, paper!.id, ['receipt']);
}
/** Gives a post to somebody who holds another one, and lets him take it up. */
async function alsoAs(visitor: Visitor, role: string): Promise<(back: boolean) => Promise<void>> {
  const administrator = await cast.officer('System administrator');
  const input = { person: visitor.person.id, role, validFrom: await todayOf() };
  const { status } = await administrator.post('/api/actions/kernel.grant/appoint', {
    id: randomUUID(),
    office: '430000',
    input,
  });
  expect(status).toBe(201);
  const { body } = await visitor.get<{ grant: { id: string }; grants: { id: string; role: string }[] }>('/api/me');
  const [own, other] = [body.grant.id, body.grants.findLast((held) => held.role === role)!.id];
  return async (back) => {
    expect((await visitor.post('/api/me/grant', { grant: back ? own : other })).status).toBe(200);
  };
}

let cable = '';
let food = '';

describe('licences by HTTP, lawful and otherwise, and who watches over them', { sequential: true }, () => {
  step(
    'an industrial licence is asked for, corrected once, accepted, and its team drawn; no officer reads a draft',
    async () => {
      const [visitor, window] = [await agent(), await officer('window')];
      const begin = {
        products: 'P301',
        purpose: 'new',
        track: 'ordinary',
        region: '430102',
        address: '芙蓉区草稿路1号',
      };
      const { location: draft } = await visitor.fill('/hall/kinds/industrial-product/begin', begin);
      const id = draft.split('/').at(-1)!;
      for (const role of ['Licence counter', 'Licence decider', 'Bureau head', 'Auditor'])
        expect((await (await cast.officer(role)).get(`/api/records/${id}`)).status, role).toBe(404);
      await visitor.fill(`${draft}/discardDraft`, {});
      cable = await handIn('industrial-product', { products: 'P301' }, [
        'application',
        'processFlow',
        'equipmentList',
        'selfDeclaration',
      ]);
      coverage.step('industrial-product-production-licence', 'asked for online');
      const missing = {
        missing: [{ paper: 'equipmentList', demand: '缺少检验设备' }],
        supplementUntil: await ahead(20),
      };
      await window.act(application, 'askSupplement', missing, cable);
      await visitor.fill(`/hall/applications/${cable}/attach`, { paper: 'equipmentList' }, 'equipment.png');
      expect((await visitor.fill(`/hall/applications/${cable}/correct`, {})).status).toBe(303);
      await window.act(application, 'accept', {}, cable);
      coverage.step('industrial-product-production-licence', 'corrected once and accepted');
      await drawTeam(cable);
      const examiner = await officer('examiner');
      expect(
        await examiner.refused(application, 'notifySiteCheck', { siteCheckOn: await ahead(1) }, cable),
      ).toMatchObject({ code: 'notice-too-short' });
      await examiner.act(application, 'notifySiteCheck', { siteCheckOn: await ahead(20) }, cable);
      const { body } = await stranger().get<{ entries: { id: string }[] }>(
        '/api/public/records?kind=licence-team-draw&limit=1',
      );
      const { fields } = await pageOf(examiner, cable);
      const { body: entry } = await stranger().get<{ body: { digest: string; head: { root: string } } }>(
        `/api/public/records/${body.entries[0]!.id}`,
      );
      expect(entry.body.head.root).toBe((fields.teamDraw as { head: { root: string } }).head.root);
      coverage.step('review-body-reviewer-platform', 'drawn at random');
      food = await handIn('food-production', { products: '127' }, [
        'application',
        'layoutPlan',
        'equipmentList',
        'safetySystem',
        'trialReport',
      ]);
    },
  );

  step('two officers who try to be in two parts of one file are refused', async () => {
    const window = await officer('window');
    const turn = await alsoAs(window, 'licence-examiner');
    await turn(false);
    const other = await handIn('special-equipment-production', { products: 'lift' }, [
      'application',
      'qualityManual',
      'staffList',
    ]);
    await turn(true);
    await window.act(application, 'accept', {}, other);
    await turn(false);
    // Whatever the post: who accepted a file does not draw its team.
    await until(async () => {
      const { code } = await window.refused(application, 'drawTeam', { size: 2 }, other);
      return code === 'separation' || undefined;
    });
    await turn(true);
    await stranger().post('/api/demonstration/clock', { days: 20 });
    cast.forget();
    present.clear();
  });

  step('the site is checked, the sample tested, and the clock stands still twice', async () => {
    const [visitor, examiner] = [await agent(), await officer('examiner')];
    const leader = await leaderOf(cable);
    await leader.act(
      application,
      'recordSiteCheck',
      checklist(['premises', 'equipment', 'testing', 'people', 'records'], 'yes'),
      cable,
      ['siteReport'],
    );
    coverage.step('industrial-product-production-licence', 'checked on the spot');
    coverage.step('review-body-reviewer-platform', 'reported');
    const { body } = await visitor.get<{ laboratories: { organisation: string }[] }>(
      `/api/queries/licensing.application?application=${cable}`,
    );
    await visitor.fill(`/hall/applications/${cable}/laboratory`, { laboratory: body.laboratories[0]!.organisation });
    await leader.act(application, 'sealSample', {}, cable, ['sampleSheet']);
    await signed(examiner, application, 'startTest', cable, { expectedUntil: await ahead(20) }, 'Section chief');
    await examiner.act(application, 'recordTest', { reportNumber: 'R-2026-1', testPassed: true }, cable, [
      'testReport',
    ]);
    coverage.step('industrial-product-production-licence', 'tested');
    await signed(
      examiner,
      application,
      'pause',
      cable,
      { pauseGround: 'expert-review', expectedUntil: await ahead(5) },
      'Section chief',
    );
    await examiner.act(application, 'resume', {}, cable, ['pauseConclusion']);
    const { body: page } = await visitor.get<{ clocks: { label: { en: string }; suspensions: object[] }[] }>(
      `/api/queries/licensing.application?application=${cable}`,
    );
    expect(page.clocks.findLast(({ label }) => label.en === 'Time for the decision')!.suspensions).toHaveLength(2);
    coverage.step('licence-quality-timeliness-assessment', 'clocks of every step');
    await examiner.act(application, 'examine', { opinion: 'grant', opinionText: '符合条件。' }, cable);
    coverage.step('industrial-product-production-licence', 'reviewed');
    const turn = await alsoAs(examiner, 'licence-decider');
    await turn(false);
    expect(await examiner.refused(application, 'grant', {}, cable)).toMatchObject({ code: 'separation' });
    await turn(true);
    coverage.step('licensing-three-separation', 'watched and blocked');
    await signed(await officer('decider'), application, 'grant', cable, {}, 'Bureau head');
    coverage.step('industrial-product-production-licence', 'decided');
    await (await officer('window')).act(application, 'issue', {}, cable);
    await serve(cable);
    const { text } = await visitor.get(`/hall/applications/${cable}`);
    const licence = /\/licences\/([0-9a-f-]{36})/.exec(text)![1]!;
    expect((await stranger().get(`/licences/${licence}`)).text).toMatch(/XK06-001-\d{5}/);
    coverage.step('industrial-product-production-licence', 'issued and public');
  });

  step(
    'a food licence nobody answered is accepted by silence, checked, refused with reasons and remedies, and served',
    async () => {
      const [visitor, examiner] = [await agent(), await officer('examiner')];
      expect((await pageOf(examiner, food)).fields).toMatchObject({ tacit: true });
      await drawTeam(food);
      await examiner.act(application, 'notifySiteCheck', { siteCheckOn: await todayOf() }, food);
      const items = ['premises', 'equipment', 'layout', 'people', 'system', 'trial'];
      await (await leaderOf(food)).act(application, 'recordSiteCheck', checklist(items, 'partly'), food, [
        'siteReport',
      ]);
      expect(
        await examiner.refused(application, 'examine', { opinion: 'grant', opinionText: '可' }, food),
      ).toMatchObject({ code: 'conditions-not-met' });
      await examiner.act(application, 'examine', { opinion: 'refuse', opinionText: '得分 50' }, food);
      await signed(
        await officer('decider'),
        application,
        'refuse',
        food,
        { reason: '生产场所和设备不符合审查通则' },
        'Bureau head',
      );
      await serve(food);
      const page = await visitor.get<{
        documents: { id: string; kind: string }[];
        queryNumber: string;
        querySecret: string;
      }>(`/api/queries/licensing.application?application=${food}`);
      const refusal = page.body.documents.find(({ kind }) => kind === 'refusal')!;
      expect((await visitor.get(`/api/documents/${refusal.id}`)).text.slice(0, 5)).toBe('%PDF-');
      expect((await visitor.get(`/hall/applications/${food}`)).text).toContain('生产场所和设备不符合审查通则');
      const { queryNumber: number, querySecret: secret } = page.body;
      expect((await stranger().fill('/licences/outcome', { number, secret })).text).toContain(
        '生产场所和设备不符合审查通则',
      );
      expect((await stranger().get(`/licences?kind=food-production&q=${number}`)).text).toContain('没有查到');
    },
  );

  step(
    'a licence on a commitment that was false is annulled after its holder was heard, and its number says so',
    async () => {
      const [visitor, window, examiner, decider] = [
        await agent(),
        await officer('window'),
        await officer('examiner'),
        await officer('decider'),
      ];
      const papers = ['application', 'capabilityTable', 'qualityManual', 'premisesProof', 'commitment'];
      const id = await handIn('testing-body', { products: '01', track: 'commitment' }, papers);
      coverage.step('licence-first-verify-later', 'asked for on a commitment');
      await window.act(application, 'accept', {}, id);
      coverage.step('licence-first-verify-later', 'accepted');
      await examiner.act(application, 'examine', { opinion: 'grant', opinionText: '材料齐全' }, id);
      await signed(decider, application, 'grant', id, {}, 'Bureau head');
      await window.act(application, 'issue', {}, id);
      const licence = (await pageOf(window, id)).fields.issuedLicence as string;
      coverage.step('licence-first-verify-later', 'issued first');
      expect((await rowsOf(examiner, `entity=licensing.visit&parent=${licence}`)).length).toBeGreaterThan(0);
      coverage.step('licence-first-verify-later', 'check opened by itself');
      await examiner.act(licenceEntity, 'findCommitmentFalse', { facts: '实际未配备检测设备' }, licence, [
        'checkReport',
      ]);
      coverage.step('licence-first-verify-later', 'found false');
      const { sheet: early } = await decider.act(licenceEntity, 'annul', {}, licence).catch(() => ({ sheet: null }));
      expect(early).toBeNull();
      await visitor.act(licenceEntity, 'stateView', { statement: '正在补装' }, licence);
      await signed(decider, licenceEntity, 'annul', licence, {}, 'Bureau head');
      expect((await stranger().get(`/licences/${licence}`)).text).toContain('已撤销');
      expect(await rowsOf(window, `entity=licensing.service&parent=${licence}`)).toMatchObject([{ state: 'prepared' }]);
      coverage.step('licence-first-verify-later', 'annulled');
    },
  );

  step('fifty come at once for four seats, and four get one', async () => {
    const window = await officer('window');
    let day = '';
    for (let days = 5; day === ''; days += 1) {
      const wanted = await ahead(days);
      await window.act('licensing.slots', 'offer', { day: wanted, times: ['15:40'], windows: 4 }).then(
        () => (day = wanted),
        () => undefined,
      );
    }
    const accounts = await Promise.all(
      Array.from({ length: 50 }, (_, place) =>
        window.act('licensing.account', 'open', {
          organisation: randomUUID(),
          subject: 'firm',
          name: `同时预约企业${place}`,
        }),
      ),
    );
    const outcomes = await Promise.allSettled(
      accounts.map(({ record }) =>
        window.act('licensing.account', 'book', { office: '430000', day, time: '15:40', matter: '咨询' }, record.id),
      ),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(4);
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') expect(String(outcome.reason)).toContain('no-slot');
  });

  step(
    'the office’s silence got a card by itself; it is urged, explained, reviewed and closed, and counts in the score',
    async () => {
      const [auditor, chief, head] = [
        await cast.officer('Auditor'),
        await cast.officer('Section chief'),
        await cast.officer('Bureau head'),
      ];
      type Found = { id: string; level: string; state: string }[];
      const cards = async () => (await auditor.get<Found>(`/api/queries/monitoring.of-record?record=${food}`)).body;
      const card = await until(async () => (await cards())[0]);
      for (const name of ['steps read from the ledger', 'checked by the rules', 'card raised'])
        coverage.step('administrative-approval-e-monitoring', name);
      coverage.step('licence-quality-timeliness-assessment', 'late told');
      const entity = 'monitoring.card';
      await auditor.act(entity, 'order', { demand: '说明未在五日内告知的原因。', deadline: await ahead(10) }, card.id);
      expect(await auditor.refused(entity, 'reply', { cause: 'workload', reply: '积压' }, card.id)).toMatchObject({
        code: 'not-your-role',
      });
      await chief.act(entity, 'reply', { cause: 'workload', reply: '窗口人员轮休，已补充人手。' }, card.id);
      coverage.step('administrative-approval-e-monitoring', 'explained');
      await auditor.act(entity, 'review', { finding: 'confirmed', opinion: '属实。' }, card.id);
      expect(await auditor.refused(entity, 'close', {}, card.id)).toMatchObject({ code: 'separation' });
      await head.act(entity, 'close', {}, card.id);
      expect((await cards()).find(({ id }) => id === card.id)).toMatchObject({ state: 'closed' });
      coverage.step('administrative-approval-e-monitoring', 'reviewed and closed');
      const { body } = await auditor.get<{ offices: { office: string; acts: number; score: string | null }[] }>(
        `/api/queries/monitoring.board?from=${await ahead(-60)}&until=${await todayOf()}`,
      );
      const own = body.offices.find(({ office }) => office === '430000')!;
      expect(own.acts).toBeGreaterThan(20);
      expect(own.score).toMatch(/^\d+\.\d\d$/);
      coverage.step('administrative-approval-e-monitoring', 'scored');
      const list = await stranger().get('/powers');
      expect(list.text).toContain('行政许可');
      coverage.step('power-list-and-flow', 'public');
      const chart = await stranger().get('/powers/licensing.application');
      for (const said of ['<svg', '一次告知补正', '许可受理', '令第16号', '受理通知书'])
        expect(chart.text).toContain(said);
      coverage.step('power-list-and-flow', 'compiled from the lifecycles');
      coverage.step('power-list-and-flow', 'linked to the procedure in force');
      coverage.step('licensing-three-separation', 'procedure public');
      expect((await stranger().get('/powers/monitoring.card')).status).toBe(404);
    },
  );
});
