import { v5 as uuidFrom } from 'uuid';
import { demonstrationLaboratories } from '../../../../data/demonstration/index.ts';
import { detailedRules, findDetailedRules, getProduct } from '../../../../data/products/index.ts';
import { later, type OfficeWork } from './office-work.ts';
import { demonstrationSeed, idOf } from './organisation.ts';

const officer = 'accreditation-officer.430000';
const namespace = '7f6f0c1e-8a55-4f1c-9f2f-5d2b3a7c1e90';

/**
 * Registers the invented testing bodies that Hunan may entrust, those of the neighbour included, with what the story has them test: certificate, scope, one calibrated instrument
 * each, a signatory, and the public entry by which anybody finds who can test.
 */
export async function registerBodies(work: OfficeWork, from: string, products: readonly string[]): Promise<void> {
  const year = Number(from.slice(0, 4));
  work.on(from);
  for (const body of demonstrationLaboratories(demonstrationSeed)) {
    const organisation = idOf('organisation', body.creditCode);
    const own = (name: string): string => uuidFrom(`${body.id}/${name}`, namespace);
    const act = (action: string, input: Record<string, unknown>, record?: string) =>
      work.act(work.who(officer), 'institutions.body', action, input, record);
    const { record } = await act('register', {
      organisation,
      name: body.zh,
      creditCode: body.creditCode,
      region: body.region,
      address: body.address,
      kind: body.kind,
      issuedBy: body.region.startsWith('43') ? '湖南省市场监督管理局' : '福建省市场监督管理局',
      certificateNumber: body.cmaNumber,
      validFrom: `${year}-12-01`,
      validUntil: `${year + 6}-11-30`,
    });
    const kinds = [...new Set([...products, ...body.products])];
    const templates = detailedRules().rules.filter(({ product }) => kinds.includes(product));
    const lines = templates.flatMap(({ product, items }) =>
      items.map(({ id, zh, method }) => ({
        id: own(id),
        kind: product,
        kindName: getProduct(product).zh,
        parameter: zh,
        method,
        field: '产品质量',
      })),
    );
    await act('extendScope', { fromOn: from, lines }, record);
    const instrument = own('instrument');
    const named = { instrument, instrumentName: '综合检测台', model: 'HJ-100', serial: body.id, shared: true };
    await act('addInstrument', named, record);
    const calibration = {
      certificate: 'JZ-1',
      laboratory: '演示计量院',
      doneOn: from,
      calibratedUntil: `${year + 6}-11-30`,
    };
    await act('recordCalibration', { instrument, ...calibration }, record);
    const ready = lines.map(({ id }, index) => ({
      scope: id,
      quantification: '0.01',
      quantificationUnit: '1',
      instrument,
      price: String(80 + ((index * 37) % 220)),
      days: 3 + (index % 9),
    }));
    await act('declareReadiness', { fromOn: from, lines: ready }, record);
    const { person, name } = work.who(`laboratory-signatory.${body.id}`);
    await act('nameSignatory', { person, personName: name, fields: ['产品质量'], fromOn: from }, record);
    await act('publishScope', {}, record);
  }
}

/** A bench at work: three orders taken and given out on one open worksheet. */
export async function openBench(work: OfficeWork, today: string): Promise<void> {
  const [body] = demonstrationLaboratories(demonstrationSeed);
  const person = (role: string) => work.who(`laboratory-${role}.${body!.id}`);
  const organisation = idOf('organisation', body!.creditCode);
  work.on(later(today, -6));
  const opening = { organisation, name: body!.zh, retainedMonths: 3 };
  const { record: bench } = await work.act(work.who(officer), 'laboratory.bench', 'open', opening);
  await work.act(
    person('tester'),
    'laboratory.bench',
    'saveMapping',
    {
      name: '综合检测台',
      blindCode: '样品号',
      item: '项目',
      result: '读数',
      unitColumn: '单位',
      items: [],
      slashDecimal: false,
    },
    bench,
  );
  const samples: string[] = [];
  for (const [index, name] of [
    '锂离子蓄电池电动自行车甲',
    '锂离子蓄电池电动自行车乙',
    '锂离子蓄电池电动自行车丙',
  ].entries()) {
    const ordered = {
      source: 'commissioned',
      client: { name: `演示委托单位${index + 1}` },
      sampleName: name,
      batch: `D${index + 1}`,
      kind: 'P101',
      quantity: 2,
      unit: '辆',
      verdictRule: 'any-item',
      items: itemsOf('P101'),
      dueOn: later(today, 9),
    };
    const { created } = await work.act(person('receiver'), 'laboratory.bench', 'takeOrder', ordered, bench);
    const sample = created[0]!;
    const received = {
      receivedOn: later(today, -6),
      sealIntact: true,
      readName: name,
      readBatch: `D${index + 1}`,
      condition: '外观完好',
      freeOfTies: true,
    };
    await work.act(person('receiver'), 'laboratory.sample', 'receive', received, sample, ['receiptPhotos']);
    samples.push(sample);
  }
  const distribute = (title: string, given: string[]) =>
    work.act(person('receiver'), 'laboratory.bench', 'distribute', { title, samples: given, items: [] }, bench);
  await distribute('电动自行车检验原始记录', samples);
}

/** Items with a number for a limit, as an order names them. */
function itemsOf(product: string) {
  return findDetailedRules(product)!
    .items.filter(({ limit }) => /^[≤≥<>]\d/.test(limit))
    .map(({ zh, method, limit, severity }) => ({ item: zh, method, limit, severity, judge: 'full', clause: method }));
}
