import { compare, keep } from './clock.ts';
import { request } from './http.ts';
import type { Day, Task } from './shapes.ts';
import { forgetEverything, readDay, store, write } from './store.ts';

/** The list of what was sent goes back this far. */
const keepSentMilliseconds = 7 * 86_400_000;

/**
 * Takes the day along: the person's own tasks, their papers, the firms, the forms. What is being filled in or waits to be sent stays. Somebody
 * else's day is put away first, unless something of it is still to be sent. @throws {Problem}
 */
export async function takeDay(): Promise<Day> {
  const askedAt = Date.now();
  const { tasks, ...day } = await request<Day & { tasks: Task[] }>('/api/field/day');
  await keep(compare(askedAt, Date.now(), day.now));
  const held = await readDay();
  if (held !== undefined && held.person.id !== day.person.id) {
    if ((await (await store()).count('outbox')) > 0) throw new OtherPersonsWork(held.person.name);
    await forgetEverything();
    await keep(compare(askedAt, Date.now(), day.now));
  }
  await write(['facts', 'tasks', 'drafts', 'outbox', 'sent'], async (tx) => {
    await tx.objectStore('facts').put(day, 'day');
    const open = new Set(tasks.map(({ id }) => id));
    const working = new Set([
      ...(await tx.objectStore('drafts').getAll()).map(({ task }) => task),
      ...(await tx.objectStore('outbox').getAll()).map(({ task }) => task),
    ]);
    for (const id of await tx.objectStore('tasks').getAllKeys())
      if (!open.has(id) && !working.has(id)) await tx.objectStore('tasks').delete(id);
    for (const task of tasks) await tx.objectStore('tasks').put(task);
    const old = new Date(Date.now() - keepSentMilliseconds).toISOString();
    for (const { id, at } of await tx.objectStore('sent').getAll())
      if (at < old) await tx.objectStore('sent').delete(id);
  });
  return day;
}

/** The device still holds somebody else's work that was not sent. */
export class OtherPersonsWork extends Error {
  readonly person: string;
  constructor(person: string) {
    super(person);
    this.person = person;
  }
}

/** Asks for one task again and keeps it. @throws {Problem} 404 when it is not the person's any more */
export async function askTask(id: string): Promise<Task> {
  const { task } = await request<{ task: Task }>(`/api/field/tasks/${id}`);
  await write(['tasks'], async (tx) => {
    await tx.objectStore('tasks').put(task);
  });
  return task;
}
