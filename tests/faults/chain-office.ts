/**
 * The child process of the chain's crash test: registers failures, hands them over, lets the flows run and signs for what arrives, until all
 * is done or it is killed. Every command has an id made from what it is about, so a repetition after a crash is the same command.
 * Told: FOLDER COUNT [DATABASE_URL].
 */
import { writeSync } from 'node:fs';
import { execute, runFlows } from '@hengjian/kernel';
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

async function register(index: number): Promise<void> {
  const id = uuidFrom(`failure ${index}`, namespace);
  const upload = uuidFrom(`report ${index}`, namespace);
  await chain.database.asOwner((tx) =>
    tx.query(
      `insert into desk.upload (id, person, name, media_type, size, sha256, created_at)
       select $1, $2, 'r.pdf', 'application/pdf', 1, $3, now() where not exists (select from kernel.event where command = $4)
       on conflict do nothing`,
      [upload, chain.organiser.person, id, id],
    ),
  );
  await execute(chain, chain.organiser, {
    id,
    entity: 'sampling.outside-failure',
    action: 'register',
    documents: [{ kind: 'report', upload }],
    input: {
      source: 'national',
      organiser: '国家市场监督管理总局',
      reportNumber: `GJ-${index}`,
      receivedOn: today,
      finalOn: today,
      productName: '电线电缆',
      failedItems: [{ item: '导体电阻', limit: '≤7.41', result: '7.95', unit: 'Ω', severity: 'A' }],
      firm: { name: `试验电缆${index}厂`, region: '430102' },
    },
  });
}

/** Whatever waits for a person: hand-overs to be sent, loops to be signed for. */
async function work(): Promise<number> {
  const open = await owner<{ id: string }>(
    `select id from sampling.follow_up where kind = 'handover-producer' and state = 'open' limit 50`,
  );
  for (const { id } of open)
    await execute(chain, chain.organiser, {
      id: uuidFrom(`hand over ${id}`, namespace),
      entity: 'sampling.follow-up',
      action: 'handOver',
      record: id,
      input: { deadline: later },
    });
  const sent = await owner<{ id: string }>(`select id from handling.loop where state = 'sent' limit 50`);
  for (const { id } of sent)
    await execute(chain, chain.handler, {
      id: uuidFrom(`sign ${id}`, namespace),
      entity: 'handling.loop',
      action: 'sign',
      record: id,
      input: {},
    });
  await chain.sealer.seal();
  return open.length + sent.length + (await runFlows(chain));
}

const [held] = await owner<{ n: number }>('select count(*)::int as n from sampling.outside_failure');
say('working');
for (let index = held!.n; index < total; index += 1) {
  await register(index);
  if (index % 10 === 9) await work();
}
while ((await work()) > 0);
say('done');
await chain.close();
