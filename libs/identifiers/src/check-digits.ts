import { IdentifierError } from './result.ts';

/**
 * Check digit of GB/T 17710 (ISO/IEC 7064), system MOD 11,10, used by food licence numbers.
 * @param body digits without the check digit
 */
export function modulus1110(body: string): string {
  let product = 10;
  for (const digit of body) {
    const sum = (product + Number(digit)) % 10 || 10;
    product = (2 * sum) % 11;
  }
  return String((11 - product) % 10);
}

/**
 * Check digit of GTIN, SSCC, GLN and other GS1 keys (GB 12904, GS1 General Specifications 7.9.1): weights 3, 1, 3 …
 * from the right.
 * @param body digits without the check digit
 * @throws IdentifierError naming the character that is no digit
 */
export function modulus10(body: string): string {
  let sum = 0;
  for (let index = body.length - 1, weight = 3; index >= 0; index--, weight = 4 - weight) {
    const digit = body.charCodeAt(index) - 48;
    if (digit < 0 || digit > 9)
      throw new IdentifierError([
        {
          code: 'check-digit-body',
          position: index + 1,
          found: body[index]!,
          expected: '0-9',
          zh: `第${index + 1}位“${body[index]}”不是数字，无法计算校验码。`,
          en: `Character ${index + 1}, "${body[index]}", is not a digit, so there is no check digit.`,
        },
      ]);
    sum += digit * weight;
  }
  return String((10 - (sum % 10)) % 10);
}
