import {
  type ClockOptions,
  type ClockRule,
  type ClockUnit,
  computeDeadline,
  createCalendar,
  type Extension,
  explainDeadline,
  type RollForward,
  type Suspension,
  summarise,
} from '@hengjian/calendar';
import type { Command as Program } from 'commander';
import { Argument, Option } from 'commander';
import { holidayYears } from '../../../../data/holidays/index.ts';
import type { Context } from '../context.ts';
import { UsageError } from '../failure.ts';
import { readWhole } from './work.ts';

const units: ClockUnit[] = ['hour', 'working-day', 'day', 'month', 'year'];

interface Options {
  kind: ClockRule['kind'];
  until?: string;
  basis: string;
  countFirstDay?: boolean;
  roll?: RollForward;
  suspend: Suspension[];
  extend: Extension[];
  travel?: string;
  occurrence?: string;
  json?: boolean;
}

/** `clock`: a term of the law counted out day by day. */
export function addClockCommand(program: Program, { terminal }: Context): void {
  const { say } = terminal;
  program
    .command('clock')
    .argument('<start>', say('起算日（时限以小时计时为时刻）', 'day from which it runs (an instant for hours)'))
    .argument('<amount>', say('数值', 'amount'))
    .addArgument(new Argument('<unit>', say('单位', 'unit')).choices(units))
    .description(say('计算法定期限，逐日写出算法', 'count a term of the law and show the arithmetic'))
    .addOption(
      new Option('--kind <kind>', say('期限种类', 'kind of term'))
        .choices(['within', 'before', 'not-before', 'window', 'recurring'])
        .default('within'),
    )
    .option('--until <amount>', say('区间的终点（window）', 'second bound of a window'))
    .option('--basis <clause>', say('依据', 'the clause'), '')
    .option('--count-first-day', say('起算当日计入', 'the first day counts'))
    .addOption(
      new Option('--roll <rule>', say('末日遇休息日', 'when the last day is a day off')).choices([
        'none',
        'holiday',
        'holiday-and-weekend',
      ]),
    )
    .option(
      '--suspend <from..to>',
      say('不计入的时间，可重复', 'time that does not count; may be repeated'),
      collectSuspensions,
      [],
    )
    .option('--extend <amount:unit>', say('延长，可重复', 'an extension; may be repeated'), collectExtensions, [])
    .option('--travel <days>', say('在途天数', 'days in transit'))
    .option('--occurrence <number>', say('第几次（recurring）', 'which occurrence of a recurring term'))
    .option('--json', say('以 JSON 输出', 'answer in JSON'))
    .action((start: string, amount: string, unit: ClockUnit, options: Options) => {
      const rule: ClockRule = {
        kind: options.kind,
        unit,
        amount: readWhole(amount, 'amount'),
        basis: options.basis,
        ...(options.until === undefined ? {} : { until: readWhole(options.until, '--until') }),
        ...(options.countFirstDay === true ? { countFirstDay: true } : {}),
        ...(options.roll === undefined ? {} : { rollForward: options.roll }),
      };
      const more: ClockOptions = {
        suspensions: options.suspend,
        extensions: options.extend,
        ...(options.travel === undefined ? {} : { travelDays: readWhole(options.travel, '--travel') }),
        ...(options.occurrence === undefined ? {} : { occurrence: readWhole(options.occurrence, '--occurrence') }),
      };
      const calendar = createCalendar(holidayYears);
      const deadline = computeDeadline(rule, start, calendar, more);
      const lines = summarise(explainDeadline(rule, start, calendar, more));
      if (options.json) return terminal.out(`${JSON.stringify({ deadline, lines })}\n`);
      for (const { from, to, at, zh, en } of lines)
        terminal.out(`${at ?? (from === to ? from : `${from} … ${to}`)}  ${say(zh, en)}\n`);
      const opens = deadline.opensAt ?? deadline.opensOn;
      const due = deadline.dueAt ?? deadline.dueOn;
      if (opens !== null) terminal.out(`${say('最早可办', 'opens')}  ${opens}\n`);
      if (due !== null) terminal.out(`${say('期满', 'due')}  ${due}\n`);
      if (deadline.provisional !== false)
        terminal.err(
          `${say(
            `${deadline.provisional.years.join('、')} 年的放假安排尚未发布，结果是暂定的。`,
            `The holidays of ${deadline.provisional.years.join(', ')} are not announced yet; the result is provisional.`,
          )}\n`,
        );
    });
}

function collectSuspensions(text: string, collected: Suspension[]): Suspension[] {
  const [from, to, ...rest] = text.split('..');
  if (!from || !to || rest.length > 0)
    throw new UsageError('--suspend 应写成 起日..止日。', '--suspend is written FROM..TO.');
  return [...collected, { from, to, reason: '不计入' }];
}

function collectExtensions(text: string, collected: Extension[]): Extension[] {
  const [amount, unit] = text.split(':');
  const known = units.find((name) => name === unit);
  if (known === undefined)
    throw new UsageError(
      `--extend 应写成 数值:单位，单位为 ${units.join('、')}。`,
      `--extend is written AMOUNT:UNIT with a unit of ${units.join(', ')}.`,
    );
  return [...collected, { amount: readWhole(amount ?? '', '--extend'), unit: known, basis: '' }];
}
