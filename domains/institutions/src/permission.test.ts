import { describe, expect, it } from 'vitest';
import { maySign, mayTest, type Standing } from './permission.ts';

const standing: Standing = {
  name: '衡岫质检院',
  certificates: [{ number: '211820110001', fromOn: '2021-05-01', untilOn: '2027-04-30' }],
  interruptions: [{ kind: 'suspended', fromOn: '2023-01-10', untilOn: '2023-02-09', reason: '限期改正' }],
  scope: [
    {
      id: 's1',
      kind: '韭菜',
      parameter: '腐霉利',
      method: 'GB 23200.113-2018',
      field: '农药残留',
      limitation: null,
      fromOn: '2021-05-01',
      untilOn: null,
    },
    {
      id: 's2',
      kind: '蔬菜',
      parameter: '毒死蜱',
      method: 'NY/T 761-2008 第1部分',
      field: '农药残留',
      limitation: null,
      fromOn: '2021-05-01',
      untilOn: '2024-12-31',
    },
  ],
  readiness: [
    {
      scope: 's1',
      quantification: '0.01',
      quantificationUnit: 'mg/kg',
      instrument: { id: 'i1', name: '气质联用仪' },
      fromOn: '2021-05-01',
      untilOn: null,
    },
    {
      scope: 's2',
      quantification: '0.02',
      quantificationUnit: 'mg/kg',
      instrument: null,
      fromOn: '2021-05-01',
      untilOn: null,
    },
  ],
  signatories: [{ person: 'p1', field: '农药残留', fromOn: '2021-05-01', untilOn: null }],
  calibrations: [{ instrument: 'i1', doneOn: '2025-06-01', validUntil: '2026-05-31' }],
};
const procymidone = { kinds: ['韭菜', '蔬菜'], parameter: '腐霉利', method: 'GB 23200.113-2018' };
const codeOf = (answer: true | { code: string }): string => (answer === true ? 'yes' : answer.code);

describe('whether a body may test and report', () => {
  it('lets a body test and report within scope when everything is ready', () => {
    const { assign, report, row } = mayTest(procymidone, standing, '2026-03-02');
    expect([assign, report, row?.id]).toEqual([true, true, 's1']);
  });

  it('reads a method with or without blanks and full-width signs, and a clause of an accredited standard', () => {
    const { assign } = mayTest({ ...procymidone, method: 'ＧＢ23200.113-2018 第二法' }, standing, '2026-03-02');
    expect(assign).toBe(true);
  });

  it.each([
    ['a parameter that nobody accredited', { parameter: '百菌清' }, '没有项目“百菌清”'],
    ['another edition of the method', { method: 'GB 23200.113-2024' }, '没有方法“GB 23200.113-2024”'],
    ['a standard whose number only begins alike', { method: 'GB 23200.113-20180' }, '没有方法'],
    ['another kind', { kinds: ['鸡蛋'] }, '没有类别“鸡蛋”'],
  ])('stops %s, and names the piece that is outside', (_, change, piece) => {
    const { assign, report } = mayTest({ ...procymidone, ...change }, standing, '2026-03-02');
    expect(assign).toMatchObject({ code: 'out-of-scope', zh: expect.stringContaining(piece) });
    expect(report).toEqual(assign);
  });

  it('covers one clause only where the scope names one', () => {
    const chlorpyrifos = { kinds: ['芹菜', '蔬菜'], parameter: '毒死蜱', method: 'NY/T 761-2008 第2部分' };
    expect(codeOf(mayTest(chlorpyrifos, standing, '2024-03-02').assign)).toBe('out-of-scope');
    expect(mayTest({ ...chlorpyrifos, method: 'NY/T 761-2008 第1部分' }, standing, '2024-03-02').assign).toBe(true);
  });

  it('asks what was in scope on that day: a line that ended is no longer there, nor before it began', () => {
    const chlorpyrifos = { kinds: ['蔬菜'], parameter: '毒死蜱', method: 'NY/T 761-2008 第1部分' };
    expect(mayTest(chlorpyrifos, standing, '2024-12-31').assign).toBe(true);
    expect(mayTest(chlorpyrifos, standing, '2025-01-01').assign).toMatchObject({
      zh: expect.stringContaining('不在有效期内'),
    });
  });

  it('stops a body that is not on the register, suspended, or past its certificate', () => {
    expect(codeOf(mayTest(procymidone, undefined, '2026-03-02').assign)).toBe('body-unknown');
    expect(codeOf(mayTest(procymidone, standing, '2023-01-10').assign)).toBe('accreditation-suspended');
    expect(mayTest(procymidone, standing, '2023-02-10').assign).toBe(true);
    expect(mayTest(procymidone, standing, '2027-05-01').assign).toMatchObject({
      code: 'certificate-not-in-force',
      zh: expect.stringContaining('2027-04-30'),
    });
  });

  it('lets work be taken but no report out when the calibration has run out, naming instrument and day', () => {
    const { assign, report } = mayTest(procymidone, standing, '2026-06-01');
    expect(assign).toBe(true);
    expect(report).toMatchObject({ code: 'calibration-expired', zh: expect.stringMatching(/气质联用仪.*2026-05-31/) });
    expect(mayTest(procymidone, standing, '2026-05-31').report).toBe(true);
  });

  it('names a missing limit of quantification, instrument or signatory', () => {
    const day = '2026-03-02';
    expect(codeOf(mayTest(procymidone, { ...standing, readiness: [] }, day).report)).toBe('quantification-missing');
    const chlorpyrifos = { kinds: ['蔬菜'], parameter: '毒死蜱', method: 'NY/T 761-2008 第1部分' };
    expect(codeOf(mayTest(chlorpyrifos, standing, '2024-01-02').report)).toBe('instrument-missing');
    expect(codeOf(mayTest(procymidone, { ...standing, signatories: [] }, day).report)).toBe('signatory-missing');
  });

  it('lets a signatory sign in his own field only', () => {
    const row = standing.scope[0]!;
    expect(maySign(standing, 'p1', row, '2026-03-02')).toBe(true);
    expect(codeOf(maySign(standing, 'p2', row, '2026-03-02'))).toBe('outside-own-field');
    expect(codeOf(maySign(standing, 'p1', { ...row, field: '微生物' }, '2026-03-02'))).toBe('outside-own-field');
  });
});
