import { readFileSync } from 'node:fs';
import { Problem } from '@hengjian/kernel';
import { Option, type Command as Program } from 'commander';
import {
  inspectArchive,
  logName,
  type Progress,
  restoreBackup,
  writeBackup,
} from '../../../server/src/backup/index.ts';
import type { ShowProgress } from '../../../server/src/demonstration/volume.ts';
import type { Platform } from '../../../server/src/platform.ts';
import type { Context } from '../context.ts';
import { UsageError } from '../failure.ts';
import { readPassword } from '../password.ts';
import { createProgress } from '../progress.ts';
import type { Terminal } from '../terminal.ts';

/** `backup`, `restore`, `seed` and `account`: for whoever runs an installation. */
export function addKeepingCommands(program: Program, context: Context): void {
  addBackup(program, context);
  addRestore(program, context);
  addSeed(program, context);
  addAccount(program, context);
}

function addBackup(program: Program, { terminal, installation }: Context): void {
  const { say } = terminal;
  program
    .command('backup <file>')
    .description(say('把整个系统备份到一个文件', 'write the whole installation into one file'))
    .action(async (file: string) => {
      const opened = await installation.openDatabase();
      const { database, folder } = opened;
      const progress = createProgress(terminal);
      const started = performance.now();
      try {
        const { rows, files, log } = await writeBackup({
          database,
          folder,
          logName: opened.logName,
          file,
          onProgress: (step) => progress.show(stageOf(terminal, step), step.done, step.total),
        });
        progress.end();
        const total = Object.values(rows).reduce((sum, count) => sum + count, 0);
        terminal.out(
          `${say(
            `已备份 ${total} 行、${files.count} 个文件；日志 ${log.sealed} 条，另有 ${log.unsealed} 条尚未入册；用时 ${seconds(started)} 秒。`,
            `${total} rows and ${files.count} files in ${seconds(started)} s; the log has ${log.sealed} entries, ${log.unsealed} more wait for their number.`,
          )}\n`,
        );
        terminal.err(
          `${say(
            `密钥不在备份中，请另行保管：${folder} 中的 log.key 和 *.secret。`,
            `Keys are not in the backup; keep them apart from it: log.key and *.secret in ${folder}.`,
          )}\n`,
        );
        if (files.missing > 0)
          throw new Problem(
            422,
            'files-missing',
            `备份已完成，但有 ${files.missing} 个文件在系统中已丢失或损坏。`,
            `The backup is complete, but ${files.missing} files are missing or damaged in the installation.`,
          );
      } finally {
        await opened.close();
      }
    });
}

function addRestore(program: Program, { terminal, installation }: Context): void {
  const { say } = terminal;
  program
    .command('restore <file>')
    .description(
      say(
        '从备份恢复到空的 HENGJIAN_DATA（或空的 DATABASE_URL）',
        'restore into an empty HENGJIAN_DATA (or an empty DATABASE_URL)',
      ),
    )
    .option(
      '--last-head <file>',
      say('所知最新的日志树头，用来声明丢失了什么', 'newest tree head known, to state what is lost'),
    )
    .option('--check', say('只检查备份是否完好，不恢复', 'only see whether the archive is whole; restore nothing'))
    .option('--new-key', say('日志密钥已丢失，改用新密钥', 'the key of the log is lost: go on under a new one'))
    .action(async (file: string, options: { lastHead?: string; newKey?: boolean; check?: boolean }) => {
      if (options.check === true) return checkArchive(terminal, file);
      const { folder, databaseUrl } = installation.configuration();
      const { migrationFolders } = await import('../../../server/src/platform.ts');
      const progress = createProgress(terminal);
      const started = performance.now();
      const restored = await restoreBackup({
        file,
        folder,
        databaseUrl,
        migrations: migrationFolders,
        logName,
        lastHead: options.lastHead === undefined ? undefined : readNote(options.lastHead),
        newKey: options.newKey === true,
        onProgress: (step) => progress.show(stageOf(terminal, step), step.done, step.total),
      }).finally(() => progress.end());
      const { rows, files, log, epoch, missingFiles } = restored;
      terminal.out(
        `${say(
          `已恢复 ${rows} 行、${files} 个文件，用时 ${seconds(started)} 秒。日志 ${log.size} 条，由各条重算的根与签名一致。`,
          `${rows} rows and ${files} files restored in ${seconds(started)} s. The log has ${log.size} entries; the root computed from them is the one that was signed.`,
        )}\n`,
      );
      if (epoch !== null)
        terminal.out(
          `${
            epoch.last > epoch.kept
              ? say(
                  `日志开启第 ${epoch.epoch} 期，声明：曾有 ${epoch.last} 条，保留 ${epoch.kept} 条，丢失 ${epoch.last - epoch.kept} 条。`,
                  `The log opens epoch ${epoch.epoch}, which states: ${epoch.last} entries there were, ${epoch.kept} are kept, ${epoch.last - epoch.kept} are lost.`,
                )
              : say(
                  `日志开启第 ${epoch.epoch} 期，所知各条均已保留。`,
                  `The log opens epoch ${epoch.epoch}; every entry known is kept.`,
                )
          }\n`,
        );
      if (missingFiles > 0)
        terminal.err(
          `${say(`备份时已有 ${missingFiles} 个文件缺失。`, `${missingFiles} files were missing when the backup was made.`)}\n`,
        );
    });
}

async function checkArchive(terminal: Terminal, file: string): Promise<void> {
  const progress = createProgress(terminal);
  const { header, manifest } = await inspectArchive(file, (step) =>
    progress.show(stageOf(terminal, step), step.done, null),
  ).finally(() => progress.end());
  const rows = Object.values(manifest.rows).reduce((sum, count) => sum + count, 0);
  const { count } = manifest.files;
  const { sealed } = manifest.log;
  terminal.out(
    `${terminal.say(
      `备份完好：${header.createdAt}，${rows} 行，${count} 个文件，日志 ${sealed} 条。`,
      `The archive is whole: ${header.createdAt}, ${rows} rows, ${count} files, ${sealed} entries of the log.`,
    )}\n`,
  );
}

/** A tree head as it was published: the note itself, or the answer of the server's address for it. */
function readNote(file: string): string {
  const text = readFileSync(file, 'utf8');
  if (!text.startsWith('{')) return text;
  try {
    const { note } = JSON.parse(text) as { note?: unknown };
    if (typeof note === 'string') return note;
  } catch {
    // Told below like every other file that holds no note
  }
  throw new UsageError(`文件 ${file} 不是日志树头。`, `The file ${file} holds no tree head.`);
}

function stageOf({ say }: Terminal, { stage }: Progress): string {
  return {
    checking: say('校验备份', 'checking the archive'),
    rows: say('数据行', 'rows'),
    files: say('文件', 'files'),
    log: say('重算日志', 'recomputing the log'),
  }[stage];
}

const seconds = (started: number): string => ((performance.now() - started) / 1000).toFixed(1);

function addSeed(program: Program, { terminal, installation }: Context): void {
  const { say } = terminal;
  program
    .command('seed')
    .description(say('在空的系统中建立演示省份', 'fill an empty installation with the demonstration province'))
    .addOption(
      new Option(
        '--scale <size>',
        say(
          '另加往年资料：hunan 为 60 万主体、50 万抽样、45 万委托检验；county 为其百分之一',
          'with years before it: hunan is 600,000 entities, 500,000 samplings, 450,000 commissioned tests; county a hundredth',
        ),
      ).choices(['hunan', 'county']),
    )
    .option('--force', say('在内嵌数据库上也按全省规模建立', 'on the embedded database, too, whatever it takes'))
    .action(async ({ scale, force }: { scale?: 'hunan' | 'county'; force?: boolean }) => {
      if (scale === 'hunan' && force !== true && installation.configuration().databaseUrl === undefined)
        throw new Problem(
          409,
          'needs-postgresql',
          '全省规模的资料请建在 PostgreSQL 上（设 DATABASE_URL）；内嵌数据库只适合约 1 GB。确要建立的，加 --force。',
          'A whole province belongs on PostgreSQL (DATABASE_URL); the embedded database is for about 1 GB. Insist with --force.',
        );
      let clock: (() => Date) | undefined;
      const started = performance.now();
      const platform = await installation.open({ create: true, now: () => clock?.() ?? new Date() });
      try {
        if (platform.offices.size > 0)
          throw new Problem(
            409,
            'not-empty',
            '系统中已有机关，演示数据只能建在空的系统里。',
            'There are offices already; the demonstration goes into an empty installation only.',
          );
        const [{ seedDemonstration }, { volumes }] = await Promise.all([
          import('../../../server/src/demonstration/seed.ts'),
          import('../../../server/src/demonstration/volume.ts'),
        ]);
        const progress = createProgress(terminal);
        const show: ShowProgress = ({ zh, en }, done, total) => progress.show(say(zh, en), done, total);
        await seedDemonstration(platform, {
          ...(scale === undefined ? {} : { history: { volume: volumes[scale], show } }),
          say: (line) => {
            progress.end();
            terminal.err(`${seconds(started).padStart(6)} s  ${line}\n`);
          },
          setClock: (next) => {
            clock = next;
          },
        });
        await platform.settle();
        terminal.out(
          `${say(`演示省份已建立，用时 ${seconds(started)} 秒。`, `The demonstration province is there after ${seconds(started)} s.`)}\n`,
        );
      } finally {
        await platform.stop();
      }
    });
}

function addAccount(program: Program, { terminal, installation }: Context): void {
  const { say } = terminal;
  program
    .command('account <person> <email>')
    .description(
      say(
        '为人员建立登录账号；密码取自 HENGJIAN_NEW_PASSWORD 或标准输入',
        'give a person an account; the password comes from HENGJIAN_NEW_PASSWORD or standard input',
      ),
    )
    .action(async (person: string, email: string) => {
      const password = await readPassword(terminal);
      const platform = await installation.open();
      try {
        await createAccount(installation, platform, person, email, password);
        terminal.out(`${say(`账号已建立：${email}。`, `The account ${email} is there.`)}\n`);
      } finally {
        await platform.stop();
      }
    });
}

/** Gives a person an account on an installation that is open. */
export async function createAccount(
  installation: Context['installation'],
  platform: Platform,
  person: string,
  email: string,
  password: string,
): Promise<void> {
  const { baseUrl, demonstration, folder } = installation.configuration();
  const [{ createSignIn }, { secretOf }] = await Promise.all([
    import('../../../server/src/sign-in/index.ts'),
    import('../../../server/src/platform.ts'),
  ]);
  const signIn = await createSignIn({
    database: platform.database,
    secret: secretOf(folder, 'session'),
    baseUrl,
    demonstration,
    demonstrationPeople: async () => [],
    secureCookies: baseUrl.startsWith('https:'),
  });
  await signIn.createAccount(person, email, password);
}
