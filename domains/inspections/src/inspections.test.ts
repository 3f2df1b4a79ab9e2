import { createHash, randomUUID } from 'node:crypto';
import { addPiece, beginChain, type CapturedPiece, type EvidenceChain, sheetDigest } from '@hengjian/evidence';
import { type Actor, execute } from '@hengjian/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type County, items, matter, openCounty } from './inspections-fixture.ts';

let county: County;
let template: string;
let year: string;
beforeAll(async () => {
  county = await openCounty();
  template = await county.checklist();
  year = await county.plan();
});
beforeEach(() => county.kernel.at('2026-03-02T02:00:00Z'));
afterAll(() => county.kernel.close());

const salt = '5a'.repeat(16);
const approved = () => county.visit({ checklists: [template] });

/** Scans in and records a visit as the field app does: photographs, both officers' and the firm's signatures. */
async function record(visit: string, more: object = {}, hazardPhotos = 0, actor: Actor = county.officers[0]!) {
  const { act, officers, firms } = county;
  if ((await county.state('inspections.visit', visit)) === 'approved')
    await act(
      officers[0]!,
      'inspections.visit',
      'enter',
      { enteredAt: '2026-03-02T01:50:00Z', scanCode: `https://x.example/${firms[0]!.code}`, identityShown: true },
      visit,
    );
  const input = {
    result: 'none',
    answers: [
      { item: 'licence', value: 'yes' },
      { item: 'record', value: 'yes' },
    ],
    hazards: [],
    present: officers.slice(0, 2).map(({ person }) => person),
    representative: '陈厂长',
    signature: 'signed',
    ...more,
  };
  const sheet = sheetDigest(input, salt);
  const kinds = [
    ...Array.from({ length: hazardPhotos }, () => ({ kind: 'hazardPhotos', signer: null })),
    ...officers
      .slice(0, 2)
      .map(({ person, name }) => ({ kind: 'signatures', signer: { part: 'officer' as const, person, name, sheet } })),
    { kind: 'signatures', signer: { part: 'firm' as const, person: null, name: '陈厂长', sheet } },
  ];
  let chain: EvidenceChain = beginChain({
    id: randomUUID(),
    record: visit,
    device: 'android-1',
    begunAt: '2026-03-02T01:50:00.000Z',
  });
  for (const { kind, signer } of kinds) {
    const piece: CapturedPiece = {
      id: randomUUID(),
      kind,
      mediaType: 'image/png',
      size: 9,
      sha256: createHash('sha256').update(randomUUID()).digest('hex'),
      deviceAt: '2026-03-02T01:55:00.000Z',
      place: null,
      signer,
    };
    chain = addPiece(chain, piece);
    await county.rows(
      `insert into desk.upload (id, person, name, media_type, size, sha256, created_at) values ($1, $2, 'a.png', 'image/png', 9, $3, now())`,
      [piece.id, actor.person, piece.sha256],
    );
  }
  const now = '2026-03-02T02:00:00.000Z';
  return execute(county.kernel, actor, {
    id: randomUUID(),
    entity: 'inspections.visit',
    action: 'record',
    record: visit,
    input: { ...input, capture: { chain, clock: { deviceAt: now, serverAt: now }, salt, seals: [] } },
    documents: chain.links.map(({ piece }) => ({ kind: piece.kind, upload: piece.id })),
  });
}

const problem = {
  result: 'ordered',
  answers: [
    { item: 'licence', value: 'no', note: '无证生产' },
    { item: 'record', value: 'yes' },
  ],
  hazards: [
    {
      item: 'licence',
      description: '无证生产',
      severity: 'major',
      measures: '停止生产，申请许可',
      deadline: '2026-03-12',
      owner: '陈厂长',
    },
  ],
};

describe('a checklist', () => {
  it('is used only with a clause at every item, after another person reviewed it, and its next version replaces it', async () => {
    const { act, planner, officers, chief } = county;
    const bare = await act(planner, 'inspections.checklist', 'draft', {
      code: 'bare',
      name: '无条款',
      matter,
      items: [{ ...items[0], clause: undefined }],
    });
    await expect(
      act(officers[0]!, 'inspections.checklist', 'review', { reviewOpinion: '可' }, bare.record),
    ).rejects.toMatchObject({ code: 'clause-missing' });
    const own = await act(officers[0]!, 'inspections.checklist', 'draft', { code: 'own', name: '自审', matter, items });
    await expect(
      act(officers[0]!, 'inspections.checklist', 'review', { reviewOpinion: '可' }, own.record),
    ).rejects.toMatchObject({ code: 'separation' });
    await act(chief, 'inspections.checklist', 'review', { reviewOpinion: '可' }, own.record);
    await act(chief, 'inspections.checklist', 'publish', {}, own.record);
    const next = await act(planner, 'inspections.checklist', 'draft', {
      code: 'own',
      name: '自审',
      matter,
      items,
      replaces: own.record,
    });
    await act(officers[0]!, 'inspections.checklist', 'review', { reviewOpinion: '可' }, next.record);
    await act(chief, 'inspections.checklist', 'publish', {}, next.record);
    expect(await county.state('inspections.checklist', own.record)).toBe('superseded');
    expect(await county.rows('select version, state from inspections.checklist where id = $1', [next.record])).toEqual([
      { version: 2, state: 'published' },
    ]);
  });
});

describe('a visit', () => {
  it('is not planned without a ground, with one officer, with somebody outside the bank, or above the cap of the year', async () => {
    const { officers, planner } = county;
    const people = officers.map(({ person }) => person);
    const refused = (more: object, code: string) =>
      expect(county.visit({ checklists: [template], ...more })).rejects.toMatchObject({ code });
    await refused({ sourceReference: undefined }, 'source-missing');
    await refused({ source: 'daily', sourceReference: undefined }, 'plan-missing');
    await refused({ officers: people.slice(0, 1) }, 'two-officers');
    await refused({ officers: [people[0], planner.person] }, 'officer-not-listed');
    await refused({ dueOn: '2029-01-01' }, 'certificate-expired');
    await refused({ checklists: [] }, 'checklist-not-in-force');
    const daily = {
      source: 'daily',
      sourceReference: undefined,
      plan: year,
      enterprise: county.firms[5]!.id,
      enterpriseName: county.firms[5]!.name,
    };
    await county.visit({ checklists: [template], ...daily });
    await refused(daily, 'yearly-cap');
    await county.visit({ checklists: [template], ...daily, source: 'complaint', sourceReference: '12315-2' });
    expect(
      await county.ask(county.chief, 'inspections.burden', { year: 2026, enterprise: county.firms[5]!.id }),
    ).toMatchObject([{ visits: 2, counted: 1, bySource: { daily: 1, complaint: 1 }, byMatter: { [matter]: 1 } }]);
  });

  it('begins with certificates shown and the firm’s own code, and only by its officers', async () => {
    const visit = await approved();
    const enter = (actor: Actor, more: object = {}) =>
      county.act(
        actor,
        'inspections.visit',
        'enter',
        { enteredAt: '2026-03-02T01:50:00Z', scanCode: county.firms[0]!.code, identityShown: true, ...more },
        visit,
      );
    await expect(enter(county.officers[2]!)).rejects.toMatchObject({ code: 'not-found' });
    await expect(enter(county.officers[0]!, { identityShown: false })).rejects.toMatchObject({
      code: 'identity-not-shown',
    });
    await expect(enter(county.officers[0]!, { scanCode: undefined })).rejects.toMatchObject({ code: 'scan-missing' });
    await expect(enter(county.officers[0]!, { scanCode: county.firms[1]!.code })).rejects.toMatchObject({
      code: 'other-firm-scanned',
    });
    await enter(county.officers[0]!, { scanCode: undefined, scanReason: '企业码损坏' });
    expect(await county.state('inspections.visit', visit)).toBe('inspecting');
  });

  it('is recorded signed on site, reviewed by another, public within 20 working days, and a bad result is taken down after its term', async () => {
    const visit = await approved();
    await expect(record(visit, { ...problem, result: 'none' })).rejects.toMatchObject({ code: 'result-contradicts' });
    await expect(record(visit, { ...problem, hazards: [] })).rejects.toMatchObject({ code: 'hazard-missing' });
    await expect(record(visit, problem)).rejects.toMatchObject({ code: 'hazard-photo' });
    await expect(record(visit, { present: [county.officers[0]!.person] })).rejects.toMatchObject({
      code: 'two-officers',
    });
    await record(visit, problem, 1);
    expect(await county.clock(visit, 'publicity')).toMatchObject({ dueOn: '2026-03-30', status: 'running' });
    expect(await county.rows('select grade, result from inspections.visit where id = $1', [visit])).toEqual([
      { grade: 'D', result: 'ordered' },
    ]);
    await county.act(county.chief, 'inspections.visit', 'review', { reviewOpinion: '同意' }, visit);
    await county.act(county.planner, 'inspections.visit', 'publish', {}, visit);
    const [entry] = await county.rows<{ body: string; id: string }>(
      `select id, body::text from public_record.entry where kind = 'inspection-result' and record = $1`,
      [visit],
    );
    expect(entry!.body).toContain('ordered');
    expect(entry!.body).not.toContain('陈厂长');
    county.kernel.at('2026-06-03T02:00:00Z');
    await county.expire();
    expect(await county.state('inspections.visit', visit)).toBe('closed');
    expect(await county.rows('select reason from public_record.entry where id = $1', [entry!.id])).toEqual([
      { reason: '公示期满。' },
    ]);
  });

  it('recorded at the desk waits for the scan of the signed paper before anybody reviews it', async () => {
    const visit = await approved();
    const { act, officers, chief } = county;
    await act(
      officers[0]!,
      'inspections.visit',
      'enter',
      { enteredAt: '2026-03-02T01:50:00Z', scanReason: '无网络', identityShown: true },
      visit,
    );
    const answers = [
      { item: 'licence', value: 'yes' },
      { item: 'record', value: 'yes' },
    ];
    await act(
      officers[0]!,
      'inspections.visit',
      'record',
      {
        result: 'none',
        answers,
        hazards: [],
        present: officers.slice(0, 2).map(({ person }) => person),
        signature: 'signed',
      },
      visit,
    );
    await expect(act(chief, 'inspections.visit', 'review', { reviewOpinion: '同意' }, visit)).rejects.toMatchObject({
      code: 'record-unsigned',
    });
    await act(officers[0]!, 'inspections.visit', 'attachScan', {}, visit, ['recordScan']);
    await act(chief, 'inspections.visit', 'review', { reviewOpinion: '同意' }, visit);
  });

  it('becomes one with another to the same firm, and is approved again', async () => {
    const other = await county.checklist(items, '计量监督检查').catch(async () => {
      throw new Error('The second checklist could not be made.');
    });
    const firm = { enterprise: county.firms[7]!.id, enterpriseName: county.firms[7]!.name };
    const quality = await county.visit({ checklists: [other], matters: ['计量监督检查'], ...firm });
    const second = await county.visit({
      checklists: [other],
      matters: ['计量监督检查'],
      ...firm,
      sourceReference: '12315-9',
    });
    expect(await county.ask(county.planner, 'inspections.mergeable', {})).toContainEqual(
      expect.objectContaining({ name: firm.enterpriseName }),
    );
    await county.act(county.planner, 'inspections.visit', 'merge', { into: quality }, second);
    expect([await county.state('inspections.visit', second), await county.state('inspections.visit', quality)]).toEqual(
      ['merged', 'planned'],
    );
    template = await county.checklist();
  });
});

describe('a hazard', () => {
  it('is handed over, rectified with proof, verified by another, signed off by a third; late it goes up level by level', async () => {
    const { act, officers, chief, cityChief } = county;
    await record(await approved(), problem, 1);
    const [{ id }] = (await county.rows<{ id: string }>(
      `select id from inspections.hazard where state = 'listed' order by id desc limit 1`,
    )) as [{ id: string }];
    await act(officers[0]!, 'inspections.hazard', 'handOver', { handler: '周查' }, id);
    county.kernel.at('2026-03-13T02:00:00Z');
    await county.expire();
    expect(await county.rows('select level, supervisor from inspections.hazard where id = $1', [id])).toEqual([
      { level: 1, supervisor: '4301' },
    ]);
    expect(await county.clock(id, 'deadline')).toMatchObject({ dueOn: '2026-03-20', status: 'running' });
    await expect(
      county.signed(officers[0]!, 'inspections.hazard', 'extend', id, [chief], {
        deadline: '2026-05-01',
        reason: '拖',
      }),
    ).rejects.toMatchObject({ code: 'overdue-not-extended' });
    await act(cityChief, 'inspections.hazard', 'supervise', { supervision: '限期整改', deadline: '2026-03-25' }, id);
    await county.signed(chief, 'inspections.hazard', 'circulate', id, [county.head]);
    const done = { rectification: '已停产', rectifiedOn: '2026-03-13' };
    await expect(act(officers[0]!, 'inspections.hazard', 'rectify', done, id)).rejects.toMatchObject({
      code: 'document-missing',
    });
    await act(officers[0]!, 'inspections.hazard', 'rectify', done, id, ['proof']);
    expect(await county.clock(id, 'recheck')).toMatchObject({ dueOn: '2026-03-27' });
    await expect(
      act(officers[0]!, 'inspections.hazard', 'verify', { verification: '合格' }, id, ['verificationPhotos']),
    ).rejects.toMatchObject({ code: 'separation' });
    await expect(act(chief, 'inspections.hazard', 'signOff', {}, id)).rejects.toMatchObject({
      code: 'not-allowed-now',
    });
    await act(officers[1]!, 'inspections.hazard', 'verify', { verification: '合格' }, id, ['verificationPhotos']);
    await act(chief, 'inspections.hazard', 'signOff', {}, id);
    expect(await county.state('inspections.hazard', id)).toBe('signed-off');
    expect(await county.ask(chief, 'inspections.hazard-ledger', {})).toMatchObject({ counts: { signedOff: 1 } });
  });
});
