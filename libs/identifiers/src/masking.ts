/** Kinds of personal particulars that are shown masked unless the reader may see them. */
export type PersonalKind = 'resident-identity' | 'phone' | 'officer-number' | 'personal-name';

const MASK = '*';

const COMPOUND_SURNAMES = new Set(
  (
    '欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 令狐 宇文 长孙 慕容 司徒 司空 端木 百里 呼延 南宫 夏侯 闻人 赫连 澹台 ' +
    '公冶 太史 申屠 轩辕 钟离 鲜于 闾丘 万俟 独孤 第五 西门 南门 东郭 左丘 拓跋 单于 纳兰 完颜 叶赫 耶律'
  ).split(' '),
);

const MASKS: Readonly<Record<PersonalKind, (text: string) => string>> = {
  'resident-identity': maskResidentIdentity,
  phone: maskPhone,
  'officer-number': maskOfficerNumber,
  'personal-name': maskPersonalName,
};

/**
 * Text to show for a personal particular. Masked by default: only a caller who has established the reader's right
 * (and logged the look-up) asks for it in clear. A kind that is not known is hidden whole.
 */
export function showPersonal(kind: PersonalKind, text: string, options: { readonly inClear?: boolean } = {}): string {
  if (options.inClear === true) return text;
  return Object.hasOwn(MASKS, kind) ? MASKS[kind](text) : hide(text);
}

/**
 * 430102199003077654 becomes 4301************54. The district, the whole birth date and the sequence are hidden,
 * since region, birth date and check character together would leave only a few persons. Anything that does not look
 * like an identity number is hidden whole.
 */
export function maskResidentIdentity(text: string): string {
  if (/^[\d*]{17}[\dXx*]$/.test(text)) return keepEnds(text, 4, 2);
  return hide(text);
}

/** 13812345678 becomes 138****5678; a landline keeps its area code and last four digits. */
export function maskPhone(text: string): string {
  const mobile = /^(\+?86[- ]?)?(1\d{2})([\d*]{4})(\d{4})$/.exec(text);
  if (mobile !== null) return `${mobile[1] ?? ''}${mobile[2]}${hide(mobile[3]!)}${mobile[4]}`;
  const landline = /^(0\d{2,3}-)([\d*]{3,4})(\d{4})$/.exec(text);
  if (landline !== null) return `${landline[1]}${hide(landline[2]!)}${landline[3]}`;
  return hide(text);
}

/** The last three characters of an enforcement certificate or staff number stay; shorter numbers are hidden whole. */
export function maskOfficerNumber(text: string): string {
  return Array.from(text).length >= 7 ? keepEnds(text, 0, 3) : hide(text);
}

/**
 * 王小明 becomes 王**, 欧阳娜 becomes 欧阳*. A name in Latin letters, or with the dot of a transcribed name, keeps its
 * first character. A name of one character is hidden whole.
 */
export function maskPersonalName(text: string): string {
  const name = text.trim();
  const characters = Array.from(name);
  if (characters.length < 2) return hide(name);
  const compound = characters.length > 2 && COMPOUND_SURNAMES.has(characters.slice(0, 2).join(''));
  return keepEnds(name, compound ? 2 : 1, 0);
}

function keepEnds(text: string, start: number, end: number): string {
  const characters = Array.from(text);
  const hidden = characters.length - start - end;
  return characters.slice(0, start).join('') + MASK.repeat(hidden) + characters.slice(start + hidden).join('');
}

function hide(text: string): string {
  return MASK.repeat(Array.from(text).length);
}
