import { maskResidentIdentity } from '@hengjian/identifiers';
import { Problem } from '@hengjian/kernel';
import { identifierKinds } from '@hengjian/workbench';
import type { Command as Program } from 'commander';
import { Argument } from 'commander';
import { regionTable } from '../../../../data/regions/index.ts';
import type { Context } from '../context.ts';

/** `check`: whether an identifier can be right, and what it says. */
export function addCheckCommand(program: Program, { terminal }: Context): void {
  const { say } = terminal;
  const kinds = Object.entries(identifierKinds).map(
    ([name, { label }]) => `  ${name.padEnd(26)}${terminal.label(label)}`,
  );
  program
    .command('check')
    .addArgument(new Argument('<kind>', say('种类', 'kind')).choices(Object.keys(identifierKinds)))
    .argument('<text>')
    .description(say('核对一个编号', 'check an identifier'))
    .option('--json', say('以 JSON 输出', 'answer in JSON'))
    .addHelpText('after', `\n${say('种类：', 'Kinds:')}\n${kinds.join('\n')}`)
    .action((kind: string, text: string, options: { json?: boolean }) => {
      const { label, parse, personal } = identifierKinds[kind]!;
      const checked = parse(text, { regions: regionTable() });
      // Screens are looked at and sessions recorded: neither a personal number nor what it says is repeated.
      const shown = personal === true ? maskResidentIdentity(text) : text;
      if (options.json) terminal.out(`${JSON.stringify(personal === true ? { ok: checked.ok } : checked)}\n`);
      if (!checked.ok)
        throw new Problem(
          422,
          checked.problems[0]?.code ?? 'identifier',
          `“${shown}”不是有效的${label.zh}。`,
          `"${shown}" is not a valid ${label.en}.`,
          checked.problems.map(({ code, position, zh, en }) => ({
            path: position === undefined ? '' : say(`第 ${position} 位`, `character ${position}`),
            code,
            zh,
            en,
          })),
        );
      if (options.json) return;
      terminal.out(
        personal === true
          ? `${shown}  ${say(`有效的${label.zh}`, `a valid ${label.en}`)}\n`
          : `${JSON.stringify(checked.value, null, 2)}\n`,
      );
      for (const { zh, en } of checked.warnings) terminal.err(`${say('注意：', 'Note: ')}${say(zh, en)}\n`);
    });
}
