/** What a component of a GS1 value is checked for besides its characters. */
export type ComponentRule = 'check' | 'date' | 'month' | 'time' | 'hour' | 'minute' | 'second' | 'zero' | 'pieces';

/** A run of characters in a GS1 value; only the last may vary in length, and optional ones may be missing. */
export interface Component {
  /** N digits; X the 82 characters, Y the 39 characters, Z base64url of the GS1 General Specifications. */
  readonly characters: 'N' | 'X' | 'Y' | 'Z';
  readonly minimum: number;
  readonly maximum: number;
  readonly optional: boolean;
  readonly rules: readonly ComponentRule[];
}

/** A GS1 application identifier (应用标识符), GB/T 16986 and the GS1 General Specifications section 3. */
export interface ApplicationIdentifier {
  readonly code: string;
  readonly title: string;
  readonly zh: string;
  readonly components: readonly Component[];
  /** Whether its length is predefined, so that no FNC1 separates it from what follows. */
  readonly predefined: boolean;
  /** Number of decimals given by the last digit of the code (weights, measures, amounts). */
  readonly decimals?: number;
  /** Alternative ordered runs of qualifiers in a Digital Link; present for primary keys only. */
  readonly qualifiers?: readonly (readonly string[])[];
  /** Whether it may stand in the query of a Digital Link. */
  readonly attribute: boolean;
}

// code(s), format, title, Chinese title. `3100-3105` is a run whose last digit counts decimals. In a format `N6,date`
// names a rule, `X..20` a varying length, `[N4]` an optional component.
const ROWS = `00|N18,check|SSCC|系列货运包装箱代码
01|N14,check|GTIN|全球贸易项目代码
02|N14,check|CONTENT|物流单元内贸易项目
10|X..20|BATCH/LOT|批号
11|N6,month|PROD DATE|生产日期
12|N6,month|DUE DATE|付款截止日期
13|N6,month|PACK DATE|包装日期
15|N6,month|BEST BEFORE|保质期（最佳食用日期）
16|N6,month|SELL BY|销售截止日期
17|N6,month|EXPIRY|有效期
20|N2|VARIANT|内部产品变体
21|X..20|SERIAL|序列号
22|X..20|CPV|消费产品变体
235|X..28|TPX|第三方控制的序列号扩展
240|X..30|ADDITIONAL ID|附加产品标识
241|X..30|CUST. PART No.|客户方代码
242|N..6|MTO VARIANT|定制产品代码
243|X..20|PCN|包装组件代码
250|X..30|SECONDARY SERIAL|二级序列号
251|X..30|REF. TO SOURCE|源实体参考代码
253|N13,check [X..17]|GDTI|全球文件类型代码
254|X..20|GLN EXTENSION|位置码扩展
255|N13,check [N..12]|GCN|全球优惠券代码
30|N..8|VAR. COUNT|可变数量
3100-3105|N6|NET WEIGHT (kg)|净重（千克）
3110-3115|N6|LENGTH (m)|长度（米）
3120-3125|N6|WIDTH (m)|宽度（米）
3130-3135|N6|HEIGHT (m)|高度（米）
3140-3145|N6|AREA (m²)|面积（平方米）
3150-3155|N6|NET VOLUME (L)|净体积（升）
3160-3165|N6|NET VOLUME (m³)|净体积（立方米）
3300-3305|N6|GROSS WEIGHT (kg)|毛重（千克）
3310-3315|N6|LENGTH (m), log|物流长度（米）
3320-3325|N6|WIDTH (m), log|物流宽度（米）
3330-3335|N6|HEIGHT (m), log|物流高度（米）
3340-3345|N6|AREA (m²), log|物流面积（平方米）
3350-3355|N6|VOLUME (L), log|物流体积（升）
3360-3365|N6|VOLUME (m³), log|物流体积（立方米）
3370-3375|N6|KG PER m²|每平方米千克数
37|N..8|COUNT|物流单元内项目数量
3900-3909|N..15|AMOUNT|应付金额
3910-3919|N3 N..15|AMOUNT (currency)|应付金额（含货币代码）
3920-3929|N..15|PRICE|变量贸易项目价格
3930-3939|N3 N..15|PRICE (currency)|变量贸易项目价格（含货币代码）
3950-3955|N6|PRICE/UoM|单位价格
400|X..30|ORDER NUMBER|客户订购单代码
401|X..30|GINC|货物托运代码
402|N17,check|GSIN|装运标识代码
403|X..30|ROUTE|路径代码
410|N13,check|SHIP TO LOC|交货地位置码
411|N13,check|BILL TO|受票方位置码
412|N13,check|PURCHASE FROM|供货方位置码
413|N13,check|SHIP FOR LOC|最终目的地位置码
414|N13,check|LOC No.|物理位置位置码
415|N13,check|PAY TO|开票方位置码
416|N13,check|PROD/SERV LOC|产品或服务位置码
417|N13,check|PARTY|参与方位置码
420|X..20|SHIP TO POST|交货地邮政编码
421|N3 X..9|SHIP TO POST (country)|交货地邮政编码（含国家代码）
422|N3|ORIGIN|原产国
423|N3 [N3] [N3] [N3] [N3]|COUNTRY - INITIAL PROCESS|初始加工国
424|N3|COUNTRY - PROCESS|加工国
425|N3 [N3] [N3] [N3] [N3]|COUNTRY - DISASSEMBLY|拆分国
426|N3|COUNTRY - FULL PROCESS|全程加工国
427|X..3|ORIGIN SUBDIVISION|原产地行政区
7003|N6,date N4,time|EXPIRY TIME|有效期（到分）
7004|N..4|ACTIVE POTENCY|活性值
7005|X..12|CATCH AREA|捕捞区域
7006|N6,date|FIRST FREEZE DATE|首次冷冻日期
7007|N6,date [N6,date]|HARVEST DATE|收获日期
7008|X..3|AQUATIC SPECIES|水产品种
7011|N6,date [N4,time]|TEST BY DATE|检测截止日期
7023|X..30|GIAI - ASSEMBLY|组件资产代码
7030-7039|N3 X..27|PROCESSOR|加工者核准号码
7040|N1 X3|UIC+EXT|唯一标识代码
7230-7239|X2 X..28|CERT|认证信息
8003|N1,zero N13,check [X..16]|GRAI|全球可回收资产代码
8004|X..30|GIAI|全球单个资产代码
8005|N6|PRICE PER UNIT|单价
8006|N14,check N4,pieces|ITIP|贸易项目组件代码
8008|N6,date N2,hour [N2,minute] [N2,second]|PROD TIME|生产日期与时间
8010|Y..30|CPID|组件／部件代码
8011|N..12|CPID SERIAL|组件／部件序列号
8012|X..20|VERSION|软件版本
8017|N18,check|GSRN - PROVIDER|服务提供方关系代码
8018|N18,check|GSRN - RECIPIENT|服务接受方关系代码
8019|N..10|SRIN|服务关系事项代码
8020|X..25|REF No.|付款单参考代码
8026|N14,check N4,pieces|ITIP CONTENT|物流单元内组件代码
8030|Z..90|DIGSIG|数字签名
8200|X..70|PRODUCT URL|包装扩展信息网址
90|X..30|INTERNAL|贸易伙伴间约定信息
91-99|X..90|INTERNAL|公司内部信息`;

// GS1 General Specifications 7.8.5: element strings beginning with these digits have a predefined length.
const PREDEFINED = new Set('00 01 02 03 04 11 12 13 14 15 16 17 18 19 20 31 32 33 34 35 36 41'.split(' '));

// GS1 Digital Link: primary keys with their qualifiers in order.
const KEYS: ReadonlyMap<string, readonly (readonly string[])[]> = new Map([
  ['00', [[]]],
  ['01', [['22', '10', '21'], ['235']]],
  ['253', [[]]],
  ['255', [[]]],
  ['401', [[]]],
  ['402', [[]]],
  ['414', [['254'], ['7040']]],
  ['415', [['8020']]],
  ['417', [['7040']]],
  ['8003', [[]]],
  ['8004', [['7040']]],
  ['8006', [['22', '10', '21']]],
  ['8010', [['8011']]],
  ['8017', [['8019']]],
  ['8018', [['8019']]],
]);

const NEVER_ATTRIBUTES = new Set('21 22 235 254 7040 8011 8019 8020 8200'.split(' '));

function readComponent(format: string): Component {
  const optional = format.startsWith('[');
  const [kind = '', ...rules] = format.replace(/[[\]]/g, '').split(',');
  const maximum = Number(/\d+$/.exec(kind)![0]);
  return {
    characters: kind[0] as Component['characters'],
    minimum: kind.includes('..') ? 1 : maximum,
    maximum,
    optional,
    rules: rules as ComponentRule[],
  };
}

function expand(codes: string): string[] {
  const [first, last = first] = codes.split('-') as [string, string?];
  const count = Number(last) - Number(first) + 1;
  return Array.from({ length: count }, (_, index) => String(Number(first) + index).padStart(first.length, '0'));
}

const TABLE = new Map<string, ApplicationIdentifier>();
for (const row of ROWS.split('\n')) {
  const [codes, format, title, zh] = row.split('|') as [string, string, string, string];
  for (const code of expand(codes)) {
    const qualifiers = KEYS.get(code);
    TABLE.set(code, {
      code,
      title,
      zh,
      components: format.split(' ').map(readComponent),
      predefined: PREDEFINED.has(code.slice(0, 2)),
      ...(/^3\d{3}$/.test(code) ? { decimals: Number(code[3]) } : {}),
      ...(qualifiers === undefined ? {} : { qualifiers }),
      attribute: !NEVER_ATTRIBUTES.has(code),
    });
  }
}

/** The application identifiers known here, by code. */
export const applicationIdentifiers: ReadonlyMap<string, ApplicationIdentifier> = TABLE;

/** The identifier that begins at `index` of a text. No code is the beginning of another, so the answer is unique. */
export function findApplicationIdentifierAt(text: string, index: number): ApplicationIdentifier | undefined {
  for (const length of [2, 3, 4]) {
    const found = TABLE.get(text.slice(index, index + length));
    if (found !== undefined) return found;
  }
  return undefined;
}
