import { machineActor, machines } from '@hengjian/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Bureau,
  conclusion,
  investigated,
  lead,
  openBureau,
  reviewed,
  serve,
  told,
  withEvidence,
} from './cases-fixture.ts';
import { publicationOf } from './index.ts';

const kind = 'cases.case';
let bureau: Bureau;
beforeAll(async () => {
  bureau = await openBureau();
});
afterAll(() => bureau.kernel.close());

const refused = (code: string, article?: string) => ({
  code,
  ...(article === undefined ? {} : { zh: expect.stringContaining(article) }),
});
const stateOf = async (id: string): Promise<string> => (await bureau.get<{ state: string }>('case', id)).state;

describe('从线索到立案', () => {
  it('先核查，再由负责人批准，指定两名有有效执法证的人员', async () => {
    bureau.on('2026-03-02');
    const { act, first, chief, head } = bureau;
    const { record } = await act(first, kind, 'register', lead(bureau));
    expect((await bureau.clock(record, 'verification'))?.due_on).toBe('2026-03-23');
    await expect(act(first, kind, 'file', { reason: '立' }, record)).rejects.toMatchObject(
      refused('not-verified', '第十八条'),
    );
    await act(first, kind, 'verify', { verification: '属实', violatedOn: '2023-02-11' }, record, ['checkRecord']);
    await expect(act(first, kind, 'file', { reason: '立' }, record)).rejects.toMatchObject(
      refused('barred-by-time', '第三十六条'),
    );
    await act(first, kind, 'verify', { verification: '属实', violatedOn: '2026-02-11' }, record, ['checkRecord']);
    await bureau.signed(first, kind, 'file', record, { reason: '立' }, [chief, head]);
    expect((await bureau.clock(record, 'handling'))?.due_on).toBe('2026-06-01');
    const assign = (...people: { person: string }[]) =>
      act(chief, kind, 'assign', { people: people.map(({ person }) => person) }, record);
    await expect(assign(first)).rejects.toMatchObject(refused('two-officers', '第四十二条'));
    await expect(assign(first, first)).rejects.toMatchObject(refused('officer-twice'));
    await expect(assign(first, bureau.uncertified)).rejects.toMatchObject(refused('certificate-missing', '第四十二条'));
    await assign(first, bureau.second);
    expect(await stateOf(record)).toBe('investigating');
  });
});

describe('听证、法制审核、集体讨论、决定、执行', () => {
  it('每一步由不同的人办理，漏掉的步骤有条文拒绝', async () => {
    bureau.on('2026-03-03');
    const { act, signed, first, second, reviewer, chief, head, host, agent } = bureau;
    const record = await investigated(bureau);
    await expect(act(first, kind, 'conclude', conclusion(), record)).rejects.toMatchObject(
      refused('evidence', '第四十八条'),
    );
    const alone = {
      kind: 'interview',
      takenAt: '2026-03-03T01:00:00Z',
      place: '询问室',
      takenFrom: '厂长',
      text: '承认',
      proves: '事实',
      rightsTold: true,
      present: [first.person],
    };
    await expect(act(first, kind, 'takeEvidence', alone, record)).rejects.toMatchObject(
      refused('two-officers', '第二十二条'),
    );
    await withEvidence(bureau, record);
    await expect(act(first, kind, 'proposeNotice', {}, record)).rejects.toMatchObject(
      refused('not-concluded', '第四十八条'),
    );
    await expect(act(first, kind, 'conclude', conclusion({ fine: '200000' }), record)).rejects.toMatchObject(
      refused('outside-the-law', '第四十九条'),
    );
    await expect(act(first, kind, 'conclude', conclusion({ fine: '150000' }), record)).rejects.toMatchObject(
      refused('deviation-reason', '第三十四条'),
    );
    await expect(act(first, kind, 'conclude', conclusion({ proposal: 'first' }), record)).rejects.toMatchObject(
      refused('not-exempt', '第三十三条'),
    );
    await act(first, kind, 'conclude', conclusion({ fine: '150000', deviationReason: '批量较大' }), record);
    await expect(act(first, kind, 'proposeNotice', {}, record)).rejects.toMatchObject(
      refused('not-reviewed', '第五十六条'),
    );
    await expect(act(head, kind, 'decide', {}, record)).rejects.toMatchObject(refused('not-reviewed', '第四十九条'));
    await act(reviewer, kind, 'passReview', { reviewOpinion: '同意' }, record);
    await expect(act(head, kind, 'decide', {}, record)).rejects.toMatchObject(refused('not-told', '第六十二条'));
    await told(bureau, record, '2026-03-03');
    await expect(act(first, kind, 'proposeDecision', {}, record)).rejects.toMatchObject(
      refused('statement-time', '第五十七条'),
    );
    await act(agent, kind, 'askHearing', {}, record);
    await expect(act(head, kind, 'decide', {}, record)).rejects.toMatchObject(refused('hearing-first', '第六十三条'));
    expect((await bureau.clock(record, 'handling'))?.status).toBe('suspended');
    const [hearing] = await bureau.rows<{ id: string }>('select id from cases.hearing where penalty_case = $1', [
      record,
    ]);
    const appoint = (person: string) => act(head, 'cases.hearing', 'appoint', { person }, hearing!.id);
    await expect(appoint(second.person)).rejects.toMatchObject(refused('host-investigated', '第六十四条'));
    await appoint(host.person);
    const notice = { time: '09:30', place: '听证室', open: true };
    await expect(
      act(host, 'cases.hearing', 'notify', { ...notice, hearingOn: '2026-03-12' }, hearing!.id),
    ).rejects.toMatchObject(refused('hearing-too-soon', '第六十四条'));
    await act(host, 'cases.hearing', 'notify', { ...notice, hearingOn: '2026-03-13' }, hearing!.id);
    await serve(bureau, record, 'hearingNotice', '2026-03-03');
    await expect(
      act(host, 'cases.hearing', 'hold', { minutes: 'x' }, hearing!.id, ['signedMinutes']),
    ).rejects.toMatchObject(refused('not-yet'));
    bureau.on('2026-03-13');
    await act(host, 'cases.hearing', 'hold', { minutes: '双方质证' }, hearing!.id, ['signedMinutes']);
    await act(host, 'cases.hearing', 'report', { opinion: '事实清楚' }, hearing!.id);
    expect(await stateOf(record)).toBe('weighing');
    expect((await bureau.clock(record, 'handling'))?.due_on).toBe('2026-06-11');
    await expect(act(first, kind, 'proposeDecision', {}, record)).rejects.toMatchObject(
      refused('legal-review-first', '第五十八条'),
    );
    await act(first, kind, 'submitLegal', {}, record);
    await act(reviewer, kind, 'passLegal', { legalOpinion: '同意' }, record);
    await expect(act(first, kind, 'proposeDecision', {}, record)).rejects.toMatchObject(
      refused('deliberation-first', '第五十七条'),
    );
    await act(chief, kind, 'deliberate', { deliberation: '一致同意' }, record, ['deliberationSigned']);
    await expect(
      act(first, kind, 'reexamine', { reexamination: '加重', fine: '160000' }, record),
    ).rejects.toMatchObject(refused('heavier-than-told', '第五十八条'));
    await signed(first, kind, 'proposeDecision', record, {}, [chief]);
    await expect(act(head, kind, 'decide', {}, record)).rejects.toMatchObject(
      refused('deviation-undecided', '第三十四条'),
    );
    await act(head, kind, 'decide', { deviationOpinion: '批量大，同意' }, record);
    const decided = await bureau.get<{ decision_number: string; told_fine: string }>('case', record);
    expect(decided.decision_number).toBe('湘市监处罚〔2026〕1号');
    const [paper] = await bureau.rows<{ content: { paragraphs: string[] } }>(
      `select d.content from kernel.document d join cases.paper p on p.id = d.record where p.penalty_case = $1 and d.kind = 'decision'`,
      [record],
    );
    expect(paper!.content.paragraphs.join('')).toMatch(/六十日内向湖南省人民政府申请行政复议.*六个月内依法/);
    await serve(bureau, record, 'decision', '2026-03-13');
    const served = await bureau.get<{ payment_due_on: string; remedy_until: string }>('case', record);
    expect([served.payment_due_on, served.remedy_until]).toEqual(['2026-03-30', '2026-09-14']);

    bureau.on('2026-04-10');
    const pay = (amount: string) =>
      act(first, kind, 'pay', { paidOn: '2026-04-10', amount }, record, ['paymentReceipt']);
    // Eleven days at three per cent of 150,000.
    await pay('150000');
    expect((await bureau.get<{ surcharge: string }>('case', record)).surcharge).toBe('49500.00');
    await expect(act(first, kind, 'settle', {}, record)).rejects.toMatchObject(refused('not-performed', '第七十五条'));
    await expect(act(first, kind, 'demand', {}, record)).rejects.toMatchObject(refused('remedies-run', '第七十六条'));
    await pay('49500');
    await expect(pay('1')).rejects.toMatchObject(refused('too-much'));
    await act(first, kind, 'settle', {}, record);
    await signed(first, kind, 'close', record, {}, [chief, head]);
    expect(await stateOf(record)).toBe('closed');
    const page = await bureau.ask<{ apart: { part: string; people: unknown[] }[] }>(head, 'cases.page', {
      case: record,
    });
    expect(page.apart.map(({ part, people }) => [part, people.length])).toEqual([
      ['investigation', 2],
      ['review', 1],
      ['hearing', 1],
    ]);
  });

  it('调查过、审核过的人换了岗位也不能决定', async () => {
    bureau.on('2026-03-16');
    const { act, signed, first, chief } = bureau;
    const record = await investigated(bureau);
    await withEvidence(bureau, record);
    await reviewed(bureau, record, { fine: '90000', goodsValue: '60000' });
    await told(bureau, record, '2026-03-16');
    await act(bureau.agent, kind, 'state', { statement: '已召回' }, record);
    await act(bureau.agent, kind, 'waive', {}, record, ['waiver']);
    await expect(act(first, kind, 'proposeDecision', {}, record)).rejects.toMatchObject(
      refused('statement-not-examined', '第五十八条'),
    );
    await act(first, kind, 'reexamine', { reexamination: '部分采纳', fine: '80000' }, record);
    await signed(first, kind, 'proposeDecision', record, {}, [chief]);
    for (const person of [bureau.second, bureau.reviewer]) {
      const inOtherPost = { ...person, role: 'bureau-head' };
      await expect(act(inOtherPost, kind, 'decide', {}, record)).rejects.toMatchObject(refused('separation'));
    }
    await act(bureau.head, kind, 'decide', {}, record);
    const similar = await bureau.ask<{ fine: string }[]>(first, 'cases.similar', { violation: 'substandard-safety' });
    expect(similar.length).toBeGreaterThanOrEqual(1);
  });

  it('逾期不陈述视为放弃；复议期间不计加处罚款；复议撤销后案件终了', async () => {
    bureau.on('2026-03-17');
    const { act, signed, first, chief, head } = bureau;
    const record = await investigated(bureau);
    await withEvidence(bureau, record);
    await reviewed(bureau, record, { confiscatedGoods: '50000' });
    await told(bureau, record, '2026-03-17');
    bureau.on('2026-03-25');
    await bureau.expire();
    expect(await stateOf(record)).toBe('weighing');
    await signed(first, kind, 'proposeDecision', record, {}, [chief]);
    await act(head, kind, 'decide', {}, record);
    await serve(bureau, record, 'decision', '2026-03-25');
    const begun = { kind: 'reconsideration', organ: '湖南省人民政府', number: '湘府复〔2026〕1号', claim: '撤销' };
    const dates = { acceptedOn: '2026-03-25', copyOn: '2026-03-25' };
    const { record: matter } = await act(
      first,
      'cases.review-matter',
      'begin',
      { penaltyCase: record, ...begun, ...dates },
      undefined,
      ['copy'],
    );
    expect((await bureau.clock(matter, 'answer'))?.due_on).toBe('2026-04-09');
    bureau.on('2026-05-20');
    const page = await bureau.ask<{ surcharge: string }>(head, 'cases.page', { case: record });
    expect(page.surcharge).toBe('0.00');
    await act(first, 'cases.review-matter', 'answer', { answer: '合法' }, matter, ['reply']);
    const ruling = { outcome: 'revoked', decidedOn: '2026-05-20', ruling: '程序违法' };
    await act(first, 'cases.review-matter', 'decide', ruling, matter, ['ruling']);
    expect(await stateOf(record)).toBe('overturned');
  });
});

describe('移送公安又退回', () => {
  it('期限停下，退回后接着走；回避后不足两人不能终结', async () => {
    bureau.on('2026-04-01');
    const { act, signed, first, second, chief, head } = bureau;
    const record = await investigated(bureau, { foundOn: '2026-04-01' });
    const before = (await bureau.clock(record, 'handling'))!.due_on;
    await signed(first, kind, 'transferPolice', record, { otherOrgan: '芙蓉区公安分局', reason: '货值较大' }, [
      chief,
      head,
    ]);
    expect((await bureau.clock(record, 'handling'))?.status).toBe('suspended');
    bureau.on('2026-04-21');
    await act(second, kind, 'policeRefuses', { answer: '不予立案' }, record, ['policeReply']);
    expect(await stateOf(record)).toBe('investigating');
    const after = (await bureau.clock(record, 'handling'))!;
    expect(after.status).toBe('running');
    expect(after.due_on > before).toBe(true);
    await act(second, kind, 'askRecusal', { person: second.person, ground: '与当事人有亲属关系' }, record);
    await act(head, kind, 'decideRecusal', { person: second.person, granted: true }, record);
    await expect(act(first, kind, 'conclude', conclusion(), record)).rejects.toMatchObject(
      refused('two-officers', '第四十二条'),
    );
    await expect(act(chief, kind, 'replaceOfficer', { joins: second.person }, record)).rejects.toMatchObject(
      refused('recused', '第四条'),
    );
    await act(chief, kind, 'replaceOfficer', { joins: bureau.third.person }, record);
    await signed(first, kind, 'extend', record, { reason: '案情复杂' }, [head]);
    await expect(act(first, kind, 'extend', { reason: '再延' }, record)).rejects.toMatchObject(
      refused('extended-once', '第六十四条'),
    );
  });
});

describe('当场处罚', () => {
  it('两名持证人员各自签名；超过三千元不适用；七个工作日归档', async () => {
    bureau.on('2026-04-22');
    const { act, first, second } = bureau;
    const told = {
      partyKind: 'entity',
      partyName: '芙蓉区虚构超市',
      place: '超市内',
      facts: '使用未检定的秤',
      violates: '《计量法》第九条',
      legalBasis: '《计量法实施细则》第四十三条',
      fine: '500',
      collection: 'bank',
      rightsTold: true,
    };
    const tell = (input: Record<string, unknown>, by = first) =>
      act(by, 'cases.summary', 'tell', { ...told, ...input }, undefined, ['evidence']);
    await expect(tell({ fine: '3000.01' })).rejects.toMatchObject(refused('not-summary', '第六十六条'));
    await expect(tell({ rightsTold: false })).rejects.toMatchObject(refused('rights-not-told', '第六十九条'));
    await expect(tell({}, bureau.uncertified)).rejects.toMatchObject(refused('certificate-missing', '第四十二条'));
    const { record } = await tell({});
    await expect(act(first, 'cases.summary', 'decide', {}, record)).rejects.toMatchObject(refused('separation'));
    await act(second, 'cases.summary', 'decide', {}, record);
    expect((await bureau.clock(record, 'filing'))?.due_on).toBe('2026-05-06');
    const [paper] = await bureau.rows<{ number: string; content: { paragraphs: string[] } }>(
      `select number, content from kernel.document where record = $1 and kind = 'decision'`,
      [record],
    );
    expect(paper!.number).toBe('湘市监当罚〔2026〕1号');
    expect(paper!.content.paragraphs.join('')).toContain(
      '应当自收到本决定书之日起六十日内先向湖南省人民政府申请行政复议',
    );
    await act(first, 'cases.summary', 'deliver', {}, record, ['signedDecision']);
    await expect(act(first, 'cases.summary', 'file', {}, record)).rejects.toMatchObject(refused('not-paid'));
    await act(first, 'cases.summary', 'pay', { paidOn: '2026-04-22' }, record, ['receipt']);
    await act(first, 'cases.summary', 'file', {}, record);
  });
});

describe('决定之后', () => {
  it('公示满最短期限并履行完毕才能修复；案卷由没有参加办案的两人评查', async () => {
    bureau.on('2026-04-23');
    const { act, signed, first, chief, head } = bureau;
    const [closed] = await bureau.rows<{ id: string }>(`select id from cases.case where state = 'closed'`);
    const prepared = await bureau.kernel.database.transaction('hengjian_app', first.claim, (sql) =>
      publicationOf(sql, closed!.id, '湖南省市场监督管理局'),
    );
    const machine = machineActor(bureau.kernel, machines.flow, '43');
    const { record } = await act(machine, 'cases.publication', 'prepare', prepared);
    await signed(first, 'cases.publication', 'publish', record, {}, [chief]);
    const public1 = await bureau.get<{ until: string; repair_from: string }>('publication', record);
    expect([public1.until, public1.repair_from]).toEqual(['2029-04-23', '2027-04-23']);
    const ask = () =>
      act(bureau.agent, 'cases.publication', 'askRepair', { facts: '已履行' }, record, [
        'repairRequest',
        'performance',
      ]);
    await expect(ask()).rejects.toMatchObject(refused('repair-early', '第八条'));
    bureau.on('2027-04-26');
    const { created } = await ask();
    const repair = created[0]!;
    await act(first, 'cases.repair', 'accept', {}, repair);
    expect((await bureau.clock(repair, 'decision'))?.status).toBe('running');
    await signed(first, 'cases.repair', 'grant', repair, { verification: '已履行、已改正' }, [head]);
    await act(first, 'cases.repair', 'execute', {}, repair);
    expect((await bureau.get<{ state: string }>('publication', record)).state).toBe('ended');

    const { record: review } = await act(chief, 'cases.file-review', 'draw', { penaltyCase: closed!.id });
    const scores = [
      'subject:10',
      'facts:25',
      'law:15',
      'procedure:20',
      'discretion:8',
      'terms:8',
      'performance:6',
      'archive:6',
    ].map((row) => ({ item: row.split(':')[0], points: row.split(':')[1] }));
    await expect(act(bureau.reviewer, 'cases.file-review', 'score', { scores }, review)).rejects.toMatchObject(
      refused('separation'),
    );
    const scorer = await bureau.kernel.officer('评查甲', 'case-reviewer', '43');
    const other = await bureau.kernel.officer('评查乙', 'case-reviewer', '43');
    await expect(act(scorer, 'cases.file-review', 'score', { scores: scores.slice(1) }, review)).rejects.toMatchObject(
      refused('sheet-incomplete'),
    );
    await act(scorer, 'cases.file-review', 'score', { scores }, review);
    await expect(act(scorer, 'cases.file-review', 'scoreAgain', { scores }, review)).rejects.toMatchObject(
      refused('separation'),
    );
    await act(other, 'cases.file-review', 'scoreAgain', { scores }, review);
    expect(await bureau.get('file_review', review)).toMatchObject({
      state: 'graded',
      total: '98.00',
      grade: 'excellent',
    });
    const figures = await bureau.ask<{ coverage: { withCase: number } }>(head, 'cases.figures', { year: 2026 });
    expect(figures.coverage.withCase).toBe(1);
  });
});
