import {
  composeDigitalLink,
  composeFoodProductionLicence,
  formatDocumentNumber,
  getValue,
  parseCreditCode,
  parseElementString,
  parseFoodProductionLicence,
  parseStandardNumber,
  showPersonal,
  supersedes,
} from './src/index.ts';

// A firm types its credit code with the letter O for zero.
const typed = parseCreditCode('914403O01922038216');
if (!typed.ok) console.log(typed.problems[0]?.zh);

// The same mistake in a check digit: an error in our own register, a remark about somebody else's label.
console.log(parseFoodProductionLicence('SC11834020305036').ok);
const label = parseFoodProductionLicence('SC11834020305036', { issuedBy: 'others' });
if (label.ok) console.log(label.value.categoryName, label.warnings[0]?.en);

// Numbers that the platform itself gives out.
console.log(composeFoodProductionLicence('101', '430102', 12));
console.log(formatDocumentNumber({ organ: '湘市监', kind: '抽检告', year: 2026, sequence: 12 }));

// A scanned label becomes a web address.
const scanned = getValue(parseElementString(']d2010690102807576310A1\u001D17261231'));
console.log(composeDigitalLink(scanned, { stem: 'https://example.cn' }));

// Which edition is newer?
const [newer, older] = ['GB/T 7588.1—2020', 'GB7588.1-2003'].map((text) => getValue(parseStandardNumber(text)));
console.log(newer?.canonical, supersedes(newer!, older!));

console.log(showPersonal('personal-name', '欧阳娜'), showPersonal('phone', '13812345678'));
