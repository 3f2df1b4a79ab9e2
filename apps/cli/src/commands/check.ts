import { Problem } from '@hengjian/kernel';
import type { Command as Program } from 'commander';
import { Argument } from 'commander';
import type { Context } from '../context.ts';
import { identifierKinds } from '../identifier-kinds.ts';

/** `check`: whether an identifier can be right, and what it says. */
export function addCheckCommand(program: Program, { terminal }: Context): void {
  const { say } = terminal;
  const kinds = Object.entries(identifierKinds).map(([name, { zh, en }]) => `  ${name.padEnd(26)}${say(zh, en)}`);
  program
    .command('check')
    .addArgument(new Argument('<kind>', say('种类', 'kind')).choices(Object.keys(identifierKinds)))
    .argument('<text>')
    .description(say('核对一个编号', 'check an identifier'))
    .option('--json', say('以 JSON 输出', 'answer in JSON'))
    .addHelpText('after', `\n${say('种类：', 'Kinds:')}\n${kinds.join('\n')}`)
    .action((kind: string, text: string, options: { json?: boolean }) => {
      const checked = identifierKinds[kind]!.parse(text);
      if (options.json) terminal.out(`${JSON.stringify(checked)}\n`);
      if (!checked.ok)
        throw new Problem(
          422,
          checked.problems[0]?.code ?? 'identifier',
          `“${text}”不是有效的${identifierKinds[kind]!.zh}。`,
          `"${text}" is not a valid ${identifierKinds[kind]!.en}.`,
          checked.problems.map(({ code, position, zh, en }) => ({
            path: position === undefined ? '' : say(`第 ${position} 位`, `character ${position}`),
            code,
            zh,
            en,
          })),
        );
      if (options.json) return;
      terminal.out(`${JSON.stringify(checked.value, null, 2)}\n`);
      for (const { zh, en } of checked.warnings) terminal.err(`${say('注意：', 'Note: ')}${say(zh, en)}\n`);
    });
}
