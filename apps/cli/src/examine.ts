import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Calendar } from '@hengjian/calendar';
import { type Database, dayInChina, type MigrationFolder, type Register } from '@hengjian/kernel';
import { findDrift } from '@hengjian/reading';
import { readGauges } from '../../server/src/monitoring.ts';
import type { Finding } from './log-heads.ts';

/** What the doctor is shown. */
export interface Patient {
  database: Database;
  folder: string;
  register: Register;
  migrations: readonly MigrationFolder[];
  calendar: Calendar;
  now: Date;
}

const gigabyte = 1024 ** 3;
const ok = (zh: string, en: string): Finding => ({ ok: true, zh, en });
const bad = (zh: string, en: string): Finding => ({ ok: false, zh, en });
/** Nothing is broken, but somebody should know. */
const note = (zh: string, en: string): Finding => ({ ok: null, zh, en });

/** Looks at everything by which an installation can be ill; changes nothing. */
export async function examine(patient: Patient): Promise<Finding[]> {
  const migrations = await examineMigrations(patient);
  const findings = [migrations, await examineRole(patient)];
  // On tables of another release the further questions have no meaning.
  if (migrations.ok !== true) return findings;
  return [
    ...findings,
    ...(await examineDrift(patient)),
    ...(await examineWork(patient)),
    ...(await examineBodies(patient)),
    await examineJobs(patient),
    await examineFiles(patient),
    await examineSize(patient),
    examineKeys(patient),
    await examineDisk(patient),
    examineCalendar(patient),
  ];
}

/** Without a register of testing bodies nobody asks whether a laboratory may test what it is given: whoever runs it should know. */
async function examineBodies({ database }: Patient): Promise<Finding[]> {
  const [held] = await database.transaction('hengjian_machine', null, (tx) =>
    tx.query<{ tasks: boolean; bodies: boolean }>(
      `select exists (select from kernel.record where entity = 'sampling.task') as tasks,
         exists (select from kernel.record where entity = 'institutions.body') as bodies`,
    ),
  );
  return held?.tasks && !held.bodies
    ? [
        note(
          '检验检测机构名录为空：下达任务、签发报告时不核对资质认定能力范围。登记第一家机构后开始核对。',
          'The register of testing bodies is empty: no scope is checked when tasks are assigned or reports signed. Checking begins with the first body.',
        ),
      ]
    : [];
}

async function examineMigrations({ database, migrations }: Patient): Promise<Finding> {
  const applied = await database.asOwner(async (tx) => {
    const [table] = await tx.query<{ there: boolean }>(`select to_regclass('public.migration') is not null as there`);
    return table?.there === true
      ? tx.query<{ name: string; sha256: string }>('select name, sha256 from public.migration')
      : [];
  });
  const known = new Map(applied.map(({ name, sha256 }) => [name, sha256]));
  const missing: string[] = [];
  const changed: string[] = [];
  for (const { name: folder, path } of migrations)
    for (const file of readdirSync(path).filter((name) => name.endsWith('.sql'))) {
      const name = `${folder}/${file}`;
      const sha256 = createHash('sha256')
        .update(readFileSync(join(path, file)))
        .digest('hex');
      if (!known.has(name)) missing.push(name);
      else if (known.get(name) !== sha256) changed.push(name);
      known.delete(name);
    }
  const unknown = [...known.keys()];
  if (changed.length > 0)
    return bad(
      `已执行的数据库变更被改动过：${changed.join('、')}。`,
      `Migrations were changed after they had been applied: ${changed.join(', ')}.`,
    );
  if (unknown.length > 0)
    return bad(
      `数据库来自更新的版本，本版本不认识：${unknown.join('、')}。`,
      `The database belongs to a newer release; this one does not know ${unknown.join(', ')}.`,
    );
  if (missing.length > 0)
    return note(
      `启动服务器时将执行数据库变更：${missing.join('、')}。`,
      `The next start of the server applies ${missing.join(', ')}.`,
    );
  return ok(`数据库变更均已执行（${applied.length} 个）。`, `All ${applied.length} migrations are applied.`);
}

async function examineRole({ database }: Patient): Promise<Finding> {
  const role = 'hengjian_app';
  const [row] = await database.transaction(role, null, (tx) =>
    tx.query<{ name: string; unbound: boolean; visible: number }>(
      `select current_user as name, rolsuper or rolbypassrls as unbound,
         (select count(*) from kernel.record) + (select count(*) from kernel.event) as visible from pg_roles where rolname = current_user`,
    ),
  );
  if (row?.name === role && !row.unbound && Number(row.visible) === 0)
    return ok('行级安全有效：没有授权时看不到任何记录。', 'Row security holds: without a claim no record is visible.');
  return bad(
    '行级安全无效：没有授权也能看到记录。',
    'Row security does not hold: records are visible without a claim.',
  );
}

async function examineDrift({ register, database }: Patient): Promise<Finding[]> {
  const drift = await findDrift(register, database);
  if (drift.length === 0) return [ok('声明与数据库一致。', 'Declarations and database agree.')];
  return drift.map((text) => bad(`声明与数据库不一致：${text}`, `Declarations and database differ: ${text}`));
}

/** What should have been done by machines and was not. */
async function examineWork({ database, now }: Patient): Promise<Finding[]> {
  const [counts] = await database.transaction('hengjian_machine', null, (tx) =>
    tx.query<{
      unsealed: number;
      oldest: string | null;
      parked: number;
      overdue: number;
      heads: number;
      sealed: number;
      signed: number;
    }>(
      `select (select count(*) from kernel.event where number is null) as unsealed,
         (select min(recorded_at) from kernel.event where number is null) as oldest,
         (select count(*) from kernel.parked where resolved_at is null) as parked,
         (select count(*) from kernel.clock where status = 'running' and on_expiry is not null and (due_on < $1 or due_at < $2)) as overdue,
         (select coalesce(max(number) + 1, 0) from kernel.event) as sealed,
         (select coalesce(max(size), 0) from kernel.log_head) as signed`,
      [dayInChina(now), now.toISOString()],
    ),
  );
  const { unsealed, oldest, parked, overdue, sealed, signed } = counts!;
  const waiting = oldest === null ? 0 : (now.getTime() - Date.parse(oldest)) / 1000;
  return [
    Number(unsealed) === 0
      ? ok('所有事件均已入册。', 'Every event has its number.')
      : waiting > 60
        ? bad(
            `${unsealed} 个事件未入册，最早的已等待 ${Math.round(waiting)} 秒。`,
            `${unsealed} events wait for their number, the oldest for ${Math.round(waiting)} s.`,
          )
        : note(`${unsealed} 个事件正待入册。`, `${unsealed} events are about to get their number.`),
    Number(signed) >= Number(sealed)
      ? ok(`日志 ${sealed} 条均有签名树头。`, `All ${sealed} entries of the log are under a signed head.`)
      : note(
          `日志有 ${sealed} 条，签名树头只到 ${signed} 条。`,
          `The log has ${sealed} entries; its newest signed head has ${signed}.`,
        ),
    Number(parked) === 0
      ? ok('没有搁置的联动。', 'No consequence is parked.')
      : note(`${parked} 项联动被搁置，等待人工处理。`, `${parked} consequences are parked and wait for somebody.`),
    Number(overdue) === 0
      ? ok('没有到期未执行的时限。', 'No clock has run out without its action.')
      : note(
          `${overdue} 个时限已到期，其操作尚未执行；服务器运行时会执行。`,
          `${overdue} clocks have run out and their actions are not taken yet; a running server takes them.`,
        ),
  ];
}

async function examineJobs({ database, now }: Patient): Promise<Finding> {
  const { jobsLeft, jobsQueued, queueSeconds } = await readGauges(database, now);
  if (jobsLeft > 0)
    return note(
      `${jobsLeft} 项任务的进程已不在；服务器运行时会自动接着办。`,
      `${jobsLeft} jobs lost their process; a running server goes on with them.`,
    );
  if (queueSeconds > 600)
    return note(
      `${jobsQueued} 项任务排队，最早的已等 ${Math.round(queueSeconds / 60)} 分钟。`,
      `${jobsQueued} jobs wait, the oldest for ${Math.round(queueSeconds / 60)} minutes.`,
    );
  return ok('没有停下的任务。', 'No job stands still.');
}

async function examineFiles({ database, folder }: Patient): Promise<Finding> {
  const named = await database.asOwner((tx) =>
    tx.query<{ sha256: string }>(
      `select sha256 from kernel.document where template is null union select sha256 from desk.upload
       union select payload->>'sha256' from desk.job where state in ('queued', 'running') and payload ? 'sha256'`,
    ),
  );
  const missing = named.filter(
    ({ sha256 }) => !existsSync(join(folder, 'files', sha256.slice(0, 2), sha256.slice(2, 4), sha256)),
  );
  if (missing.length === 0)
    return ok(
      `材料引用的 ${named.length} 个文件都在。`,
      `All ${named.length} files that papers and uploads name are there.`,
    );
  return bad(
    `${missing.length} 个文件丢失，例如 ${missing[0]!.sha256}。`,
    `${missing.length} files are missing, ${missing[0]!.sha256} for one.`,
  );
}

async function examineSize({ database, folder }: Patient): Promise<Finding> {
  const [row] = await database.asOwner((tx) =>
    tx.query<{ size: string }>('select pg_database_size(current_database())::text as size'),
  );
  const size = Number(row!.size);
  const written = `${(size / gigabyte).toFixed(2)} GB`;
  if (database.kind === 'pglite' && size > gigabyte)
    return note(
      `内嵌数据库已有 ${written}，超过 1 GB 请改用 PostgreSQL（backup，再以 DATABASE_URL 执行 restore）。`,
      `The embedded database in ${folder} has ${written}; beyond 1 GB move to PostgreSQL (backup, then restore with DATABASE_URL).`,
    );
  return ok(`数据库大小 ${written}。`, `The database has ${written}.`);
}

function examineKeys({ folder }: Patient): Finding {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => /^log\.key$|\.secret$/.test(name)) : [];
  const open = names.filter((name) => (statSync(join(folder, name)).mode & 0o077) !== 0);
  if (open.length > 0)
    return bad(
      `密钥文件可被他人读取：${open.join('、')}。请执行 chmod 600。`,
      `Key files can be read by others: ${open.join(', ')}. Use chmod 600.`,
    );
  if (!names.includes('log.key'))
    return note('还没有日志密钥，首次启动时生成。', 'There is no key of the log yet; the first start makes one.');
  return ok(
    `密钥文件仅所有者可读（${names.join('、')}）。`,
    `Key files are readable by their owner alone (${names.join(', ')}).`,
  );
}

async function examineDisk({ folder }: Patient): Promise<Finding> {
  const { bavail, bsize, blocks } = await statfs(folder);
  const free = bavail * bsize;
  const written = `${(free / gigabyte).toFixed(1)} GB`;
  if (free < gigabyte) return bad(`磁盘只剩 ${written}。`, `The disk has only ${written} left.`);
  if (bavail < blocks / 10)
    return note(`磁盘剩余不到一成：${written}。`, `Less than a tenth of the disk is free: ${written}.`);
  return ok(`磁盘剩余 ${written}。`, `The disk has ${written} left.`);
}

/** Clocks of some months reach into the next year, whose holidays are announced in November. */
function examineCalendar({ calendar, now }: Patient): Finding {
  const today = dayInChina(now);
  const year = Number(today.slice(0, 4));
  if (!calendar.covers(year))
    return bad(
      `没有 ${year} 年的放假安排，期限按周一至周五暂算。`,
      `The holidays of ${year} are not known; terms are counted Monday to Friday.`,
    );
  if (!calendar.covers(year + 1) && today.slice(5) >= '11-15')
    return note(
      `尚无 ${year + 1} 年的放假安排，跨年期限是暂定的。`,
      `The holidays of ${year + 1} are not known yet; terms that reach into it are provisional.`,
    );
  return ok(
    `放假安排已知至 ${calendar.covers(year + 1) ? year + 1 : year} 年。`,
    `Holidays are known to the end of ${calendar.covers(year + 1) ? year + 1 : year}.`,
  );
}
