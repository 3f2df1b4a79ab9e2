import { readFileSync } from 'node:fs';
import { computeDeadline, createCalendar } from '@hengjian/calendar';
import { describe, expect, it } from 'vitest';
import { holidayYears } from '../../../data/holidays/index.ts';
import { benchmarks } from '../../../data/penalties/index.ts';
import { barDecision, barNotice, type Standing } from './case/bars.ts';
import { inHearingScope, isBarredByTime, refuseHeavier, remediesEnd, remediesText, surchargeOf } from './case/rules.ts';
import { benchmarkOn, exemptionFor, placeOf, rangeOf } from './discretion/rules.ts';
import { farApart, faultsOf, gradeOf } from './file-review/rules.ts';
import { officialForms } from './forms.ts';
import { casesLifecycles } from './index.ts';
import { holdsPersonal, redact } from './publication/redaction.ts';
import { publicityClass, publicUntil, repairFrom } from './publication/term.ts';
import { refuseSummary } from './summary/lifecycle.ts';

const calendar = createCalendar(holidayYears);
const code = (verdict: true | { code: string; zh: string }): string => (verdict === true ? 'yes' : verdict.code);

/** Dates counted day by day over the State Council's notices, outside this code; `by` says how. */
interface Golden {
  record: string;
  clock: string;
  clause: string;
  startedOn: string;
  unit: string;
  amount: number;
  opensOn?: string;
  dueOn: string | null;
  by: string;
}
const golden = JSON.parse(readFileSync(new URL('../fixtures/clocks.golden.json', import.meta.url), 'utf8')) as Golden[];
const clocks = new Map(
  casesLifecycles.flatMap(({ entity, clocks: own }) =>
    Object.entries(own).map(([name, clock]) => [`${entity.name}.${name}`, clock] as const),
  ),
);

describe('期限', () => {
  it.each(golden.map((row) => [`${row.clause}：${row.by}`, row] as const))('%s', (_by, row) => {
    const { rule } = clocks.get(`${row.record}.${row.clock}`)!;
    expect([rule.unit, rule.amount]).toEqual([row.unit, row.amount]);
    const { dueOn, dueAt, opensOn } = computeDeadline(rule, row.startedOn, calendar);
    expect([opensOn, dueAt ?? dueOn]).toEqual([row.opensOn ?? null, row.dueOn]);
  });

  it('每一种期限都在表里', () => {
    expect([...new Set(golden.map(({ record, clock }) => `${record}.${clock}`))].sort()).toEqual(
      [...clocks.keys()].sort(),
    );
  });
});

describe('漏掉的步骤', () => {
  const through: Standing = {
    state: 'weighing',
    proposal: 'penalise',
    reviewedOn: '2026-03-01',
    reviewGrounds: null,
    legalPassedOn: null,
    noticeServedOn: '2026-03-02',
    statement: null,
    reexamination: null,
    hearingText: null,
    deliberatedOn: null,
  };
  it.each([
    [{}, 'yes', ''],
    [{ state: 'investigating' }, 'not-concluded', '第四十八条'],
    [{ state: 'under-review' }, 'not-reviewed', '第四十九条'],
    [{ state: 'reviewed', noticeServedOn: null }, 'not-told', '第六十二条'],
    [{ state: 'noticing' }, 'not-told', '第四十四条'],
    [{ state: 'notified' }, 'statement-time', '第五十七条第二款'],
    [{ state: 'hearing' }, 'hearing-first', '第六十三条'],
    [{ statement: '不服' }, 'statement-not-examined', '第五十八条'],
    [{ hearingText: '听证' }, 'legal-review-first', '第五十八条'],
    [{ hearingText: '听证', legalPassedOn: '2026-03-20' }, 'deliberation-first', '第六十条第二款'],
    [{ reviewGrounds: ['complex' as const] }, 'legal-review-first', '第五十条'],
    [{ hearingText: '听证', legalPassedOn: '2026-03-20', deliberatedOn: '2026-03-21' }, 'yes', ''],
  ])('%o → %s', (more, expected, article) => {
    const verdict = barDecision({ ...through, ...more });
    expect(code(verdict)).toBe(expected);
    if (verdict !== true) expect(verdict.zh).toContain(article);
  });

  it('没有拟处罚的不告知', () => {
    expect(code(barNotice({ ...through, state: 'reviewed', proposal: 'minor' }))).toBe('no-penalty-proposed');
  });
});

describe('数额', () => {
  it('听证范围含本数，自然人一万元，单位十万元', () => {
    const asks = (kind: 'person' | 'entity', fine: string) => inHearingScope(kind, { fine }, '2026-03-02');
    expect([
      asks('person', '9999.99'),
      asks('person', '10000'),
      asks('entity', '99999.99'),
      asks('entity', '100000'),
    ]).toEqual([false, true, false, true]);
    expect(inHearingScope('entity', { licenceMeasure: 'revoke' }, '2026-03-02')).toBe(true);
    expect(inHearingScope('entity', { confiscatedGains: '60000', confiscatedGoods: '40000' }, '2026-03-02')).toBe(true);
  });

  it('简易程序的上限来自数据，含本数', () => {
    const asks = (partyKind: string, fine: string, collection = 'bank') =>
      code(refuseSummary({ partyKind, fine, collection }, '2026-03-02'));
    expect([
      asks('person', '200'),
      asks('person', '200.01'),
      asks('entity', '3000'),
      asks('entity', '3000.01'),
    ]).toEqual(['yes', 'not-summary', 'yes', 'not-summary']);
    expect(asks('person', '100.01', 'small')).toBe('not-on-the-spot');
    expect(asks('entity', '0')).toBe('nothing-proposed');
  });

  it.each([
    ['2026-03-30', '2026-03-30', 0, '0.00', false],
    ['2026-03-30', '2026-04-09', 0, '30000.00', false],
    ['2026-03-30', '2026-04-09', 4, '18000.00', false],
    ['2026-03-30', '2026-05-02', 0, '99000.00', false],
    ['2026-03-30', '2026-05-03', 0, '100000.00', true],
    ['2026-03-30', '2027-03-30', 0, '100000.00', true],
  ])('十万元罚款 %s 到期，%s 缴纳，扣除 %i 日：加处 %s 元', (due, on, review, surcharge, capped) => {
    expect(surchargeOf('100000', due, on, review)).toMatchObject({ surcharge, capped, perDay: '3000.00' });
  });

  it('不得因申辩加重', () => {
    const told = { fine: '1000', total: '500.00', licence: 'suspend' };
    expect(code(refuseHeavier(told, { fine: '1000', confiscatedGains: '500', licenceMeasure: 'suspend' }))).toBe('yes');
    for (const heavier of [
      { fine: '1000.01' },
      { confiscatedGoods: '500.01' },
      { licenceMeasure: 'revoke' },
      { businessStop: true },
    ])
      expect(code(refuseHeavier(told, heavier))).toBe('heavier-than-told');
  });

  it('追责期限两年、五年，从行为终了之日起', () => {
    expect(isBarredByTime('2024-03-02', '2026-03-02', false, calendar)).toBe(false);
    expect(isBarredByTime('2024-03-01', '2026-03-02', false, calendar)).toBe(true);
    expect(isBarredByTime('2021-03-02', '2026-03-02', true, calendar)).toBe(false);
  });

  it('复议六十日、诉讼六个月；计量处罚十五日；当场处罚先复议', () => {
    expect(remediesEnd('2026-03-13', 'substandard-safety', calendar)).toBe('2026-09-14');
    expect(remediesEnd('2026-03-13', 'unverified-instrument', calendar)).toBe('2026-05-12');
    expect(remediesText('湖南省市场监督管理局', 'unverified-instrument')).toMatch(
      /六十日内向湖南省人民政府.*十五日内依法/,
    );
    expect(remediesText('长沙市市场监督管理局', null, true)).toMatch(/应当.*先向长沙市人民政府申请行政复议/);
  });
});

describe('自由裁量', () => {
  const safety = benchmarkOn('substandard-safety', '2026-02-11')!;
  const range = (...factors: string[]) => rangeOf(safety, { goodsValue: '12345.67', factors });
  it.each([
    [[], 'ordinary', '19753.07', '29629.61'],
    [['first'], 'lenient', '12345.67', '19753.07'],
    [['first', 'repeated'], 'ordinary', '19753.07', '29629.61'],
    [['harm'], 'severe', '29629.61', '37037.01'],
  ])('%o：%s，%s 元至 %s 元', (factors, grade, from, to) => {
    expect(range(...factors)).toMatchObject({ grade: { grade }, from, to });
  });

  it('幅度之外要理由，法定幅度之外不许；有减轻情节才能低于下限', () => {
    expect(placeOf('12345.67', range('first'))).toBe('inside');
    expect(placeOf('20000', range('first'))).toBe('outside');
    expect(placeOf('37037.02', range('harm'))).toBe('above-law');
    expect(placeOf('10000', range('first'))).toBe('below-law');
    expect(placeOf('10000', range('corrected'))).toBe('outside');
    expect(range('nonsense').unknown).toEqual(['nonsense']);
  });

  it('按行为时的版本，换版之日起用新版', () => {
    expect(benchmarkOn('unverified-instrument', '2023-12-31')?.edition).toBe('2021');
    expect(benchmarkOn('unverified-instrument', '2024-01-01')?.edition).toBe('2024');
    expect(benchmarkOn('unverified-instrument', '2020-01-01')).toBeUndefined();
    for (const one of benchmarks()) expect(one.confidence).toBe('illustrative');
  });

  it('首违不罚以清单为准，两年内罚过的不算首违', () => {
    const found = (goodsValue: string, penalisedBefore = false) =>
      exemptionFor('labelling', '2026-03-02', { goodsValue, penalisedBefore })?.exemption;
    expect([found('999.99'), found('1000'), found('10', true)]).toEqual(['label-small-value', undefined, undefined]);
    expect(exemptionFor('adulterated', '2026-03-02', { goodsValue: '1', penalisedBefore: false })).toBeUndefined();
  });
});

describe('公示', () => {
  const withheld = {
    persons: ['钱明礼', '欧阳修文'],
    addresses: ['芙蓉区晚报大道88号3栋501'],
    secrets: ['配方比例 7:3'],
  };
  it('隐去个人信息和商业秘密，留下信用代码、金额和文号', () => {
    const text =
      '当事人统一社会信用代码 91430102MA4L00011X，法定代表人钱明礼（身份证 430102198001011234，电话 138 1234 5678，0731-84567890，邮箱 qian@example.org），' +
      '住芙蓉区晚报大道88号3栋501，车牌湘A12345，账号 6222021901012345678。欧阳修文证实配方比例 7:3。罚款 150000.00 元，湘市监处罚〔2026〕1号，2026-03-13。';
    const told = redact(text, withheld);
    for (const hidden of [
      '钱明礼',
      '欧阳修文',
      '430102198001011234',
      '5678',
      '84567890',
      'qian@',
      '晚报大道',
      'A12345',
      '6222021901012345678',
      '7:3',
    ])
      expect(told).not.toContain(hidden);
    for (const kept of ['91430102MA4L00011X', '150000.00 元', '湘市监处罚〔2026〕1号', '2026-03-13'])
      expect(told).toContain(kept);
    expect(holdsPersonal(text, withheld)).toBe(true);
    expect(holdsPersonal(told, withheld)).toBe(false);
    expect(redact(told, withheld)).toBe(told);
  });

  it('仅警告不公示；较轻三个月，一般一年，严重三年或者更长的限制期', () => {
    const about = { person: false, lenient: true, benchmark: { long: false }, day: '2026-03-02' };
    expect(publicityClass({ warning: true }, about)).toBeNull();
    expect(publicityClass({ fine: '50000' }, about)).toBe('light');
    expect(publicityClass({ fine: '50000.01' }, about)).toBe('ordinary');
    expect(publicityClass({ fine: '100' }, { ...about, lenient: false })).toBe('ordinary');
    expect(publicityClass({ fine: '5000.01' }, { ...about, person: true })).toBe('ordinary');
    expect(publicityClass({ fine: '100' }, { ...about, benchmark: { long: true } })).toBe('serious');
    expect(publicityClass({ licenceMeasure: 'revoke' }, about)).toBe('serious');
    const until = (kind: 'light' | 'ordinary' | 'serious', restricted: string | null = null) =>
      publicUntil(kind, '2026-03-31', restricted, calendar);
    expect([until('light'), until('ordinary'), until('serious'), until('serious', '2031-01-01')]).toEqual([
      '2026-06-30',
      '2027-03-31',
      '2029-03-31',
      '2031-01-01',
    ]);
    expect([repairFrom('ordinary', '2026-03-31', calendar), repairFrom('serious', '2026-03-31', calendar)]).toEqual([
      '2026-06-30',
      '2027-03-31',
    ]);
  });
});

describe('案卷评查', () => {
  const full = [
    'subject:10',
    'facts:25',
    'law:15',
    'procedure:20',
    'discretion:10',
    'terms:8',
    'performance:6',
    'archive:6',
  ];
  const sheet = (...rows: string[]) => rows.map((row) => ({ item: row.split(':')[0]!, points: row.split(':')[1]! }));
  it('每项一分，一票否决，分差过大要复评', () => {
    expect(gradeOf(sheet(...full))).toEqual({ total: '100.00', grade: 'excellent', veto: [] });
    expect(gradeOf(sheet(...full.map((row) => row.replace('procedure:20', 'procedure:0')))).grade).toBe('fail');
    expect(faultsOf(sheet(...full))).toEqual([]);
    expect(faultsOf(sheet(...full.slice(1), 'archive:6', 'other:1')).length).toBe(3);
    expect([farApart('90', '80'), farApart('90', '79.99')]).toEqual([false, true]);
  });
});

describe('五十六种文书', () => {
  it('每一种由哪条记录制作，名称和文号与范本一致', () => {
    expect(officialForms.map(({ no }) => no)).toEqual(Array.from({ length: 56 }, (_, index) => index + 1));
    for (const { no, zh, number, paper, blank } of officialForms) {
      expect([no, paper === undefined]).toEqual([no, blank !== undefined]);
      if (paper === undefined) continue;
      const [, entity, kind] = /^(cases\.[a-z-]+)\.(\w+)$/.exec(paper)!;
      const lifecycle = casesLifecycles.find((one) => one.entity.name === entity)!;
      const document = lifecycle.documents[kind!];
      expect([no, document?.zh, document?.number], paper).toEqual([no, zh, number]);
      expect(
        Object.values(lifecycle.actions).some(({ papers }) => papers?.includes(kind!)),
        paper,
      ).toBe(true);
    }
  });
});
