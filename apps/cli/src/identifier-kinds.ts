import {
  type Checked,
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
} from '@hengjian/identifiers';

/** Identifiers by the name under which the command line knows them. */
export const identifierKinds: Readonly<
  Record<string, { zh: string; en: string; parse: (text: string) => Checked<unknown> }>
> = {
  'credit-code': { zh: '统一社会信用代码', en: 'unified social credit code', parse: (text) => parseCreditCode(text) },
  'organisation-code': { zh: '组织机构代码', en: 'organisation code', parse: (text) => parseOrganisationCode(text) },
  'resident-identity': {
    zh: '居民身份号码',
    en: 'resident identity number',
    parse: (text) => parseResidentIdentity(text),
  },
  'region-code': { zh: '行政区划代码', en: 'region code', parse: (text) => parseRegionCode(text) },
  'document-number': { zh: '公文文号', en: 'official document number', parse: (text) => parseDocumentNumber(text) },
  'standard-number': { zh: '标准编号', en: 'number of a standard', parse: (text) => parseStandardNumber(text) },
  gtin: { zh: '商品条码', en: 'GTIN', parse: (text) => parseGtin(text) },
  'element-string': {
    zh: 'GS1 单元数据串',
    en: 'GS1 element string',
    parse: (text) => (text.startsWith('(') ? parseBracketedElements(text) : parseElementString(text)),
  },
  'digital-link': { zh: 'GS1 数字链接', en: 'GS1 digital link', parse: (text) => parseDigitalLink(text) },
  'food-production-licence': {
    zh: '食品生产许可证编号',
    en: 'food production licence',
    parse: (text) => parseFoodProductionLicence(text),
  },
  'food-operation-number': {
    zh: '食品经营许可（备案）编号',
    en: 'food operation licence or filing',
    parse: (text) => parseFoodOperationNumber(text),
  },
  'industrial-licence': {
    zh: '工业产品生产许可证编号',
    en: 'industrial product licence',
    parse: parseIndustrialLicence,
  },
  'ccc-certificate': { zh: '强制性认证证书编号', en: 'CCC certificate', parse: parseCccCertificate },
  'cma-certificate': { zh: '资质认定证书编号', en: 'CMA certificate', parse: parseCmaCertificate },
  'equipment-code': { zh: '特种设备代码', en: 'special equipment code', parse: parseEquipmentCode },
  'equipment-registration': {
    zh: '特种设备注册代码',
    en: 'special equipment registration code',
    parse: parseEquipmentRegistrationCode,
  },
  'use-registration': {
    zh: '特种设备使用登记证编号',
    en: 'use registration of special equipment',
    parse: (text) => parseUseRegistration(text),
  },
  'equipment-licence': {
    zh: '特种设备生产许可证编号',
    en: 'manufacturing licence of special equipment',
    parse: parseEquipmentManufacturingLicence,
  },
};
