import { judge, parseLimit } from '@hengjian/statistics';
import { expect, it } from 'vitest';
import { certificateOf, siUnit } from './certificate.ts';
import type { Report } from './content.ts';

const verdict = (limit: string, unit: string | null, result: string, expanded?: string) =>
  judge({
    limit: parseLimit(limit, unit),
    result,
    unit,
    method: 'full',
    rule: { kind: 'simple' },
    ...(expanded === undefined ? {} : { uncertainty: { expanded, coverageFactor: '2' } }),
  });
const line = (item: string, value: string, unit: string | null, judged: ReturnType<typeof verdict>) => ({
  item,
  method: 'GB 1-2020',
  limit: '≤0.2',
  clause: '4.1',
  severity: 'A',
  value,
  unit,
  decision: null,
  quantification: null,
  subcontractor: null,
  repeats: [],
  verdict: judged,
});

it('carries value, unit and uncertainty as quantities, and what is none as text', () => {
  const xml = certificateOf({
    form: 'hengjian-test-report/1',
    number: 'HX<1>',
    revision: 2,
    corrects: { revision: 1, reason: '笔误' },
    body: { name: '院', certificate: '241820110001', mark: 'CMA' },
    client: { name: '甲&乙', address: null },
    source: 'commissioned',
    sample: {
      name: '韭菜',
      batch: 'B-1',
      blindCode: 'AAAAA-BBBBB',
      quantity: '2 份',
      seal: null,
      receivedOn: '2026-03-02',
      condition: '好',
      temperature: null,
      producedOn: null,
      sampledOn: null,
    },
    results: [
      line('腐霉利', '0.19±0.02', 'mg/kg', verdict('≤0.2', 'mg/kg', '0.19', '0.02')),
      line('菌落总数', '1200', 'CFU/g', verdict('≤10000', 'CFU/g', '1200')),
      line('标志', '符合', null, verdict('应清晰', null, '符合')),
    ],
    conclusion: 'conforms',
    seriousness: 'none',
    verdictRule: 'any-item',
    reportedOn: '2026-03-09',
    signedBy: '签字人',
    checkCode: 'ABCD1234',
  } satisfies Report);
  expect(xml).toContain(
    '<si:real><si:value>0.19</si:value><si:unit>\\milli\\gram\\per\\kilo\\gram</si:unit><si:measurementUncertaintyUnivariate><si:expandedMU><si:valueExpandedMU>0.02</si:valueExpandedMU>',
  );
  expect(xml).toContain('<dcc:text><dcc:content>1200 CFU/g</dcc:content></dcc:text>');
  expect(xml).toContain('<dcc:text><dcc:content>符合</dcc:content></dcc:text>');
  expect(xml).toContain('<dcc:replacedUniqueIdentifier>HX&lt;1&gt;/1</dcc:replacedUniqueIdentifier>');
  expect(xml).toContain('甲&amp;乙');
  const open: string[] = [];
  for (const [, end, name] of xml.matchAll(/<(\/?)([a-z]+:[A-Za-z0-9_]+)[^>]*>/g))
    if (end === '') open.push(name!);
    else expect(open.pop()).toBe(name);
  expect(open).toEqual([]);
});

it.each([
  ['μg/kg', '\\micro\\gram\\per\\kilo\\gram'],
  ['N/mm2', '\\newton\\per\\milli\\metre\\tothe{2}'],
  ['kN·m', '\\kilo\\newton\\metre'],
  ['MPa', '\\mega\\pascal'],
  ['1', '\\one'],
  ['CFU/g', null],
  ['dB(A)', null],
])('the unit %s is %s in D-SI', (unit, spelt) => {
  expect(siUnit(unit)).toBe(spelt);
});
