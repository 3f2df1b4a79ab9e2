import type { Command as Program } from 'commander';
import { findActor, type Installation, type Who } from './installation.ts';
import { localWorkplace } from './local-workplace.ts';
import { remoteWorkplace } from './remote-workplace.ts';
import type { Terminal } from './terminal.ts';
import type { Workplace } from './workplace.ts';

/** What every command is given. */
export interface Context {
  terminal: Terminal;
  installation: Installation;
}

export interface WorkOptions extends Who {
  server?: string;
  json?: boolean;
}

/** Adds the options that say who acts and where. */
export function withWho(command: Program, { say }: Terminal): Program {
  return command
    .option('--as <person>', say('以谁的身份：人员编号、邮箱或姓名', 'as whom: id, e-mail address or name of a person'))
    .option('--role <role>', say('用哪个岗位（有多个时）', 'under which post, where there are several'))
    .option('--office <code>', say('在哪个机关（有多个时）', 'at which office, where there are several'))
    .option('--server <url>', say('通过正在运行的服务器操作', 'through a running server'))
    .option('--json', say('以 JSON 输出', 'answer in JSON'));
}

/** Opens the place of work that the options name, hands it to `work` and closes it again. */
export async function atWork<T>(
  { terminal, installation }: Context,
  options: WorkOptions,
  work: (workplace: Workplace) => Promise<T>,
): Promise<T> {
  const workplace =
    options.server === undefined
      ? await openLocal(installation, options)
      : await remoteWorkplace(options.server, options, terminal.env);
  try {
    return await work(workplace);
  } finally {
    await workplace.close();
  }
}

async function openLocal(installation: Installation, who: Who): Promise<Workplace> {
  const platform = await installation.open();
  try {
    return localWorkplace(platform, await findActor(platform, who));
  } catch (error) {
    await platform.stop();
    throw error;
  }
}

/** Collects `--param name=value` into an object. */
export function collectPairs(text: string, collected: Record<string, string>): Record<string, string> {
  const at = text.indexOf('=');
  return at < 1 ? { ...collected, [text]: '' } : { ...collected, [text.slice(0, at)]: text.slice(at + 1) };
}
