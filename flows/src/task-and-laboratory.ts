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
  items: { item: string; method: string; limit: string; unit?: string | null; severity: string; judge: string }[];
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
      items: items.map(({ item, method, limit, unit, severity, judge }) => ({
        item,
        method,
        limit,
        unit: unit ?? null,
        severity,
        judge,
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
       from laboratory.sample s join sampling.task t on t.id = s.task where s.id = $1 and t.state in ('received', 'tested')`,
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
