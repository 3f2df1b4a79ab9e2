import type { ActionForm, OutboxEntry, Task } from '../shapes.ts';

/** Those whom a task names: samplers of a sampling task, officers of an inspection. */
export const peopleOf = (task: Task): { person: string; name: string }[] =>
  (task.fields.samplers ?? task.fields.officers ?? []) as { person: string; name: string }[];

/** In which state a task will be once what waits was sent: what may be done next outside does not wait for a network. */
export function stateAhead(task: Task, outbox: readonly OutboxEntry[], actions: readonly ActionForm[]): string {
  return outbox
    .filter((entry) => entry.task === task.id)
    .sort((one, other) => one.order - other.order)
    .reduce((state, { action }) => {
      const to = actions.find(({ name, entity }) => name === action && entity === task.entity)?.to ?? [];
      return to.length === 1 && to[0] !== 'same' ? to[0]! : state;
    }, task.state);
}

/** What can be done in a state, less what was done already and would only be done twice. */
export function possibleIn(
  state: string,
  task: Task,
  outbox: readonly OutboxEntry[],
  actions: readonly ActionForm[],
): ActionForm[] {
  const queued = new Set(outbox.filter((entry) => entry.task === task.id).map(({ action }) => action));
  const { channel, parcelReceivedOn, sentOn, papersSentOn } = task.fields;
  const ordered = state === 'ordered';
  return actions.filter(({ name, from, entity }) => {
    if (entity !== task.entity || !from.includes(state) || queued.has(name)) return false;
    if (name === 'deliver') return !sentOn;
    if (name === 'sendShopPapers') return channel === 'online' && !papersSentOn;
    if (name === 'unbox') return !parcelReceivedOn;
    if (name === 'sample') return !ordered || Boolean(parcelReceivedOn) || queued.has('unbox');
    return true;
  });
}
