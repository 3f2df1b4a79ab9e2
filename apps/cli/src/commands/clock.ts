import type { Command as Program } from 'commander';
import { Argument, Option } from 'commander';
import type { Context } from '../context.ts';
import { reckon } from './reckon.ts';

const units = ['hour', 'working-day', 'day', 'month', 'year'];

interface Options {
  kind: string;
  until?: string;
  basis: string;
  countFirstDay?: boolean;
  roll?: string;
  suspend: string[];
  extend: string[];
  travel?: string;
  occurrence?: string;
  json?: boolean;
}

const collect = (text: string, collected: string[]): string[] => [...collected, text];

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
      collect,
      [],
    )
    .option('--extend <amount:unit>', say('延长，可重复', 'an extension; may be repeated'), collect, [])
    .option('--travel <days>', say('在途天数', 'days in transit'))
    .option('--occurrence <number>', say('第几次（recurring）', 'which occurrence of a recurring term'))
    .option('--json', say('以 JSON 输出', 'answer in JSON'))
    .action((start: string, amount: string, unit: string, options: Options) =>
      reckon(terminal, {
        tool: 'clock',
        by: 'term',
        written: {
          start,
          amount,
          unit,
          kind: options.kind,
          until: options.until,
          basis: options.basis,
          roll: options.roll,
          first: options.countFirstDay === true ? 'counted' : 'excluded',
          suspend: options.suspend.join('\n'),
          extend: options.extend.join('\n'),
          travel: options.travel,
          occurrence: options.occurrence,
        },
        options: {
          amount: 'amount',
          until: '--until',
          suspend: '--suspend',
          extend: '--extend',
          travel: '--travel',
          occurrence: '--occurrence',
        },
        json: options.json ?? false,
      }),
    );
}
