import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Bureau,
  conforming,
  failing,
  inHand,
  leadDecided,
  openBureau,
  ordered,
  orderOf,
  recheck,
  serve,
} from './handling-fixture.ts';

let it2: Bureau;
const loopAct = (action: string, input: Record<string, unknown>, loop: string, papers: string[] = []) =>
  it2.act(it2.county, 'handling.loop', action, input, loop, papers);
const on = (day: string) => it2.kernel.at(`${day}T02:00:00Z`);
const stateOf = async (loop: string) => (await it2.get<{ state: string }>('loop', loop)).state;
const one = async (text: string, loop: string) => (await it2.held<{ id: string }>(text, [loop]))[0]!.id;

beforeAll(async () => {
  it2 = await openBureau();
});
beforeEach(() => on('2026-03-02'));
afterAll(() => it2.kernel.close());

describe('外来台账', () => {
  it('由台账列入的结果处理，核查期限自收到之日起算，不自导入之日', async () => {
    const outside = {
      task: undefined,
      outsideFailure: crypto.randomUUID(),
      source: 'national',
      receivedOn: '2026-02-10',
    };
    const loop = await inHand(it2, outside);
    expect(await it2.get('loop', loop)).toMatchObject({ state: 'in-hand', signed_on: '2026-02-10' });
    const lead = await one('select id from handling.referral where loop = $1', loop);
    expect(await it2.clock(lead, 'lead')).toMatchObject({ started_on: '2026-02-10', due_on: '2026-03-09' });
  });
});

/** Everything up to the announcement of a loop whose recheck failed on the given day. */
async function announced(day: string): Promise<{ loop: string; announcement: string }> {
  const loop = await ordered(it2, '2026-03-02');
  await recheck(it2, loop, '2026-05-04', failing);
  await loopAct('reportUp', { summary: '复查仍不合格' }, loop, ['reportMaterial']);
  const atCity = await one(`select id from handling.report_up where loop = $1 and state = 'sent'`, loop);
  await it2.act(it2.city, 'handling.report-up', 'forward', {}, atCity);
  const atProvince = await one(`select id from handling.report_up where loop = $1 and state = 'sent'`, loop);
  await it2.act(it2.province, 'handling.report-up', 'accept', {}, atProvince);
  on(day);
  const { record } = await it2.act(it2.province, 'handling.announcement', 'draft', {
    name: '复查不合格单位公告',
    reports: [atProvince],
  });
  await it2.signed(it2.province, 'handling.announcement', 'publish', record, {}, [it2.chief, it2.head]);
  return { loop, announcement: record };
}

describe('从签收到销号', () => {
  it('责令改正当日起算六十日和七十五日，文书编号送达，整改、复查合格并告知后才能销号', async () => {
    const loop = await ordered(it2, '2026-03-02');
    expect(await it2.clock(loop, 'rectification')).toMatchObject({ due_on: '2026-05-06', status: 'running' });
    expect(await it2.clock(loop, 'recheck')).toMatchObject({ due_on: '2026-05-18', status: 'running' });
    const [paper] = await it2.held(
      `select number, title from kernel.document where record = $1 and kind = 'rectificationOrder'`,
      [await orderOf(it2, loop, 'rectification')],
    );
    expect(paper).toEqual({ number: '芙市监责改〔2026〕1号', title: '责令改正通知书' });

    await it2.act(it2.agent, 'handling.loop', 'recordStop', { stoppedOn: '2026-03-02', stopNote: '封存120卷' }, loop);
    await expect(
      it2.act(it2.agent, 'handling.loop', 'rectify', { cause: '拉丝模具磨损', measures: '更换模具' }, loop),
    ).rejects.toMatchObject({ code: 'document-missing' });
    on('2026-04-01');
    await it2.act(it2.agent, 'handling.loop', 'rectify', { cause: '拉丝模具磨损', measures: '更换模具' }, loop, [
      'rectificationReport',
      'recheckApplication',
    ]);
    expect(await it2.clock(loop, 'rectification')).toMatchObject({ status: 'met' });
    const close = () => loopAct('close', { outcome: '复查合格' }, loop, ['closingReport']);
    await expect(close()).rejects.toMatchObject({ code: 'not-allowed-now' });
    await recheck(it2, loop, '2026-04-10', conforming);
    expect(await it2.clock(loop, 'recheck')).toMatchObject({ status: 'met' });
    await expect(loopAct('close', { outcome: '复查合格' }, loop)).rejects.toMatchObject({ code: 'document-missing' });
    await expect(close()).rejects.toMatchObject({ code: 'resumption-not-told' });
    await serve(it2, await orderOf(it2, loop, 'recheck-passed'), '2026-04-10');
    await expect(close()).rejects.toMatchObject({ code: 'unfinished' });
    await leadDecided(it2, loop);
    await close();
    expect(await it2.get('loop', loop)).toMatchObject({
      state: 'closed',
      closing: 'rechecked',
      closed_on: '2026-04-10',
    });
    expect(await it2.held('select distinct state from handling.order where loop = $1', [loop])).toEqual([
      { state: 'fulfilled' },
    ]);
    const told = await it2.ask<{ rows: { id: string; missing: string[]; evidence: unknown[] }[] }>(
      it2.chief,
      'handling.closures',
      {},
    );
    const row = told.rows.find(({ id }) => id === loop)!;
    expect(row.missing).toEqual([]);
    expect(row.evidence.length).toBeGreaterThanOrEqual(9);
  });

  it('停止生产销售是内部记录，不进公开提示；责令停止销售经局长批准、送达后才能列入，并引用文号', async () => {
    const loop = await inHand(it2);
    await loopAct('recordStop', { stoppedOn: '2026-03-02', stopNote: '已停产' }, loop);
    const entries = () =>
      it2.held<{ id: string; state: string }>('select id, state from handling.block_entry where loop = $1', [loop]);
    expect(await entries()).toEqual([]);
    const cite = {
      source: 'stop-sale-order',
      subjectName: '湖南试验电缆厂',
      productName: '电线电缆',
      batches: 'BV',
      ground: '不合格',
    };
    await expect(it2.act(it2.county, 'handling.block-entry', 'open', cite)).rejects.toMatchObject({
      code: 'source-not-cited',
    });
    await expect(
      it2.act(it2.county, 'handling.block-entry', 'open', { ...cite, source: 'firm-stopped' }),
    ).rejects.toMatchObject({ code: 'invalid-input' });
    const { record: order } = await it2.act(it2.county, 'handling.order', 'draftStop', {
      loop,
      subjectName: '湖南试验电缆厂',
      productName: '电线电缆',
      ground: '导体电阻严重不合格',
      demands: '立即停止销售',
    });
    await it2.signed(it2.county, 'handling.order', 'issueStop', order, {}, [it2.countyHead]);
    expect(await entries()).toEqual([]);
    await serve(it2, order, '2026-03-02');
    const [entry] = await entries();
    expect(entry).toMatchObject({ state: 'open' });
    await it2.act(it2.county, 'handling.block-entry', 'list', {}, entry!.id);
    const [open] = await it2.kernel.database.transaction('hengjian_public', null, (tx) =>
      tx.query<{ body: Record<string, unknown> }>('select body from public_record.entry where record = $1', [
        entry!.id,
      ]),
    );
    expect(open!.body).toMatchObject({ citation: '责令停止生产销售通知书 芙市监责停〔2026〕1号' });
  });
});

describe('复查', () => {
  it('无偿取样、两人以上，由初检机构按同一项目和标准检验；另选机构须说明理由', async () => {
    const loop = await ordered(it2, '2026-03-02');
    await expect(loopAct('recheck', { lab: { name: '某检验公司' } }, loop)).rejects.toMatchObject({
      code: 'other-laboratory',
    });
    await loopAct('recheck', { lab: { name: '某检验公司' }, otherLabReason: '初检机构资质到期' }, loop);
    const id = await one('select id from handling.recheck where loop = $1', loop);
    const sample = { sampledOn: '2026-03-02', quantity: 2, batch: 'B', seal: '完好', samplers: '甲、乙' };
    const take = (action: string, input: Record<string, unknown>, papers: string[] = []) =>
      it2.act(it2.county, 'handling.recheck', action, input, id, papers);
    await expect(take('sample', { ...sample, unitPrice: '120' }, ['sheet'])).rejects.toMatchObject({
      code: 'invalid-input',
    });
    await expect(take('sample', { ...sample, samplers: '甲' }, ['sheet'])).rejects.toMatchObject({
      code: 'two-samplers',
    });
    await take('sample', sample, ['sheet']);
    const report = { reportNumber: 'F', reportedOn: '2026-03-02' };
    await expect(take('report', { ...report, results: conforming.slice(1) }, ['report'])).rejects.toMatchObject({
      code: 'items-missing',
    });
    await take('report', { ...report, results: failing }, ['report']);
    expect(await it2.get('recheck', id)).toMatchObject({
      conclusion: 'fails',
      failed_items: [{ item: '导体电阻', result: '7.95' }],
    });
    await expect(take('recognisePass', { opinion: '合格' })).rejects.toMatchObject({ code: 'other-conclusion' });
  });

  it('逾期未改正才能认定；当事人明确拒绝的可以立即认定', async () => {
    const loop = await ordered(it2, '2026-03-02');
    const refuse = (input: Record<string, unknown>) =>
      loopAct('refuse', { refusal: '不整改', ...input }, loop, ['refusalProof']);
    on('2026-05-06');
    await expect(refuse({})).rejects.toMatchObject({ code: 'term-runs' });
    on('2026-05-07');
    await refuse({});
    expect(await stateOf(loop)).toBe('refused');
    const other = await ordered(it2, '2026-03-02');
    await loopAct('refuse', { refusal: '声明不整改', openly: true }, other, ['refusalProof']);
    expect(await stateOf(other)).toBe('refused');
  });
});

describe('上报、公告、第二次复查、停业和吊销', () => {
  it('逐级上报，省级受理后公告；退回的回到县局', async () => {
    const loop = await ordered(it2, '2026-03-02');
    await recheck(it2, loop, '2026-05-04', failing);
    await expect(loopAct('reportUp', { summary: '不合格' }, loop)).rejects.toMatchObject({ code: 'document-missing' });
    await loopAct('reportUp', { summary: '不合格' }, loop, ['reportMaterial']);
    const atCity = await one('select id from handling.report_up where loop = $1', loop);
    expect(await it2.get('report_up', atCity)).toMatchObject({ office: '4301', from_office: '430102' });
    await expect(it2.act(it2.city, 'handling.report-up', 'accept', {}, atCity)).rejects.toMatchObject({
      code: 'not-the-top',
    });
    await it2.act(it2.city, 'handling.report-up', 'returnIt', { reason: '缺复查报告' }, atCity);
    expect(await stateOf(loop)).toBe('recheck-failed');
    await loopAct('reportUp', { summary: '补充材料' }, loop, ['reportMaterial']);
    expect(await stateOf(loop)).toBe('reported-up');
  });

  it('公告当日起满六十日后、九十日前第二次复查；仍不合格的停业整顿，整顿期满仍不合格的吊销', async () => {
    const { loop } = await announced('2026-06-01');
    const [entry] = await it2.held<{ body: { rows: { name: string }[] } }>(
      `select body from public_record.entry where kind = 'recheck-announcement' and withdrawn_at is null order by published_at desc`,
    );
    expect(entry!.body.rows.map(({ name }) => name)).toEqual(['湖南试验电缆厂']);
    expect(JSON.stringify(entry!.body)).not.toContain(loop);
    expect(await it2.clock(loop, 'secondRecheck')).toMatchObject({ opens_on: '2026-08-01', due_on: '2026-08-31' });
    on('2026-07-31');
    await expect(loopAct('recheckAgain', {}, loop)).rejects.toMatchObject({ code: 'too-early' });
    await recheck(it2, loop, '2026-08-03', failing, 'recheckAgain');
    expect(await stateOf(loop)).toBe('second-failed');
    await it2.signed(
      it2.county,
      'handling.loop',
      'proposeSuspension',
      loop,
      { ground: '公告后复查仍不合格', toOffice: '4301' },
      [it2.countyHead],
    );
    const suspension = await one(`select id from handling.referral where loop = $1 and kind = 'suspension'`, loop);
    const decision = { decisionNumber: '长市监罚〔2026〕9号', decidedOn: '2026-09-01', decisionReason: '责令停业整顿' };
    on('2026-09-01');
    await it2.act(it2.city, 'handling.referral', 'sign', {}, suspension);
    await expect(
      it2.act(it2.city, 'handling.referral', 'recordDecision', decision, suspension, ['decision']),
    ).rejects.toMatchObject({ code: 'term-missing' });
    await it2.act(
      it2.city,
      'handling.referral',
      'recordDecision',
      { ...decision, suspendedUntil: '2026-10-31' },
      suspension,
      ['decision'],
    );
    expect(await it2.clock(loop, 'suspension')).toMatchObject({ due_on: '2026-10-31' });
    on('2026-10-31');
    await expect(loopAct('recheckAfter', {}, loop)).rejects.toMatchObject({ code: 'suspension-runs' });
    await recheck(it2, loop, '2026-11-02', failing, 'recheckAfter');
    expect(await stateOf(loop)).toBe('third-failed');
    await it2.signed(it2.county, 'handling.loop', 'proposeRevocation', loop, { ground: '整顿期满仍不合格' }, [
      it2.countyHead,
    ]);
    const revocation = await one(`select id from handling.referral where loop = $1 and kind = 'revocation'`, loop);
    await it2.act(
      it2.county,
      'handling.referral',
      'recordDecision',
      { ...decision, decidedOn: '2026-11-02', decisionNumber: '芙市监罚〔2026〕3号' },
      revocation,
      ['decision'],
    );
    expect(await stateOf(loop)).toBe('revoked');
    await leadDecided(it2, loop);
    for (const { id } of await it2.held<{ id: string }>(
      `select id from handling.order where loop = $1 and state = 'issued'`,
      [loop],
    ))
      await serve(it2, id, '2026-11-02');
    await loopAct('closeRevoked', { outcome: '已吊销' }, loop, ['closingReport']);
    expect(await it2.get('loop', loop)).toMatchObject({ state: 'closed', closing: 'revoked' });
  });

  it('停业整顿的提请不被采纳的，回到原状态，可以再提', async () => {
    const { loop } = await announced('2026-06-01');
    await recheck(it2, loop, '2026-08-03', failing, 'recheckAgain');
    await it2.signed(it2.county, 'handling.loop', 'proposeSuspension', loop, { ground: '公告后复查仍不合格' }, [
      it2.countyHead,
    ]);
    const suspension = await one(`select id from handling.referral where loop = $1 and kind = 'suspension'`, loop);
    await it2.act(it2.county, 'handling.referral', 'decline', { decisionReason: '证据不足' }, suspension, ['reply']);
    expect(await stateOf(loop)).toBe('second-failed');
  });
});

describe('食品、终止和督办', () => {
  it('食品自收到起九十日完成核查处置，没有复查和公告；延长经负责人批准', async () => {
    const loop = await inHand(it2, {
      regime: 'food',
      source: 'food',
      task: null,
      outsideFailure: '00000000-0000-7000-8000-00000000f00d',
    });
    expect(await it2.clock(loop, 'foodDisposal')).toMatchObject({ started_on: '2026-03-02', due_on: '2026-06-01' });
    await expect(loopAct('order', { demands: '改正' }, loop)).rejects.toMatchObject({ code: 'food-procedure' });
    await it2.signed(it2.county, 'handling.loop', 'extendFood', loop, {}, [it2.countyHead]);
    expect(await it2.clock(loop, 'foodDisposal')).toMatchObject({ due_on: '2026-06-30' });
    const dispose = (papers: string[]) =>
      loopAct('disposeFood', { causeOfFood: '原料超标', outcome: '召回完毕' }, loop, papers);
    await expect(dispose(['disposalReport'])).rejects.toMatchObject({ code: 'document-missing' });
    await expect(dispose(['disposalReport', 'rectificationProof'])).rejects.toMatchObject({ code: 'unfinished' });
    await leadDecided(it2, loop);
    await dispose(['disposalReport', 'rectificationProof']);
    expect(await it2.get('loop', loop)).toMatchObject({ closing: 'disposed' });
  });

  it('当事人终止的，凭证据经局长批准办结；未决线索不能一并了结', async () => {
    const loop = await ordered(it2, '2026-03-02');
    const cease = () =>
      it2.act(it2.county, 'handling.loop', 'closeCeased', { outcome: '已注销' }, loop, ['ceasedProof']);
    await expect(
      it2.act(it2.county, 'handling.loop', 'closeCeased', { outcome: '已注销' }, loop),
    ).rejects.toMatchObject({ code: 'document-missing' });
    await expect(cease()).rejects.toMatchObject({ code: 'unfinished' });
    await leadDecided(it2, loop);
    const { sheet } = await cease();
    expect(await stateOf(loop)).toBe('ordered');
    await it2.act(it2.countyHead, 'kernel.approval', 'sign', { opinion: '同意' }, sheet!);
    expect(await it2.get('loop', loop)).toMatchObject({ state: 'closed', closing: 'ceased' });
  });

  it('督办函有文号、期限、回复和核实，一函只督一个机关', async () => {
    const loops = [await inHand(it2), await inHand(it2)];
    const urge = (input: Record<string, unknown>) =>
      it2.act(it2.chief, 'handling.urging', 'issue', {
        demand: '请于期限内办结',
        deadline: '2026-03-16',
        loops,
        ...input,
      });
    await expect(urge({ deadline: '2026-03-02' })).rejects.toMatchObject({ code: 'due-in-past' });
    const { record } = await urge({});
    const [paper] = await it2.held('select number from kernel.document where record = $1', [record]);
    expect(paper).toEqual({ number: '湘市监督〔2026〕1号' });
    expect(await it2.clock(record, 'reply')).toMatchObject({ due_on: '2026-03-16' });
    await expect(it2.act(it2.chief, 'handling.urging', 'close', { verdict: '属实' }, record)).rejects.toMatchObject({
      code: 'not-allowed-now',
    });
    await it2.act(it2.county, 'handling.urging', 'reply', { reply: '已责令改正' }, record, ['replyLetter']);
    await it2.act(it2.chief, 'handling.urging', 'close', { verdict: '属实' }, record);
    expect(await it2.get('urging', record)).toMatchObject({ state: 'closed', replied_on: '2026-03-02' });
    await expect(it2.act(it2.county, 'handling.urging', 'issue', {})).rejects.toMatchObject({ code: 'invalid-input' });
  });
});
