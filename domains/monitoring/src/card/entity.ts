import { entity, field, optional, type RecordRow } from '@hengjian/kernel';
import { ruleFile, ruleKinds } from '../rules/declaration.ts';

export const levels = {
  yellow: { zh: '黄牌', en: 'Yellow card' },
  red: { zh: '红牌', en: 'Red card' },
} as const;
export const causes = {
  workload: { zh: '人手不足、事务积压', en: 'Too much work' },
  party: { zh: '当事人或者第三方原因', en: 'The party or a third party' },
  platform: { zh: '系统或者规则原因', en: 'The platform or the rule' },
  fault: { zh: '承办人过失', en: 'Fault of the officer' },
  other: { zh: '其他', en: 'Other' },
} as const;
export const findings = {
  confirmed: { zh: '属实', en: 'Confirmed' },
  excused: { zh: '属实，情有可原', en: 'Confirmed, excused' },
} as const;
const ruleChoices = Object.fromEntries(ruleFile.rules.map(({ code, zh, en }) => [code, { zh, en }]));

/** 监察牌: what a rule found about one act or one term of one office; it names no firm and no title of the record it is about. */
export const Card = entity(
  'monitoring.card',
  { zh: '电子监察', en: 'Monitoring card' },
  {
    fields: {
      key: field.text('事实编号', { en: 'Key of the fact', max: 120 }),
      rule: field.choice('监察规则', ruleChoices, { en: 'Rule' }),
      kind: field.choice('类别', ruleKinds, { en: 'Kind' }),
      level: field.choice('等级', levels, { en: 'Level' }),
      points: field.integer('分值', { en: 'Points', min: 1, max: 100 }),
      target: field.identifier('所涉记录', { en: 'Record' }),
      targetEntity: field.text('记录种类代码', { en: 'Kind of record (code)', max: 80 }),
      targetEvent: optional(field.identifier('所涉步骤', { en: 'Step' })),
      targetClock: optional(field.identifier('所涉期限', { en: 'Term' })),
      officer: optional(field.identifier('承办人编号', { en: 'Officer (id)' })),
      officerName: optional(field.text('承办人', { en: 'Officer' })),
      facts: field.longText('事实', { en: 'Facts (Chinese)', max: 2000 }),
      factsEnglish: field.longText('事实（英文）', { en: 'Facts', max: 2000 }),
      basis: field.text('依据', { en: 'Basis', max: 500 }),
      foundOn: field.date('发现日期', { en: 'Found on' }),
      demand: optional(field.longText('督办要求', { en: 'What is asked', max: 4000 })),
      deadline: optional(field.date('回复期限', { en: 'Answer by' })),
      orderedOn: optional(field.date('督办日期', { en: 'Order of' })),
      cause: optional(field.choice('原因', causes, { en: 'Cause' })),
      reply: optional(field.longText('说明和整改情况', { en: 'Explanation and what was done', max: 4000 })),
      repliedOn: optional(field.date('回复日期', { en: 'Replied on' })),
      finding: optional(field.choice('核查结论', findings, { en: 'Finding' })),
      opinion: optional(field.longText('核查意见', { en: 'Opinion', max: 4000 })),
      reason: optional(
        field.longText('申辩、维持或者撤销的理由', { en: 'Why contested, upheld or struck', max: 4000 }),
      ),
      closedOn: optional(field.date('办结日期', { en: 'Closed on' })),
    },
    title: (row) => `${levels[row.level].zh}：${ruleChoices[row.rule]?.zh ?? row.rule}`,
    words: (row) => [row.officerName],
    purpose: {
      zh: '平台按规则自动发现的超期、程序、分离、收费、材料和裁量问题：先听说明，再督办、核查、办结；发错的撤销并写明理由。',
      en: 'What rules found by themselves: lateness, order, separation, fees, papers, discretion. Heard first, then urged, reviewed and closed; a wrong card is struck with its reason.',
    },
  },
);
export type CardRow = RecordRow<typeof Card>;
