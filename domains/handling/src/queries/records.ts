import { computeDeadline, daysLeft } from '@hengjian/calendar';
import type { Label, Lifecycle, Reader } from '@hengjian/kernel';

type Row = Record<string, unknown>;

/** A paper as evidence: what it is, its number and the hash by which it can be checked. */
export interface Evidence {
  id: string;
  kind: string;
  title: string;
  number: string | null;
  createdAt: string;
  sha256: string;
}

export interface ClockSight {
  name: string;
  label: Label;
  basis: string;
  startedOn: string;
  opensOn: string | null;
  dueOn: string | null;
  status: string;
  /** Days left, in the unit that the clause counts; negative when late; null when it does not run. */
  daysLeft: number | null;
  unit: Label;
}

/** One record of a loop with who has it, its clocks, its papers, and what it still waits for. */
export interface RecordSight {
  id: string;
  entity: string;
  entityLabel: Label;
  title: string;
  number: string | null;
  state: string;
  stateLabel: Label;
  closed: boolean;
  office: { code: string; label: Label };
  handler: string | null;
  openedAt: string;
  due: string | null;
  overdue: boolean;
  clocks: ClockSight[];
  evidence: Evidence[];
  /** Papers that the next step cannot do without and that are not there yet. */
  missing: Label[];
  /** What the record waits for. */
  next: Label[];
}

/** Reads records by id as the reader may see them, each with clocks and papers. */
export async function sightsOf(ids: readonly string[], reader: Reader): Promise<RecordSight[]> {
  const { sql, kernel, today } = reader;
  if (ids.length === 0) return [];
  const [records, clocks, documents] = [
    await sql.query<Row>(
      `select r.id, r.entity, r.title, r.number, r.state, r.office, r.opened_at, r.due, r.closed_at, p.name as handler
       from kernel.record r left join kernel.person p on p.id = r.handler where r.id = any($1::uuid[]) order by r.opened_at, r.id`,
      [ids],
    ),
    await sql.query<Row>('select * from kernel.clock where record = any($1::uuid[]) order by started_on, id', [ids]),
    await sql.query<Row>(
      `select id, record, kind, title, number, created_at, sha256 from kernel.document
       where record = any($1::uuid[]) and superseded_by is null order by created_at, id`,
      [ids],
    ),
  ];
  return records.map((record) => {
    const lifecycle = kernel.register.lifecycles.get(record.entity as string)!;
    const { zh, en, closed } = lifecycle.states[record.state as string]!;
    const evidence = documents
      .filter((document) => document.record === record.id)
      .map(
        ({ id, kind, title, number, created_at, sha256 }) =>
          ({ id, kind, title, number, createdAt: created_at, sha256 }) as Evidence,
      );
    const steps = Object.values(lifecycle.actions).filter(
      ({ aside, from, by }) => !aside && from?.includes(record.state as string) && by.some((name) => name !== 'system'),
    );
    const held = new Set(evidence.map(({ kind }) => kind));
    const wanted = new Set(steps.flatMap(({ needs }) => needs ?? []).filter((kind) => !held.has(kind)));
    const label = ({ zh: one, en: other }: Label): Label => ({ zh: one, en: other });
    return {
      id: record.id as string,
      entity: lifecycle.entity.name,
      entityLabel: lifecycle.entity.label,
      title: record.title as string,
      number: (record.number as string | null) ?? evidence.find(({ number }) => number !== null)?.number ?? null,
      state: record.state as string,
      stateLabel: { zh, en },
      closed,
      office: {
        code: record.office as string,
        label: kernel.offices.get(record.office as string)?.label ?? {
          zh: record.office as string,
          en: record.office as string,
        },
      },
      handler: (record.handler as string | null) ?? null,
      openedAt: record.opened_at as string,
      due: (record.due as string | null) ?? null,
      overdue: !closed && record.due !== null && (record.due as string) < today,
      clocks: clocks.filter((clock) => clock.record === record.id).map((clock) => clockSight(clock, lifecycle, reader)),
      evidence,
      missing: [...wanted].map((kind) => label(lifecycle.documents[kind]!)),
      next: steps.map((action) => label(action.label)),
    };
  });
}

function clockSight(clock: Row, lifecycle: Lifecycle, { kernel, today }: Reader): ClockSight {
  const rule = clock.rule as Parameters<typeof computeDeadline>[0];
  const suspensions = (clock.suspensions as { from: string; to?: string; reason: string }[]).filter(
    (pause): pause is { from: string; to: string; reason: string } => pause.to !== undefined,
  );
  const deadline = computeDeadline(rule, clock.started_on as string, kernel.calendar, {
    suspensions,
    extensions: clock.extensions as never,
  });
  return {
    name: clock.name as string,
    label: lifecycle.clocks[clock.name as string]?.label ?? { zh: clock.name as string, en: clock.name as string },
    basis: clock.basis as string,
    startedOn: clock.started_on as string,
    opensOn: (clock.opens_on as string | null) ?? null,
    dueOn: (clock.due_on as string | null) ?? null,
    status: clock.status as string,
    daysLeft: clock.status === 'running' ? daysLeft(deadline, today, kernel.calendar) : null,
    unit: rule.unit === 'working-day' ? { zh: '个工作日', en: 'working days' } : { zh: '天', en: 'days' },
  };
}
