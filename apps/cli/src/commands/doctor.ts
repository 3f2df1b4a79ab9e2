import { createCalendar } from '@hengjian/calendar';
import { Problem } from '@hengjian/kernel';
import type { Command as Program } from 'commander';
import { holidayYears } from '../../../../data/holidays/index.ts';
import { carelessness, unknownVariables } from '../../../server/src/config.ts';
import type { Context } from '../context.ts';
import { examine } from '../examine.ts';
import type { Finding } from '../log-heads.ts';

/** `doctor`: what is wrong with an installation, and what will be. */
export function addDoctorCommand(program: Program, { terminal, installation }: Context): void {
  const { say } = terminal;
  program
    .command('doctor')
    .description(
      say(
        '检查系统的配置、数据库、日志、时限、密钥和磁盘',
        'examine configuration, database, log, clocks, keys and disk',
      ),
    )
    .option('--json', say('以 JSON 输出', 'answer in JSON'))
    .action(async (options: { json?: boolean }) => {
      const { folder, databaseUrl, demonstration } = installation.configuration();
      const { declareAll, migrationFolders } = await import('../../../server/src/platform.ts');
      const opened = await installation.openDatabase();
      const findings: Finding[] = [
        {
          ok: databaseUrl !== undefined && demonstration ? null : true,
          zh: `配置有效：${opened.source}${demonstration ? '，允许演示登录' : ''}。`,
          en: `The configuration is valid: ${opened.source}${demonstration ? ', sign-in of the demonstration allowed' : ''}.`,
        },
      ];
      for (const { zh, en } of carelessness(installation.configuration())) findings.push({ ok: null, zh, en });
      for (const name of unknownVariables(terminal.env))
        findings.push({
          ok: null,
          zh: `没有变量 ${name}，是否写错？`,
          en: `${name} is no variable of the platform; is it misspelt?`,
        });
      try {
        findings.push(
          ...(await examine({
            database: opened.database,
            folder,
            register: declareAll(),
            migrations: migrationFolders,
            calendar: createCalendar(holidayYears),
            now: new Date(),
          })),
        );
      } finally {
        await opened.close();
      }
      if (options.json) terminal.out(`${JSON.stringify(findings)}\n`);
      else
        for (const finding of findings)
          terminal.out(`${{ true: '✓', false: '✗', null: '!' }[`${finding.ok}`]} ${terminal.label(finding)}\n`);
      const faults = findings.filter(({ ok }) => ok === false).length;
      if (faults > 0) throw new Problem(422, 'faults-found', `发现 ${faults} 处故障。`, `${faults} faults were found.`);
    });
}
