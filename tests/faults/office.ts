/** The child process of the crash tests: handles applications without pause until it is killed. Told: FOLDER [DATABASE_URL]. */
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { type Command, execute } from '@hengjian/kernel';
import { openInstallation } from './installation.ts';

/** What the parent reads: a command before it is sent, and the same when it was acknowledged. */
export type Line =
  | { said: 'ready' }
  | { said: 'sent'; command: Command }
  | { said: 'acknowledged'; command: string; record: string; version: number; state: string };

const say = (line: Line): void => {
  writeSync(1, `${JSON.stringify(line)}\n`);
};

const [folder, databaseUrl] = process.argv.slice(2);
const installation = await openInstallation(folder!, databaseUrl);
installation.sealer.start(20);

async function send(action: string, input: Record<string, unknown>, record?: string): Promise<string> {
  const command: Command = {
    id: randomUUID(),
    entity: 'trial.licence',
    action,
    input,
    ...(record === undefined ? {} : { record }),
  };
  say({ said: 'sent', command });
  const outcome = await execute(installation, installation.window, command);
  const { version, state } = outcome;
  say({ said: 'acknowledged', command: command.id, record: outcome.record, version, state });
  return outcome.record;
}

/** One desk: application after application, each with a clock that runs, stops for the test and runs again. */
async function desk(): Promise<never> {
  for (;;) {
    const record = await send('apply', { firm: randomUUID(), firmName: '湘衡计量器具厂', kind: 'scales' });
    await send('accept', {}, record);
    await send('sendToTest', {}, record);
    await send('takeBack', {}, record);
  }
}

say({ said: 'ready' });
await Promise.all([desk(), desk(), desk()]);
