import { randomUUID } from 'node:crypto';
import type { Actor } from '@hengjian/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  cable,
  cableForm,
  cableItems,
  cablePapers,
  findings,
  firmCode,
  type Hall,
  openHall,
} from './licensing-fixture.ts';
import { digestOfDraw, replayTeamDraw, type TeamDraw } from './reviewer/draw.ts';

let hall: Hall;
const application = 'licensing.application';
const licenceEntity = 'licensing.licence';
const laboratory = randomUUID();

beforeAll(async () => {
  hall = await openHall();
  await hall.reviewers(
    [
      { name: '甲评审', unit: '省质检院', mayLead: true },
      { name: '乙评审', unit: '省认证中心' },
      { name: '丙评审', unit: '长沙市质检所', mayLead: true },
    ],
    ['industrial-product', 'food-production', 'food-workshop'],
  );
  await hall.rows(
    `insert into institutions.certificate (record, office, organisation, name, number, valid_from, valid_until) values ($1, '43', $2, '省质检院', '181812050123', '2024-01-01', '2029-12-31')`,
    [randomUUID(), laboratory],
  );
  await hall.rows(
    `insert into institutions.scope (id, record, organisation, kind, kind_name, parameter, method, field, from_on) values ($1, $2, $3, 'P301', '电线电缆', '全项', 'GB/T 5023', '电线电缆', '2024-01-01')`,
    [randomUUID(), randomUUID(), laboratory],
  );
});
afterAll(() => hall.kernel.close());

describe('an industrial licence', () => {
  let id: string;
  it('is asked for online, corrected once, and accepted by the window', async () => {
    id = await hall.begin(cable);
    await expect(hall.act(hall.agent, application, 'submit', {}, id)).rejects.toMatchObject({
      code: 'form-incomplete',
    });
    const seesIt = (actor: Actor) =>
      hall.kernel.database.transaction('hengjian_app', actor.claim, (sql) =>
        sql.query(
          `select (select count(*) from kernel.record where id = $1)::int as records,
             (select count(*) from licensing.application where id = $1)::int as applications`,
          [id],
        ),
      );
    for (const officer of [hall.window, hall.decider, hall.head])
      expect(await seesIt(officer)).toEqual([{ records: 0, applications: 0 }]);
    expect(await seesIt(hall.agent)).toEqual([{ records: 1, applications: 1 }]);
    await hall.handIn(id, cableForm, cablePapers);
    expect(await seesIt(hall.head)).toEqual([{ records: 1, applications: 1 }]);
    const ask = (paper: string) =>
      hall.act(
        hall.window,
        application,
        'askSupplement',
        { missing: [{ paper, demand: '缺少检验设备' }], supplementUntil: '2026-03-20' },
        id,
      );
    await expect(ask('registration')).rejects.toMatchObject({ code: 'paper-held' });
    await expect(ask('trialReport')).rejects.toMatchObject({ code: 'paper-not-listed' });
    await ask('equipmentList');
    await expect(hall.act(hall.agent, application, 'correct', {}, id)).rejects.toMatchObject({
      code: 'supplement-missing',
    });
    hall.kernel.at('2026-03-04T02:00:00Z');
    await hall.act(hall.agent, application, 'attach', {}, id, ['equipmentList']);
    await hall.act(hall.agent, application, 'correct', {}, id);
    await expect(ask('equipmentList')).rejects.toMatchObject({ code: 'told-once' });
    await hall.act(hall.window, application, 'accept', {}, id);
    expect(await hall.clock(id, 'acceptance-industrial-product')).toMatchObject({
      status: 'met',
      due_on: '2026-03-11',
    });
    expect(await hall.clock(id, 'decision-industrial-product')).toMatchObject({
      status: 'running',
      due_on: '2026-06-01',
    });
  });

  it('keeps acceptance, review and decision apart', async () => {
    const both = { ...hall.examiner, person: hall.window.person };
    await expect(hall.act(both, application, 'drawTeam', { size: 2 }, id)).rejects.toMatchObject({
      code: 'separation',
    });
    await expect(hall.act(hall.window, application, 'drawTeam', { size: 2 }, id)).rejects.toMatchObject({
      code: 'not-your-role',
    });
    await expect(
      hall.act(hall.examiner, application, 'examine', { opinion: 'grant', opinionText: '可' }, id),
    ).rejects.toMatchObject({
      code: 'site-check-first',
    });
  });

  it('is checked on the spot by a team drawn at random, told five working days before', async () => {
    await hall.act(hall.examiner, application, 'drawTeam', { size: 2 }, id);
    const { team, team_draw: draw } = await hall.get<{
      team: { unit: string; reviewer: string }[];
      team_draw: TeamDraw;
    }>('application', id);
    expect(new Set(team.map(({ unit }) => unit)).size).toBe(2);
    expect(replayTeamDraw(draw, 2)).toBe(true);
    expect(replayTeamDraw({ ...draw, head: { ...draw.head, root: '00' } }, 2)).toBe(false);
    const [entry] = await hall.rows<{ body: { digest: string } }>(
      `select body from public_record.entry where kind = 'licence-team-draw'`,
    );
    expect(entry!.body).toMatchObject({ digest: digestOfDraw(draw), head: { size: draw.head.size } });
    expect(JSON.stringify(entry)).not.toMatch(/评审|电缆/);
    await expect(
      hall.act(hall.examiner, application, 'notifySiteCheck', { siteCheckOn: '2026-03-10' }, id),
    ).rejects.toMatchObject({
      code: 'notice-too-short',
    });
    await hall.act(hall.examiner, application, 'notifySiteCheck', { siteCheckOn: '2026-03-11' }, id);
    const leader = await hall.leaderOf(id);
    const record = (met: 'yes' | 'no', items = cableItems) =>
      hall.act(leader, application, 'recordSiteCheck', { siteCheck: findings(items, met) }, id, ['siteReport']);
    await expect(record('yes')).rejects.toMatchObject({ code: 'not-checked-yet' });
    hall.kernel.at('2026-03-11T02:00:00Z');
    await expect(record('yes', cableItems.slice(1))).rejects.toMatchObject({ code: 'checklist-open' });
    await record('yes');
    expect(await hall.get('application', id)).toMatchObject({ state: 'siteChecked', score: '100' });
    expect(await hall.rows('select 1 from licensing.assignment where until_on is null')).toEqual([]);
  });

  it('is tested at the laboratory that the firm chose; the clock stands still twice, each time with an approval', async () => {
    const leader = await hall.leaderOf(id);
    await expect(hall.act(leader, application, 'sealSample', {}, id, ['sampleSheet'])).rejects.toMatchObject({
      code: 'laboratory-first',
    });
    await expect(
      hall.act(hall.agent, application, 'chooseLaboratory', { laboratory: randomUUID() }, id),
    ).rejects.toMatchObject({
      code: 'laboratory-not-listed',
    });
    await hall.act(hall.agent, application, 'chooseLaboratory', { laboratory }, id);
    await hall.act(leader, application, 'sealSample', {}, id, ['sampleSheet']);
    hall.kernel.at('2026-03-16T02:00:00Z');
    await hall.signed(hall.examiner, application, 'startTest', id, { expectedUntil: '2026-04-10' }, [hall.chief]);
    expect(await hall.clock(id, 'decision-industrial-product')).toMatchObject({ status: 'suspended' });
    hall.kernel.at('2026-04-10T02:00:00Z');
    await hall.act(hall.examiner, application, 'recordTest', { reportNumber: 'R-1', testPassed: true }, id, [
      'testReport',
    ]);
    hall.kernel.at('2026-05-11T02:00:00Z');
    await hall.signed(
      hall.examiner,
      application,
      'pause',
      id,
      { pauseGround: 'expert-review', expectedUntil: '2026-05-29' },
      [hall.chief],
    );
    hall.kernel.at('2026-05-29T02:00:00Z');
    await hall.act(hall.examiner, application, 'resume', {}, id, ['pauseConclusion']);
    const clock = await hall.clock(id, 'decision-industrial-product');
    expect(clock).toMatchObject({ status: 'running', due_on: '2026-07-20' });
    expect(clock!.suspensions).toHaveLength(2);
    const page = await hall.ask<{ clocks: { label: { en: string }; steps: { zh: string }[] }[] }>(
      hall.agent,
      'licensing.application',
      { application: id },
    );
    expect(
      page.clocks
        .find(({ label }) => label.en === 'Time for the decision')!
        .steps.some(({ zh }) => zh.includes('发证') || zh.includes('送检')),
    ).toBe(true);
  });

  it('is decided by somebody else, signed by the head, issued, delivered and public', async () => {
    await hall.act(hall.examiner, application, 'examine', { opinion: 'grant', opinionText: '符合条件' }, id);
    const both = { ...hall.decider, person: hall.examiner.person };
    await expect(hall.act(both, application, 'grant', {}, id)).rejects.toMatchObject({ code: 'separation' });
    const { sheet } = await hall.act(hall.decider, application, 'grant', {}, id);
    const signsBoth = { ...hall.head, person: hall.examiner.person };
    await expect(hall.act(signsBoth, 'kernel.approval', 'sign', {}, sheet!)).rejects.toMatchObject({
      code: 'separation',
    });
    await hall.act(hall.head, 'kernel.approval', 'sign', {}, sheet!);
    const { created } = await hall.act(hall.window, application, 'issue', {}, id);
    const licence = created[0]!;
    const serve = async (input: object) =>
      hall.act(hall.window, 'licensing.service', 'serve', { ...input }, await hall.serviceOf(id), ['receipt']);
    await expect(serve({ way: 'electronic', servedOn: '2026-05-29', means: 'cable@example.cn' })).rejects.toMatchObject(
      {
        code: 'address-not-confirmed',
      },
    );
    await serve({ way: 'direct', servedOn: '2026-05-29', receivedBy: '陈经办' });
    expect(await hall.get('application', id)).toMatchObject({ state: 'delivered', delivery: 'direct' });
    expect(await hall.get('licence', licence)).toMatchObject({ state: 'valid', number: '(湘)XK06-001-00001' });
    expect(await hall.clock(licence, 'validity')).toMatchObject({ due_on: '2031-05-29' });
    expect(await hall.rows('select reason from licensing.visit where licence = $1', [licence])).toEqual([
      { reason: 'return-visit' },
    ]);
    for (const words of ['试验电缆', firmCode, '(湘)XK06-001-00001'])
      expect(await hall.ask(null, 'licensing.results', { words })).toMatchObject([
        { number: '(湘)XK06-001-00001', status: 'valid' },
      ]);
    await expect(hall.begin(cable)).rejects.toMatchObject({ code: 'one-licence' });
  });

  it('renewed too late is a new application that replaces the old licence', async () => {
    const [{ id: licence }] = (await hall.rows(`select id from licensing.licence where state = 'valid'`)) as [
      { id: string },
    ];
    hall.kernel.at('2030-12-02T02:00:00Z');
    const late = await hall.begin({ ...cable, purpose: 'renewal', licence });
    const papers = ['application', 'selfDeclaration'];
    await expect(hall.handIn(late, cableForm, papers)).rejects.toMatchObject({
      code: 'papers-missing',
      zh: expect.stringContaining('按新申请办理'),
    });
    await hall.act(hall.agent, application, 'attach', {}, late, ['processFlow', 'equipmentList']);
    await hall.act(hall.agent, application, 'submit', {}, late);
    expect(await hall.get('application', late)).toMatchObject({ purpose: 'new', late_renewal: true });
    const intime = await hall.clock(licence, 'renewal-industrial-product');
    expect(intime).toMatchObject({ due_on: '2030-11-29' });
    await hall.act(hall.agent, application, 'retract', {}, late);
  });

  it('ends at its last day, and only then may its holder begin anew', async () => {
    hall.kernel.at('2031-06-02T02:00:00Z');
    await hall.expire();
    const [ended] = await hall.rows<{ id: string }>(`select id from licensing.licence where state = 'expired'`);
    await hall.act(hall.decider, licenceEntity, 'deregisterEnded', {}, ended!.id);
    expect(await hall.ask(null, 'licensing.results', { words: firmCode })).toMatchObject([
      { status: 'deregistered', exit: 'expired' },
    ]);
    hall.kernel.at('2031-06-03T02:00:00Z');
    await expect(hall.begin(cable)).resolves.toBeTypeOf('string');
  });
});
