import { dayInChina, flow } from '@hengjian/kernel';

/** Where a body works with its bench on the platform, a sealed sample becomes its sample, and receipt and report come back to the task. */

interface Delivered {
  bench: string | null;
  office: string;
  sampleName: string;
  batch: string;
  product: string;
  seal: string;
  quantity: number;
  unit: string;
  sampledOn: string;
  verdictRule: string;
  items: {
    item: string;
    method: string;
    limit: string;
    unit?: string | null;
    severity: string;
    judge: string;
    decision?: string | null;
    guardRatio?: string | null;
  }[];
  dueOn: string;
}

/**
 * Sample sent → an order at the bench of its laboratory, for the items of the detailed rules (order 18 arts 24, 31). The spare sample stays
 * with the task's own record; food has terms of its own and goes the task's way.
 */
export const taskDeliveredToLaboratory = flow({
  name: 'task-delivered-to-laboratory',
  on: [{ entity: 'sampling.task', action: 'deliver' }],
  sends: [{ entity: 'laboratory.bench', action: 'takeOrder' }],
  owner: 'organiser',
  decide: async ({ record, office }, sql) => {
    const [found] = await sql.query<Delivered>(
      `select b.id as bench, o.zh as office, t.sample_name as "sampleName", t.batch, t.product, t.seal,
         t.test_quantity as quantity, t.sample_unit as unit,
         to_char(t.sampled_on, 'YYYY-MM-DD') as "sampledOn", t.verdict_rule as "verdictRule", t.items, to_char(t.due_on, 'YYYY-MM-DD') as "dueOn"
       from sampling.task t join kernel.office o on o.code = t.office
         left join laboratory.bench b on b.organisation = (t.lab->>'id')::uuid and b.state = 'open'
       where t.id = $1 and t.state = 'sampled' and t.regime = 'product'`,
      [record],
    );
    if (!found?.bench) return [];
    const { bench, office: client, product, items, ...sample } = found;
    const input = {
      ...sample,
      source: 'product',
      task: record,
      client: { name: client },
      kind: product,
      items: items.map(({ item, method, limit, unit, severity, judge, decision, guardRatio }) => ({
        item,
        method,
        limit,
        unit: unit ?? null,
        severity,
        judge,
        decision: decision ?? null,
        guardRatio: guardRatio ?? null,
        clause: method,
      })),
    };
    return [{ entity: 'laboratory.bench', action: 'takeOrder', record: bench, office, input }];
  },
});

interface Received {
  task: string;
  receivedOn: string;
  appearance: string;
  licenceCheck: string;
  licenceSource: string | null;
}

/** Received at the bench → received in the task (order 18 art. 29). */
export const laboratoryReceivedToTask = flow({
  name: 'laboratory-received-to-task',
  on: [{ entity: 'laboratory.sample', action: 'receive' }],
  sends: [{ entity: 'sampling.task', action: 'acceptReceipt' }],
  owner: 'organiser',
  decide: async ({ record, office }, sql) => {
    const [found] = await sql.query<Received>(
      `select s.task, to_char(s.received_on, 'YYYY-MM-DD') as "receivedOn", s.condition as appearance, s.licence_check as "licenceCheck",
         s.licence_source as "licenceSource" from laboratory.sample s join sampling.task t on t.id = s.task where s.id = $1 and t.state = 'sampled'`,
      [record],
    );
    if (found === undefined) return [];
    const { task, ...receipt } = found;
    const input = { ...receipt, sealIntact: true, matchesSheet: true };
    return [{ entity: 'sampling.task', action: 'acceptReceipt', record: task, office, input }];
  },
});

interface Signed {
  task: string;
  report: { number: string; results: { item: string; value: string; unit: string | null }[] };
  testers: { person: string; name: string }[];
}

/** Report signed at the bench → reported in the task, judged again by its detailed rules (order 18 arts 32, 33). */
export const laboratoryReportedToTask = flow({
  name: 'laboratory-reported-to-task',
  on: [{ entity: 'laboratory.sample', action: 'sign' }],
  sends: [{ entity: 'sampling.task', action: 'acceptReport' }],
  owner: 'organiser',
  decide: async ({ record, office, occurredAt }, sql) => {
    const [found] = await sql.query<Signed>(
      `select s.task, s.report, (select jsonb_agg(distinct jsonb_build_object('person', r.tester, 'name', r.tester_name))
         from laboratory.result r where r.sample = s.id) as testers
       from laboratory.sample s join sampling.task t on t.id = s.task where s.id = $1 and s.state = 'reported' and t.state in ('received', 'tested')`,
      [record],
    );
    if (!found?.testers) return [];
    const { task, report, testers } = found;
    const results = report.results.map(({ item, value, unit }) => ({
      item,
      result: value,
      unit: unit ?? null,
      nd: false,
    }));
    const input = { reportNumber: report.number, reportedOn: dayInChina(occurredAt), results, testers };
    return [{ entity: 'sampling.task', action: 'acceptReport', record: task, office, input }];
  },
});

/** The organiser returns a report → its laboratory is told why; the report is taken back and corrected by its own signatory (order 39 art. 12(2)). */
export const taskReturnedToLaboratory = flow({
  name: 'task-returned-to-laboratory',
  on: [{ entity: 'sampling.task', action: 'returnReport' }],
  sends: [{ entity: 'laboratory.sample', action: 'askCorrection' }],
  owner: 'organiser',
  decide: async ({ record, input }, sql) => {
    const held = await sql.query<{ id: string }>(
      `select id from laboratory.sample where task = $1 and state = 'reported'`,
      [record],
    );
    return held.map(({ id }) => ({
      entity: 'laboratory.sample',
      action: 'askCorrection',
      record: id,
      input: { returnedReason: input.returnedReason },
    }));
  },
});

/**
 * A laboratory takes its report back → the task waits for the next one. Where the conclusion was told already, nothing is undone silently:
 * it is parked before the organiser, who has the reversal for it. Runs before the next report is taken over: both may wait in one round.
 */
export const laboratoryRetractedToTask = flow({
  name: 'laboratory-retracted-to-task',
  on: [{ entity: 'laboratory.sample', action: 'retract' }],
  sends: [{ entity: 'sampling.task', action: 'withdrawReport' }],
  owner: 'organiser',
  decide: async ({ record, office, input }, sql) => {
    const told = await sql.query<{ task: string }>(
      `select s.task from laboratory.sample s join sampling.task t on t.id = s.task where s.id = $1 and t.state not in ('received', 'tested')`,
      [record],
    );
    return told.map(({ task }) => ({
      entity: 'sampling.task',
      action: 'withdrawReport',
      record: task,
      office,
      input: { returnedReason: input.reason },
    }));
  },
});

/** The report on a sample that somebody asked for is signed → his request says so, and he may say what he thinks of it. */
export const laboratoryReportedToRequest = flow({
  name: 'laboratory-reported-to-request',
  on: [{ entity: 'laboratory.sample', action: 'sign' }],
  sends: [{ entity: 'laboratory.test-request', action: 'complete' }],
  owner: 'accreditation-officer',
  decide: async ({ record }, sql) => {
    const asked = await sql.query<{ id: string }>(
      `select id from laboratory.test_request where sample = $1 and state = 'ordered'`,
      [record],
    );
    return asked.map(({ id }) => ({ entity: 'laboratory.test-request', action: 'complete', record: id, input: {} }));
  },
});
