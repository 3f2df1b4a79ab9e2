import { afterAll, describe, expect, it } from 'vitest';
import { createCast, type Page, pageOf, rowsOf, until } from './cast.ts';
import { journeyCoverage } from './coverage.ts';
import { demonstrationPeople, signInAs, stranger, type Visitor } from './visitor.ts';

const coverage = journeyCoverage('cases', import.meta.url);
const system = 'enforcement-case-system';
const cast = createCast();
const kind = 'cases.case';
let passed = 0;
let begun = 0;
const steps = 8;

/** One step of the journey; a later one rests on it. */
function step(name: string, run: () => Promise<void>): void {
  it(name, { timeout: 180_000 }, async (context) => {
    context.skip(passed < begun, 'an earlier step of the journey failed');
    begun += 1;
    await run();
    passed += 1;
  });
}
afterAll(() => coverage.finish(passed === steps));

/** Officers by the order in which the door offers them. */
const officers = new Map<number, Promise<Visitor>>();
const officer = (place: number): Promise<Visitor> => {
  const known =
    officers.get(place) ??
    demonstrationPeople().then((people) => signInAs(people.filter(({ role }) => role.en === 'Case officer')[place]!));
  officers.set(place, known);
  return known;
};
const first = () => officer(0);
const todayOf = async (): Promise<string> =>
  (await stranger().get<{ today: string }>('/api/demonstration/clock')).body.today;
const forward = async (days: number): Promise<void> => {
  expect((await (await first()).post('/api/demonstration/clock', { days })).status).toBe(200);
  cast.forget();
  officers.clear();
};
/** Takes an action of the first officer that these sign, in order. */
async function signed(
  entity: string,
  action: string,
  record: string,
  input: Record<string, unknown>,
  roles: string[],
  papers: string[] = [],
): Promise<void> {
  const { sheet } = await (await first()).act(entity, action, input, record, papers);
  for (const role of roles)
    await (await cast.officer(role)).act('kernel.approval', 'sign', { opinion: '同意。' }, sheet!);
}
const chief = 'Section chief';
const head = 'Bureau head';
interface CasePage {
  state: { name: string };
  children: { id: string; entity: string; state: string; title: string }[];
  papers: { id: string; kind: string; number: string | null }[];
  apart: { part: string; people: { person: string }[] }[];
  clocks: { name: string; status: string; dueOn: string | null }[];
}
const caseOf = async (visitor: Visitor, id: string): Promise<CasePage> => {
  const { body, status } = await visitor.get<CasePage>(`/api/queries/cases.page?case=${id}`);
  expect(status).toBe(200);
  return body;
};
async function serve(form: string): Promise<void> {
  const officerOne = await first();
  const { children } = await caseOf(officerOne, id);
  const paper = children.findLast(
    ({ entity, state, title }) => entity === 'cases.paper' && state === 'issued' && title.startsWith(form),
  )!;
  const proof = { way: 'direct', servedOn: await todayOf(), receivedBy: '收发室' };
  await officerOne.act('cases.paper', 'serve', proof, paper.id, ['receipt']);
}
let id = '';
let number = '';

describe('a penalty case by HTTP, from a failed test to the take-down', { sequential: true }, () => {
  step('a lead is checked, filed by the head and given to two officers with certificates', async () => {
    const officerOne = await first();
    const { record } = await officerOne.act(kind, 'register', {
      source: 'sampling',
      foundOn: await todayOf(),
      region: '430102',
      partyKind: 'entity',
      partyName: '湖南星沙虚构电线厂',
      partyCode: '91430102MA4L00011X',
      address: '芙蓉区虚构路1号',
      representative: '钱明礼',
      cause: '产品标识不符合规定，情节严重',
      facts: '监督抽查发现标识不合格。',
    });
    ({ id } = record);
    expect(await officerOne.refused(kind, 'file', { reason: '立案' }, id)).toMatchObject({
      status: 422,
      code: 'not-verified',
    });
    const day = new Date(Date.parse(await todayOf()) - 10 * 86_400_000).toISOString().slice(0, 10);
    await officerOne.act(kind, 'verify', { verification: '属实', violatedOn: day }, id, ['checkRecord']);
    coverage.step(system, 'lead registered');
    await signed(kind, 'file', id, { reason: '应当立案' }, [chief, head]);
    const people = [(await officer(0)).person.id, (await officer(1)).person.id];
    const assigner = await cast.officer(chief);
    expect((await assigner.refused(kind, 'assign', { people: people.slice(0, 1) }, id)).code).toBe('two-officers');
    await assigner.act(kind, 'assign', { people }, id);
    expect((await caseOf(assigner, id)).clocks.map(({ name }) => name)).toContain('handling');
    coverage.step(system, 'filed');
  });

  step('evidence, report, review by somebody else, notice', async () => {
    const officerOne = await first();
    const people = [(await officer(0)).person.id, (await officer(1)).person.id];
    const { created } = await officerOne.act(
      kind,
      'takeEvidence',
      {
        kind: 'sceneRecord',
        takenAt: `${await todayOf()}T00:00:00+08:00`,
        place: '成品仓库',
        takenFrom: '仓库保管员',
        text: '标识没有警示标志。',
        proves: '违法事实',
        rightsTold: true,
        present: people,
      },
      id,
    );
    await officerOne.act('cases.evidence', 'confirm', { confirmation: '本人签名' }, created[0]!.id, ['signedRecord']);
    const range = await officerOne.get<{ range: { from: string; to: string } }>(
      `/api/queries/cases.range?violation=labelling&on=${await todayOf()}&goodsValue=500000`,
    );
    expect([range.body.range.from, range.body.range.to]).toEqual(['45000.00', '105000.00']);
    await officerOne.act(
      kind,
      'conclude',
      {
        findings: '当事人法定代表人钱明礼（电话 13812345678）承认标识不合格。',
        evidenceText: '现场笔录。',
        violation: 'labelling',
        goodsValue: '500000',
        factors: [],
        proposal: 'penalise',
        fine: '100000',
        discretionText: '情节一般。',
      },
      id,
    );
    coverage.step(system, 'investigated');
    coverage.step('case-three-separation', 'investigated');
    expect((await officerOne.refused(kind, 'passReview', { reviewOpinion: '同意' }, id)).code).toBe('not-your-role');
    await (await cast.officer('Case reviewer')).act(kind, 'passReview', { reviewOpinion: '同意' }, id);
    coverage.step(system, 'reviewed by another');
    coverage.step('case-three-separation', 'reviewed');
    await signed(kind, 'proposeNotice', id, {}, [chief, head]);
    await serve('行政处罚告知书');
    expect((await (await cast.officer(head)).refused(kind, 'decide', {}, id)).code).toBe('statement-time');
  });

  step('a hearing by a host who did not investigate, seven working days after the notice', async () => {
    await (await first()).act(kind, 'askHearing', {}, id);
    const { children } = await caseOf(await first(), id);
    const hearing = children.find(({ entity }) => entity === 'cases.hearing')!.id;
    const leader = await cast.officer(head);
    expect(
      (await leader.refused('cases.hearing', 'appoint', { person: (await first()).person.id }, hearing)).code,
    ).toBe('host-investigated');
    const host = await cast.officer('Hearing host');
    await leader.act('cases.hearing', 'appoint', { person: host.person.id }, hearing);
    const day = new Date(Date.parse(await todayOf()) + 20 * 86_400_000).toISOString().slice(0, 10);
    const notice = { hearingOn: day, time: '09:30', place: '听证室', open: true };
    await host.act('cases.hearing', 'notify', notice, hearing);
    await serve('行政处罚听证通知书');
    const listed = await stranger().get('/records?kind=hearing-announcement');
    expect(listed.text).toContain('听证公告');
    await forward(20);
    const hosting = await cast.officer('Hearing host');
    await hosting.act('cases.hearing', 'hold', { minutes: '双方质证。' }, hearing, ['signedMinutes']);
    await hosting.act('cases.hearing', 'report', { opinion: '事实清楚，建议处罚。' }, hearing);
    coverage.step(system, 'heard');
  });

  step('legal review, deliberation, the head decides; nobody could leave one out', async () => {
    const officerOne = await first();
    expect((await officerOne.refused(kind, 'proposeDecision', {}, id)).code).toBe('legal-review-first');
    await officerOne.act(kind, 'submitLegal', {}, id);
    await (await cast.officer('Case reviewer')).act(kind, 'passLegal', { legalOpinion: '合法' }, id);
    expect((await officerOne.refused(kind, 'proposeDecision', {}, id)).code).toBe('deliberation-first');
    await (await cast.officer(chief)).act(kind, 'deliberate', { deliberation: '一致同意' }, id, ['deliberationSigned']);
    await signed(kind, 'proposeDecision', id, {}, [chief]);
    await (await cast.officer(head)).act(kind, 'decide', {}, id);
    const { papers } = await caseOf(await first(), id);
    const decision = papers.find(({ kind: paper }) => paper === 'decision')!;
    number = decision.number!;
    expect(number).toMatch(/^湘市监处罚〔\d{4}〕\d+号$/);
    const pdf = await officerOne.get(`/api/documents/${decision.id}`);
    expect(pdf.text.slice(0, 5)).toBe('%PDF-');
    coverage.step(system, 'decided');
    const parts = (await caseOf(await first(), id)).apart.map(({ people }) => people.map((one) => one.person));
    expect(new Set(parts.flat()).size).toBe(parts.flat().length);
    coverage.step('case-three-separation', 'decided');
  });

  step('served, paid, closed, filed in two volumes', async () => {
    await serve('行政处罚决定书');
    const officerOne = await first();
    await officerOne.act(kind, 'pay', { paidOn: await todayOf(), amount: '100000' }, id, ['paymentReceipt']);
    await officerOne.act(kind, 'settle', {}, id);
    await signed(kind, 'close', id, {}, [chief, head]);
    const keeper = await cast.officer(chief);
    const { record: file } = await keeper.act('archives.file', 'arrange', { target: id });
    await keeper.act('archives.file', 'file', {}, file.id);
    const page = (await pageOf(keeper, file.id)) as Page & {
      fields: { volumes: { name: string; lines: { title: string }[] }[] };
    };
    expect(page.fields.volumes.map(({ name }) => name)).toEqual(['main', 'internal']);
    expect(page.fields.volumes[1]!.lines.map(({ title }) => title)).toContain('案件调查终结报告');
    coverage.step(system, 'performed');
    coverage.step(system, 'filed away');
  });

  step('the decision is public without the persons in it', async () => {
    const officerOne = await first();
    const publication = await until(async () =>
      (await rowsOf(officerOne, 'entity=cases.publication')).find(({ title }) => title.includes(number)),
    );
    await signed('cases.publication', 'publish', publication.id, {}, [chief]);
    const { body } = await stranger().get<{ entries: { id: string; title: { zh: string } }[] }>(
      '/api/public/records?kind=penalty-decision',
    );
    const entry = body.entries.find(({ title }) => title.zh.includes('湖南星沙虚构电线厂'))!;
    const { text } = await stranger().get(`/records/${entry.id}`);
    expect(text).toContain(number);
    expect(text).not.toContain('钱明礼');
    expect(text).not.toContain('13812345678');
    expect((await stranger().get('/api/public/records.csv?kind=penalty-decision')).text).toContain('行政处罚');
  });

  step('a transfer that the police refuse comes back, and the time goes on', async () => {
    const officerOne = await first();
    const seizing = (await rowsOf(officerOne, `entity=${kind}&state=investigating`)).find(({ title }) =>
      title.includes('生产不符合安全标准的产品'),
    )!;
    await signed(kind, 'transferPolice', seizing.id, { otherOrgan: '公安机关', reason: '涉嫌犯罪' }, [chief, head]);
    const handling = async () => (await caseOf(officerOne, seizing.id)).clocks.find(({ name }) => name === 'handling')!;
    expect((await handling()).status).toBe('suspended');
    await officerOne.act(kind, 'policeRefuses', { answer: '不予立案，退回' }, seizing.id, ['policeReply']);
    expect((await handling()).status).toBe('running');
    coverage.step('criminal-transfer', 'transferred');
    coverage.step('criminal-transfer', 'answered');
  });

  step('goods are free when their term is over, and a light publicity ends by itself', async () => {
    await forward(95);
    const officerOne = await first();
    const measures = await rowsOf(officerOne, 'entity=cases.measure');
    expect(measures.some(({ state }) => state === 'lapsed')).toBe(true);
    const publications = await rowsOf(officerOne, 'entity=cases.publication');
    expect(publications.find(({ title }) => title.includes(number))!.state).toBe('public');
    expect(publications.some(({ state }) => state === 'ended')).toBe(true);
  });
});
