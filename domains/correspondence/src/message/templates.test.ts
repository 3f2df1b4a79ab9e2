import { expect, it } from 'vitest';
import { maskAddress } from './queries.ts';
import { noService, occasions, renderMessage, templateOn, unknownWords } from './templates.ts';

it('模板里只有文书种类、编号、机关和期限：没有企业名称可以泄露', () => {
  expect(unknownWords()).toEqual([]);
});

it('发给当事人的都写明是提醒，不是送达；内部提醒不写', () => {
  const values = { paper: '检验结果告知书', authority: '湖南省市场监督管理局', due: '2026-03-17' };
  const toParty = (Object.keys(occasions) as (keyof typeof occasions)[]).filter((key) => {
    const template = templateOn(key, '2026-03-02');
    for (const language of ['zh', 'en'] as const)
      expect(renderMessage(template, values, language).includes(noService[language])).toBe(template.toParty);
    return template.toParty;
  });
  expect(toParty).toEqual(['notice-served', 'paper-waits', 'application-step']);
});

it('号码和邮箱只露出能辨认的部分', () => {
  expect(['13912345678', 'zhou@example.gov.cn', '12'].map(maskAddress)).toEqual([
    '139****78',
    'z***@example.gov.cn',
    '****',
  ]);
});
