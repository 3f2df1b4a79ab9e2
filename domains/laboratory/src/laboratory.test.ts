import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  announced,
  arrival,
  checked,
  chlorpyrifos,
  codeOf,
  controls,
  distributed,
  type Laboratory,
  openLaboratory,
  order,
  procymidone,
} from './laboratory-fixture.ts';
import { bytesOf, hashOf, type Report, replayReport } from './report/content.ts';
import { createLocalSigningPort } from './report/signature.ts';

let lab: Laboratory;
const today = '2026-03-02T02:00:00Z';
/** Another body with certificate, scope, readiness and signatory as the first has them. */
const copyOfBody = `with certified as (
    insert into institutions.certificate (record, office, organisation, name, number, valid_from, valid_until)
    select record, office, $1, '沅砚检测', '2', valid_from, valid_until from institutions.certificate where organisation = $2),
  signing as (
    insert into institutions.signatory (record, organisation, person, name, field, from_on)
    select record, $1, person, name, field, from_on - 1 from institutions.signatory where organisation = $2),
  lines as (
    insert into institutions.scope (id, record, organisation, kind, kind_name, parameter, method, field, from_on)
    select gen_random_uuid(), record, $1, kind, kind_name, parameter, method, field, from_on from institutions.scope
    where organisation = $2 and parameter = '毒死蜱' returning id, record)
  insert into institutions.readiness (scope, record, organisation, quantification, quantification_unit, instrument, from_on)
  select l.id, l.record, $1, 0.01, 'mg/kg', i.id, '2026-01-01' from lines l, institutions.instrument i`;
beforeAll(async () => {
  lab = await openLaboratory();
});
beforeEach(() => lab.kernel.at(today));
afterAll(() => lab.kernel.close());

const sheetAct = (actor: Parameters<Laboratory['act']>[0], action: string, input: object, sheet: string, more = {}) =>
  lab.act(actor, 'laboratory.worksheet', action, input, sheet, more);
const sampleAct = (actor: Parameters<Laboratory['act']>[0], action: string, input: object, sample: string) =>
  lab.act(actor, 'laboratory.sample', action, input, sample, { receiptPhotos: 1 });

describe('what comes in', () => {
  it('is taken only within the accredited scope of that day; the refusal names the item', async () => {
    const benzopyrene = { ...chlorpyrifos, item: '苯并芘' };
    const taken = lab.act(lab.receiver, 'laboratory.bench', 'takeOrder', order({ items: [benzopyrene] }), lab.bench);
    await expect(taken).rejects.toMatchObject({ code: 'out-of-scope', errors: [{ path: 'input.items.0.item' }] });
    lab.kernel.at('2030-01-02T02:00:00Z');
    expect(await codeOf(announced(lab))).toBe('certificate-not-in-force');
  });

  it.each([
    ['a broken seal', { sealIntact: false }, 'seal-broken'],
    ['the wrong seal', { readSeal: 'F-0002' }, 'wrong-seal'],
    ['another batch: a foreign sample', { readBatch: 'B-2' }, 'foreign-sample'],
    ['another product: a foreign sample', { readName: '芹菜' }, 'foreign-sample'],
    ['a sample that came too warm', { temperature: '8.1' }, 'temperature'],
    ['a sample whose temperature nobody read', { temperature: null }, 'temperature-missing'],
    ['a body that works for the firm', { freeOfTies: false }, 'ties-not-declared'],
  ])('refuses to receive %s', async (_, change, code) => {
    const sample = await announced(lab);
    expect(await codeOf(sampleAct(lab.receiver, 'receive', arrival(change), sample))).toBe(code);
  });

  it('is refused in writing, with its legal reason', async () => {
    const sample = await announced(lab);
    const refusal = { refusalGround: 'wrong-seal', reason: '封条编号为F-0002' };
    expect((await sampleAct(lab.receiver, 'refuse', refusal, sample)).state).toBe('refused');
  });

  it('is divided into what is tested and what is kept, and no more than came in', async () => {
    const sample = await announced(lab);
    await sampleAct(lab.receiver, 'receive', arrival(), sample);
    const part = (kind: string, quantity: number) => ({ kind, quantity, place: '冷库A1' });
    const divide = (...portions: object[]) => sampleAct(lab.receiver, 'partition', { portions }, sample);
    expect(await codeOf(divide(part('test', 4), part('backup', 3)))).toBe('more-than-came');
    expect(await codeOf(divide(part('backup', 3)))).toBe('nothing-to-test');
    expect(await codeOf(divide(part('test', 2), part('spare', 2)))).toBe('kept-kind');
    const { created } = await divide(part('test', 2), part('backup', 2), part('retained', 2));
    expect(created).toHaveLength(2);
    expect(await codeOf(divide(part('test', 2)))).toBe('divided-already');
  });
});

describe('the worksheet', () => {
  it('shows testers a blind code with limit, clause and limit of quantification, and not whose sample it is', async () => {
    const { sheet, sample, code } = await distributed(lab);
    const grid = await lab.ask<{ lines: Record<string, unknown>[] }>(lab.tester, 'laboratory.worksheet-grid', {
      worksheet: sheet,
    });
    expect(grid.lines[0]).toMatchObject({
      blindCode: code,
      limit: '≤0.2',
      clause: 'GB 2763-2021 4.1',
      quantification: '0.01',
      now: null,
    });
    // The blind code is drawn and may by chance hold what a number holds.
    expect(JSON.stringify(grid).replaceAll(code, '')).not.toMatch(/湖南省市场监督管理局|F-0001|B-1/);
    const seen = await lab.kernel.database.transaction('hengjian_app', lab.tester.claim, (tx) =>
      tx.query('select id from laboratory.sample where id = $1', [sample]),
    );
    expect(seen).toEqual([]);
  });

  it('refuses a sample that is not on it, a parameter nobody asked for, and a unit of another kind', async () => {
    const { sheet, code } = await distributed(lab);
    const cell = { blindCode: code, item: '腐霉利', result: '0.1', seen: 0 };
    const enter = (change: object) => sheetAct(lab.tester, 'enter', { results: [{ ...cell, ...change }] }, sheet);
    await expect(enter({ blindCode: 'AAAAA-BBBBB' })).rejects.toMatchObject({ code: 'foreign-sample' });
    await expect(enter({ item: '镉' })).rejects.toMatchObject({
      code: 'parameter-not-asked',
      errors: [{ path: 'input.results.0.item' }],
    });
    await expect(enter({ unit: 'mg/L' })).rejects.toMatchObject({ code: 'incompatible-units' });
    await expect(enter({ result: '7/68' })).rejects.toMatchObject({ code: 'slash-for-decimal-point' });
    expect((await enter({ result: '205', unit: 'μg/kg' })).state).toBe('open');
  });

  it('judges with a guard band where the rule asks for one, from the uncertainty written behind the result', async () => {
    const guarded = { ...procymidone, decision: 'guarded-rejection', guardRatio: '1' };
    const rounded = order({ items: [{ ...guarded, judge: 'rounded' }] });
    const take = (input: object) => lab.act(lab.receiver, 'laboratory.bench', 'takeOrder', input, lab.bench);
    expect(await codeOf(take(rounded))).toBe('rounding-with-guard-band');
    expect(await codeOf(take(order({ items: [{ ...guarded, guardRatio: null }] })))).toBe('guard-ratio-missing');
    const { sheet, code } = await distributed(lab, { items: [guarded] });
    const enter = (result: string, seen: number) =>
      sheetAct(lab.tester, 'enter', { results: [{ blindCode: code, item: '腐霉利', result, seen }] }, sheet);
    expect(await codeOf(enter('0.21', 0))).toBe('uncertainty-missing');
    const verdictOf = async () => {
      const { lines } = await lab.ask<{ lines: { now: object }[] }>(lab.tester, 'laboratory.worksheet-grid', {
        worksheet: sheet,
      });
      return lines[0]!.now;
    };
    await enter('0.21±0.02', 0);
    expect(await verdictOf()).toMatchObject({ verdict: 'conforms', reason: { code: 'inside-guard-band' } });
    await enter('230 ± 20 μg/kg (k=2)', 1);
    expect(await verdictOf()).toMatchObject({ verdict: 'fails', reason: { code: 'beyond-limit' } });
  });

  it('tells two analysts on one cell who wrote what, and lets neither overwrite unseen', async () => {
    const { sheet, code } = await distributed(lab);
    const cell = { blindCode: code, item: '腐霉利', result: '0.11', seen: 0 };
    await sheetAct(lab.tester, 'enter', { results: [cell] }, sheet);
    const blind = sheetAct(lab.second, 'enter', { results: [{ ...cell, result: '0.12' }] }, sheet);
    await expect(blind).rejects.toMatchObject({ code: 'cell-changed', zh: expect.stringMatching(/检验员甲.*0\.11/) });
    expect(
      await codeOf(sheetAct(lab.second, 'enter', { results: [{ ...cell, result: '0.12', seen: 1 }] }, sheet)),
    ).toBe('done');
    // The other item of the same sheet is free: only cells conflict, not analysts
    expect(
      await codeOf(sheetAct(lab.second, 'enter', { results: [{ ...cell, item: '毒死蜱', result: '0.01' }] }, sheet)),
    ).toBe('done');
  });

  it('is submitted only when every line is filled and the run is in control', async () => {
    const { sheet, code } = await distributed(lab);
    const cells = ['腐霉利', '毒死蜱'].map((item) => ({ blindCode: code, item, result: '0.01', seen: 0 }));
    await sheetAct(lab.tester, 'enter', { results: cells.slice(0, 1) }, sheet);
    expect(await codeOf(sheetAct(lab.tester, 'submit', {}, sheet))).toBe('line-empty');
    await sheetAct(lab.tester, 'enter', { results: cells.slice(1) }, sheet);
    expect(await codeOf(sheetAct(lab.tester, 'submit', {}, sheet))).toBe('control-missing');
    await sheetAct(lab.tester, 'recordControl', { ...controls[0], value: '0.02' }, sheet);
    await sheetAct(lab.tester, 'recordControl', controls[1]!, sheet);
    expect(await codeOf(sheetAct(lab.tester, 'submit', {}, sheet))).toBe('run-out-of-control');
    await sheetAct(lab.tester, 'recordControl', controls[0]!, sheet);
    expect((await sheetAct(lab.tester, 'submit', {}, sheet)).state).toBe('submitted');
  });

  it('reads the control chart over earlier sheets of the body', async () => {
    const point = (value: string) => ({
      kind: 'control',
      parameter: '腐霉利',
      material: 'QC-1',
      mean: '0.100',
      deviation: '0.005',
      value,
    });
    const first = await distributed(lab);
    await sheetAct(lab.tester, 'recordControl', point('0.111'), first.sheet);
    const second = await distributed(lab);
    await sheetAct(lab.tester, 'recordControl', point('0.112'), second.sheet);
    const { controls: recorded } = await lab.ask<{ controls: { accepted: boolean; zh: string }[] }>(
      lab.tester,
      'laboratory.worksheet-grid',
      { worksheet: second.sheet },
    );
    expect(recorded).toMatchObject([{ accepted: false, zh: expect.stringContaining('2-2s') }]);
  });

  it('is checked by another person than tested, and a repeat test keeps the old result', async () => {
    const { sheet, code, sample } = await distributed(lab);
    await checked(lab, { sheet, code }, ['0.25', '0.01']);
    const repeating = { lines: [0], reason: '不合格项目复测' };
    await sheetAct(lab.checker, 'repeat', repeating, sheet);
    const again = { results: [{ blindCode: code, item: '腐霉利', result: '0.24', seen: 0 }] };
    await sheetAct(lab.tester, 'enter', again, sheet);
    const grid = await lab.ask<{ lines: { now: object; earlier: object[] }[] }>(
      lab.tester,
      'laboratory.worksheet-grid',
      { worksheet: sheet },
    );
    expect(grid.lines[0]).toMatchObject({
      now: { value: '0.24' },
      earlier: [{ attempt: 1, value: '0.25' }],
      repeatReason: '不合格项目复测',
    });
    await sheetAct(lab.tester, 'submit', {}, sheet);
    const testerChecks = {
      ...lab.checker,
      person: lab.tester.person,
      claim: { ...lab.checker.claim, person: lab.tester.person },
    };
    expect(await codeOf(sheetAct(testerChecks, 'check', {}, sheet))).toBe('separation');
    await sheetAct(lab.checker, 'check', {}, sheet);
    expect(await lab.row('sample', sample)).toMatchObject({ state: 'tested' });
  });
});

describe('the report', () => {
  const sign = (sample: string, reportNumber: string, actor = lab.signatory) =>
    sampleAct(actor, 'sign', { reportNumber }, sample);

  it('stops while a calibration has run out, naming the instrument, and goes out once it is renewed', async () => {
    const one = await distributed(lab);
    await checked(lab, one, ['0.1', '0.01']);
    lab.kernel.at('2026-06-01T02:00:00Z');
    await expect(sign(one.sample, 'HX-1')).rejects.toMatchObject({
      code: 'calibration-expired',
      zh: expect.stringMatching(/气质联用仪.*2026-05-31/),
    });
    const renewed = {
      instrument: lab.instrument,
      certificate: 'J2',
      laboratory: '计量院',
      doneOn: '2026-06-01',
      calibratedUntil: '2027-05-31',
    };
    await lab.act(lab.quality, 'institutions.body', 'recordCalibration', renewed, lab.body);
    expect((await sign(one.sample, 'HX-1')).state).toBe('reported');
  });

  it('is signed by a signatory of the field, and by nobody else', async () => {
    const one = await distributed(lab);
    await checked(lab, one, ['0.1', '0.01']);
    const other = await lab.kernel.agent('另一签字人', 'laboratory-signatory', lab.organisation);
    expect(await codeOf(sign(one.sample, 'HX-2', other))).toBe('outside-own-field');
  });

  it('judges, concludes by the rule, sets the last day of what is kept, and gives every number once', async () => {
    const one = await distributed(lab);
    const portions = [
      { kind: 'test', quantity: 2, place: '检验室' },
      { kind: 'backup', quantity: 2, place: '冷库' },
      { kind: 'retained', quantity: 1, place: '冷库' },
    ];
    const { created } = await sampleAct(lab.receiver, 'partition', { portions }, one.sample);
    expect(
      await codeOf(
        lab.act(lab.receiver, 'laboratory.kept-sample', 'dispose', { disposal: '销毁', witness: '监' }, created[0]),
      ),
    ).toBe('still-to-be-kept');
    await checked(lab, one, ['0.25', '0.01']);
    await sign(one.sample, 'HX-3');
    const row = await lab.row('sample', one.sample);
    expect(row).toMatchObject({ conclusion: 'fails', seriousness: 'serious', revision: 1 });
    const kept = await Promise.all(created.map((id) => lab.row('kept_sample', id)));
    expect(kept.map(({ kind, keep_until }) => [kind, keep_until])).toEqual([
      ['backup', '2026-09-02'],
      ['retained', '2026-05-02'],
    ]);
    lab.kernel.at('2026-05-03T02:00:00Z');
    const dispose = (id: string) =>
      codeOf(lab.act(lab.receiver, 'laboratory.kept-sample', 'dispose', { disposal: '销毁', witness: '监督员' }, id));
    expect(await dispose(created[0]!)).toBe('still-to-be-kept');
    expect(await dispose(created[1]!)).toBe('done');
    lab.kernel.at(today);
    const two = await distributed(lab);
    await checked(lab, two, ['0.1', '0.01']);
    expect(await codeOf(sign(two.sample, 'HX-3'))).toBe('number-taken');
  });

  it('comes out with the same bytes a year later, and an altered verdict shows', async () => {
    const one = await distributed(lab);
    await checked(lab, one, ['0.25', '未检出（检出限 0.005 mg/kg）']);
    await sign(one.sample, 'HX-4');
    lab.kernel.at('2027-03-02T02:00:00Z');
    const { report, report_hash } = await lab.row('sample', one.sample);
    const stored = report as unknown as Report;
    expect(replayReport(stored)).toEqual([]);
    expect(hashOf(bytesOf(stored))).toBe(report_hash);
    const altered = structuredClone(stored);
    Object.assign(altered.results[0]!.verdict, { verdict: 'conforms' });
    expect(replayReport(altered)).toEqual(['腐霉利']);
  });

  it('is taken back only with a reason, corrected under its number and marked; whoever checks it reads which holds', async () => {
    const one = await distributed(lab);
    await checked(lab, one, ['0.25', '0.01']);
    await sign(one.sample, 'HX-5');
    const { report } = await lab.row('sample', one.sample);
    const { checkCode } = report as unknown as Report;
    const check = (input: object) =>
      lab.ask<{ status: string; revision: number; reason: string | null }[]>(null, 'laboratory.check-report', input);
    expect(await check({ number: 'HX-5', checkCode })).toMatchObject([{ status: 'valid', revision: 1 }]);
    expect(await check({ number: 'HX-5', checkCode: 'WRONG' })).toEqual([]);
    expect(await check({ number: 'HX-5' })).toEqual([]);
    expect(await codeOf(sheetAct(lab.checker, 'repeat', { lines: [0], reason: '复测' }, one.sheet))).toBe('report-out');
    expect(await codeOf(sampleAct(lab.signatory, 'retract', {}, one.sample))).toBe('invalid-input');
    await sampleAct(lab.signatory, 'retract', { reason: '单位笔误' }, one.sample);
    expect(await check({ number: 'HX-5', checkCode })).toMatchObject([{ status: 'withdrawn', reason: '单位笔误' }]);
    expect(await codeOf(sign(one.sample, 'HX-6'))).toBe('number-kept');
    await sign(one.sample, 'HX-5');
    const second = (await lab.row('sample', one.sample)).report as unknown as Report;
    expect(second).toMatchObject({ revision: 2, corrects: { revision: 1, reason: '单位笔误' } });
    expect(await check({ number: 'HX-5', checkCode })).toMatchObject([
      { status: 'valid', revision: 2 },
      { status: 'corrected', revision: 1 },
    ]);
    expect(await check({ sha256: hashOf(bytesOf(second)) })).toMatchObject([{ status: 'valid', revision: 2 }]);
    expect(await check({ sha256: hashOf(bytesOf({ ...second, conclusion: 'conforms' })) })).toEqual([]);
  });

  it('names who tested a subcontracted item, given only with consent and to a body that is able', async () => {
    const one = await distributed(lab);
    const other = '00000000-0000-4000-8000-0000000000aa';
    const give = (item: string, more: object = { consent: 1 }) =>
      lab.act(
        lab.quality,
        'laboratory.sample',
        'subcontract',
        { subcontracts: [{ item, organisation: other, name: '沅砚检测' }] },
        one.sample,
        more,
      );
    expect(await codeOf(give('毒死蜱', {}))).toBe('document-missing');
    expect(await codeOf(give('毒死蜱'))).toBe('body-unknown');
    await lab.kernel.database.asOwner((tx) => tx.query(copyOfBody, [other, lab.organisation]));
    expect(await codeOf(give('镉'))).toBe('parameter-not-asked');
    expect(await codeOf(give('毒死蜱'))).toBe('done');
    await checked(lab, one, ['0.1', '0.01']);
    await sign(one.sample, 'HX-8');
    const { report } = await lab.row('sample', one.sample);
    const { results } = report as unknown as Report;
    expect(results.map(({ subcontractor }) => subcontractor)).toEqual([null, '沅砚检测']);
  });

  it('takes a seal over its own bytes only, and the local key is marked as a demonstration', async () => {
    const one = await distributed(lab);
    await checked(lab, one, ['0.1', '0.01']);
    await sign(one.sample, 'HX-7');
    const { report_hash } = await lab.row('sample', one.sample);
    const port = createLocalSigningPort(new Uint8Array(32).fill(5));
    const { machineActor, machines } = await import('@hengjian/kernel');
    const machine = machineActor(lab.kernel, machines.flow, '43');
    const signature = await port.sign(report_hash as unknown as string, today);
    expect(signature.demonstration).toBe(true);
    const seal = (value: object) =>
      codeOf(lab.act(machine, 'laboratory.sample', 'seal', { signature: value }, one.sample));
    expect(await seal(await port.sign('0'.repeat(64), today))).toBe('seal-of-another');
    const other = await createLocalSigningPort(new Uint8Array(32).fill(6)).sign(
      report_hash as unknown as string,
      today,
    );
    expect(await seal({ ...signature, certificate: other.certificate })).toBe('seal-wrong');
    expect(await seal(signature)).toBe('done');
  });
});
