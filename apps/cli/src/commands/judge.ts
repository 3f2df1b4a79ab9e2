import { type DecisionRule, judge, parseLimit } from '@hengjian/statistics';
import type { Command as Program } from 'commander';
import { Option } from 'commander';
import type { Context } from '../context.ts';
import { UsageError } from '../failure.ts';

interface Options {
  unit?: string;
  method: 'full' | 'rounded';
  rule: DecisionRule['kind'];
  guard?: string;
  uncertainty?: string;
  k: string;
  source?: string;
  json?: boolean;
}

const verdicts = {
  conforms: { zh: '符合', en: 'conforms' },
  fails: { zh: '不符合', en: 'fails' },
  'not-judged': { zh: '不作判定', en: 'not judged' },
};

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
    .action((limitText: string, result: string, options: Options) => {
      const limit = parseLimit(limitText, options.unit ?? null);
      const unit = options.unit ?? ('unit' in limit ? limit.unit : null);
      const verdict = judge({
        limit,
        result,
        unit,
        method: options.method,
        rule: ruleOf(options),
        ...(options.uncertainty === undefined
          ? {}
          : { uncertainty: { expanded: options.uncertainty, coverageFactor: options.k } }),
        ...(options.source === undefined ? {} : { source: options.source }),
      });
      if (options.json) return terminal.out(`${JSON.stringify(verdict)}\n`);
      for (const step of verdict.steps) terminal.out(`  ${terminal.label(step)}\n`);
      terminal.out(
        `${terminal.label(verdicts[verdict.verdict])}: ${terminal.label(verdict.reason)}\n${verdict.clause}\n`,
      );
    });
}

function ruleOf({ rule, guard }: Options): DecisionRule {
  if (rule === 'simple' || rule === 'non-binary') return { kind: rule };
  if (guard === undefined)
    throw new UsageError(
      '带保护带的规则须用 --guard 给出倍数 r。',
      'A rule with a guard band needs its multiplier r by --guard.',
    );
  return { kind: rule, r: guard };
}
