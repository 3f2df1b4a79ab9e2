import type { Row } from '@hengjian/kernel';
import { numberedUuid, repeatable } from '../../../../data/demonstration/numbered.ts';
import { cities, type NumberedFirm, numberedFirm, province } from '../../../../data/demonstration/volume.ts';
import { getProduct } from '../../../../data/products/index.ts';
import { itemsFor, type Laboratory, resultFor } from './campaign.ts';
import { later } from './office-work.ts';
import type { Volume, YearCampaign } from './volume.ts';

/** What the rows of one file have in common. */
export interface Batch {
  volume: Volume;
  /** First of the thirty days on which the samples were taken. */
  begun: string;
  campaigns: readonly YearCampaign[];
  benches: readonly { bench: string; body: Laboratory }[];
}

const source = '规模演示资料';
const sizes = ['large', 'medium', 'small', 'micro'] as const;
const items = new Map<string, ReturnType<typeof itemsFor>>();
function itemsOf(product: string): ReturnType<typeof itemsFor> {
  const held = items.get(product) ?? itemsFor(product);
  items.set(product, held);
  return held;
}

/** One firm of the register. */
export function firmRow(number: number, day: string): Row {
  const { id, name, creditCode, county, region, trade, makes } = numberedFirm(number);
  return {
    id,
    office: county,
    name,
    creditCode,
    kind: name.endsWith('经营部') || name.endsWith('商行') ? 'individual-business' : 'company',
    region,
    industry: makes ? getProduct(trade.products[0]!).industry : '5299',
    registeredOn: `${2003 + (number % 17)}-06-01`,
    status: number % 23 === 0 ? 'closed' : 'operating',
    source,
    effectiveOn: `${2003 + (number % 17)}-06-01`,
    recordedOn: day,
  };
}

/** A few firms have many records, most have few. */
const firmFor = (random: () => number, { enterprises }: Volume): NumberedFirm =>
  numberedFirm(Math.floor(random() ** 2 * enterprises));

/** A task of a past year with its conclusion, or with the reason why there was no sample. */
export function taskRow(number: number, { volume, begun, campaigns }: Batch): Row {
  const random = repeatable(number + 700_001);
  const campaign = campaigns[number % campaigns.length]!;
  const firm = firmFor(random, volume);
  const where = random();
  const sampledOn = later(begun, Math.floor(random() * 30));
  const items = itemsOf(campaign.product);
  const productName = getProduct(campaign.product).zh;
  const row = {
    id: numberedUuid(7, number),
    office: where < 0.4 ? firm.county : where < 0.7 ? cityOf(firm) : province,
    selection: 'random',
    regime: 'product',
    scheme: campaign.scheme,
    rules: campaign.rules,
    sequence: number,
    stratum: firm.county.slice(0, 4),
    isReserve: false,
    enterprise: firm.id,
    enterpriseName: firm.name,
    enterpriseCode: firm.creditCode,
    enterpriseRegion: firm.region,
    product: campaign.product,
    productName,
    samplers: campaign.samplers,
    samplingBody: { id: campaign.sampling.id, name: campaign.sampling.name },
    lab: { id: campaign.testing.id, name: campaign.testing.name },
    dueOn: later(begun, 45),
    planKind: 'supervision',
    rulesVersion: 1,
    items,
    testSample: 2,
    spareSample: 1,
    sampleUnit: '件',
    verdictRule: 'any-item',
    separateBodies: false,
    refusals: 0,
    reportRevision: 0,
    overturned: false,
    importedFrom: `${source} 第${number + 1}行`,
    issuedOn: begun,
  };
  if (random() < 0.06) return { ...row, state: 'not-sampled', unsampledReason: 'no-product', sampledOn: null };
  const failed = random() < 0.08 ? items[Math.floor(random() * items.length)]! : undefined;
  return {
    ...row,
    state: 'concluded',
    sampledOn,
    channel: firm.makes ? 'producer' : 'seller',
    place: firm.name,
    sampleName: productName,
    trademark: '无',
    model: `HJ-${number % 900}`,
    batch: sampledOn.replaceAll('-', ''),
    firmSize: sizes[Math.floor(random() ** 0.5 * sizes.length)],
    standard: '企业明示标准',
    stock: 40 + (number % 400),
    unitPrice: '35.00',
    testQuantity: 2,
    spareQuantity: 1,
    spareKeptAt: 'laboratory',
    seal: `封条 ${number}`,
    present: campaign.samplers.map(({ person }) => person),
    signature: 'signed',
    receivedOn: later(sampledOn, 3),
    sealIntact: true,
    matchesSheet: true,
    reportNumber: `${campaign.testing.key.slice(-2)}-${sampledOn.slice(0, 4)}-${number}`,
    reportedOn: later(sampledOn, 20),
    reportRevision: 1,
    notifiedOn: later(sampledOn, 25),
    conclusion: failed === undefined ? 'conforms' : 'fails',
    seriousness: failed === undefined ? null : failed.severity === 'A' ? 'serious' : 'ordinary',
    failedItems: failed === undefined ? [] : [failedItem(failed)],
    finalConclusion: failed === undefined ? 'conforms' : 'fails',
    concludedOn: later(sampledOn, 45),
  };
}

const cityOf = ({ county }: NumberedFirm): string =>
  cities.find((city) => city.startsWith(county.slice(0, 4))) ?? county;

const failedItem = ({ item, limit, severity }: ReturnType<typeof itemsFor>[number]) => ({
  item,
  limit,
  result: resultFor(limit, false),
  severity,
});

export const isFailure = (task: Row): boolean => task.finalConclusion === 'fails';

/** The closed loop of a failure, at the bureau of the county where the firm is. */
export function failureRow(task: Row): Row {
  const number = Number.parseInt((task.id as string).slice(-12), 16);
  const county = numberedCounty(task);
  const signedOn = later(task.concludedOn as string, 3);
  return {
    id: numberedUuid(8, number),
    office: county,
    task: task.id,
    source: 'own',
    regime: 'product',
    duty: task.channel === 'producer' ? 'producer' : 'seller',
    organiser: task.office,
    subjectId: task.enterprise,
    subjectName: task.enterpriseName,
    subjectCode: task.enterpriseCode,
    productName: task.productName,
    region: task.enterpriseRegion,
    model: task.model,
    batch: task.batch,
    reportNumber: task.reportNumber,
    seriousness: task.seriousness,
    failedItems: task.failedItems,
    items: task.items,
    lab: task.lab,
    ground: '监督抽查不合格',
    signedOn,
    orderedOn: later(signedOn, 4),
    rectifiedOn: later(signedOn, 20),
    failures: 0,
    closing: 'rechecked',
    outcome: '整改后复查合格。',
    closedOn: later(signedOn, 29),
    importedFrom: task.importedFrom,
  };
}

function numberedCounty(task: Row): string {
  return numberedFirm(Number.parseInt((task.enterprise as string).slice(-12), 16)).county;
}

/** A commissioned test of a past year with its conclusion. */
export function testRow(number: number, { volume, begun, campaigns, benches }: Batch): Row {
  const random = repeatable(number + 9_000_001);
  const { product } = campaigns[number % campaigns.length]!;
  const { bench, body } = benches[number % benches.length]!;
  const client = firmFor(random, volume);
  const receivedOn = later(begun, Math.floor(random() * 30));
  const name = getProduct(product).zh;
  const items = itemsOf(product);
  const fails = random() < 0.12;
  return {
    id: numberedUuid(9, number),
    office: province,
    bench,
    organisation: body.id,
    organisationName: body.name,
    blindCode: `B${number}`,
    source: 'commissioned',
    client: { name: client.name, organisation: client.id },
    sampleName: name,
    batch: receivedOn.replaceAll('-', ''),
    kind: product,
    quantity: 2,
    unit: '件',
    verdictRule: 'any-item',
    items: items.map((item) => ({ ...item, clause: item.method })),
    dueOn: later(receivedOn, 15),
    receivedOn,
    sealIntact: true,
    readName: name,
    condition: '外观完好',
    freeOfTies: true,
    portions: [{ kind: 'test', quantity: 2, place: '样品室' }],
    reportNumber: `W${body.key.slice(-2)}-${receivedOn.slice(0, 4)}-${number}`,
    reportedOn: later(receivedOn, 8),
    revision: 1,
    conclusion: fails ? 'fails' : 'conforms',
  };
}
