import { dayInChina } from '../clock.ts';
import type { Field, Refusal, Task, Values } from '../shapes.ts';
import { peopleOf } from '../tasks/state.ts';

const isBlank = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

const patterns: Record<string, RegExp> = {
  number: /^\d+$/,
  decimal: /^-?\d+(\.\d+)?$/,
  money: /^\d+(\.\d{1,2})?$/,
  date: /^\d{4}-\d\d-\d\d$/,
};

/** What is missing or no number, by the path of the field; what the server knows besides, it says. */
export function findGaps(
  fields: readonly Field[],
  values: Values,
  prefix = '',
): { path: string; field: Field; missing: boolean }[] {
  return fields.flatMap((field) => {
    const path = `${prefix}${field.name}`;
    const value = values[field.name];
    if (field.type === 'object') {
      if (field.item === undefined) return [];
      const inner = (value ?? {}) as Values;
      return !field.required && Object.values(inner).every(isBlank) ? [] : findGaps(field.item, inner, `${path}.`);
    }
    if (isBlank(value)) return field.required && field.type !== 'boolean' ? [{ path, field, missing: true }] : [];
    const pattern = patterns[field.type];
    return pattern === undefined || pattern.test(String(value).trim()) ? [] : [{ path, field, missing: false }];
  });
}

/** The input as the act takes it, in the very form in which the server reads it: it is what people sign for. */
export function toInput(fields: readonly Field[], values: Values): Values {
  const input: Values = {};
  for (const field of fields) {
    const value = values[field.name];
    if (field.type === 'object') {
      if (field.item === undefined) continue;
      const inner = toInput(field.item, (value ?? {}) as Values);
      if (field.required || Object.keys(inner).length > 0) input[field.name] = inner;
    } else if (field.type === 'boolean') input[field.name] = value === true;
    else if (isBlank(value)) {
      if (field.type === 'list' && field.required) input[field.name] = [];
    } else if (field.type === 'number') input[field.name] = Number(value);
    else if (field.type === 'list' && field.item !== undefined)
      input[field.name] = (value as Values[]).map((line) => toInput(field.item!, line));
    else input[field.name] = typeof value === 'string' ? value.trim() : value;
  }
  return input;
}

/** What is known before anybody asks: the day, the firm, what the rules want, who is there. */
export function prefilled(task: Task, action: string, now: string): Values {
  const today = dayInChina(now);
  const { fields } = task;
  if (action === 'order') return { orderedOn: today };
  if (action === 'unbox') return { parcelReceivedOn: today };
  if (action === 'deliver') return { sentOn: today, carriage: 'carried' };
  if (action === 'sendShopPapers') return { papersSentOn: today };
  if (action === 'enter') return { enteredAt: now };
  if (action === 'record')
    return { answers: [], hazards: [], present: peopleOf(task).map(({ person }) => person), signature: 'signed' };
  if (action !== 'sample') return {};
  const online = Boolean(fields.orderedOn);
  const firm = {
    name: fields.enterpriseName,
    ...(fields.enterpriseCode ? { code: fields.enterpriseCode } : {}),
    ...(fields.enterpriseRegion ? { region: fields.enterpriseRegion } : {}),
    ...(typeof task.firm?.address === 'string' ? { address: task.firm.address } : {}),
  };
  return {
    sampledOn: today,
    channel: online ? 'online' : 'producer',
    place: online ? '' : (task.firm?.address ?? ''),
    sampleName: fields.productName,
    testQuantity: fields.testSample,
    spareQuantity: fields.spareSample,
    spareKeptAt: 'laboratory',
    purchase: 'bought',
    ...(online ? {} : { labelledProducer: firm }),
    present: peopleOf(task).map(({ person }) => person),
    signature: online ? 'online' : 'signed',
  };
}

/**
 * What the law has against the sheet as far as the device can tell without a network; the same rules stand on the server, and more. The six
 * months are known to the server alone.
 */
export function barsOf(task: Task, input: Values, today: string): (Refusal & { path: string })[] {
  const bars: (Refusal & { path: string })[] = [];
  const bar = (path: string, code: string, zh: string, en: string) => bars.push({ path, code, zh, en });
  const { testSample, spareSample, minimumStock, sampleUnit, regime, planKind } = task.fields;
  const online = input.channel === 'online';
  if (String(input.sampledOn ?? '') > today)
    bar('sampledOn', 'sampled-in-future', '抽样日期不能晚于今天。', 'The sample cannot have been taken in the future.');
  if (String(input.sampledOn ?? '') < String(task.fields.issuedOn ?? ''))
    bar(
      'sampledOn',
      'before-the-notice',
      '抽样日期早于监督抽查通知书。',
      'It was sampled before the notice was issued.',
    );
  if (((input.present as unknown[] | undefined) ?? []).length < 2)
    bar(
      'present',
      'two-samplers',
      '抽样人员不得少于两人（第十六条）。',
      'At least two samplers must be there (art. 16).',
    );
  if (online !== Boolean(task.fields.orderedOn))
    bar(
      'channel',
      'online-order',
      '网络购样须先登记订单；现场抽样不登记（第二十六条）。',
      'An online purchase, and only it, is ordered first (art. 26).',
    );
  if (input.signature === 'refused' && !input.witness)
    bar(
      'witness',
      'refusal-unexplained',
      '拒绝签字的，须注明情况或者见证人（第十九条）。',
      'A refusal to sign must be explained or witnessed (art. 19).',
    );
  if (regime === 'food' && (planKind === 'risk-monitoring' || planKind === 'emergency')) return bars;
  const least = Number(minimumStock ?? Number(testSample) + Number(spareSample));
  if (!online && Number(input.stock) < least)
    bar(
      'stock',
      'stock-too-small',
      `待销产品不足 ${least} ${sampleUnit}，不得抽样（第十八条），请登记未抽到样。`,
      `Fewer than ${least} wait for sale: no sample may be taken (art. 18); record that none was.`,
    );
  if (Number(input.testQuantity) < Number(testSample))
    bar(
      'testQuantity',
      'test-sample-too-small',
      `检验样品不得少于 ${testSample} ${sampleUnit}。`,
      `The test sample needs at least ${testSample}.`,
    );
  if (Number(input.spareQuantity) < Number(spareSample))
    bar(
      'spareQuantity',
      'spare-sample-too-small',
      `备用样品不得少于 ${spareSample} ${sampleUnit}。`,
      `The spare sample needs at least ${spareSample}.`,
    );
  if (!online && Number(input.testQuantity) + Number(input.spareQuantity) > Number(input.stock))
    bar('testQuantity', 'more-than-stock', '抽取数量大于抽样基数。', 'More was taken than was there.');
  return bars;
}
