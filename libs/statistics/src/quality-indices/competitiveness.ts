import { requireFinite, requireList, requireRepresentable, requireWhole, requireWithin } from '../arguments.ts';
import { refuse } from '../conformity/refuse.ts';

const CLAUSE = '制造业质量竞争力指数';
const LOWEST = 60;
const HIGHEST = 100;

/** An indicator; `negative` where less is better. */
export interface CompetitivenessIndicator {
  readonly name: string;
  readonly negative: boolean;
}

/** A first-level group of indicators with its second-level groups. */
export interface CompetitivenessGroup {
  readonly name: string;
  readonly groups: readonly { readonly name: string; readonly indicators: readonly CompetitivenessIndicator[] }[];
}

function group(name: string, ...indicators: readonly string[]): CompetitivenessGroup['groups'][number] {
  return {
    name,
    indicators: indicators.map((indicator) => ({ name: indicator, negative: indicator === '质量损失率' })),
  };
}

/**
 * The structure of the index: 2 second-level, 6 third-level, 12 statistical indicators. Source: 质量竞争力指数解读. The official
 * weights and the transformation of the indicators are not public: an index computed here is a proxy and has to be called so.
 */
export const COMPETITIVENESS_STRUCTURE: readonly CompetitivenessGroup[] = [
  {
    name: '质量水平',
    groups: [
      group('标准与技术水平', '产品质量等级品率', '微电子控制设备比重'),
      group('质量管理水平', '质量管理体系认证率', '质量损失率'),
      group('质量监督与检验水平', '产品监督抽查合格率', '出口商品检验合格率'),
    ],
  },
  {
    name: '发展能力',
    groups: [
      group('研发与技术改造能力', '研究与试验发展经费比重', '技术改造经费比重'),
      group('核心技术能力', '每百万元产值拥有专利数', '新产品销售比重'),
      group('市场适应能力', '平均产品销售收入', '国际市场销售率'),
    ],
  },
];

/** Bands of an edition, each from its lower edge (included). */
export interface CompetitivenessBands {
  readonly edition: string;
  readonly source: string;
  readonly bands: readonly { readonly from: number; readonly zh: string; readonly en: string }[];
}

/** Published bands, by year of publication. */
export const COMPETITIVENESS_BANDS: readonly CompetitivenessBands[] = [
  {
    edition: '2008',
    source: '2008年全国制造业质量竞争力指数公报, as reported at gsiic.com/Item/102774.aspx',
    bands: [
      { from: 60, zh: '极弱', en: 'very weak' },
      { from: 75, zh: '一般', en: 'fair' },
      { from: 80, zh: '较强', en: 'rather strong' },
      { from: 95, zh: '极强', en: 'very strong' },
    ],
  },
  {
    edition: '2011',
    source: '国家质检总局 2011-07-13, as reported at kjeagle.com/zltj/2011-7/13/82171.html',
    bands: [
      { from: 60, zh: '无竞争力', en: 'not competitive' },
      { from: 75, zh: '不足', en: 'insufficient' },
      { from: 80, zh: '初步', en: 'first' },
      { from: 85, zh: '中等', en: 'medium' },
      { from: 90, zh: '较强', en: 'rather strong' },
    ],
  },
];

/** Band of an index between 60 and 100 in an edition. Throws `out-of-range`, `edition-unknown`. */
export function competitivenessBand(index: number, edition: string): CompetitivenessBands['bands'][number] {
  requireWithin(index, 'index', CLAUSE, LOWEST, HIGHEST);
  const found = COMPETITIVENESS_BANDS.find((known) => known.edition === edition);
  if (found === undefined) {
    refuse(
      'edition-unknown',
      'edition',
      CLAUSE,
      `没有“${edition}”年的分档。`,
      `No bands of edition "${edition}" are known.`,
    );
  }
  return found.bands.findLast((band) => index >= band.from)!;
}

/**
 * Score of an indicator between its limits, from 60 at the worse to 100 at the better, cut off beyond them. `positive` is
 * false where less is better. Throws `range-reversed`, `not-a-number`. The method is the improved efficacy coefficient, an
 * assumption: the official transformation is not public.
 */
export function efficacyScore(x: number, low: number, high: number, positive: boolean): number {
  requireFinite(x, 'x', CLAUSE);
  requireFinite(low, 'low', CLAUSE);
  requireFinite(high, 'high', CLAUSE);
  if (low >= high) {
    refuse('range-reversed', 'low', CLAUSE, '下限必须小于上限。', 'The lower limit must lie below the upper one.');
  }
  const share = positive ? (x - low) / (high - low) : (high - x) / (high - low);
  return LOWEST + (HIGHEST - LOWEST) * Math.min(1, Math.max(0, share));
}

/** Weighted mean; null when all weights are 0. */
function weightedMean(scores: readonly number[], weights: readonly number[]): number | null {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total === 0) return null;
  const sum = scores.reduce((part, score, i) => part + score * weights[i]!, 0);
  return requireRepresentable(sum / requireRepresentable(total, 'weights', CLAUSE), 'scores', CLAUSE);
}

/** Means of the index and of its groups; null where all weights of a group are 0. */
export interface CompositeIndex {
  readonly index: number | null;
  readonly second: readonly (number | null)[];
  readonly third: readonly (number | null)[];
}

/**
 * Weighted mean of indicator scores and of their groups. `secondOf` and `thirdOf` give each indicator's group, numbered from
 * 0; weights ≥ 0 in any scale. Throws `StatisticsError` on other input.
 */
export function compositeIndex(
  scores: readonly number[],
  weights: readonly number[],
  thirdOf: readonly number[],
  secondOf: readonly number[],
): CompositeIndex {
  requireList(scores, 'scores', CLAUSE);
  requireList(weights, 'weights', CLAUSE, scores.length);
  requireList(thirdOf, 'thirdOf', CLAUSE, scores.length);
  requireList(secondOf, 'secondOf', CLAUSE, scores.length);
  scores.forEach((score, i) => {
    requireFinite(score, `scores[${i}]`, CLAUSE);
    requireWithin(weights[i]!, `weights[${i}]`, CLAUSE, 0, Number.MAX_VALUE);
    requireWhole(thirdOf[i]!, `thirdOf[${i}]`, CLAUSE, 0, scores.length - 1);
    requireWhole(secondOf[i]!, `secondOf[${i}]`, CLAUSE, 0, scores.length - 1);
  });
  const means = (groupOf: readonly number[]): (number | null)[] =>
    Array.from({ length: Math.max(...groupOf) + 1 }, (_, wanted) => {
      const members = scores.map((__, i) => i).filter((i) => groupOf[i] === wanted);
      return weightedMean(
        members.map((i) => scores[i]!),
        members.map((i) => weights[i]!),
      );
    });
  return { index: weightedMean(scores, weights), second: means(secondOf), third: means(thirdOf) };
}
