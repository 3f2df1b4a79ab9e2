import type { Written } from '@hengjian/workbench';
import type { Command as Program } from 'commander';
import { Option } from 'commander';
import type { Context } from '../context.ts';
import { UsageError } from '../failure.ts';
import { reckon } from './reckon.ts';

interface Options {
  lot?: string;
  aql?: string;
  level: string;
  severity: string;
  n?: string;
  c?: string;
  good?: string;
  bad?: string;
  alpha: string;
  beta: string;
  json?: boolean;
}

const optionNames = {
  lot: '--lot',
  aql: '--aql',
  n: '--n',
  ac: '--c',
  good: '--good',
  bad: '--bad',
  alpha: '--alpha',
  beta: '--beta',
};

/** `plan`: a single sampling plan from the standard, from two risk points, or given; with its operating characteristic. */
export function addPlanCommand(program: Program, { terminal }: Context): void {
  const { say } = terminal;
  program
    .command('plan')
    .description(
      say(
        '抽样方案及其操作特性：--lot 与 --aql，或 --good 与 --bad，或 --n 与 --c',
        'a sampling plan and its characteristic: --lot and --aql, or --good and --bad, or --n and --c',
      ),
    )
    .option('--lot <units>', say('批量', 'size of the lot'))
    .option('--aql <percent>', say('接收质量限（GB/T 2828.1）', 'acceptance quality limit (GB/T 2828.1)'))
    .addOption(
      new Option('--level <level>', say('检验水平', 'inspection level'))
        .choices(['S-1', 'S-2', 'S-3', 'S-4', 'I', 'II', 'III'])
        .default('II'),
    )
    .addOption(
      new Option('--severity <severity>', say('严格度', 'severity'))
        .choices(['normal', 'tightened', 'reduced'])
        .default('normal'),
    )
    .option('--n <units>', say('样本量', 'sample size'))
    .option('--c <units>', say('接收数', 'acceptance number'))
    .option('--good <fraction>', say('生产方风险质量，如 0.01', "the producer's quality, e.g. 0.01"))
    .option('--bad <fraction>', say('使用方风险质量，如 0.05', "the consumer's quality, e.g. 0.05"))
    .option('--alpha <risk>', say('生产方风险', "producer's risk"), '0.05')
    .option('--beta <risk>', say('使用方风险', "consumer's risk"), '0.10')
    .option('--json', say('以 JSON 输出', 'answer in JSON'))
    .action((options: Options) =>
      reckon(terminal, { ...questionOf(options), options: optionNames, json: options.json ?? false }),
    );
}

function questionOf(options: Options): { tool: 'plan' | 'curve'; by: string; written: Written } {
  const { lot, aql, level, severity, n, c, good, bad } = options;
  if (lot !== undefined && aql !== undefined)
    return { tool: 'plan', by: 'lot', written: { lot, level, severity, aql: plain(aql) } };
  const shares = { good: percentOf(good), bad: percentOf(bad) };
  if (good !== undefined && bad !== undefined) {
    const risks = { alpha: percentOf(options.alpha), beta: percentOf(options.beta) };
    return { tool: 'plan', by: 'risks', written: { ...shares, ...risks, lot } };
  }
  if (n !== undefined && c !== undefined) return { tool: 'curve', by: 'single', written: { n, ac: c, lot, ...shares } };
  throw new UsageError(
    '请给出 --lot 与 --aql，或 --good 与 --bad，或 --n 与 --c。',
    'Give --lot and --aql, or --good and --bad, or --n and --c.',
  );
}

/** A number without needless zeros, so that 1.0 is found in the list of preferred limits; other text stays as it is. */
function plain(text: string): string {
  return Number.isFinite(Number(text)) && text.trim() !== '' ? String(Number(text)) : text;
}

/** A fraction of the command line as the per cent of the form; what is no number stays, to be refused there. */
function percentOf(text: string | undefined): string | undefined {
  if (text === undefined || text.trim() === '' || !Number.isFinite(Number(text))) return text;
  return String(Number((100 * Number(text)).toPrecision(12)));
}
