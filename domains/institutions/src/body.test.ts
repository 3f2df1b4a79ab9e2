import { randomUUID } from 'node:crypto';
import { execute, machineActor, machines, Problem } from '@hengjian/kernel';
import { type TestKernel, testKernel } from '@hengjian/kernel/testing';
import { roles } from '@hengjian/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { institutionsLifecycles, institutionsQueries, mayTest } from './index.ts';
import { findStanding } from './standing.ts';

let kernel: TestKernel;
type Actor = Awaited<ReturnType<TestKernel['officer']>>;
let officer: Actor;
let quality: Actor;
let stranger: Actor;
let body: string;
const organisation = randomUUID();
const line = randomUUID();
const instrument = randomUUID();
const signatory = randomUUID();

const act = (actor: Actor, action: string, input: Record<string, unknown> = {}, record?: string) =>
  execute(kernel, actor, {
    id: randomUUID(),
    entity: 'institutions.body',
    action,
    input,
    ...(record === undefined ? {} : { record }),
  });
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Problem ? error.code : String(error)),
  );
const registration = (id: string, name: string, number: string) => ({
  organisation: id,
  name,
  creditCode: '12430000YD00000017',
  region: '430104',
  address: '湖南省长沙市岳麓区试验路1号',
  kind: 'public',
  issuedBy: '湖南省市场监督管理局',
  certificateNumber: number,
  validFrom: '2024-01-01',
  validUntil: '2029-12-31',
});
const procymidone = { kinds: ['韭菜'], parameter: '腐霉利', method: 'GB 23200.113-2018' };
const scopeLine = {
  id: line,
  kind: '韭菜',
  kindName: '韭菜',
  parameter: '腐霉利',
  method: 'GB 23200.113-2018',
  field: '农药残留',
};
/** Asked by somebody of another office, who sees no record of the body. */
const ask = (day: string) =>
  kernel.database.transaction('hengjian_app', stranger.claim, async (sql) =>
    mayTest(procymidone, await findStanding(sql, organisation, ['腐霉利']), day),
  );
const publicAnswer = (name: string, input: Record<string, unknown>) =>
  kernel.database.transaction('hengjian_public', null, async (sql) => {
    const found = institutionsQueries.find((candidate) => candidate.name === name)!;
    const actor = machineActor(kernel, machines.flow, '43');
    return (await found.answer(input, { actor, sql, kernel, today: '2026-03-02' })) as Record<string, unknown>[];
  });

beforeAll(async () => {
  kernel = await testKernel({
    lifecycles: [...institutionsLifecycles],
    queries: [...institutionsQueries],
    migrations: [{ name: 'institutions', path: new URL('../migrations', import.meta.url).pathname }],
    roles,
  });
  officer = await kernel.officer('资质官', 'accreditation-officer', '43');
  quality = await kernel.agent('质量官', 'laboratory-quality', organisation);
  stranger = await kernel.officer('福建组织', 'organiser', '35');
  body = (await act(officer, 'register', registration(organisation, '衡岫质检院', '241820110001'))).record;
});
afterAll(() => kernel.close());

describe('the register of testing bodies', () => {
  it('is kept by the accreditation officer, and by nobody who tests', async () => {
    expect(await codeOf(act(quality, 'extendScope', { fromOn: '2026-01-01', lines: [scopeLine] }, body))).toBe(
      'not-your-role',
    );
  });

  it('takes lines of scope once, and refuses the same ability again with its row', async () => {
    await act(officer, 'extendScope', { fromOn: '2026-01-01', lines: [scopeLine] }, body);
    const again = act(
      officer,
      'extendScope',
      { fromOn: '2026-02-01', lines: [{ ...scopeLine, id: randomUUID() }] },
      body,
    );
    await expect(again).rejects.toMatchObject({ code: 'line-twice', errors: [{ path: 'input.lines.0.parameter' }] });
  });

  it('says which piece is missing until all of it is declared, to officers of other provinces too', async () => {
    const day = '2026-03-02';
    expect((await ask(day)).report).toMatchObject({ code: 'quantification-missing' });
    await act(
      quality,
      'addInstrument',
      { instrument, instrumentName: '气质联用仪', model: 'X-1', serial: 'SN1', shared: true },
      body,
    );
    const readiness = {
      scope: line,
      quantification: '0.01',
      quantificationUnit: 'mg/kg',
      instrument,
      price: '300',
      days: 7,
    };
    await act(quality, 'declareReadiness', { fromOn: '2026-03-01', lines: [readiness] }, body);
    expect((await ask(day)).report).toMatchObject({ code: 'calibration-expired' });
    const calibration = {
      instrument,
      certificate: 'JZ-1',
      laboratory: '省计量院',
      doneOn: '2026-02-01',
      calibratedUntil: '2027-01-31',
    };
    await act(quality, 'recordCalibration', calibration, body);
    expect((await ask(day)).report).toMatchObject({ code: 'signatory-missing' });
    const named = { person: signatory, personName: '签字人', fields: ['农药残留'], fromOn: '2026-01-01' };
    await act(officer, 'nameSignatory', named, body);
    expect((await ask(day)).report).toBe(true);
    expect((await ask('2027-02-01')).report).toMatchObject({ code: 'calibration-expired' });
    expect((await ask('2025-12-31')).assign).toMatchObject({ code: 'out-of-scope' });
  });

  it('keeps what was ready on an earlier day when readiness is declared again', async () => {
    const readiness = {
      scope: line,
      quantification: '0.005',
      quantificationUnit: 'mg/kg',
      instrument,
      price: '280',
      days: 5,
    };
    await act(quality, 'declareReadiness', { fromOn: '2026-04-01', lines: [readiness] }, body);
    expect((await ask('2026-03-31')).readiness?.quantification).toBe('0.01');
    expect((await ask('2026-04-01')).readiness?.quantification).toBe('0.005');
  });

  it('names no signatory of another body and no instrument of another body', async () => {
    const other = randomUUID();
    const second = (await act(officer, 'register', registration(other, '沅砚检测', '241820110002'))).record;
    const named = { person: signatory, personName: '签字人', fields: ['农药残留'], fromOn: '2026-01-01' };
    expect(await codeOf(act(officer, 'nameSignatory', named, second))).toBe('two-bodies');
    const calibration = {
      instrument,
      certificate: 'JZ-2',
      laboratory: '省计量院',
      doneOn: '2026-02-02',
      calibratedUntil: '2027-01-31',
    };
    expect(await codeOf(act(officer, 'recordCalibration', calibration, second))).toBe('instrument-unknown');
  });

  it('answers the public who can test what, where, at which price and how soon, and which instrument is free', async () => {
    await act(quality, 'logUse', { instrument, usedOn: '2026-03-01', hours: '24' }, body);
    await act(officer, 'publishScope', {}, body);
    expect(await publicAnswer('institutions.who-can-test', { words: '腐霉利 韭菜' })).toMatchObject([
      {
        name: '衡岫质检院',
        region: '430104',
        method: 'GB 23200.113-2018',
        price: '300',
        days: 7,
        quantification: '0.01',
      },
    ]);
    expect(await publicAnswer('institutions.who-can-test', { words: '腐霉利', region: '350000' })).toEqual([]);
    expect(await publicAnswer('institutions.who-can-test', { words: '百菌清' })).toEqual([]);
    expect(await publicAnswer('institutions.shared-instruments', {})).toMatchObject([
      { name: '气质联用仪', useRate: 10 },
    ]);
  });

  it('takes the public entry back while the body is suspended, and stops work on exactly those days', async () => {
    await act(officer, 'suspend', { fromOn: '2026-03-02', reason: '限期改正' }, body);
    expect((await ask('2026-03-02')).assign).toMatchObject({ code: 'accreditation-suspended' });
    expect(await publicAnswer('institutions.who-can-test', { words: '腐霉利' })).toEqual([]);
    await act(officer, 'resume', { resumedOn: '2026-03-10' }, body);
    expect((await ask('2026-03-09')).assign).toMatchObject({ code: 'accreditation-suspended' });
    expect((await ask('2026-03-10')).assign).toBe(true);
  });

  it('ends a line of scope, and then the body, from a named day on', async () => {
    await act(officer, 'narrowScope', { lines: [line], untilOn: '2026-05-31', reason: '标准作废' }, body);
    expect((await ask('2026-05-31')).assign).toBe(true);
    expect((await ask('2026-06-01')).assign).toMatchObject({ code: 'out-of-scope' });
    await act(officer, 'end', { fromOn: '2026-05-01', reason: '申请注销', exit: 'deregistered' }, body);
    expect((await ask('2026-05-02')).assign).toMatchObject({
      code: 'accreditation-ended',
      zh: expect.stringContaining('注销'),
    });
  });
});
