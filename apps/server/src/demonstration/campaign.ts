import { randomBytes } from 'node:crypto';
import { parseLimit } from '@hengjian/statistics';
import { secretCommitment, toHex } from '@hengjian/transparency';
import { Decimal } from 'decimal.js';
import { findDetailedRules, getProduct } from '../../../../data/products/index.ts';
import { later, type OfficeWork } from './office-work.ts';
import { idOf } from './organisation.ts';

/** A laboratory of the demonstration and its people. */
export interface Laboratory {
  id: string;
  key: string;
  name: string;
}

export interface CampaignPlan {
  product: string;
  /** Day on which the scheme is drafted. */
  from: string;
  batches: number;
  /** Firms that make the product; sixty unless told. */
  population?: number;
  reserves: number;
  plan: string;
  sampling: Laboratory;
  testing: Laboratory;
  /** Results outside the limits in this share of the tasks: every n-th. */
  failEvery: number;
}

export interface Campaign extends CampaignPlan {
  scheme: string;
  rules: string;
  draw?: string;
}

const planner = 'planner.430000';
const organiser = 'sampling-organiser.430000';

/** Items of the demonstration's detailed rules that have a number for a limit. */
export function itemsFor(product: string) {
  const rules = findDetailedRules(product);
  if (rules === undefined) throw new Error(`There is no template of detailed rules for ${product}.`);
  return rules.items
    .filter(({ limit }) => isNumeric(limit))
    .map(({ zh, method, limit, severity }) => ({ item: zh, method, limit, severity, judge: 'full' as const }));
}

function isNumeric(limit: string): boolean {
  try {
    return parseLimit(limit, null).kind === 'range';
  } catch {
    return false;
  }
}

/** A result that meets a limit, or one that does not. */
export function resultFor(limit: string, conforms: boolean): string {
  const numbers = [...limit.matchAll(/\d+(?:\.\d+)?/g)].map(([text]) => new Decimal(text));
  const [first, second] = numbers;
  const places = Math.max(first!.decimalPlaces(), 1) + 1;
  const value =
    limit.includes('±') || (second === undefined && !/[≤≥<>]/.test(limit))
      ? first!.times(conforms ? 0.4 : 1.4)
      : /[≤<]/.test(limit)
        ? first!.times(conforms ? 0.72 : 1.31)
        : /[≥>]/.test(limit)
          ? first!.times(conforms ? 1.14 : 0.81)
          : conforms
            ? first!.plus(second!).div(2)
            : second!.times(1.2);
  return value.toDecimalPlaces(places).toString();
}

/** An annual plan: drafted, approved, filed. */
export async function putPlanInForce(
  work: OfficeWork,
  year: number,
  day: string,
  items: { product: string; batches: number; perBatch?: number }[],
): Promise<string> {
  work.on(day);
  const lines = items.map(({ product, batches, perBatch = 15_000 }) => ({
    product,
    productName: getProduct(product).zh,
    batches,
    budget: new Decimal(batches).times(perBatch).toFixed(2),
  }));
  const { record } = await work.act(work.who(planner), 'sampling.plan', 'draft', {
    year,
    name: `${year}年省级产品质量监督抽查计划`,
    kind: 'supervision',
    items: lines,
  });
  work.on(day, 15);
  await work.approve(work.who(planner), 'sampling.plan', 'submit', record);
  work.on(later(day, 3));
  await work.act(
    work.who(planner),
    'sampling.plan',
    'fileUpward',
    {
      filedUpward: later(day, 3),
      filedWith: '国家市场监督管理总局',
      filingNumber: `湘市监函〔${year}〕${(year % 10) + 3}号`,
    },
    record,
  );
  return record;
}

/** Scheme and detailed rules of one product, up to publication. */
export async function prepareCampaign(
  work: OfficeWork,
  wanted: CampaignPlan,
  until: 'scheme' | 'rules' = 'rules',
): Promise<Campaign> {
  const { product, from, batches } = wanted;
  const template = findDetailedRules(product)!;
  const name = getProduct(product).zh;
  const year = from.slice(0, 4);
  work.on(from);
  const scheme = await work.act(work.who(planner), 'sampling.scheme', 'draft', {
    plan: wanted.plan,
    product,
    name: `${year}年${name}监督抽查方案`,
    scope: `${name}（${template.specification}）`,
    division: '省局组织实施，市、县局配合，承检机构抽样检验',
    scheduleFrom: later(from, 14),
    scheduleUntil: later(from, 120),
    separateBodies: wanted.sampling.id !== wanted.testing.id,
    designBasis: 'fixed',
    nationalRule: `${name}产品质量监督抽查实施细则`,
    sampleSize: template.sample.test,
    acceptance: 0,
    population: wanted.population ?? 60,
    licensed: 40,
    batches,
    visitCost: '800',
    unitPrice: '60',
    testingFee: '700',
  });
  if (until === 'scheme') return { ...wanted, scheme: scheme.record, rules: '' };
  work.on(later(from, 1));
  await work.approve(work.who(planner), 'sampling.scheme', 'submit', scheme.record);
  const expert = work.who('test-expert.430000');
  const rules = await work.act(work.who(planner), 'sampling.rules', 'draft', {
    scheme: scheme.record,
    method: '在被抽样单位待销产品中随机抽取',
    testSample: template.sample.test,
    spareSample: template.sample.spare,
    sampleUnit: template.sample.unit,
    minimumStock: template.sample.minimumStock,
    verdictRule: '任一项目不合格的，判定为不合格',
    retestDays: 20,
    experts: [{ person: expert.person, name: expert.name }],
    items: itemsFor(product),
  });
  work.on(later(from, 4));
  await work.act(
    work.who(organiser),
    'sampling.rules',
    'reviewAsSupervisor',
    { agrees: true, opinion: '项目与近年不合格情况相符，同意。' },
    rules.record,
  );
  await work.act(
    expert,
    'sampling.rules',
    'reviewAsExpert',
    { agrees: true, opinion: '方法可行，样品数量足够。' },
    rules.record,
  );
  await work.approve(work.who(planner), 'sampling.rules', 'submit', rules.record);
  await work.act(work.who(planner), 'sampling.rules', 'publish', {}, rules.record);
  return { ...wanted, scheme: scheme.record, rules: rules.record };
}

/** Frame, commitment with two secrets, and the draw. */
export async function drawCampaign(
  work: OfficeWork,
  campaign: Campaign,
  until: 'frozen' | 'committed' | 'drawn' = 'drawn',
): Promise<Campaign> {
  const { from, product, scheme, rules, sampling, testing } = campaign;
  work.on(later(from, 7));
  const name = getProduct(product).zh;
  const frozen = await work.act(work.who(planner), 'sampling.draw', 'freeze', {
    scheme,
    rules,
    name: `${from.slice(0, 4)}年${name}监督抽查随机抽取`,
    strata: await strataFor(work, campaign),
    weightRules: [{ reason: 'past-failure', weight: 3 }],
    checkedSince: '2024-01-01',
  });
  if (until === 'frozen') return { ...campaign, draw: frozen.record };
  const secrets = [randomBytes(32), randomBytes(32)];
  const parties = ['组织机关', '纪检监督'].map((party, index) => ({
    name: party,
    commitment: toHex(secretCommitment(party, secrets[index]!)),
  }));
  const samplers = [1, 2]
    .map((place) => sampler(work, sampling, place))
    .map(({ person, name: called }) => ({
      person,
      name: called,
      organisation: sampling.id,
      organisationName: sampling.name,
    }));
  work.on(later(from, 8));
  await work.act(
    work.who(planner),
    'sampling.draw',
    'commit',
    {
      team: 'same-body',
      samplers,
      exclusions: [],
      labs: [{ id: testing.id, name: testing.name, products: [product] }],
      parties,
    },
    frozen.record,
  );
  if (until === 'committed') return { ...campaign, draw: frozen.record };
  work.on(later(from, 9));
  await work.act(work.who(planner), 'sampling.draw', 'draw', { secrets: secrets.map(toHex) }, frozen.record);
  return { ...campaign, draw: frozen.record };
}

/** Two strata, each with no more than half of its firms, and the reserves that are left. */
async function strataFor(work: OfficeWork, { product, batches, reserves }: Campaign) {
  const makers = await work.rows<{ region: string }>(
    work.who(planner),
    `select e.region from sampling.directory d join subjects.enterprise e on e.id = d.enterprise where d.product = $1 and d.state = 'making'`,
    [product],
  );
  const near = ['4301', '4302', '4303'];
  const count = makers.filter(({ region }) => near.includes(region.slice(0, 4))).length;
  const sample = Math.min(Math.ceil(batches / 2), Math.floor(count / 2));
  const spare = Math.min(Math.floor(reserves / 2), count - sample);
  const far = [...Array.from({ length: 10 }, (_, index) => `43${String(index + 4).padStart(2, '0')}`), '4331'];
  return [
    { key: 'CZT', label: '长株潭', regions: near, bases: [], sample, reserves: spare },
    { key: 'other', label: '其他市州', regions: far, bases: [], sample: batches - sample, reserves: reserves - spare },
  ];
}

/** The two samplers of a body. */
export function sampler(work: OfficeWork, body: Laboratory, place: number) {
  return work.who(place === 1 ? `sampler.${body.key}` : `sampler.${body.key}.2`);
}

export const laboratoryOf = (key: string, name: string, creditCode: string): Laboratory => ({
  key,
  name,
  id: idOf('organisation', creditCode),
});
