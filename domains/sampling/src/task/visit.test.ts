import { randomUUID } from 'node:crypto';
import { machineActor, machines } from '@hengjian/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  anotherScheme,
  assigned,
  assignment,
  type Campaign,
  items,
  onlineOrder,
  openCampaign,
  sampled,
  sampleRecord,
  sellerRecord,
} from '../campaign-fixture.ts';
import { unvisitedTasks } from './index.ts';

let it2: Campaign;
const task = (
  actor: Parameters<Campaign['act']>[0],
  action: string,
  input: Record<string, unknown>,
  record: string,
  papers: string[] = [],
) => it2.act(actor, 'sampling.task', action, input, record, papers);
const draw = () => machineActor(it2.kernel, machines.seed, '43');

beforeAll(async () => {
  it2 = await openCampaign();
});
beforeEach(() => it2.kernel.at('2026-03-02T02:00:00Z'));
afterAll(() => it2.kernel.close());

describe('下达任务', () => {
  it('只由抽取产生，冻结实施细则，签发通知书、委托书和空白抽样单并编号', async () => {
    await expect(it2.act(it2.organiser, 'sampling.task', 'assign', assignment(it2))).rejects.toMatchObject({
      code: 'not-your-role',
    });
    const id = await assigned(it2);
    expect(await it2.get('task', id)).toMatchObject({
      state: 'assigned',
      items,
      test_sample: 2,
      minimum_stock: 10,
      verdict_rule: 'any-item',
      plan_kind: 'supervision',
    });
    const papers = await it2.rows(
      it2.organiser,
      'select kind, number, content from kernel.document where record = $1 order by kind',
      [id],
    );
    expect(papers.map(({ kind, number }) => [kind, number])).toEqual([
      ['authorisation', '湘市监抽检授〔2026〕1号'],
      ['blankSheet', null],
      ['samplingNotice', '湘市监抽检通〔2026〕1号'],
      ['taskLetter', '湘市监抽检务〔2026〕1号'],
    ]);
    expect(await it2.clock(id, 'due')).toMatchObject({ due_on: '2026-05-29', status: 'running' });
  });

  it('细则未公开、判定规则不明、抽样人员不足两人、机构未分离的，不得下达', async () => {
    const refusal = async (more: Record<string, unknown>) =>
      it2.act(draw(), 'sampling.task', 'assign', assignment(it2, more));
    await expect(refusal(await anotherScheme(it2, { publishedOn: null }))).rejects.toMatchObject({
      code: 'rules-not-public',
    });
    await expect(refusal(await anotherScheme(it2, { publishedOn: '2026-03-09' }))).rejects.toMatchObject({
      code: 'rules-not-public',
    });
    await expect(refusal(await anotherScheme(it2, { verdictRule: '酌情判定' }))).rejects.toMatchObject({
      code: 'verdict-rule-unclear',
    });
    await expect(refusal({ rules: randomUUID() })).rejects.toMatchObject({ code: 'rules-unknown' });
    const [one] = it2.samplers;
    const same = { person: one.person, name: one.name };
    await expect(refusal({ samplers: [same, same] })).rejects.toMatchObject({ code: 'two-samplers' });
    const apart = await anotherScheme(it2, { separate: true });
    await expect(refusal({ ...apart, samplingBody: { id: it2.lab.id, name: '省质检院' } })).rejects.toMatchObject({
      code: 'bodies-not-apart',
    });
  });
});

describe('抽样前保密（W1）', () => {
  it('抽样前企业、检验机构、候补的抽样人员和公开记录都看不到被抽中的企业', async () => {
    const firm = randomUUID();
    const id = await assigned(it2, { enterprise: firm });
    const reserve = await assigned(it2, { enterprise: firm, isReserve: true, stratum: '保密' });
    const agent = await it2.kernel.agent('企业经办人', 'enterprise-agent', firm);
    for (const outsider of [agent, it2.lab.receiver, it2.county])
      expect(await it2.rows(outsider, 'select id from kernel.record where id = any($1)', [[id, reserve]])).toEqual([]);
    expect(await it2.rows(it2.samplers[0], 'select id from kernel.record where id = any($1)', [[id, reserve]])).toEqual(
      [{ id }],
    );
    const published = await it2.kernel.database.transaction('hengjian_public', null, (tx) =>
      tx.query('select id from public_record.entry'),
    );
    expect(published).toEqual([]);
    await it2.act(it2.organiser, 'sampling.task', 'cancel', { reason: '试验' }, reserve);
  });
});

describe('现场抽样', () => {
  it('由本任务指派的两名抽样人员登记，生成抽样单，须有照片', async () => {
    const id = await assigned(it2);
    const [one, two] = it2.samplers;
    await expect(task(one, 'sample', sampleRecord(it2), id)).rejects.toMatchObject({ code: 'document-missing' });
    const stranger = await it2.kernel.agent('丙抽样', 'sampler', one.organisation!);
    await expect(task(stranger, 'sample', sampleRecord(it2), id, ['photos'])).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(task(it2.organiser, 'sample', sampleRecord(it2), id, ['photos'])).rejects.toMatchObject({
      code: 'not-your-role',
    });
    const refused = (more: Record<string, unknown>) => task(one, 'sample', sampleRecord(it2, more), id, ['photos']);
    await expect(refused({ present: [one.person] })).rejects.toMatchObject({ code: 'two-samplers' });
    await expect(refused({ present: [one.person, stranger.person] })).rejects.toMatchObject({ code: 'not-named' });
    await expect(refused({ sampledOn: '2026-03-03' })).rejects.toMatchObject({ code: 'sampled-in-future' });
    await expect(refused({ sampledOn: '2026-03-01' })).rejects.toMatchObject({ code: 'before-the-notice' });
    await expect(refused({ stock: 9 })).rejects.toMatchObject({
      code: 'stock-too-small',
      errors: [{ path: 'input.stock' }],
    });
    await expect(refused({ testQuantity: 1 })).rejects.toMatchObject({ code: 'test-sample-too-small' });
    await expect(refused({ spareQuantity: 1 })).rejects.toMatchObject({ code: 'spare-sample-too-small' });
    await expect(refused({ stock: 10, testQuantity: 8, spareQuantity: 3 })).rejects.toMatchObject({
      code: 'more-than-stock',
    });
    await expect(refused({ signature: 'refused' })).rejects.toMatchObject({ code: 'refusal-unexplained' });
    await expect(refused({ signature: 'online' })).rejects.toMatchObject({ code: 'online-signature' });
    await expect(refused({ channel: 'online' })).rejects.toMatchObject({ code: 'online-order' });
    await expect(refused({ repeatGround: '跟踪' })).rejects.toMatchObject({ code: 'no-such-exemption' });
    expect(
      await task(two, 'sample', sampleRecord(it2, { signature: 'refused', witness: '村委会代表王五' }), id, ['photos']),
    ).toMatchObject({ state: 'sampled' });
    const [sheet] = await it2.rows(one, `select content from kernel.document where record = $1 and kind = 'sheet'`, [
      id,
    ]);
    expect(sheet!.content).toMatchObject({
      samplers: ['甲抽样', '乙抽样'],
      stock: 60,
      spareKeptAt: expect.stringContaining('厂'),
      witness: '村委会代表王五',
    });
  });

  it('网络购样先下单付款，收货录像拆封后封样，文书寄网店', async () => {
    const online = { channel: 'online', signature: 'online', stock: 0, spareKeptAt: 'laboratory' };
    const id = await assigned(it2);
    const [one] = it2.samplers;
    const seal = (more: Record<string, unknown> = {}) =>
      task(one, 'sample', sampleRecord(it2, { ...online, ...more }), id, ['photos']);
    await expect(seal()).rejects.toMatchObject({ code: 'online-order' });
    const order = { orderedOn: '2026-03-02', orderPrice: '482.00', onlineOrder };
    await expect(task(one, 'order', order, id)).rejects.toMatchObject({ code: 'document-missing' });
    expect(await task(one, 'order', order, id, ['orderEvidence'])).toMatchObject({ state: 'ordered' });
    expect(
      await it2.kernel.database.transaction('hengjian_app', it2.organiser.claim, (tx) => unvisitedTasks(tx, it2.draw)),
    ).toBeGreaterThan(0);
    await expect(seal()).rejects.toMatchObject({ code: 'parcel-not-opened' });
    const parcel = { parcelReceivedOn: '2026-03-02', parcelState: '外包装完好，标识齐全' };
    await expect(task(one, 'unbox', parcel, id)).rejects.toMatchObject({ code: 'document-missing' });
    await task(one, 'unbox', parcel, id, ['unboxing']);
    await expect(task(one, 'unbox', parcel, id, ['unboxing'])).rejects.toMatchObject({ code: 'parcel-opened' });
    await expect(seal({ channel: 'seller', signature: 'signed' })).rejects.toMatchObject({ code: 'online-order' });
    await expect(seal({ spareKeptAt: 'firm' })).rejects.toMatchObject({ code: 'spare-online' });
    await expect(seal({ purchase: 'not-harmed' })).rejects.toMatchObject({ code: 'sample-is-bought' });
    expect(await seal()).toMatchObject({ state: 'sampled' });
    const papers = { papersSentOn: '2026-03-02', papersWaybill: 'EMS7', platformToldOn: '2026-03-02' };
    await expect(task(one, 'sendShopPapers', papers, id, ['mailReceipt'])).rejects.toMatchObject({
      code: 'platform-told',
    });
    await task(one, 'sendShopPapers', { ...papers, platformToldHow: '平台监管接口' }, id, ['mailReceipt']);
    expect(await it2.get('task', id)).toMatchObject({ state: 'sampled', papers_waybill: 'EMS7' });
  });

  it('下单后未能交付的，登记为未抽到样；没有下单的不能以此为由', async () => {
    const found = { unsampledReason: 'not-delivered', unsampledNote: '商家取消订单' };
    const id = await assigned(it2);
    await expect(task(it2.samplers[0], 'notSampled', found, id, ['evidence'])).rejects.toMatchObject({
      code: 'nothing-ordered',
    });
    const order = { orderedOn: '2026-03-02', orderPrice: '482.00', onlineOrder };
    await task(it2.samplers[0], 'order', order, id, ['orderEvidence']);
    expect(await task(it2.samplers[0], 'notSampled', found, id, ['evidence'])).toMatchObject({ state: 'not-sampled' });
  });

  it('签过字的抽样单更正须当事人确认，新旧内容并存；改成六个月内抽过的产品不行', async () => {
    const maker = { name: '湖南更正公司', code: '91430102MA5P66662X' };
    await sampled(it2, {}, sellerRecord(it2, maker, { trademark: '更正', model: 'BVV 6' }));
    const id = await sampled(it2, {}, sellerRecord(it2, maker, { trademark: '更正', model: 'BVV 5' }));
    const correct = (what: string, after: string, papers = ['correctionConfirmation']) =>
      task(
        it2.samplers[0],
        'correctSheet',
        { corrections: [{ what, after, why: '笔误' }], confirmedBy: '李四', confirmedHow: 'stamp' },
        id,
        papers,
      );
    await expect(correct('model', 'BVV 10', [])).rejects.toMatchObject({ code: 'document-missing' });
    await expect(correct('model', 'BVV 5')).rejects.toMatchObject({ code: 'same-words' });
    await expect(correct('seal', '无')).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(correct('model', 'BVV 6')).rejects.toMatchObject({ code: 'sampled-within-six-months' });
    await correct('model', 'BVV 10');
    const row = await it2.get<{ model: string; corrections: object[] }>('task', id);
    expect(row).toMatchObject({
      model: 'BVV 10',
      corrections: [{ what: 'model', before: 'BVV 5', after: 'BVV 10', confirmedBy: '李四', confirmedHow: 'stamp' }],
    });
    const again = await assigned(it2);
    const next = (model: string) =>
      task(it2.samplers[0], 'sample', sellerRecord(it2, maker, { trademark: '更正', model }), again, ['photos']);
    await expect(next('BVV 10')).rejects.toMatchObject({ code: 'sampled-within-six-months' });
    expect(await next('BVV 5')).toMatchObject({ state: 'sampled' });
  });

  it('同一机关六个月内不得重复抽查同一产品，期满次日可以', async () => {
    const maker = { name: '湖南同一产品公司', code: '91430102MA5P77772X' };
    const same = { trademark: '同一', model: 'RVV 3×1.5' };
    const record = () => sellerRecord(it2, maker, same);
    await sampled(it2, {}, record());
    const again = await assigned(it2);
    await expect(task(it2.samplers[0], 'sample', record(), again, ['photos'])).rejects.toMatchObject({
      code: 'sampled-within-six-months',
    });
    const written = sellerRecord(it2, { ...maker, code: null }, { trademark: ' 同一 ', model: 'rvv 3×1.5' });
    await expect(task(it2.samplers[0], 'sample', written, again, ['photos'])).rejects.toMatchObject({
      code: 'sampled-within-six-months',
    });
    it2.kernel.at('2026-09-02T02:00:00Z');
    const late = { sampledOn: '2026-09-02' };
    await expect(task(it2.samplers[0], 'sample', { ...record(), ...late }, again, ['photos'])).rejects.toMatchObject({
      code: 'sampled-within-six-months',
    });
    it2.kernel.at('2026-09-03T02:00:00Z');
    await expect(task(it2.samplers[0], 'sample', { ...record(), ...late }, again, ['photos'])).rejects.toMatchObject({
      code: 'sampled-within-six-months',
    });
    expect(
      await task(it2.samplers[0], 'sample', { ...record(), sampledOn: '2026-09-03' }, again, ['photos']),
    ).toMatchObject({ state: 'sampled' });
  });

  it('两名抽样人员同时抢抽同一产品，只有一个成功；跟踪抽查写明理由的除外', async () => {
    const same = { trademark: '抢先', model: 'BVR 4', labelledProducer: { name: '湖南抢先公司' } };
    const record = () => sampleRecord(it2, { channel: 'seller', ...same });
    const ids = [await assigned(it2), await assigned(it2)];
    const results = await Promise.allSettled(
      ids.map((id) => task(it2.samplers[0], 'sample', record(), id, ['photos'])),
    );
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const followUp = await assigned(it2, await anotherScheme(it2, { kind: 'follow-up' }));
    await expect(task(it2.samplers[0], 'sample', record(), followUp, ['photos'])).rejects.toMatchObject({
      code: 'sampled-within-six-months',
    });
    const ground = { repeatGround: '上一批次不合格，跟踪抽查（第八条第三款）' };
    expect(await task(it2.samplers[0], 'sample', { ...record(), ...ground }, followUp, ['photos'])).toMatchObject({
      state: 'sampled',
    });
  });
});

describe('未抽到样、终止和候补', () => {
  it('未抽到样须说明法定原因和证据；拒绝抽样的须立即报告', async () => {
    const id = await assigned(it2);
    const found = { unsampledReason: 'refused', unsampledNote: '以每卷一万元报价' };
    await expect(task(it2.samplers[0], 'notSampled', found, id)).rejects.toMatchObject({ code: 'document-missing' });
    await expect(task(it2.samplers[0], 'notSampled', found, id, ['evidence'])).rejects.toMatchObject({
      code: 'report-missing',
    });
    await expect(
      task(it2.samplers[0], 'notSampled', { ...found, unsampledReason: 'tired' }, id, ['evidence']),
    ).rejects.toMatchObject({ code: 'invalid-input' });
    const done = await task(
      it2.samplers[0],
      'notSampled',
      { ...found, instantReport: '已电话报告省局和芙蓉区局' },
      id,
      ['evidence'],
    );
    expect(done.state).toBe('not-sampled');
    expect(await it2.clock(id, 'due')).toMatchObject({ status: 'met' });
  });

  it('发现无证终止抽样，只有下一名候补按次序递补，每项任务只递补一次', async () => {
    const stratum = '候补层';
    const drawId = randomUUID();
    const place = { stratum, draw: drawId };
    const [first, second] = [await assigned(it2, place), await assigned(it2, place)];
    const reserves = [
      await assigned(it2, { ...place, isReserve: true }),
      await assigned(it2, { ...place, isReserve: true }),
    ];
    const activate = (reserve: string, replaces: string, actor = it2.organiser) =>
      task(actor, 'activate', { replaces }, reserve);
    await expect(activate(reserves[0]!, first)).rejects.toMatchObject({ code: 'nothing-to-replace' });
    await task(it2.samplers[0], 'terminate', { offence: 'unlicensed', instantReport: '无生产许可证，已报告' }, first, [
      'evidence',
    ]);
    await expect(activate(reserves[1]!, first)).rejects.toMatchObject({ code: 'not-next' });
    await expect(task(it2.organiser, 'release', {}, reserves[1]!)).rejects.toMatchObject({
      code: 'reserve-may-be-needed',
    });
    expect(await activate(reserves[0]!, first)).toMatchObject({ state: 'assigned' });
    await expect(activate(reserves[1]!, first)).rejects.toMatchObject({ code: 'already-replaced' });
    await expect(activate(reserves[1]!, await assigned(it2))).rejects.toMatchObject({ code: 'other-stratum' });
    expect(
      await it2.kernel.database.transaction('hengjian_app', it2.organiser.claim, (tx) => unvisitedTasks(tx, drawId)),
    ).toBe(3);
    await task(it2.organiser, 'cancel', { reason: '企业合并' }, second);
    await expect(activate(reserves[1]!, second)).rejects.toMatchObject({ code: 'nothing-to-replace' });
    await task(it2.samplers[0], 'notSampled', { unsampledReason: 'stopped', unsampledNote: '停产' }, reserves[0]!, [
      'evidence',
    ]);
    await activate(reserves[1]!, reserves[0]!);
    await task(it2.samplers[0], 'sample', sampleRecord(it2), reserves[1]!, ['photos']);
    expect(
      await it2.kernel.database.transaction('hengjian_app', it2.organiser.claim, (tx) => unvisitedTasks(tx, drawId)),
    ).toBe(0);
    const papers = await it2.rows(
      it2.organiser,
      `select kind from kernel.document where record = $1 and kind = 'samplingNotice'`,
      [reserves[0]],
    );
    expect(papers).toHaveLength(1);
  });
});
