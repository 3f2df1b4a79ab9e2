import { field, optional } from '@hengjian/kernel';
import { z } from 'zod';

export const channels = {
  producer: { zh: '生产企业成品仓库', en: "Producer's store" },
  seller: { zh: '销售者现场', en: 'Seller, on site' },
  online: { zh: '网络购样', en: 'Bought online' },
} as const;
export type Channel = keyof typeof channels;

/** 标称生产者: who the label says made it. */
const labelledProducerShape = {
  name: field.text('标称生产者', { en: 'Labelled producer', public: true }),
  code: optional(
    field.text('统一社会信用代码', { en: 'Credit code', public: true, pattern: /^[0-9A-HJ-NPQRTUWXY]{18}$/ }),
  ),
  region: optional(field.region('所在地', { en: 'Region', public: true })),
  address: optional(field.text('地址', { en: 'Address', max: 300 })),
  licence: optional(field.text('生产许可证或 CCC 证书号', { en: 'Licence or CCC certificate' })),
  enterprise: optional(field.identifier('主体库编号', { en: 'In the register' })),
};
export const LabelledProducer = z.object(labelledProducerShape);
export type LabelledProducer = z.infer<typeof LabelledProducer>;

/** What is recorded of a sample bought in the name of a consumer (order 18 art. 26; order 15 art. 18). */
const onlineOrderShape = {
  platform: field.text('电子商务平台经营者', { en: 'Platform operator', public: true }),
  platformEnterprise: optional(field.identifier('平台主体库编号', { en: 'Platform in the register' })),
  platformAddress: optional(field.text('平台地址', { en: "Platform's address", max: 300 })),
  shop: field.text('网店名称', { en: 'Shop' }),
  page: field.text('商品网页', { en: 'Page', max: 1000 }),
  order: field.text('订单号', { en: 'Order number' }),
  account: field.text('注册账号', { en: 'Account' }),
  payment: field.text('付款账户', { en: 'Paid from' }),
  delivery: field.text('收货地址', { en: 'Delivered to', max: 300 }),
};

/** The order, before anything has come (order 18 art. 26). */
export const orderShape = {
  orderedOn: field.date('下单日期', { en: 'Ordered on' }),
  orderPrice: field.money('订单金额（含运费）', { en: 'Paid, carriage included' }),
  onlineOrder: field.object('网络购样信息', onlineOrderShape, { en: 'Online order' }),
};
/** The parcel as it came, opened before a camera (order 18 art. 28). */
export const parcelShape = {
  parcelReceivedOn: field.date('收货日期', { en: 'Parcel received on' }),
  parcelState: field.text('寄递包装、样品包装和标识查验情况', { en: 'State of parcel, package and marks', max: 500 }),
};
/** Papers that follow an online purchase to the shop, and word to the platform (order 18 arts 28, 35). */
export const shopPapersShape = {
  papersSentOn: field.date('文书寄送日期', { en: 'Papers posted on' }),
  papersWaybill: field.text('文书邮件号', { en: 'Mail number' }),
  platformToldOn: optional(field.date('告知平台日期', { en: 'Platform told on' })),
  platformToldHow: optional(field.text('告知平台方式', { en: 'How the platform was told' })),
};

/** 企业规模, as the sampling sheet asks it (GB/T 4754 trades, 国统字〔2017〕213号): by staff and turnover, by the firm's own word. */
export const firmSizes = {
  large: { zh: '大型', en: 'Large' },
  medium: { zh: '中型', en: 'Medium' },
  small: { zh: '小型', en: 'Small' },
  micro: { zh: '微型', en: 'Micro' },
} as const;

export const purchases = {
  bought: { zh: '已购买', en: 'Bought' },
  'not-harmed': {
    zh: '非破坏性检验且不影响质量，未购买（第二十二条第二款）',
    en: 'Not harmed by the test, so not bought (art. 22(2))',
  },
} as const;

export const Person = z.object({
  person: field.identifier('人员', { en: 'Person' }),
  name: field.text('姓名', { en: 'Name' }),
});
export const Body = {
  id: field.identifier('机构', { en: 'Body' }),
  name: field.text('机构名称', { en: 'Name of body' }),
};

/** What the sampling record (抽样单) says; each is a field of the task and an input of the act of sampling (order 18 arts 19, 22–24). */
export const sampleShape = {
  sampledOn: field.date('抽样日期', { en: 'Sampled on' }),
  channel: field.choice('抽样渠道', channels, { en: 'Where', public: true }),
  place: field.text('抽样地点', { en: 'Place', max: 300 }),
  storage: optional(field.text('贮存环境', { en: 'Storage', max: 300 })),
  sampleName: field.text('样品名称', { en: 'Name on the product', public: true }),
  trademark: field.text('商标', {
    en: 'Trademark',
    public: true,
    help: { zh: '没有商标的填“无”。', en: 'Enter 无 when there is none.' },
  }),
  model: field.text('规格型号', { en: 'Model', public: true }),
  batch: field.text('生产日期或批号', { en: 'Batch or date of production', public: true }),
  firmSize: optional(field.choice('企业规模', firmSizes, { en: 'Size of the firm' })),
  grade: optional(field.text('产品等级', { en: 'Grade', public: true })),
  standard: field.text('执行标准', { en: 'Standard', public: true }),
  stock: field.integer('抽样基数', {
    en: 'Stock',
    help: { zh: '同批待销产品的数量。', en: 'Goods of the batch waiting for sale.' },
  }),
  unitPrice: field.money('单价', { en: 'Unit price' }),
  purchase: optional(
    field.choice('检验样品获取', purchases, {
      en: 'How the test sample was got',
      help: { zh: '不填为购买。', en: 'Bought when left out.' },
    }),
  ),
  payee: optional(field.text('收款人', { en: 'Payee' })),
  testQuantity: field.integer('检验样品数量', { en: 'Test sample', min: 1 }),
  spareQuantity: field.integer('备用样品数量', { en: 'Spare sample' }),
  spareKeptAt: field.choice(
    '备用样品存放处',
    { laboratory: { zh: '检验机构', en: 'Laboratory' }, firm: { zh: '被抽样单位', en: 'Sampled firm' } },
    { en: 'Spare sample is kept at' },
  ),
  seal: field.text('封样状态', {
    en: 'Seals',
    max: 300,
    help: { zh: '封条编号、位置和状态。', en: 'Numbers, places and state of the seals.' },
  }),
  labelledProducer: optional(
    field.object('标称生产者', labelledProducerShape, { en: 'Labelled producer', public: true }),
  ),
  present: field.list('到场抽样人员', field.identifier('人员', { en: 'Person' }), { en: 'Samplers present', max: 10 }),
  signature: field.choice(
    '被抽样单位签字',
    {
      signed: { zh: '已签字', en: 'Signed' },
      refused: { zh: '拒绝签字', en: 'Refused to sign' },
      online: { zh: '网购，加盖抽样单位公章后寄送', en: 'Online: sealed and sent' },
    },
    { en: "Firm's signature" },
  ),
  witness: optional(
    field.text('见证人或拒签说明', {
      en: 'Witness, or account of the refusal',
      max: 300,
      personal: { zh: '证明拒签', en: 'to prove the refusal' },
    }),
  ),
  contact: optional(field.text('联系人', { en: 'Contact', personal: { zh: '抽查联系', en: 'to reach the firm' } })),
  contactPhone: optional(
    field.text('联系电话', { en: 'Telephone', personal: { zh: '抽查联系', en: 'to reach the firm' } }),
  ),
  shelfLifeUntil: optional(field.date('保质期至', { en: 'Shelf life ends on' })),
  marketOpener: optional(
    field.object(
      '食品集中交易市场开办者',
      {
        name: field.text('名称', { en: 'Name' }),
        enterprise: optional(field.identifier('主体库编号', { en: 'In the register' })),
        address: optional(field.text('地址', { en: 'Address', max: 300 })),
      },
      { en: 'Opener of the market' },
    ),
  ),
  repeatGround: optional(
    field.longText('重复抽查的理由', {
      en: 'Ground for sampling again',
      max: 500,
      help: {
        zh: '仅跟踪抽查和应急抽查可在六个月内重复抽查。',
        en: 'Only follow-up and emergency sampling may repeat within six months.',
      },
    }),
  ),
};
export const SampleRecord = z.strictObject(sampleShape);
export type SampleRecord = z.infer<typeof SampleRecord>;

/** How the sealed samples travel to the laboratory (order 18 art. 24). */
export const carriageShape = {
  carriage: field.choice(
    '送样方式',
    { carried: { zh: '抽样人员携带', en: 'Carried by the samplers' }, mailed: { zh: '寄递', en: 'By carrier' } },
    { en: 'Carriage' },
  ),
  sentOn: field.date('送出日期', { en: 'Sent on' }),
  carrier: optional(field.text('承运人', { en: 'Carrier' })),
  waybill: optional(field.text('运单号', { en: 'Waybill' })),
};

/** What the laboratory finds on arrival (order 18 arts 29, 30). */
export const receiptShape = {
  receivedOn: field.date('收样日期', { en: 'Received on' }),
  sealIntact: field.flag('封条完好', { en: 'Seals intact' }),
  matchesSheet: field.flag('与抽样单相符', { en: 'Matches the sampling record' }),
  appearance: field.text('样品外观和状态', { en: 'Appearance', max: 500 }),
  licenceCheck: field.choice(
    '生产者资质核实',
    {
      'not-needed': { zh: '不实行许可或强制认证', en: 'Neither licence nor certification asked' },
      valid: { zh: '符合要求', en: 'In order' },
      missing: { zh: '未取得', en: 'Missing' },
    },
    { en: "Producer's licence" },
  ),
  licenceSource: optional(field.text('核实途径', { en: 'Checked where', max: 300 })),
};

type AllOptional<Shape extends z.ZodRawShape> = { [Name in keyof Shape]: z.ZodOptional<z.ZodNullable<Shape[Name]>> };

/** The same fields, each of which may still be missing: how a record holds what a later action enters. */
export function untilEntered<Shape extends z.ZodRawShape>(shape: Shape): AllOptional<Shape> {
  const entries = Object.entries(shape).map(([name, schema]) => [name, optional(schema as unknown as z.ZodType)]);
  return Object.fromEntries(entries) as AllOptional<Shape>;
}

/** Every one of these fields set back to nothing: the sampling is to be done again. */
export function forgotten(...shapes: z.ZodRawShape[]): Record<string, null> {
  return Object.fromEntries(shapes.flatMap((shape) => Object.keys(shape)).map((name) => [name, null]));
}
