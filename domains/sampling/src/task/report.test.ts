import { randomUUID } from 'node:crypto';
import { expireClocks, machineActor, machines } from '@hengjian/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  anotherScheme,
  type Campaign,
  failing,
  noticesOf,
  openCampaign,
  passing,
  received,
  reported,
  sampled,
  sampleRecord,
  sellerRecord,
} from '../campaign-fixture.ts';

let it2: Campaign;
const task = (
  actor: Parameters<Campaign['act']>[0],
  action: string,
  input: Record<string, unknown>,
  record: string,
  papers: string[] = [],
) => it2.act(actor, 'sampling.task', action, input, record, papers);
const _draw = () => machineActor(it2.kernel, machines.seed, '43');

beforeAll(async () => {
  it2 = await openCampaign();
});
beforeEach(() => it2.kernel.at('2026-03-02T02:00:00Z'));
afterAll(() => it2.kernel.close());

describe('检验和报告', () => {
  it('抽样的人不得检验和签发，检验的人不得签发', async () => {
    const { lab, samplers } = it2;
    const [, two] = samplers;
    const testerToo = { ...lab.tester, person: two.person, claim: { ...lab.tester.claim, person: two.person } };
    const id = await received(it2);
    await expect(task(testerToo, 'enterResults', { results: passing }, id)).rejects.toMatchObject({
      code: 'separation',
    });
    await task(lab.tester, 'enterResults', { results: passing }, id);
    const signatoryToo = {
      ...lab.signatory,
      person: lab.tester.person,
      claim: { ...lab.signatory.claim, person: lab.tester.person },
    };
    await expect(task(signatoryToo, 'report', { reportNumber: 'R' }, id)).rejects.toMatchObject({ code: 'separation' });
    const samplerSigns = {
      ...lab.signatory,
      person: two.person,
      claim: { ...lab.signatory.claim, person: two.person },
    };
    await expect(task(samplerSigns, 'report', { reportNumber: 'R' }, id)).rejects.toMatchObject({ code: 'separation' });
    await expect(task(it2.retestLab.signatory, 'report', { reportNumber: 'R' }, id)).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('结果按细则逐项判定，录不全不能签发，读不懂的当场指出', async () => {
    const { lab } = it2;
    const id = await received(it2);
    const enter = (results: object[]) => task(lab.tester, 'enterResults', { results }, id);
    await expect(enter([{ item: '阻燃', result: '1' }])).rejects.toMatchObject({
      code: 'unknown-item',
      errors: [{ path: 'input.results.0.item' }],
    });
    await expect(enter([{ item: '导体电阻', result: '很大' }])).rejects.toMatchObject({
      code: 'result-not-understood',
      errors: [{ path: 'input.results.0.result' }],
    });
    await expect(enter([passing[0]!, passing[0]!])).rejects.toMatchObject({ code: 'item-twice' });
    await expect(enter([])).rejects.toMatchObject({ code: 'no-results' });
    expect(await enter([{ item: '导体电阻', result: '7.414' }])).toMatchObject({ state: 'received' });
    await expect(task(lab.signatory, 'report', { reportNumber: 'R1' }, id)).rejects.toMatchObject({
      code: 'not-allowed-now',
    });
    expect(
      await enter([
        { item: '绝缘厚度', result: '0.7' },
        { item: '标志', result: '不符合' },
      ]),
    ).toMatchObject({ state: 'tested' });
    await task(lab.signatory, 'report', { reportNumber: 'R1' }, id);
    const row = await it2.get<Record<string, unknown>>('task', id);
    expect(row).toMatchObject({ state: 'reported', conclusion: 'fails', report_revision: 1 });
    expect(row.failed_items).toEqual(
      expect.arrayContaining([expect.objectContaining({ item: '标志', result: '不符合', severity: 'C' })]),
    );
    const shown = await it2.ask<{
      items: { item: string; result: { verdict: string; steps: { zh: string }[]; rechecked: boolean } }[];
    }>(it2.organiser, 'sampling.task-results', { task: id });
    expect(shown.items.map(({ item, result }) => [item, result.verdict, result.rechecked])).toEqual([
      ['导体电阻', 'conforms', true],
      ['绝缘厚度', 'conforms', true],
      ['标志', 'fails', true],
    ]);
    expect(shown.items[0]!.result.steps.length).toBeGreaterThan(0);
    const [paper] = await it2.rows(
      it2.organiser,
      `select title, content from kernel.document where record = $1 and kind = 'report'`,
      [id],
    );
    expect(paper!.content).toMatchObject({
      conclusion: '不合格',
      seriousness: '一般不合格',
      signatory: '省质检院签发',
    });
  });

  it('组织部门退回的报告更正后标明更正', async () => {
    const id = await reported(it2, passing);
    await task(it2.organiser, 'returnReport', { returnedReason: '绝缘厚度单位有误' }, id);
    await task(it2.lab.tester, 'enterResults', { results: [{ item: '绝缘厚度', result: '720', unit: 'μm' }] }, id);
    await task(it2.lab.signatory, 'report', { reportNumber: 'R2更' }, id);
    const papers = await it2.rows(
      it2.organiser,
      `select title from kernel.document where record = $1 and kind = 'report' order by created_at`,
      [id],
    );
    expect(papers.map(({ title }) => title)).toEqual(['检验报告', '检验报告（第1次更正）']);
  });

  it('类别计数规则：两项 B 类才不合格', async () => {
    const scheme = await anotherScheme(it2, { verdictRule: 'class-counts' });
    const id = await reported(
      it2,
      [
        { item: '导体电阻', result: '7.2' },
        { item: '绝缘厚度', result: '0.5' },
        { item: '标志', result: '符合' },
      ],
      scheme,
    );
    expect(await it2.get('task', id)).toMatchObject({ conclusion: 'conforms' });
  });
});

describe('告知和样品确认', () => {
  it('在生产企业抽取的只告知企业；在销售者抽取的同时告知标称生产者；网购的还告知平台', async () => {
    const own = await reported(it2, passing);
    await task(it2.organiser, 'notify', {}, own);
    expect(Object.keys(await noticesOf(it2, own))).toEqual(['sampled']);
    const seller = await reported(it2, failing, {}, sellerRecord(it2));
    await expect(task(it2.county, 'notify', {}, seller)).rejects.toMatchObject({ code: 'not-found' });
    await task(it2.organiser, 'notify', {}, seller);
    expect(Object.keys(await noticesOf(it2, seller)).sort()).toEqual(['labelled-producer', 'sampled']);
    const order = {
      platform: '试验平台',
      shop: '小店',
      page: 'https://example.cn/1',
      order: 'A1',
      account: 'u1',
      payment: '公务卡',
      delivery: '长沙',
    };
    const online = await reported(
      it2,
      failing,
      {},
      sellerRecord(it2, {}, { channel: 'online', signature: 'online', onlineOrder: order, spareKeptAt: 'laboratory' }),
    );
    await task(it2.organiser, 'notify', {}, online);
    expect(Object.keys(await noticesOf(it2, online)).sort()).toEqual(['labelled-producer', 'platform', 'sampled']);
    const [paper] = await it2.rows(
      it2.organiser,
      `select number from kernel.document d join sampling.notice n on n.id = d.record where n.task = $1 and n.addressee ->> 'kind' = 'platform'`,
      [online],
    );
    expect(paper!.number).toMatch(/^湘市监抽检告〔2026〕\d+号$/);
  });

  it('标称生产者否认并认定成立的，不再告知为生产者', async () => {
    const maker = randomUUID();
    const agent = await it2.kernel.agent('厂家经办人', 'enterprise-agent', maker);
    const id = await reported(it2, failing, {}, sellerRecord(it2, { enterprise: maker }));
    expect(await it2.rows(agent, 'select id from sampling.task where id = $1', [id])).toEqual([]);
    await expect(
      task(it2.organiser, 'answerProducer', { producerAnswer: 'denies' }, id, ['producerEvidence']),
    ).rejects.toMatchObject({ code: 'not-asked' });
    await expect(task(it2.organiser, 'askProducer', { producerAnswerDue: '2026-03-02' }, id)).rejects.toMatchObject({
      code: 'due-in-past',
    });
    await task(it2.organiser, 'askProducer', { producerAnswerDue: '2026-03-16' }, id);
    await expect(
      task(agent, 'answerProducer', { producerAnswer: 'denies' }, id, ['producerEvidence']),
    ).rejects.toMatchObject({ code: 'denial-unfounded' });
    await task(agent, 'answerProducer', { producerAnswer: 'denies', producerStatement: '批号和喷码与我厂不符' }, id, [
      'producerEvidence',
    ]);
    await expect(task(it2.organiser, 'notify', {}, id)).rejects.toMatchObject({ code: 'denial-open' });
    await task(it2.organiser, 'decideDenial', { denial: 'proved', denialReason: '喷码格式不符，经比对属实' }, id);
    await expect(
      task(it2.organiser, 'decideDenial', { denial: 'proved', denialReason: '再次' }, id),
    ).rejects.toMatchObject({ code: 'denial-decided' });
    await task(it2.organiser, 'notify', {}, id);
    expect(Object.keys(await noticesOf(it2, id))).toEqual(['sampled']);
  });

  it('样品确认到期未答复由时限登记；生产企业自己的样品无人可问', async () => {
    const id = await reported(it2, failing, {}, sellerRecord(it2));
    await task(it2.organiser, 'askProducer', { producerAnswerDue: '2026-03-10' }, id);
    it2.kernel.at('2026-03-11T02:00:00Z');
    expect((await expireClocks(it2.kernel)).refused).toEqual([]);
    expect(await it2.get('task', id)).toMatchObject({ producer_answer: 'none', state: 'reported' });
    const own = await sampled(it2, {}, sampleRecord(it2, { sampledOn: '2026-03-11' }));
    await expect(task(it2.organiser, 'askProducer', { producerAnswerDue: '2026-03-30' }, own)).rejects.toMatchObject({
      code: 'nobody-to-ask',
    });
  });
});
