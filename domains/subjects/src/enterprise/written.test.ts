import { describe, expect, it } from 'vitest';
import { publicName } from './public-name.ts';
import { hasControls, isPlaceholder, readCapital, readDay, withoutControls } from './written.ts';

describe('注册资本的各种写法', () => {
  it.each([
    ['5,118(万元人民币)', '51180000', 'CNY'],
    ['5000万人民币', '50000000', 'CNY'],
    ['83(万)', '830000', null],
    ['200((万美元))', '2000000', 'USD'],
    ['1,500.5(万元人民币)', '15005000', 'CNY'],
    ['0.35万元', '3500', 'CNY'],
    ['3（万德国马克）', '30000', 'DEM'],
    ['1.2亿元', '120000000', 'CNY'],
    ['１００万港币', '1000000', 'HKD'],
    ['500元', '500', 'CNY'],
    ['12.345678万元', '123456.78', 'CNY'],
    ['0(万)', '0', null],
  ])('%s', (text, amount, currency) => expect(readCapital(text)).toEqual({ amount, currency }));

  it.each(['60', '详见章程', '万元', '', '-5万元', '5万元起', '5万火星币', '1e5万元'])('“%s”不当作金额', (text) =>
    expect(readCapital(text)).toBeUndefined(),
  );
});

describe('日期的各种写法', () => {
  it.each([
    ['2019-09-05', '2019-09-05'],
    ['2019/9/5', '2019-09-05'],
    ['2019.9.5', '2019-09-05'],
    ['2019年9月5日', '2019-09-05'],
    ['20190905', '2019-09-05'],
    ['2019-09-05 00:00:00', '2019-09-05'],
    ['43713', '2019-09-05'],
    ['2020-02-29', '2020-02-29'],
  ])('%s', (text, day) => expect(readDay(text)).toBe(day));

  it.each(['2019-02-29', '19/9/5', '二〇一九年', '2019-13-01', '201909', '1', ''])('“%s”不当作日期', (text) =>
    expect(readDay(text)).toBeUndefined(),
  );
});

describe('看不见的字符和占位文字', () => {
  it('去掉不可见字符，换行变成空格', () => {
    expect(withoutControls('长沙\u200b厂\u0007\r\n二车间\ufeff')).toBe('长沙厂 二车间');
    expect([hasControls('长沙厂 '), hasControls('长\u200b沙厂')]).toEqual([false, true]);
  });
  it('“N/A”“无”“—”等于没有填写，“无锡”不是', () => {
    expect(['N/A', ' 无 ', '—', '#N/A', '无锡'].map(isPlaceholder)).toEqual([true, true, true, true, false]);
  });
});

describe('对公众显示的名称', () => {
  it('个体工商户遮去经营者姓名，经营者不明的一律遮去字号中的两个字', () => {
    const shop = { kind: 'individual-business' as const, name: '长沙市芙蓉区何小满水暖店' };
    expect(publicName({ ...shop, legalRepresentative: '何小满' })).toBe('长沙市芙蓉区何**水暖店');
    expect(publicName({ ...shop, legalRepresentative: '李四' })).toBe('长沙市芙蓉区何小满水暖店');
    expect(publicName({ ...shop, legalRepresentative: null })).toBe('长沙市芙蓉区何**水暖店');
    expect(publicName({ ...shop, name: '何小满（个体工商户）', legalRepresentative: null })).toBe('何**（个体工商户）');
  });
  it('企业名称照登记公开', () => {
    expect(publicName({ kind: 'company', name: '长沙何小满水暖有限公司', legalRepresentative: '何小满' })).toBe(
      '长沙何小满水暖有限公司',
    );
  });
});
