import { isCreditCode, maskPersonalName } from '@hengjian/identifiers';

/** What must not stand in the public version of a decision. */
export interface Withheld {
  /** Names of natural persons in the text: representatives, witnesses, a party who is a person. */
  persons: readonly string[];
  /** Homes of natural persons; a registered place of business is not among them. */
  addresses: readonly string[];
  /** Passages that are business secrets, as they stand in the text. */
  secrets: readonly string[];
}

const placeholder = {
  secret: '〔涉商业秘密，略〕',
  address: '〔住址，略〕',
  id: '〔身份证件号码，略〕',
  phone: '〔电话，略〕',
  email: '〔电子邮箱，略〕',
  account: '〔账号，略〕',
  plate: '〔车牌，略〕',
} as const;

const months = '(?:0[1-9]|1[0-2])';
const days = '(?:0[1-9]|[12]\\d|3[01])';
/** An identity number carries a birth date in its seventh to fourteenth place; a credit code of digits alone does not pass for one. */
const identity = new RegExp(`(?<![0-9A-Z])[1-9]\\d{5}(?:19|20)\\d{2}${months}${days}\\d{3}[\\dXx](?![0-9A-Z])`, 'g');
const patterns: readonly [RegExp, string, ((found: string) => boolean)?][] = [
  [identity, placeholder.id, (found) => !isCreditCode(found)],
  [/(?<![\d.])1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)/g, placeholder.phone],
  [/(?<![\d.])0\d{2,3}[-—]\d{7,8}(?!\d)/g, placeholder.phone],
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, placeholder.email],
  [/(?<![0-9A-Z.])\d{16,19}(?![0-9A-Z])/g, placeholder.account, (found) => !isCreditCode(found)],
  [
    /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][A-HJ-NP-Z0-9]{5,6}(?![A-Z0-9])/g,
    placeholder.plate,
  ],
];

const longestFirst = (texts: readonly string[]): string[] =>
  [...new Set(texts.map((text) => text.trim()).filter((text) => text.length > 1))].sort((a, b) => b.length - a.length);

/**
 * The public version of a text (order 45 arts 5–8): business secrets and homes left out, names of persons masked, identity numbers,
 * telephones, e-mail, accounts and plates replaced. Credit codes, amounts and document numbers stay.
 */
export function redact(text: string, { persons, addresses, secrets }: Withheld): string {
  let told = text;
  for (const secret of longestFirst(secrets)) told = told.replaceAll(secret, placeholder.secret);
  for (const address of longestFirst(addresses)) told = told.replaceAll(address, placeholder.address);
  for (const [pattern, instead, isOne] of patterns)
    told = told.replace(pattern, (found) => (isOne === undefined || isOne(found) ? instead : found));
  for (const person of longestFirst(persons)) told = told.replaceAll(person, maskPersonalName(person));
  return told;
}

/** Whether anything of the kind is left: the last check before something becomes public. */
export function holdsPersonal(text: string, { persons, addresses, secrets }: Withheld): boolean {
  const told = [...persons.filter((one) => maskPersonalName(one) !== one), ...addresses, ...secrets];
  const left = told.some((one) => one.trim().length > 1 && text.includes(one.trim()));
  return left || redact(text, { persons: [], addresses: [], secrets: [] }) !== text;
}
