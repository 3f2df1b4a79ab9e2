/**
 * The child process of the chain's crash test: takes ledgers of failures, hands them over, lets the flows run and signs for what arrives, until all
 * is done or it is killed. An act of an officer has an id made from what it is about, so a repetition after a crash is the same command.
 * Told: FOLDER COUNT [DATABASE_URL].
 */
import { writeSync } from 'node:fs';
import { execute, runFlows } from '@hengjian/kernel';
import { importOutsideFailures } from '@hengjian/sampling';
import { v5 as uuidFrom } from 'uuid';
import { openChain } from './chain-installation.ts';

const namespace = '3c1f4a52-5b50-4cbb-8a55-6f0f9d1c7e22';
const [folder, count, databaseUrl] = process.argv.slice(2);
const chain = await openChain(folder!, databaseUrl);
const total = Number(count);
const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
const later = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10);
const owner = <T>(text: string): Promise<T[]> => chain.database.asOwner((tx) => tx.query<T>(text));
const say = (text: string): void => {
  writeSync(1, `${text}\n`);
};

const rowsInFile = 50;
const columns =
  '来源,任务来源,报告编号,收到日期,结论生效日期,产品名称,不合格项目,标准值,检验结果,单位,被抽样单位名称,被抽样单位地址';

/** The ledger's file of that number, taken as officers take it; after a crash it is taken again, and what it brought stays once. */
async function takeLedger(file: number): Promise<void> {
  const rows = Array.from({ length: Math.min(rowsInFile, total - file * rowsInFile) }, (_, row) => {
    const number = file * rowsInFile + row;
    return `国家,国家市场监督管理总局,GJ-${number},${today},${today},电线电缆,导体电阻,≤7.41,7.95,Ω,试验电缆${number}厂,430102`;
  });
  const content = Buffer.from([columns, ...rows].join('\n'));
  const { rows: faults } = await importOutsideFailures(chain, chain.organiser, content, content, {
    format: 'csv',
    fileName: `台账${file}.csv`,
  });
  const wrong = faults.filter(({ code }) => code !== 'registered-already');
  if (wrong.length > 0) throw new Error(`The ledger was not taken: ${JSON.stringify(wrong[0])}`);
}

/** A few at a time, as several officers work side by side. */
async function together<T>(list: readonly T[], act: (one: T) => Promise<unknown>): Promise<void> {
  const waiting = [...list];
  const officer = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await act(next);
  };
  await Promise.all([officer(), officer(), officer()]);
}

/** Whatever waits for a person: hand-overs to be sent, loops to be signed for. */
async function work(): Promise<number> {
  const open = await owner<{ id: string }>(
    `select id from sampling.follow_up where kind = 'handover-producer' and state = 'open' limit 50`,
  );
  await together(open, ({ id }) =>
    execute(chain, chain.organiser, {
      id: uuidFrom(`hand over ${id}`, namespace),
      entity: 'sampling.follow-up',
      action: 'handOver',
      record: id,
      input: { deadline: later },
    }),
  );
  const sent = await owner<{ id: string }>(`select id from handling.loop where state = 'sent' limit 50`);
  await together(sent, ({ id }) =>
    execute(chain, chain.handler, {
      id: uuidFrom(`sign ${id}`, namespace),
      entity: 'handling.loop',
      action: 'sign',
      record: id,
      input: {},
    }),
  );
  await chain.sealer.seal();
  return open.length + sent.length + (await runFlows(chain));
}

const [held] = await owner<{ n: number }>('select count(*)::int as n from sampling.outside_failure');
say('working');
for (let file = Math.floor(held!.n / rowsInFile); file * rowsInFile < total; file += 1) {
  await takeLedger(file);
  await work();
}
while ((await work()) > 0);
say('done');
await chain.close();
