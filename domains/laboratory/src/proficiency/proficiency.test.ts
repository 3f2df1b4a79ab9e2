import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, codeOf, type Laboratory, openLaboratory } from '../laboratory-fixture.ts';
import { gradeBody } from '../quality/grading.ts';
import { gradeOf, scoreRound } from './scoring.ts';

let lab: Laboratory;
const bodies = Array.from({ length: 8 }, (_, at) => ({ organisation: randomUUID(), name: `机构${at + 1}` }));
let quality: Actor[];
const act = (actor: Actor, action: string, input: object, record?: string) =>
  lab.act(actor, 'laboratory.round', action, input, record);
const plan = (more: object = {}) => ({
  name: '韭菜中腐霉利',
  design: 'open',
  kind: '韭菜',
  parameter: '腐霉利',
  unit: 'mg/kg',
  participants: bodies,
  dueOn: '2026-03-10',
  ...more,
});

beforeAll(async () => {
  lab = await openLaboratory();
  quality = await Promise.all(
    bodies.map(({ organisation, name }) => lab.kernel.agent(name, 'laboratory-quality', organisation)),
  );
});
afterAll(() => lab.kernel.close());

describe('a proficiency round', () => {
  it('is collected from each body once, scored, corrected and turned into shares of the next campaign', async () => {
    const { record } = await act(
      lab.officer,
      'begin',
      plan({ sigma: '0.02', assigned: '0.20', assignedUncertainty: '0.002' }),
    );
    const values = ['0.20', '0.21', '0.19', '0.20', '0.22', '0.18', '0.25', '0.30'];
    for (const [at, value] of values.entries()) {
      if (at === 7) expect(await codeOf(act(lab.officer, 'score', {}, record))).toBe('still-collecting');
      await act(quality[at]!, 'submit', { value }, record);
    }
    expect(await codeOf(act(quality[0]!, 'submit', { value: '0.2' }, record))).toBe('given-already');
    const seen = await lab.kernel.database.transaction('hengjian_app', quality[0]!.claim, (tx) =>
      tx.query('select organisation from laboratory.round_result where record = $1', [record]),
    );
    expect(seen).toEqual([{ organisation: bodies[0]!.organisation }]);
    await act(lab.officer, 'score', {}, record);
    const shares = () =>
      lab.ask<{ name: string; grade: string; share: number }[]>(lab.officer, 'laboratory.next-shares', {
        since: '2026-01-01',
      });
    expect((await shares()).map(({ name, grade }) => `${name}${grade}`)).toEqual([
      '机构1A',
      '机构2A',
      '机构3A',
      '机构4A',
      '机构5A',
      '机构6A',
      '机构7B',
      '机构8D',
    ]);
    expect((await shares()).at(-1)).toMatchObject({ share: 0 });
    expect((await shares()).reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 3);
    await expect(act(lab.officer, 'close', {}, record)).rejects.toMatchObject({
      code: 'uncorrected',
      zh: expect.stringContaining('机构8'),
    });
    expect(await codeOf(act(quality[0]!, 'correct', { correction: '无' }, record))).toBe('nothing-to-correct');
    await act(quality[7]!, 'correct', { correction: '更换标准溶液，重新校准' }, record);
    await act(lab.officer, 'publish', {}, record);
    expect(await codeOf(act(lab.officer, 'publish', {}, record))).toBe('published-already');
    const [entry] = await lab.kernel.database.transaction('hengjian_public', null, (tx) =>
      tx.query<{ body: { participants: number; satisfactory: string[] } }>(
        `select body from public_record.entry where kind = 'proficiency-round'`,
      ),
    );
    expect(entry!.body).toMatchObject({ participants: 8 });
    expect(entry!.body.satisfactory).not.toContain('机构8');
    const repeat = (at: number) =>
      plan({ name: '补测', repeats: record, participants: [bodies[at]!], dueOn: '2026-03-10' });
    expect(await codeOf(act(lab.officer, 'begin', repeat(0)))).toBe('nothing-to-repeat');
    expect(await codeOf(act(lab.officer, 'begin', repeat(7)))).toBe('done');
    expect((await act(lab.officer, 'close', {}, record)).state).toBe('closed');
  });

  it('by a blind sample is unknown to the body until it is scored', async () => {
    const { record } = await act(
      lab.officer,
      'begin',
      plan({ design: 'blind', assigned: '0.20', sigma: '0.02', participants: bodies.slice(0, 1) }),
    );
    expect(await codeOf(act(quality[0]!, 'submit', { value: '0.2' }, record))).toBe('not-found');
    const collected = { organisation: bodies[0]!.organisation, value: '0.26' };
    expect(await codeOf(act(lab.officer, 'collect', { ...collected, organisation: randomUUID() }, record))).toBe(
      'not-a-participant',
    );
    await act(lab.officer, 'collect', collected, record);
    await act(lab.officer, 'score', {}, record);
    expect(await codeOf(act(quality[0]!, 'correct', { correction: '已整改' }, record))).toBe('done');
  });

  it('takes no result after its day, and none of a split sample without its uncertainty', async () => {
    const { record } = await act(lab.officer, 'begin', plan({ design: 'split', participants: bodies.slice(0, 2) }));
    const result = { organisation: bodies[0]!.organisation, value: '0.2' };
    expect(await codeOf(act(lab.officer, 'collect', result, record))).toBe('uncertainty-missing');
    lab.kernel.at('2026-03-11T02:00:00Z');
    expect(await codeOf(act(lab.officer, 'collect', { ...result, expanded: '0.02' }, record))).toBe('too-late');
  });
});

describe('a spot check', () => {
  const found = (kind: string, looked: string) => ({ aspect: 'report', looked, found: kind });

  it('is scored from its findings, answered by the body, decided by another, and enters grade and share', async () => {
    lab.kernel.at('2026-03-12T02:00:00Z');
    const chief = await lab.kernel.officer('处长', 'section-chief', '43');
    const { organisation, name } = bodies[1]!;
    const check = (actor: Actor, action: string, input: object, record?: string) =>
      lab.act(actor, 'laboratory.spot-check', action, input, record);
    const planned = { organisation, bodyName: name, scope: '2026年第一季度报告', plannedOn: '2026-03-12' };
    const { record } = await check(lab.officer, 'plan', planned);
    const findings = [found('major', 'HX-1'), found('minor', 'HX-2'), found('sound', 'HX-3')];
    await check(lab.officer, 'record', { findings }, record);
    expect(await lab.row('spot_check', record)).toMatchObject({ score: 70, major: true });
    await check(quality[1]!, 'answer', { answer: 'HX-1原始记录已补送' }, record);
    const decide = (upheld: object[]) => codeOf(check(chief, 'decide', { decision: '部分维持', upheld }, record));
    expect(await decide([found('minor', 'HX-9')])).toBe('new-finding');
    expect(await decide(findings.slice(1))).toBe('done');
    const shares = await lab.ask<{ name: string; grade: string; spotChecks: number; reasons: object[] }[]>(
      chief,
      'laboratory.next-shares',
      { since: '2026-01-01' },
    );
    expect(shares.find((body) => body.name === name)).toMatchObject({ grade: 'A', spotChecks: 1, reasons: [] });
  });

  it('takes a grade for each fault of the work, with its figures as the reason', () => {
    const work = { reports: 50, late: 6, corrected: 1, overturned: 0 };
    const sound = { scores: [], work, spotChecks: [] };
    expect(gradeBody(sound)).toMatchObject({ grade: 'B', reasons: [{ zh: expect.stringContaining('12 %') }] });
    expect(gradeBody({ ...sound, work: { ...work, late: 5 } })).toEqual({ grade: 'A', reasons: [] });
    expect(gradeBody({ ...sound, work: { ...work, corrected: 2, overturned: 1 } })?.grade).toBe('D');
    expect(gradeBody({ ...sound, work: null, spotChecks: [{ score: 75, major: false }] })?.grade).toBe('B');
    expect(gradeBody({ ...sound, work: null, spotChecks: [{ score: 75, major: true }] })?.grade).toBe('D');
    expect(gradeBody({ scores: [], work: { ...work, reports: 0 }, spotChecks: [] })).toBeUndefined();
  });
});

describe('scores and grades', () => {
  const given = (...values: string[]) =>
    values.map((value, at) => ({ organisation: String(at), value, expanded: '0.03', coverageFactor: '2' }));
  it('uses z′ where the uncertainty of a consensus of few is not negligible', () => {
    const round = scoreRound('open', given('0.20', '0.21', '0.19'), {
      assigned: null,
      assignedUncertainty: null,
      sigma: '0.01',
    });
    expect(round?.scored[0]?.kind).toBe('zPrime');
  });
  it('says that it has no scale when all results agree', () => {
    expect(
      scoreRound('open', given('0.2', '0.2', '0.2'), { assigned: null, assignedUncertainty: null, sigma: null }),
    ).toBeUndefined();
  });
  it('compares a split sample by E_n with the first body', () => {
    const round = scoreRound('split', given('0.20', '0.22', '0.26'), {
      assigned: null,
      assignedUncertainty: null,
      sigma: null,
    });
    expect(round?.scored).toMatchObject([
      { score: '0.471405', class: 'acceptable' },
      { score: '1.41421', class: 'action' },
    ]);
  });
  it('grades by what was found and whether it was corrected', () => {
    const one = (found: 'acceptable' | 'warning' | 'action', corrected = false) => ({ class: found, corrected });
    expect(gradeOf([])).toBeNull();
    expect(gradeOf([one('acceptable')])).toBe('A');
    expect(gradeOf([one('acceptable'), one('warning')])).toBe('B');
    expect(gradeOf([one('acceptable'), one('acceptable'), one('action', true)])).toBe('C');
    expect(gradeOf([one('acceptable'), one('acceptable'), one('action')])).toBe('D');
    expect(gradeOf([one('acceptable'), one('action', true)])).toBe('D');
  });
});
