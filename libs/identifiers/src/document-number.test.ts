import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDocumentNumber, parseDocumentNumber } from './document-number.ts';
import { IdentifierError } from './result.ts';

const kinds = (
  '指定 交办 案移 涉罪移 物移 询通 限提 辨鉴通 协查 协扣 先登 解登 强制 延强 解强 托管 先处告 检鉴委 检鉴期 检鉴结 责改 责退 ' +
  '罚告 听通 当罚 处罚 不罚 延分通 罚催 执申 罚送告 抽检告'
).split(' ');

function problemsOf(text: string) {
  const checked = parseDocumentNumber(text);
  return checked.ok ? [] : checked.problems;
}

describe('document number', () => {
  it('writes 湘市监抽检告〔2026〕12号', () => {
    expect(formatDocumentNumber({ organ: '湘市监', kind: '抽检告', year: 2026, sequence: 12 })).toBe(
      '湘市监抽检告〔2026〕12号',
    );
  });

  it('writes the ordinal of the complaint forms', () => {
    const text = formatDocumentNumber({ organ: '长市监', kind: '', year: 2026, sequence: 7, ordinal: true });
    expect(text).toBe('长市监〔2026〕第7号');
    expect(parseDocumentNumber(text)).toMatchObject({ ok: true, value: { organ: '长市监', kind: '', ordinal: true } });
  });

  it('takes a penalty decision apart', () => {
    expect(parseDocumentNumber('湘市监处罚〔2026〕12号')).toEqual({
      ok: true,
      warnings: [],
      value: {
        text: '湘市监处罚〔2026〕12号',
        organ: '湘市监',
        kind: '处罚',
        year: 2026,
        sequence: 12,
        ordinal: false,
      },
    });
  });

  it('divides by the list of organs where the name does not end in 市监', () => {
    expect(parseDocumentNumber('湘政办发〔2026〕3号', { organs: ['湘政', '湘政办'] })).toMatchObject({
      value: { organ: '湘政办', kind: '发' },
    });
    expect(parseDocumentNumber('湘政办发〔2026〕3号')).toMatchObject({ value: { organ: '湘政办发', kind: '' } });
  });

  it.each(kinds)('reads back what it writes for %s', (kind) => {
    fc.assert(
      fc.property(
        fc.constantFrom('湘市监', '长经开市监', '宁乡市监'),
        fc.integer({ min: 1949, max: 2099 }),
        fc.integer({ min: 1, max: 999_999 }),
        fc.boolean(),
        (organ, year, sequence, ordinal) => {
          const parts = { organ, kind, year, sequence, ordinal };
          expect(parseDocumentNumber(formatDocumentNumber(parts))).toMatchObject({ ok: true, value: parts });
        },
      ),
      { numRuns: 20 },
    );
  });

  it('names both square brackets', () => {
    expect(problemsOf('湘市监处罚[2026]12号')).toMatchObject([
      { code: 'document-number-brackets', position: 6, found: '[', expected: '〔' },
      { code: 'document-number-brackets', position: 11, found: ']', expected: '〕' },
    ]);
  });

  it('names the leading zero', () => {
    expect(problemsOf('湘市监处罚〔2026〕012号')).toMatchObject([
      { code: 'document-number-leading-zero', position: 12, found: '012', expected: '12' },
    ]);
  });

  it.each([
    ['湘市监处罚（2026）12号', ['brackets', 'brackets']],
    ['湘市监处罚【2026】012号', ['brackets', 'brackets', 'leading-zero']],
    ['湘市监处罚〔26〕12号', ['year']],
    ['湘市监处罚〔２０２６〕12号', ['year']],
    ['湘市监处罚〔2026〕0号', ['sequence']],
    ['湘市监处罚〔2026〕号', ['sequence']],
    ['湘市监处罚〔2026〕12', ['ending']],
    ['湘市监处罚〔2026〕12号之一', ['trailing']],
    ['湘市监处罚 〔2026〕12号', ['space']],
    ['〔2026〕12号', ['organ']],
    ['湘市监处罚2026年12号', ['brackets', 'brackets', 'sequence', 'ending']],
    ['', ['organ', 'brackets', 'year', 'brackets', 'sequence', 'ending']],
  ])('reports in %j: %j', (text, suffixes) => {
    expect(problemsOf(text).map((problem) => problem.code)).toEqual(
      suffixes.map((suffix) => `document-number-${suffix}`),
    );
  });

  it.each([
    { organ: '', kind: '处罚', year: 2026, sequence: 1 },
    { organ: '湘市监', kind: '处罚', year: 26, sequence: 1 },
    { organ: '湘市监', kind: '处罚', year: 2026, sequence: 0 },
    { organ: '湘市监', kind: '处罚', year: 2026, sequence: 1.5 },
    { organ: '湘[市监', kind: '处罚', year: 2026, sequence: 1 },
  ])('refuses to write %j', (parts) => {
    expect(() => formatDocumentNumber(parts)).toThrow(IdentifierError);
  });
});
