import {
  type CurveModel,
  findSinglePlan,
  type InspectionLevel,
  operatingCharacteristic,
  type Severity,
  singlePlanForLot,
} from '@hengjian/statistics';
import type { Command as Program } from 'commander';
import { Option } from 'commander';
import type { Context } from '../context.ts';
import { UsageError } from '../failure.ts';
import { formatTable, type Terminal } from '../terminal.ts';
import { readWhole } from './work.ts';

interface Options {
  lot?: string;
  aql?: string;
  level: InspectionLevel;
  severity: Severity;
  n?: string;
  c?: string;
  good?: string;
  bad?: string;
  alpha: string;
  beta: string;
  json?: boolean;
}

/** A single plan and where it comes from. */
interface Found {
  n: number;
  ac: number;
  zh: string;
  en: string;
}

const curvePoints = [0.001, 0.0025, 0.005, 0.01, 0.015, 0.025, 0.04, 0.065, 0.1, 0.15, 0.2, 0.3];

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
    .action((options: Options) => {
      const plan = planOf(options);
      const model = modelOf(options, plan.n);
      const curve = operatingCharacteristic(plan, qualitiesFor(model), model);
      if (options.json)
        return terminal.out(`${JSON.stringify({ n: plan.n, ac: plan.ac, re: plan.ac + 1, model, curve })}\n`);
      terminal.out(
        `${terminal.label(plan)}\n${say('样本量', 'sample size')} n = ${plan.n}, Ac = ${plan.ac}, Re = ${plan.ac + 1}\n\n`,
      );
      terminal.out(curveTable(terminal, curve));
    });
}

function planOf(options: Options): Found {
  const { lot, aql, n, c, good, bad } = options;
  if (lot !== undefined && aql !== undefined) {
    const plan = singlePlanForLot(readWhole(lot, '--lot'), options.level, readNumber(aql, '--aql'), options.severity);
    const whole = plan.fullInspection
      ? ['样本量不小于批量，应全数检验。', ' The sample reaches the lot: inspect every unit.']
      : ['', ''];
    return {
      n: plan.inspect,
      ac: plan.ac,
      zh: `${plan.edition}：字码 ${plan.initialCode}${plan.code === plan.initialCode ? '' : `，沿箭头至 ${plan.code}`}。${whole[0]}`,
      en: `${plan.edition}: code letter ${plan.initialCode}${plan.code === plan.initialCode ? '' : `, by the arrow ${plan.code}`}.${whole[1]}`,
    };
  }
  if (good !== undefined && bad !== undefined) {
    const points = {
      producer: { p: readNumber(good, '--good'), pa: 1 - readNumber(options.alpha, '--alpha') },
      consumer: { p: readNumber(bad, '--bad'), pa: readNumber(options.beta, '--beta') },
    };
    const model: CurveModel =
      lot === undefined ? { model: 'binomial' } : { model: 'hypergeometric', lotSize: readWhole(lot, '--lot') };
    const plan = findSinglePlan(points, model);
    return {
      ...plan,
      zh: '通过两个风险点的最小单次方案（Guenther 1969）。',
      en: 'The smallest single plan through the two points (Guenther 1969).',
    };
  }
  if (n !== undefined && c !== undefined)
    return { n: readWhole(n, '--n'), ac: readWhole(c, '--c'), zh: '给定的单次方案。', en: 'The single plan given.' };
  throw new UsageError(
    '请给出 --lot 与 --aql，或 --good 与 --bad，或 --n 与 --c。',
    'Give --lot and --aql, or --good and --bad, or --n and --c.',
  );
}

/** Type A where the sample is a tenth of the lot or more, else type B. */
function modelOf({ lot }: Options, n: number): CurveModel {
  const lotSize = lot === undefined ? null : readWhole(lot, '--lot');
  return lotSize !== null && 10 * n >= lotSize ? { model: 'hypergeometric', lotSize } : { model: 'binomial' };
}

/** In one lot only whole numbers of nonconforming units exist. */
function qualitiesFor(model: CurveModel): number[] {
  if (model.model !== 'hypergeometric') return curvePoints;
  const counts = curvePoints.map((p) => Math.max(1, Math.round(p * model.lotSize)));
  return [...new Set(counts)].map((count) => count / model.lotSize);
}

function curveTable({ say }: Terminal, curve: readonly { quality: number; pa: number }[]): string {
  return formatTable(
    [say('不合格品率', 'Nonconforming'), say('接收概率', 'Accepted'), say('发现概率', 'Detected')],
    curve.map(({ quality, pa }) => [percent(quality), percent(pa), percent(1 - pa)]),
  );
}

const percent = (value: number): string => `${(100 * value).toFixed(2)} %`;

function readNumber(text: string, option: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value))
    throw new UsageError(`${option} 应为数。`, `${option} must be a number.`);
  return value;
}
