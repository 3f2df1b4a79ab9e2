import type { PlanKind, Regime } from './entity.ts';

/** What the law makes of one kind of sampling; a lawyer reads this table, everything else asks it. */
export interface KindRule {
  /** Whether a superior's plan for the same product bars this one (产品质量法 art. 15(2)). */
  superiorBars: boolean;
  /** Six months for the same product (order 18 art. 8): bind, fall away with a named ground, or are not asked. */
  sixMonths: 'binds' | 'exempt-with-ground' | 'none';
  /** The plan names what it answers to: a failure, an event, a signal. */
  needsGround: boolean;
  /** Firms may be named instead of drawn; such samples are never representative. */
  mayNameFirms: boolean;
  /** Results may be a basis of orders and penalties. */
  penaltyBasis: boolean;
  clause: { zh: string; en: string };
}

const ordinary: KindRule = {
  superiorBars: true,
  sixMonths: 'binds',
  needsGround: false,
  mayNameFirms: false,
  penaltyBasis: true,
  clause: {
    zh: '《产品质量法》第十五条第二款；总局令第18号第八条第一款',
    en: 'Product Quality Law 15(2); order 18 art. 8(1)',
  },
};

const productRules: Record<PlanKind, KindRule> = {
  supervision: ordinary,
  special: ordinary,
  linked: {
    ...ordinary,
    superiorBars: false,
    clause: {
      zh: '与上级联合开展，不属另行重复抽查；总局令第18号第五条、第八条',
      en: 'done together with the superior, so no repetition; order 18 arts 5, 8',
    },
  },
  'follow-up': {
    ...ordinary,
    superiorBars: false,
    sixMonths: 'exempt-with-ground',
    needsGround: true,
    mayNameFirms: true,
    clause: { zh: '总局令第18号第八条第三款（跟踪抽查）', en: 'order 18 art. 8(3), follow-up of failures' },
  },
  emergency: {
    ...ordinary,
    superiorBars: false,
    sixMonths: 'exempt-with-ground',
    needsGround: true,
    mayNameFirms: true,
    clause: { zh: '总局令第18号第八条第三款（应对突发事件）', en: 'order 18 art. 8(3), emergencies' },
  },
  'risk-monitoring': {
    superiorBars: false,
    sixMonths: 'none',
    needsGround: true,
    mayNameFirms: true,
    penaltyBasis: false,
    clause: {
      zh: '风险监测不是监督抽查，结果不作为行政处罚依据（实务口径，按配置执行）',
      en: 'monitoring is no supervision sampling and no basis for penalty (practice, kept as configuration)',
    },
  },
};

/** Food sampling knows neither bar: order 15 has no six months, and 产品质量法 art. 15 does not govern it. */
const foodRule = (rule: KindRule): KindRule => ({
  ...rule,
  superiorBars: false,
  sixMonths: 'none',
  clause: rule.penaltyBasis
    ? { zh: '总局令第15号第八条至第十一条', en: 'order 15 arts 8–11' }
    : { zh: '总局令第15号第二条、第四十一条、第五十二条第二款', en: 'order 15 arts 2, 41, 52(2)' },
});

export function kindRule(regime: Regime, kind: PlanKind): KindRule {
  return regime === 'food' ? foodRule(productRules[kind]) : productRules[kind];
}
