export {
  type ApplicationIdentifier,
  applicationIdentifiers,
  type Component,
  type ComponentRule,
  findApplicationIdentifierAt,
} from './application-identifiers.ts';
export { modulus10 } from './check-digits.ts';
export {
  type CccCertificate,
  type CmaCertificate,
  parseCccCertificate,
  parseCmaCertificate,
} from './conformity-certificate.ts';
export {
  type CreditCode,
  composeCreditCode,
  isCreditCode,
  type NamedCharacter,
  parseCreditCode,
} from './credit-code.ts';
export { composeDigitalLink, type DigitalLink, parseDigitalLink } from './digital-link.ts';
export {
  type DocumentNumber,
  type DocumentNumberOptions,
  type DocumentNumberParts,
  formatDocumentNumber,
  parseDocumentNumber,
} from './document-number.ts';
export { checkCombination } from './element-combination.ts';
export {
  composeElementString,
  FNC1,
  type Gs1Element,
  parseBracketedElements,
  parseElementString,
} from './element-string.ts';
export { findDecimalValue, resolveGs1Date } from './element-values.ts';
export {
  type EquipmentManufacturingLicence,
  parseEquipmentManufacturingLicence,
  parseUseRegistration,
  type UseRegistration,
} from './equipment-certificate.ts';
export {
  composeFoodOperationNumber,
  composeFoodProductionLicence,
  type FoodOperationNumber,
  type FoodProductionLicence,
  findFoodCategory,
  parseFoodOperationNumber,
  parseFoodProductionLicence,
} from './food-licence.ts';
export { composeGtin13, type Gtin, isGtin, parseGtin } from './gtin.ts';
export { type IndustrialLicence, parseIndustrialLicence } from './industrial-licence.ts';
export {
  maskOfficerNumber,
  maskPersonalName,
  maskPhone,
  maskResidentIdentity,
  type PersonalKind,
  showPersonal,
} from './masking.ts';
export { composeOrganisationCode, type OrganisationCode, parseOrganisationCode } from './organisation-code.ts';
export { findProvince, findProvinceByAbbreviation, type Province, provinces } from './provinces.ts';
export {
  isRegionWithin,
  parseRegionCode,
  type RegionCode,
  type RegionEntry,
  type RegionKind,
  type RegionTable,
} from './region-code.ts';
export { parseResidentIdentity, type ResidentIdentity } from './resident-identity.ts';
export { type Checked, getValue, IdentifierError, type IssuerOption, type Problem } from './result.ts';
export {
  type EquipmentClass,
  type EquipmentCode,
  type EquipmentRegistrationCode,
  findEquipmentClass,
  parseEquipmentCode,
  parseEquipmentRegistrationCode,
} from './special-equipment.ts';
export {
  parseStandardNumber,
  type StandardKind,
  type StandardNumber,
  type StandardNumberOptions,
} from './standard-number.ts';
export { compareStandardNumbers, findIndustry, isSameStandard, supersedes } from './standard-series.ts';
