import { randomUUID } from 'node:crypto';
import { followFor, sealIdentity } from '@hengjian/complaints';
import { machineActor } from '@hengjian/kernel';
import { visitor } from '../complaints/visitor.ts';
import { later, type OfficeWork } from './office-work.ts';

const complaint = 'complaints.complaint';
const report = 'complaints.report';
const county = '430102';

/** What is told; traders, persons and facts are invented. */
const gym = {
  subjectName: '演示·乐动健身馆',
  productName: '健身年卡',
  category: 'service',
  address: '芙蓉区演示路18号',
};
const shop = {
  subjectName: '演示·明灯电器店',
  productName: '电饭锅',
  category: 'goods.appliance',
  address: '芙蓉区演示路6号',
};
const noodles = {
  subjectName: '演示·老街米粉店',
  productName: '堂食',
  category: 'food.catering',
  address: '芙蓉区演示路33号',
};

/** 12315 of one county: calls, forms, mediation, a refusal, reports on their way to a case, a reward, and last week's digest. */
export async function hearComplaints(work: OfficeWork, today: string): Promise<void> {
  const [desk, handler, verifier, chief, head] = [
    'complaint-desk',
    'complaint-handler',
    'report-verifier',
    'section-chief',
    'bureau-head',
  ].map((post) => work.who(`${post}.${county}`)) as [never, never, never, never, never];
  const { identities } = work.platform;
  const portal = machineActor(work.platform, visitor, county);
  let people = 0;
  const shared = (daysAgo: number) => ({
    channel: 'phone',
    receivedOn: later(today, -daysAgo),
    subjectKind: 'trader',
    region: county,
    mixed: false,
  });
  const somebody = () => {
    people += 1;
    return sealIdentity(identities, { name: `演示人${people}`, phone: `1390000${1000 + people}` }, randomUUID());
  };
  const complain = async (daysAgo: number, more: Record<string, unknown>, distributed = true): Promise<string> => {
    const { record } = await work.act(desk, complaint, 'register', {
      ...shared(daysAgo),
      consentMediation: true,
      consentEntrust: false,
      consentPublish: true,
      identity: somebody(),
      ...more,
    });
    if (distributed) await work.act(desk, complaint, 'distribute', { unit: county }, record);
    return record;
  };
  const tell = async (daysAgo: number, more: Record<string, unknown>): Promise<string> => {
    const follow = followFor(identities, randomUUID());
    const followed = { followNumber: follow.number, followFingerprint: follow.fingerprint };
    const terms = { anonymous: false, insider: false, wantsReward: false, identity: somebody() };
    const input = { ...shared(daysAgo), channel: 'web', ...terms, ...followed, ...more };
    return (await work.act(portal, report, 'lodge', input)).record;
  };
  const signed = async (
    record: string,
    action: string,
    input: Record<string, unknown>,
    entity = report,
  ): Promise<void> => {
    const { sheet } = await work.act(verifier, entity, action, input, record);
    const signers = entity === report ? [head] : [chief, head];
    for (const signer of signers) await work.act(signer, 'kernel.approval', 'sign', { opinion: '同意。' }, sheet!);
  };
  work.on(today, 9);

  await complain(9, {
    ...gym,
    matter: '办卡一周后健身房关门，电话无人接听，预付卡余额不退。',
    demand: '退还余额',
    amount: '2600',
  });
  await complain(8, {
    ...gym,
    matter: '健身房突然关门跑路，会员卡里还有余额，要求退款。',
    demand: '退款',
    amount: '1880',
  });
  await complain(
    2,
    { ...gym, matter: '健身房停业不通知，预付卡不退钱，门上贴了转让。', demand: '退费', amount: '3200' },
    false,
  );

  const mediating = await complain(6, {
    ...shop,
    matter: '电饭锅用了两天漏电，商家说只修不退。',
    demand: '退货',
    amount: '299',
  });
  await work.act(handler, complaint, 'accept', {}, mediating);
  const arranged = {
    respondentConsents: true,
    mode: 'on-site',
    mediationOn: today,
    place: '县局二楼调解室',
    mediator: '南宫和',
  };
  await work.act(handler, complaint, 'arrange', arranged, mediating);

  const agreed = await complain(9, {
    ...noodles,
    matter: '米粉里吃出塑料片，商家只愿意免单。',
    demand: '退一赔十',
    amount: '15',
  });
  await work.act(handler, complaint, 'accept', {}, agreed);
  await work.act(handler, complaint, 'arrange', { ...arranged, mode: 'telephone' }, agreed);
  const meeting = { on: today, mode: 'telephone', attended: '双方', record: '商家承认后厨管理疏忽，双方协商一致。' };
  await work.act(handler, complaint, 'recordMeeting', meeting, agreed);
  const terms = { agreement: '商家退款并赔偿一百五十元。', agreementAmount: '150', why: 'off-site' };
  await work.act(handler, complaint, 'agreeWithoutPaper', terms, agreed);
  const rated = { complaint: agreed, stars: 2, remark: '办理慢了几天，结果满意。' };
  await work.act(portal, 'complaints.feedback', 'give', rated);

  const refused = await complain(4, { ...shop, matter: '公司批量采购二百台，要求按消费者赔偿。', demand: '退一赔三' });
  const reasons = { ground: '16-3', factors: ['17-1'], reason: '采购数量与生活消费明显不符，发票抬头为公司。' };
  await work.act(handler, complaint, 'refuse', reasons, refused);

  await tell(1, {
    ...noodles,
    category: 'food.catering',
    facts: '后厨用过期的辣椒油，放在二楼储物间。',
    anonymous: true,
    identity: null,
  });
  const open = await tell(5, { ...shop, facts: '店里卖没有 3C 标志的电饭锅，仓库在后院。' });
  const filed = await tell(9, { ...shop, facts: '长期销售假冒商标的插座，进货单在店主手机里。', wantsReward: true });
  for (const record of [open, filed]) {
    await work.act(desk, report, 'distribute', { unit: county }, record);
    await work.act(verifier, report, 'verify', {}, record);
  }
  const findings = {
    findings: '现场查见假冒商标插座四十箱。',
    reason: '涉嫌销售侵犯注册商标专用权的商品。',
    resultDuty: 'none',
  };
  await signed(filed, 'file', findings);
  const [referral] = await work.rows<{ id: string }>(chief, 'select id from complaints.referral where report = $1', [
    filed,
  ]);
  const number = { caseNumber: `芙市监演示案〔${today.slice(0, 4)}〕1号` };
  await work.act(chief, 'complaints.referral', 'receive', number, referral!.id);
  await work.act(chief, 'complaints.referral', 'conclude', { fined: '150000', confiscated: '42000' }, referral!.id);
  const claim = { level: '2', ground: '涉案金额较大，举报人提供了关键证据，协助查处。' };
  const { created } = await work.act(verifier, report, 'proposeReward', claim, filed);
  await signed(created[0]!, 'approve', {}, 'complaints.reward');

  const { record: digest } = await work.act(desk, 'complaints.digest', 'draft', {
    kind: 'weekly',
    day: later(today, -8),
  });
  const { sheet } = await work.act(desk, 'complaints.digest', 'freeze', {}, digest);
  await work.act(chief, 'kernel.approval', 'sign', { opinion: '同意。' }, sheet!);
}
