import { composeCreditCode } from '@hengjian/identifiers';
import { inventedBody } from './credit-code-body.ts';
import { choices } from './draw.ts';
import { STREETS } from './words.ts';

/** An invented testing body. */
export interface DemonstrationLaboratory {
  /** Short name for accounts and samples, `laboratory-01`. */
  readonly id: string;
  readonly creditCode: string;
  readonly zh: string;
  readonly en: string;
  /** `public`: a public institution; `company`: a commercial body. */
  readonly kind: 'public' | 'company';
  /** Six-digit code of the county it stands in. */
  readonly region: string;
  readonly address: string;
  /**
   * CMA certificate number, twelve digits: year of issue, issuing authority (13 Fujian, 18 Hunan), field, ministry (11
   * quality supervision), serial. Invented; serials begin at 9000.
   */
  readonly cmaNumber: string;
  /** Day on which the certificate ends, six years after issue, `YYYY-MM-DD`. */
  readonly cmaExpiresOn: string;
  /** Product classes that the accredited scope covers. */
  readonly products: readonly string[];
}

interface Outline {
  readonly zh: string;
  readonly en: string;
  readonly region: string;
  readonly place: string;
  /** Two digits of the CMA field table. */
  readonly field: string;
  readonly products: readonly string[];
}

const BUILDING = ['P201', 'P202', 'P203', 'P204', 'P205', 'P206', 'P207', 'P210', 'P216'];
const ELECTRICAL = ['P101', 'P102', 'P103', 'P108', 'P109', 'P110', 'P111', 'P112', 'P116', 'P117', 'P301'];
const LIGHT = ['P105', 'P106', 'P120', 'P121', 'P124', 'P125', 'P126', 'P127'];
const TEXTILES = ['P118', 'P119', 'P120', 'P122', 'P123'];
const CHEMICAL = ['P210', 'P211', 'P401', 'P402', 'P403', 'P503'];
const FOOD_CONTACT = ['P501', 'P502', 'P503', 'P506', 'P507'];
const SAFETY = ['P113', 'P114', 'P128', 'P130', 'P313', 'P315', 'P323'];

const OUTLINES: readonly Outline[] = [
  {
    zh: '湖南衡岫产品质量检验研究院',
    en: 'Hunan Hengxiu Product Quality Inspection Institute',
    region: '430104',
    place: '湖南省长沙市岳麓区',
    field: '20',
    products: [...BUILDING, ...ELECTRICAL, ...LIGHT, ...FOOD_CONTACT],
  },
  {
    zh: '湖南沅砚建材检测有限公司',
    en: 'Hunan Yuanyan Building Materials Testing Co., Ltd.',
    region: '430111',
    place: '湖南省长沙市雨花区',
    field: '02',
    products: BUILDING,
  },
  {
    zh: '株洲澹野电工检测中心',
    en: 'Zhuzhou Danye Electrotechnical Testing Centre',
    region: '430211',
    place: '湖南省株洲市天元区',
    field: '09',
    products: ELECTRICAL,
  },
  {
    zh: '湖南芷汀轻工产品检测有限公司',
    en: 'Hunan Zhiting Light Industry Testing Co., Ltd.',
    region: '430103',
    place: '湖南省长沙市天心区',
    field: '10',
    products: LIGHT,
  },
  {
    zh: '湘潭霁川化工质量检验所',
    en: 'Xiangtan Jichuan Chemical Quality Inspection Institute',
    region: '430304',
    place: '湖南省湘潭市岳塘区',
    field: '14',
    products: CHEMICAL,
  },
  {
    zh: '浏阳岚笙烟花与安全防护检测有限公司',
    en: 'Liuyang Lansheng Fireworks and Safety Testing Co., Ltd.',
    region: '430181',
    place: '湖南省浏阳市',
    field: '21',
    products: SAFETY,
  },
  {
    zh: '岳阳漱石食品接触材料检测有限公司',
    en: 'Yueyang Shushi Food-contact Materials Testing Co., Ltd.',
    region: '430602',
    place: '湖南省岳阳市岳阳楼区',
    field: '00',
    products: FOOD_CONTACT,
  },
  {
    zh: '常德筠序纺织品检验有限公司',
    en: 'Changde Yunxu Textile Inspection Co., Ltd.',
    region: '430702',
    place: '湖南省常德市武陵区',
    field: '11',
    products: TEXTILES,
  },
  {
    zh: '福建榆屿产品质量检验院',
    en: 'Fujian Yuyu Product Quality Inspection Institute',
    region: '350102',
    place: '福建省福州市鼓楼区',
    field: '20',
    products: [...BUILDING, ...ELECTRICAL, ...LIGHT],
  },
  {
    zh: '厦门汀澜电子电器检测有限公司',
    en: 'Xiamen Tinglan Electronics and Appliances Testing Co., Ltd.',
    region: '350206',
    place: '福建省厦门市湖里区',
    field: '09',
    products: ELECTRICAL,
  },
  {
    zh: '泉州棠笠鞋服检测有限公司',
    en: 'Quanzhou Tangli Footwear and Clothing Testing Co., Ltd.',
    region: '350503',
    place: '福建省泉州市丰泽区',
    field: '11',
    products: TEXTILES,
  },
  {
    zh: '莆田溱岫家居用品检验所',
    en: 'Putian Zhenxiu Household Goods Inspection Institute',
    region: '350304',
    place: '福建省莆田市荔城区',
    field: '10',
    products: [...LIGHT, ...FOOD_CONTACT],
  },
];

/** Twelve invented testing bodies, eight in Hunan and four in Fujian; the seed decides numbers, days and addresses. */
export function demonstrationLaboratories(seed: string): DemonstrationLaboratory[] {
  return OUTLINES.map(({ zh, en, region, place, field, products }, index) => {
    const id = `laboratory-${String(index + 1).padStart(2, '0')}`;
    const from = choices(seed, id);
    const kind = zh.endsWith('有限公司') ? 'company' : 'public';
    const year = 21 + from.below(5);
    const month = String(1 + from.below(12)).padStart(2, '0');
    const authority = region.startsWith('43') ? '18' : '13';
    return {
      id,
      creditCode: composeCreditCode(
        kind === 'company' ? '9' : '1',
        kind === 'company' ? '1' : '2',
        region,
        inventedBody(seed, 'laboratories', index),
      ),
      zh,
      en,
      kind,
      region,
      address: `${place}${from.one(STREETS)}${1 + from.below(300)}号`,
      cmaNumber: `${year}${authority}${field}11${9000 + index * 75 + from.below(75)}`,
      cmaExpiresOn: `${2000 + year + 6}-${month}-${String(1 + from.below(28)).padStart(2, '0')}`,
      products: [...new Set(products)],
    };
  });
}
