import type { Actor } from '@hengjian/kernel';
import { findDetailedRules, getProduct } from '../../../../data/products/index.ts';
import { type Campaign, itemsFor, resultFor } from './campaign.ts';
import { later, type OfficeWork } from './office-work.ts';

/** A task as the story needs it. */
interface TaskToVisit {
  id: string;
  state: string;
  enterprise: string;
  enterprise_name: string;
  enterprise_code: string | null;
  enterprise_region: string;
  samplers: { person: string }[];
}

/** How far a task is taken. */
export type Stage = 'assigned' | 'sampled' | 'received' | 'tested' | 'reported' | 'notified' | 'concluded';
const order: Stage[] = ['assigned', 'sampled', 'received', 'tested', 'reported', 'notified', 'concluded'];

const organiserAccount = 'sampling-organiser.430000';

/** Tasks of a draw that wait to be visited, in the order of their leaves. */
export async function tasksOf(work: OfficeWork, campaign: Campaign): Promise<TaskToVisit[]> {
  return work.rows<TaskToVisit>(
    work.who(organiserAccount),
    `select id, state, enterprise, enterprise_name, enterprise_code, enterprise_region, samplers from sampling.task where draw = $1 and state = 'assigned' order by leaf`,
    [campaign.draw],
  );
}

/** One thing that somebody does at an hour of the story. */
export interface Errand {
  day: string;
  hour: number;
  run: () => Promise<unknown>;
}

/** What has to be done to take a task to a stage; every n-th fails a test. */
export function errandsOf(
  work: OfficeWork,
  campaign: Campaign,
  task: TaskToVisit,
  index: number,
  stage: Stage,
): Errand[] {
  const { product, from, testing } = campaign;
  const template = findDetailedRules(product)!;
  const day = later(from, 16 + (index % 9));
  const fails = index % campaign.failEvery === campaign.failEvery - 1;
  const firstSampler = [...work.staff.values()].find(({ person }) => person === task.samplers[0]!.person)!;
  const take =
    (who: Actor, action: string, input: Record<string, unknown>, papers: string[] = []) =>
    () =>
      work.act(who, 'sampling.task', action, input, task.id, papers);
  const results = itemsFor(product).map(({ item, limit }, place) => ({
    item,
    result: resultFor(limit, !(fails && place === index % 2)),
  }));
  const reportNumber = `${testing.key.slice(-2)}-${product}-${from.slice(2, 4)}${String(index + 1).padStart(4, '0')}`;
  const errands: [Stage, number, number, () => Promise<unknown>][] = [
    [
      'sampled',
      0,
      10,
      take(firstSampler, 'sample', sampleRecord(task, getProduct(product).zh, template, index, day), ['photos']),
    ],
    ['sampled', 0, 16, take(firstSampler, 'deliver', { carriage: 'carried', sentOn: day })],
    [
      'received',
      1,
      9,
      take(laboratoryPerson(work, 'laboratory-receiver', testing.key), 'receive', receipt(later(day, 1)), [
        'receiptPhotos',
      ]),
    ],
    ['tested', 12, 14, take(laboratoryPerson(work, 'laboratory-tester', testing.key), 'enterResults', { results })],
    ['reported', 13, 11, take(laboratoryPerson(work, 'laboratory-signatory', testing.key), 'report', { reportNumber })],
    ['notified', 15, 10, take(work.who(organiserAccount), 'notify', {})],
  ];
  return errands
    .filter(([wanted]) => order.indexOf(stage) >= order.indexOf(wanted))
    .map(([, days, hour, run]) => ({ day: later(day, days), hour, run }));
}

/** Does everything in the order of its time. */
export async function doErrands(work: OfficeWork, errands: readonly Errand[]): Promise<void> {
  const key = ({ day, hour }: Errand): string => `${day} ${String(hour).padStart(2, '0')}`;
  for (const errand of [...errands].sort((one, other) =>
    key(one) < key(other) ? -1 : key(one) > key(other) ? 1 : 0,
  )) {
    work.on(errand.day, errand.hour);
    await errand.run();
  }
}

const receipt = (receivedOn: string) => ({
  receivedOn,
  sealIntact: true,
  matchesSheet: true,
  appearance: '外观完好，封条完整',
  licenceCheck: 'valid',
  licenceSource: '全国认证认可信息公共服务平台',
});

function laboratoryPerson(work: OfficeWork, role: string, key: string): Actor {
  return work.who(`${role}.${key}`);
}

function sampleRecord(
  task: TaskToVisit,
  name: string,
  template: NonNullable<ReturnType<typeof findDetailedRules>>,
  index: number,
  day: string,
) {
  return {
    sampledOn: day,
    channel: 'producer',
    place: '成品仓库',
    storage: '常温、干燥',
    sampleName: name,
    trademark: '无',
    model: `${template.specification.slice(0, 40)}-${index + 1}`,
    batch: `${later(day, -20).replaceAll('-', '')}`,
    grade: '合格品',
    firmSize: (['small', 'micro', 'medium', 'small', 'large'] as const)[index % 5],
    standard: getProduct(template.product).standards[0] ?? '企业标准',
    stock: template.sample.minimumStock + 60 + index * 7,
    unitPrice: '36.50',
    testQuantity: template.sample.test,
    spareQuantity: template.sample.spare,
    spareKeptAt: 'laboratory',
    seal: `封条 ${String(index * 2 + 1).padStart(5, '0')}、${String(index * 2 + 2).padStart(5, '0')}，完好`,
    labelledProducer: {
      name: task.enterprise_name,
      ...(task.enterprise_code === null ? {} : { code: task.enterprise_code }),
      region: task.enterprise_region,
      enterprise: task.enterprise,
    },
    present: task.samplers.map(({ person }) => person),
    signature: 'signed',
    contact: '陈经办',
    contactPhone: '13800000000',
  };
}

/** Serves every notice of the campaign that is not served yet. */
export async function serveNotices(work: OfficeWork, campaign: Campaign, day: string): Promise<number> {
  const organiser = work.who(organiserAccount);
  work.on(day, 15);
  const notices = await work.rows<{ id: string }>(
    organiser,
    `select n.id from sampling.notice n join sampling.task t on t.id = n.task where t.draw = $1 and n.state = 'prepared'`,
    [campaign.draw],
  );
  for (const { id } of notices)
    await work.act(organiser, 'sampling.notice', 'serve', { way: 'direct', servedOn: day, receivedBy: '陈经办' }, id, [
      'receipt',
    ]);
  return notices.length;
}
