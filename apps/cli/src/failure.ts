import { CalendarError } from '@hengjian/calendar';
import { IdentifierError } from '@hengjian/identifiers';
import { Problem } from '@hengjian/kernel';
import { StatisticsError } from '@hengjian/statistics';
import { TransparencyError } from '@hengjian/transparency';
import { CommanderError } from 'commander';
import type { Terminal } from './terminal.ts';

/** 0: done. 1: refused, or a check that did not hold. 2: the command was not written as it must be. */
export const exitCodes = { done: 0, refused: 1, wrongUsage: 2 } as const;

/** The command line asks for something that does not exist or leaves out what is needed. */
export class UsageError extends Error {
  readonly zh: string;
  readonly en: string;
  constructor(zh: string, en: string) {
    super(en);
    this.zh = zh;
    this.en = en;
  }
}

/** Says what went wrong as a sentence and answers the exit code. */
export function tellFailure(terminal: Terminal, error: unknown): number {
  const line = (text: string): void => terminal.err(`${text}\n`);
  if (error instanceof UsageError) {
    line(terminal.say(error.zh, error.en));
    return exitCodes.wrongUsage;
  }
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return exitCodes.done;
    if (error.code !== 'commander.help') line(usageSentence(terminal, error));
    return exitCodes.wrongUsage;
  }
  if (error instanceof Problem) {
    line(`${terminal.say(error.zh, error.en)} [${error.code}]`);
    for (const { path, zh, en } of error.errors) line(`  ${path}: ${terminal.say(zh, en)}`);
    return exitCodes.refused;
  }
  if (
    error instanceof StatisticsError ||
    error instanceof CalendarError ||
    error instanceof TransparencyError ||
    error instanceof IdentifierError
  ) {
    const known = error as { zh?: string; en?: string; message: string; code: string };
    line(`${terminal.say(known.zh ?? known.message, known.en ?? known.message)} [${known.code}]`);
    return exitCodes.refused;
  }
  line(unforeseen(terminal, error));
  return exitCodes.refused;
}

const usage: Record<string, [zh: string, en: string]> = {
  'commander.unknownOption': ['没有选项 {}。', 'There is no option {}.'],
  'commander.unknownCommand': ['没有命令 {}。', 'There is no command {}.'],
  'commander.missingArgument': ['缺少参数 {}。', 'The argument {} is missing.'],
  'commander.optionMissingArgument': ['选项 {} 后面缺少内容。', 'The option {} needs a value.'],
  'commander.missingMandatoryOptionValue': ['必须给出选项 {}。', 'The option {} is required.'],
  'commander.invalidArgument': ['{} 的取值不在允许范围内。', 'The value of {} is not allowed.'],
  'commander.excessArguments': ['参数太多。', 'There are too many arguments.'],
};

function usageSentence(terminal: Terminal, error: CommanderError): string {
  const [zh, en] = usage[error.code] ?? [error.message, error.message];
  const named = /'([^']+)'/.exec(error.message)?.[1] ?? '';
  const hint = terminal.say('用 --help 查看用法。', 'Use --help to see how it is used.');
  return `${terminal.say(zh, en).replace('{}', named)}${terminal.language === 'zh' ? '' : ' '}${hint}`;
}

function unforeseen(terminal: Terminal, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const holder = /is in use by process (\d+)/.exec(message)?.[1];
  if (holder !== undefined)
    return terminal.say(
      `该数据文件夹正由进程 ${holder} 使用（可能是服务器）。请先停止它，或用 --server 通过服务器操作。`,
      `The data folder is in use by process ${holder}, probably the server. Stop it first, or go through it with --server.`,
    );
  const changed = /^Migration (\S+) was changed/.exec(message)?.[1];
  if (changed !== undefined)
    return terminal.say(
      `数据库变更 ${changed} 在执行后被改动过，本版本不能打开这个数据库。`,
      `The migration ${changed} was changed after it had been applied; this release cannot open the database.`,
    );
  const code = (error as { code?: string } | null)?.code;
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND')
    return terminal.say(`连接不上：${message}`, `No connection could be made: ${message}`);
  if (code === 'ENOENT') return terminal.say(`找不到文件：${message}`, `A file is missing: ${message}`);
  return terminal.say(`没有完成，原因不明：${message}`, `It did not finish, for a reason nobody foresaw: ${message}`);
}
