import { readFileSync } from 'node:fs';
import { composeCreditCode } from '@hengjian/identifiers';
import type { DrawBundle } from '@hengjian/transparency';
import type { Label } from '../language.ts';
import type { PortalOptions, PublicEntryWithBody, PublicReader } from '../public-record.ts';
import { answers } from './answers.ts';
import { logOf } from './log.ts';

/** Invented firms, so that no finding stands beside a real name. */
export const lantern = { name: '长沙明灯电器有限公司', code: composeCreditCode('9', '1', '430100', 'A1B2C3D4') };
export const orchard = { name: '湘潭果园食品机械有限公司', code: composeCreditCode('9', '1', '430300', 'E5F6G7H8') };
export const hostile = '<script>alert("名称")</script>&"\'';

const office = { code: '430000', zh: '湖南省市场监督管理局', en: 'Hunan Administration for Market Regulation' };
export const identifier = (number: number): string => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;

function entry(
  number: number,
  kind: string,
  title: Label,
  body: unknown,
  more: Partial<PublicEntryWithBody> = {},
): PublicEntryWithBody {
  const publishedAt = new Date(Date.UTC(2026, 9, 1 + number, 1, 30)).toISOString();
  return {
    id: identifier(number),
    kind,
    title,
    office,
    region: '430000',
    publishedAt,
    withdrawnAt: null,
    reason: null,
    replaces: null,
    replacedBy: null,
    body,
    event: identifier(900 + number),
    sealed: number,
    ...more,
  };
}

const batch = (firm: { name: string; code: string }, number: number, more: object = {}) => ({
  enterprise: firm.name,
  enterpriseCode: firm.code,
  region: '430100',
  producer: firm.name,
  producerCode: firm.code,
  channel: 'seller',
  productName: '家用和类似用途固定式电气装置的开关',
  trademark: '示例牌',
  model: `86 型 ${number} 位`,
  batch: `2026-0${1 + (number % 8)}-1${number % 10}`,
  laboratory: '示例检验检测院',
  failedItems: [],
  seriousness: 'none',
  retested: false,
  note: null,
  ...more,
});

const failing = [
  batch(lantern, 1, {
    channel: 'producer',
    seriousness: 'serious',
    retested: true,
    failedItems: [
      { item: '防触电保护', limit: '不得触及带电部件', result: '试验指可触及带电部件', unit: null, severity: 'A' },
      { item: '温升', limit: '≤45', result: '52.3', unit: 'K', severity: 'A' },
    ],
  }),
  batch({ name: hostile, code: composeCreditCode('9', '2', '430200', 'B7C8D9E0') }, 2, {
    producer: null,
    producerCode: null,
    seriousness: 'ordinary',
    note: '标称生产者否认为其产品并经认定成立，本结果仅对销售者有效。',
    failedItems: [{ item: '爬电距离', limit: '≥3.0', result: '2.4', unit: 'mm', severity: 'B' }],
  }),
];
/** Every seventh batch is of a firm with a page in these tests; the others are of firms with no other record. */
const makerOf = (index: number): { name: string; code: string } =>
  index % 7 === 0
    ? orchard
    : index % 11 === 1
      ? lantern
      : { name: `示例第${index}电器厂`, code: composeCreditCode('9', '1', '430100', `Q${String(1000000 + index)}`) };
const bulletin = (fails: object[], passes: number, extra: object = {}) => ({
  name: '公告',
  productName: '开关',
  summary: null,
  revision: 1,
  publishedOn: '2026-10-10',
  reason: null,
  counts: {
    tasks: fails.length + passes + 4,
    conforming: passes,
    failing: fails.length,
    voided: 0,
    stopped: 1,
    notSampled: 3,
    terminated: 0,
    cancelled: 0,
    open: 0,
  },
  failing: fails,
  passing: Array.from({ length: passes }, (_, index) => batch(makerOf(index), index)),
  ...extra,
});

const rules = {
  product: 'P201',
  productName: '家用开关',
  version: 2,
  testSample: 6,
  spareSample: 6,
  sampleUnit: '只',
  minimumStock: 30,
  verdictRule: 'any-item',
  retestDays: 10,
  method: '在生产企业成品库或者销售场所随机抽取同一批次、同一型号的产品。\n抽样基数不少于规定数量。',
  publishedOn: '2026-10-04',
  items: [
    {
      item: '防触电保护',
      method: 'GB/T 16915.1-2014 第10章',
      limit: '不得触及带电部件',
      unit: null,
      severity: 'A',
      judge: 'full',
    },
    { item: '温升', method: 'GB/T 16915.1-2014 第17章', limit: '≤45', unit: 'K', severity: 'A', judge: 'rounded' },
    {
      item: '标志',
      method: 'GB/T 16915.1-2014 第8章',
      limit: '齐全、清晰、耐久',
      unit: null,
      severity: 'C',
      judge: 'full',
    },
  ],
};

/** A draw with two parties and nine samplers, checked by a second implementation; all its names are invented. */
export const golden = JSON.parse(
  readFileSync(new URL('../../../../libs/transparency/fixtures/golden-draw.json', import.meta.url), 'utf8'),
) as DrawBundle;
export const drawNumber = identifier(800);

function stage(name: 'committed' | 'drawn' | 'opened' | 'voided', more: object = {}) {
  const strata = golden.commitment.strata.map(({ code, sample, reserve }, index) => ({
    code,
    key: String(code),
    label: ['城区生产企业', '县域生产企业'][index],
    size: 30,
    sample,
    reserves: reserve,
    weightClasses: [
      { weight: 1, size: 18 },
      { weight: 2, size: 12 },
    ],
  }));
  return {
    draw: drawNumber,
    stage: name,
    name: '2026 年家用开关抽取',
    product: 'P201',
    productName: '家用开关',
    rules: identifier(3),
    strata,
    sizes: { frame: 60, drawn: 9, reserves: 5 },
    commitmentDigest: golden.commitmentDigest,
    commitment: golden.commitment,
    opensWhen: { zh: '全部任务办结后公开名称和盐值。', en: 'Names and salts open when every task is done.' },
    result: name === 'drawn' || name === 'opened' ? golden.result : null,
    opening: null,
    reason: null,
    ...more,
  };
}
const opening = {
  ...golden.opening,
  leaves: (golden.opening?.leaves ?? []).map(({ index, salt }, at) => ({
    index,
    salt,
    record:
      at === 0
        ? { name: lantern.name, creditCode: lantern.code, region: '430100' }
        : { name: `示例企业 ${index}`, creditCode: null, region: '430300' },
  })),
};

const withdrawn = { withdrawnAt: '2026-10-20T02:00:00Z' };
export const entries: PublicEntryWithBody[] = [
  entry(
    1,
    'sampling-bulletin',
    { zh: '2025 年插座产品监督抽查公告', en: 'Bulletin of supervision sampling: sockets, 2025' },
    null,
    { ...withdrawn, reason: '检验方法引用有误，重新检验后另行公告。' },
  ),
  entry(
    2,
    'sampling-bulletin',
    { zh: '2026 年开关产品监督抽查公告', en: 'Bulletin of supervision sampling: switches, 2026' },
    bulletin(failing, 96),
    { ...withdrawn, reason: '更正 1 批次的型号。', replacedBy: identifier(9) },
  ),
  entry(
    3,
    'sampling-rules',
    { zh: '家用开关质量监督抽查实施细则（第2版）', en: 'Detailed rules of supervision sampling: switches, version 2' },
    rules,
    { region: '430100' },
  ),
  entry(
    4,
    'sampling-draw',
    { zh: '2026 年家用开关抽取：抽取公告', en: 'Draw of 2026, switches: announcement of the draw' },
    stage('committed'),
    { ...withdrawn, replacedBy: identifier(5), reason: '已抽取，见结果条目。' },
  ),
  entry(
    5,
    'sampling-draw',
    { zh: '2026 年家用开关抽取：抽取结果', en: 'Draw of 2026, switches: result of the draw' },
    stage('drawn'),
    { replaces: identifier(4) },
  ),
  entry(
    6,
    'sampling-draw',
    { zh: '2026 年儿童玩具抽取：抽取公告', en: 'Draw of 2026, toys: announcement of the draw' },
    stage('committed', { draw: identifier(801), productName: '儿童玩具' }),
  ),
  entry(
    7,
    'sampling-draw',
    { zh: '2026 年电线电缆抽取：抽取名单公开', en: 'Draw of 2026, cables: opening of the draw' },
    stage('opened', { draw: identifier(802), productName: '电线电缆', opening }),
  ),
  entry(
    8,
    'recall-notice',
    { zh: `召回公告 ${hostile}`, en: `Recall notice ${hostile}` },
    { product: hostile, models: ['A-1', 'A-2'], [hostile]: { nested: true } },
    { sealed: null },
  ),
  entry(
    9,
    'sampling-bulletin',
    { zh: '2026 年开关产品监督抽查公告', en: 'Bulletin of supervision sampling: switches, 2026' },
    bulletin(failing, 96),
    { replaces: identifier(2) },
  ),
  entry(
    10,
    'sampling-bulletin',
    { zh: '2026 年蔬菜切割机监督抽查公告', en: 'Bulletin of supervision sampling: vegetable cutters, 2026' },
    bulletin([], 24, { productName: '蔬菜切割机' }),
    { region: '430300' },
  ),
  entry(
    11,
    'service-by-notice',
    { zh: '送达公告：湘潭果园食品机械有限公司', en: 'Service by notice: 湘潭果园食品机械有限公司' },
    {
      addressee: orchard.name,
      paper: '产品质量监督抽查检验结果告知书',
      fetchAt: office.zh,
      publicisedOn: '2026-10-12',
      servedOn: '2026-11-11',
    },
  ),
];

/** Firms of the entries, as the record's own index of subjects would have them. */
const subjects: Record<number, string[]> = {
  1: [lantern.code],
  2: [lantern.code, orchard.code],
  7: [lantern.code],
  9: [lantern.code, orchard.code],
  10: [lantern.code, orchard.code],
  11: [orchard.code],
};
const isAbout = (id: string, code: string): boolean =>
  Object.entries(subjects).some(([number, codes]) => identifier(Number(number)) === id && codes.includes(code));

export const publicPaper = 'ab'.repeat(32);

const limits = { wilson: { lower: '0.529112', upper: '0.977583' }, exact: { lower: '0.473490', upper: '0.996840' } };
const statement = { zh: '批次按风险有针对性地抽取', en: 'The batches were targeted by risk' };
const rate = { passed: 7, n: 8, rate: '0.875000', ...limits, representative: false, statement };
/** The pass rate of one bulletin, by city. */
export const publishedRate = {
  ...rate,
  entry: identifier(1),
  title: '2026年插座监督抽查结果公告',
  product: '插座',
  office: '湖南省市场监督管理局',
  publishedOn: '2026-05-12',
  note: null,
  cities: [
    { ...rate, city: '430100', name: '长沙市' },
    { ...rate, city: '430200', name: '株洲市', passed: 0, n: 0, rate: null, wilson: null, exact: null },
  ],
};

/** A reader over these entries, with the answers that the public role of the database gives. */
export function readerOf(all: readonly PublicEntryWithBody[]): PublicReader {
  return {
    async list({ kind, q, region, subject, before, limit }) {
      const prefix = region?.replace(/(00)+$/, '') ?? '';
      return all
        .filter(
          (one) =>
            (kind === undefined || one.kind === kind) &&
            (q === undefined || one.title.zh.includes(q) || one.title.en.includes(q)),
        )
        .filter(
          (one) =>
            one.region.startsWith(prefix) &&
            (subject === undefined || isAbout(one.id, subject)) &&
            (before === undefined || one.publishedAt < before),
        )
        .sort((one, other) => (one.publishedAt < other.publishedAt ? 1 : -1))
        .slice(0, limit)
        .map(({ body: _body, event: _event, sealed: _sealed, ...shown }) => shown);
    },
    async entry(id) {
      const found = all.find((one) => one.id === id);
      if (found === undefined) throw Object.assign(new Error('not-found'), { status: 404 });
      return found;
    },
    async rates() {
      return [publishedRate];
    },
    async carrying(sha256) {
      return sha256 === publicPaper ? all.filter(({ id }) => id === identifier(9)) : [];
    },
    ask: async (query, input) => answers(query, input),
  };
}

const regions: Record<string, Label> = {
  430000: { zh: '湖南省', en: 'Hunan' },
  430100: { zh: '长沙市', en: 'Changsha' },
  430300: { zh: '湘潭市', en: 'Xiangtan' },
};

export const options = (more: Partial<PortalOptions> = {}): PortalOptions => ({
  reader: readerOf(entries),
  log: logOf(1000),
  baseUrl: 'https://portal.example.gov',
  regionName: (code) => regions[code],
  ...more,
});
