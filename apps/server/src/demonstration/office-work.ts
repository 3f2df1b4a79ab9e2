import { randomUUID } from 'node:crypto';
import { type Actor, execute, type Outcome } from '@hengjian/kernel';
import { v7 as uuid } from 'uuid';
import type { Platform } from '../platform.ts';
import type { Staff } from './organisation.ts';

/** How the demonstration's officers work: through the same actions as everybody, at the time that the story has reached. */
export interface OfficeWork {
  platform: Platform;
  staff: Staff;
  who(account: string): Actor;
  act(
    actor: Actor,
    entity: string,
    action: string,
    input?: Record<string, unknown>,
    record?: string,
    papers?: string[],
  ): Promise<Outcome>;
  /** Takes an action that waits for signatures, and has it signed by the section chief and, when asked, the head. */
  approve(actor: Actor, entity: string, action: string, record: string, input?: Record<string, unknown>): Promise<void>;
  rows<T = Record<string, unknown>>(actor: Actor, text: string, params?: unknown[]): Promise<T[]>;
  /** Sets the story's clock to an hour of a day in China. */
  on(day: string, hour?: number): void;
}

/** The smallest picture there is (one grey pixel, PNG): stands for the photographs of the demonstration. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCB3m1lWQAAAABJRU5ErkJggg==',
  'base64',
);

export function createOfficeWork(platform: Platform, staff: Staff, setTime: (instant: string) => void): OfficeWork {
  const work: OfficeWork = {
    platform,
    staff,
    who(account) {
      const actor = staff.get(account);
      if (actor === undefined) throw new Error(`The demonstration has nobody called ${account}.`);
      return actor;
    },
    async act(actor, entity, action, input = {}, record, papers = []) {
      const documents = [];
      for (const kind of papers) {
        const { sha256, size } = await platform.files.put(picture);
        const upload = uuid();
        await platform.database.transaction('hengjian_app', actor.claim, (sql) =>
          sql.query(
            'insert into desk.upload (id, person, name, media_type, size, sha256, created_at) values ($1, $2, $3, $4, $5, $6, $7)',
            [upload, actor.person, `${kind}.png`, 'image/png', size, sha256, platform.now().toISOString()],
          ),
        );
        documents.push({ kind, upload });
      }
      return execute(platform, actor, {
        id: randomUUID(),
        entity,
        action,
        input,
        ...(record === undefined ? {} : { record }),
        ...(documents.length === 0 ? {} : { documents }),
      });
    },
    async approve(actor, entity, action, record, input = {}) {
      const { sheet } = await work.act(actor, entity, action, input, record);
      const region = actor.office!.slice(0, 2);
      const signers =
        region === '43'
          ? ['section-chief.430000', 'bureau-head.430000']
          : ['section-chief.350000', 'bureau-head.350000'];
      for (const account of signers) {
        const { state } = await work.act(work.who(account), 'kernel.approval', 'sign', { opinion: '同意。' }, sheet!);
        if (state !== 'submitted') return;
      }
    },
    rows: (actor, text, params) =>
      platform.database.transaction('hengjian_app', actor.claim, (sql) => sql.query(text, params)),
    on: (day, hour = 9) => setTime(`${day}T${String(hour).padStart(2, '0')}:00:00+08:00`),
  };
  return work;
}

/** The day so many days later. */
export function later(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
