import { hash, randomUUID } from 'node:crypto';
import { type Actor, execute, ingest, type Kernel, Problem } from '@hengjian/kernel';
import { v7 as uuid } from 'uuid';
import { Enterprise, type EnterpriseRow } from '../enterprise/entity.ts';
import { isSame } from '../enterprise/history.ts';
import { enterpriseColumns, holdersOf } from '../enterprise/reading.ts';
import { type Found, fileIssues } from '../quality/filing.ts';
import { sharedCode } from '../quality/rules.ts';
import type { MappedHeader } from './columns.ts';
import type { SheetRow } from './csv.ts';
import { type Decision, decide, type Held, type Known, marksOf, meet, remember } from './match.ts';
import { officeFinder } from './office.ts';
import type { Report } from './report.ts';
import { type ReadRow, readRow } from './row.ts';

/** An import under way. */
export interface Run {
  kernel: Kernel;
  actor: Actor;
  report: Report;
  /** The record of the import. */
  record: string;
  today: string;
  header: MappedHeader;
  width: number;
  known: Known;
  reason: string;
  tally: { total: number; bad: number; added: number; amended: number; unchanged: number; issues: number };
}

/** Takes some rows: reads, compares, enters the new ones, amends the changed ones, opens issues. */
export async function takeRows(run: Run, sheet: readonly SheetRow[]): Promise<void> {
  const { report, tally, known, header, width } = run;
  const read: { row: number; read: ReadRow }[] = [];
  for (const one of sheet) {
    tally.total += 1;
    const result = readRow(one, header, width, known.asOf);
    if (!Array.isArray(result)) read.push({ row: one.row, read: result });
    else {
      tally.bad += 1;
      for (const error of result) report.error(one.row, error);
    }
  }
  await lookUp(
    run,
    read.map((one) => one.read),
  );
  const officeOf = officeFinder(run.kernel, run.actor);
  const entered: (Held & { recordedOn: string })[] = [];
  const found: Found[] = [];
  const changed: {
    row: number;
    read: ReadRow;
    held: Held;
    changes: Extract<Decision, { kind: 'changed' }>['changes'];
  }[] = [];
  for (const { row, read: one } of read) {
    const decision = decide(one, known);
    if (tell(run, row, one, decision)) for (const finding of one.findings) report.found(row, finding);
    if (decision.kind === 'elsewhere') continue;
    const held = decision.kind === 'new' ? newRow(one, officeOf, run) : decision.held;
    meet(known, held, one);
    if (decision.kind === 'repeated' || decision.kind === 'ended') continue;
    if (decision.kind === 'new') {
      entered.push(held as (typeof entered)[number]);
      remember(known, held);
      if (decision.sharing.length > 0) found.push(...sharing(held, decision.sharing, row, report));
    }
    if (decision.kind === 'changed') {
      changed.push({ row, read: one, held, changes: decision.changes });
      // A later row of the file may bring the code or name that this one brings.
      remember(known, { ...held, ...decision.changes });
    }
    const about = one.findings.filter(
      ({ repaired, property }) =>
        !repaired && (decision.kind === 'changed' || property === null || isSame(held[property], one.facts[property])),
    );
    found.push(...about.map((finding): Found => ({ enterprise: held, finding })));
  }
  if (entered.length > 0)
    await ingest(run.kernel, run.actor, {
      entity: Enterprise.name,
      state: 'registered',
      office: (row) => row.office as string,
      rows: entered,
      contentHash: hash('sha256', `${run.record}/${tally.total}`, 'hex'),
    });
  tally.added += entered.length;
  for (const one of changed) await amendHeld(run, one);
  tally.issues += await fileIssues(run.kernel, run.actor, found, { foundIn: run.record, once: true });
}

/** Reads what the register holds under the codes and names of some rows. */
async function lookUp({ kernel, actor, known }: Run, rows: readonly ReadRow[]): Promise<void> {
  const codes = [...new Set(rows.flatMap(({ facts }) => facts.creditCode ?? []))];
  const names = [...new Set(rows.map(({ facts }) => facts.name))];
  known.byCode.clear();
  known.byName.clear();
  known.elsewhere.clear();
  await kernel.database.transaction(
    'hengjian_app',
    actor.claim,
    async (sql) => {
      const held = await sql.query<EnterpriseRow>(
        `select ${enterpriseColumns} from subjects.enterprise where credit_code = any($1::text[]) or name = any($2::text[]) order by id`,
        [codes, names],
      );
      for (const row of held) remember(known, row);
      const visible = new Set(held.map(({ id }) => id));
      for (const holder of await holdersOf(sql, codes))
        if (!visible.has(holder.id))
          known.elsewhere.set(holder.creditCode, [...(known.elsewhere.get(holder.creditCode) ?? []), holder]);
    },
    'jobs',
  );
}

/** Reports what was decided; says whether the findings of the row are to be reported too. */
function tell({ report, tally, kernel }: Run, row: number, { facts }: ReadRow, decision: Decision): boolean {
  switch (decision.kind) {
    case 'new':
      return true;
    case 'changed':
      return true;
    case 'elsewhere': {
      tally.bad += 1;
      const office = kernel.offices.get(decision.holder.office)?.label ?? {
        zh: decision.holder.office,
        en: decision.holder.office,
      };
      report.error(row, {
        field: 'creditCode',
        code: 'held-elsewhere',
        value: facts.creditCode ?? null,
        zh: `这个代码的主体“${decision.holder.name}”由${office.zh}登记，您无权更改。`,
        en: `"${decision.holder.name}", which has this code, was entered at ${office.en}; you may not change it.`,
      });
      return false;
    }
    case 'repeated':
      if (!decision.differs) {
        tally.unchanged += 1;
        report.remark(
          row,
          'repeated-row',
          '与前面的一行相同，没有重复登记。',
          'The same as a row before; not entered twice.',
          'name',
          facts.name,
        );
        return false;
      }
      tally.bad += 1;
      report.error(row, {
        field: 'name',
        code: 'repeated-row-differs',
        zh: '与前面一行是同一主体，但内容不同；以先出现的一行为准。',
        en: 'The same entity as a row before, told differently; the first one stands.',
        value: facts.name,
      });
      return false;
    case 'older':
      report.remark(
        row,
        'older-than-held',
        `主体库中的资料（${decision.held.effectiveOn}起）比这份文件新，没有改动。`,
        `The register knows something newer (since ${decision.held.effectiveOn}); nothing was changed.`,
        'name',
        facts.name,
      );
      break;
    case 'ended':
      report.remark(
        row,
        'not-brought-back',
        '这个主体已经并入他户或者作废，没有重新登记。',
        'The entity was merged or made void; it was not entered again.',
        'name',
        facts.name,
      );
      break;
    case 'unchanged':
      break;
  }
  tally.unchanged += 1;
  return false;
}

function newRow(
  read: ReadRow,
  officeOf: (region: string | null) => string,
  { known, today }: Run,
): Held & { recordedOn: string } {
  return {
    ...read.facts,
    id: uuid(),
    office: officeOf(read.facts.region ?? null),
    state: 'registered',
    source: known.source,
    sourceKey: read.sourceKey,
    sourceMarks: marksOf(read),
    effectiveOn: known.asOf,
    recordedOn: today,
  };
}

function sharing(held: Held, others: readonly Held[], row: number, report: Report): Found[] {
  const finding = sharedCode(
    held.creditCode!,
    [held, ...others].map(({ name }) => name),
  );
  report.found(row, finding);
  return [held, ...others].map((enterprise) => ({ enterprise, finding }));
}

/** Amends one enterprise by its row; a refusal spoils this row alone. */
async function amendHeld(
  run: Run,
  { row, read, held, changes }: { row: number; read: ReadRow; held: Held; changes: object },
): Promise<void> {
  const { kernel, actor, known, report, tally, reason } = run;
  const input = { ...changes, effectiveOn: known.asOf, reason, source: known.source, sourceMarks: marksOf(read) };
  try {
    await execute(kernel, actor, {
      id: randomUUID(),
      entity: Enterprise.name,
      action: 'follow',
      record: held.id,
      input,
    });
    tally.amended += 1;
    for (const name of Object.keys(changes)) {
      const [before, now] = [held[name as keyof Held], read.facts[name as keyof typeof read.facts]];
      const shown = name === 'legalRepresentative' || name === 'contact' ? null : `${textOf(before)} → ${textOf(now)}`;
      report.remark(row, 'amended', '已按文件变更。', 'Amended as the file says.', name as never, shown);
    }
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    tally.bad += 1;
    report.error(row, { field: null, code: error.code, zh: error.zh, en: error.en, value: read.facts.name });
  }
}

const textOf = (value: unknown): string =>
  (value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 45);
