import {
  type Checked,
  checkCombination,
  type Gs1Element,
  type IssuerOption,
  parseBracketedElements,
  parseCccCertificate,
  parseCmaCertificate,
  parseCreditCode,
  parseDigitalLink,
  parseDocumentNumber,
  parseElementString,
  parseEquipmentCode,
  parseEquipmentManufacturingLicence,
  parseEquipmentRegistrationCode,
  parseFoodOperationNumber,
  parseFoodProductionLicence,
  parseGtin,
  parseIndustrialLicence,
  parseOrganisationCode,
  parseRegionCode,
  parseResidentIdentity,
  parseStandardNumber,
  parseUseRegistration,
  type RegionTable,
} from '@hengjian/identifiers';
import { both, type Label } from './label.ts';

/** What a kind of identifier needs to know besides the text. */
export interface CheckOptions extends IssuerOption {
  readonly regions?: RegionTable;
}

/** A kind of identifier that can be checked by name. */
export interface IdentifierKind {
  readonly label: Label;
  /** A published or invented number of the right form. */
  readonly example: string;
  /** Personal particulars: never put into an address and never shown in clear. */
  readonly personal?: true;
  readonly parse: (text: string, options?: CheckOptions) => Checked<object>;
  /** What was left unchecked for want of something the caller could have brought. */
  readonly unchecked?: (options: CheckOptions) => Label | undefined;
}

/** Every kind of identifier, by the name under which command line and pages know it. */
export const identifierKinds: Readonly<Record<string, IdentifierKind>> = {
  'credit-code': {
    label: both('统一社会信用代码', 'unified social credit code'),
    example: '91350100M000100Y43',
    parse: parseCreditCode,
  },
  'organisation-code': {
    label: both('组织机构代码', 'organisation code'),
    example: 'D2143569-X',
    parse: parseOrganisationCode,
  },
  'resident-identity': {
    label: both('居民身份号码', 'resident identity number'),
    example: '11010519491231002X',
    personal: true,
    parse: parseResidentIdentity,
  },
  'region-code': {
    label: both('行政区划代码', 'region code'),
    example: '430102',
    parse: (text, options = {}) => parseRegionCode(text, options.regions),
    unchecked: ({ regions }) =>
      regions === undefined
        ? both(
            '这里没有行政区划代码表，只核对了结构，没有核对该代码是否存在。',
            'No table of region codes is at hand: the structure was checked, not whether the code exists.',
          )
        : undefined,
  },
  'document-number': {
    label: both('公文文号', 'official document number'),
    example: '湘市监处罚〔2026〕12号',
    parse: (text) => parseDocumentNumber(text),
  },
  'standard-number': {
    label: both('标准编号', 'number of a standard'),
    example: 'GB/T 7588.1-2020',
    parse: (text) => parseStandardNumber(text, { undated: true }),
  },
  gtin: { label: both('商品条码', 'GTIN'), example: '6901028075763', parse: parseGtin },
  'element-string': {
    label: both('GS1 单元数据串', 'GS1 element string'),
    example: '(01)06901028075763(10)A1(17)261231',
    parse: (text, options) =>
      elements(
        text.startsWith('(') ? parseBracketedElements(text, options) : parseElementString(text, options),
        options,
      ),
  },
  'digital-link': {
    label: both('GS1 数字链接', 'GS1 digital link'),
    example: 'https://id.gs1.org/01/06901028075763/10/A1?17=261231',
    parse: parseDigitalLink,
  },
  'food-production-licence': {
    label: both('食品生产许可证编号', 'food production licence'),
    example: 'SC11834020305037',
    parse: parseFoodProductionLicence,
  },
  'food-operation-number': {
    label: both('食品经营许可（备案）编号', 'food operation licence or filing'),
    example: 'JY13301080111719',
    parse: parseFoodOperationNumber,
  },
  'industrial-licence': {
    label: both('工业产品生产许可证编号', 'industrial product licence'),
    example: '(湘)XK13-006-00001',
    parse: (text) => parseIndustrialLicence(text),
  },
  'ccc-certificate': {
    label: both('强制性认证证书编号', 'CCC certificate'),
    example: '2016010901123456',
    parse: parseCccCertificate,
  },
  'cma-certificate': {
    label: both('资质认定证书编号', 'CMA certificate'),
    example: '181812050123',
    parse: parseCmaCertificate,
  },
  'equipment-code': {
    label: both('特种设备代码', 'special equipment code'),
    example: '215010890201500098',
    parse: parseEquipmentCode,
  },
  'equipment-registration': {
    label: both('特种设备注册代码', 'special equipment registration code'),
    example: '31103506002016053337',
    parse: parseEquipmentRegistrationCode,
  },
  'use-registration': {
    label: both('特种设备使用登记证编号', 'use registration of special equipment'),
    example: '梯11闽E3622(16)',
    parse: (text) => parseUseRegistration(text),
  },
  'equipment-licence': {
    label: both('特种设备生产许可证编号', 'manufacturing licence of special equipment'),
    example: 'TS2210890-2015',
    parse: parseEquipmentManufacturingLicence,
  },
};

/** An element string is right when its values are and when they may stand together. */
function elements(checked: Checked<readonly Gs1Element[]>, options: CheckOptions = {}): Checked<object> {
  if (!checked.ok) return checked;
  const together = checkCombination(checked.value, options);
  if (!together.ok) return together;
  return { ok: true, value: { elements: checked.value }, warnings: [...checked.warnings, ...together.warnings] };
}

/** The kinds for which a text could stand, most telling first: kinds with a check digit before those without. */
export function recognise(text: string, options: CheckOptions = {}): readonly string[] {
  return Object.entries(identifierKinds)
    .filter(([, kind]) => kind.parse(text, options).ok)
    .map(([name]) => name);
}
