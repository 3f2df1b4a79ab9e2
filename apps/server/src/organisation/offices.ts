import type { Kernel, Transaction } from '@hengjian/kernel';

/** One line of a list of offices. */
export interface OfficeLine {
  line: number;
  code: string;
  parent: string | null;
  kind: string;
  zh: string;
  en: string;
  short: string;
  region: string;
  closedOn: string | null;
}

/** What is wrong with one line; nothing of the file is written then. */
export interface LineFault {
  line: number;
  field: string;
  code: string;
  zh: string;
  en: string;
}

export interface OfficesOutcome {
  added: number;
  changed: number;
  closed: number;
  unchanged: number;
  faults: LineFault[];
}

type Held = Omit<OfficeLine, 'line'> & { home: number; place: string[] };

const wording: Record<string, string> = {
  局: 'bureau',
  处科: 'section',
  分局: 'branch',
  所: 'station',
  执法队: 'brigade',
};
const kinds = Object.values(wording);

/** Kind by its Chinese or English word; what neither knows is said by the check. */
export const kindOf = (text: string): string => wording[text] ?? text;

/**
 * Brings the tree of offices to what a list says: adds, renames, moves, closes and opens again; an office that the list does not
 * name stays as it is. All lines or none: a tree is only right as a whole. Every change is kept with its reason. To be run as the
 * owner of the database, who alone may write the tree.
 */
export async function applyOffices(
  kernel: Kernel,
  lines: readonly OfficeLine[],
  reason: string,
): Promise<OfficesOutcome> {
  const at = kernel.now().toISOString();
  return kernel.database.asOwner(async (tx) => {
    await tx.query(`select pg_advisory_xact_lock(hashtext('kernel.office'))`);
    const held = new Map((await readTree(tx)).map((office) => [office.code, office]));
    const wanted = new Map<string, Held>(held);
    const faults: LineFault[] = [];
    for (const { line, ...office } of lines)
      wanted.set(office.code, {
        ...office,
        home: held.get(office.code)?.home ?? Number(office.region.slice(0, 3)),
        place: [],
      });
    for (const line of lines) faults.push(...faultsOf(line, lines, wanted));
    if (faults.length === 0) placeAll(wanted);
    if (faults.length === 0) faults.push(...(await openBusiness(tx, lines, held, wanted)));
    const outcome: OfficesOutcome = { added: 0, changed: 0, closed: 0, unchanged: 0, faults };
    if (faults.length > 0) return outcome;
    // Parents come before their children: the deeper, the later.
    const ordered = [...wanted.values()].sort((one, other) => one.place.length - other.place.length);
    for (const office of ordered) {
      const before = held.get(office.code);
      if (before !== undefined && isSame(before, office)) {
        if (lines.some(({ code }) => code === office.code)) outcome.unchanged += 1;
        continue;
      }
      if (before === undefined) outcome.added += 1;
      else if (before.closedOn === null && office.closedOn !== null) outcome.closed += 1;
      else outcome.changed += 1;
      await write(tx, office, before, at, reason);
    }
    return outcome;
  });
}

const readTree = (tx: Transaction): Promise<Held[]> =>
  tx.query<Held>(
    'select code, parent, kind, zh, en, short, region, home, place, closed_on as "closedOn" from kernel.office order by code',
  );

const isSame = (one: Held, other: Held): boolean =>
  (['parent', 'kind', 'zh', 'en', 'short', 'region', 'closedOn'] as const).every((name) => one[name] === other[name]) &&
  one.place.join() === other.place.join();

function faultsOf(line: OfficeLine, lines: readonly OfficeLine[], wanted: ReadonlyMap<string, Held>): LineFault[] {
  const faults: LineFault[] = [];
  const say = (field: string, code: string, zh: string, en: string): void => {
    faults.push({ line: line.line, field, code, zh, en });
  };
  if (!/^[0-9A-Za-z-]{2,40}$/.test(line.code))
    say(
      'code',
      'code-malformed',
      '机关代码应为2至40位数字、字母或短横线。',
      'A code has 2 to 40 digits, letters or hyphens.',
    );
  if (lines.some((other) => other.code === line.code && other.line < line.line))
    say('code', 'code-twice', `代码“${line.code}”在前面已经出现。`, `The code ${line.code} stands on a line before.`);
  if (line.parent !== null && !wanted.has(line.parent))
    say('parent', 'parent-unknown', `没有上级机关“${line.parent}”。`, `There is no parent office ${line.parent}.`);
  else if (isBelowItself(line.code, wanted))
    say('parent', 'parent-circular', '上级关系成环。', 'The office would lie below itself.');
  else if (line.closedOn === null && line.parent !== null && wanted.get(line.parent)!.closedOn !== null)
    say('parent', 'parent-closed', '上级机关已撤销。', 'The parent office is closed.');
  if (!kinds.includes(line.kind))
    say(
      'kind',
      'kind-unknown',
      `类别只能是：${Object.keys(wording).join('、')}。`,
      `The kind is one of: ${kinds.join(', ')}.`,
    );
  for (const [field, zh, en] of [
    ['zh', '中文名称', 'the Chinese name'],
    ['en', '英文名称', 'the English name'],
    ['short', '公文简称', 'the short name in official numbers'],
  ] as const)
    if (line[field] === '' || line[field].length > 100)
      say(field, 'name-missing', `${zh}应有1至100字。`, `${en} has 1 to 100 characters.`);
  if (!/^\d{6}$/.test(line.region))
    say('region', 'region-malformed', '行政区划代码应为六位数字。', 'A region code has six digits.');
  if (line.closedOn !== null && !/^\d{4}-\d{2}-\d{2}$/.test(line.closedOn))
    say('closedOn', 'date-malformed', '撤销日期应写成 年-月-日。', 'A date is written YYYY-MM-DD.');
  return faults;
}

function isBelowItself(code: string, wanted: ReadonlyMap<string, Held>): boolean {
  const seen = new Set<string>();
  for (let at: string | null | undefined = code; at; at = wanted.get(at)?.parent) {
    if (seen.has(at)) return true;
    seen.add(at);
  }
  return false;
}

function placeAll(wanted: Map<string, Held>): void {
  const placeOf = (code: string): string[] => {
    const { parent } = wanted.get(code)!;
    return parent === null ? [code] : [...placeOf(parent), code];
  };
  for (const [code, office] of wanted) wanted.set(code, { ...office, place: placeOf(code) });
}

/** An office is closed when nothing is open there any more and everything below it is closed. */
async function openBusiness(
  tx: Transaction,
  lines: readonly OfficeLine[],
  held: ReadonlyMap<string, Held>,
  wanted: ReadonlyMap<string, Held>,
): Promise<LineFault[]> {
  const faults: LineFault[] = [];
  for (const { line, code, closedOn } of lines) {
    const before = held.get(code);
    if (closedOn === null || (before !== undefined && before.closedOn !== null)) continue;
    const below = [...wanted.values()].filter((office) => office.parent === code && office.closedOn === null);
    if (below.length > 0)
      faults.push({
        line,
        field: 'closedOn',
        code: 'offices-below',
        zh: `下级机关尚未撤销：${below.map(({ zh }) => zh).join('、')}。`,
        en: `Offices below it are not closed: ${below.map(({ en }) => en).join(', ')}.`,
      });
    const [open] = await tx.query<{ records: number; grants: number }>(
      `select count(*) filter (where entity <> 'kernel.grant') as records, count(*) filter (where entity = 'kernel.grant') as grants
       from kernel.record where office = $1 and closed_at is null`,
      [code],
    );
    if (Number(open!.records) + Number(open!.grants) > 0)
      faults.push({
        line,
        field: 'closedOn',
        code: 'office-in-use',
        zh: `还有 ${open!.records} 件未办结、${open!.grants} 项任职未终止；先办结、移交或终止，再撤销。`,
        en: `${open!.records} records are open and ${open!.grants} grants held there; end or hand them over first.`,
      });
  }
  return faults;
}

async function write(
  tx: Transaction,
  office: Held,
  before: Held | undefined,
  at: string,
  reason: string,
): Promise<void> {
  const { code, parent, kind, zh, en, short, region, home, place, closedOn } = office;
  await tx.query(
    `insert into kernel.office (code, parent, kind, zh, en, short, region, home, place, closed_on) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     on conflict (code) do update set parent = excluded.parent, kind = excluded.kind, zh = excluded.zh, en = excluded.en, short = excluded.short,
       region = excluded.region, place = excluded.place, closed_on = excluded.closed_on`,
    [code, parent, kind, zh, en, short, region, home, place, closedOn],
  );
  await tx.query('insert into kernel.office_change (code, at, reason, before, after) values ($1, $2, $3, $4, $5)', [
    code,
    at,
    reason,
    before === undefined ? null : JSON.stringify(before),
    JSON.stringify(office),
  ]);
}
