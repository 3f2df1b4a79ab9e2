import type { Actor } from '../act.ts';
import type { Row, Transaction } from '../database/database.ts';
import type { Label } from '../declare/field.ts';
import type { Kernel } from '../kernel.ts';
import { type RecordView, registerColumns, viewRecords } from './view.ts';

export interface InboxRow extends RecordView {
  next: { action: string; label: Label } | null;
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
  const parties = partyNames(kernel);
  const rows = await sql.query(
    `(select ${registerColumns} from kernel.record r where r.closed_at is null and r.sheet is null and r.office = any($1::text[])
        and r.next_roles @> array[$2::text] order by r.due nulls last, r.updated_at limit 300)
     union
     (select ${registerColumns} from kernel.record r where r.closed_at is null and r.sheet is null and r.parties && $3::text[]
        and r.next_roles && $4::text[] order by r.due nulls last, r.updated_at limit 300)`,
    [actor.claim.writes, actor.role, actor.claim.parties, parties],
  );
  const ordered = rows.sort((one, other) => order(one).localeCompare(order(other)));
  const views = await viewRecords(kernel, sql, ordered);
  const counts: Record<string, number> = {};
  const sorted = new Map<string, InboxRow[]>();
  views.forEach((view, index) => {
    const key = groupOf(view);
    counts[key] = (counts[key] ?? 0) + 1;
    const next = nextAction(kernel, actor, ordered[index]!);
    if (next === null && !['kernel.approval', 'kernel.handover'].includes(view.entity)) return;
    sorted.set(key, [...(sorted.get(key) ?? []), { ...view, next }]);
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

function partyNames(kernel: Kernel): string[] {
  return [...new Set([...kernel.register.lifecycles.values()].flatMap(({ parties }) => Object.keys(parties)))];
}

function nextAction(kernel: Kernel, actor: Actor, row: Row): InboxRow['next'] {
  const lifecycle = kernel.register.lifecycles.get(row.entity as string)!;
  const action = Object.values(lifecycle.actions).find(
    ({ from, by, aside }) =>
      !aside &&
      from?.includes(row.state as string) &&
      by.some((name) => name === actor.role || Object.hasOwn(lifecycle.parties, name)),
  );
  return action === undefined ? null : { action: action.name, label: action.label };
}
