import { Command as Program } from 'commander';
import { addBoundariesCommand } from './commands/boundaries.ts';
import { addCheckCommand } from './commands/check.ts';
import { addClockCommand } from './commands/clock.ts';
import { addDoctorCommand } from './commands/doctor.ts';
import { addFirstDayCommands } from './commands/first-day.ts';
import { addJudgeCommand } from './commands/judge.ts';
import { addKeepingCommands } from './commands/keeping.ts';
import { addPlanCommand } from './commands/plan.ts';
import { addTransferCommands } from './commands/transfer.ts';
import { addVerifyCommands } from './commands/verify.ts';
import { addWorkCommands } from './commands/work.ts';
import type { Context } from './context.ts';
import { exitCodes, tellFailure } from './failure.ts';
import { type Installation, installationOf } from './installation.ts';
import { createTerminal, type Terminal } from './terminal.ts';

/** Runs one command line (without the program's own name) and answers its exit code; never throws. */
export async function run(
  args: readonly string[],
  parts: Pick<Terminal, 'out' | 'err' | 'watched' | 'env'>,
  installation?: Installation,
): Promise<number> {
  const terminal = createTerminal(args, parts);
  const context: Context = { terminal, installation: installation ?? installationOf(terminal) };
  try {
    await programOf(context).parseAsync([...args], { from: 'user' });
    return exitCodes.done;
  } catch (error) {
    return tellFailure(terminal, error);
  }
}

function programOf(context: Context): Program {
  const { terminal } = context;
  const { say } = terminal;
  const titles: Record<string, string> = {
    'Usage:': '用法：',
    'Arguments:': '参数：',
    'Options:': '选项：',
    'Commands:': '命令：',
  };
  const program = new Program('hengjian')
    .description(say('衡鉴：质量监督平台的命令行', 'Hengjian: the quality supervision platform on the command line'))
    .option('--lang <language>', 'zh | en')
    .helpOption('-h, --help', say('显示用法', 'show how it is used'))
    .helpCommand(false)
    .showSuggestionAfterError(false)
    .exitOverride()
    .configureHelp({ styleTitle: (title) => (terminal.language === 'zh' ? (titles[title] ?? title) : title) })
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err, outputError: () => undefined })
    .addHelpText(
      'after',
      `\n${say(
        '默认直接操作 HENGJIAN_DATA 文件夹或 DATABASE_URL 指定的系统；--server 通过正在运行的服务器操作。退出码：0 完成，1 被拒绝或核验未通过，2 用法错误。',
        'Works on the installation named by HENGJIAN_DATA or DATABASE_URL, or by --server through a running one. Exit codes: 0 done, 1 refused or not verified, 2 wrong usage.',
      )}`,
    );
  for (const add of [
    addWorkCommands,
    addTransferCommands,
    addVerifyCommands,
    addKeepingCommands,
    addFirstDayCommands,
    addDoctorCommand,
    addBoundariesCommand,
    addPlanCommand,
    addJudgeCommand,
    addClockCommand,
    addCheckCommand,
  ])
    add(program, context);
  // Options of the whole program may also stand after the command.
  for (const command of program.commands) command.option('--lang <language>', 'zh | en');
  return program;
}
