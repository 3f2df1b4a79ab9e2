import { parseCreditCode } from '@hengjian/identifiers';
import { type Label, type Refusal, refuse } from '@hengjian/kernel';
import { findIndustry } from '../../../../data/industries/index.ts';
import { findRegion } from '../../../../data/regions/index.ts';
import type { Facts } from '../enterprise/entity.ts';
import { readCapital } from '../enterprise/written.ts';

/** What a rule found about one fact. `repaired`: it was put right without losing anything, so nobody needs to look. */
export interface Finding {
  rule: Rule;
  /** Field of the enterprise, or null when it concerns the whole. */
  property: keyof Facts | null;
  value: string | null;
  zh: string;
  en: string;
  repaired: boolean;
}

/** Every rule of the register, with the heading of its queue. */
export const rules = {
  'credit-code-wrong': { zh: '信用代码不符合 GB 32100', en: 'Credit code fails GB 32100' },
  'credit-code-missing': { zh: '缺少信用代码', en: 'Credit code missing' },
  'credit-code-shared': { zh: '一码多户', en: 'One code, several enterprises' },
  'credit-code-lower-case': { zh: '信用代码含小写字母', en: 'Credit code in lower case' },
  'region-not-found': { zh: '无法确定所在地', en: 'Region not found' },
  'region-unknown': { zh: '区划代码不存在', en: 'Unknown region code' },
  'region-contradicts': { zh: '地址与所列地区不一致', en: 'Address and region disagree' },
  'industry-unknown': { zh: '行业代码不存在', en: 'Unknown industry code' },
  'capital-unreadable': { zh: '注册资本无法识别', en: 'Capital cannot be read' },
  'capital-unit-missing': { zh: '注册资本缺少单位', en: 'Capital without unit' },
  'date-unreadable': { zh: '日期无法识别', en: 'Date cannot be read' },
  'date-in-future': { zh: '日期晚于资料日期', en: 'Date after that of the source' },
  'date-format': { zh: '日期格式已统一', en: 'Date put into standard form' },
  'control-characters': { zh: '已去除不可见字符', en: 'Invisible characters removed' },
  'placeholder-text': { zh: '占位文字按空白处理', en: 'Placeholder read as blank' },
  'masked-value': { zh: '已脱敏的内容未导入', en: 'Masked value not taken' },
  'reported-by-officer': { zh: '工作人员报告', en: 'Reported by an officer' },
} as const satisfies Record<string, Label>;
export type Rule = keyof typeof rules;

export function finding(
  rule: Rule,
  property: keyof Facts | null,
  value: string | null,
  zh: string,
  en: string,
  repaired = false,
): Finding {
  return { rule, property, value: value === null ? null : value.slice(0, 100), zh, en, repaired };
}

/** Rules that the facts as held answer for themselves; those of an import may know more. */
export function examine(facts: Facts, today: string): Finding[] {
  return [...examineCode(facts), ...examinePlace(facts), ...examineCapital(facts), ...examineRest(facts, today)];
}

/** Whether the rule can be asked again of the facts as held. */
export const canBeExamined = (rule: string): boolean =>
  [
    'credit-code-wrong',
    'credit-code-missing',
    'credit-code-shared',
    'region-not-found',
    'region-unknown',
    'industry-unknown',
    'capital-unreadable',
    'capital-unit-missing',
    'date-in-future',
  ].includes(rule);

/** Kinds of entity that never exist without a code (order 112 art. 3); a shop or an entity of elsewhere may be known without. */
const CODED = new Set<string>(['company', 'branch', 'cooperative']);

function examineCode({ creditCode, kind }: Facts): Finding[] {
  if (!creditCode)
    return CODED.has(kind)
      ? [
          finding(
            'credit-code-missing',
            'creditCode',
            null,
            '没有统一社会信用代码；它是市场监管工作中唯一的身份代码。',
            'There is no unified social credit code, the only identity code in market regulation.',
          ),
        ]
      : [];
  const checked = parseCreditCode(creditCode);
  if (checked.ok) return [];
  const { zh, en } = checked.problems[0]!;
  return [finding('credit-code-wrong', 'creditCode', creditCode, zh, en)];
}

function examinePlace({ region, address, industry }: Facts): Finding[] {
  const found: Finding[] = [];
  if (!region)
    found.push(
      finding(
        'region-not-found',
        'region',
        address ?? null,
        '从地址和所列地区都无法确定所在地，请补充。',
        'Neither the address nor the listed place tells the region; please add it.',
      ),
    );
  else if (findRegion(region) === undefined)
    found.push(
      finding(
        'region-unknown',
        'region',
        region,
        `行政区划代码表中没有“${region}”。`,
        `There is no region ${region} in GB/T 2260.`,
      ),
    );
  if (industry && findIndustry(industry) === undefined)
    found.push(
      finding(
        'industry-unknown',
        'industry',
        industry,
        `国民经济行业分类中没有“${industry}”。`,
        `There is no industry ${industry} in GB/T 4754.`,
      ),
    );
  return found;
}

function examineCapital({ registeredCapital, capitalAmount }: Facts): Finding[] {
  if (!registeredCapital || capitalAmount) return [];
  if (/^[\d.,\s]+$/.test(registeredCapital))
    return [
      finding(
        'capital-unit-missing',
        'registeredCapital',
        registeredCapital,
        `注册资本“${registeredCapital}”没有单位，元还是万元无法判断。`,
        `The capital "${registeredCapital}" has no unit: yuan or ten thousand yuan?`,
      ),
    ];
  return [
    finding(
      'capital-unreadable',
      'registeredCapital',
      registeredCapital,
      `注册资本“${registeredCapital}”无法识别为金额。`,
      `The capital "${registeredCapital}" cannot be read as an amount.`,
    ),
  ];
}

function examineRest({ registeredOn }: Facts, today: string): Finding[] {
  if (!registeredOn || registeredOn <= today) return [];
  return [
    finding(
      'date-in-future',
      'registeredOn',
      registeredOn,
      `成立日期${registeredOn}晚于${today}。`,
      `Registered on ${registeredOn}, which is after ${today}.`,
    ),
  ];
}

/** The finding about a code that stands for several names. */
export function sharedCode(creditCode: string, names: readonly string[]): Finding {
  const list = [...new Set(names)].join('、').slice(0, 300);
  return finding(
    'credit-code-shared',
    'creditCode',
    creditCode,
    `统一社会信用代码${creditCode}对应多个主体：${list}。`,
    `The code ${creditCode} stands for several entities: ${list}.`,
  );
}

/** What an officer may enter himself: everything that can be checked is checked, and refused rather than queued. */
export function checkEntry(facts: Partial<Facts>, today: string): true | Refusal {
  if (facts.creditCode) {
    const checked = parseCreditCode(facts.creditCode);
    if (!checked.ok)
      return refuse(checked.problems[0]!.code, checked.problems[0]!.zh, checked.problems[0]!.en, 'creditCode');
  }
  if (facts.registeredCapital && readCapital(facts.registeredCapital) === undefined)
    return refuse(
      'capital-unreadable',
      '注册资本请写明数额和单位，如“500万元人民币”。',
      'Write the capital with its unit, such as 500万元人民币.',
      'registeredCapital',
    );
  const whole = {
    kind: 'other',
    region: facts.region ?? '000000',
    industry: facts.industry,
    registeredOn: facts.registeredOn,
  } as Facts;
  const found = [...(facts.region || facts.industry ? examinePlace(whole) : []), ...examineRest(whole, today)].find(
    ({ property }) => property !== null && facts[property],
  );
  return found === undefined || refuse(found.rule, found.zh, found.en, found.property ?? undefined);
}
