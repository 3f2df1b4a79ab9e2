import type { Command as Program } from 'commander';
import { Option } from 'commander';
import type { Context } from '../context.ts';
import { reckon } from './reckon.ts';

interface Options {
  unit?: string;
  method: string;
  rule: string;
  guard?: string;
  uncertainty?: string;
  k: string;
  source?: string;
  json?: boolean;
}

/** `judge`: a result against a limit, with every step of the reasoning. */
export function addJudgeCommand(program: Program, { terminal }: Context): void {
  const { say } = terminal;
  program
    .command('judge <limit> <result>')
    .description(
      say(
        '按标准限值判定一个检验结果，例如 judge "≤0.5 mg/kg" 0.55',
        'judge a result by a limit, e.g. judge "≤0.5 mg/kg" 0.55',
      ),
    )
    .option('--unit <unit>', say('结果未写单位时的单位', 'unit of what states none'))
    .addOption(
      new Option('--method <method>', say('全数值比较法或修约值比较法', 'full value or rounded value comparison'))
        .choices(['full', 'rounded'])
        .default('full'),
    )
    .addOption(
      new Option('--rule <rule>', say('判定规则', 'decision rule'))
        .choices(['simple', 'guarded-acceptance', 'guarded-rejection', 'non-binary'])
        .default('simple'),
    )
    .option('--guard <r>', say('保护带倍数 r（w = r·U）', 'multiplier r of the guard band (w = r·U)'))
    .option('--uncertainty <U>', say('扩展不确定度', 'expanded uncertainty'))
    .option('-k <factor>', say('包含因子', 'coverage factor'), '2')
    .option('--source <clause>', say('限值出处', 'where the limit stands'))
    .option('--json', say('以 JSON 输出', 'answer in JSON'))
    .action((limit: string, result: string, { json = false, ...written }: Options) =>
      reckon(terminal, {
        tool: 'judge',
        by: 'result',
        written: { limit, result, ...written },
        options: { unit: '--unit', guard: '--guard', uncertainty: '--uncertainty', k: '-k' },
        json,
      }),
    );
}
