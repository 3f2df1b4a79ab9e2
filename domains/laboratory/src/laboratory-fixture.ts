import { randomUUID } from 'node:crypto';
import { institutionsLifecycles } from '@hengjian/institutions';
import { execute, machineActor, machines, type Outcome, Problem } from '@hengjian/kernel';
import { type TestKernel, testKernel } from '@hengjian/kernel/testing';
import { roles } from '@hengjian/people';
import { laboratoryLifecycles, laboratoryQueries } from './index.ts';

export type Actor = Awaited<ReturnType<TestKernel['officer']>>;

/** A registered body with a bench and its staff, ready for two parameters of leek. */
export interface Laboratory {
  kernel: TestKernel;
  organisation: string;
  body: string;
  bench: string;
  instrument: string;
  officer: Actor;
  receiver: Actor;
  tester: Actor;
  second: Actor;
  checker: Actor;
  signatory: Actor;
  quality: Actor;
  act(actor: Actor, entity: string, action: string, input?: object, record?: string, more?: object): Promise<Outcome>;
  ask<T>(actor: Actor | null, name: string, input: object): Promise<T>;
  row(table: string, id: string): Promise<Record<string, never>>;
}

export const procymidone = {
  item: '腐霉利',
  method: 'GB 23200.113-2018',
  limit: '≤0.2',
  unit: 'mg/kg',
  severity: 'A',
  judge: 'full',
  clause: 'GB 2763-2021 4.1',
};
export const chlorpyrifos = { ...procymidone, item: '毒死蜱', limit: '≤0.02', severity: 'B' };

export const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Problem ? error.code : String(error)),
  );

const migrations = (name: string) => ({
  name,
  path: new URL(`../../${name}/migrations`, import.meta.url).pathname,
});

export async function openLaboratory(): Promise<Laboratory> {
  const kernel = await testKernel({
    lifecycles: [...institutionsLifecycles, ...laboratoryLifecycles],
    queries: [...laboratoryQueries],
    migrations: ['subjects', 'institutions', 'sampling', 'laboratory'].map(migrations),
    roles,
  });
  const organisation = randomUUID();
  const instrument = randomUUID();
  const act: Laboratory['act'] = async (actor, entity, action, input = {}, record, more = {}) => {
    const documents = await kernel.papers(
      actor,
      ['receiptPhotos', 'evidence', 'releaseNotice', 'consent'].filter((name) => name in more),
    );
    const { version } = more as { version?: number };
    return execute(kernel, actor, {
      id: randomUUID(),
      entity,
      action,
      input: input as Record<string, unknown>,
      documents,
      ...(record === undefined ? {} : { record }),
      ...(version === undefined ? {} : { version }),
    });
  };
  const officer = await kernel.officer('资质官', 'accreditation-officer', '43');
  const agent = (name: string, role: string): Promise<Actor> => kernel.agent(name, `laboratory-${role}`, organisation);
  const staff = {
    receiver: await agent('收样员', 'receiver'),
    tester: await agent('检验员甲', 'tester'),
    second: await agent('检验员乙', 'tester'),
    checker: await agent('校核员', 'checker'),
    signatory: await agent('签字人', 'signatory'),
    quality: await agent('质量官', 'quality'),
  };
  const { record: body } = await act(officer, 'institutions.body', 'register', {
    organisation,
    name: '衡岫质检院',
    creditCode: '12430000YD00000017',
    region: '430104',
    address: '湖南省长沙市岳麓区试验路1号',
    kind: 'public',
    issuedBy: '湖南省市场监督管理局',
    certificateNumber: '241820110001',
    validFrom: '2024-01-01',
    validUntil: '2029-12-31',
  });
  const lines = [procymidone, chlorpyrifos].map(({ item, method }) => ({
    id: randomUUID(),
    kind: '韭菜',
    kindName: '韭菜',
    parameter: item,
    method,
    field: '农药残留',
  }));
  await act(officer, 'institutions.body', 'extendScope', { fromOn: '2024-01-01', lines }, body);
  const instrumentOf = { instrument, instrumentName: '气质联用仪', model: 'X-1', serial: 'SN1', shared: true };
  await act(staff.quality, 'institutions.body', 'addInstrument', instrumentOf, body);
  const ready = lines.map(({ id }) => ({
    scope: id,
    quantification: '0.01',
    quantificationUnit: 'mg/kg',
    instrument,
  }));
  await act(staff.quality, 'institutions.body', 'declareReadiness', { fromOn: '2026-01-01', lines: ready }, body);
  const calibration = {
    instrument,
    certificate: 'J1',
    laboratory: '计量院',
    doneOn: '2025-06-01',
    calibratedUntil: '2026-05-31',
  };
  await act(staff.quality, 'institutions.body', 'recordCalibration', calibration, body);
  const named = { person: staff.signatory.person, personName: '签字人', fields: ['农药残留'], fromOn: '2026-01-01' };
  await act(officer, 'institutions.body', 'nameSignatory', named, body);
  const opening = { organisation, name: '衡岫质检院', retainedMonths: 2 };
  const { record: bench } = await act(officer, 'laboratory.bench', 'open', opening);
  return {
    kernel,
    organisation,
    body,
    bench,
    instrument,
    officer,
    ...staff,
    act,
    ask: (actor, name, input) => {
      const query = kernel.register.queries.get(name)!;
      const reader = actor ?? machineActor(kernel, machines.flow, '43');
      return kernel.database.transaction(
        actor === null ? 'hengjian_public' : 'hengjian_app',
        actor?.claim ?? null,
        (sql) => query.answer(query.input.parse(input), { actor: reader, sql, kernel, today: '2026-03-02' }),
      ) as never;
    },
    row: async (table, id) =>
      (
        await kernel.database.asOwner((tx) => tx.query(`select * from laboratory.${table} where id = $1`, [id]))
      )[0] as never,
  };
}

/** An order as the receiver enters it; a food sample of supervision under seal. */
export const order = (more: object = {}): Record<string, unknown> => ({
  source: 'food',
  client: { name: '湖南省市场监督管理局' },
  sampleName: '韭菜',
  batch: 'B-1',
  kind: '韭菜',
  seal: 'F-0001',
  quantity: 6,
  unit: '份',
  temperatureFrom: '0',
  temperatureTo: '8',
  sampledOn: '2026-03-01',
  verdictRule: 'any-item',
  items: [procymidone, chlorpyrifos],
  dueOn: '2026-03-20',
  ...more,
});

export const arrival = (more: object = {}): Record<string, unknown> => ({
  receivedOn: '2026-03-02',
  readSeal: 'F-0001',
  sealIntact: true,
  readName: '韭菜',
  readBatch: 'B-1',
  condition: '新鲜，无腐烂',
  temperature: '4.5',
  freeOfTies: true,
  ...more,
});

/** The id of a sample that an order announced. */
export async function announced(laboratory: Laboratory, more: object = {}): Promise<string> {
  const { created } = await laboratory.act(
    laboratory.receiver,
    'laboratory.bench',
    'takeOrder',
    order(more),
    laboratory.bench,
  );
  return created[0]!;
}

/** A sample that was received and given to the testers, with its worksheet. */
export async function distributed(
  laboratory: Laboratory,
  more: object = {},
): Promise<{ sample: string; sheet: string; code: string }> {
  const { act, receiver, bench } = laboratory;
  const sample = await announced(laboratory, more);
  await act(receiver, 'laboratory.sample', 'receive', arrival(), sample, { receiptPhotos: 1 });
  const given = { title: '农残', samples: [sample], items: [] };
  const { created } = await act(receiver, 'laboratory.bench', 'distribute', given, bench);
  const { blind_code } = await laboratory.row('sample', sample);
  return { sample, sheet: created[0]!, code: blind_code as unknown as string };
}

export const controls = [
  { kind: 'blank', parameter: '腐霉利', value: '0.002' },
  { kind: 'blank', parameter: '毒死蜱', value: '0.001' },
];

/** A sheet that is filled, in control, submitted and checked. */
export async function checked(
  laboratory: Laboratory,
  { sheet, code }: { sheet: string; code: string },
  results: readonly [string, string],
): Promise<void> {
  const { act, tester, checker } = laboratory;
  const cells = ['腐霉利', '毒死蜱'].map((item, at) => ({ blindCode: code, item, result: results[at], seen: 0 }));
  await act(tester, 'laboratory.worksheet', 'enter', { results: cells }, sheet);
  for (const control of controls) await act(tester, 'laboratory.worksheet', 'recordControl', control, sheet);
  await act(tester, 'laboratory.worksheet', 'submit', {}, sheet);
  await act(checker, 'laboratory.worksheet', 'check', {}, sheet);
}
