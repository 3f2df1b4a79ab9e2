import { execute, type Kernel, machineActor, machines, Problem } from '@hengjian/kernel';
import type { SigningPort } from '@hengjian/laboratory';
import { v5 as uuidFrom } from 'uuid';

const cursor = 'laboratory-report-sealed';
const namespace = '3f0f7f52-6f3e-4f0c-8a3a-9a2b1c4d5e6f';
/** How long a provider that failed is left alone. */
const pauseMilliseconds = 30_000;

/**
 * Has every signed report sealed by the provider, in the order of the log: the seal is attached by an action of its own, which checks it.
 * A provider that cannot be reached stops nothing else; its reports are taken up again after a pause. What the record refuses (it was taken
 * back meanwhile) is passed over. The number of reports that were sealed.
 */
export function createReportSealer(kernel: Kernel, port: SigningPort): () => Promise<number> {
  const { database } = kernel;
  let restUntil = 0;
  const next = () =>
    database.transaction(
      'hengjian_machine',
      null,
      (tx) =>
        tx.query<{ number: string; id: string; record: string; office: string; signed: boolean }>(
          `select number, id, record, office, entity = 'laboratory.sample' and action = 'sign' as signed from kernel.event
           where number > coalesce((select number from kernel.flow_cursor where flow = $1), -1) order by number limit 500`,
          [cursor],
        ),
      'jobs',
    );
  const reach = (number: string) =>
    database.transaction(
      'hengjian_machine',
      null,
      (tx) =>
        tx.query(
          'insert into kernel.flow_cursor (flow, number) values ($1, $2) on conflict (flow) do update set number = excluded.number',
          [cursor, number],
        ),
      'jobs',
    );
  /** Seals one report; false when its provider did not. */
  const seal = async (id: string, record: string, office: string): Promise<boolean> => {
    const actor = machineActor(kernel, machines.flow, office);
    const [sample] = await database.transaction('hengjian_app', actor.claim, (tx) =>
      tx.query<{ hash: string }>(
        `select report_hash as hash from laboratory.sample where id = $1 and state = 'reported' and signature is null`,
        [record],
      ),
    );
    if (sample === undefined) return true;
    const signature = await port.sign(sample.hash, kernel.now().toISOString()).catch((error: unknown) => {
      process.emitWarning(`${port.provider} did not seal a report: ${(error as Error).message}`);
    });
    if (signature === undefined) return false;
    const command = { id: uuidFrom(id, namespace), entity: 'laboratory.sample', action: 'seal', record };
    await execute(kernel, actor, { ...command, input: { signature } }).catch((error: unknown) => {
      if (!(error instanceof Problem)) throw error;
    });
    return true;
  };
  return async () => {
    if (Date.now() < restUntil) return 0;
    const events = await next();
    let sealed = 0;
    for (const { number, id, record, office, signed } of events) {
      if (!signed) continue;
      if (!(await seal(id, record, office))) {
        restUntil = Date.now() + pauseMilliseconds;
        return sealed;
      }
      await reach(number);
      sealed += 1;
    }
    const last = events.at(-1);
    if (last !== undefined) await reach(last.number);
    return sealed;
  };
}
