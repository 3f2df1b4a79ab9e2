import { createCalendar } from '@hengjian/calendar';
import { describe, expect, it } from 'vitest';
import { holidayYears } from '../../../../data/holidays/index.ts';
import { findVerdictRule, type TestItem } from './items.ts';
import { readResultSheet } from './result-sheet.ts';
import { failedItemsOf, judgeAll, resultText, undecided } from './results.ts';
import {
  concludeFrom,
  finalConclusionOf,
  isExemptFromSixMonths,
  type JudgedItem,
  lastDayOfSixMonths,
  sixMonthKeys,
} from './rules.ts';

const item = (
  name: string,
  severity: TestItem['severity'],
  limit = '≤1.0',
  unit: string | null = 'mm',
  judge: TestItem['judge'] = 'full',
): TestItem => ({
  item: name,
  method: 'GB/T 1',
  limit,
  unit,
  severity,
  judge,
});
const items = [item('甲', 'A'), item('乙一', 'B'), item('乙二', 'B'), item('丙一', 'C'), item('丙二', 'C')];
const failed = (...names: string[]): JudgedItem[] =>
  items.map((entry) => ({ item: entry.item, verdict: names.includes(entry.item) ? 'fails' : 'conforms' }));

describe('检验结论', () => {
  it('任一项目不合格即判不合格，A 类不合格为严重', () => {
    expect(concludeFrom('any-item', items, failed())).toEqual({ conclusion: 'conforms', seriousness: 'none' });
    expect(concludeFrom('any-item', items, failed('丙一'))).toEqual({ conclusion: 'fails', seriousness: 'ordinary' });
    expect(concludeFrom('any-item', items, failed('甲', '丙一'))).toEqual({
      conclusion: 'fails',
      seriousness: 'serious',
    });
  });

  it('按类别计数：A 类一项、B 类两项、B C 合计三项', () => {
    const by = (...names: string[]) => concludeFrom('class-counts', items, failed(...names)).conclusion;
    expect([
      by('甲'),
      by('乙一'),
      by('乙一', '乙二'),
      by('丙一', '丙二'),
      by('乙一', '丙一'),
      by('乙一', '丙一', '丙二'),
    ]).toEqual(['fails', 'conforms', 'fails', 'conforms', 'conforms', 'fails']);
  });

  it('没有限值的项目不影响结论', () => {
    expect(concludeFrom('any-item', [item('丁', 'A')], [{ item: '丁', verdict: 'not-judged' }]).conclusion).toBe(
      'conforms',
    );
  });

  it('读得懂细则中的判定规则，读不懂的不猜', () => {
    expect(findVerdictRule('class-counts')).toBe('class-counts');
    expect(findVerdictRule('经检验，任一项目不合格的，判定为不合格。')).toBe('any-item');
    expect(findVerdictRule('A 类不合格一项或者 B 类两项的，判定为不合格。')).toBeUndefined();
  });
});

describe('逐项判定', () => {
  it('修约值与全数值比较得出不同结论，限值和结果保持原样', () => {
    const both = [item('修约', 'A', '≤7.41', 'Ω', 'rounded'), item('全数值', 'A', '≤7.41', 'Ω', 'full')];
    const judged = judgeAll(both, [
      { item: '修约', result: '7.414' },
      { item: '全数值', result: '7.414' },
    ]);
    expect(judged).toMatchObject([
      { value: '7.414', verdict: { verdict: 'conforms' } },
      { value: '7.414', verdict: { verdict: 'fails' } },
    ]);
  });

  it('未检出写明检出限；检出限跨过限值的不能判定，报告因此不能签发', () => {
    expect(resultText({ item: '铅', result: '0.5', nd: true }, 'mg/kg')).toBe('未检出(检出限 0.5 mg/kg)');
    expect(resultText({ item: '铅', nd: true }, 'mg/kg')).toBe('未检出');
    const lead = item('铅', 'A', '≤0.2', 'mg/kg');
    const judged = judgeAll([lead], [{ item: '铅', result: '0.5', nd: true }]);
    if (!Array.isArray(judged)) throw new Error(judged.zh);
    expect(undecided(judged.map(({ item: { item: name }, verdict }) => ({ item: name, verdict })))).toEqual(['铅']);
    const low = judgeAll([lead], [{ item: '铅', result: '0.05', nd: true }]);
    expect(low).toMatchObject([{ verdict: { verdict: 'conforms' } }]);
  });

  it('缺结果的指到格子', () => {
    expect(judgeAll([item('甲', 'A')], [{ item: '甲' }])).toMatchObject({
      code: 'result-missing',
      path: 'results.0.result',
    });
  });

  it('不合格项目照抄限值和结果', () => {
    expect(failedItemsOf([item('甲', 'A')], [{ item: '甲', value: '1.2', unit: 'mm', verdict: 'fails' }])).toEqual([
      { item: '甲', limit: '≤1.0', result: '1.2', unit: 'mm', severity: 'A' },
    ]);
  });
});

describe('六个月', () => {
  const calendar = createCalendar(holidayYears);
  it('自抽样之日起算六个月，月末不存在的取当月最后一日', () => {
    expect(lastDayOfSixMonths('2026-03-02', calendar)).toBe('2026-09-02');
    expect(lastDayOfSixMonths('2026-08-31', calendar)).toBe('2027-02-28');
  });

  it('全角半角、大小写和空格不同的仍是同一产品；机关、标准、型号不同的不是', () => {
    const same = {
      authority: '43',
      makerCode: null,
      makerName: '湖南某厂',
      standard: 'GB/T 5023.3',
      trademark: '衡',
      model: 'BV 2.5',
    };
    expect(sixMonthKeys({ ...same, standard: 'ＧＢ/T5023.3', model: 'bv2.5' })).toEqual(sixMonthKeys(same));
    for (const other of [
      { authority: '4301' },
      { standard: 'GB/T 5023.4' },
      { model: 'BV 4' },
      { trademark: '山' },
      { makerName: '湖南另一厂' },
    ])
      expect(sixMonthKeys({ ...same, ...other })).not.toEqual(sixMonthKeys(same));
    expect(sixMonthKeys({ ...same, makerCode: '91430102MA5P77772X' })).toHaveLength(2);
  });

  it('只有跟踪抽查和应急抽查写明理由的例外', () => {
    expect([
      isExemptFromSixMonths({ regime: 'product', planKind: 'emergency' }, '突发事件'),
      isExemptFromSixMonths({ regime: 'product', planKind: 'emergency' }, null),
      isExemptFromSixMonths({ regime: 'product', planKind: 'special' }, '专项'),
    ]).toEqual([true, false, false]);
  });
});

describe('最终结论', () => {
  const first = {
    conclusion: 'fails' as const,
    seriousness: 'serious' as const,
    failedItems: [{ item: '甲', limit: '≤1', result: '2', unit: null, severity: 'A' as const }],
  };
  it('抽样不成立的撤销优先于一切，其次复检改变，其余维持', () => {
    const stands = { outcome: 'stands' as const, failedItems: null };
    expect(finalConclusionOf(first, [])).toMatchObject({
      finalConclusion: 'fails',
      overturned: false,
      seriousness: 'serious',
    });
    expect(finalConclusionOf(first, [stands])).toMatchObject({ finalConclusion: 'fails' });
    expect(finalConclusionOf(first, [stands, { outcome: 'overturned', failedItems: [] }])).toMatchObject({
      finalConclusion: 'conforms',
      overturned: true,
    });
    expect(
      finalConclusionOf(first, [
        { outcome: 'overturned', failedItems: [] },
        { outcome: 'void', failedItems: null },
      ]),
    ).toMatchObject({ finalConclusion: 'void' });
    expect(finalConclusionOf({ ...first, conclusion: 'conforms', failedItems: [] }, [])).toMatchObject({
      finalConclusion: 'conforms',
      seriousness: 'none',
    });
  });
});

describe('批量结果表', () => {
  it('按任务编号分组，引号、逗号、空行、空格都读得懂，问题指到行和列', () => {
    const text =
      '\uFEFF任务编号,检验项目,检验结果,单位,未检出\r\nT1,"阻燃,垂直",符合,,\r\nT1,铅,0.5,mg/kg,是\r\n,,,,\r\nT2,标志,,,\r\nT2,"他""说",1,mm,\r\n';
    const { tasks, faults } = readResultSheet(text);
    expect(Object.fromEntries(tasks)).toEqual({
      T1: [
        { item: '阻燃,垂直', result: '符合', unit: null, nd: false },
        { item: '铅', result: '0.5', unit: 'mg/kg', nd: true },
      ],
      T2: [{ item: '他"说', result: '1', unit: 'mm', nd: false }],
    });
    expect(faults).toMatchObject([{ row: 5, column: 'result', code: 'cell-empty' }]);
  });

  it('缺列的整表退回', () => {
    expect(readResultSheet('检验项目,检验结果\n甲,1').faults).toMatchObject([
      { column: 'task', code: 'column-missing' },
    ]);
    expect(readResultSheet('').faults).toHaveLength(3);
  });
});
