import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { secretCommitment, toHex } from '@hengjian/transparency';
import { type DrawVerdict, verifyDraw } from '@hengjian/transparency/verification';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { itemsFor, resultFor } from '../../apps/server/src/demonstration/campaign.ts';
import { later } from '../../apps/server/src/demonstration/office-work.ts';
import { getPlanFigure } from '../../data/plans/index.ts';
import { findDetailedRules, getProduct, products } from '../../data/products/index.ts';
import {
  approve,
  createCast,
  importEnterprises,
  laboratory,
  type Page,
  pageOf,
  person,
  readEverythingPublic,
  rowsOf,
  until,
} from './cast.ts';
import { journeyCoverage } from './coverage.ts';
import { signIn, stranger, type Visitor } from './visitor.ts';

const product = 'P301';
const template = findDetailedRules(product)!;
const samplingBody = laboratory('laboratory-01');
const firstLab = laboratory('laboratory-03');
const retestLab = laboratory('laboratory-10');
const items = itemsFor(product);
const cast = createCast();
const everybody = stranger();
const coverage = journeyCoverage('campaign', import.meta.url);
const supervision = 'product-supervision-sampling';
const model = 'sampling-mathematical-model';
const root = new URL('../../', import.meta.url).pathname;
const shared = join(process.env.HENGJIAN_SHARED ?? join(root, '../shared'), 'data/enterprises');
const real = existsSync(join(shared, 'registrations_hunan_1978_1999.csv'));

interface Task extends Page {
  fields: Page['fields'] & {
    draw: string;
    stratum: string;
    sequence: number;
    isReserve: boolean;
    enterprise: string;
    enterpriseName: string;
    enterpriseCode: string;
    enterpriseRegion: string;
    samplers: { person: string; name: string }[];
  };
}

let planner: Visitor;
let organiser: Visitor;
let today = '';
const made = { plan: '', scheme: '', rules: '', draw: '', bulletin: '' };
let tasks: Task[] = [];
let publicBefore = '';
let begun = 0;
let passed = 0;
const steps = 14;

beforeAll(async () => {
  planner = await cast.officer('Planner');
  organiser = await cast.officer('Organiser');
  today = await clock();
});
afterAll(() => coverage.finish(passed === steps));

const clock = async (): Promise<string> =>
  (await everybody.get<{ today: string }>('/api/demonstration/clock')).body.today;

async function forward(days: number): Promise<void> {
  const { status } = await planner.post('/api/demonstration/clock', { days });
  expect(status).toBe(200);
  cast.forget();
  planner = await cast.officer('Planner');
  organiser = await cast.officer('Organiser');
  today = await clock();
}

const ofDraw = async (): Promise<Task[]> => {
  const pages = await Promise.all(
    (await rowsOf(planner, `entity=sampling.task&q=${encodeURIComponent(getProduct(product).zh)}`)).map(
      ({ id }) => pageOf(planner, id) as Promise<Task>,
    ),
  );
  return pages.filter(({ fields }) => fields.draw === made.draw);
};

const samplerOf = (task: Task): Promise<Visitor> =>
  cast.account(
    ['sampler.laboratory-01', 'sampler.laboratory-01.2'].find(
      (account) => person(account).id === task.fields.samplers[0]!.person,
    )!,
  );

const sample = (task: Task, index: number) => ({
  sampledOn: today,
  channel: 'producer',
  place: '成品仓库',
  sampleName: getProduct(product).zh,
  trademark: '无',
  model: `BV 2.5-${index + 1}`,
  batch: '20260101',
  standard: 'GB/T 5023.3-2008',
  stock: 5_000,
  unitPrice: '4.20',
  testQuantity: template.sample.test,
  spareQuantity: template.sample.spare,
  spareKeptAt: 'laboratory',
  seal: `封条 ${index * 2 + 1}、${index * 2 + 2}，完好`,
  labelledProducer: {
    name: task.fields.enterpriseName,
    code: task.fields.enterpriseCode,
    region: task.fields.enterpriseRegion,
    enterprise: task.fields.enterprise,
  },
  present: task.fields.samplers.map((sampler) => sampler.person),
  signature: 'signed',
});
const receipt = () => ({
  receivedOn: today,
  sealIntact: true,
  matchesSheet: true,
  appearance: '封条完整',
  licenceCheck: 'valid',
  licenceSource: '全国工业产品生产许可证查询',
});
const results = (fails: boolean) =>
  items.map(({ item, limit }, place) => ({ item, result: resultFor(limit, !(fails && place === 0)) }));

/** One step of the journey; a later one rests on it. */
function step(name: string, run: () => Promise<void>, timeout?: number): void {
  it(
    name,
    async (context) => {
      context.skip(passed < begun, 'an earlier step of the journey failed');
      begun += 1;
      await run();
      passed += 1;
    },
    timeout,
  );
}

describe('a campaign of supervision sampling', { sequential: true }, () => {
  step(
    real
      ? 'begins with the register: Hunan and Fujian, every row taken or named'
      : 'begins with the register: an invented list, since the real registrations are not at hand',
    async () => {
      const files = real
        ? (['hunan', 'fujian'] as const).map((province) => join(shared, `registrations_${province}_1978_1999.csv`))
        : [join(root, 'tests/fixtures/enterprises.csv')];
      for (const [index, file] of files.entries()) {
        const steward = index === 0 ? await cast.officer('Data steward') : await signIn('Data steward', '福建省');
        const content = readFileSync(file);
        const { state, report } = await importEnterprises(steward, 'registrations.csv', content);
        expect(state).toBe('done');
        expect(report.good + report.bad).toBe(report.total);
        if (real) expect(report.total).toBe([8_387, 20_442][index]);
        else expect([report.good, report.bad]).toEqual([4, 1]);
        const errors = report.rows.filter(({ level }) => level === 'error');
        expect(new Set(errors.map(({ row }) => row)).size).toBe(report.bad);
        for (const { code, zh } of errors) expect([code, zh].every(Boolean)).toBe(true);
      }
      coverage.step('legal-entity-base-db', 'feed received');
    },
    540_000,
  );

  step('has an annual plan of as many batches as Hunan set itself for 2018, signed twice and filed', async () => {
    const total = Number(getPlanFigure('provincial-batches').value);
    const each = Math.floor(total / products().length);
    const lines = products().map(({ code, zh }, index) => {
      const batches = index === 0 ? total - each * (products().length - 1) : each;
      return { product: code, productName: zh, batches, budget: `${batches * 15_000}.00` };
    });
    const { record } = await planner.act('sampling.plan', 'draft', {
      year: Number(today.slice(0, 4)),
      name: '省级重点工业产品监督抽查计划（按2018年批次）',
      kind: 'supervision',
      items: lines,
    });
    made.plan = record.id;
    expect((await pageOf(planner, record.id)).fields).toMatchObject({ batches: 8_000, budget: '120000000.00' });
    coverage.step(supervision, 'plan drafted');
    expect(await approve(cast, planner, 'sampling.plan', 'submit', record.id)).toEqual(['submitted', 'signed']);
    coverage.step(supervision, 'plan approved');
    const filed = await planner.act(
      'sampling.plan',
      'fileUpward',
      { filedUpward: today, filedWith: '国家市场监督管理总局', filingNumber: '湘市监函〔2026〕99号' },
      record.id,
    );
    expect(filed.record).toMatchObject({ state: 'inForce', number: expect.stringContaining('湘市监抽检计') });
  });

  step('has a scheme whose sample is seen with its curve, power and cost before it is approved', async () => {
    const { body } = await planner.get<Record<string, unknown> & { curve: unknown[]; power: unknown[] }>(
      `/api/queries/sampling.plan-design?product=${product}&lot=1200&level=II&aql=2.5&batches=5&visitCost=800&unitPrice=4.2&testingFee=7`,
    );
    expect(body).toMatchObject({ n: 80, acceptance: 5, codeLetter: 'J', cost: { currency: expect.any(String) } });
    expect(body.curve.length).toBeGreaterThan(10);
    expect(body.power.length).toBeGreaterThan(0);
    const { record } = await planner.act('sampling.scheme', 'draft', {
      plan: made.plan,
      product,
      name: '电线电缆监督抽查方案',
      scope: template.specification,
      division: '省局组织实施，抽样机构与检验机构分开',
      scheduleFrom: today,
      scheduleUntil: later(today, 120),
      separateBodies: true,
      designBasis: 'aql',
      lotSize: 1200,
      level: 'II',
      aql: '2.5',
      severity: 'normal',
      batches: 5,
      visitCost: '800',
      unitPrice: '4.20',
      testingFee: '7',
    });
    made.scheme = record.id;
    expect((await pageOf(planner, record.id)).fields).toMatchObject({ sampleSize: 80, acceptance: 5 });
    coverage.step(model, 'sample size computed');
    expect(await approve(cast, planner, 'sampling.scheme', 'submit', record.id)).toEqual(['submitted', 'signed']);
  });

  step('has detailed rules that supervisor and expert agreed on, public before anything is drawn', async () => {
    const expert = await cast.officer('Test expert');
    const { record } = await planner.act('sampling.rules', 'draft', {
      scheme: made.scheme,
      method: '在被抽样单位待销产品中随机抽取',
      testSample: template.sample.test,
      spareSample: template.sample.spare,
      sampleUnit: template.sample.unit,
      minimumStock: template.sample.minimumStock,
      verdictRule: '任一项目不合格的，判定为不合格',
      retestDays: 20,
      experts: [{ person: expert.person.id, name: expert.person.name }],
      items,
    });
    made.rules = record.id;
    coverage.step('test-item-joint-review', 'rules drafted');
    expect((await planner.refused('sampling.rules', 'submit', {}, record.id)).status).toBe(422);
    await organiser.act('sampling.rules', 'reviewAsSupervisor', { agrees: true, opinion: '同意。' }, record.id);
    const reviewed = await expert.act(
      'sampling.rules',
      'reviewAsExpert',
      { agrees: true, opinion: '方法可行。' },
      record.id,
    );
    expect(reviewed.record.state).toBe('reviewed');
    coverage.step('test-item-joint-review', 'both reviewed');
    coverage.step(supervision, 'rules reviewed');
    await approve(cast, planner, 'sampling.rules', 'submit', record.id);
    coverage.step('test-item-joint-review', 'rules approved');
    const early = await planner.refused('sampling.draw', 'freeze', frame());
    expect(early).toMatchObject({ status: 422, code: 'rules-unpublished' });
    await planner.act('sampling.rules', 'publish', {}, record.id);
    const { body } = await everybody.get<{ entries: { id: string; title: { zh: string } }[] }>(
      `/api/public/records?kind=sampling-rules&q=${encodeURIComponent('电线电缆')}`,
    );
    expect(body.entries[0]?.title.zh).toContain('电线电缆');
    expect((await everybody.get(`/records/${body.entries[0]!.id}`)).text).toContain('导体电阻');
  });

  const frame = () => ({
    scheme: made.scheme,
    rules: made.rules,
    name: '电线电缆监督抽查随机抽取',
    strata: [
      { key: 'CZT', label: '长株潭', regions: ['4301', '4302', '4303'], bases: [], sample: 1, reserves: 1 },
      {
        key: 'other',
        label: '其他市州',
        regions: ['4304', '4305', '4306', '4307', '4308', '4309', '4310', '4311', '4312', '4313', '4331'],
        bases: [],
        sample: 4,
        reserves: 2,
      },
    ],
    weightRules: [{ reason: 'past-failure', weight: 3 }],
    checkedSince: '2024-01-01',
  });

  step('draws in public, from a frozen directory of invented firms, in a way that anybody can replay', async () => {
    publicBefore = await readEverythingPublic();
    const frozen = await planner.act('sampling.draw', 'freeze', frame());
    made.draw = frozen.record.id;
    expect((await pageOf(planner, made.draw)).fields.sizes).toEqual({ frame: 25, drawn: 5, reserves: 3 });
    coverage.step(model, 'strata defined');
    coverage.step(model, 'frame frozen');
    const secrets = [randomBytes(32), randomBytes(32)];
    const samplers = ['sampler.laboratory-01', 'sampler.laboratory-01.2'].map(person).map(({ id, name }) => ({
      person: id,
      name,
      organisation: samplingBody.id,
      organisationName: samplingBody.name,
    }));
    const commitment = {
      team: 'same-body',
      samplers,
      exclusions: [],
      labs: [{ id: firstLab.id, name: firstLab.name, products: [product] }],
      parties: ['组织机关', '纪检监督'].map((name, index) => ({
        name,
        commitment: toHex(secretCommitment(name, secrets[index]!)),
      })),
    };
    const together = { ...commitment, labs: [{ ...samplingBody, key: undefined, products: [product] }] };
    expect((await planner.refused('sampling.draw', 'commit', together, made.draw)).code).toBe('no-laboratory');
    await planner.act('sampling.draw', 'commit', commitment, made.draw);
    const drawn = await planner.act('sampling.draw', 'draw', { secrets: secrets.map(toHex) }, made.draw);
    expect(drawn.record.state).toBe('drawn');
    coverage.step(model, 'drawn');
    expect(failedSteps(await bundle())).toEqual([]);
    coverage.step(model, 'draw replayed');
    tasks = await until(async () => {
      const found = await ofDraw();
      return found.length === 8 && found.every((task) => task.state === 'reserved' || task.number) ? found : undefined;
    });
    expect(tasks.filter(({ state }) => state === 'assigned')).toHaveLength(5);
    coverage.step(supervision, 'laboratory assigned');
  });

  const bundle = async (): Promise<unknown> => (await everybody.get(`/api/public/draws/${made.draw}/bundle`)).body;
  const failedSteps = (value: unknown): DrawVerdict['steps'] =>
    verifyDraw(value).steps.filter(({ ok }) => ok === false);

  step('warns nobody: no drawn firm is named anywhere in public before its visit', async () => {
    const after = await readEverythingPublic();
    expect(after.length).toBeGreaterThan(publicBefore.length);
    const mentions = (text: string, word: string): number => text.split(word).length - 1;
    for (const { fields } of tasks)
      for (const word of [fields.enterpriseName, fields.enterpriseCode])
        expect([word, mentions(after, word)]).toEqual([word, mentions(publicBefore, word)]);
  });

  step('calls the next reserve by its order when a firm has stopped, whoever would rather have another', async () => {
    const reservesOf = (stratum: string): Task[] =>
      tasks
        .filter(({ state, fields }) => state === 'reserved' && fields.stratum === stratum)
        .sort((one, other) => one.fields.sequence - other.fields.sequence);
    const stopped = tasks.find(({ state, fields }) => state === 'assigned' && reservesOf(fields.stratum).length >= 2);
    const reserves = reservesOf(stopped!.fields.stratum);
    const sampler = await samplerOf(stopped!);
    await sampler.act(
      'sampling.task',
      'notSampled',
      { unsampledReason: 'stopped', unsampledNote: '厂区停产，设备已拆除。' },
      stopped!.id,
      ['evidence'],
    );
    tasks = await until(async () => {
      const found = await ofDraw();
      return found.filter(({ state }) => state === 'assigned').length === 5 ? found : undefined;
    });
    const states = new Map(tasks.map(({ id, state }) => [id, state]));
    expect(reserves.map(({ id }) => states.get(id))).toEqual(['assigned', ...reserves.slice(1).map(() => 'reserved')]);
  });

  step('takes two sealed samples of every firm, and again where the laboratory refused one', async () => {
    const receiver = 'laboratory-receiver.laboratory-03';
    for (const [index, task] of visited().entries()) {
      const sampler = await samplerOf(task);
      await sampler.act('sampling.task', 'sample', sample(task, index), task.id, ['photos']);
      await sampler.act('sampling.task', 'deliver', { carriage: 'carried', sentOn: today }, task.id);
      const custodian = await cast.account(receiver);
      if (index === 0) {
        const broken = await custodian.refused(
          'sampling.task',
          'receive',
          { ...receipt(), sealIntact: false },
          task.id,
        );
        expect(broken.status).toBe(422);
        await custodian.act('sampling.task', 'refuseSample', { refusedReason: '封条破损。' }, task.id, [
          'receiptPhotos',
        ]);
        expect((await pageOf(planner, task.id)).state).toBe('assigned');
        await sampler.act('sampling.task', 'sample', sample(task, index), task.id, ['photos']);
        await sampler.act('sampling.task', 'deliver', { carriage: 'carried', sentOn: today }, task.id);
      }
      const taken = await custodian.act('sampling.task', 'receive', receipt(), task.id, ['receiptPhotos']);
      expect(taken.record.state).toBe('received');
    }
    coverage.step(supervision, 'sample taken');
    coverage.step('sampling-testing-separation', 'drawn and sealed');
  });

  const visited = (): Task[] =>
    tasks.filter(({ state, fields }) => state === 'assigned' || (fields.draw !== '' && visits.has(state)));
  const visits = new Set(['sampled', 'received', 'tested', 'reported', 'notified', 'disputed', 'concluded']);

  step('lets nobody test or sign what he sampled, even with a post in the laboratory', async () => {
    const [first] = visited();
    const sampler = await samplerOf(first!);
    expect((await sampler.refused('sampling.task', 'report', { reportNumber: 'X-1' }, first!.id)).status).toBe(403);
    const administrator = await cast.officer('System administrator');
    await administrator.act('kernel.grant', 'appoint', {
      person: sampler.person.id,
      role: 'laboratory-tester',
      validFrom: today,
      organisation: firstLab.id,
      organisationName: firstLab.name,
    });
    await takePost(sampler, 'laboratory-tester');
    const barred = await sampler.refused('sampling.task', 'enterResults', { results: results(false) }, first!.id);
    expect(barred).toMatchObject({ status: 403, code: 'separation' });
    const tester = await cast.account('laboratory-tester.laboratory-03');
    for (const [index, task] of visited().entries()) {
      const entered = await tester.act('sampling.task', 'enterResults', { results: results(index < 2) }, task.id);
      expect(entered.record.state).toBe('tested');
    }
    coverage.step('test-item-joint-review', 'used by the laboratory');
    const signatory = await cast.account('laboratory-signatory.laboratory-03');
    for (const [index, task] of visited().entries())
      await signatory.act('sampling.task', 'report', { reportNumber: `DZ-P301-${index + 1}` }, task.id);
    tasks = await ofDraw();
    const conclusions = visited().map(({ fields }) => fields.conclusion);
    expect(conclusions.filter((conclusion) => conclusion === 'fails')).toHaveLength(2);
  });

  const failing = (): Task[] => visited().filter(({ fields }) => fields.conclusion === 'fails');

  step('tells every firm in writing', async () => {
    for (const task of visited()) await organiser.act('sampling.task', 'notify', {}, task.id);
    const notices = await until(async () => {
      const found = (await rowsOf(organiser, 'entity=sampling.notice&state=prepared')).filter(({ subject }) =>
        visited().some(({ fields }) => fields.enterprise === subject?.id),
      );
      return found.length === visited().length ? found : undefined;
    });
    for (const { id } of notices) {
      await organiser.act('sampling.notice', 'serve', { way: 'direct', servedOn: today, receivedBy: '陈经办' }, id, [
        'receipt',
      ]);
      noticeOf.set((await pageOf(organiser, id)).fields.task as string, id);
    }
    expect(noticeOf.size).toBe(5);
    coverage.step(supervision, 'firm told');
  });
  const noticeOf = new Map<string, string>();

  step('has an objection retested by another laboratory than the first', async () => {
    const [disputed] = failing();
    const agent = await signIn('Enterprise agent');
    const administrator = await cast.officer('System administrator');
    await administrator.act('kernel.grant', 'appoint', {
      person: agent.person.id,
      role: 'enterprise-agent',
      validFrom: today,
      organisation: disputed!.fields.enterprise,
      organisationName: disputed!.fields.enterpriseName,
    });
    await takePost(agent, 'enterprise-agent', disputed!.fields.enterpriseName);
    const asked = { kind: 'retest', reasons: '本厂自检合格。', contested: [items[0]!.item] };
    const { created } = await agent.act('sampling.notice', 'object', asked, noticeOf.get(disputed!.id), [
      'application',
    ]);
    const objection =
      created.find(({ entity }) => entity === 'sampling.objection')?.id ??
      (await rowsOf(organiser, `entity=sampling.objection&subject=${disputed!.fields.enterprise}`))[0]!.id;
    const take = (who: Visitor, action: string, input: Record<string, unknown> = {}, papers: string[] = []) =>
      who.act('sampling.objection', action, input, objection, papers);
    await take(organiser, 'study');
    await take(organiser, 'notifyRetest', { noticeReceivedOn: today });
    await take(organiser, 'completeFormalities', { formalitiesOn: today, retestFee: '900', feePaidOn: today }, [
      'feeReceipt',
    ]);
    const again = { retestLab: { id: firstLab.id, name: firstLab.name }, retestDueOn: later(today, 20) };
    expect(await organiser.refused('sampling.objection', 'designateLab', again, objection)).toMatchObject({
      code: 'same-laboratory',
    });
    await take(organiser, 'designateLab', { ...again, retestLab: { id: retestLab.id, name: retestLab.name } });
    await take(
      await cast.account('laboratory-receiver.laboratory-10'),
      'receiveSpare',
      { sealIntact: true, matchesSheet: true, spareState: '完好' },
      ['sparePhotos'],
    );
    const retested = results(true).slice(0, 1);
    await take(await cast.account('laboratory-tester.laboratory-10'), 'enterRetest', { results: retested });
    await take(await cast.account('laboratory-signatory.laboratory-10'), 'concludeRetest', { retestReport: 'FJ-1' });
    expect((await pageOf(organiser, objection)).fields).toMatchObject({
      outcome: 'stands',
      feeBearer: 'applicant',
      retestConclusion: 'fails',
    });
    await take(organiser, 'tell', { toldOn: today, toldHow: '直接送达' });
    coverage.step(supervision, 'retest concluded');
  });

  step('comes into force when fifteen days have passed, and opens what follows from a failure', async () => {
    await forward(20);
    tasks = await until(async () => {
      const found = await ofDraw();
      return found.filter(({ state }) => state === 'concluded').length === 5 ? found : undefined;
    });
    coverage.step(supervision, 'conclusion in force');
    for (const { fields } of failing()) {
      const kinds = await until(async () => {
        const rows = await rowsOf(organiser, `entity=sampling.follow-up&subject=${fields.enterprise}`);
        return rows.length > 0 ? rows : undefined;
      });
      expect(kinds.length).toBeGreaterThan(0);
    }
    coverage.step(supervision, 'follow-ups opened');
    const [{ fields }] = failing() as [Task];
    const { body } = await organiser.get<{ records: { entity: string; rows: unknown[] }[] }>(
      `/api/queries/subjects.archive?enterprise=${fields.enterprise}`,
    );
    expect(body.records.map(({ entity }) => entity)).toContain('sampling.task');
    coverage.step('enterprise-quality-archive', 'events appended');
  });

  step('opens the names of the draw, which prove to be those committed to', async () => {
    const { state } = await pageOf(planner, made.draw);
    if (state === 'drawn') await planner.act('sampling.draw', 'open', {}, made.draw);
    const opened = await bundle();
    expect(failedSteps(opened)).toEqual([]);
    const text = JSON.stringify(opened);
    for (const { fields } of visited()) expect(text).toContain(fields.enterpriseName);
    for (const { fields } of tasks.filter(({ state: now }) => now === 'released'))
      expect(text).not.toContain(fields.enterpriseName);
  });

  step('ends in a bulletin with as many rows as it counts, which can be corrected and withdrawn', async () => {
    const { record } = await organiser.act('sampling.bulletin', 'draft', {
      scheme: made.scheme,
      name: '电线电缆监督抽查结果公告',
    });
    made.bulletin = record.id;
    expect(await approve(cast, organiser, 'sampling.bulletin', 'publish', record.id)).toEqual(['submitted', 'signed']);
    const first = await entryOf();
    const { counts, passing, failing: failures } = first.body!;
    expect(counts).toMatchObject({ tasks: 6, conforming: 3, failing: 2, notSampled: 1, open: 0 });
    expect([passing.length, failures.length]).toEqual([3, 2]);
    coverage.step(supervision, 'bulletin published');
    const [failed] = failing();
    const firm = await everybody.get(`/enterprises/${failed!.fields.enterpriseCode}`);
    expect(firm.status).toBe(200);
    expect(firm.text).toContain('电线电缆监督抽查结果公告');
    await approve(cast, organiser, 'sampling.bulletin', 'correct', record.id, {
      reason: '补充抽查概况。',
      summary: '本次抽查5批次。',
    });
    const second = await entryOf();
    expect(second.id).not.toBe(first.id);
    expect((await everybody.get<Entry>(`/api/public/records/${first.id}`)).body).toMatchObject({
      replacedBy: second.id,
      reason: '补充抽查概况。',
    });
    await approve(cast, organiser, 'sampling.bulletin', 'withdraw', record.id, { reason: '演示撤回。' });
    const gone = (await everybody.get<Entry>(`/api/public/records/${second.id}`)).body;
    expect(gone).toMatchObject({ body: null, reason: '演示撤回。', withdrawnAt: expect.any(String) });
    expect((await everybody.get(`/records/${second.id}`)).text).toContain('演示撤回');
  });

  interface Entry {
    id: string;
    body: { counts: Record<string, number>; passing: unknown[]; failing: unknown[] } | null;
  }
  const entryOf = async (): Promise<Entry> => {
    const { entry } = (await pageOf(organiser, made.bulletin)).fields;
    return (await everybody.get<Entry>(`/api/public/records/${entry as string}`)).body;
  };
});

/** Takes up another post of the same person. */
async function takePost(visitor: Visitor, role: string, place = ''): Promise<void> {
  const { body } = await visitor.get<{ grants: { id: string; role: string; place: { zh: string } }[] }>('/api/me');
  const grant = body.grants.find((held) => held.role === role && held.place.zh.includes(place));
  if (grant === undefined)
    throw new Error(`${visitor.person.name} holds no post ${role} ${place}: ${JSON.stringify(body.grants)}`);
  expect((await visitor.post('/api/me/grant', { grant: grant.id })).status).toBe(200);
}
