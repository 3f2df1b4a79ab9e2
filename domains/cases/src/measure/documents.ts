import type { Act, Paper } from '@hengjian/kernel';
import { authorityOf } from '@hengjian/people';
import { remediesText } from '../case/rules.ts';
import { o2 } from '../clauses.ts';
import { formTitle } from '../forms.ts';
import type { MeasureRow } from './entity.ts';

const bureau = (row: MeasureRow, act: Act): string => authorityOf(act.offices, row.office).label.zh;
const remedies = (row: MeasureRow, act: Act): string => remediesText(bureau(row, act), row.violation);
const sheet = (no: number, to: string, paragraphs: string[], more: Record<string, unknown> = {}): Paper => ({
  template: `penalty-form-${no}`,
  title: formTitle(no),
  content: { to, paragraphs, ...more },
});
const list = (row: MeasureRow) => [
  {
    caption: '场所/设施/财物清单',
    columns: ['序号', '标称名称/场所', '规格（型号）', '单位', '数量', '备注'],
    rows: row.goods.map(({ name, model, unit, quantity, remark }, index) => [
      String(index + 1),
      name,
      model ?? '',
      unit,
      quantity,
      remark ?? '',
    ]),
  },
];

export const preservation = (row: MeasureRow): Paper =>
  sheet(19, row.partyName, [
    `为调查你（单位）涉嫌${row.suspicion}，依据《行政处罚法》第五十六条的规定，本局决定对你（单位）有关证据（详见清单）采取先行登记保存措施，存放在${row.place}。在此期间不得损毁、销毁或者转移证据。`,
    '本局将在七个工作日内对先行登记保存的证据依法作出处理决定。逾期未作出处理决定的，先行登记保存措施自动解除。',
  ]);
export const preservationEnd = (row: MeasureRow, act: Act): Paper =>
  sheet(20, row.partyName, [
    `本局对你（单位）有关证据采取的先行登记保存措施，自${act.occurredOn}起予以解除（${o2('第三十五条')}）。${row.outcome ?? ''}`,
  ]);
export const seizure = (row: MeasureRow, act: Act): Paper =>
  sheet(21, row.partyName, [
    `经查，你（单位）涉嫌${row.suspicion}，本局依据${row.legalBasis}的规定，决定对有关场所/设施/财物（详见清单）实施查封、扣押行政强制措施，地点：${row.place}。期限为三十日。情况复杂，需要延长的，本局将书面告知。对物品需要进行检测、检验、检疫或者技术鉴定的，查封、扣押的期间不包括检测、检验、检疫或者技术鉴定的期间。`,
    '你（单位）可以对本行政强制措施决定进行陈述和申辩。',
    remedies(row, act),
  ]);
export const extension = (row: MeasureRow, act: Act): Paper =>
  sheet(22, row.partyName, [
    `因情况复杂（${row.extensionReason ?? ''}），依据《行政强制法》第二十五条第一款、第二款的规定，经本局负责人批准，决定将查封、扣押的期限延长三十日。你（单位）可以进行陈述和申辩。`,
    remedies(row, act),
  ]);
export const seizureEnd = (row: MeasureRow, act: Act): Paper =>
  sheet(23, row.partyName, [
    `依据${o2('第四十二条')}的规定，本局决定自${act.occurredOn}起对清单所列物品解除查封、扣押，立即退还。${row.outcome ?? ''}`,
  ]);
export const inventory = (row: MeasureRow): Paper =>
  sheet(24, row.partyName, [], { tables: list(row), signatures: ['当事人', '执法人员', '见证人'] });
export const seal = (row: MeasureRow, act: Act): Paper =>
  sheet(25, row.partyName, [`${bureau(row, act)}　封　${act.occurredOn}`, '任何人不得随意动用。']);
export const custody = (row: MeasureRow): Paper =>
  sheet(26, row.keeper ?? row.partyName, [
    `现委托你（单位）代为保管本局依法实施行政强制措施的有关财物（详见清单）。保管地点：${row.keptAt ?? row.place}。在保管期间，不得损毁或者擅自转移、处置。`,
  ]);
export const testPeriod = (row: MeasureRow, act: Act): Paper =>
  sheet(31, row.partyName, [
    `本局决定依法委托相关机构对查封、扣押的有关物品进行检测/检验/检疫/鉴定，期间自${act.occurredOn}至${row.testUntil}。依据《行政强制法》第二十五条第三款的规定，查封、扣押的期间不包括该期间。`,
  ]);
export const goodsTransfer = (row: MeasureRow, act: Act): Paper =>
  sheet(6, row.partyName, [
    `因违法行为涉嫌犯罪，依据${o2('第十七条第二款')}的规定，本局依法已将案件移送，相关场所/设施/财物（详见清单）已于${act.occurredOn}一并移送。${row.outcome ?? ''}`,
  ]);
export const disposalRecord = (row: MeasureRow, act: Act): Paper =>
  sheet(52, row.partyName, [`处理情况：${row.outcome ?? ''}`], {
    facts: [
      ['物品来源', formTitle(24)],
      ['处理时间', act.occurredOn],
    ],
    tables: list(row),
    signatures: ['执行人', '监督人'],
  });
