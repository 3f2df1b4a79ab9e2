import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Problem } from '@hengjian/kernel';
import { type DrawStepName, type LogKey, logKeyOf, verifyDraw } from '@hengjian/transparency/verification';
import type { Command as Program } from 'commander';
import { logName, readLogKey, recomputeLog } from '../../../server/src/backup/index.ts';
import type { Context } from '../context.ts';
import { UsageError } from '../failure.ts';
import { checkSignature, compareHeads, type Finding, localProver, type Prover, remoteProver } from '../log-heads.ts';
import { createProgress } from '../progress.ts';
import { readRemembered, remember } from '../remembered-heads.ts';
import { createRemote } from '../remote-workplace.ts';
import { mark, type Terminal } from '../terminal.ts';

/** `verify-draw` and `verify-log`: checks that need no trust in whoever runs the platform. */
export function addVerifyCommands(program: Program, context: Context): void {
  addVerifyDraw(program, context);
  addVerifyLog(program, context);
}

const stepNames: Record<DrawStepName, [zh: string, en: string]> = {
  format: ['文件格式', 'Format'],
  frame: ['抽样框', 'Frame'],
  'frame-root': ['抽样框根哈希', 'Root of the frame'],
  commitment: ['事先承诺', 'Commitment'],
  publication: ['公开日志', 'Public log'],
  beacon: ['公共随机数', 'Beacon'],
  'beacon-time': ['随机数时间', 'Time of the beacon'],
  secrets: ['各方秘密', 'Secrets'],
  selection: ['抽取结果', 'Selection'],
  reserves: ['备样', 'Reserves'],
  'opened-leaves': ['已公开单元', 'Opened leaves'],
  'opened-reserves': ['备样启用顺序', 'Order of reserves'],
  samplers: ['抽样人员', 'Samplers'],
  exclusions: ['回避名单', 'Exclusions'],
  recusal: ['回避', 'Recusal'],
  pairing: ['人员搭配', 'Pairing'],
};

function addVerifyDraw(program: Program, { terminal, installation }: Context): void {
  const { say } = terminal;
  program
    .command('verify-draw <bundle>')
    .description(say('逐步核验一次抽取的公开文件', 'verify the published file of a draw step by step'))
    .option(
      '--log-key <name=hex>',
      say('公开日志的公钥，可重复', 'public key of the log; may be repeated'),
      (text: string, keys: LogKey[]) => [...keys, readKey(text)],
      [],
    )
    .option('--server <url>', say('从这个服务器取公钥', 'take the key from this server'))
    .option('--json', say('以 JSON 输出', 'answer in JSON'))
    .action(async (file: string, options: { logKey: LogKey[]; server?: string; json?: boolean }) => {
      let bundle: unknown;
      try {
        bundle = JSON.parse(readFileSync(file, 'utf8'));
      } catch (cause) {
        if ((cause as { code?: string }).code === 'ENOENT') throw cause;
        throw new Problem(422, 'not-json', `文件 ${file} 不是 JSON。`, `The file ${file} is not JSON.`);
      }
      const hash = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
      const profile = (bundle as { commitment?: { hash?: string } } | null)?.commitment?.hash;
      const logKeys = options.logKey.length > 0 ? options.logKey : await keyAtHand(installation, options.server);
      const verdict = verifyDraw(bundle, { logKeys, ...(profile === 'sha256' ? { hash } : {}) });
      if (options.json) terminal.out(`${JSON.stringify(verdict)}\n`);
      else
        for (const { name, ok, detail } of verdict.steps)
          terminal.out(`${mark(ok)} ${say(...stepNames[name])}: ${terminal.label(detail)}\n`);
      if (!verdict.ok) throw new Problem(422, 'draw-not-verified', '核验未通过。', 'The draw does not verify.');
      terminal.err(`${say('核验通过。', 'The draw verifies.')}\n`);
    });
}

/** The key of the log that a server states, or of the installation in the data folder, where there is one. */
async function keyAtHand(installation: Context['installation'], server: string | undefined): Promise<LogKey[]> {
  if (server !== undefined) return [(await createRemote(server).get<{ key: LogKey }>('/api/public/log/head')).key];
  const secret = await readLogKey(installation.configuration().folder);
  return secret === null ? [] : [logKeyOf(logName, secret)];
}

function readKey(text: string): LogKey {
  const [, name, publicKey] = /^([^=\s+]+)=([0-9a-f]{64})$/.exec(text) ?? [];
  if (name === undefined || publicKey === undefined)
    throw new UsageError('公钥应写成 名称=64位十六进制。', 'A key is written NAME=64 hexadecimal digits.');
  return { name, publicKey };
}

interface VerifyLogOptions {
  server?: string;
  key?: string;
  state?: string;
  contents: boolean;
  json?: boolean;
}

function addVerifyLog(program: Program, context: Context): void {
  const { terminal } = context;
  const { say } = terminal;
  program
    .command('verify-log')
    .description(
      say(
        '核验公开日志：签名、与上次所见一致、由各条重算',
        'verify the log: signature, consistency with what was seen before, recomputation',
      ),
    )
    .option('--server <url>', say('核验服务器公开的日志', 'the log that a server publishes'))
    .option(
      '--key <name=hex>',
      say('日志公钥，从服务器以外取得', 'public key of the log, from another source than the server'),
    )
    .option('--state <file>', say('记住所见树头的文件', 'file in which the head seen is remembered'))
    .option('--no-contents', say('不核对各条事件的内容', 'without hashing the content of every event'))
    .option('--json', say('以 JSON 输出', 'answer in JSON'))
    .action(async (options: VerifyLogOptions) => {
      const findings =
        options.server === undefined
          ? await verifyLocal(context, options)
          : await verifyRemote(context, options, options.server);
      tellFindings(terminal, findings, options.json === true);
    });
}

async function verifyRemote({ terminal }: Context, options: VerifyLogOptions, server: string): Promise<Finding[]> {
  const remembered = readRemembered(terminal.env, options.state, server);
  const remote = createRemote(server);
  const { note, key: stated } = await remote.get<{ note: string; key: LogKey }>('/api/public/log/head');
  const known = options.key === undefined ? remembered?.key : readKey(options.key);
  const findings = await judge(terminal, options, {
    source: server,
    key: known ?? stated,
    note,
    prover: remoteProver(remote),
    remembered: remembered?.note ?? null,
  });
  if (known !== undefined) return findings;
  const told = `${stated.name}=${stated.publicKey}`;
  return [
    {
      ok: null,
      zh: `公钥 ${told} 取自服务器本身，今后以此为准；请与从别处得到的公钥核对。`,
      en: `The key ${told} was taken from the server itself and is held to from now on; compare it with the key from another source.`,
    },
    ...findings,
  ];
}

async function verifyLocal({ terminal, installation }: Context, options: VerifyLogOptions): Promise<Finding[]> {
  const opened = await installation.openDatabase();
  const progress = createProgress(terminal);
  try {
    const { database, folder, logName } = opened;
    const secret = await readLogKey(folder);
    const key =
      options.key === undefined ? (secret === null ? undefined : logKeyOf(logName, secret)) : readKey(options.key);
    if (key === undefined)
      throw new Problem(404, 'no-log-key', `文件夹 ${folder} 中没有 log.key。`, `There is no log.key in ${folder}.`);
    const log = await database.asOwner((tx) =>
      recomputeLog(tx, {
        contents: options.contents,
        onProgress: (done) => progress.show(terminal.say('已重算', 'recomputed'), done, null),
      }),
    );
    progress.end();
    const recomputed: Finding[] =
      log.faults.length === 0
        ? [
            {
              ok: true,
              zh: `由 ${log.size} 条重算：编号连续，节点和 ${log.heads} 个树头一致${log.contents === null ? '' : '，各条内容未被改动'}。`,
              en: `Recomputed from ${log.size} entries: no gap, nodes and ${log.heads} heads agree${log.contents === null ? '' : ', no content was changed'}.`,
            },
          ]
        : log.faults.map(({ zh, en }) => ({ ok: false, zh, en }));
    if (log.newest === null)
      return [{ ok: null, zh: '日志还没有签名的树头。', en: 'The log has no signed head yet.' }, ...recomputed];
    const source = opened.source;
    const remembered = readRemembered(terminal.env, options.state, source)?.note ?? null;
    const signed = await judge(terminal, options, {
      source,
      key,
      note: log.newest.note,
      prover: localProver(database),
      remembered,
      sound: log.faults.length === 0,
    });
    return [
      ...signed,
      ...recomputed,
      {
        ok: null,
        zh: `日志公钥：${key.name}=${key.publicKey}`,
        en: `Public key of the log: ${key.name}=${key.publicKey}`,
      },
    ];
  } finally {
    await opened.close();
  }
}

interface Judged {
  source: string;
  key: LogKey;
  note: string;
  prover: Prover;
  remembered: string | null;
  sound?: boolean;
}

/** Signature and history of a head; it is remembered only when nothing speaks against it. */
async function judge(terminal: Terminal, options: VerifyLogOptions, judged: Judged): Promise<Finding[]> {
  const { head, finding } = checkSignature(judged.note, judged.key);
  if (head === null) return [finding];
  const findings = [finding, await compareHeads(judged.remembered, head, judged.key, judged.prover)];
  if (judged.sound !== false && findings.every(({ ok }) => ok !== false))
    remember(terminal.env, options.state, judged.source, { key: judged.key, note: judged.note });
  return findings;
}

function tellFindings(terminal: Terminal, findings: readonly Finding[], json: boolean): void {
  if (json) terminal.out(`${JSON.stringify(findings)}\n`);
  else for (const finding of findings) terminal.out(`${mark(finding.ok)} ${terminal.label(finding)}\n`);
  if (findings.some(({ ok }) => ok === false))
    throw new Problem(422, 'log-not-verified', '日志核验未通过。', 'The log does not verify.');
}
