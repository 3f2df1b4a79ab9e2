import type { Actor } from '@hengjian/kernel';
import { demonstrationEnterprises } from '../../../../data/demonstration/index.ts';
import { later, type OfficeWork } from './office-work.ts';
import { demonstrationSeed, idOf } from './organisation.ts';

const kind = 'cases.case';

const posts = (work: OfficeWork) => {
  const [first, second, reviewer, host, chief, head] = [
    'case-officer.430000',
    'case-officer.430000.2',
    'case-reviewer.430000',
    'hearing-host.430000',
    'section-chief.430000',
    'bureau-head.430000',
  ].map((account) => work.who(account)) as [Actor, Actor, Actor, Actor, Actor, Actor];
  return { first, second, reviewer, host, chief, head };
};

async function signed(
  work: OfficeWork,
  action: string,
  record: string,
  input: Record<string, unknown>,
  by: Actor[],
  papers: string[] = [],
  entity = kind,
): Promise<void> {
  const { sheet } = await work.act(posts(work).first, entity, action, input, record, papers);
  for (const signer of by) await work.act(signer, 'kernel.approval', 'sign', { opinion: '同意。' }, sheet!);
}

/** A lead about an invented firm, checked, filed and assigned on one day; gives the case. */
async function begin(work: OfficeWork, day: string, place: number, cause: string): Promise<string> {
  const { first, second, chief, head } = posts(work);
  const firm = demonstrationEnterprises(demonstrationSeed, 12, ['430000'])[place]!;
  work.on(day);
  const { record } = await work.act(first, kind, 'register', {
    source: 'supervision',
    foundOn: day,
    region: firm.region.slice(0, 6),
    partyKind: 'entity',
    party: idOf('organisation', firm.creditCode),
    partyName: firm.name,
    partyCode: firm.creditCode,
    address: firm.address,
    representative: firm.representative,
    cause,
    facts: `监督检查发现当事人涉嫌${cause}。`,
  });
  const checked = { verification: '经核查，线索属实。', violatedOn: later(day, -20) };
  await work.act(first, kind, 'verify', checked, record, ['checkRecord']);
  await signed(work, 'file', record, { reason: '符合立案条件。' }, [chief, head]);
  await work.act(chief, kind, 'assign', { people: [first.person, second.person] }, record);
  return record;
}

async function investigate(work: OfficeWork, record: string, conclusion: Record<string, unknown>): Promise<void> {
  const { first, second, reviewer } = posts(work);
  const { created } = await work.act(
    first,
    kind,
    'takeEvidence',
    {
      kind: 'sceneRecord',
      takenAt: work.platform.now().toISOString(),
      place: '当事人经营场所',
      takenFrom: '当事人现场负责人',
      text: '现场检查情况如实记录。',
      proves: '违法事实和货值',
      rightsTold: true,
      present: [first.person, second.person],
    },
    record,
  );
  await work.act(first, 'cases.evidence', 'confirm', { confirmation: '本人签名' }, created[0]!, ['signedRecord']);
  await work.act(
    first,
    kind,
    'conclude',
    {
      findings: '经查，违法事实清楚。',
      evidenceText: '现场笔录、询问笔录、产品照片。',
      factors: ['first', 'corrected'],
      proposal: 'penalise',
      discretionText: '初次违法，主动改正。',
      ...conclusion,
    },
    record,
  );
  await work.act(reviewer, kind, 'passReview', { reviewOpinion: '事实清楚，程序合法，同意。' }, record);
}

async function serve(work: OfficeWork, record: string, form: string, day: string): Promise<void> {
  const { first } = posts(work);
  const [paper] = await work.rows<{ id: string }>(
    first,
    `select id from cases.paper where penalty_case = $1 and form = $2 and state = 'issued'`,
    [record, form],
  );
  const proof = { way: 'direct', servedOn: day, receivedBy: '当事人收发室' };
  await work.act(first, 'cases.paper', 'serve', proof, paper!.id, ['receipt']);
}

/** Cases at several points of the way, of invented firms: one decided and public, one told, one with goods seized, one lead. */
export async function bringCases(work: OfficeWork, day: string): Promise<void> {
  const { first, second, chief, head } = posts(work);
  const decided = await begin(work, day, 7, '使用未按规定申请检定的计量器具');
  await investigate(work, decided, { violation: 'unverified-instrument', goodsValue: '0', fine: '300' });
  await signed(work, 'proposeNotice', decided, {}, [chief, head]);
  await serve(work, decided, 'notice', day);
  await work.act(first, kind, 'waive', {}, decided, ['waiver']);
  await signed(work, 'proposeDecision', decided, {}, [chief]);
  await work.act(head, kind, 'decide', {}, decided);
  await serve(work, decided, 'decision', day);
  await work.platform.settle();
  const [publication] = await work.rows<{ id: string }>(
    first,
    'select id from cases.publication where penalty_case = $1',
    [decided],
  );
  await signed(work, 'publish', publication!.id, {}, [chief], [], 'cases.publication');

  const seizing = await begin(work, day, 8, '生产不符合安全标准的产品');
  const goods = [{ name: '电线', model: 'BV 2.5', unit: '卷', quantity: '60' }];
  const measure = { suspicion: '生产不合格产品', legalBasis: '《产品质量法》第十八条', place: '成品仓库', goods };
  const present = [first.person, second.person];
  const { created } = await work.act(first, kind, 'beginMeasure', { kind: 'seizure', ...measure, present }, seizing);
  await signed(work, 'seize', created[0]!, {}, [head], [], 'cases.measure');

  const told = await begin(work, day, 9, '在产品中以次充好');
  const penalty = { goodsValue: '40000', fine: '50000', confiscatedGoods: '40000' };
  await investigate(work, told, { violation: 'adulterated', ...penalty });
  await signed(work, 'proposeNotice', told, {}, [chief, head]);
  await serve(work, told, 'notice', day);

  const firm = demonstrationEnterprises(demonstrationSeed, 12, ['430000'])[10]!;
  await work.act(first, kind, 'register', {
    source: 'transfer',
    foundOn: later(day, -3),
    region: firm.region.slice(0, 6),
    partyKind: 'entity',
    party: idOf('organisation', firm.creditCode),
    partyName: firm.name,
    partyCode: firm.creditCode,
    address: firm.address,
    cause: '产品标识不符合规定',
    facts: '其他部门移送：标签没有警示标志。',
  });
}
