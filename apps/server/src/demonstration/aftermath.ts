import { type Actor, actorOf, dayInChina, execute } from '@hengjian/kernel';
import { v7 as uuid } from 'uuid';
import { choices } from '../../../../data/demonstration/draw.ts';
import { personName } from '../../../../data/demonstration/names.ts';
import { itemsFor, resultFor } from './campaign.ts';
import { later, type OfficeWork } from './office-work.ts';
import { demonstrationSeed, idOf } from './organisation.ts';

/** A loop of the story: who handles it, and what it is about. */
interface Told {
  loop: string;
  office: string;
  product: string;
  handler: Actor;
}

const organiser = 'sampling-organiser.430000';

/** Puts a head into a county bureau: the demonstration's data has none, and leads need his signature. */
async function appointHead(work: OfficeWork, office: string): Promise<Actor> {
  const { platform } = work;
  const account = `bureau-head.${office}`;
  const id = idOf('person', account);
  const name = personName(choices(demonstrationSeed, `person ${account}`));
  await platform.database.asOwner((tx) =>
    tx.query('insert into kernel.person (id, name, demonstration) values ($1, $2, true) on conflict do nothing', [
      id,
      name,
    ]),
  );
  const { record } = await execute(platform, work.who('system-administrator.430000'), {
    id: uuid(),
    entity: 'kernel.grant',
    action: 'appoint',
    office,
    input: { person: id, role: 'bureau-head', validFrom: dayInChina(platform.now()) },
  });
  return actorOf(platform, {
    id: record,
    person: id,
    personName: name,
    role: 'bureau-head',
    office,
    organisation: null,
    organisationName: null,
    validUntil: null,
    actingForName: null,
  });
}

/**
 * What became of the failures of finished campaigns, each at another point of the way: closed with its proof, waiting for the recheck,
 * reported up, overdue, in hand, not signed for. The last days are counted back from `today`.
 */
export async function followFailures(work: OfficeWork, today: string): Promise<void> {
  const begin = later(today, -110);
  work.on(begin);
  const followUps = await work.rows<{ id: string; task: string }>(
    work.who(organiser),
    `select id, task from sampling.follow_up where kind = 'handover-producer' and state = 'open' order by started_on, id limit 6`,
  );
  const late = followUps.slice(5);
  for (const { id } of followUps.slice(0, 5))
    await work.act(work.who(organiser), 'sampling.follow-up', 'handOver', { deadline: later(today, 30) }, id);
  await work.platform.settle();
  const loops: Told[] = [];
  for (const { task } of followUps.slice(0, 5)) {
    const [loop] = await work.rows<{ id: string; office: string; product: string }>(
      work.who(organiser),
      `select l.id, l.office, t.product from handling.loop l join sampling.task t on t.id = l.task where l.task = $1`,
      [task],
    );
    const handler = loop && work.staff.get(`result-handler.${loop.office}`);
    if (loop && handler) loops.push({ loop: loop.id, office: loop.office, product: loop.product, handler });
  }
  work.on(later(begin, 2));
  for (const { loop, handler } of loops) await work.act(handler, 'handling.loop', 'sign', {}, loop);
  const [closed, waiting, reported, overdue] = loops;
  for (const told of [closed, waiting, reported, overdue]) if (told) await order(work, told, later(begin, 4));
  for (const told of [closed, waiting, reported]) if (told) await rectify(work, told, later(begin, 35));
  if (closed) await recheck(work, closed, later(begin, 44), true);
  if (reported) await recheck(work, reported, later(begin, 44), false);
  if (closed) await close(work, closed, later(begin, 46));
  if (reported)
    await work.act(
      reported.handler,
      'handling.loop',
      'reportUp',
      { summary: '复查仍不合格，请逐级上报公告。' },
      reported.loop,
      ['reportMaterial'],
    );
  work.on(later(begin, 50));
  for (const { id } of late)
    await work.act(work.who(organiser), 'sampling.follow-up', 'handOver', { deadline: later(today, 60) }, id);
  await work.platform.settle();
}

const take = (work: OfficeWork, { handler, loop }: Told, action: string, input: object, papers: string[] = []) =>
  work.act(handler, 'handling.loop', action, input as Record<string, unknown>, loop, papers);

async function serve(work: OfficeWork, { handler, loop }: Told, day: string): Promise<void> {
  const orders = await work.rows<{ id: string }>(
    handler,
    `select id from handling.order where loop = $1 and state = 'issued'`,
    [loop],
  );
  for (const { id } of orders)
    await work.act(handler, 'handling.order', 'serve', { way: 'direct', servedOn: day, receivedBy: '陈经办' }, id, [
      'receipt',
    ]);
}

async function order(work: OfficeWork, told: Told, day: string): Promise<void> {
  work.on(day);
  await take(work, told, 'recordStop', { stoppedOn: day, stopNote: '库存封存，已通知经销商停止销售。' });
  await take(work, told, 'order', { demands: '查明不合格原因，整改到位，并对库存和已售产品提出处理方案。' });
  await serve(work, told, day);
}

async function rectify(work: OfficeWork, told: Told, day: string): Promise<void> {
  work.on(day);
  const report = { cause: '原材料进厂检验缺项。', measures: '更换供应商，增加进厂检验项目，返工库存。' };
  await take(work, told, 'rectify', report, ['rectificationReport', 'recheckApplication']);
}

async function recheck(work: OfficeWork, told: Told, day: string, passes: boolean): Promise<void> {
  work.on(day);
  await take(work, told, 'recheck', {});
  const [found] = await work.rows<{ id: string }>(told.handler, 'select id from handling.recheck where loop = $1', [
    told.loop,
  ]);
  const act = (action: string, input: Record<string, unknown>, papers: string[] = []) =>
    work.act(told.handler, 'handling.recheck', action, input, found!.id, papers);
  await act('sample', { sampledOn: day, quantity: 2, batch: '整改后', seal: '封条完好', samplers: '刘某、邓某' }, [
    'sheet',
  ]);
  const results = itemsFor(told.product).map(({ item, limit }, place) => ({
    item,
    result: resultFor(limit, passes || place > 0),
  }));
  await act('report', { reportNumber: `FC-${told.product}-${day.replaceAll('-', '')}`, reportedOn: day, results }, [
    'report',
  ]);
  await act(passes ? 'recognisePass' : 'recogniseFailure', { opinion: passes ? '复查合格。' : '复查仍不合格。' });
}

async function close(work: OfficeWork, told: Told, day: string): Promise<void> {
  work.on(day);
  await serve(work, told, day);
  const head = await appointHead(work, told.office);
  const [lead] = await work.rows<{ id: string }>(
    told.handler,
    `select id from handling.referral where loop = $1 and state = 'received'`,
    [told.loop],
  );
  const decision = { decision: 'not-filed', decisionReason: '初次违法且危害后果轻微并及时改正。' };
  const { sheet } = await work.act(told.handler, 'handling.referral', 'decideLead', decision, lead!.id, ['record']);
  await work.act(head, 'kernel.approval', 'sign', { opinion: '同意。' }, sheet!);
  await take(work, told, 'close', { outcome: '复查合格，已告知可以恢复生产销售，材料齐全。' }, ['closingReport']);
}
