import { describe, expect, it } from 'vitest';
import { problemsAsCsv } from './report.ts';

const problem = { row: 17, column: '名称', code: 'missing', zh: '没有填写，请补上', en: 'Missing', value: null };

describe('the list of bad rows as a file', () => {
  it('opens in a spreadsheet with its Chinese intact, one problem a line', () => {
    const text = problemsAsCsv([problem], ['行', '列', '原值', '问题', '代码'], 'zh');
    expect(text).toBe('\ufeff行,列,原值,问题,代码\r\n17,名称,,没有填写，请补上,missing\r\n');
  });

  it('never lets a foreign cell run as a formula', () => {
    const text = problemsAsCsv([{ ...problem, value: '=HYPERLINK("x")' }], ['a'], 'en');
    expect(text).toContain('"\'=HYPERLINK(""x"")"');
  });
});
