import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { secretCommitment, toHex } from '@hengjian/transparency';
import { expect } from 'vitest';
import { later } from '../../apps/server/src/demonstration/office-work.ts';
import { getPlanFigure } from '../../data/plans/index.ts';
import { products } from '../../data/products/index.ts';
import {
  bundle,
  cast,
  coverage,
  everybody,
  failedSteps,
  firstLab,
  items,
  made,
  model,
  ofDraw,
  product,
  real,
  root,
  samplingBody,
  shared,
  step,
  story,
  supervision,
  template,
} from './campaign-stage.ts';
import { approve, importEnterprises, pageOf, person, readEverythingPublic, until } from './cast.ts';
import { signIn } from './visitor.ts';

/** From the register to the draw that warned nobody. */
export function planAndDraw(): void {
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
    const { record } = await story.planner.act('sampling.plan', 'draft', {
      year: Number(story.today.slice(0, 4)),
      name: '省级重点工业产品监督抽查计划（按2018年批次）',
      kind: 'supervision',
      items: lines,
    });
    made.plan = record.id;
    expect((await pageOf(story.planner, record.id)).fields).toMatchObject({ batches: 8_000, budget: '120000000.00' });
    coverage.step(supervision, 'plan drafted');
    expect(await approve(cast, story.planner, 'sampling.plan', 'submit', record.id)).toEqual(['submitted', 'signed']);
    coverage.step(supervision, 'plan approved');
    const filed = await story.planner.act(
      'sampling.plan',
      'fileUpward',
      { filedUpward: story.today, filedWith: '国家市场监督管理总局', filingNumber: '湘市监函〔2026〕99号' },
      record.id,
    );
    expect(filed.record).toMatchObject({ state: 'inForce', number: expect.stringContaining('湘市监抽检计') });
  });

  step('has a scheme whose sample is seen with its curve, power and cost before it is approved', async () => {
    const { body } = await story.planner.get<Record<string, unknown> & { curve: unknown[]; power: unknown[] }>(
      `/api/queries/sampling.plan-design?product=${product}&lot=1200&level=II&aql=2.5&batches=5&visitCost=800&unitPrice=4.2&testingFee=7`,
    );
    expect(body).toMatchObject({ n: 80, acceptance: 5, codeLetter: 'J', cost: { currency: expect.any(String) } });
    expect(body.curve.length).toBeGreaterThan(10);
    expect(body.power.length).toBeGreaterThan(0);
    const { record } = await story.planner.act('sampling.scheme', 'draft', {
      plan: made.plan,
      product,
      name: '电线电缆监督抽查方案',
      scope: template.specification,
      division: '省局组织实施，抽样机构与检验机构分开',
      scheduleFrom: story.today,
      scheduleUntil: later(story.today, 120),
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
    expect((await pageOf(story.planner, record.id)).fields).toMatchObject({ sampleSize: 80, acceptance: 5 });
    coverage.step(model, 'sample size computed');
    expect(await approve(cast, story.planner, 'sampling.scheme', 'submit', record.id)).toEqual(['submitted', 'signed']);
  });

  step('has detailed rules that supervisor and expert agreed on, public before anything is drawn', async () => {
    const expert = await cast.officer('Test expert');
    const { record } = await story.planner.act('sampling.rules', 'draft', {
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
    expect((await story.planner.refused('sampling.rules', 'submit', {}, record.id)).status).toBe(422);
    await story.organiser.act('sampling.rules', 'reviewAsSupervisor', { agrees: true, opinion: '同意。' }, record.id);
    const reviewed = await expert.act(
      'sampling.rules',
      'reviewAsExpert',
      { agrees: true, opinion: '方法可行。' },
      record.id,
    );
    expect(reviewed.record.state).toBe('reviewed');
    coverage.step('test-item-joint-review', 'both reviewed');
    coverage.step(supervision, 'rules reviewed');
    await approve(cast, story.planner, 'sampling.rules', 'submit', record.id);
    coverage.step('test-item-joint-review', 'rules approved');
    const early = await story.planner.refused('sampling.draw', 'freeze', frame());
    expect(early).toMatchObject({ status: 422, code: 'rules-unpublished' });
    await story.planner.act('sampling.rules', 'publish', {}, record.id);
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
    story.publicBefore = await readEverythingPublic();
    const frozen = await story.planner.act('sampling.draw', 'freeze', frame());
    made.draw = frozen.record.id;
    expect((await pageOf(story.planner, made.draw)).fields.sizes).toEqual({ frame: 25, drawn: 5, reserves: 3 });
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
    expect((await story.planner.refused('sampling.draw', 'commit', together, made.draw)).code).toBe('no-laboratory');
    await story.planner.act('sampling.draw', 'commit', commitment, made.draw);
    const drawn = await story.planner.act('sampling.draw', 'draw', { secrets: secrets.map(toHex) }, made.draw);
    expect(drawn.record.state).toBe('drawn');
    coverage.step(model, 'drawn');
    expect(failedSteps(await bundle())).toEqual([]);
    coverage.step(model, 'draw replayed');
    story.tasks = await until(async () => {
      const found = await ofDraw();
      return found.length === 8 && found.every((task) => task.state === 'reserved' || task.number) ? found : undefined;
    });
    expect(story.tasks.filter(({ state }) => state === 'assigned')).toHaveLength(5);
    coverage.step(supervision, 'laboratory assigned');
  });

  step('warns nobody: no drawn firm is named anywhere in public before its visit', async () => {
    const after = await readEverythingPublic();
    expect(after.length).toBeGreaterThan(story.publicBefore.length);
    const mentions = (text: string, word: string): number => text.split(word).length - 1;
    for (const { fields } of story.tasks)
      for (const word of [fields.enterpriseName, fields.enterpriseCode])
        expect([word, mentions(after, word)]).toEqual([word, mentions(story.publicBefore, word)]);
  });
}
