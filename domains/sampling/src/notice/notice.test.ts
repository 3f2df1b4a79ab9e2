import { randomUUID } from 'node:crypto';
import { expireClocks } from '@hengjian/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Campaign, failing, notified, openCampaign, passing, sellerRecord, serve } from '../campaign-fixture.ts';

let it2: Campaign;
const notice = (
  actor: Parameters<Campaign['act']>[0],
  action: string,
  input: Record<string, unknown>,
  record: string,
  papers: string[] = [],
) => it2.act(actor, 'sampling.notice', action, input, record, papers);
const expire = async () => expect((await expireClocks(it2.kernel)).refused).toEqual([]);

beforeAll(async () => {
  it2 = await openCampaign();
});
beforeEach(() => it2.kernel.at('2026-03-02T02:00:00Z'));
afterAll(() => it2.kernel.close());

describe('送达', () => {
  it('每种方式有各自的凭证，送达日期如实填写', async () => {
    const { notices } = await notified(it2, failing);
    const id = notices.sampled!;
    const attempt = (input: Record<string, unknown>, papers = ['receipt']) =>
      notice(it2.organiser, 'serve', { servedOn: '2026-03-02', ...input }, id, papers);
    await expect(attempt({ way: 'direct', receivedBy: '李四' }, [])).rejects.toMatchObject({
      code: 'document-missing',
    });
    await expect(attempt({ way: 'direct' })).rejects.toMatchObject({ code: 'receiver-missing' });
    await expect(attempt({ way: 'left' })).rejects.toMatchObject({ code: 'witness-missing' });
    await expect(attempt({ way: 'mail' })).rejects.toMatchObject({ code: 'waybill-missing' });
    await expect(attempt({ way: 'electronic' })).rejects.toMatchObject({ code: 'address-not-confirmed' });
    await expect(attempt({ way: 'electronic', addressConfirmedOn: '2026-03-05' })).rejects.toMatchObject({
      code: 'address-not-confirmed',
    });
    await expect(attempt({ way: 'direct', receivedBy: '李四', servedOn: '2026-03-03' })).rejects.toMatchObject({
      code: 'served-in-future',
    });
    await expect(attempt({ way: 'direct', receivedBy: '李四', servedOn: '2026-03-01' })).rejects.toMatchObject({
      code: 'served-before-issued',
    });
    await expect(attempt({ way: 'public-notice' })).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(
      notice(it2.chief, 'serve', { way: 'direct', receivedBy: '李四', servedOn: '2026-03-02' }, id, ['receipt']),
    ).rejects.toMatchObject({ code: 'not-your-role' });
    expect(await attempt({ way: 'electronic', addressConfirmedOn: '2026-03-02' })).toMatchObject({ state: 'served' });
  });

  it('企业只在送达后看到告知书，看不到别人的', async () => {
    const firm = randomUUID();
    const agent = await it2.kernel.agent('经办人', 'enterprise-agent', firm);
    const { notices } = await notified(it2, failing, { enterprise: firm }, sellerRecord(it2));
    const seen = () => it2.rows(agent, 'select id from sampling.notice');
    expect(await seen()).toEqual([]);
    await serve(it2, notices.sampled!);
    await serve(it2, notices['labelled-producer']!);
    expect(await seen()).toEqual([{ id: notices.sampled }]);
  });

  it('每份告知书从自己的送达日起算十五日，最后一日逢休息日顺延', async () => {
    const { notices } = await notified(it2, failing, {}, sellerRecord(it2));
    await serve(it2, notices.sampled!, '2026-03-02');
    it2.kernel.at('2026-03-20T02:00:00Z');
    await serve(it2, notices['labelled-producer']!, '2026-03-20');
    expect(await it2.clock(notices.sampled!, 'objection')).toMatchObject({
      started_on: '2026-03-02',
      due_on: '2026-03-17',
    });
    // 20 March and fifteen days end on Saturday 4 April, the eve of Qingming; the holiday runs to 6 April.
    expect(await it2.clock(notices['labelled-producer']!, 'objection')).toMatchObject({
      started_on: '2026-03-20',
      due_on: '2026-04-07',
    });
    await expire();
    expect(await it2.get('notice', notices.sampled!)).toMatchObject({ state: 'elapsed' });
    expect(await it2.get('notice', notices['labelled-producer']!)).toMatchObject({ state: 'served' });
  });

  it('邮件退回：确认过地址的视为退回之日送达，没有确认的另行送达', async () => {
    const { notices } = await notified(it2, failing, {}, sellerRecord(it2));
    const back = { returnedOn: '2026-03-02', returnReason: '迁移新址不明', waybill: 'EMS9' };
    expect(
      await notice(it2.organiser, 'returnMail', { ...back, addressConfirmedOn: '2026-02-01' }, notices.sampled!, [
        'receipt',
      ]),
    ).toMatchObject({ state: 'served' });
    expect(await it2.get('notice', notices.sampled!)).toMatchObject({ served_on: '2026-03-02', way: 'mail' });
    expect(await it2.clock(notices.sampled!, 'objection')).toMatchObject({ due_on: '2026-03-17' });
    const other = notices['labelled-producer']!;
    await expect(
      notice(it2.organiser, 'returnMail', { ...back, returnedOn: '2026-03-09' }, other, ['receipt']),
    ).rejects.toMatchObject({ code: 'returned-on' });
    expect(await notice(it2.organiser, 'returnMail', back, other, ['receipt'])).toMatchObject({ state: 'returned' });
    expect(await it2.clock(other, 'objection')).toBeUndefined();
    expect(await serve(it2, other)).toMatchObject({ state: 'served' });
  });

  it('送达很久以后才登记：异议期不因登记当日即告届满，由组织部门核实', async () => {
    const { task, notices } = await notified(it2, failing, {}, sellerRecord(it2));
    it2.kernel.at('2026-04-02T02:00:00Z');
    expect(await serve(it2, notices.sampled!, '2026-03-05')).toMatchObject({ state: 'served-late' });
    expect(await serve(it2, notices['labelled-producer']!, '2026-03-05')).toMatchObject({ state: 'served-late' });
    await expire();
    expect(await it2.get('notice', notices.sampled!)).toMatchObject({ state: 'served-late', served_on: '2026-03-05' });
    const paper = { kind: 'objection', ground: 'sampling-process', reasons: '抽样人员未出示证件' };
    const file = (filedOn: string) =>
      notice(it2.organiser, 'object', { ...paper, filedOn }, notices.sampled!, ['application']);
    await expect(file('2026-03-21')).rejects.toMatchObject({ code: 'too-late' });
    expect(await file('2026-03-20')).toMatchObject({ state: 'objected' });
    const confirm = (reason: string) =>
      notice(it2.organiser, 'confirmElapsed', { reason }, notices['labelled-producer']!);
    await expect(confirm(' ')).rejects.toMatchObject({ code: 'invalid-input' });
    expect(await confirm('收发室和窗口均无该企业来文')).toMatchObject({ state: 'elapsed' });
    expect(await it2.get('task', task)).toMatchObject({ state: 'disputed' });
  });

  it('公告送达满三十日视为送达，公开内容不写检验结论', async () => {
    const { notices } = await notified(it2, failing);
    const id = notices.sampled!;
    await notice(it2.organiser, 'publicise', { publicReason: '原址无人，电话不通' }, id, ['posting']);
    const [entry] = await it2.kernel.database.transaction('hengjian_public', null, (tx) =>
      tx.query(`select body from public_record.entry where record = $1`, [id]),
    );
    expect(JSON.stringify(entry!.body)).not.toMatch(/不合格|导体电阻|BV/);
    expect(await it2.clock(id, 'publicNotice')).toMatchObject({ due_on: '2026-04-01' });
    it2.kernel.at('2026-04-01T10:00:00Z');
    await expire();
    expect(await it2.get('notice', id)).toMatchObject({ state: 'publicised' });
    it2.kernel.at('2026-04-09T02:00:00Z');
    await expire();
    expect(await it2.get('notice', id)).toMatchObject({ state: 'served', served_on: '2026-04-01' });
    expect(await it2.clock(id, 'objection')).toMatchObject({ started_on: '2026-04-01', due_on: '2026-04-16' });
  });
});

describe('提出异议', () => {
  const reasons = '检验方法的样品调节时间不足';

  it('企业在线提出；逾期、无理由、无异议资格的不予受理', async () => {
    const firm = randomUUID();
    const agent = await it2.kernel.agent('经办人', 'enterprise-agent', firm);
    const { task, notices } = await notified(it2, failing, { enterprise: firm });
    const id = notices.sampled!;
    await serve(it2, id);
    const object = (input: Record<string, unknown>, papers = ['application']) =>
      notice(agent, 'object', { kind: 'retest', contested: ['导体电阻'], reasons, ...input }, id, papers);
    await expect(object({}, [])).rejects.toMatchObject({ code: 'document-missing' });
    await expect(object({ reasons: ' ' })).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(object({ kind: 'objection' })).rejects.toMatchObject({ code: 'ground-missing' });
    await expect(object({ contested: ['标志'] })).rejects.toMatchObject({ code: 'contested-items' });
    await expect(object({ contested: null })).rejects.toMatchObject({ code: 'contested-items' });
    await expect(object({ filedOn: '2026-03-02' })).rejects.toMatchObject({ code: 'filed-now' });
    it2.kernel.at('2026-03-18T02:00:00Z');
    await expect(object({})).rejects.toMatchObject({ code: 'too-late' });
    it2.kernel.at('2026-03-17T15:00:00Z');
    expect(await object({})).toMatchObject({ state: 'objected' });
    expect(await it2.get('task', task)).toMatchObject({ state: 'disputed' });
    expect(await it2.clock(id, 'objection')).toMatchObject({ status: 'met' });
    expect(
      await it2.rows(
        agent,
        'select applicant, contested, first_conclusion, on_paper, filed_on from sampling.objection',
      ),
    ).toMatchObject([
      {
        applicant: { id: firm },
        contested: ['导体电阻'],
        first_conclusion: 'fails',
        on_paper: false,
        filed_on: '2026-03-17',
      },
    ]);
  });

  it('纸质申请由组织部门代录，以收到日期为准', async () => {
    const { notices } = await notified(it2, failing);
    await serve(it2, notices.sampled!);
    it2.kernel.at('2026-03-10T02:00:00Z');
    const paper = { kind: 'objection', ground: 'sampling-process', reasons, filedOn: '2026-03-09' };
    const file = (filedOn: string) =>
      notice(it2.organiser, 'object', { ...paper, filedOn }, notices.sampled!, ['application']);
    await expect(file('2026-03-01')).rejects.toMatchObject({ code: 'filed-on' });
    await expect(file('2026-03-11')).rejects.toMatchObject({ code: 'filed-on' });
    expect(await file('2026-03-09')).toMatchObject({ state: 'objected' });
  });

  it('合格的结论不能申请复检；平台只收告知，不是申请人', async () => {
    const { notices } = await notified(it2, passing);
    await serve(it2, notices.sampled!);
    await expect(
      notice(it2.organiser, 'object', { kind: 'retest', contested: ['导体电阻'], reasons }, notices.sampled!, [
        'application',
      ]),
    ).rejects.toMatchObject({ code: 'nothing-to-retest' });
    const order = {
      platform: '试验平台',
      shop: '小店',
      page: 'https://example.cn/1',
      order: 'A1',
      account: 'u1',
      payment: '公务卡',
      delivery: '长沙',
    };
    const online = await notified(
      it2,
      failing,
      {},
      sellerRecord(it2, {}, { channel: 'online', signature: 'online', onlineOrder: order, spareKeptAt: 'laboratory' }),
    );
    await serve(it2, online.notices.platform!);
    await expect(
      notice(it2.organiser, 'object', { kind: 'retest', contested: ['导体电阻'], reasons }, online.notices.platform!, [
        'application',
      ]),
    ).rejects.toMatchObject({ code: 'not-entitled' });
  });
});
