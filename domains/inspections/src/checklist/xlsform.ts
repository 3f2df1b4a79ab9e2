import type { Item, OutcomeKind, ReportLine, Severity } from './entity.ts';
import type { FormRow, FormSheets } from './workbook.ts';

/** A form as it would become a checklist, with everything that was not understood. */
export interface ReadForm {
  code: string;
  name: string;
  matter: string;
  items: Item[];
  report: ReportLine[];
}

type Choice = NonNullable<Item['choices']>[number];
type Tell = (line: Omit<ReportLine, 'left'> & { left?: boolean }) => void;

const keyPattern = /^[A-Za-z_][A-Za-z0-9_.-]{0,63}$/;
/** Types that describe the phone or the form and ask nothing of the firm. */
const metadata = new Set(['start', 'end', 'today', 'deviceid', 'phonenumber', 'username', 'email', 'audit', 'note']);
const severities: Record<string, Severity> = {
  minor: 'minor',
  一般: 'minor',
  轻微: 'minor',
  major: 'major',
  较重: 'major',
  重大: 'critical',
  critical: 'critical',
  严重: 'critical',
};
const wordsOf: Record<OutcomeKind, readonly string[]> = {
  met: ['met', 'yes', 'ok', 'pass', 'true', '是', '符合', '合格', '有'],
  'not-met': ['not-met', 'not_met', 'no', 'fail', 'false', '否', '不符合', '不合格', '无'],
  'not-applicable': ['not-applicable', 'na', 'n/a', 'n_a', '不适用', '不涉及'],
};

const outcomeOfWord = (text: string): OutcomeKind | undefined =>
  (Object.keys(wordsOf) as OutcomeKind[]).find((outcome) => wordsOf[outcome].includes(text.trim().toLowerCase()));

const first = (cells: Record<string, string>, ...names: string[]): string | undefined =>
  names.map((name) => cells[name]).find((text) => text !== undefined && text !== '');

/** The label in Chinese and, where the form has one, in English. */
function labelsOf(cells: Record<string, string>): { zh: string | undefined; en: string | undefined } {
  const chinese = Object.keys(cells).find((name) => /^label::.*(\bzh\b|zh-|chinese|中文|汉)/.test(name));
  const english = Object.keys(cells).find((name) => /^label::.*(\ben\b|english|英文)/.test(name));
  const any = first(cells, 'label') ?? Object.entries(cells).find(([name]) => name.startsWith('label::'))?.[1];
  return { zh: (chinese && cells[chinese]) ?? any, en: english && cells[english] };
}

function readChoices(rows: readonly FormRow[], tell: Tell): Map<string, Choice[]> {
  const lists = new Map<string, Choice[]>();
  for (const { row, cells } of rows) {
    const list = first(cells, 'list_name', 'list name');
    const value = first(cells, 'name', 'value');
    const { zh, en } = labelsOf(cells);
    if (list === undefined || value === undefined || zh === undefined) {
      const column = list === undefined ? 'list_name' : value === undefined ? 'name' : 'label';
      tell({
        sheet: 'choices',
        row,
        column,
        code: 'cell-missing',
        zh: `缺少 ${column}，该选项没有导入。`,
        en: `${column} is missing; the choice was left out.`,
        left: true,
      });
      continue;
    }
    const said = first(cells, 'finding', 'outcome', '结论');
    const outcome = (said === undefined ? undefined : outcomeOfWord(said)) ?? outcomeOfWord(value) ?? outcomeOfWord(zh);
    if (said !== undefined && outcomeOfWord(said) === undefined)
      tell({
        sheet: 'choices',
        row,
        column: 'finding',
        code: 'finding-unread',
        zh: `结论“${said}”不认识，按名称判断。`,
        en: `The finding ${said} is unknown; the name decides.`,
      });
    if (outcome === undefined)
      tell({
        sheet: 'choices',
        row,
        column: 'finding',
        code: 'outcome-assumed',
        zh: `“${zh}”看不出是否符合，暂按“符合”，请在 finding 列写明。`,
        en: `It is not clear whether "${zh}" meets the clause; taken as met. Say so in the column finding.`,
      });
    const choice: Choice = { value, label: zh, ...(en ? { labelEn: en } : {}), outcome: outcome ?? 'met' };
    lists.set(list, [...(lists.get(list) ?? []), choice]);
  }
  return lists;
}

/** `${item} = 'value'` or `!=`, or selected(${item}, 'value'); anything richer is reported and the item is always asked. */
function conditionOf(text: string): Item['when'] | undefined {
  const plain = /^\$\{([\w.-]+)\}\s*(=|!=)\s*['"]([^'"]*)['"]$/.exec(text.trim());
  if (plain !== null) return { item: plain[1]!, is: plain[2] === '=', value: plain[3]! };
  const selected = /^selected\(\s*\$\{([\w.-]+)\}\s*,\s*['"]([^'"]*)['"]\s*\)$/.exec(text.trim());
  return selected === null ? undefined : { item: selected[1]!, is: true, value: selected[2]! };
}

/** `. >= 0 and . <= 5`; null when there is more to it. */
function boundsOf(text: string): { least?: string; most?: string } | null {
  const bounds: { least?: string; most?: string } = {};
  for (const part of text.trim().split(/\s+and\s+/i)) {
    const found = /^\.\s*(>=|<=)\s*(-?\d+(?:\.\d+)?)$/.exec(part.trim());
    if (found === null) return null;
    if (found[1] === '>=') bounds.least = found[2]!;
    else bounds.most = found[2]!;
  }
  return bounds;
}

const isTrue = (text: string | undefined): boolean => /^(yes|true|true\(\)|1|是)$/i.test(text ?? '');

/**
 * Reads the sheets of an XLSForm as a checklist. Beside the form's own columns it knows `clause` (条款, bind::clause), `severity` (严重程度) and
 * `photo` on the survey, and `finding` on the choices. Nothing is dropped in silence: every row or cell that is not understood is in the report.
 */
export function readForm({ survey, choices, settings }: FormSheets): ReadForm {
  const report: ReportLine[] = [];
  const tell: Tell = (line) => report.push({ left: false, ...line });
  const lists = readChoices(choices, tell);
  const items: Item[] = [];
  const groups: string[] = [];
  for (const line of survey) readRow(line, { lists, items, groups, tell });
  const set = settings[0]?.cells ?? {};
  const name = first(set, 'form_title', 'title') ?? '';
  const code = first(set, 'form_id', 'id_string') ?? '';
  if (name === '')
    tell({ sheet: 'settings', row: 2, column: 'form_title', code: 'title-missing', zh: '没有表名。', en: 'No title.' });
  return {
    code: keyPattern.test(code) ? code : 'checklist',
    name: (name || '未命名检查表').slice(0, 120),
    matter: (first(set, 'matter', '检查事项') ?? (name || '未命名检查事项')).slice(0, 120),
    items,
    report,
  };
}

interface Reading {
  lists: Map<string, Choice[]>;
  items: Item[];
  groups: string[];
  tell: Tell;
}

function readRow({ row, cells }: FormRow, reading: Reading): void {
  const { items, groups, tell } = reading;
  const at = { sheet: 'survey', row };
  const type = (cells.type ?? '').trim().replaceAll(/\s+/g, ' ');
  const [kind = '', list = ''] = type.split(' ');
  const { zh, en } = labelsOf(cells);
  if (/^begin[ _]group$/.test(type)) groups.push(zh ?? cells.name ?? '');
  else if (/^end[ _]group$/.test(type)) groups.pop();
  else if (metadata.has(kind)) return;
  else if (kind === 'image') photoOf(cells, items, row, tell);
  else if (!['select_one', 'integer', 'decimal', 'text', 'date'].includes(kind))
    tell({
      ...at,
      column: 'type',
      code: 'type-unread',
      zh: `题型“${type || '（空）'}”不支持，该行没有导入。`,
      en: `The type ${type || '(none)'} is not supported; the row was left out.`,
      left: true,
    });
  else if (!keyPattern.test(cells.name ?? '') || zh === undefined)
    tell({
      ...at,
      column: zh === undefined ? 'label' : 'name',
      code: 'cell-missing',
      zh: '缺少 name 或 label，或者 name 含有不允许的字符，该行没有导入。',
      en: 'name or label is missing, or name has characters that it may not have; the row was left out.',
      left: true,
    });
  else if (items.some(({ key }) => key === cells.name))
    tell({
      ...at,
      column: 'name',
      code: 'key-twice',
      zh: '编号重复，该行没有导入。',
      en: 'The name stands twice; the row was left out.',
      left: true,
    });
  else if (kind === 'select_one' && (reading.lists.get(list) ?? []).length < 2)
    tell({
      ...at,
      column: 'type',
      code: 'list-missing',
      zh: `选项表“${list}”不存在或者少于两项，该行没有导入。`,
      en: `The list ${list} does not exist or has fewer than two choices; the row was left out.`,
      left: true,
    });
  else items.push(itemOf(row, cells, kind, { zh, en }, list, reading));
}

/** A photograph asked for after an item belongs to that item. */
function photoOf(cells: Record<string, string>, items: Item[], row: number, tell: Tell): void {
  const last = items.at(-1);
  if (last === undefined)
    tell({
      sheet: 'survey',
      row,
      column: 'type',
      code: 'photo-alone',
      zh: '照片前面没有检查项目，该行没有导入。',
      en: 'There is no item before this photograph; the row was left out.',
      left: true,
    });
  else last.photo = last.photo || isTrue(cells.required) || cells.required === undefined;
}

function itemOf(
  row: number,
  cells: Record<string, string>,
  kind: string,
  label: { zh: string; en: string | undefined },
  list: string,
  { lists, groups, tell }: Reading,
): Item {
  const at = { sheet: 'survey', row };
  const clause = first(cells, 'clause', 'bind::clause', '条款', '依据');
  if (clause === undefined)
    tell({
      ...at,
      column: 'clause',
      code: 'clause-missing',
      zh: '没有依据条款，启用前须补上。',
      en: 'No clause; it must be added before the checklist is used.',
    });
  const severity = first(cells, 'severity', '严重程度');
  if (severity !== undefined && severities[severity.toLowerCase()] === undefined)
    tell({
      ...at,
      column: 'severity',
      code: 'severity-unread',
      zh: `严重程度“${severity}”不认识，按一般。`,
      en: `The severity ${severity} is unknown; taken as minor.`,
    });
  const when = cells.relevant === undefined ? undefined : conditionOf(cells.relevant);
  if (cells.relevant !== undefined && when === undefined)
    tell({
      ...at,
      column: 'relevant',
      code: 'relevant-unread',
      zh: '适用条件太复杂，没有导入，该项始终检查。',
      en: 'The condition is too rich to be taken over; the item is always asked.',
    });
  const bounds = cells.constraint === undefined ? {} : boundsOf(cells.constraint);
  if (bounds === null)
    tell({
      ...at,
      column: 'constraint',
      code: 'constraint-unread',
      zh: '约束没有导入，只认“. >= 数 and . <= 数”。',
      en: 'The constraint was not taken over; only ". >= n and . <= n" is.',
    });
  for (const column of ['calculation', 'repeat_count', 'choice_filter', 'default'])
    if (cells[column] !== undefined)
      tell({
        ...at,
        column,
        code: 'column-unread',
        zh: `“${column}”列没有导入。`,
        en: `The column ${column} was not taken over.`,
      });
  const group = groups.filter(Boolean).join(' / ');
  return {
    key: cells.name!,
    ...(group === '' ? {} : { group: group.slice(0, 100) }),
    text: label.zh.slice(0, 500),
    ...(label.en ? { textEn: label.en.slice(0, 500) } : {}),
    ...(clause === undefined ? {} : { clause: clause.slice(0, 300) }),
    kind: kind === 'select_one' ? 'choice' : kind === 'text' || kind === 'date' ? kind : 'number',
    ...(kind === 'select_one' ? { choices: lists.get(list)!.slice(0, 30) } : {}),
    ...(bounds ?? {}),
    severity: severities[(severity ?? '').toLowerCase()] ?? 'minor',
    required: cells.required === undefined ? true : isTrue(cells.required),
    photo: isTrue(cells.photo),
    ...(cells.hint === undefined ? {} : { hint: cells.hint.slice(0, 500) }),
    ...(when === undefined ? {} : { when }),
  };
}
