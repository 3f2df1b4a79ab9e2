import { findStanding, mayTest } from '@hengjian/institutions';
import {
  type Act,
  entity,
  field,
  lifecycle,
  on,
  optional,
  type RecordRow,
  type Refusal,
  refuse,
} from '@hengjian/kernel';
import { z } from 'zod';
import { checkItems, withQuantification } from '../bench/actions.ts';
import { announcedShape } from '../fields.ts';

const reason = field.longText('理由', { en: 'Reason', max: 2000 });

const TestRequest = entity(
  'laboratory.test-request',
  { zh: '检验申请', en: 'Request for a test' },
  {
    fields: {
      bench: field.reference('工作台', 'laboratory.bench', { en: 'Bench' }),
      organisation: field.identifier('检验机构编号', { en: 'Body (id)' }),
      bodyName: field.text('检验机构', { en: 'Body' }),
      client: field.identifier('申请单位编号', { en: 'Client (id)' }),
      clientName: field.text('申请单位', { en: 'Client' }),
      contact: field.text('联系人和电话', {
        en: 'Contact',
        max: 200,
        personal: { zh: '联系送样和取报告', en: 'to arrange delivery and report' },
      }),
      kind: field.text('类别代码', { en: 'Kind' }),
      parameter: field.text('检验项目', { en: 'Item' }),
      method: field.text('检验方法', { en: 'Method' }),
      sampleName: field.text('样品名称', { en: 'Sample' }),
      wish: optional(field.longText('说明', { en: 'What is wished', max: 2000 })),
      wantedOn: optional(field.date('希望取得报告的日期', { en: 'Report wanted by' })),
      price: optional(field.money('报价', { en: 'Price' })),
      days: optional(field.integer('检验天数', { en: 'Days of testing', min: 1, max: 365 })),
      reason: optional(reason),
      sample: optional(field.reference('样品', 'laboratory.sample', { en: 'Sample' })),
      rating: optional(field.integer('评价（1 至 5）', { en: 'Rating, 1 to 5', min: 1, max: 5 })),
      opinion: optional(field.longText('意见', { en: 'Opinion', max: 2000 })),
    },
    title: (row) => `${row.sampleName} · ${row.parameter}`,
    subject: (row) => ({ id: row.client, name: row.clientName }),
    words: (row) => [row.bodyName, row.method],
    purpose: {
      zh: '企业在“谁能检”里找到机构后提出的检验申请：报价、确认、下单、报告、评价。',
      en: 'What firms ask of the bodies they found: offer, confirmation, order, report, rating.',
    },
  },
);
type TestRequestRow = RecordRow<typeof TestRequest>;
const shape = TestRequest.shape;

/** What a body tests, it offers within its accredited scope of that day (order 163 art. 19). */
async function checkScope(_row: TestRequestRow, input: z.infer<typeof Filed>, act: Act): Promise<true | Refusal> {
  const { kind, parameter, method, organisation } = input;
  const standing = await findStanding(act.sql, organisation, [parameter]);
  const { assign } = mayTest({ kinds: [kind], parameter, method }, standing, act.occurredOn);
  return assign === true ? true : { ...assign, path: 'parameter' };
}

const Filed = z.strictObject({
  bench: shape.bench,
  organisation: shape.organisation,
  bodyName: shape.bodyName,
  client: shape.client,
  clientName: shape.clientName,
  contact: shape.contact,
  kind: shape.kind,
  parameter: shape.parameter,
  method: shape.method,
  sampleName: shape.sampleName,
  wish: shape.wish,
  wantedOn: shape.wantedOn,
});

const { source: _source, task: _task, client: _client, sampleName: _name, kind: _kind, ...ordered } = announcedShape;
const Order = z.strictObject(ordered);
type Order = z.infer<typeof Order>;

const orderOf = ({ client, clientName, sampleName, kind }: TestRequestRow, input: Order) => ({
  ...input,
  source: 'commissioned' as const,
  client: { name: clientName, organisation: client },
  sampleName,
  kind,
});

/** The order must hold what was asked for: another item is another request. */
async function checkOrder(row: TestRequestRow, input: Order, act: Act): Promise<true | Refusal> {
  if (!input.items.some(({ item, method }) => item === row.parameter && method === row.method))
    return refuse(
      'not-what-was-asked',
      `申请检验的是“${row.parameter}”（${row.method}），下单的项目里没有。`,
      `The request is for ${row.parameter} (${row.method}); the order does not hold it.`,
      'items',
    );
  return checkItems(row.organisation, orderOf(row, input), act);
}

async function takeOrder(row: TestRequestRow, input: Order, act: Act): Promise<Partial<TestRequestRow>> {
  const order = orderOf(row, input);
  const items = await withQuantification(row.organisation, order, act);
  const sample = await act.create('laboratory.sample', 'announce', {
    ...order,
    items,
    bench: row.bench,
    organisation: row.organisation,
    organisationName: row.bodyName,
  });
  return { sample: sample.id };
}

const o39 = (article: string): string => `《检验检测机构监督管理办法》（令第39号，2025修订）${article}`;
const contract = '《民法典》第四百七十一条（要约、承诺）';

/** 检验申请: from the search for who can test to the report and what the client thinks of it. */
export const testRequestLifecycle = lifecycle(TestRequest, {
  editions: [{ name: 'O39-2025', basis: o39(''), inForce: '2000-01-01' }],
  states: {
    filed: { zh: '待机构答复', en: 'With the body' },
    offered: { zh: '待申请单位确认', en: 'To be confirmed' },
    confirmed: { zh: '待下单', en: 'Confirmed' },
    ordered: { zh: '检验中', en: 'Ordered' },
    reported: { zh: '已出报告', en: 'Reported' },
    rated: { zh: '已评价', en: 'Rated', closed: true },
    declined: { zh: '机构未接受', en: 'Declined', closed: true },
    withdrawn: { zh: '已撤回', en: 'Withdrawn', closed: true },
  },
  readers: ['accreditation-officer', 'auditor'],
  columns: ['bodyName', 'parameter', 'price'],
  parties: {
    client: {
      label: { zh: '申请单位', en: 'Client' },
      of: (row) => [`org:${row.client}`],
      sees: 'all',
      from: 'filed',
    },
    receiver: {
      label: { zh: '样品管理员', en: 'Sample custodian' },
      of: (row) => [`org:${row.organisation}#laboratory-receiver`],
      sees: 'all',
      from: 'filed',
    },
    quality: {
      label: { zh: '质量负责人', en: 'Quality officer' },
      of: (row) => [`org:${row.organisation}#laboratory-quality`],
      sees: 'all',
      from: 'filed',
    },
  },
  actions: {
    file: on({
      label: { zh: '提出申请', en: 'Ask for a test' },
      from: null,
      to: 'filed',
      by: ['system'],
      basis: o39('第十条'),
      input: Filed,
      check: checkScope,
    }),
    offer: on({
      label: { zh: '报价', en: 'Make an offer' },
      from: 'filed',
      to: 'offered',
      by: ['receiver', 'quality'],
      basis: contract,
      input: z.strictObject({
        price: field.money('报价', { en: 'Price' }),
        days: field.integer('检验天数', { en: 'Days of testing', min: 1, max: 365 }),
      }),
    }),
    decline: on({
      label: { zh: '不接受', en: 'Decline' },
      from: ['filed', 'confirmed'],
      to: 'declined',
      by: ['receiver', 'quality'],
      aside: true,
      basis: o39('第七条'),
      input: z.strictObject({ reason }),
    }),
    confirm: on({
      label: { zh: '确认', en: 'Confirm' },
      from: 'offered',
      to: 'confirmed',
      by: ['client'],
      basis: contract,
    }),
    withdraw: on({
      label: { zh: '撤回申请', en: 'Withdraw' },
      from: ['filed', 'offered', 'confirmed'],
      to: 'withdrawn',
      by: ['client'],
      aside: true,
      basis: contract,
      input: z.strictObject({ reason: optional(reason) }),
    }),
    order: on({
      label: { zh: '下单', en: 'Take the order' },
      from: 'confirmed',
      to: 'ordered',
      by: ['receiver'],
      basis: o39('第九条、第十条'),
      input: Order,
      check: checkOrder,
      run: takeOrder,
    }),
    complete: on({
      label: { zh: '报告已签发', en: 'Report signed' },
      from: 'ordered',
      to: 'reported',
      by: ['system'],
      basis: o39('第十二条'),
    }),
    rate: on({
      label: { zh: '评价', en: 'Rate' },
      from: 'reported',
      to: 'rated',
      by: ['client'],
      basis: '本平台约定',
      input: z.strictObject({
        rating: field.integer('评价（1 至 5）', { en: 'Rating, 1 to 5', min: 1, max: 5 }),
        opinion: shape.opinion,
      }),
    }),
  },
});
