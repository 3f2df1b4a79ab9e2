import { later, type OfficeWork } from './office-work.ts';
import { certificateDays, inspectionPosts } from './organisation.ts';

const matter = '产品质量监督检查';
const choices = [
  { value: 'yes', label: '符合', labelEn: 'Met', outcome: 'met' },
  { value: 'no', label: '不符合', labelEn: 'Not met', outcome: 'not-met' },
  { value: 'na', label: '不适用', labelEn: 'Not applicable', outcome: 'not-applicable' },
];
const ask = (
  key: string,
  group: string,
  text: string,
  textEn: string,
  clause: string,
  severity: string,
  photo = false,
) => ({
  key,
  group,
  text,
  textEn,
  clause,
  kind: 'choice',
  choices,
  severity,
  required: true,
  photo,
});
const items = [
  ask(
    'licence',
    '资质',
    '是否取得与所生产产品相符的许可或者认证',
    'Licence or certification fits the products',
    '《产品质量法》第十三条',
    'critical',
    true,
  ),
  ask(
    'identity',
    '资质',
    '标识是否有产品名称、厂名和厂址',
    'Labels name product, maker and place',
    '《产品质量法》第二十七条',
    'minor',
    true,
  ),
  ask(
    'incoming',
    '过程',
    '是否建立并执行进货检查验收制度',
    'Incoming goods are checked',
    '《产品质量法》第三十三条',
    'minor',
  ),
  ask(
    'release',
    '过程',
    '出厂产品是否检验合格并有合格证明',
    'Products are tested before release',
    '《产品质量法》第二十七条',
    'major',
  ),
  {
    key: 'stock',
    group: '过程',
    text: '在制品数量（件）',
    textEn: 'Pieces in process',
    clause: '《产品质量法》第十八条',
    kind: 'number',
    least: '0',
    severity: 'minor',
    required: false,
    photo: false,
  },
];

/** A county's inspections on the day of the visit: a bank of officers, a checklist in force, the year's plan, visits to be made, one hazard that is late. */
export async function beginInspections(work: OfficeWork, day: string, today: string): Promise<void> {
  const planner = work.who('planner.430102');
  const chief = work.who('section-chief.430102');
  const head = work.who('bureau-head.430102');
  const officers = [work.who('inspector.430102'), work.who('inspector.430102.2')] as const;
  const [first] = await work.rows<{ until: string }>(
    chief,
    `select to_char(certificate_until, 'YYYY-MM-DD') as until from kernel.grant where person = $1`,
    [officers[0].person],
  );
  if (first === undefined) throw new Error(`No certificate of ${certificateDays} days was granted.`);
  for (const officer of officers)
    await work.act(chief, 'inspections.officer', 'enter', {
      person: officer.person,
      name: officer.name,
      certificate: inspectionPosts.find(({ name }) => name === officer.name)!.certificate,
      certificateUntil: first.until,
      matters: [],
    });
  const { record: checklist } = await work.act(planner, 'inspections.checklist', 'draft', {
    code: 'product_quality',
    name: '产品质量检查表',
    matter,
    items,
  });
  await work.act(officers[0], 'inspections.checklist', 'review', { reviewOpinion: '每项均有条款。' }, checklist);
  await work.act(chief, 'inspections.checklist', 'publish', {}, checklist);
  const year = today.slice(0, 4);
  const sign = async (entity: string, action: string, record: string, by: readonly (typeof chief)[]): Promise<void> => {
    const { sheet } = await work.act(planner, entity, action, {}, record);
    for (const signer of by) await work.act(signer, 'kernel.approval', 'sign', { opinion: '同意。' }, sheet!);
  };
  const { record: plan } = await work.act(planner, 'inspections.plan', 'draft', {
    kind: 'annual',
    year: Number(year),
    name: `${year}年度产品质量检查计划`,
    ground: '依照年度监管重点制定。',
    firstDay: `${day.slice(0, 4)}-01-01`,
    lastDay: `${year}-12-31`,
    items: [{ matter, basis: '《产品质量法》第十八条', scope: '辖区生产企业', firms: 20, cap: 1 }],
  });
  await sign('inspections.plan', 'publish', plan, [chief, head]);
  const firms = await work.rows<{ id: string; name: string; code: string; region: string }>(
    planner,
    `select id, name, credit_code as code, region from subjects.enterprise where region like '430102%' and status = 'operating' and kind = 'company' order by name limit 3`,
  );
  for (const [index, firm] of firms.entries()) {
    const { record: visit } = await work.act(planner, 'inspections.visit', 'plan', {
      plan,
      source: 'daily',
      matters: [matter],
      checklists: [checklist],
      enterprise: firm.id,
      enterpriseName: firm.name,
      enterpriseCode: firm.code,
      enterpriseRegion: firm.region,
      officers: officers.map(({ person }) => person),
      dueOn: later(today, 5 + index),
      unannounced: true,
    });
    await sign('inspections.visit', 'submit', visit, [chief]);
  }
  const seen = firms[0]!;
  const { record: hazard } = await work.act(
    officers[1],
    'inspections.hazard',
    'list',
    {
      enterprise: seen.id,
      enterpriseName: seen.name,
      enterpriseCode: seen.code,
      enterpriseRegion: seen.region,
      description: '成品库消防通道堆放原料。',
      clause: '《安全生产法》第三十九条',
      severity: 'general',
      measures: '清理通道，划线并设专人巡查。',
      deadline: later(today, -6) > day ? later(today, -6) : later(day, 2),
      owner: '厂长',
    },
    undefined,
    ['photos'],
  );
  await work.act(officers[0], 'inspections.hazard', 'handOver', { handler: officers[0].name }, hazard);
}
