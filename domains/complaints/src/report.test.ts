import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Centre, caller, followed, keyring, openCentre, report, sealed, verifying } from './complaints-fixture.ts';
import { openIdentity, sealIdentity } from './vault/envelope.ts';
import { rotateIdentities } from './vault/rotation.ts';

const kind = 'complaints.report';
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

describe('举报', { sequential: true }, () => {
  it('核查十五个工作日，检测时间不计入，经批准延长一次；立案后案源移交，不含举报人', async () => {
    at('2026-05-06');
    const record = await verifying(centre);
    expect((await centre.clock(record, 'verification'))?.due).toBe('2026-05-26');
    at('2026-05-11');
    await centre.act(centre.verifier, kind, 'pause', { pauseGround: 'testing' }, record);
    at('2026-05-18');
    await centre.act(centre.verifier, kind, 'resume', {}, record);
    expect((await centre.clock(record, 'verification'))?.due).toBe('2026-06-03');
    await centre.signed(centre.verifier, kind, 'extend', record, { reason: '案情复杂' });
    expect((await centre.clock(record, 'verification'))?.due).toBe('2026-06-25');
    expect(await refused(centre.act(centre.verifier, kind, 'extend', { reason: '再延' }, record))).toBe(
      'extended-already',
    );
    const filing = { findings: '现场查见无 3C 产品 40 台', reason: '涉嫌违法', resultDuty: 'none' };
    await centre.signed(centre.verifier, kind, 'file', record, filing);
    const [referral] = await centre.rows<{ id: string; facts: string }>(
      'select id, facts from complaints.referral where report = $1',
      [record],
    );
    expect(referral!.facts).toContain('无 3C 产品 40 台');
    expect(await refused(centre.act(centre.verifier, kind, 'tellResult', { result: '已立案' }, record))).toBe(
      'no-duty-to-tell',
    );
    await centre.act(
      centre.chief,
      'complaints.referral',
      'receive',
      { caseNumber: '芙市监案〔2026〕1号' },
      referral!.id,
    );
    const money = { fined: '120000', confiscated: '30000.5' };
    await centre.act(centre.chief, 'complaints.referral', 'conclude', money, referral!.id);
    expect(await centre.get(kind.split('.')[1]!, record)).toMatchObject({ fined: '120000', state: 'filed' });
  });

  it('奖励按罚没款计算，两级批准，凭编号和密码领取，不写姓名', async () => {
    at('2026-05-06');
    const { input, number, secret } = followed();
    const { record } = await centre.act(centre.machine(), kind, 'lodge', { ...report(), ...input });
    await centre.act(centre.desk, kind, 'distribute', { unit: '430102' }, record);
    await centre.act(centre.verifier, kind, 'verify', {}, record);
    const filing = { findings: '属实', reason: '涉嫌违法', resultDuty: 'none' };
    await centre.signed(centre.verifier, kind, 'file', record, filing);
    const asked = { level: '2', ground: '重大违法行为' };
    expect(await refused(centre.act(centre.verifier, kind, 'proposeReward', asked, record))).toBe('case-open');
    const [referral] = await centre.rows<{ id: string }>('select id from complaints.referral where report = $1', [
      record,
    ]);
    await centre.act(centre.chief, 'complaints.referral', 'receive', { caseNumber: 'A-2' }, referral!.id);
    await centre.act(
      centre.chief,
      'complaints.referral',
      'conclude',
      { fined: '150000', confiscated: '50000' },
      referral!.id,
    );
    const { created } = await centre.act(centre.verifier, kind, 'proposeReward', asked, record);
    const reward = created[0]!;
    expect(await centre.get('reward', reward)).toMatchObject({ amount: '6000.00', bound: 'rate', finance: false });
    await centre.signed(centre.verifier, 'complaints.reward', 'approve', reward, {});
    await centre.act(centre.verifier, 'complaints.reward', 'tell', {}, reward);
    const pay = (typed: string) =>
      refused(
        centre.act(centre.verifier, 'complaints.reward', 'pay', { number, secret: typed, paidBy: '转账' }, reward),
      );
    expect(await pay('AAAAAAAAAAAA')).toBe('token-wrong');
    expect(await pay(secret.toLowerCase())).toBe('done');
    const events = await centre.rows<{ input: object }>('select input from kernel.event where record = $1', [reward]);
    expect(JSON.stringify(events)).not.toContain(secret);
  });

  it('没有处理权限的告知举报人，不横向移送；有权处理的不得告知了事', async () => {
    at('2026-05-06');
    const own = await centre.act(centre.desk, kind, 'register', report());
    const to = { toldWhere: '天心区市场监督管理局' };
    expect(await refused(centre.act(centre.desk, kind, 'redirect', to, own.record))).toBe('competent-here');
    expect(await refused(centre.act(centre.desk, kind, 'transfer', to, own.record))).toBe('unknown-action');
    const { input, number, secret } = followed();
    const away = await centre.act(centre.machine(), kind, 'lodge', { ...report({ region: '430103' }), ...input });
    await centre.act(centre.desk, kind, 'redirect', to, away.record);
    const told = await centre.ask<{ text: string }>(null, 'complaints.follow', { number, secret });
    expect(told.text).toContain('天心区市场监督管理局');
  });

  it('同一举报人补充新事实合并，期限从最后一次举报重新计算；重复的不再处理；别人的不合并', async () => {
    at('2026-05-06');
    const record = await verifying(centre);
    at('2026-05-20');
    const more = await centre.act(
      centre.desk,
      kind,
      'register',
      report({ receivedOn: '2026-05-20', facts: '又发现仓库' }),
    );
    const other = await centre.act(
      centre.desk,
      kind,
      'register',
      report({ identity: sealed({ name: '另一人', phone: '13911112222' }) }),
    );
    const unnamed = await centre.act(centre.desk, kind, 'register', report({ anonymous: true, identity: null }));
    const into = { mergedInto: record };
    expect(await refused(centre.act(centre.desk, kind, 'merge', into, other.record))).toBe('another-person');
    expect(await refused(centre.act(centre.desk, kind, 'merge', into, unnamed.record))).toBe('another-person');
    await centre.act(centre.desk, kind, 'merge', into, more.record);
    expect((await centre.clock(record, 'verification'))?.due).toBe('2026-06-10');
    const repeated = await centre.act(centre.desk, kind, 'register', report({ receivedOn: '2026-05-20' }));
    const same = { ...into, reason: '同一事实' };
    await centre.act(centre.desk, kind, 'repeatOf', same, repeated.record);
  });

  it('只有另有规定的才告知结果：企业公示信息二十个工作日', async () => {
    at('2026-05-06');
    const record = await verifying(centre, { category: 'standing' });
    const filing = { findings: '不属实', reason: '证据不足', resultDuty: 'enterprise-disclosure' };
    await centre.signed(centre.verifier, kind, 'decline', record, filing);
    expect((await centre.clock(record, 'result'))?.due).toBe('2026-06-02');
    expect(await refused(centre.act(centre.verifier, kind, 'close', {}, record))).toBe('result-owed');
    await centre.act(centre.verifier, kind, 'tellResult', { result: '经核查，不予立案。' }, record);
    await centre.act(centre.verifier, kind, 'close', {}, record);
  });

  it('身份只由列名的核查人员凭理由查看，每次一个动作，只读一次；换钥之后仍能打开', async () => {
    at('2026-05-06');
    const record = await verifying(centre, {
      identity: sealIdentity({ ...keyring, current: 'k1' }, caller, 'occasion'),
    });
    expect(await refused(centre.act(centre.desk, kind, 'openIdentity', { why: '看看' }, record))).toBe('not-your-role');
    const colleague = await centre.kernel.officer('冯核查', 'report-verifier', '430102');
    expect(await refused(centre.act(colleague, kind, 'openIdentity', { why: '看看' }, record))).toBe(
      'not-named-handler',
    );
    const read = (event: string, who = centre.verifier) =>
      centre.kernel.database.transaction('hengjian_app', who.claim, async (sql) => {
        const [row] = await sql.query<{ envelope: string | null }>('select complaints.open_envelope($1) as envelope', [
          event,
        ]);
        return row!.envelope;
      });
    const { event } = await centre.act(centre.verifier, kind, 'openIdentity', { why: '联系补充证据' }, record);
    expect(await read(event, colleague)).toBeNull();
    const envelope = await read(event);
    expect(openIdentity(keyring, envelope!)).toEqual(caller);
    expect(await read(event)).toBeNull();
    expect(
      await centre.kernel.database
        .transaction('hengjian_app', centre.verifier.claim, (sql) =>
          sql.query('select envelope from complaints.identity'),
        )
        .catch((error: { code: string }) => error.code),
    ).toBe('42501');
    expect(await rotateIdentities(centre.kernel.database, keyring)).toBe(1);
    const later = await centre.act(centre.verifier, kind, 'openIdentity', { why: '再次联系' }, record);
    const resealed = await read(later.event);
    expect(resealed).toContain('hj1.k2.');
    expect(openIdentity(keyring, resealed!)).toEqual(caller);
  });

  it('举报人的姓名、电话和地址不在数据库任何一张表里', async () => {
    const tables = await centre.rows<{ name: string }>(
      `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
       where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
    );
    expect(tables.length).toBeGreaterThan(30);
    const found: string[] = [];
    for (const { name } of tables) {
      const rows = await centre.rows<{ n: number }>(
        `select count(*)::int as n from ${name} t where t::text ~ $1 or t::text like '%' || $2 || '%'`,
        [`${caller.name}|${caller.phone}|${caller.address}|植树`, Buffer.from(caller.name).toString('base64')],
      );
      if (rows[0]!.n > 0) found.push(name);
    }
    expect(found).toEqual([]);
  });
});
