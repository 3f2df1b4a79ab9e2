import { randomUUID } from 'node:crypto';
import { type Endpoint, findCounterpart, openEndpoint } from '@hengjian/exchange';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enterExchangeJob, exchangeJobs, keepDelivering } from '../../apps/server/src/jobs/exchange.ts';
import { createJobs } from '../../apps/server/src/jobs/jobs.ts';
import { type FakeCounterpart, openFake } from '../../domains/exchange/src/testing/fake-counterpart.ts';
import { sampled } from '../../domains/sampling/src/campaign-fixture.ts';
import { openProvinces, type Provinces } from '../../flows/src/testing/loop-fixture.ts';

const system = 'product-sampling';
let it2: Provinces;
let fake: FakeCounterpart;
beforeAll(async () => {
  it2 = await openProvinces();
  fake = await openFake(findCounterpart(system, '2026-03-02')!, () => '2026-03-02');
  await it2.act(it2.organiser, 'exchange.connection', 'connect', {
    system,
    port: 'api',
    since: '2026-03-02',
    agreement: '试验',
  });
});
afterAll(async () => {
  await fake.close();
  await it2.kernel.close();
});

const endpoints = () => new Map([[system, openEndpoint(fake)]]);
/** A process that has just begun, when the lease of the one before has run out. */
async function drain(reached: Map<string, Endpoint> = endpoints()): Promise<number> {
  await it2.all(`update desk.job set lease_until = null where state = 'running'`);
  return createJobs(it2.kernel, exchangeJobs(it2.kernel, reached)).drain();
}
const look = () => keepDelivering(it2.kernel, endpoints(), { poke: () => undefined }).look();
const jobs = () => it2.all('select state, attempts from desk.job order by created_at');
const states = (task: string) =>
  it2.all<{ state: string }>('select state from exchange.dispatch where source = $1 order by id', [task]);

describe('报送任务', () => {
  it('对方不答复时退避再试，进程死了由下一个接着做，每件只到对方一次', async () => {
    const task = await sampled(it2);
    await it2.settle();
    expect(await look()).toBe(1);
    expect(await look()).toBe(0);
    fake.stumble(503);
    await drain();
    expect(await jobs()).toEqual([{ state: 'running', attempts: 1 }]);
    expect(await states(task)).toEqual([{ state: 'queued' }, { state: 'queued' }]);
    const ask = openEndpoint(fake);
    // The first item arrives and is written down; the second arrives, and the process dies before it hears of it.
    const put: Endpoint['put'] = async (item, signal) => {
      const answer = await ask.put(item, signal);
      if (fake.held.size === 2) throw new Error('killed');
      return answer;
    };
    await drain(new Map([[system, { ...ask, put }]]));
    expect(await states(task)).toEqual([{ state: 'accepted' }, { state: 'queued' }]);
    await drain();
    expect(await states(task)).toEqual([{ state: 'accepted' }, { state: 'accepted' }]);
    expect([...fake.asked.values()].sort()).toEqual([1, 2]);
    expect(fake.held.size).toBe(2);
    expect(await jobs()).toEqual([{ state: 'done', attempts: 3 }]);
    // Nothing is left to do: no round follows, and the day before is reconciled.
    expect(await look()).toBe(0);
    expect(await it2.all('select state, ours, theirs from exchange.reconciliation')).toEqual([
      { state: 'settled', ours: 0, theirs: 0 },
    ]);
  });

  it('接收下发的不合格信息：登记人是按下按钮的人，对方编号随行，再接收不重复', async () => {
    const grant = randomUUID();
    const { person, name } = it2.organiser;
    await it2.all(
      `insert into kernel.grant (id, home, office, parties, state, person, person_name, role, valid_from)
       values ($1, 430, '43', '{}', 'held', $2, $3, 'organiser', '2020-01-01')`,
      [grant, person, name],
    );
    const failure = {
      SYS_NO: 'GJ-77',
      ORGANISER: '国家市场监督管理总局',
      REPORT_NO: 'GC-77',
      FINAL_DATE: '20260220',
      PRODUCT_NAME: '电线电缆',
      ITEM: '导体电阻',
      LIMIT: '≤7.41',
      RESULT: '7.95',
      UNIT: 'Ω',
      FIRM_NAME: '长沙某店',
      FIRM_REGION: '430102',
    };
    fake.assign(failure, { ...failure, REPORT_NO: 'GC-78', FIRM_REGION: '月球' });
    const collect = async () => {
      const job = await it2.kernel.database.transaction('hengjian_app', it2.organiser.claim, (sql) =>
        enterExchangeJob(sql, 'collect', {
          system,
          person,
          at: it2.kernel.now(),
          today: '2026-03-02',
          payload: { system, grant },
        }),
      );
      await drain();
      const [done] = await it2.all<{ state: string; report: object }>(
        'select state, report from desk.job where id = $1',
        [job],
      );
      return done!;
    };
    expect(await collect()).toMatchObject({
      state: 'done',
      report: { good: 1, bad: 1, known: 0, rows: [{ row: 3, column: '被抽样单位所在地', code: 'region-unknown' }] },
    });
    expect(await collect()).toMatchObject({ report: { good: 0, bad: 1, known: 1 } });
    expect(await it2.all('select foreign_number, report_number from sampling.outside_failure')).toEqual([
      { foreign_number: 'GJ-77', report_number: 'GC-77' },
    ]);
  });
});
