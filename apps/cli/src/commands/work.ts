import { readFileSync } from 'node:fs';
import type { Command } from '@hengjian/kernel';
import type { ListInput, RecordView } from '@hengjian/reading';
import type { Command as Program } from 'commander';
import { v7 as uuid } from 'uuid';
import { atWork, type Context, collectPairs, type WorkOptions, withWho } from '../context.ts';
import { UsageError } from '../failure.ts';
import { askPublic } from '../public-query.ts';
import { formatTable, type Terminal } from '../terminal.ts';

/** `act`, `query` and `list`: an officer's daily work. */
export function addWorkCommands(program: Program, context: Context): void {
  addAct(program, context);
  addQuery(program, context);
  addList(program, context);
}

function addAct(program: Program, context: Context): void {
  const { terminal } = context;
  const { say } = terminal;
  withWho(program.command('act <entity> <action> [record]'), terminal)
    .description(say('办理一项操作', 'take an action on a record, or create one'))
    .option('--input <json>', say('填写内容：JSON，或 @文件', 'what is entered: JSON, or @file'), '{}')
    .option('--occurred-at <instant>', say('发生时间（ISO 8601），默认现在', 'when it happened (ISO 8601); now'))
    .option('--note <text>', say('备注', 'a remark'))
    .option('--seen-version <number>', say('所见版本号，已变更则拒绝', 'the version seen; refused when it has changed'))
    .option('--id <uuid>', say('操作编号，重复提交只办一次', 'id of the command: repeated, it happens once'))
    .option('--for <office>', say('新记录所属机关', 'office of a new record'))
    .option('--parent <record>', say('新记录的上级记录', 'the record that a new one belongs to'))
    .action(async (entity: string, action: string, record: string | undefined, options: Record<string, string>) => {
      const command: Command = {
        id: options.id ?? uuid(),
        entity,
        action,
        input: readInput(options.input!),
        ...(record === undefined ? {} : { record }),
        ...(options.occurredAt === undefined ? {} : { occurredAt: readInstant(options.occurredAt) }),
        ...(options.note === undefined ? {} : { note: options.note }),
        ...(options.seenVersion === undefined ? {} : { version: readWhole(options.seenVersion, '--seen-version') }),
        ...(options.for === undefined ? {} : { office: options.for }),
        ...(options.parent === undefined ? {} : { parent: options.parent }),
      };
      const outcome = await atWork(context, options, (workplace) => workplace.act(command));
      if (options.json) return terminal.out(`${JSON.stringify({ command: command.id, ...outcome })}\n`);
      const { shown } = outcome;
      terminal.out(`${outcome.record}\n`);
      if (shown !== null)
        terminal.err(`${[shown.number, shown.title, terminal.label(shown.stateLabel)].filter(Boolean).join('  ')}\n`);
      if (outcome.replayed)
        terminal.err(
          `${say('这项操作先前已经办过，没有重复办理。', 'This had been done before and was not done again.')}\n`,
        );
      if (outcome.sheet !== null)
        terminal.err(`${say('已送审批，审批表：', 'It waits for signatures on the sheet ')}${outcome.sheet}\n`);
    });
}

function addQuery(program: Program, context: Context): void {
  const { terminal } = context;
  const { say } = terminal;
  withWho(program.command('query <name>'), terminal)
    .description(say('运行一个查询，结果为 JSON', 'run a query; its answer is JSON'))
    .option('--param <key=value>', say('查询参数，可重复', 'a parameter; may be repeated'), collectPairs, {})
    .option('--public', say('公开查询，无须身份', 'a public query: nobody needs to be named'))
    .action(async (name: string, options: WorkOptions & { param: Record<string, string>; public?: boolean }) => {
      const answer = options.public
        ? await askPublic(context, options.server, name, options.param)
        : await atWork(context, options, (workplace) => workplace.query(name, options.param));
      terminal.out(`${JSON.stringify(answer, null, options.json ? undefined : 2)}\n`);
    });
}

/** Adds the filters that `list` and `export` share. */
export function withFilters(command: Program, { say }: Terminal): Program {
  return command
    .option('--state <states>', say('状态，多个以逗号分隔', 'states, separated by commas'))
    .option('--below <office>', say('某机关及其下级', 'an office and those below it'))
    .option('--subject <id>', say('某经营主体', 'of one enterprise'))
    .option('--parent <record>', say('某上级记录', 'belonging to one record'))
    .option('-q, --search <text>', say('名称、编号、拼音首字母', 'name, number or pinyin initials'))
    .option('--mine', say('由本人经办', 'handled by me'))
    .option('--open', say('未办结', 'not closed'))
    .option('--overdue', say('已逾期', 'past their deadline'))
    .option('--sort <order>', '-updated | updated | due | number | title', '-updated');
}

export interface FilterOptions extends WorkOptions {
  state?: string;
  below?: string;
  subject?: string;
  parent?: string;
  search?: string;
  mine?: boolean;
  open?: boolean;
  overdue?: boolean;
  sort: string;
}

/** The filters as the platform's lists take them. */
export function filtersOf(entity: string | undefined, options: FilterOptions): Partial<ListInput> {
  const { state, below, subject, parent, search, mine, open, overdue, sort } = options;
  const flag = (value: boolean | undefined): string | undefined => (value === true ? '1' : undefined);
  const given = {
    entity,
    state,
    office: below,
    subject,
    parent,
    q: search,
    mine: flag(mine),
    open: flag(open),
    overdue: flag(overdue),
    sort,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<ListInput>;
}

function addList(program: Program, context: Context): void {
  const { terminal } = context;
  const { say } = terminal;
  withFilters(withWho(program.command('list [entity]'), terminal), terminal)
    .description(say('列出看得到的记录', 'list the records that may be seen'))
    .option('--limit <number>', say('最多多少行', 'at most so many rows'), '50')
    .action(async (entity: string | undefined, options: FilterOptions & { limit: string }) => {
      const limit = readWhole(options.limit, '--limit');
      const page = await atWork(context, options, (workplace) =>
        workplace.list({ ...filtersOf(entity, options), limit }),
      );
      if (options.json) return terminal.out(`${JSON.stringify(page)}\n`);
      terminal.out(recordTable(terminal, page.rows));
      if (page.next !== null)
        terminal.err(
          `${say('还有更多，请缩小范围或加大 --limit。', 'There are more; narrow the list or raise --limit.')}\n`,
        );
    });
}

function recordTable({ say, label }: Terminal, rows: readonly RecordView[]): string {
  return formatTable(
    [
      say('编号', 'Number'),
      say('名称', 'Title'),
      say('状态', 'State'),
      say('机关', 'Office'),
      say('期限', 'Due'),
      'id',
    ],
    rows.map((row) => [
      row.number ?? '',
      row.title,
      label(row.stateLabel),
      label(row.office.label),
      row.due ?? '',
      row.id,
    ]),
  );
}

function readInput(text: string): Record<string, unknown> {
  const json = text.startsWith('@') ? readFileSync(text.slice(1), 'utf8') : text;
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    value = null;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new UsageError(
      '--input 应为一个 JSON 对象，例如 \'{"quantity": 3}\'，或 @文件名。',
      '--input must be a JSON object such as \'{"quantity": 3}\', or @file.',
    );
  return value as Record<string, unknown>;
}

function readInstant(text: string): string {
  const time = Date.parse(text);
  if (Number.isNaN(time))
    throw new UsageError(
      `“${text}”不是时间，请写成 2026-03-02T09:00:00+08:00。`,
      `"${text}" is no instant; write 2026-03-02T09:00:00+08:00.`,
    );
  return new Date(time).toISOString();
}

/** @throws UsageError */
export function readWhole(text: string, option: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`${option} 应为整数。`, `${option} must be a whole number.`);
  return Number(text);
}
