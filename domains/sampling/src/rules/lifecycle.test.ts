import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Actor,
  approvedScheme,
  type Bureau,
  openBureau,
  planInForce,
  planInput,
  product,
  productName,
  rulesFor,
  rulesInput,
  schemeInput,
} from '../planning-fixture.ts';

let bureau: Bureau;
let plan: string;

beforeAll(async () => {
  bureau = await openBureau();
  plan = await planInForce(bureau);
});
afterAll(() => bureau.kernel.close());

describe('实施细则', () => {
  let scheme: string;
  let expert: Actor;
  beforeAll(async () => {
    expert = bureau.expert;
    scheme = await approvedScheme(bureau, await planInForce(bureau, { ...planInput, name: '2023年细则试验计划' }));
  });

  it('follows an approved scheme', async () => {
    const { record } = await bureau.act(bureau.planner, 'sampling.scheme', 'draft', {
      ...schemeInput(plan),
      batches: 1,
    });
    await expect(
      bureau.act(bureau.planner, 'sampling.rules', 'draft', rulesInput(record, expert)),
    ).rejects.toMatchObject({ code: 'scheme-unapproved' });
  });

  it('is reviewed by a supervisor and an invited test expert, not by its author, and again after every change', async () => {
    const { act, planner, organiser, chief } = bureau;
    const { record } = await act(planner, 'sampling.rules', 'draft', rulesInput(scheme, expert));
    const agree = { agrees: true, opinion: '同意' };
    await expect(act(planner, 'sampling.rules', 'submit', {}, record)).rejects.toMatchObject({
      code: 'not-allowed-now',
    });
    await expect(act(organiser, 'sampling.rules', 'reviewAsExpert', agree, record)).rejects.toMatchObject({
      code: 'not-your-role',
    });
    const stranger = await bureau.kernel.agent('外人', 'test-expert', randomUUID());
    await expect(act(stranger, 'sampling.rules', 'reviewAsExpert', agree, record)).rejects.toMatchObject({
      code: 'not-found',
    });
    expect(await act(organiser, 'sampling.rules', 'reviewAsSupervisor', agree, record)).toMatchObject({
      state: 'drafted',
    });
    expect(
      await act(expert, 'sampling.rules', 'reviewAsExpert', { agrees: false, opinion: '方法已作废' }, record),
    ).toMatchObject({ state: 'drafted' });
    const { scheme: _scheme, ...amended } = rulesInput(scheme, expert);
    await act(planner, 'sampling.rules', 'amend', amended, record);
    expect(await act(expert, 'sampling.rules', 'reviewAsExpert', agree, record)).toMatchObject({ state: 'drafted' });
    expect(await act(chief, 'sampling.rules', 'reviewAsSupervisor', agree, record)).toMatchObject({
      state: 'reviewed',
    });
    await expect(act(planner, 'sampling.rules', 'publish', {}, record)).rejects.toMatchObject({
      code: 'not-allowed-now',
    });
    await act(planner, 'sampling.rules', 'withdraw', { reason: '重新起草' }, record);
  });

  it('lets nobody review in two capacities', async () => {
    const { act, planner, kernel } = bureau;
    const { record } = await act(planner, 'sampling.rules', 'draft', rulesInput(scheme, expert));
    const officer = await kernel.officer('两职', 'organiser', '43');
    const asExpert = { ...officer, role: 'test-expert' };
    await act(officer, 'sampling.rules', 'reviewAsSupervisor', { agrees: true, opinion: '同意' }, record);
    await expect(
      act(asExpert, 'sampling.rules', 'reviewAsExpert', { agrees: true, opinion: '同意' }, record),
    ).rejects.toMatchObject({ code: 'separation' });
    await act(planner, 'sampling.rules', 'withdraw', { reason: '重新起草' }, record);
  });

  it('is published whole and names nobody; the next version replaces it, and what is open keeps the old one', async () => {
    const entries = (record: string) =>
      bureau.rows<Record<string, unknown>>(
        bureau.planner,
        'select id, body, subjects, withdrawn_at, replaces, replaced_by from public_record.entry where record = $1',
        [record],
      );
    const first = await rulesFor(bureau, scheme);
    const [entry] = await entries(first);
    expect(entry).toMatchObject({
      subjects: [],
      withdrawn_at: null,
      body: { product, productName, testSample: 3, spareSample: 3, publishedOn: '2023-08-23', retestDays: 20 },
    });
    expect(JSON.stringify(entry!.body)).not.toMatch(/scheme|review|expert|李专家|张计划/);
    const second = await rulesFor(bureau, scheme);
    const [old] = await entries(first);
    const [fresh] = await entries(second);
    expect(fresh).toMatchObject({
      replaces: entry!.id,
      withdrawn_at: null,
      body: { version: (entry!.body as { version: number }).version + 1 },
    });
    expect(old).toMatchObject({ replaced_by: fresh!.id });
    expect(old!.withdrawn_at).not.toBeNull();
    expect(await bureau.rows(bureau.planner, 'select state from sampling.rules where id = $1', [first])).toEqual([
      { state: 'superseded' },
    ]);
    await expect(
      bureau.act(bureau.planner, 'sampling.rules', 'supersede', { reason: 'x' }, second),
    ).rejects.toMatchObject({ code: 'not-your-role' });
  });
});

describe('产品生产者名录', () => {
  it('is entered once by an office for a firm and product, verified on a day that has been, and counts a failure once', async () => {
    const { act, planner, organiser, expert } = bureau;
    const input = {
      enterprise: randomUUID(),
      enterpriseName: '甲厂',
      product: 'P105',
      productName: '儿童玩具',
      basis: 'survey',
      status: 'making',
      checkedOn: '2023-08-01',
    };
    await expect(act(expert, 'sampling.directory', 'enter', input)).rejects.toMatchObject({ code: 'not-your-office' });
    await expect(
      act(planner, 'sampling.directory', 'enter', { ...input, checkedOn: '2023-09-01' }),
    ).rejects.toMatchObject({ code: 'checked-in-future' });
    const { record } = await act(planner, 'sampling.directory', 'enter', input);
    await expect(act(organiser, 'sampling.directory', 'enter', input)).rejects.toMatchObject({
      code: 'already-exists',
    });
    expect(
      await act(organiser, 'sampling.directory', 'verify', { status: 'stopped', checkedOn: '2023-08-20' }, record),
    ).toMatchObject({ state: 'stopped' });
    const failure = { concludedOn: '2023-08-20', task: randomUUID() };
    await act(organiser, 'sampling.directory', 'recordFailure', failure, record);
    await expect(act(organiser, 'sampling.directory', 'recordFailure', failure, record)).rejects.toMatchObject({
      code: 'failure-recorded',
    });
    expect(
      (
        await bureau.rows(planner, 'select past_failures, checked_on from sampling.directory where id = $1', [record])
      )[0],
    ).toEqual({ past_failures: 1, checked_on: '2023-08-20' });
  });
});
