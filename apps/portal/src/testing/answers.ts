const offer = {
  entry: '00000000-0000-7000-8000-000000000001',
  name: '示例检验检测院',
  region: '430100',
  address: '长沙市某路1号',
  certificateNumber: '241820110001',
  validUntil: '2030-01-01',
  kind: 'P101',
  kindName: '电动自行车',
  parameter: '最高车速',
  method: 'GB 17761-2024',
  limitation: null,
  quantification: '0.1',
  quantificationUnit: 'km/h',
  price: '260',
  days: 5,
};
export const reportChecks = [
  { sha256: 'cd'.repeat(32), revision: 2, issuedAt: '2026-11-20T02:00:00Z', status: 'valid', reason: null },
  { sha256: 'ef'.repeat(32), revision: 1, issuedAt: '2026-11-10T02:00:00Z', status: 'corrected', reason: '单位笔误' },
];

/** What the named public queries answer. */
export function answers(query: string, input: Record<string, unknown>): unknown {
  if (query === 'institutions.who-can-test') return input.words === '最高车速' ? [offer] : [];
  if (query === 'institutions.shared-instruments')
    return [
      {
        body: '示例检验检测院',
        region: '430100',
        name: '气质联用仪',
        model: 'X-1',
        calibratedUntil: '2027-01-31',
        hoursOfThirtyDays: '24',
        useRate: 10,
      },
    ];
  return input.checkCode === 'ABCD1234' || input.sha256 === reportChecks[0]!.sha256 ? reportChecks : [];
}
