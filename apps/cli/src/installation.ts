import { existsSync, readdirSync } from 'node:fs';
import {
  type Actor,
  actorOf,
  type Database,
  dayInChina,
  grantsOf,
  type Kernel,
  openEmbedded,
  openPostgres,
  Problem,
} from '@hengjian/kernel';
import { logName } from '../../server/src/backup/index.ts';
import { type Configuration, readConfiguration } from '../../server/src/config.ts';
import type { Platform } from '../../server/src/platform.ts';
import { enterPractice } from '../../server/src/practice.ts';
import { UsageError } from './failure.ts';
import type { Terminal } from './terminal.ts';

/** What the commands need of an installation; tests put a small one in its place. */
export interface Installation {
  /** @throws UsageError when the environment is not a configuration */
  configuration(): Configuration;
  /** The whole platform, brought up to date by its migrations; `create` makes one where there is none. */
  open(options?: { now?: () => Date; create?: boolean }): Promise<Platform>;
  /** The database as it is: nothing is migrated, nothing started. */
  openDatabase(): Promise<OpenDatabase>;
}

export interface OpenDatabase {
  database: Database;
  folder: string;
  logName: string;
  /** What names this installation among others: its folder, or its PostgreSQL without the password. */
  source: string;
  close(): Promise<void>;
}

/** The installation that HENGJIAN_DATA and DATABASE_URL name. The platform is loaded when it is needed, not before. */
export function installationOf(terminal: Terminal): Installation {
  const configuration = (): Configuration => {
    try {
      return readConfiguration(terminal.env);
    } catch (error) {
      throw new UsageError(
        (error as Error).message.replace('The configuration is wrong:', '配置有误：'),
        (error as Error).message,
      );
    }
  };
  return {
    configuration,
    async open(options = {}) {
      const { folder, databaseUrl, practice, identityKeys } = configuration();
      if (databaseUrl === undefined) keepApart(folder, practice);
      if (options.create !== true) requireInstallation(folder, databaseUrl);
      const { openPlatform } = await import('../../server/src/platform.ts');
      return openPlatform({
        folder,
        databaseUrl,
        identityKeys,
        ...(options.now === undefined ? {} : { now: options.now }),
      });
    },
    async openDatabase() {
      const { folder, databaseUrl } = configuration();
      requireInstallation(folder, databaseUrl);
      const database =
        databaseUrl === undefined ? await openEmbedded({ folder }) : await openPostgres({ url: databaseUrl });
      return { database, folder, logName, source: sourceOf(folder, databaseUrl), close: () => database.close() };
    },
  };
}

/** @throws Problem 409 `practice-and-earnest` when the folder is the one and the environment says the other */
function keepApart(folder: string, practice: boolean): void {
  try {
    enterPractice(folder, practice);
  } catch (error) {
    throw new Problem(
      409,
      'practice-and-earnest',
      practice
        ? `${folder} 不是练习环境。`
        : `${folder} 是练习环境，请设 HENGJIAN_PRACTICE=1，或者用 HENGJIAN_DATA 指定正式系统。`,
      (error as Error).message,
    );
  }
}

function sourceOf(folder: string, databaseUrl: string | undefined): string {
  if (databaseUrl === undefined) return folder;
  const { host, pathname } = new URL(databaseUrl);
  return `postgresql://${host}${pathname}`;
}

/** @throws Problem 404 `no-installation` */
export function requireInstallation(folder: string, databaseUrl: string | undefined): void {
  if (databaseUrl !== undefined || (existsSync(folder) && readdirSync(folder).includes('pg'))) return;
  throw new Problem(
    404,
    'no-installation',
    `文件夹 ${folder} 中没有衡鉴的数据。请用 HENGJIAN_DATA 指定数据文件夹，或用 DATABASE_URL 指定 PostgreSQL。`,
    `There is no installation in ${folder}. Name its folder by HENGJIAN_DATA, or its PostgreSQL by DATABASE_URL.`,
  );
}

/** Who acts: `--as`, and the post where the person holds several. */
export interface Who {
  as?: string;
  role?: string;
  office?: string;
}

/**
 * The person named by id, e-mail address or, where only one has it, full name, under the one grant that fits.
 * @throws UsageError when nobody is named; Problem 404 `no-such-person`, 403 `no-grant`, 409 `several-grants` or `several-people`
 */
export async function findActor(kernel: Kernel, who: Who): Promise<Actor> {
  if (who.as === undefined)
    throw new UsageError(
      '请用 --as 指明以谁的身份操作（人员编号或邮箱）。',
      'Say with --as as whom you act: the id of a person or an e-mail address.',
    );
  const { id, name } = await findPerson(kernel.database, who.as);
  const held = await grantsOf(kernel.database, id, dayInChina(kernel.now()));
  const fitting = held.filter(
    ({ role, office }) =>
      (who.role === undefined || who.role === role) && (who.office === undefined || who.office === office),
  );
  const [grant, ...others] = fitting;
  if (grant === undefined) throw noGrant(name);
  if (others.length > 0) throw severalGrants(name, fitting);
  return actorOf(kernel, grant);
}

async function findPerson(database: Database, text: string): Promise<{ id: string; name: string }> {
  const rows = await database.transaction('hengjian_machine', null, (tx) =>
    tx.query<{ id: string; name: string }>(
      `select distinct p.id, p.name from kernel.person p left join desk.sign_in_user u on u.id = p.id
       where p.kind = 'person' and (p.id::text = lower($1) or lower(p.email) = lower($1) or u.email = lower($1) or p.name = $1)`,
      [text],
    ),
  );
  const [person, ...others] = rows;
  if (person === undefined)
    throw new Problem(404, 'no-such-person', `没有这个人员：${text}。`, `There is no such person: ${text}.`);
  if (others.length > 0)
    throw new Problem(
      409,
      'several-people',
      `有 ${rows.length} 人叫“${text}”，请给出人员编号：${rows.map(({ id }) => id).join('、')}。`,
      `${rows.length} people are called ${text}; give the id: ${rows.map(({ id }) => id).join(', ')}.`,
    );
  return person;
}

export function noGrant(name: string): Problem {
  return new Problem(
    403,
    'no-grant',
    `${name}今天没有这样的岗位或授权。`,
    `${name} holds no such post or grant today.`,
  );
}

export function severalGrants(name: string, grants: readonly { role: string; office: string | null }[]): Problem {
  const list = grants.map(({ role, office }) => `--role ${role} --office ${office ?? ''}`).join('; ');
  return new Problem(
    409,
    'several-grants',
    `${name}有多个岗位，请指明其中一个：${list}。`,
    `${name} holds several posts; name one of them: ${list}.`,
  );
}
