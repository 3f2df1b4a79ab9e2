import {
  type Action,
  type Actor,
  type Kernel,
  type Label,
  type Lifecycle,
  type Row,
  rowFromColumns,
  type Transaction,
} from '@hengjian/kernel';
import { whyNot } from './page.ts';
import { type RecordView, registerColumns, viewRecords } from './view.ts';

export interface InboxRow extends RecordView {
  /** The first awaited action that is possible now; null when none is. */
  next: { action: string; label: Label } | null;
  /** Why nothing is possible yet, when nothing is. */
  waits: Label | null;
}
export interface Inbox {
  groups: { key: string; label: Label; rows: InboxRow[] }[];
  counts: Record<string, number>;
}

const groups: { key: string; label: Label }[] = [
  { key: 'overdue', label: { zh: '已超期', en: 'Overdue' } },
  { key: 'due-soon', label: { zh: '即将到期', en: 'Due soon' } },
  { key: 'approvals', label: { zh: '待我签批', en: 'For my signature' } },
  { key: 'handed-over', label: { zh: '移交给我们', en: 'Handed over to us' } },
  { key: 'to-do', label: { zh: '待办', en: 'To do' } },
];

/** 待办: open records whose next step is awaited from the actor's post, or from a party that he stands for. */
export async function readInbox(kernel: Kernel, actor: Actor, sql: Transaction): Promise<Inbox> {
  const rows = await sql.query(
    `(select ${registerColumns} from kernel.record r where r.closed_at is null and r.sheet is null and r.office = any($1::text[])
        and r.next_roles @> array[$2::text] order by r.due nulls last, r.updated_at limit 300)
     union
     (select ${registerColumns} from kernel.record r where r.closed_at is null and r.sheet is null and r.parties && $3::text[]
        and r.next_roles && $3::text[] order by r.due nulls last, r.updated_at limit 300)`,
    [actor.claim.writes, actor.role, actor.claim.parties],
  );
  const ordered = rows.sort((one, other) => order(one).localeCompare(order(other)));
  const views = await viewRecords(kernel, sql, ordered);
  const states = await stateRows(kernel, sql, ordered);
  const taken = await takenActions(kernel, sql, ordered);
  const counts: Record<string, number> = {};
  const sorted = new Map<string, InboxRow[]>();
  views.forEach((view, index) => {
    const key = groupOf(view);
    const register = ordered[index]!;
    const lifecycle = kernel.register.lifecycles.get(view.entity)!;
    const step = nextStep(actor, lifecycle, register, states.get(view.id), taken.get(view.id) ?? []);
    if (step === null) return;
    counts[key] = (counts[key] ?? 0) + 1;
    sorted.set(key, [...(sorted.get(key) ?? []), { ...view, ...step }]);
  });
  return {
    groups: groups.filter(({ key }) => sorted.has(key)).map((group) => ({ ...group, rows: sorted.get(group.key)! })),
    counts,
  };
}

function order(row: Row): string {
  return `${(row.due as string | null) ?? '9999-12-31'} ${row.updated_at as string}`;
}

function groupOf(view: RecordView): string {
  if (view.dueState === 'overdue' || view.dueState === 'due-soon') return view.dueState;
  if (view.entity === 'kernel.approval') return 'approvals';
  return view.entity === 'kernel.handover' ? 'handed-over' : 'to-do';
}

/**
 * What the record waits for from this actor, by his post or because he stands for a party: the first action that is possible
 * now, or else why the first one is not. Null when nothing is awaited from him.
 */
function nextStep(
  actor: Actor,
  lifecycle: Lifecycle,
  register: Row,
  row: Row | undefined,
  events: readonly Row[],
): Pick<InboxRow, 'next' | 'waits'> | null {
  const mine = ({ aside, from, by }: Action): boolean =>
    !aside &&
    from?.includes(register.state as string) === true &&
    by.some(
      (name) =>
        (name === actor.role && actor.claim.writes.includes(register.office as string)) ||
        (row !== undefined &&
          lifecycle.parties[name]?.of(row).some((token) => token && actor.claim.parties.includes(token))),
    );
  const awaited = Object.values(lifecycle.actions).filter(mine);
  if (awaited.length === 0) return null;
  let waits: Label | null = null;
  for (const action of awaited) {
    const why = row === undefined ? null : whyNot(actor, lifecycle, action, row, register, events);
    if (why === null) return { next: { action: action.name, label: action.label }, waits: null };
    waits ??= why;
  }
  return { next: null, waits };
}

/** Who took the earlier actions, for those records only whose actions keep somebody apart from an earlier hand. */
async function takenActions(kernel: Kernel, sql: Transaction, rows: readonly Row[]): Promise<Map<string, Row[]>> {
  const apart = rows.filter(({ entity, state }) =>
    Object.values(kernel.register.lifecycles.get(entity as string)!.actions).some(
      ({ from, notBy }) => notBy !== undefined && from?.includes(state as string),
    ),
  );
  if (apart.length === 0) return new Map();
  const events = await sql.query<Row & { record: string }>(
    'select record, action, actor, organisation, hands from kernel.event where record = any($1)',
    [apart.map(({ id }) => id)],
  );
  return Map.groupBy(events, ({ record }) => record);
}

/** The state rows of these records, by id: what parties are is told by the record itself. */
async function stateRows(kernel: Kernel, sql: Transaction, rows: readonly Row[]): Promise<Map<string, Row>> {
  const found = new Map<string, Row>();
  for (const [entity, group] of Map.groupBy(rows, ({ entity: name }) => name as string)) {
    const lifecycle = kernel.register.lifecycles.get(entity)!;
    const columns = await sql.query(`select * from ${lifecycle.entity.table} where id = any($1)`, [
      group.map(({ id }) => id),
    ]);
    for (const row of columns) found.set(row.id as string, rowFromColumns(lifecycle, row));
  }
  return found;
}
