/**
 * The words that invented names are made of. Trade names join two or three uncommon characters that read well but are
 * not usual in names of firms, so that no real firm is meant.
 */

/** First characters of trade names. */
export const TRADE_FIRST = [...'翊珩霁澹砚昀禾沅漱蘅岚嵘筠霖芷汀榆溱栩峤澜璟谧穗樾洵笙棠弈湜叙知听望拾砺曜稷翎'];

/** Second characters of trade names. */
export const TRADE_SECOND = [...'岫舟砚堂野汀原屿礼川朗庐榭谷章弦序岸圃澄铎枝陌林渡雁笠壤葭墨橡鸣笛塬锦'];

/** Third characters, used for some trade names. */
export const TRADE_THIRD = [...'和泰成达兴源盛新'];

/** Surnames with about the frequency that makes a list look natural: common ones appear more than once. */
export const SURNAMES = [
  ...'李李李王王王张张张刘刘刘陈陈陈黄黄周周吴吴罗罗杨杨胡胡彭彭谭谭曾肖邓蒋唐林林郑许谢何郭钟叶苏文易龙廖石熊戴',
];

/** Characters of given names. */
export const GIVEN = [
  ...'文明建国伟华志强晓雅静芳敏慧婷玉兰思远宇轩泽浩然清越若瑜怡嘉宁俊杰立新春生海波永红小英秋月雪梅向东子涵亦可书瑶景行彦卿',
];

/** Invented street names. */
export const STREETS = [
  '岫云路',
  '砚池路',
  '澹园路',
  '芷岸路',
  '沅汀路',
  '霁野路',
  '蘅溪路',
  '筠谷路',
  '榆塘路',
  '栩林路',
  '漱石街',
  '听樟街',
  '禾章街',
  '望谷街',
  '知渔巷',
  '拾穗巷',
];

/** How an enterprise is registered. */
export type EnterpriseKind = 'company' | 'factory' | 'shop' | 'cooperative' | 'individual-business';

/** What makers and sellers of a product class call their trade. */
export interface Trade {
  readonly products: readonly string[];
  readonly maker: string;
  readonly seller: string;
}

/** Product classes with the industry word of a maker’s and of a seller’s name. */
export const TRADES: readonly Trade[] = [
  { products: ['P301'], maker: '电线电缆', seller: '电工材料' },
  { products: ['P108', 'P109'], maker: '电器附件', seller: '五金电器' },
  { products: ['P110'], maker: '照明科技', seller: '灯饰' },
  { products: ['P315', 'P323'], maker: '安全防护用品', seller: '劳保用品' },
  { products: ['P105', 'P106'], maker: '玩具', seller: '母婴用品' },
  { products: ['P118', 'P122'], maker: '服饰', seller: '童装' },
  { products: ['P120', 'P121'], maker: '箱包', seller: '文化用品' },
  { products: ['P125', 'P126', 'P127'], maker: '家具', seller: '家居' },
  { products: ['P201'], maker: '水泥', seller: '建材' },
  { products: ['P202', 'P203'], maker: '钢铁轧制', seller: '钢材贸易' },
  { products: ['P204', 'P205', 'P216'], maker: '人造板', seller: '装饰材料' },
  { products: ['P206', 'P207'], maker: '管业', seller: '水暖器材' },
  { products: ['P210', 'P211'], maker: '涂料', seller: '油漆' },
  { products: ['P401', 'P402'], maker: '肥业', seller: '农资' },
  { products: ['P403'], maker: '塑料薄膜', seller: '农资' },
  { products: ['P501', 'P502'], maker: '包装制品', seller: '日用百货' },
  { products: ['P503'], maker: '日化', seller: '日用百货' },
  { products: ['P101', 'P102', 'P103'], maker: '车业', seller: '电动车' },
  { products: ['P111', 'P112', 'P116', 'P117'], maker: '电器', seller: '家电' },
  { products: ['P113', 'P114', 'P130', 'P313'], maker: '燃气具', seller: '厨卫电器' },
  { products: ['P128'], maker: '花炮', seller: '烟花' },
  { products: ['P123'], maker: '鞋业', seller: '鞋帽' },
  { products: ['P124'], maker: '纸业', seller: '日用百货' },
  { products: ['P212', 'P215'], maker: '门窗', seller: '门窗' },
];

/** A cooperative deals in what farmers need. */
export const COOPERATIVE_TRADE: Trade = { products: ['P401', 'P405'], maker: '有机肥', seller: '农资' };
