import type { Field, Label } from '../shapes.ts';

/** The parts of a sampling sheet in the order of the work; fields that the domain adds later appear with the product. */
export type Part = { name: string; label: Label; fields: string[] };

const sheet: Part[] = [
  {
    name: 'product',
    label: { zh: '样品', en: 'Product' },
    fields: [
      'channel',
      'sampledOn',
      'place',
      'storage',
      'sampleName',
      'trademark',
      'model',
      'batch',
      'grade',
      'standard',
      'shelfLifeUntil',
      'labelledProducer',
      'marketOpener',
    ],
  },
  {
    name: 'quantity',
    label: { zh: '数量与价款', en: 'Quantity and price' },
    fields: ['stock', 'testQuantity', 'spareQuantity', 'spareKeptAt', 'unitPrice', 'purchase', 'payee', 'repeatGround'],
  },
  { name: 'seals', label: { zh: '封样', en: 'Seals' }, fields: ['seal'] },
  {
    name: 'people',
    label: { zh: '人员', en: 'People' },
    fields: ['present', 'contact', 'contactPhone', 'signature', 'witness'],
  },
];
/** Asked of food alone, or of products alone. */
const foodOnly = new Set(['shelfLifeUntil', 'marketOpener']);
const productOnly = new Set(['repeatGround', 'grade']);

/** The parts of a sheet with their fields, by the regime of the task. */
export function partsOf(fields: readonly Field[], regime: string): { part: Part; fields: Field[] }[] {
  const shown = fields.filter(
    ({ name, type, item }) =>
      (type !== 'object' || item !== undefined) && !(regime === 'food' ? productOnly : foodOnly).has(name),
  );
  const placed = new Set(sheet.flatMap((part) => part.fields));
  return sheet.map((part) => ({
    part,
    fields: [
      ...part.fields.flatMap((name) => shown.filter((field) => field.name === name)),
      ...(part.name === 'product' ? shown.filter(({ name }) => !placed.has(name)) : []),
    ],
  }));
}

/** The sentence that stands in the record when a reason is tapped; the person may add to it. */
export const plainNotes: Record<string, string> = {
  stopped: '到场时企业停业（停产）。',
  'changed-production': '企业已转产，不再生产该产品。',
  'not-found': '按登记地址未找到该企业。',
  'no-product': '现场没有待销产品。',
  'stock-too-small': '待销产品数量不足。',
  'not-for-sale': '产品不用于销售。',
  'export-only': '产品只用于出口，合同另有质量约定。',
  'marked-trial': '产品标注试制、处理或者样品。',
  'six-months': '同一产品六个月内已经抽查。',
  'superior-sampled': '企业出示六个月内经上级抽查的证明。',
  'not-delivered': '网购订单未能交付。',
  refused: '企业阻碍、拒绝或者不配合抽样。',
};
/** Food knows no six months. */
export const notForFood = new Set(['six-months', 'superior-sampled']);
