import { type Actor, dayInChina, execute, type Kernel, type Label, Problem } from '@hengjian/kernel';
import { dutyParts, dutyShifts } from '@hengjian/people';
import { v5 as uuidFrom } from 'uuid';
import type { Headings, Line } from './table.ts';

const column = (required: boolean, ...called: string[]) => ({ called, required });
export const dutyHeadings = {
  day: column(true, '日期', '值班日期', 'day', 'date'),
  name: column(true, '姓名', '值班人', 'name'),
  office: column(false, '机关', '机关代码', 'office'),
  shift: column(false, '班次', 'shift'),
  part: column(false, '职责', 'part'),
  telephone: column(false, '值班电话', '电话', 'telephone'),
} satisfies Headings<string>;
type DutyLine = Line<keyof typeof dutyHeadings>;

export interface DutyReport {
  total: number;
  good: number;
  bad: number;
  rows: {
    row: number;
    column: string | null;
    code: string;
    zh: string;
    en: string;
    value: string | null;
    level: 'error';
  }[];
}

const namespace = 'b7a3d0f2-50a5-4d3f-93a7-7a1f6f1f3b11';

const refuse = (code: string, zh: string, en: string, path: string, value: string): never => {
  throw new Problem(422, code, zh, en, [{ path, code, zh, en }], { value });
};

function choiceOf<V extends Record<string, Label>>(choices: V, text: string, usual: keyof V & string): string {
  if (text === '') return usual;
  return (
    Object.entries(choices).find(
      ([name, { zh, en }]) => name === text || zh === text || en.toLowerCase() === text.toLowerCase(),
    )?.[0] ?? text
  );
}

const dayOf = (text: string): string => {
  const found = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ].*)?$/.exec(text);
  return found === null ? text : `${found[1]}-${found[2]!.padStart(2, '0')}-${found[3]!.padStart(2, '0')}`;
};

/** Somebody in a post at this office today, by name; two of one name cannot be told apart by a roster. */
async function personAt(kernel: Kernel, name: string, office: string): Promise<string> {
  const people = await kernel.database.transaction('hengjian_machine', null, (tx) =>
    tx.query<{ person: string }>(
      `select distinct person from kernel.grant where person_name = $1 and office = $2 and state = 'held' and organisation is null
         and valid_from <= $3 and (valid_until is null or valid_until >= $3)`,
      [name, office, dayInChina(kernel.now())],
    ),
  );
  if (people.length === 0)
    refuse('unknown-person', `“${name}”在这个机关没有岗位。`, `${name} holds no post at this office.`, 'name', name);
  if (people.length > 1)
    refuse('several-people', `这个机关有几个“${name}”。`, `Several people here are called ${name}.`, 'name', name);
  return people[0]!.person;
}

/**
 * Plans duties as a table says, in the name of whoever brings it. A line that cannot be taken is reported by row and column and the others
 * are; the same table brought again plans nothing twice.
 */
export async function applyDuties(
  kernel: Kernel,
  actor: Actor,
  lines: readonly DutyLine[],
  signal?: AbortSignal,
): Promise<DutyReport> {
  const report: DutyReport = { total: lines.length, good: 0, bad: 0, rows: [] };
  for (const line of lines) {
    signal?.throwIfAborted();
    try {
      const office = line.office || actor.office!;
      if (!kernel.offices.has(office))
        refuse('unknown-office', `没有机关“${office}”。`, `There is no office ${office}.`, 'office', office);
      const input = {
        day: dayOf(line.day),
        shift: choiceOf(dutyShifts, line.shift, 'whole'),
        part: choiceOf(dutyParts, line.part, 'officer'),
        person: await personAt(kernel, line.name, office),
        ...(line.telephone === '' ? {} : { telephone: line.telephone }),
      };
      await execute(kernel, actor, {
        id: uuidFrom(`${office}/${JSON.stringify(input)}/${actor.person}`, namespace),
        entity: 'people.duty',
        action: 'plan',
        office,
        input,
      });
      report.good += 1;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      report.bad += 1;
      const { code, zh, en } = error;
      const first = error.errors[0] ?? { path: '', code, zh, en };
      const field = first.path.replace('input.', '') as keyof typeof dutyHeadings | 'person';
      const known = field === 'person' ? 'name' : field;
      report.rows.push({
        row: line.line,
        column: dutyHeadings[known]?.called[0] ?? null,
        code: first.code,
        zh: first.zh,
        en: first.en,
        value: known in dutyHeadings ? line[known] : null,
        level: 'error',
      });
    }
  }
  return report;
}
