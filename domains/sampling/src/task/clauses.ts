/** The clause of an article, as actions name it. */
export const o18 = (article: string): string => `《产品质量监督抽查管理暂行办法》${article}`;
export const o15 = (article: string): string => `《食品安全抽样检验管理办法》${article}`;
