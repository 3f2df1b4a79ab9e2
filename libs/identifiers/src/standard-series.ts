import type { StandardNumber } from './standard-number.ts';

// Codes of industry standards and their fields (行业标准代号). The list grows; an unknown code is only a warning.
const INDUSTRIES: ReadonlyMap<string, string> = new Map(
  (
    'AQ 安全生产|BB 包装|CB 船舶|CH 测绘|CJ 城镇建设|CJJ 城镇建设工程|CY 新闻出版|DA 档案|DB 地震|DL 电力|DY 电影|DZ 地质矿产|' +
    'EJ 核工业|FZ 纺织|GA 公共安全|GH 供销合作|GM 国密|GY 广播电视|HB 航空|HG 化工|HJ 环境保护|HS 海关|HY 海洋|JB 机械|' +
    'JC 建材|JG 建筑工业|JGJ 建筑工程|JR 金融|JT 交通|JTG 公路工程|JTS 水运工程|JY 教育|KA 矿山安全|LB 旅游|LD 劳动和劳动安全|' +
    'LS 粮食|LY 林业|MH 民用航空|MR 市场监管|MT 煤炭|MZ 民政|NB 能源|NY 农业|QB 轻工|QC 汽车|QJ 航天|QX 气象|RB 认证认可|RF 人民防空|' +
    'SB 国内贸易|SC 水产|SF 司法|SH 石油化工|SJ 电子|SL 水利|SN 出入境检验检疫|SW 税务|SY 石油天然气|TB 铁道运输|TD 土地管理|' +
    'TY 体育|WB 物资管理|WH 文化|WJ 兵工民品|WM 外经贸|WS 卫生|WW 文物保护|XB 稀土|XF 消防救援|YB 黑色冶金|YC 烟草|YD 通信|' +
    'YJ 减灾救灾与综合性应急管理|YS 有色金属|YY 医药|YZ 邮政|ZY 中医药'
  )
    .split('|')
    .map((row) => row.split(' ') as [string, string]),
);

/** Field of an industry standard code: `findIndustry('HG')` is 化工. */
export function findIndustry(code: string): string | undefined {
  return INDUSTRIES.get(code);
}

/**
 * Orders standard numbers by series, number (part by part, as numbers), year and revision; references without year
 * come first. GB 7588 stands before GB/T 7588.1 and that before GB/T 7588.2.
 */
export function compareStandardNumbers(a: StandardNumber, b: StandardNumber): number {
  return (
    compareText(a.series, b.series) ||
    compareNumbers(a.number, b.number) ||
    (a.year ?? 0) - (b.year ?? 0) ||
    (a.revision ?? 0) - (b.revision ?? 0) ||
    compareText(a.canonical, b.canonical)
  );
}

/** Whether two numbers name editions of one standard. A change between GB and GB/T does not make it another. */
export function isSameStandard(a: StandardNumber, b: StandardNumber): boolean {
  return a.series === b.series && compareNumbers(a.number, b.number) === 0;
}

/**
 * Whether `newer` is a later edition of `older`: same series and number, later year, or a later revision of the same
 * year. Replacement under another number can only be known from the standard itself.
 */
export function supersedes(newer: StandardNumber, older: StandardNumber): boolean {
  if (newer.year === undefined || older.year === undefined || !isSameStandard(newer, older)) return false;
  if (newer.year !== older.year) return newer.year > older.year;
  return (newer.revision ?? 0) > (older.revision ?? 0);
}

// Numbers may be longer than an integer holds and may carry leading zeros or letters, so runs of digits are compared as text.
function compareNumbers(a: string, b: string): number {
  const left = a.match(/\d+|\D+/g) ?? [];
  const right = b.match(/\d+|\D+/g) ?? [];
  for (const [index, run] of left.entries()) {
    const other = right[index];
    if (other === undefined) return 1;
    const [plain, otherPlain] = [stripZeros(run), stripZeros(other)];
    const order = /^\d/.test(run) && /^\d/.test(other) ? plain.length - otherPlain.length : 0;
    const difference = order || compareText(plain, otherPlain);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

function stripZeros(run: string): string {
  return run.replace(/^0+(?=\d)/, '');
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
