import { type Act, field, optional, type Refusal, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import type { TaskRow } from './entity.ts';
import type { FailedItem } from './items.ts';
import { addresseesOf, finalConclusionOf, type ObjectionOutcome } from './rules.ts';

/** The producer's denial must be decided before anybody is told who made the goods. */
const isDenialSettled = (row: TaskRow): true | Refusal =>
  row.producerAnswer !== 'denies' ||
  Boolean(row.denial) ||
  refuse(
    'denial-open',
    '标称生产者否认为其产品，请先作出认定。',
    'The labelled producer denies the goods; decide on that first.',
  );

/** A failing conclusion on food is served, a conforming one is filed (order 15 arts 26, 29). */
export const mayBeTold = (row: TaskRow): true | Refusal => {
  if (row.regime === 'food' && row.conclusion === 'conforms')
    return refuse(
      'nothing-to-serve',
      '食品合格结论不需送达，请归档（总局令第15号第二十九条）。',
      'A conforming conclusion on food is not served; file it (order 15 art. 29).',
    );
  return isDenialSettled(row);
};

/** Prepares one written conclusion for each who must have it (order 18 art. 35; order 15 art. 29). */
export async function notify(row: TaskRow, _input: unknown, act: Act): Promise<Partial<TaskRow>> {
  const food = row.regime === 'food';
  for (const addressee of addresseesOf(row))
    await act.create(food ? 'sampling.food-notice' : 'sampling.notice', 'prepare', {
      ...(food ? { conclusionReceivedOn: row.reportedOn } : {}),
      task: row.id,
      addressee,
      enterpriseName: row.enterpriseName,
      productName: row.productName,
      sampleName: row.sampleName,
      trademark: row.trademark,
      model: row.model,
      batch: row.batch,
      reportNumber: row.reportNumber,
      conclusion: row.conclusion,
      failedItems: row.failedItems,
      labName: row.lab.name,
    });
  return { notifiedOn: act.occurredOn };
}

export const ProducerLetter = z.strictObject({ producerAnswerDue: field.date('答复期限', { en: 'Answer by' }) });

export const isMadeElsewhere = (row: TaskRow): true | Refusal =>
  (row.channel !== 'producer' && Boolean(row.labelledProducer)) ||
  refuse(
    'nobody-to-ask',
    '样品在生产企业抽取，或者没有标称生产者，无需确认。',
    'Taken at the producer, or no producer is named: nobody to ask.',
  );

export function checkProducerLetter(row: TaskRow, input: z.infer<typeof ProducerLetter>, act: Act): true | Refusal {
  if (row.producerAnswer)
    return refuse('answered-already', '标称生产者已经答复。', 'The producer has answered already.');
  return (
    input.producerAnswerDue > act.occurredOn ||
    refuse('due-in-past', '答复期限应晚于今天。', 'The term must lie ahead.', 'producerAnswerDue')
  );
}

export const askProducer = (_row: TaskRow, _input: unknown, act: Act): Partial<TaskRow> => ({
  producerAskedOn: act.occurredOn,
});

export const ProducerAnswer = z.strictObject({
  producerAnswer: field.choice(
    '答复',
    { confirms: { zh: '确认为其产品', en: 'Confirms' }, denies: { zh: '否认为其产品', en: 'Denies' } },
    { en: 'Answer' },
  ),
  producerStatement: optional(field.longText('陈述和证据说明', { en: 'Statement and evidence', max: 4000 })),
});

export const isProducerAsked = (row: TaskRow): true | Refusal =>
  Boolean(row.producerAskedOn) ||
  refuse('not-asked', '还没有向标称生产者发出样品确认通知。', 'The labelled producer was not asked.');

export function checkProducerAnswer(row: TaskRow, input: z.infer<typeof ProducerAnswer>): true | Refusal {
  if (row.producerAnswer === 'confirms' || row.producerAnswer === 'denies')
    return refuse('answered-already', '标称生产者已经答复。', 'The producer has answered already.');
  if (input.producerAnswer === 'denies' && !input.producerStatement)
    return refuse(
      'denial-unfounded',
      '否认为其产品的，须说明理由和证据。',
      'A denial must give its reasons and evidence.',
      'producerStatement',
    );
  return true;
}

/** Silence confirms nothing and denies nothing. */
export const noAnswer = (row: TaskRow): Partial<TaskRow> => (row.producerAnswer ? {} : { producerAnswer: 'none' });

export const DenialDecision = z.strictObject({
  denial: field.choice(
    '认定',
    { proved: { zh: '否认成立', en: 'Denial proved' }, 'not-proved': { zh: '否认不成立', en: 'Denial not proved' } },
    { en: 'Decision' },
  ),
  denialReason: field.longText('认定理由', { en: 'Reasons', max: 4000 }),
});
type DenialDecision = z.infer<typeof DenialDecision>;

export function checkDenial(row: TaskRow): true | Refusal {
  if (row.producerAnswer !== 'denies')
    return refuse('no-denial', '标称生产者没有否认。', 'The producer has not denied the goods.');
  return !row.denial || refuse('denial-decided', '已经作出认定。', 'This was decided already.');
}

/** A proved denial takes the producer out: a notice prepared or served for him is withdrawn (practice M8). */
export async function decideDenial(row: TaskRow, input: DenialDecision, act: Act): Promise<Partial<TaskRow>> {
  if (input.denial === 'proved') await withdrawProducersNotice(row.id, input.denialReason, act);
  return {};
}

async function withdrawProducersNotice(task: string, reason: string, act: Act): Promise<void> {
  const notices = await act.sql.query<{ id: string }>(
    `select id from sampling.notice where task = $1 and addressee ->> 'kind' = 'labelled-producer'
       and state in ('prepared', 'returned', 'publicised', 'served', 'served-late') order by id`,
    [task],
  );
  for (const { id } of notices) await act.perform('sampling.notice', id, 'withdraw', { reason });
}

/** The same decision, taken on an objection of the producer. */
export const acceptDenial = (row: TaskRow, _input: DenialDecision): Partial<TaskRow> => ({
  producerAnswer: 'denies',
  producerStatement: row.producerStatement ?? '见异议处理申请。',
});

/** Nothing is final while a notice runs or an objection is open (order 18 arts 36–42). */
export async function checkConclude(row: TaskRow, _input: unknown, act: Act): Promise<true | Refusal> {
  const open = await openNotices(act.sql, row.id);
  return (
    open === 0 ||
    refuse('notices-open', `还有 ${open} 份告知书在异议期内或者异议未办结。`, `${open} notices are still open.`)
  );
}

/** Notices, and objections to the sampling of food, that have neither run out nor been settled. */
export async function openNotices(sql: Act['sql'], task: string): Promise<number> {
  const [row] = await sql.query<{ n: number }>(
    `select (select count(*) from sampling.notice where task = $1 and state not in ('elapsed', 'settled', 'withdrawn'))
       + (select count(*) from sampling.food_notice where task = $1 and state not in ('elapsed', 'settled', 'withdrawn'))
       + (select count(*) from sampling.food_objection where task = $1 and state not in ('rejected', 'decided')) as n`,
    [task],
  );
  return Number(row!.n);
}

export async function conclude(row: TaskRow, _input: unknown, act: Act): Promise<Partial<TaskRow>> {
  const objections = await act.sql.query<ObjectionOutcome & { failedItems: FailedItem[] | null }>(
    `select outcome, final_failed_items as "failedItems" from sampling.objection where task = $1
     union all select outcome, final_failed_items from sampling.food_retest where task = $1
     union all select outcome, null from sampling.food_objection where task = $1`,
    [row.id],
  );
  return { ...finalConclusionOf(row, objections), concludedOn: act.occurredOn };
}
