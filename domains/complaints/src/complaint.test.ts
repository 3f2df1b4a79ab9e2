import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accepted, type Centre, complaint, followed, openCentre, report, sealed } from './complaints-fixture.ts';

const kind = 'complaints.complaint';
let centre: Centre;
beforeAll(async () => {
  centre = await openCentre();
});
afterAll(() => centre.kernel.close());
const at = (day: string) => centre.kernel.at(`${day}T02:00:00Z`);
const refused = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (problem: { code: string }) => problem.code,
  );

describe('投诉', { sequential: true }, () => {
  it('登记、分送、受理、现场调解、调解书，本人凭编号和密码看到进度', async () => {
    at('2026-05-06');
    const { input, number, secret } = followed();
    const { record } = await centre.act(centre.machine(), kind, 'lodge', { ...complaint(), ...input });
    expect((await centre.clock(record, 'acceptance'))?.due).toBe('2026-05-14');
    await centre.act(centre.desk, kind, 'distribute', { unit: '430102-T01' }, record);
    await centre.act(centre.handler, kind, 'accept', {}, record);
    const arrange = { mode: 'on-site', mediationOn: '2026-05-08', mediator: '吴调解' };
    const refusals = [
      { ...arrange, respondentConsents: false, place: '所里' },
      { ...arrange, respondentConsents: true },
      { ...arrange, respondentConsents: true, place: '所里', entrustedTo: '消委会' },
    ].map((one) => refused(centre.act(centre.handler, kind, 'arrange', one, record)));
    expect(await Promise.all(refusals)).toEqual(['no-consent', 'place-missing', 'no-consent-to-entrust']);
    await centre.act(centre.handler, kind, 'arrange', { ...arrange, respondentConsents: true, place: '所里' }, record);
    expect(await refused(centre.act(centre.handler, kind, 'agree', { agreement: '退款' }, record))).toBe('no-meeting');
    at('2026-05-08');
    const meeting = { on: '2026-05-08', mode: 'on-site', attended: '双方到场', record: '双方同意退货退款' };
    await centre.act(centre.handler, kind, 'recordMeeting', meeting, record);
    const paperless = { agreement: '退款 299 元', why: 'off-site' };
    expect(await refused(centre.act(centre.handler, kind, 'agreeWithoutPaper', paperless, record))).toBe(
      'paper-needed',
    );
    const agreed = { agreement: '商家当场退款 299 元，电饭锅退回。', agreementAmount: '299' };
    await centre.act(centre.handler, kind, 'agree', agreed, record);
    await centre.act(centre.handler, kind, 'close', {}, record, ['signedAgreement']);
    expect((await centre.clock(record, 'mediation'))?.status).toBe('met');
    const told = await centre.ask<{ state: string; kind: string }>(null, 'complaints.follow', { number, secret });
    expect(told).toMatchObject({ kind: 'complaint', state: 'closed' });
    const wrong = { number, secret: `${secret.slice(0, -1)}${secret.endsWith('0') ? '1' : '0'}` };
    expect(await centre.ask(null, 'complaints.follow', wrong)).toBeNull();
  });

  it('鉴定检测的时间不计入六十日；没有满六十日不能以期满终止', async () => {
    at('2026-05-06');
    const record = await accepted(centre);
    expect((await centre.clock(record, 'mediation'))?.due).toBe('2026-07-06');
    const arrange = { mode: 'telephone', mediationOn: '2026-05-07', mediator: '吴调解', respondentConsents: true };
    await centre.act(centre.handler, kind, 'arrange', arrange, record);
    at('2026-05-11');
    const appraisal = { appraiser: '省质检院', appraisedItem: '漏电', appraisalPayer: '双方各半' };
    await centre.act(centre.handler, kind, 'appraise', appraisal, record);
    at('2026-05-21');
    const result = { appraisalResult: '绝缘不合格' };
    expect(await refused(centre.act(centre.handler, kind, 'takeAppraisal', result, record))).toBe('document-missing');
    await centre.act(centre.handler, kind, 'takeAppraisal', result, record, ['appraisalReport']);
    expect((await centre.clock(record, 'mediation'))?.due).toBe('2026-07-16');
    at('2026-07-16');
    const over = { endGround: '23-5', reason: '双方未能达成一致' };
    expect(await refused(centre.act(centre.handler, kind, 'terminate', over, record))).toBe('sixty-days-not-over');
    at('2026-07-17');
    await centre.act(centre.handler, kind, 'terminate', over, record);
    expect((await centre.clock(record, 'termination'))?.due).toBe('2026-07-28');
    await centre.act(centre.handler, kind, 'tellTermination', { endedBy: '电话告知双方' }, record);
  });

  it('回避由负责人决定，不由组织调解的人决定', async () => {
    at('2026-05-06');
    const record = await accepted(centre);
    const arrange = { mode: 'telephone', mediationOn: '2026-05-07', mediator: '吴调解', respondentConsents: true };
    await centre.act(centre.handler, kind, 'arrange', arrange, record);
    await centre.act(centre.handler, kind, 'recuse', { recusal: '投诉人称调解人员与店主是亲属' }, record);
    const upheld = { upheld: true, recusal: '属实' };
    expect(await refused(centre.act(centre.chief, kind, 'decideRecusal', upheld, record))).toBe('mediator-missing');
    await centre.act(centre.chief, kind, 'decideRecusal', { ...upheld, mediator: '王调解' }, record);
    expect(await centre.get('complaint', record)).toMatchObject({ mediator: '王调解', state: 'mediating' });
  });

  it('不予受理须有法定情形：三年、判断因素、理由和其他途径', async () => {
    at('2026-05-06');
    const { record } = await centre.act(centre.desk, kind, 'register', complaint());
    await centre.act(centre.desk, kind, 'distribute', { unit: '430102-T01' }, record);
    const ask = (ground: string, more: object = {}) =>
      refused(centre.act(centre.handler, kind, 'refuse', { ground, reason: '经查', ...more }, record));
    expect(await ask('16-4')).toBe('not-out-of-time');
    expect(await ask('16-3')).toBe('factors-missing');
    expect(await ask('16-2', { factors: ['17-1'] })).toBe('factors-stray');
    expect(await ask('16-2')).toBe('done');
    const [paper] = await centre.rows<{ content: { paragraphs: string[] }; number: string }>(
      `select content, number from kernel.document where record = $1 and kind = 'refusal'`,
      [record],
    );
    expect(paper!.content.paragraphs.join()).toMatch(/第十六条第二项.*消费者权益保护法》第三十九条/);
    expect(paper!.number).toMatch(/投不受〔2026〕/);
    const old = { knownOn: '2023-05-05', happenedOn: '2023-05-05' };
    const late = await centre.act(centre.desk, kind, 'register', complaint(old));
    await centre.act(centre.desk, kind, 'distribute', { unit: '430102-T01' }, late.record);
    await centre.act(centre.handler, kind, 'refuse', { ground: '16-4', reason: '超过三年' }, late.record);
  });

  it('没有真实身份的先限期提供，再决定', async () => {
    at('2026-05-06');
    const { record } = await centre.act(centre.desk, kind, 'register', complaint({ identity: null }));
    await centre.act(centre.desk, kind, 'distribute', { unit: '430102-T01' }, record);
    expect(await refused(centre.act(centre.handler, kind, 'accept', {}, record))).toBe('no-identity');
    await centre.act(centre.handler, kind, 'askIdentity', { identityUntil: '2026-05-12' }, record);
    const shown = { identityChecked: true, identity: '王某 13800000000' };
    expect(await refused(centre.act(centre.handler, kind, 'showIdentity', shown, record))).toBe('identity-not-sealed');
    await centre.act(centre.handler, kind, 'showIdentity', { ...shown, identity: sealed() }, record);
    await centre.act(centre.handler, kind, 'accept', {}, record);
  });

  it('同时含举报的，不分开不能受理；分开后各有编号，同一人封存在两处', async () => {
    at('2026-05-06');
    const { record } = await centre.act(centre.desk, kind, 'register', complaint({ mixed: true }));
    await centre.act(centre.desk, kind, 'distribute', { unit: '430102-T01' }, record);
    expect(await refused(centre.act(centre.handler, kind, 'accept', {}, record))).toBe('split-first');
    const { created } = await centre.act(centre.handler, kind, 'split', { facts: '该店销售无 3C 产品' }, record);
    await centre.act(centre.handler, kind, 'accept', {}, record);
    const tags = await centre.rows<{ tag: string }>(
      'select distinct tag from complaints.identity where record in ($1, $2)',
      [record, created[0]],
    );
    expect(tags).toHaveLength(1);
    const numbers = await centre.rows<{ number: string }>('select number from kernel.record where id = any($1)', [
      [record, created[0]],
    ]);
    expect(numbers.map(({ number }) => /投诉|举报/.exec(number)![0]).sort()).toEqual(['举报', '投诉']);
    const tip = await centre.act(centre.desk, 'complaints.report', 'register', report({ mixed: true }));
    await centre.act(centre.desk, 'complaints.report', 'distribute', { unit: '430102' }, tip.record);
    expect(await refused(centre.act(centre.verifier, 'complaints.report', 'verify', {}, tip.record))).toBe(
      'split-first',
    );
    await centre.act(centre.desk, kind, 'register', complaint({ report: tip.record }));
    await centre.act(centre.verifier, 'complaints.report', 'verify', {}, tip.record);
  });

  it('内设机构不得自行移送；有权处理的不得推出；只转一次，再有争议由共同的上一级指定', async () => {
    at('2026-05-06');
    const own = await centre.act(centre.desk, kind, 'register', complaint());
    const move = (to: string) => ({ to, returnReason: '经营地在天心区' });
    expect(await refused(centre.act(centre.desk, kind, 'transfer', move('430103'), own.record))).toBe(
      'first-receiver-keeps',
    );
    expect(await refused(centre.act(centre.desk, kind, 'distribute', { unit: '430103' }, own.record))).toBe(
      'not-own-unit',
    );
    await centre.act(centre.desk, kind, 'distribute', { unit: '430102-T01' }, own.record);
    expect(await refused(centre.act(centre.handler, kind, 'transfer', move('430103'), own.record))).toBe(
      'not-your-role',
    );
    await centre.act(centre.handler, kind, 'giveBack', { returnReason: '不是本所辖区' }, own.record);
    const { input, number, secret } = followed();
    const away = await centre.act(centre.machine(), kind, 'lodge', { ...complaint({ region: '430103' }), ...input });
    expect(await refused(centre.act(centre.desk, kind, 'transfer', move('35'), away.record))).toBe(
      'receiver-not-competent',
    );
    at('2026-05-07');
    const { created } = await centre.act(centre.desk, kind, 'transfer', move('430103'), away.record);
    const next = created[0]!;
    expect(await centre.get('complaint', next)).toMatchObject({ office: '430103', moves: 1, came_from: away.record });
    expect((await centre.clock(next, 'acceptance'))?.due).toBe('2026-05-15');
    expect(await refused(centre.act(centre.neighbour, kind, 'transfer', move('430102'), next))).toBe('moved-already');
    await centre.act(centre.neighbour, kind, 'dispute', { returnReason: '实际经营地在芙蓉区' }, next);
    expect((await centre.clock(next, 'dispute'))?.due).toBe('2026-05-15');
    expect(await refused(centre.act(centre.neighbour, kind, 'designate', move('430102'), next))).toBe(
      'not-common-superior',
    );
    const designated = await centre.act(centre.city, kind, 'designate', move('430102'), next);
    expect(await centre.get('complaint', designated.created[0]!)).toMatchObject({ office: '430102', moves: 2 });
    const told = await centre.ask<{ office: { zh: string } }>(null, 'complaints.follow', { number, secret });
    expect(told.office.zh).toContain('芙蓉区');
  });

  it('同一人同一争议合并；不是同一人的不合并；平台同一编号只登记一次', async () => {
    at('2026-05-06');
    const register = (more: object) => centre.act(centre.desk, kind, 'register', complaint(more as never));
    const first = await register({});
    const again = await register({});
    const other = await register({ identity: sealed({ name: '另一人', phone: '13911112222' }) });
    const merge = (record: string) =>
      refused(centre.act(centre.desk, kind, 'merge', { mergedInto: first.record, reason: '同一争议' }, record));
    expect(await merge(other.record)).toBe('another-person');
    expect(await merge(again.record)).toBe('done');
    const ticket = { channel: 'exchange', foreignSystem: 'hotline-12345', foreignNumber: 'T-1' };
    await register(ticket);
    expect(await refused(register(ticket))).toBe('ticket-known');
    const found = await centre.ask<{ id: string; because: string[]; samePerson: boolean | null }[]>(
      centre.desk,
      'complaints.alike',
      { record: other.record },
    );
    expect(found.find(({ id }) => id === first.record)).toMatchObject({ samePerson: false });
    expect(found[0]!.because.length).toBeGreaterThan(0);
    const { people } = await centre.ask<{ people: { mark: string; matters: number }[] }>(
      centre.desk,
      'complaints.patterns',
      { least: 2 },
    );
    expect(people[0]!.matters).toBeGreaterThan(5);
    expect(people[0]!.mark).toHaveLength(6);
  });
});
