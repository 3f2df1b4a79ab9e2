import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { itemsFor, resultFor } from '../../apps/server/src/demonstration/campaign.ts';
import { later } from '../../apps/server/src/demonstration/office-work.ts';
import { createCast, laboratory, type Page, pageOf, rowsOf, until } from './cast.ts';
import { journeyCoverage } from './coverage.ts';
import { signIn, stranger, type Visitor } from './visitor.ts';

const coverage = journeyCoverage('aftermath', import.meta.url);
const system = 'nonconformity-post-processing';
const cast = createCast();
const product = 'P206';
let passed = 0;
let begun = 0;
const steps = 8;

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

const todayOf = async (): Promise<string> => {
  const { body } = await stranger().get<{ today: string }>('/api/demonstration/clock');
  return body.today;
};
const organiser = (): Promise<Visitor> => cast.officer('Organiser');
/** Somebody takes up the post that he was given last. */
async function takePost(visitor: Visitor, role: string, place: string): Promise<void> {
  const { body } = await visitor.get<{ grants: { id: string; role: string; place: { zh: string } }[] }>('/api/me');
  const grant = body.grants.find((held) => held.role === role && held.place.zh.includes(place))!;
  expect((await visitor.post('/api/me/grant', { grant: grant.id })).status).toBe(200);
}
async function appoint(input: Record<string, unknown>, office = '430000'): Promise<void> {
  const administrator = await cast.officer('System administrator');
  const { status } = await administrator.post('/api/actions/kernel.grant/appoint', { id: randomUUID(), office, input });
  expect(status).toBe(201);
}
const keyOf = (id: unknown): string =>
  Array.from({ length: 12 }, (_, index) => `laboratory-${String(index + 1).padStart(2, '0')}`).find(
    (key) => laboratory(key).id === id,
  )!;

interface Clock {
  name: string;
  dueOn: string;
  daysLeft: number;
  steps: { zh: string }[];
}
type Record1 = Page & {
  clocks: Clock[];
  can: { action: string; enabled: boolean }[];
  documents: { kind: string; number: string | null }[];
};
const open = async (visitor: Visitor, id: string): Promise<Record1> => (await pageOf(visitor, id)) as Record1;

interface Sight {
  loops: {
    id: string;
    duty: { zh: string };
    blocks: { zh: string }[];
    loop: {
      office: { code: string; label: { zh: string } };
      clocks: { name: string; dueOn: string; daysLeft: number }[];
      missing: unknown[];
    };
    records: { id: string; entity: string; state: string }[];
  }[];
}
const sightOf = async (visitor: Visitor, loop: string): Promise<Sight['loops'][number]> => {
  const { body, status } = await visitor.get<Sight>(`/api/queries/handling.failure-loops?loop=${loop}`);
  expect(status).toBe(200);
  return body.loops.find(({ id }) => id === loop)!;
};

const story = {
  today: '',
  task: '',
  notice: '',
  firm: '',
  firmName: '',
  lab: '',
  loop: '',
  followUp: '',
  office: { code: '', label: { zh: '' } },
};
const agent = async (): Promise<Visitor> => {
  const visitor = await signIn('Enterprise agent');
  await takePost(visitor, 'enterprise-agent', story.firmName);
  return visitor;
};
/** The door of the demonstration offers a few handlers: one of them takes up the post at the county that the story has come to. */
async function handlerAt(office: { code: string; label: { zh: string } }): Promise<Visitor> {
  const visitor = await signIn('Result handler');
  await appoint({ person: visitor.person.id, role: 'result-handler', validFrom: story.today }, office.code);
  await takePost(visitor, 'result-handler', office.label.zh);
  return visitor;
}
let inspecting: Promise<Visitor> | undefined;
const county = (): Promise<Visitor> => {
  inspecting ??= handlerAt(story.office);
  return inspecting;
};
const serveOrders = async (visitor: Visitor): Promise<void> => {
  for (const { id, entity, state } of (await sightOf(visitor, story.loop)).records)
    if (entity === 'handling.order' && state === 'issued')
      await visitor.act('handling.order', 'serve', { way: 'direct', servedOn: story.today, receivedBy: '陈经办' }, id, [
        'receipt',
      ]);
};

describe('after a failed test', { sequential: true }, () => {
  step(
    'enterprise: reads the conclusion, its rights and the last day with its arithmetic, and asks for a retest',
    async () => {
      story.today = await todayOf();
      const office = await organiser();
      const tasks = await Promise.all(
        (await rowsOf(office, 'entity=sampling.task&state=received')).map(({ id }) => pageOf(office, id)),
      );
      const task = tasks.find(({ fields }) => fields.product === product)!;
      story.task = task.id;
      story.firm = task.fields.enterprise as string;
      story.firmName = task.fields.enterpriseName as string;
      story.lab = keyOf((task.fields.lab as { id: string }).id);
      const results = itemsFor(product).map(({ item, limit }, place) => ({
        item,
        result: resultFor(limit, place > 0),
      }));
      const at = (role: string): Promise<Visitor> => cast.account(`${role}.${story.lab}`);
      await (await at('laboratory-tester')).act('sampling.task', 'enterResults', { results }, task.id);
      await (await at('laboratory-signatory')).act('sampling.task', 'report', { reportNumber: 'AFTER-1' }, task.id);
      await office.act('sampling.task', 'notify', {}, task.id);
      const [notice] = await rowsOf(office, `entity=sampling.notice&subject=${story.firm}&state=prepared`);
      story.notice = notice!.id;
      const service = { way: 'direct', servedOn: story.today, receivedBy: '陈经办' };
      await office.act('sampling.notice', 'serve', service, story.notice, ['receipt']);
      const visitor = await signIn('Enterprise agent');
      await appoint({
        person: visitor.person.id,
        role: 'enterprise-agent',
        validFrom: story.today,
        organisation: story.firm,
        organisationName: story.firmName,
      });
      const firm = await agent();
      const page = await open(firm, story.notice);
      expect(page.fields.conclusion).toBe('fails');
      expect(page.clocks.find(({ name }) => name === 'objection')!.daysLeft).toBeGreaterThanOrEqual(15);
      expect(page.clocks.find(({ name }) => name === 'objection')!.steps.length).toBeGreaterThan(1);
      expect(page.can.find(({ action }) => action === 'object')).toMatchObject({ enabled: true });
      const contested = [itemsFor(product)[0]!.item];
      await firm.act(
        'sampling.notice',
        'object',
        { kind: 'retest', reasons: '本厂自检合格。', contested },
        story.notice,
        ['application'],
      );
    },
  );

  step('enterprise: pays the fee first, and learns the result of the retest, which stands', async () => {
    const office = await organiser();
    const [objection] = await rowsOf(office, `entity=sampling.objection&subject=${story.firm}`);
    const take = (who: Visitor, action: string, input: Record<string, unknown> = {}, papers: string[] = []) =>
      who.act('sampling.objection', action, input, objection!.id, papers);
    await take(office, 'study');
    await take(office, 'notifyRetest', { noticeReceivedOn: story.today });
    await take(
      await agent(),
      'completeFormalities',
      { formalitiesOn: story.today, retestFee: '900', feePaidOn: story.today },
      ['feeReceipt'],
    );
    const key = story.lab === 'laboratory-10' ? 'laboratory-09' : 'laboratory-10';
    const { id, name } = laboratory(key);
    await take(office, 'designateLab', { retestLab: { id, name }, retestDueOn: later(story.today, 20) });
    const at = (role: string): Promise<Visitor> => cast.account(`${role}.${key}`);
    await take(
      await at('laboratory-receiver'),
      'receiveSpare',
      { sealIntact: true, matchesSheet: true, spareState: '完好' },
      ['sparePhotos'],
    );
    const [first] = itemsFor(product);
    await take(await at('laboratory-tester'), 'enterRetest', {
      results: [{ item: first!.item, result: resultFor(first!.limit, false) }],
    });
    await take(await at('laboratory-signatory'), 'concludeRetest', { retestReport: 'AFTER-FJ-1' });
    await take(office, 'tell', { toldOn: story.today, toldHow: '直接送达' });
    expect((await pageOf(await agent(), objection!.id)).fields).toMatchObject({
      outcome: 'stands',
      feeBearer: 'applicant',
    });
  });

  step('organiser: hands the failure over when it is final; the county sees the file and not before', async () => {
    const planner = await cast.officer('Planner');
    expect((await planner.post('/api/demonstration/clock', { days: 20 })).status).toBe(200);
    cast.forget();
    story.today = await todayOf();
    const office = await organiser();
    const followUps = await until(async () => {
      const rows = await rowsOf(office, `entity=sampling.follow-up&subject=${story.firm}`);
      return rows.length > 0 ? rows : undefined;
    });
    const pages = await Promise.all(followUps.map(({ id }) => pageOf(office, id)));
    story.followUp = pages.find(({ fields }) => fields.kind === 'handover-producer')!.id;
    await office.act('sampling.follow-up', 'handOver', { deadline: later(story.today, 120) }, story.followUp);
    const loop = await until(async () => {
      const [row] = await rowsOf(office, `entity=handling.loop&subject=${story.firm}`);
      return row;
    });
    story.loop = loop.id;
    coverage.step(system, 'loop opened');
    story.office = (await sightOf(office, loop.id)).loop.office;
    expect(loop.state).toBe('sent');
    const inspector = await county();
    expect((await pageOf(inspector, story.task)).fields.finalConclusion).toBe('fails');
    coverage.step(system, 'handed over');
  });

  step(
    'county inspector: signs for it, orders the rectification with its sixty and seventy-five days, serves and files the proof',
    async () => {
      const inspector = await county();
      await inspector.act('handling.loop', 'sign', {}, story.loop);
      await inspector.act('handling.loop', 'order', { demands: '查明原因，整改到位。' }, story.loop);
      const page = await open(inspector, story.loop);
      const left = (name: string): number => page.clocks.find((clock) => clock.name === name)!.daysLeft;
      expect(left('rectification')).toBeGreaterThanOrEqual(60);
      expect(left('recheck')).toBeGreaterThanOrEqual(75);
      expect(page.clocks.find(({ name }) => name === 'rectification')!.steps.length).toBeGreaterThan(1);
      const closing = await inspector.refused('handling.loop', 'close', { outcome: '办结' }, story.loop);
      expect(closing).toMatchObject({ status: 422, code: 'not-allowed-now' });
      await serveOrders(inspector);
      const order = (await sightOf(inspector, story.loop)).records.find(({ entity }) => entity === 'handling.order')!;
      expect((await open(inspector, order.id)).documents.map(({ kind }) => kind).sort()).toEqual([
        'receipt',
        'rectificationOrder',
      ]);
      coverage.step(system, 'order served');
    },
  );

  step(
    'enterprise: confirms the stop, reports cause and proof, asks for the recheck, and sees what still blocks the sale',
    async () => {
      const firm = await agent();
      expect((await sightOf(firm, story.loop)).blocks.map(({ zh }) => zh)).toContain('尚未提交整改报告');
      await firm.act(
        'handling.loop',
        'recordStop',
        { stoppedOn: story.today, stopNote: '库存封存，停止发货。' },
        story.loop,
      );
      const report = { cause: '原料批次混用。', measures: '更换原料并全检。' };
      expect(await firm.refused('handling.loop', 'rectify', report, story.loop)).toMatchObject({
        code: 'document-missing',
      });
      await firm.act('handling.loop', 'rectify', report, story.loop, ['rectificationReport', 'recheckApplication']);
      expect((await sightOf(firm, story.loop)).blocks).toHaveLength(2);
      coverage.step(system, 'rectification reported');
    },
  );

  step(
    'county inspector: has it rechecked with a free sample by the same rules and laboratory, recognises the pass and tells the firm',
    async () => {
      const inspector = await county();
      await inspector.act('handling.loop', 'recheck', {}, story.loop);
      const { id } = (await sightOf(inspector, story.loop)).records.find(
        ({ entity }) => entity === 'handling.recheck',
      )!;
      expect((await pageOf(inspector, id)).fields.lab).toMatchObject({ id: laboratory(story.lab).id });
      const sample = { sampledOn: story.today, quantity: 2, batch: '整改后', seal: '封条完好', samplers: '刘某、邓某' };
      expect(await inspector.refused('handling.recheck', 'sample', { ...sample, unitPrice: '10' }, id)).toMatchObject({
        status: 422,
      });
      await inspector.act('handling.recheck', 'sample', sample, id, ['sheet']);
      coverage.step(system, 'sample of the recheck');
      const signatory = await cast.account(`laboratory-signatory.${story.lab}`);
      const results = itemsFor(product).map(({ item, limit }) => ({ item, result: resultFor(limit, true) }));
      await signatory.act(
        'handling.recheck',
        'report',
        { reportNumber: 'AFTER-FC-1', reportedOn: story.today, results },
        id,
        ['report'],
      );
      await inspector.act('handling.recheck', 'recognisePass', { opinion: '复查合格。' }, id);
      expect((await sightOf(await agent(), story.loop)).blocks.map(({ zh }) => zh)).toContain('复查合格通知书尚未送达');
      await serveOrders(inspector);
      expect((await sightOf(await agent(), story.loop)).blocks).toEqual([]);
      coverage.step(system, 'recheck passed');
    },
  );

  step(
    'county inspector: closes with every paper; the organiser writes off, and the county’s sight of the file ends',
    async () => {
      const inspector = await county();
      const close = { outcome: '复查合格，已告知恢复生产销售。' };
      const early = await inspector.refused('handling.loop', 'close', close, story.loop);
      expect(early.code).toBe('document-missing');
      const signer = await cast.officer('Bureau head');
      await appoint({ person: signer.person.id, role: 'bureau-head', validFrom: story.today }, story.office.code);
      await takePost(signer, 'bureau-head', story.office.label.zh);
      const lead = (await sightOf(inspector, story.loop)).records.find(({ entity }) => entity === 'handling.referral')!;
      const decision = { decision: 'not-filed', decisionReason: '初次违法、危害轻微并及时改正。' };
      const { sheet } = await inspector.act('handling.referral', 'decideLead', decision, lead.id, ['record']);
      await signer.act('kernel.approval', 'sign', { opinion: '同意。' }, sheet!);
      await inspector.act('handling.loop', 'close', close, story.loop, ['closingReport']);
      const office = await organiser();
      await until(async () => {
        const { body: answered } = await office.get<{ rows: { missing: string[]; id: string }[] }>(
          '/api/queries/handling.closures',
        );
        const row = answered.rows.find(({ id }) => id === story.loop);
        expect(row?.missing).toEqual([]);
        return row;
      });
      const reply = { repliedOn: story.today, reply: '已办结。' };
      await office.act('sampling.follow-up', 'finish', reply, story.followUp, ['reply']);
      await until(async () => ((await inspector.get(`/api/records/${story.task}`)).status === 404 ? true : undefined));
      coverage.step(system, 'closed with evidence');
    },
  );

  step('section chief: urges what is overdue with a numbered letter, and closes it on the reply', async () => {
    const chief = await cast.officer('Section chief');
    const { body } = await chief.get<{
      overdue: number;
      rows: { record: { id: string; overdue: boolean; office: { code: string; label: { zh: string } } } }[];
    }>('/api/queries/handling.open-loops');
    expect(body.overdue).toBeGreaterThan(0);
    const { record } = body.rows.find((row) => row.record.overdue)!;
    expect(body.rows[0]!.record.overdue).toBe(true);
    const letter = { loops: [record.id], demand: '请依法处理并报告进展。', deadline: later(story.today, 10) };
    const issued = await chief.act('handling.urging', 'issue', letter);
    expect((await open(chief, issued.record.id)).documents[0]!.number).toMatch(/督〔\d{4}〕\d+号/);
    const urged = await handlerAt(record.office);
    await urged.act('handling.urging', 'reply', { reply: '已约谈当事人。' }, issued.record.id, ['replyLetter']);
    await chief.act('handling.urging', 'close', { verdict: '属实。' }, issued.record.id);
    coverage.step(system, 'urged');
  });
});
