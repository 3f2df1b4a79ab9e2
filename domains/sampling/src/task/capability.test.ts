import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { assigned, type Campaign, openCampaign, passing, received } from '../campaign-fixture.ts';

let campaign: Campaign;
const instrument = randomUUID();
const record = randomUUID();

/** The register as the accreditation officer would have filled it, for the body of the campaign. */
async function register(statement: string, values: readonly unknown[]): Promise<void> {
  await campaign.kernel.database.asOwner((tx) => tx.query(statement, values));
}

beforeAll(async () => {
  campaign = await openCampaign();
});
afterAll(() => campaign.kernel.close());

it('asks the register of testing bodies before a task is assigned and before its report is signed', async () => {
  const { lab } = campaign;
  // Nothing is asked while no register is kept
  await assigned(campaign);
  await register(
    `insert into institutions.certificate (record, office, organisation, name, number, valid_from, valid_until)
     values ($1, '43', $2, '别家', '1', '2020-01-01', '2030-01-01')`,
    [randomUUID(), randomUUID()],
  );
  await expect(assigned(campaign)).rejects.toMatchObject({ code: 'body-unknown' });
  await register(
    `insert into institutions.certificate (record, office, organisation, name, number, valid_from, valid_until)
     values ($1, '43', $2, $3, '2', '2020-01-01', '2030-01-01')`,
    [record, lab.id, lab.name],
  );
  await expect(assigned(campaign)).rejects.toMatchObject({ code: 'out-of-scope' });
  await register(
    `insert into institutions.scope (id, record, organisation, kind, kind_name, parameter, method, field, from_on)
     select gen_random_uuid(), $1, $2, 'P201', '电线电缆', i->>'item', i->>'method', '电气', '2020-01-01'
     from (select items from sampling.rules limit 1) r, jsonb_array_elements(r.items) i`,
    [record, lab.id],
  );
  const task = await received(campaign);
  await campaign.act(lab.tester, 'sampling.task', 'enterResults', { results: passing }, task);
  const sign = () => campaign.act(lab.signatory, 'sampling.task', 'report', { reportNumber: 'R-1' }, task);
  await expect(sign()).rejects.toMatchObject({ code: 'quantification-missing' });
  await register(
    `insert into institutions.instrument (id, record, organisation, name, model, serial, shared, from_on)
     values ($1, $2, $3, '电桥', 'Q1', '1', false, '2020-01-01')`,
    [instrument, record, lab.id],
  );
  await register(
    `insert into institutions.readiness (scope, record, organisation, quantification, quantification_unit, instrument, from_on)
     select id, record, organisation, 0.001, 'Ω/km', $2, '2020-01-01' from institutions.scope where record = $1`,
    [record, instrument],
  );
  await register(
    `insert into institutions.signatory (record, organisation, person, name, field, from_on) values ($1, $2, $3, '签字人', '电气', '2020-01-01')`,
    [record, lab.id, lab.signatory.person],
  );
  await register(
    `insert into institutions.calibration (instrument, record, certificate, laboratory, done_on, valid_until)
     values ($1, $2, 'C1', '计量院', '2025-01-01', '2025-12-31')`,
    [instrument, record],
  );
  await expect(sign()).rejects.toMatchObject({
    code: 'calibration-expired',
    zh: expect.stringMatching(/电桥.*2025-12-31/),
  });
  await register(`update institutions.calibration set valid_until = '2026-12-31' where instrument = $1`, [instrument]);
  expect((await sign()).state).toBe('reported');
});
