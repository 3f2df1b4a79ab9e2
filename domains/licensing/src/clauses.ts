/** Clauses as the actions cite them. */
export const licenceLaw = (article: string): string => `《行政许可法》（2019修正）${article}`;
export const o16 = (article: string): string => `《市场监督管理行政许可程序暂行规定》（令第16号，2022修改）${article}`;
export const xk = (article: string): string => `《工业产品生产许可证管理条例实施办法》（2025修订）${article}`;
export const separation = '《行政许可法》第三十四条至第三十八条；受理、审查、决定三分离';

/** Posts that may read a licence file of their office. */
export const readers = [
  'licence-window',
  'licence-examiner',
  'licence-decider',
  'licence-supervisor',
  'section-chief',
  'bureau-head',
  'auditor',
] as const;
export const edition = {
  name: 'O16-2022',
  basis: '《行政许可法》（2019修正）；《市场监督管理行政许可程序暂行规定》（令第16号，2022修改）',
  inForce: '2000-01-01',
};
/** What may be done against a decision; printed on every refusal. */
export const remedies =
  '如不服本决定，可以自知道之日起六十日内向本级人民政府申请行政复议，或者自知道之日起六个月内向人民法院提起行政诉讼。';
