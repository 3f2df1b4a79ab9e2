import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Bureau, inHand, openBureau, orderOf } from './handling-fixture.ts';

let it2: Bureau;
const on = (day: string) => it2.kernel.at(`${day}T02:00:00Z`);
const order = (action: string, input: Record<string, unknown>, id: string, papers: string[] = []) =>
  it2.act(it2.county, 'handling.order', action, input, id, papers);

/** An order issued on 2 March 2026, not served yet. */
async function issued(): Promise<string> {
  const loop = await inHand(it2);
  await it2.act(it2.county, 'handling.loop', 'order', { demands: '改正' }, loop);
  return orderOf(it2, loop, 'rectification');
}
const serve = (id: string, input: Record<string, unknown>, papers = ['receipt']) =>
  order('serve', { servedOn: '2026-03-02', ...input }, id, papers);

beforeAll(async () => {
  it2 = await openBureau();
});
beforeEach(() => on('2026-03-02'));
afterAll(() => it2.kernel.close());

describe('送达（令第2号第八十一条至第八十三条）', () => {
  it('五种方式各有凭证，日期在制作之后、今天之前', async () => {
    const id = await issued();
    await expect(serve(id, { way: 'direct', receivedBy: '李四' }, [])).rejects.toMatchObject({
      code: 'document-missing',
    });
    await expect(serve(id, { way: 'direct' })).rejects.toMatchObject({ code: 'receiver-missing' });
    await expect(serve(id, { way: 'entrusted' })).rejects.toMatchObject({ code: 'receiver-missing' });
    await expect(serve(id, { way: 'left' })).rejects.toMatchObject({ code: 'witness-missing' });
    await expect(serve(id, { way: 'mail' })).rejects.toMatchObject({ code: 'waybill-missing' });
    await expect(serve(id, { way: 'public-notice' })).rejects.toMatchObject({ code: 'invalid-input' });
    const direct = { way: 'direct', receivedBy: '李四' };
    await expect(serve(id, { ...direct, servedOn: '2026-03-03' })).rejects.toMatchObject({ code: 'served-in-future' });
    await expect(serve(id, { ...direct, servedOn: '2026-03-01' })).rejects.toMatchObject({
      code: 'served-before-issued',
    });
    expect(await serve(id, direct)).toMatchObject({ state: 'served' });
    expect(await it2.clock(id, 'service')).toMatchObject({ due_on: '2026-03-11', status: 'met' });
    expect(await serve(await issued(), { way: 'mail', waybill: 'EMS1' })).toMatchObject({ state: 'served' });
    expect(await serve(await issued(), { way: 'left', witness: '居委会张某' })).toMatchObject({ state: 'served' });
  });

  it('没有见证人的留置送达，凭拍照、录像', async () => {
    const id = await issued();
    await expect(order('leaveFilmed', { servedOn: '2026-03-02' }, id, ['receipt'])).rejects.toMatchObject({
      code: 'document-missing',
    });
    expect(await order('leaveFilmed', { servedOn: '2026-03-02' }, id, ['receipt', 'filming'])).toMatchObject({
      state: 'served',
    });
  });

  it('没有签署送达地址确认书的，短信和邮件只是提醒，不算送达，也不停止送达期限', async () => {
    const id = await issued();
    await order('message', { means: 'sms' }, id);
    expect(await it2.get('order', id)).toMatchObject({ state: 'issued', messages: 1, served_on: null });
    expect(await it2.clock(id, 'service')).toMatchObject({ status: 'running' });
    const electronic = { way: 'electronic', means: '短信 139****0000' };
    await expect(serve(id, electronic)).rejects.toMatchObject({ code: 'address-not-confirmed' });
    const confirmation = { addressConfirmedOn: '2026-03-02', address: '芙蓉区某路1号', means: '短信 139****0000' };
    await expect(order('confirmAddress', confirmation, id)).rejects.toMatchObject({ code: 'document-missing' });
    await order('confirmAddress', confirmation, id, ['addressConfirmation']);
    expect(await serve(id, electronic)).toMatchObject({ state: 'served' });
  });

  it('邮件退回：确认过地址的，退回之日视为送达；没有确认的，另行送达', async () => {
    const back = { returnedOn: '2026-03-02', returnReason: '查无此人', waybill: 'EMS2' };
    const id = await issued();
    await expect(order('deemServed', back, id, ['returnedMail'])).rejects.toMatchObject({ code: 'document-missing' });
    expect(await order('returnMail', back, id, ['returnedMail'])).toMatchObject({ state: 'returned' });
    expect(await it2.clock(id, 'service')).toMatchObject({ status: 'running' });
    expect(await serve(id, { way: 'direct', receivedBy: '李四' })).toMatchObject({ state: 'served' });
    const confirmed = await issued();
    await order('confirmAddress', { addressConfirmedOn: '2026-03-02', address: '芙蓉区' }, confirmed, [
      'addressConfirmation',
    ]);
    await expect(order('returnMail', back, confirmed, ['returnedMail'])).rejects.toMatchObject({
      code: 'address-confirmed',
    });
    expect(await order('deemServed', back, confirmed, ['returnedMail'])).toMatchObject({ state: 'served' });
    expect(await it2.get('order', confirmed)).toMatchObject({ served_on: '2026-03-02', way: 'mail' });
  });

  it('公告送达满三十日视为送达，公告不写文书内容；当事人送达后才看得到文书', async () => {
    const id = await issued();
    const seen = () =>
      it2.kernel.database.transaction('hengjian_app', it2.agent.claim, (tx) =>
        tx.query('select id from handling.order where id = $1', [id]),
      );
    await order('publicise', { publicReason: '原址无人' }, id, ['posting']);
    expect(await seen()).toEqual([]);
    const [entry] = await it2.held<{ body: unknown }>('select body from public_record.entry where record = $1', [id]);
    expect(JSON.stringify(entry!.body)).not.toMatch(/不合格|导体电阻/);
    expect(await it2.clock(id, 'publicNotice')).toMatchObject({ due_on: '2026-04-01' });
    on('2026-04-01');
    await it2.expire();
    expect(await it2.get('order', id)).toMatchObject({ state: 'publicised' });
    on('2026-04-08');
    await it2.expire();
    expect(await it2.get('order', id)).toMatchObject({ state: 'served', served_on: '2026-04-01' });
    expect(await seen()).toEqual([{ id }]);
  });
});
