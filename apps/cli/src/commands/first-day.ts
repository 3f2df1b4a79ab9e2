import { writeFileSync } from 'node:fs';
import { Problem } from '@hengjian/kernel';
import type { Command as Program } from 'commander';
import { appointFirstAdministrator } from '../../../server/src/organisation/administrator.ts';
import { invitationTable, invitePeople } from '../../../server/src/organisation/invitations.ts';
import { applyOffices, kindOf, type LineFault, type OfficeLine } from '../../../server/src/organisation/offices.ts';
import { applyRoster, rosterHeadings } from '../../../server/src/organisation/roster.ts';
import { readTable } from '../../../server/src/organisation/table.ts';
import type { Platform } from '../../../server/src/platform.ts';
import { resetPractice } from '../../../server/src/practice.ts';
import type { Context } from '../context.ts';
import { UsageError } from '../failure.ts';
import { findActor, type Who } from '../installation.ts';
import { readPassword } from '../password.ts';
import type { Terminal } from '../terminal.ts';
import { createAccount } from './keeping.ts';

/** `init`, `offices` and `roster`: from an empty database to an office that works. */
export function addFirstDayCommands(program: Program, context: Context): void {
  addInit(program, context);
  addOffices(program, context);
  addRoster(program, context);
  addPractice(program, context);
}

/** `practice`: a folder where nothing is real, begun anew. */
function addPractice(program: Program, { terminal, installation }: Context): void {
  const { say } = terminal;
  program
    .command('practice')
    .description(
      say(
        '清空练习环境（HENGJIAN_PRACTICE=1 的数据文件夹），重新开始；正式系统的文件夹一律拒绝',
        'begin practice anew: empties the folder of HENGJIAN_PRACTICE=1; refuses any that is no practice',
      ),
    )
    .requiredOption('--reset', say('清空并重新开始', 'empty it and begin anew'))
    .action(() => {
      const { folder } = installation.configuration();
      try {
        resetPractice(folder);
      } catch (error) {
        throw new Problem(409, 'no-practice', `${folder} 不是练习环境，没有删除任何内容。`, (error as Error).message);
      }
      terminal.out(`${say(`练习环境已清空：${folder}。`, `Practice begins anew in ${folder}.`)}\n`);
    });
}

const column = (required: boolean, ...called: string[]) => ({ called, required });
const officeHeadings = {
  code: column(true, '代码', '机关代码', 'code'),
  parent: column(true, '上级', '上级代码', '上级机关代码', 'parent'),
  kind: column(true, '类别', 'kind'),
  zh: column(true, '名称', '机关名称', 'name', 'zh'),
  en: column(true, '英文名称', 'english name', 'en'),
  short: column(true, '简称', '公文简称', 'short', 'short name'),
  region: column(true, '行政区划', '行政区划代码', 'region'),
  closedOn: column(false, '撤销日期', 'closed', 'closed on'),
};
interface InitOptions {
  offices?: string;
  administrator?: string;
  email?: string;
  office?: string;
}

function addInit(program: Program, { terminal, installation }: Context): void {
  const { say } = terminal;
  program
    .command('init')
    .description(
      say(
        '建立新系统：机关，以及第一位系统管理员和其密码；可以重复执行',
        'set up a new installation: its offices and the first system administrator with a password; may be repeated',
      ),
    )
    .option('--offices <file>', say('机关名单（CSV）', 'list of offices (CSV)'))
    .option('--administrator <name>', say('系统管理员姓名', 'name of the system administrator'))
    .option('--email <address>', say('系统管理员邮箱，用于登录', 'address under which the administrator signs in'))
    .option('--office <code>', say('任职机关（有几个最上级机关时）', 'office of the post, where several are topmost'))
    .action(async (options: InitOptions) => {
      if ((options.administrator === undefined) !== (options.email === undefined))
        throw new UsageError('--administrator 与 --email 须同时给出。', '--administrator and --email belong together.');
      if (options.offices === undefined && options.administrator === undefined)
        throw new UsageError(
          '请给出 --offices 名单，或 --administrator 和 --email。',
          'Give --offices FILE, or --administrator and --email.',
        );
      const platform = await installation.open({ create: true });
      try {
        if (options.offices !== undefined)
          await bringOffices(terminal, platform, options.offices, say('建立系统', 'Setting up'));
        if (options.administrator !== undefined && options.email !== undefined)
          await bringAdministrator(
            terminal,
            installation,
            platform,
            options.administrator,
            options.email,
            options.office,
          );
        await platform.settle();
      } finally {
        await platform.stop();
      }
      tellNext(terminal, installation.configuration().demonstration);
    });
}

async function bringAdministrator(
  terminal: Terminal,
  installation: Context['installation'],
  platform: Platform,
  name: string,
  email: string,
  office: string | undefined,
): Promise<void> {
  const { say } = terminal;
  const { person, appointed, office: at } = await appointFirstAdministrator(platform, { name, email, office });
  terminal.out(
    appointed
      ? `${say(`${name} 已任系统管理员（${at}）。`, `${name} is system administrator at ${at}.`)}\n`
      : `${say(`${name} 已是系统管理员，没有改动。`, `${name} is system administrator already; nothing was changed.`)}\n`,
  );
  const [account] = await platform.database.transaction('hengjian_machine', null, (tx) =>
    tx.query('select 1 from desk.sign_in_credential where user_id = $1', [person]),
  );
  if (account !== undefined) {
    terminal.out(`${say('登录账号已在，密码没有改动。', 'The account is there; its password was not changed.')}\n`);
    return;
  }
  await createAccount(installation, platform, person, email, await readPassword(terminal));
  terminal.out(`${say(`登录账号已建立：${email}。`, `The account ${email} is there.`)}\n`);
}

function tellNext({ err, say }: Terminal, demonstration: boolean): void {
  err(
    `${say(
      '下一步：hengjian roster 名单.csv --as 管理员邮箱，为其他人任职；安全管理员和审计管理员须另有其人。然后 npm start。',
      'Next: hengjian roster FILE.csv --as ADDRESS appoints the others; security and audit administrator are other people. Then npm start.',
    )}\n`,
  );
  if (demonstration)
    err(
      `${say(
        '注意：当前配置会以演示系统启动，正式使用请设 HENGJIAN_DEMONSTRATION=0。',
        'Mind: as configured it starts as a demonstration; set HENGJIAN_DEMONSTRATION=0.',
      )}\n`,
    );
}

function addOffices(program: Program, { terminal, installation }: Context): void {
  const { say } = terminal;
  program
    .command('offices <file>')
    .description(
      say(
        '按名单（CSV）增加、更名、调整或撤销机关；全部正确才写入，可以重复执行',
        'add, rename, move or close offices as a list (CSV) says; all lines or none, may be repeated',
      ),
    )
    .requiredOption('--reason <text>', say('依据，例如批准文号', 'why, the number of a decision say'))
    .action(async (file: string, { reason }: { reason: string }) => {
      const platform = await installation.open();
      try {
        await bringOffices(terminal, platform, file, reason);
      } finally {
        await platform.stop();
      }
    });
}

async function bringOffices(terminal: Terminal, platform: Platform, file: string, reason: string): Promise<void> {
  const lines = (await readTable(file, officeHeadings)).map(
    (line): OfficeLine => ({
      ...line,
      kind: kindOf(line.kind),
      parent: line.parent === '' ? null : line.parent,
      closedOn: line.closedOn === '' ? null : line.closedOn,
    }),
  );
  const { added, changed, closed, unchanged, faults } = await applyOffices(platform, lines, reason);
  tellFaults(terminal, faults);
  if (faults.length > 0)
    throw new Problem(
      422,
      'offices-refused',
      `名单有 ${faults.length} 处错误，没有写入任何内容。`,
      `The list has ${faults.length} faults; nothing was written.`,
    );
  await platform.refreshOffices();
  terminal.out(
    `${terminal.say(
      `机关：新增 ${added}，变更 ${changed}，撤销 ${closed}，未变 ${unchanged}。`,
      `Offices: ${added} added, ${changed} changed, ${closed} closed, ${unchanged} as they were.`,
    )}\n`,
  );
}

function addRoster(program: Program, { terminal, installation }: Context): void {
  const { say } = terminal;
  program
    .command('roster <file>')
    .description(
      say(
        '按名单（CSV）任职：姓名、邮箱、岗位、机关、起止日期、执法证；错误的行逐行报告，可以重复执行',
        'appoint people as a roster (CSV) says: name, e-mail, post, office, from, until, certificate; faults by line, may be repeated',
      ),
    )
    .requiredOption('--as <person>', say('以哪位系统管理员的身份', 'as which system administrator'))
    .option(
      '--links <file>',
      say(
        '为还没有账号的人各写一个一次性登录链接（七日内有效）到这个文件，由管理员分别转交本人',
        'write a one-time sign-in link (seven days) for each who has no account into this file, for the administrator to pass on',
      ),
    )
    .action(async (file: string, { links, ...who }: Who & { links?: string }) => {
      const lines = await readTable(file, rosterHeadings);
      const platform = await installation.open();
      try {
        const administrator = await findActor(platform, { ...who, role: 'system-administrator' });
        const { people, appointed, replaced, unchanged, faults } = await applyRoster(platform, administrator, lines);
        await platform.settle();
        if (links !== undefined) {
          const base = installation.configuration().baseUrl;
          const made = await invitePeople(platform, lines, base);
          writeFileSync(links, invitationTable(made), { mode: 0o600 });
          terminal.out(
            `${say(`一次性登录链接 ${made.length} 个，写入 ${links}。`, `${made.length} one-time links are in ${links}.`)}\n`,
          );
        }
        tellFaults(terminal, faults);
        terminal.out(
          `${say(
            `新登记 ${people} 人；任职 ${appointed} 项，更新 ${replaced} 项，未变 ${unchanged} 项，未办 ${faults.length} 行。`,
            `${people} people entered; ${appointed} posts given, ${replaced} given anew, ${unchanged} as they were, ${faults.length} lines refused.`,
          )}\n`,
        );
        if (faults.length > 0)
          throw new Problem(
            422,
            'lines-refused',
            `${faults.length} 行没有办理。`,
            `${faults.length} lines were refused.`,
          );
      } finally {
        await platform.stop();
      }
    });
}

function tellFaults({ err, say }: Terminal, faults: readonly LineFault[]): void {
  for (const { line, field, code, zh, en } of faults)
    err(`${say(`第 ${line} 行 ${field}：${zh}`, `line ${line} ${field}: ${en}`)} [${code}]\n`);
}
