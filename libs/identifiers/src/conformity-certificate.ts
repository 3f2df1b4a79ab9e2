import { provinces } from './provinces.ts';
import { type Checked, type IssuerOption, type Problem, placeFor, settle } from './result.ts';
import { digits, examineShape, remark, type Subject } from './shape.ts';

/** Certificate of a testing body's qualification (CMA, 检验检测机构资质认定证书): 12 digits, no check digit. */
export interface CmaCertificate {
  readonly number: string;
  /** Two-digit year of issue. */
  readonly year: string;
  /** 00 national, 01–31 the provinces in the order of GB/T 2260 (18 Hunan). Not a region code. */
  readonly authority: string;
  /** Absent for an authority that does not exist, on somebody else's certificate. */
  readonly authorityName?: string;
  readonly field: string;
  /** Absent for a field outside the known list. */
  readonly fieldName?: string;
  /** Line ministry. */
  readonly ministry: string;
  readonly serial: string;
}

/** Compulsory product certification certificate (CCC): 16 digits, no check digit. */
export interface CccCertificate {
  readonly number: string;
  /** Year of first issue. */
  readonly year: number;
  /** Certification body; 97 marks a self-declaration. */
  readonly body: string;
  readonly selfDeclared: boolean;
  readonly productClass: string;
  readonly serial: string;
}

const CMA: Subject = { code: 'cma-certificate', zh: '资质认定证书编号', en: 'CMA certificate number' };
const CCC: Subject = { code: 'ccc-certificate', zh: '强制性产品认证证书编号', en: 'CCC certificate number' };

const FIELDS = (
  '食品 建筑工程 建材 卫生 农林牧渔 机动车安检 刑事技术 司法鉴定 机械 电子信息 轻工 纺织服装 环境 水质 化工 医疗器械 ' +
  '采矿冶金 能源 医学 生物安全 综合 其他'
).split(' ');
const SELF_DECLARATION = '97';
const CCC_BEGAN = 2002;

/** Reads a CMA certificate number. */
export function parseCmaCertificate(number: string, options: IssuerOption = {}): Checked<CmaCertificate> {
  const problems = examineShape(CMA, number, [digits(12)]);
  const warnings: Problem[] = [];
  const readable = placeFor(options, problems, warnings);
  const [authority, field, serial] = [number.slice(2, 4), number.slice(4, 6), number.slice(8)];
  const authorityName = authority === '00' ? '国家' : provinces[Number(authority) - 1]?.zh;
  if (problems.length === 0) {
    if (authorityName === undefined) {
      readable.push(
        remark(
          CMA,
          'authority',
          { position: 3, found: authority, expected: '00-31' },
          `资质认定证书编号第3、4位“${authority}”不是发证机关代码（00国家，01至31各省，湖南为18）。`,
          `Digits 3–4 of the CMA certificate number, “${authority}”, name no authority (00 national, 01–31 provinces, Hunan 18).`,
        ),
      );
    }
    if (serial === '0000') {
      readable.push(
        remark(
          CMA,
          'serial',
          { position: 9, found: serial, expected: '0001-9999' },
          '资质认定证书编号的流水号从0001开始。',
          'Serials of CMA certificate numbers begin with 0001.',
        ),
      );
    }
    if (FIELDS[Number(field)] === undefined) {
      warnings.push(
        remark(
          CMA,
          'field',
          { position: 5, found: field, expected: '00-21' },
          `资质认定证书编号第5、6位“${field}”不是已知的专业领域代码。`,
          `Digits 5–6 of the CMA certificate number, “${field}”, are no known field.`,
        ),
      );
    }
  }
  return settle(problems, warnings, () => {
    const fieldName = FIELDS[Number(field)];
    return {
      number,
      year: number.slice(0, 2),
      authority,
      ...(authorityName === undefined ? {} : { authorityName }),
      field,
      ...(fieldName === undefined ? {} : { fieldName }),
      ministry: number.slice(6, 8),
      serial,
    };
  });
}

/** Reads a CCC certificate number: year of first issue, body, product class, serial. */
export function parseCccCertificate(number: string, options: IssuerOption = {}): Checked<CccCertificate> {
  const problems = examineShape(CCC, number, [digits(16)]);
  const warnings: Problem[] = [];
  const year = number.slice(0, 4);
  if (problems.length === 0 && (Number(year) < CCC_BEGAN || Number(year) > 2099)) {
    placeFor(options, problems, warnings).push(
      remark(
        CCC,
        'year',
        { position: 1, found: year, expected: `${CCC_BEGAN}-2099` },
        `强制性产品认证证书编号前四位“${year}”不是发证年份（该制度自${CCC_BEGAN}年起实施）。`,
        `The first four digits of the CCC certificate number, “${year}”, are no year of issue (the scheme began in ${CCC_BEGAN}).`,
      ),
    );
  }
  return settle(problems, warnings, () => ({
    number,
    year: Number(year),
    body: number.slice(4, 6),
    selfDeclared: number.slice(4, 6) === SELF_DECLARATION,
    productClass: number.slice(6, 10),
    serial: number.slice(10),
  }));
}
