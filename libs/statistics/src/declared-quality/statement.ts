/** A finding in plain words. It says what was found of a declaration, never that the products are in order. */
export interface DeclaredQualityStatement {
  readonly zh: string;
  readonly en: string;
}

const NOT_CONTRADICTED = {
  zh: '未否定声称质量水平。“未否定”仅表示本次样本没有提供足以推翻声称的证据，不是对产品质量的认可。',
  en: 'The declared quality level is not contradicted: this sample offers no sufficient evidence against the declaration, and says nothing in its favour.',
};

const CONTRADICTED = {
  zh: '否定声称质量水平。',
  en: 'The declared quality level is contradicted.',
};

/** Sentence for a sample of n units with limiting number L and d nonconforming units found. */
export function sampleStatement(
  plan: { readonly n: number; readonly limit: number },
  found: number,
  contradicted: boolean,
): DeclaredQualityStatement {
  const relation = contradicted ? { zh: '大于', en: 'more than' } : { zh: '不大于', en: 'not more than' };
  const verdict = contradicted ? CONTRADICTED : NOT_CONTRADICTED;
  return {
    zh: `抽取 ${plan.n} 个单位产品，发现 ${found} 个不符合要求，${relation.zh}限定数 ${plan.limit}：${verdict.zh}`,
    en: `Of ${plan.n} units drawn, ${found} did not conform, ${relation.en} the limiting number ${plan.limit}. ${verdict.en}`,
  };
}

/** Sentence for a completely inspected population, compared with the declared percentage. */
export function censusStatement(
  populationSize: number,
  found: number,
  dqlPercent: string,
  contradicted: boolean,
): DeclaredQualityStatement {
  return {
    zh: contradicted
      ? `全部 ${populationSize} 个单位产品中有 ${found} 个不符合要求，超过声称的 ${dqlPercent}%：${CONTRADICTED.zh}`
      : `全部 ${populationSize} 个单位产品中有 ${found} 个不符合要求，未超过声称的 ${dqlPercent}%：未否定声称质量水平。`,
    en: contradicted
      ? `Of all ${populationSize} units, ${found} did not conform, more than the declared ${dqlPercent} %. ${CONTRADICTED.en}`
      : `Of all ${populationSize} units, ${found} did not conform, not more than the declared ${dqlPercent} %. The declared quality level is not contradicted.`,
  };
}
