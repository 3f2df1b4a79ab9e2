import { findProvinceByAbbreviation, provinceAbbreviations } from './provinces.ts';
import { type Checked, settle } from './result.ts';
import { digits, examineShape, halfWidth, literal, oneOf, type Piece, type Subject, upperCase } from './shape.ts';

/**
 * Industrial product production licence number, 工业产品生产许可证管理条例实施办法 article 39. No check digit; kept on
 * renewal (article 27).
 */
export interface IndustrialLicence {
  /** `XK13-006-00001`, with `(湘)` in front when the certificate names the province. */
  readonly number: string;
  readonly industry: string;
  readonly product: string;
  readonly enterprise: string;
  /** GB/T 2260 province code of the abbreviation, when there is one. */
  readonly province?: string;
}

const SUBJECT: Subject = {
  code: 'industrial-licence',
  zh: '工业产品生产许可证编号',
  en: 'industrial product licence number',
};
const NUMBER: readonly Piece[] = [...literal('XK'), digits(2), ...literal('-'), digits(3), ...literal('-'), digits(5)];

/** Reads `XK08-001-00123`, `湘XK06-001-12345` or `(湘)XK13-006-00001`; full-width brackets are accepted. */
export function parseIndustrialLicence(text: string): Checked<IndustrialLicence> {
  const written = upperCase(text.replace('（', '(').replace('）', ')'));
  const bracketed = halfWidth(written[0] ?? '') === '(';
  const first = written[bracketed ? 1 : 0] ?? '';
  const headed = bracketed || (first !== 'X' && /\p{Script=Han}/u.test(first));
  const province: Piece = {
    ...oneOf(provinceAbbreviations),
    zh: '省、自治区、直辖市简称',
    en: 'a province abbreviation',
  };
  const head = bracketed ? [...literal('('), province, ...literal(')')] : headed ? [province] : [];
  const problems = examineShape(SUBJECT, written, [...head, ...NUMBER]);
  return settle(problems, [], () => {
    const plain = written.slice(head.length);
    return {
      number: headed ? `(${first})${plain}` : plain,
      industry: plain.slice(2, 4),
      product: plain.slice(5, 8),
      enterprise: plain.slice(9),
      ...(headed ? { province: findProvinceByAbbreviation(first)!.code } : {}),
    };
  });
}
