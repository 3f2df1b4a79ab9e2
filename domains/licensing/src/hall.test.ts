import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findings, type Hall, openHall } from './licensing-fixture.ts';

let hall: Hall;
const application = 'licensing.application';
const licenceEntity = 'licensing.licence';
const foodForm = { site: '芙蓉区食品路2号', layout: '320', safetyStaff: '何安全' };
const foodPapers = ['application', 'layoutPlan', 'equipmentList', 'safetySystem', 'trialReport'];
const food = { kind: 'food-production', products: ['127'] };

beforeAll(async () => {
  hall = await openHall();
  await hall.reviewers(
    [
      { name: '甲评审', unit: '省质检院', mayLead: true },
      { name: '乙评审', unit: '省认证中心' },
    ],
    ['food-production', 'food-workshop'],
  );
});
afterAll(() => hall.kernel.close());

describe('a food licence', () => {
  let id: string;
  it('moves an open draft to the new form, with the differences said first', async () => {
    hall.kernel.at('2026-06-29T02:00:00Z');
    id = await hall.begin(food);
    const { form_version: old } = await hall.get<{ form_version: string }>('application', id);
    const answers = Object.entries(foodForm).map(([name, value]) => ({ name, value }));
    await hall.act(hall.agent, application, 'saveDraft', { formVersion: old, answers }, id, foodPapers);
    hall.kernel.at('2026-07-01T02:00:00Z');
    const submit = () => hall.act(hall.agent, application, 'submit', {}, id);
    await expect(submit()).rejects.toMatchObject({
      code: 'form-changed',
      zh: expect.stringMatching(/新增“食品安全总监”、“品种明细”；取消“食品安全管理人员”/),
    });
    const page = await hall.ask<{ differences: { added: unknown[]; removed: unknown[] } }>(
      hall.agent,
      'licensing.application',
      { application: id },
    );
    expect([page.differences.added.length, page.differences.removed.length]).toEqual([2, 1]);
    await hall.act(hall.agent, application, 'adoptForm', {}, id);
    await expect(submit()).rejects.toMatchObject({
      code: 'form-incomplete',
      zh: expect.stringContaining('食品安全总监'),
    });
    const moved = { site: foodForm.site, layout: foodForm.layout, safetyDirector: '何安全', varieties: '片剂' };
    await hall.handIn(id, moved, []);
    expect(await hall.get('application', id)).toMatchObject({ state: 'submitted', form_version: '2026' });
  });

  it('is accepted by silence from the day of receipt, and the paper says so', async () => {
    hall.kernel.at('2026-07-09T02:00:00Z');
    await hall.expire();
    expect(
      await hall.rows('select state, tacit, accepted_on::text from licensing.application where id = $1', [id]),
    ).toEqual([{ state: 'accepted', tacit: true, accepted_on: '2026-07-01' }]);
    expect(await hall.clock(id, 'decision-food-production')).toMatchObject({
      started_on: '2026-07-01',
      due_on: '2026-07-15',
    });
    const [paper] = await hall.rows<{ content: { paragraphs: string[] } }>(
      `select content from kernel.document where record = $1 and kind = 'acceptance'`,
      [id],
    );
    expect(paper!.content.paragraphs[0]).toContain('自收到申请材料之日（2026-07-01）起即为受理');
  });

  it('that fails its site check is refused with reasons and remedies, told by number and secret alone', async () => {
    await hall.act(hall.examiner, application, 'drawTeam', { size: 2 }, id);
    await hall.act(hall.examiner, application, 'notifySiteCheck', { siteCheckOn: '2026-07-09' }, id);
    await expect(
      hall.act(hall.examiner, application, 'pause', { pauseGround: 'expert-review', expectedUntil: '2026-08-01' }, id),
    ).rejects.toMatchObject({
      code: 'pause-not-foreseen',
    });
    const items = ['premises', 'equipment', 'layout', 'people', 'system', 'trial'];
    await hall.act(
      await hall.leaderOf(id),
      application,
      'recordSiteCheck',
      { siteCheck: findings(items, 'partly') },
      id,
      ['siteReport'],
    );
    const opinion = (said: string) =>
      hall.act(hall.examiner, application, 'examine', { opinion: said, opinionText: '得分 50' }, id);
    await expect(opinion('grant')).rejects.toMatchObject({ code: 'conditions-not-met' });
    await opinion('refuse');
    await expect(hall.act(hall.decider, application, 'grant', {}, id)).rejects.toMatchObject({
      code: 'opinion-against',
    });
    await hall.signed(hall.decider, application, 'refuse', id, { reason: '生产场所和设备不符合审查通则' }, [hall.head]);
    const [paper] = await hall.rows<{ content: { paragraphs: string[] } }>(
      `select content from kernel.document where record = $1 and kind = 'refusal'`,
      [id],
    );
    expect(paper!.content.paragraphs.join()).toMatch(/生产场所和设备不符合审查通则.*行政复议.*行政诉讼/);
    const { query_number: number, query_secret: secret } = await hall.get<{
      query_number: string;
      query_secret: string;
    }>('application', id);
    expect(await hall.ask(null, 'licensing.outcome', { number, secret })).toMatchObject({
      state: 'refused',
      reason: '生产场所和设备不符合审查通则',
    });
    expect(await hall.ask(null, 'licensing.outcome', { number, secret: '0000000000' })).toBeNull();
    expect(await hall.ask(null, 'licensing.results', { words: '试验电缆' })).toEqual([]);
    expect(await hall.rows('select 1 from public_record.entry where words @@ $1::tsquery', [`'${number}'`])).toEqual(
      [],
    );
  });

  it('is evaluated once, by the applicant alone; nobody can change what he said', async () => {
    const evaluate = (stars: number) =>
      hall.act(
        hall.agent,
        'licensing.account',
        'evaluate',
        { application: id, stars, remark: '等得太久' },
        hall.account,
      );
    await expect(
      hall.act(hall.window, 'licensing.account', 'evaluate', { application: id, stars: 5 }, hall.account),
    ).rejects.toMatchObject({ code: 'not-your-role' });
    const { created } = await evaluate(1);
    await expect(evaluate(5)).rejects.toMatchObject({ code: 'evaluated' });
    await hall.act(hall.chief, 'licensing.evaluation', 'answer', { reply: '已致歉并增设窗口' }, created[0]);
    await expect(hall.rows('update licensing.evaluation set stars = 5 where id = $1', [created[0]])).rejects.toThrow(
      /cannot be changed/,
    );
    expect(await hall.get('evaluation', created[0]!)).toMatchObject({ stars: 1, state: 'answered' });
    expect(await hall.ask(hall.chief, 'licensing.evaluation-counts', {})).toEqual([
      { office: '43', kind: 'food-production', count: 1, mean: '1.00', bad: 1, unanswered: 0 },
    ]);
    expect(await hall.ask(hall.agent, 'licensing.hall', {})).toMatchObject({
      account: { name: '湖南试验电缆厂' },
      applications: [{ id, stateName: { en: 'Refused, to be served' }, officeName: { zh: '湖南省市场监督管理局' } }],
    });
  });
});

describe('a licence on commitment', () => {
  it('is refused for industrial products, granted for a workshop, checked later and annulled when it was false', async () => {
    hall.kernel.at('2026-08-03T02:00:00Z');
    await expect(
      hall.begin({ kind: 'industrial-product', products: ['P301'], track: 'commitment' }),
    ).rejects.toMatchObject({ code: 'no-commitment' });
    const people = Object.fromEntries(
      await Promise.all(
        (['window', 'examiner', 'decider'] as const).map(
          async (post) => [post, await hall.kernel.officer(`县${post}`, `licence-${post}`, '430102')] as const,
        ),
      ),
    );
    const head = await hall.kernel.officer('县局长', 'bureau-head', '430102');
    const id = await hall.begin({ kind: 'food-workshop', products: ['W01'], track: 'commitment' });
    const papers = ['application', 'safetyCommitment', 'layoutPlan'];
    const form = { site: '芙蓉区作坊街3号', operator: '陈师傅', varieties: '米粉' };
    await expect(hall.handIn(id, form, papers)).rejects.toMatchObject({
      code: 'papers-missing',
      zh: expect.stringContaining('告知承诺书'),
    });
    await hall.handIn(id, form, ['commitment']);
    await hall.act(people.window!, application, 'accept', {}, id);
    await expect(hall.act(people.examiner!, application, 'drawTeam', { size: 2 }, id)).rejects.toMatchObject({
      code: 'no-site-check',
    });
    await hall.act(people.examiner!, application, 'examine', { opinion: 'grant', opinionText: '材料齐全' }, id);
    await hall.signed(people.decider!, application, 'grant', id, {}, [head]);
    const { created } = await hall.act(people.window!, application, 'issue', {}, id);
    const licence = created[0]!;
    expect(await hall.get('licence', licence)).toMatchObject({ commitment: 'unverified', number: 'XZF43010200001' });
    expect(await hall.clock(licence, 'commitmentCheck')).toMatchObject({ status: 'running', due_on: '2026-09-14' });
    expect(await hall.rows(`select reason from licensing.visit where licence = $1 order by reason`, [licence])).toEqual(
      [{ reason: 'commitment' }, { reason: 'return-visit' }],
    );

    hall.kernel.at('2026-08-20T02:00:00Z');
    await hall.act(people.examiner!, licenceEntity, 'findCommitmentFalse', { facts: '实际未配备消毒设施' }, licence, [
      'checkReport',
    ]);
    const annul = () => hall.signed(people.decider!, licenceEntity, 'annul', licence, {}, [head]);
    await expect(annul()).rejects.toMatchObject({ code: 'holder-not-heard' });
    await hall.act(hall.agent, licenceEntity, 'stateView', { statement: '正在补装' }, licence);
    await annul();
    expect(await hall.get('licence', licence)).toMatchObject({
      state: 'annulled',
      exit: 'annulled',
      commitment: 'false',
    });
    expect(await hall.ask(null, 'licensing.results', { words: 'XZF43010200001' })).toMatchObject([
      { status: 'annulled', exit: 'annulled' },
    ]);
    const again = await hall.begin({ kind: 'food-workshop', products: ['W01'] });
    await hall.handIn(again, form, papers);
    await expect(hall.act(people.window!, application, 'accept', {}, again)).rejects.toMatchObject({
      code: 'applicant-barred',
    });
  });
});

describe('a certificate of a person', () => {
  it('is entered at the counter, is public with the name masked, and is suspended or revoked only by a penalty decision', async () => {
    hall.kernel.at('2026-08-24T02:00:00Z');
    const { record: account } = await hall.act(hall.window, 'licensing.account', 'open', {
      organisation: randomUUID(),
      subject: 'person',
      name: '欧阳操作',
      identity: '430102199001010011',
    });
    const county = Object.fromEntries(
      await Promise.all(
        (['window', 'examiner', 'decider'] as const).map(
          async (post) => [post, await hall.kernel.officer(`二县${post}`, `licence-${post}`, '430102')] as const,
        ),
      ),
    );
    const head = await hall.kernel.officer('二县局长', 'bureau-head', '430102');
    const asked = {
      kind: 'special-equipment-operator',
      products: ['N1'],
      purpose: 'new',
      track: 'ordinary',
      region: '430102',
      address: '长沙市',
    };
    const { created } = await hall.act(hall.window, 'licensing.account', 'begin', asked, account);
    const id = created[0]!;
    const answers = [{ name: 'examination', value: '2026-0815' }];
    await hall.act(hall.window, application, 'saveDraft', { formVersion: '2019', answers }, id, [
      'application',
      'examinationProof',
      'photo',
    ]);
    await hall.act(hall.window, application, 'submit', {}, id);
    await hall.act(county.window!, application, 'accept', {}, id);
    await hall.act(county.examiner!, application, 'examine', { opinion: 'grant', opinionText: '考试合格' }, id);
    await hall.signed(county.decider!, application, 'grant', id, {}, [head]);
    const licence = (await hall.act(county.window!, application, 'issue', {}, id)).created[0]!;
    const [told] = await hall.ask<{ holder: string; number: string; address: string | null }[]>(
      null,
      'licensing.results',
      { kind: 'special-equipment-operator' },
    );
    expect(told).toMatchObject({ holder: expect.not.stringContaining('操作'), address: null });
    expect(
      JSON.stringify(
        await hall.rows('select title_zh, body, words from public_record.entry where record = $1', [licence]),
      ),
    ).not.toMatch(/欧阳操作|430102199001010011/);
    await hall.act(county.window!, licenceEntity, 'recordEmployment', { employer: '长沙试验物流公司' }, licence);
    const violation = { on: '2026-08-20', decision: '芙市监处罚〔2026〕2号' };
    await expect(hall.act(county.window!, licenceEntity, 'recordViolation', violation, licence)).rejects.toMatchObject({
      code: 'document-missing',
    });
    await hall.act(county.window!, licenceEntity, 'recordViolation', violation, licence, ['violationDecision']);
    const persons = async (asked: object) =>
      (await hall.ask<{ persons: object[] }>(null, 'licensing.persons', { ...asked })).persons;
    expect(await persons({ words: '长沙试验物流公司', class: 'N1' })).toEqual([
      expect.objectContaining({
        holder: expect.not.stringContaining('操作'),
        validUntil: '2030-08-24',
        violations: [violation],
      }),
    ]);
    expect(await persons({ class: 'Q2' })).toEqual([]);
    const suspend = (penaltyCase: string) =>
      hall.act(county.window!, licenceEntity, 'suspend', { penaltyCase, suspendedUntil: '2026-09-24' }, licence, [
        'penaltyDecision',
      ]);
    await expect(suspend('领导指示')).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(
      hall.act(county.window!, licenceEntity, 'revoke', { penaltyCase: '芙市监处罚〔2026〕3号' }, licence),
    ).rejects.toMatchObject({ code: 'document-missing' });
    await suspend('芙市监处罚〔2026〕3号');
    hall.kernel.at('2026-09-25T02:00:00Z');
    await hall.expire();
    expect(await hall.get('licence', licence)).toMatchObject({ state: 'valid' });
  });
});

describe('an appointment', () => {
  it('is had by nobody twice when fifty come at once for twelve seats', async () => {
    await hall.act(hall.window, 'licensing.slots', 'offer', {
      day: '2026-10-12',
      times: ['09:00', '09:30', '10:00'],
      windows: 4,
    });
    await expect(
      hall.act(hall.window, 'licensing.slots', 'offer', { day: '2026-10-01', times: ['09:00'], windows: 1 }),
    ).rejects.toMatchObject({ code: 'no-working-day' });
    const accounts = await Promise.all(
      Array.from({ length: 50 }, async (_, place) => {
        const opened = { organisation: randomUUID(), subject: 'firm', name: `抢号企业${place}` };
        return (await hall.act(hall.window, 'licensing.account', 'open', opened)).record;
      }),
    );
    const outcomes = await Promise.allSettled(
      accounts.map((account, place) =>
        hall.act(
          hall.window,
          'licensing.account',
          'book',
          { office: '43', day: '2026-10-12', time: ['09:00', '09:30', '10:00'][place % 3], matter: '咨询' },
          account,
        ),
      ),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(12);
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'no-slot' });
    expect(
      await hall.rows('select count(distinct appointment)::int as held, count(*)::int as seats from licensing.seat'),
    ).toEqual([{ held: 12, seats: 12 }]);
    const [booked] = await hall.rows<{ id: string }>('select id from licensing.appointment limit 1');
    await hall.act(hall.window, 'licensing.appointment', 'cancel', {}, booked!.id);
    expect(await hall.ask(hall.agent, 'licensing.free-slots', {})).toMatchObject([{ day: '2026-10-12', free: 1 }]);
  });
});

describe('a renewal asked for in time', () => {
  it('is deemed granted when nobody decides before the old term ends', async () => {
    const [held] = await hall.rows<{ id: string; account: string }>(
      `select l.id, a.account from licensing.licence l join licensing.application a on a.id = l.application where l.kind = 'special-equipment-operator'`,
    );
    hall.kernel.at('2030-07-22T02:00:00Z');
    const window = await hall.kernel.officer('三县窗口', 'licence-window', '430102');
    expect(await hall.ask(window, 'licensing.ending', { days: 10 })).toMatchObject([
      { id: held!.id, renewBy: '2030-07-24' },
    ]);
    const asked = {
      kind: 'special-equipment-operator',
      products: ['N1'],
      purpose: 'renewal',
      track: 'ordinary',
      region: '430102',
      address: '长沙市',
      licence: held!.id,
    };
    const { created } = await hall.act(hall.window, 'licensing.account', 'begin', asked, held!.account);
    const answers = [{ name: 'examination', value: '2026-0815' }];
    const papers = ['application', 'workRecord'];
    await hall.act(hall.window, application, 'saveDraft', { formVersion: '2019', answers }, created[0], papers);
    await hall.act(hall.window, application, 'submit', {}, created[0]);
    await hall.act(window, application, 'accept', {}, created[0]);
    hall.kernel.at('2030-08-26T02:00:00Z');
    await hall.expire();
    expect(
      await hall.rows('select state, valid_until::text, renewal from licensing.licence where id = $1', [held!.id]),
    ).toEqual([{ state: 'valid', valid_until: '2034-08-24', renewal: null }]);
    expect(await hall.clock(held!.id, 'validity')).toMatchObject({ status: 'running', due_on: '2034-08-24' });
  });
});
