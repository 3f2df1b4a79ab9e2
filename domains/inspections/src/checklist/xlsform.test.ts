import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import type { Item } from './entity.ts';
import { findingsOf, gradeOf } from './grading.ts';
import { readFormSheets } from './workbook.ts';
import { type ReadForm, readForm } from './xlsform.ts';

async function workbook(sheets: Record<string, string[][]>): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  for (const [name, rows] of Object.entries(sheets)) book.addWorksheet(name).addRows(rows);
  return new Uint8Array(await book.xlsx.writeBuffer());
}

async function read(sheets: Record<string, string[][]>): Promise<ReadForm> {
  const found = await readFormSheets(await workbook(sheets));
  if ('code' in found) throw new Error(found.code);
  return readForm(found);
}

/** As a form points to another question. */
const ref = (name: string): string => `$${'{'}${name}}`;

const settings = [
  ['form_title', 'form_id', 'version'],
  ['食品生产企业检查表', 'food_plant', '2026'],
];
const choices = [
  ['list_name', 'name', 'label::中文 (zh)', 'label::English (en)', 'finding'],
  ['yn', 'yes', '符合', 'Met', ''],
  ['yn', 'no', '不符合', 'Not met', ''],
  ['yn', 'na', '不适用', 'Not applicable', ''],
  ['grade', 'top', '一等', 'Top', 'ok'],
  ['grade', 'bad', '等外', 'Bad', 'not-met'],
  ['', 'lost', '无表', '', ''],
];
const head = [
  'type',
  'name',
  'label::中文 (zh)',
  'label::English (en)',
  'clause',
  'severity',
  'required',
  'relevant',
  'constraint',
];

describe('an XLSForm', () => {
  it('becomes a checklist with groups, clauses, both languages, conditions, limits and photographs', async () => {
    const { items, report, name, code } = await read({
      survey: [
        head,
        ['start', 'start'],
        ['begin group', 'g1', '生产现场', 'Plant'],
        ['select_one yn', 'licence', '是否持证', 'Licensed?', '条例第五条', '严重', 'yes'],
        ['image', 'licence_photo', '拍照', '', '', '', 'yes'],
        [
          'decimal',
          'temperature',
          '库温',
          '',
          'GB 1 第2条',
          'major',
          'no',
          `${ref('licence')} = 'yes'`,
          '. >= 0 and . <= 25',
        ],
        ['end group'],
        ['text', 'remark', '备注', '', '条例第六条', '', 'no', `selected(${ref('licence')}, 'no')`],
      ],
      choices,
      settings,
    });
    expect(report.filter(({ sheet }) => sheet === 'survey')).toEqual([]);
    expect({ name, code }).toEqual({ name: '食品生产企业检查表', code: 'food_plant' });
    expect(items).toMatchObject([
      {
        key: 'licence',
        group: '生产现场',
        textEn: 'Licensed?',
        clause: '条例第五条',
        severity: 'critical',
        photo: true,
        required: true,
      },
      {
        key: 'temperature',
        kind: 'number',
        least: '0',
        most: '25',
        severity: 'major',
        when: { item: 'licence', is: true, value: 'yes' },
      },
      { key: 'remark', kind: 'text', when: { item: 'licence', is: true, value: 'no' } },
    ]);
    expect(items[0]!.choices!.map(({ outcome }) => outcome)).toEqual(['met', 'not-met', 'not-applicable']);
  });

  it('tells row by row what it could not read, and drops nothing in silence', async () => {
    const { items, report } = await read({
      survey: [
        head,
        ['geopoint', 'where', '位置'],
        ['select_one none', 'a', '甲', '', '第1条'],
        ['select_one yn', '', '乙', '', '第1条'],
        ['select_one yn', 'c', '丙', '', '', '要命', 'yes', `count(${ref('x')}) > 3`, 'regex(., "x")'],
        ['select_one yn', 'c', '又一个', '', '第1条'],
        ['image', 'p'],
      ],
      choices,
      settings: [],
    });
    expect(items.map(({ key }) => key)).toEqual(['c']);
    expect(report.map(({ sheet, row, code, left }) => `${sheet} ${row} ${code}${left ? ' left out' : ''}`)).toEqual([
      'choices 7 cell-missing left out',
      'survey 2 type-unread left out',
      'survey 3 list-missing left out',
      'survey 4 cell-missing left out',
      'survey 5 clause-missing',
      'survey 5 severity-unread',
      'survey 5 relevant-unread',
      'survey 5 constraint-unread',
      'survey 6 key-twice left out',
      'settings 2 title-missing',
    ]);
  });

  it.each([
    ['not-a-form', async () => new TextEncoder().encode('type,name\n')],
    ['survey-missing', () => workbook({ choices })],
    ['form-too-large', async () => new Uint8Array(6 * 1024 * 1024)],
  ])('refuses a file that is none: %s', async (code, make) => {
    expect(await readFormSheets(await make())).toMatchObject({ code });
  });
});

const item = (key: string, more: Partial<Item> = {}): Item => ({
  key,
  text: key,
  clause: '第一条',
  kind: 'choice',
  choices: [
    { value: 'yes', label: '是', outcome: 'met' },
    { value: 'no', label: '否', outcome: 'not-met' },
  ],
  severity: 'minor',
  required: true,
  photo: false,
  ...more,
});

describe('findings of a checklist', () => {
  const asked = [
    item('a', { severity: 'critical' }),
    item('b', { when: { item: 'a', is: true, value: 'yes' } }),
    item('n', { kind: 'number', least: '0', most: '25', severity: 'major' }),
  ];

  it('follow from the answers: outside the limits is not met, an item whose condition fails is not asked', () => {
    const found = findingsOf(asked, [
      { item: 'a', value: 'no' },
      { item: 'n', value: '25.01' },
    ]);
    expect(found).toMatchObject([
      { item: 'a', outcome: 'not-met', severity: 'critical' },
      { item: 'n', outcome: 'not-met', severity: 'major' },
    ]);
  });

  it.each([
    [
      'item-unanswered',
      [
        { item: 'a', value: 'yes' },
        { item: 'n', value: '1' },
      ],
    ],
    ['answer-unreadable', [{ item: 'a', value: 'maybe' }]],
    ['answer-unreadable', [{ item: 'n', value: '1e5' }]],
    ['item-unknown', [{ item: 'z', value: 'yes' }]],
    [
      'item-twice',
      [
        { item: 'a', value: 'yes' },
        { item: 'a', value: 'no' },
      ],
    ],
  ])('refuse %s', (code, answers) => {
    expect(findingsOf(asked, answers)).toMatchObject({ code });
  });

  it('are graded by the worst of them, and by many minor ones', () => {
    const of = (...severities: ('minor' | 'major' | 'critical')[]) =>
      gradeOf(
        severities.map((severity) => ({ severity })),
        5,
      );
    expect([of(), of('minor'), of('major', 'minor'), of('critical', 'major')]).toEqual(['A', 'B', 'C', 'D']);
    expect(of('minor', 'minor', 'minor', 'minor', 'minor', 'minor')).toBe('C');
  });
});
