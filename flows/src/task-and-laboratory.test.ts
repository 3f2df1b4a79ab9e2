import { randomUUID } from 'node:crypto';
import { runFlows } from '@hengjian/kernel';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Campaign, items, openCampaign, sampled } from '../../domains/sampling/src/campaign-fixture.ts';
import { flows } from './index.ts';
import { handling } from './testing/loop-fixture.ts';

let campaign: Campaign;
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 2; turn += 1) {
    await campaign.kernel.sealer.seal();
    await runFlows(campaign.kernel);
  }
};
const parked = () => campaign.kernel.database.asOwner((tx) => tx.query('select flow, code, zh from kernel.parked'));
const owner = <T>(text: string, values: unknown[] = []) =>
  campaign.kernel.database.asOwner((tx) => tx.query<T & Record<string, unknown>>(text, values));

/** The laboratory of the campaign as the register knows it, written by the owner: the register has its own tests. */
async function registered(): Promise<void> {
  const [body, instrument] = [randomUUID(), randomUUID()];
  const { lab } = campaign;
  await owner(
    `insert into institutions.certificate (record, office, organisation, name, number, valid_from, valid_until)
     values ($1, '43', $2, $3, '2', '2020-01-01', '2030-01-01')`,
    [body, lab.id, lab.name],
  );
  await owner(
    `insert into institutions.instrument (id, record, organisation, name, model, serial, shared, from_on) values ($1, $2, $3, '电桥', 'Q', '1', false, '2020-01-01')`,
    [instrument, body, lab.id],
  );
  await owner(
    `insert into institutions.calibration (instrument, record, certificate, laboratory, done_on, valid_until) values ($1, $2, 'C', '计量院', '2025-01-01', '2027-01-01')`,
    [instrument, body],
  );
  await owner(
    `insert into institutions.signatory (record, organisation, person, name, field, from_on) values ($1, $2, $3, '签字人', '电气', '2020-01-01')`,
    [body, lab.id, lab.signatory.person],
  );
  for (const { item, method } of items) {
    const line = randomUUID();
    await owner(
      `insert into institutions.scope (id, record, organisation, kind, kind_name, parameter, method, field, from_on) values ($1, $2, $3, 'P201', '电线', $4, $5, '电气', '2020-01-01')`,
      [line, body, lab.id, item, method],
    );
    await owner(
      `insert into institutions.readiness (scope, record, organisation, quantification, quantification_unit, instrument, from_on) values ($1, $2, $3, 0.001, '1', $4, '2020-01-01')`,
      [line, body, lab.id, instrument],
    );
  }
}

beforeAll(async () => {
  campaign = await openCampaign(flows, handling);
  await registered();
});
afterAll(() => campaign.kernel.close());

it('carries a sealed sample to the bench of its laboratory, and receipt and report back to the task', async () => {
  const { act, lab, samplers, kernel } = campaign;
  const officer = await kernel.officer('资质官', 'accreditation-officer', '43');
  const checker = await kernel.agent('校核员', 'laboratory-checker', lab.id);
  const opening = { organisation: lab.id, name: lab.name, retainedMonths: 2 };
  const { record: bench } = await act(officer, 'laboratory.bench', 'open', opening);
  const task = await sampled(campaign);
  await act(samplers[1], 'sampling.task', 'deliver', { carriage: 'carried', sentOn: '2026-03-02' }, task);
  await settle();
  expect(await parked()).toEqual([]);
  const [sample] = await owner<{ id: string; seal: string; sample_name: string; batch: string; blind_code: string }>(
    'select * from laboratory.sample where task = $1',
    [task],
  );
  expect(sample).toMatchObject({ state: 'announced', source: 'product', kind: 'P201' });
  const arrival = {
    receivedOn: '2026-03-02',
    readSeal: sample!.seal,
    sealIntact: true,
    readName: sample!.sample_name,
    readBatch: sample!.batch,
    condition: '外观完好',
    freeOfTies: true,
  };
  const receive = (more: object) =>
    act(lab.receiver, 'laboratory.sample', 'receive', { ...arrival, ...more }, sample!.id, ['receiptPhotos']);
  await expect(receive({})).rejects.toMatchObject({ code: 'licence-unchecked' });
  await expect(receive({ licenceCheck: 'missing' })).rejects.toMatchObject({ code: 'unlicensed' });
  await receive({ licenceCheck: 'valid', licenceSource: '许可证查询网站' });
  await settle();
  expect(await campaign.get('task', task)).toMatchObject({ state: 'received', licence_check: 'valid' });

  const given = { title: '电缆', samples: [sample!.id], items: [] };
  const sheet = (await act(lab.receiver, 'laboratory.bench', 'distribute', given, bench)).created[0]!;
  const cells = [
    ['导体电阻', '7.95'],
    ['绝缘厚度', '0.74'],
    ['标志', '符合'],
  ].map(([item, result]) => ({ blindCode: sample!.blind_code, item, result, seen: 0 }));
  await act(lab.tester, 'laboratory.worksheet', 'enter', { results: cells }, sheet);
  for (const { item } of items)
    await act(
      lab.tester,
      'laboratory.worksheet',
      'recordControl',
      { kind: 'blank', parameter: item, value: '0' },
      sheet,
    );
  await act(lab.tester, 'laboratory.worksheet', 'submit', {}, sheet);
  await act(checker, 'laboratory.worksheet', 'check', {}, sheet);
  await act(lab.signatory, 'laboratory.sample', 'sign', { reportNumber: 'HX-9' }, sample!.id);
  await settle();
  expect(await parked()).toEqual([]);
  expect(await campaign.get('task', task)).toMatchObject({
    state: 'reported',
    report_number: 'HX-9',
    conclusion: 'fails',
    seriousness: 'serious',
    failed_items: [{ item: '导体电阻', result: '7.95' }],
  });

  // Returned by the organiser, taken back by the signatory, tested again, and signed as the second revision under its number
  const organiser = campaign.organiser;
  await act(organiser, 'sampling.task', 'returnReport', { returnedReason: '导体电阻请复测' }, task);
  await settle();
  const laboratorySample = async () => (await owner('select * from laboratory.sample where id = $1', [sample!.id]))[0];
  expect(await laboratorySample()).toMatchObject({ state: 'reported', returned_reason: '导体电阻请复测' });
  await act(lab.signatory, 'laboratory.sample', 'retract', { reason: '组织部门要求复测' }, sample!.id);
  await act(checker, 'laboratory.worksheet', 'repeat', { lines: [0], reason: '组织部门要求复测' }, sheet);
  await act(
    lab.tester,
    'laboratory.worksheet',
    'enter',
    { results: [{ blindCode: sample!.blind_code, item: '导体电阻', result: '7.31', seen: 0 }] },
    sheet,
  );
  await act(lab.tester, 'laboratory.worksheet', 'submit', {}, sheet);
  await act(checker, 'laboratory.worksheet', 'check', {}, sheet);
  await act(lab.signatory, 'laboratory.sample', 'sign', { reportNumber: 'HX-9' }, sample!.id);
  await settle();
  expect(await parked()).toEqual([]);
  expect(await laboratorySample()).toMatchObject({ revision: 2, returned_reason: null });
  expect(await campaign.get('task', task)).toMatchObject({
    state: 'reported',
    report_revision: 2,
    conclusion: 'conforms',
  });

  // Taken back before anybody was told: the task waits for the next one
  await act(lab.signatory, 'laboratory.sample', 'retract', { reason: '单位笔误' }, sample!.id);
  await settle();
  expect(await parked()).toEqual([]);
  expect(await campaign.get('task', task)).toMatchObject({ state: 'tested', returned_reason: '单位笔误' });
});

it('leaves a task whose laboratory has no bench as it was', async () => {
  const { act, samplers, retestLab } = campaign;
  const before = await owner('select id from laboratory.sample');
  await owner(
    `insert into institutions.certificate (record, office, organisation, name, number, valid_from, valid_until) values ($1, '43', $2, '市所', '3', '2020-01-01', '2030-01-01')`,
    [randomUUID(), retestLab.id],
  );
  await owner(
    `insert into institutions.scope (id, record, organisation, kind, kind_name, parameter, method, field, from_on)
     select gen_random_uuid(), record, $1, kind, kind_name, parameter, method, field, from_on from institutions.scope`,
    [retestLab.id],
  );
  const task = await sampled(campaign, { lab: { id: retestLab.id, name: retestLab.name } });
  await act(samplers[1], 'sampling.task', 'deliver', { carriage: 'carried', sentOn: '2026-03-02' }, task);
  await settle();
  expect(await owner('select id from laboratory.sample')).toEqual(before);
  expect(await campaign.get('task', task)).toMatchObject({ state: 'sampled' });
});
