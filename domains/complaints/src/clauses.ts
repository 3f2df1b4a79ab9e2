/** Clauses as the actions cite them. */
export const o121 = (article: string): string => `《市场监督管理投诉举报处理办法》（令第121号）${article}`;
export const o2 = (article: string): string => `《市场监督管理行政处罚程序规定》${article}`;
export const rewardClause = (article: string): string =>
  `《市场监管领域重大违法行为举报奖励暂行办法》（国市监稽规〔2021〕4号）${article}`;
/** Other ways to settle a dispute; told with every refusal and termination. */
export const otherWays =
  '您还可以通过下列途径解决争议：与经营者协商和解；请求消费者协会或者依法成立的其他调解组织调解；根据与经营者达成的仲裁协议提请仲裁机构仲裁；向人民法院提起诉讼（《消费者权益保护法》第三十九条）。';

export const edition = {
  name: 'O121-2026',
  basis: '《市场监督管理投诉举报处理办法》（市场监管总局令第121号，2025-12-30）',
  inForce: '2026-04-15',
};
/** Posts that may read complaints of their office; those that handle them are named below. */
export const complaintReaders = [
  'complaint-desk',
  'complaint-handler',
  'section-chief',
  'bureau-head',
  'auditor',
] as const;
/** Posts that may read reports: who handles them, signs for them, or audits (order 121 art. 37). */
export const reportReaders = ['complaint-desk', 'report-verifier', 'section-chief', 'bureau-head', 'auditor'] as const;
