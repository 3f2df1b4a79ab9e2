import { readInbox } from '@hengjian/reading';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Campaign, openCampaign, receipt, received, sampled, sampleRecord } from '../campaign-fixture.ts';

let it2: Campaign;
const task = (
  actor: Parameters<Campaign['act']>[0],
  action: string,
  input: Record<string, unknown>,
  record: string,
  papers: string[] = [],
) => it2.act(actor, 'sampling.task', action, input, record, papers);

beforeAll(async () => {
  it2 = await openCampaign();
});
beforeEach(() => it2.kernel.at('2026-03-02T02:00:00Z'));
afterAll(() => it2.kernel.close());

describe('送样、收样和拒收', () => {
  it('送样登记之前，样品管理员的待办说明在等什么；登记之后才可收样', async () => {
    const id = await sampled(it2);
    const inbox = async () => {
      const { kernel, lab } = it2;
      const { groups } = await kernel.database.transaction('hengjian_app', lab.receiver.claim, (sql) =>
        readInbox(kernel, lab.receiver, sql),
      );
      const row = groups.flatMap(({ rows }) => rows).find((one) => one.id === id);
      return row && { next: row.next?.action ?? null, waits: row.waits?.zh ?? null };
    };
    expect(await inbox()).toEqual({ next: null, waits: '抽样人员还没有登记送样。' });
    await task(it2.samplers[0], 'deliver', { carriage: 'carried', sentOn: '2026-03-02' }, id);
    expect(await inbox()).toEqual({ next: 'receive', waits: null });
  });

  it('登记送样后由本任务检验机构收样；封条、抽样单、许可有问题的不得收', async () => {
    const id = await sampled(it2);
    await expect(task(it2.lab.receiver, 'receive', receipt, id, ['receiptPhotos'])).rejects.toMatchObject({
      code: 'not-sent',
    });
    await expect(
      task(it2.samplers[0], 'deliver', { carriage: 'mailed', sentOn: '2026-03-02' }, id),
    ).rejects.toMatchObject({ code: 'waybill-missing' });
    await expect(
      task(it2.samplers[0], 'deliver', { carriage: 'carried', sentOn: '2026-03-01' }, id),
    ).rejects.toMatchObject({ code: 'sent-on' });
    await task(
      it2.samplers[0],
      'deliver',
      { carriage: 'mailed', sentOn: '2026-03-02', carrier: '邮政', waybill: 'EMS1' },
      id,
    );
    await expect(task(it2.retestLab.receiver, 'receive', receipt, id, ['receiptPhotos'])).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(task(it2.lab.tester, 'receive', receipt, id, ['receiptPhotos'])).rejects.toMatchObject({
      code: 'not-your-role',
    });
    const refused = (more: Record<string, unknown>) =>
      task(it2.lab.receiver, 'receive', { ...receipt, ...more }, id, ['receiptPhotos']);
    await expect(refused({ sealIntact: false })).rejects.toMatchObject({ code: 'seal-broken' });
    await expect(refused({ matchesSheet: false })).rejects.toMatchObject({ code: 'not-the-sample' });
    await expect(refused({ licenceCheck: 'missing' })).rejects.toMatchObject({ code: 'unlicensed' });
    await expect(refused({ licenceSource: null })).rejects.toMatchObject({ code: 'licence-source' });
    await expect(refused({ receivedOn: '2026-03-01' })).rejects.toMatchObject({ code: 'received-on' });
    expect(await refused({})).toMatchObject({ state: 'received' });
  });

  it('拒收写明理由，任务退回重新抽样，六个月的限制一并解除', async () => {
    const record = sampleRecord(it2);
    const id = await sampled(it2, {}, record);
    await task(it2.samplers[0], 'deliver', { carriage: 'carried', sentOn: '2026-03-02' }, id);
    await expect(task(it2.lab.receiver, 'refuseSample', {}, id, ['receiptPhotos'])).rejects.toMatchObject({
      code: 'invalid-input',
    });
    expect(
      await task(it2.lab.receiver, 'refuseSample', { refusedReason: '封条破损' }, id, ['receiptPhotos']),
    ).toMatchObject({ state: 'assigned' });
    expect(await it2.get('task', id)).toMatchObject({
      refusals: 1,
      refused_reason: '封条破损',
      sampled_on: null,
      model: null,
      sent_on: null,
    });
    expect(await task(it2.samplers[0], 'sample', record, id, ['photos'])).toMatchObject({ state: 'sampled' });
  });

  it('检验前发现无证或者样品失效，终止检验', async () => {
    const id = await received(it2);
    const stop = { offence: 'impossible', instantReport: '样品受潮失效' };
    await expect(task(it2.organiser, 'stopTest', stop, id, ['evidence'])).rejects.toMatchObject({
      code: 'not-your-role',
    });
    expect(await task(it2.lab.tester, 'stopTest', stop, id, ['evidence'])).toMatchObject({ state: 'test-stopped' });
  });
});
