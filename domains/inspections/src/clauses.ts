/** Clauses as the actions cite them. */
export const o67 = (article: string): string => `《企业公示信息抽查办法》（令第67号）${article}`;
export const o57 = (article: string): string => `《特种设备安全监督检查办法》（令第57号）${article}`;
export const enterpriseInspections = '国办发〔2024〕54号《关于严格规范涉企行政检查的意见》';
export const doubleRandom = '国发〔2019〕5号《关于在市场监管领域全面推行部门联合“双随机、一公开”监管的意见》';
export const hazardSystem =
  '隐患排查治理“一单四制”（清单、交办、台账、销号、通报）；《特种设备安全法》第六十二条、第六十三条';

/** Who arranges inspections and who oversees them. */
export const arrangers = ['planner', 'organiser'] as const;
export const overseers = ['planner', 'organiser', 'inspector', 'section-chief', 'bureau-head', 'auditor'] as const;

export const edition = { name: 'GB54-2024', basis: `${enterpriseInspections}；${doubleRandom}`, inForce: '2000-01-01' };
