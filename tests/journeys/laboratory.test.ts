import { createHash, randomUUID } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { createCast, laboratory, type Page, pageOf, until } from './cast.ts';
import { journeyCoverage } from './coverage.ts';
import { demonstrationPeople, signIn, signInAs, stranger, type Visitor } from './visitor.ts';

const coverage = journeyCoverage('laboratory', import.meta.url);
const cast = createCast();
const body = laboratory('laboratory-01');
const staff = (role: string): Promise<Visitor> => cast.account(`laboratory-${role}.${body.key}`);
let passed = 0;
let begun = 0;
const steps = 7;

/** One step of the journey; a later one rests on it. */
function step(name: string, run: () => Promise<void>): void {
  it(name, { timeout: 60_000 }, async (context) => {
    context.skip(passed < begun, 'an earlier step of the journey failed');
    begun += 1;
    await run();
    passed += 1;
  });
}
afterAll(() => coverage.finish(passed === steps));

interface Offer {
  entry: string;
  name: string;
  kind: string;
  parameter: string;
  method: string;
  price: string;
  days: number;
}
const story = { today: '', offer: {} as Offer, request: '', bench: '', sample: '', sheet: '', second: '' };
let agent: Visitor;
const fieldsOf = async (visitor: Visitor, id: string): Promise<Record<string, unknown>> =>
  ((await pageOf(visitor, id)) as Page).fields;
const sha256 = (content: string): string => createHash('sha256').update(content).digest('hex');
/** A page of the portal as everybody reads it, without tags. */
const portal = async (path: string): Promise<string> =>
  (await stranger().get(path)).text.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');

describe('the laboratory', { sequential: true }, () => {
  step('anybody: finds who can test, where, by which method, at which price and how soon', async () => {
    story.today = (await stranger().get<{ today: string }>('/api/demonstration/clock')).body.today;
    const words = encodeURIComponent('电动自行车 最高车速');
    const { body: offers } = await stranger().get<Offer[]>(
      `/api/public/queries/institutions.who-can-test?words=${words}`,
    );
    story.offer = offers.find(({ name }) => name === body.name) ?? offers[0]!;
    expect(story.offer).toMatchObject({ price: expect.any(String), days: expect.any(Number) });
    const page = await portal(`/testing?q=${words}`);
    expect(page).toContain(body.name);
    expect(page).toContain(story.offer.method);
    coverage.step('testing-resource-sharing-platform', 'capability published');
    expect(await portal(`/records/${story.offer.entry}`)).toContain('资质认定证书');
    coverage.step('accredited-lab-directory', 'listed by its certificate');
  });

  step('enterprise: asks for a test; the body makes an offer, the firm confirms it', async () => {
    agent = await signIn('Enterprise agent');
    const { entry, kind, parameter, method } = story.offer;
    const asked = {
      id: randomUUID(),
      entry,
      kind,
      parameter,
      method,
      sampleName: '电动自行车样车',
      contact: '李经办 13800000000',
    };
    expect((await (await staff('receiver')).post('/api/test-requests', asked)).status).toBe(403);
    expect(
      (await agent.post<{ code: string }>('/api/test-requests', { ...asked, method: 'GB 0-1900' })).body.code,
    ).toBe('out-of-scope');
    coverage.step('testing-contractor-capability-verification', 'items defined');
    coverage.step('testing-contractor-capability-verification', 'stopped beyond scope');
    const filed = await agent.post<{ record: string }>('/api/test-requests', asked);
    expect(filed.status).toBe(201);
    expect((await agent.post<{ record: string }>('/api/test-requests', asked)).body.record).toBe(filed.body.record);
    story.request = filed.body.record;
    coverage.step('testing-contractor-capability-verification', 'matched line by line');
    const receiver = await staff('receiver');
    await receiver.act('laboratory.test-request', 'offer', { price: '260', days: 5 }, story.request);
    await agent.act('laboratory.test-request', 'confirm', {}, story.request);
    coverage.step('testing-resource-sharing-platform', 'searched and ordered');
  });

  step('custodian: takes the order, receives the sample and gives it to the testers under a blind code', async () => {
    const receiver = await staff('receiver');
    const { parameter, method } = story.offer;
    const item = { item: parameter, method, limit: '≤25', unit: 'km/h', severity: 'A', judge: 'full', clause: method };
    const order = { quantity: 1, unit: '辆', verdictRule: 'any-item', items: [item], dueOn: story.today };
    const other = { ...order, items: [{ ...item, item: '制动性能' }] };
    expect((await receiver.refused('laboratory.test-request', 'order', other, story.request)).code).toBe(
      'not-what-was-asked',
    );
    await receiver.act('laboratory.test-request', 'order', order, story.request);
    coverage.step('commissioned-testing-lims', 'ordered');
    coverage.step('testing-resource-sharing-platform', 'accepted');
    const request = await fieldsOf(receiver, story.request);
    [story.sample, story.bench] = [request.sample as string, request.bench as string];
    const receipt = {
      receivedOn: story.today,
      sealIntact: true,
      readName: '电动自行车样车',
      condition: '完好',
      freeOfTies: true,
    };
    const receive = (more: object = {}) =>
      receiver.act('laboratory.sample', 'receive', { ...receipt, ...more }, story.sample, ['receiptPhotos']);
    await expect(receive({ readName: '自行车头盔' })).rejects.toThrow(/foreign-sample/);
    await receive();
    coverage.step('commissioned-testing-lims', 'sample received');
    const given = { title: '样车检验', samples: [story.sample], items: [] };
    story.sheet = (await receiver.act('laboratory.bench', 'distribute', given, story.bench)).created[0]!.id;
    coverage.step('commissioned-testing-lims', 'given to a tester');
  });

  step(
    'tester, checker: an instrument file is seen, mended and taken once; the sheet is checked by another',
    async () => {
      const tester = await staff('tester');
      const { body: grid } = await tester.get<{ lines: { blindCode: string; item: string }[] }>(
        `/api/queries/laboratory.worksheet-grid?worksheet=${story.sheet}`,
      );
      const [line] = grid.lines;
      const cell = { blindCode: line!.blindCode, item: line!.item, result: '24.1', seen: 0 };
      for (const [fault, code] of [
        [{ blindCode: 'AAAAA-BBBBB' }, 'foreign-sample'],
        [{ item: '镉' }, 'parameter-not-asked'],
        [{ unit: 'mg/kg' }, 'incompatible-units'],
      ] as const) {
        const told = await tester.refused(
          'laboratory.worksheet',
          'enter',
          { results: [{ ...cell, ...fault }] },
          story.sheet,
        );
        expect(told).toMatchObject({ status: 422, code, detail: expect.stringMatching(/。$/) });
      }
      const send = async (reading: string, preview: boolean) => {
        const form = new FormData();
        const content = `样品号,项目,读数,单位\n${line!.blindCode},${line!.item},${reading},km/h\n`;
        form.append('file', new Blob([content]), 'run.csv');
        return tester.form<{ good: number; bad: number; imported: boolean; replayed: boolean }>(
          `/api/worksheets/${story.sheet}/result-file?mapping=${encodeURIComponent('综合检测台')}&preview=${preview}`,
          form,
        );
      };
      expect((await send('24/1', true)).body).toMatchObject({ good: 0, bad: 1 });
      expect((await send('24.1', false)).body).toMatchObject({ imported: true, replayed: false });
      expect((await send('24.1', false)).body).toMatchObject({ imported: true, replayed: true });
      // Another analyst who had the cell before him as it was does not write over it unseen.
      const late = await tester.refused(
        'laboratory.worksheet',
        'enter',
        { results: [{ ...cell, result: '23.9' }] },
        story.sheet,
      );
      expect(late).toMatchObject({ code: 'cell-changed', detail: expect.stringMatching(/。$/) });
      const blank = { kind: 'blank', parameter: line!.item, value: '0.001' };
      await tester.act('laboratory.worksheet', 'recordControl', blank, story.sheet);
      await tester.act('laboratory.worksheet', 'submit', {}, story.sheet);
      coverage.step('commissioned-testing-lims', 'tested');
      await (await staff('checker')).act('laboratory.worksheet', 'check', {}, story.sheet);
      coverage.step('commissioned-testing-lims', 'checked');
    },
  );

  step('signatory: signs; the report is sealed, printed, and checked by anybody by number, file and code', async () => {
    const signatory = await staff('signatory');
    const number = `HX-${randomUUID().slice(0, 8)}`;
    await signatory.act('laboratory.sample', 'sign', { reportNumber: number }, story.sample);
    coverage.step('commissioned-testing-lims', 'signed');
    await until(async () => ((await fieldsOf(signatory, story.sample)).signature ? true : undefined));
    const sealed = await fieldsOf(signatory, story.sample);
    expect(sealed.signature).toMatchObject({ algorithm: 'ECDSA-P256', demonstration: true, over: sealed.reportHash });
    const json = await signatory.get<{ checkCode: string }>(`/api/reports/${story.sample}/json`);
    expect(sha256(json.text)).toBe(sealed.reportHash);
    const xml = await signatory.get(`/api/reports/${story.sample}/xml`);
    expect(xml.text).toContain('<si:value>24.1</si:value><si:unit>\\kilo\\metre\\per\\hour</si:unit>');
    expect((await stranger().get(`/api/reports/${story.sample}/json`)).status).toBe(401);
    const page = (await pageOf(signatory, story.sample)) as Page & { documents: { kind: string; url: string }[] };
    const paper = page.documents.find(({ kind }) => kind === 'report')!;
    const pdf = await signatory.get(paper.url);
    expect(pdf.text.startsWith('%PDF')).toBe(true);
    const code = encodeURIComponent(json.body.checkCode);
    expect(await portal(`/reports?number=${encodeURIComponent(number)}&code=${code}`)).toContain('有效。');
    expect(await portal(`/reports?number=${encodeURIComponent(number)}&code=WRONG`)).toContain('没有查到');
    expect(await portal(`/reports?sha256=${sealed.reportHash}`)).toContain('有效。');
    expect(await portal(`/reports?sha256=${sha256(`${json.text} `)}`)).toContain('没有查到');
    coverage.step('commissioned-testing-lims', 'issued');
    await until(async () => ((await pageOf(agent, story.request)).state === 'reported' ? true : undefined));
    coverage.step('testing-resource-sharing-platform', 'reported');
    await agent.act('laboratory.test-request', 'rate', { rating: 5, opinion: '按期' }, story.request);
    coverage.step('testing-resource-sharing-platform', 'rated');
  });

  step('accreditation officer: a blind sample goes round, is scored and corrected', async () => {
    const officer = await cast.officer('Accreditation officer');
    // The door of the demonstration offers some of the quality officers: the round goes to their bodies.
    const offered = (await demonstrationPeople()).filter(({ role }) => role.en === 'Quality officer').slice(0, 3);
    const every = Array.from({ length: 12 }, (_, at) => laboratory(`laboratory-${String(at + 1).padStart(2, '0')}`));
    const bodies = offered.map(({ office }) => every.find(({ name }) => name === office.zh)!);
    story.second = bodies[1]!.name;
    const round = {
      name: '盲样考核：镉',
      design: 'blind',
      kind: 'P501',
      parameter: '镉',
      unit: 'mg/L',
      participants: bodies.map(({ id, name }) => ({ organisation: id, name })),
      dueOn: story.today,
      assigned: '0.50',
      assignedUncertainty: '0.005',
      sigma: '0.05',
    };
    const { record } = await officer.act('laboratory.round', 'begin', round);
    coverage.step('proficiency-testing', 'planned');
    for (const [at, value] of ['0.51', '0.70', '0.49'].entries())
      await officer.act('laboratory.round', 'collect', { organisation: bodies[at]!.id, value }, record.id);
    coverage.step('proficiency-testing', 'collected');
    await officer.act('laboratory.round', 'score', {}, record.id);
    coverage.step('proficiency-testing', 'scored');
    expect((await officer.refused('laboratory.round', 'close', {}, record.id)).code).toBe('uncorrected');
    const quality = await signInAs(offered[1]!);
    await quality.act('laboratory.round', 'correct', { correction: '重新绘制标准曲线' }, record.id);
    await officer.act('laboratory.round', 'publish', {}, record.id);
    expect((await officer.act('laboratory.round', 'close', {}, record.id)).record.state).toBe('closed');
    coverage.step('proficiency-testing', 'corrected');
    const published = await stranger().get<{ entries: { title: { zh: string } }[] }>(
      '/api/public/records?kind=proficiency-round',
    );
    expect(published.body.entries[0]!.title.zh).toContain('盲样考核');
    coverage.step('proficiency-testing', 'published');
    const again = { ...round, name: '补测：镉', repeats: record.id, participants: round.participants.slice(1, 2) };
    const repeated = await officer.act('laboratory.round', 'begin', again);
    const second = { organisation: bodies[1]!.id, value: '0.51' };
    await officer.act('laboratory.round', 'collect', second, repeated.record.id);
    await officer.act('laboratory.round', 'score', {}, repeated.record.id);
    expect((await officer.act('laboratory.round', 'close', {}, repeated.record.id)).record.state).toBe('closed');
    coverage.step('proficiency-testing', 'tested again');
  });

  step(
    'accreditation officer, section chief: a spot check, the grades with their reasons, the next shares',
    async () => {
      const officer = await cast.officer('Accreditation officer');
      const chief = await cast.officer('Section chief');
      const planned = { organisation: body.id, bodyName: body.name, scope: '本季度报告和留样', plannedOn: story.today };
      const { record } = await officer.act('laboratory.spot-check', 'plan', planned);
      coverage.step('testing-work-quality-and-task-allocation', 'spot check planned');
      const findings = [
        { aspect: 'report', looked: 'HX-1', found: 'minor' },
        { aspect: 'retained', looked: '冷库A1', found: 'sound' },
      ];
      await officer.act('laboratory.spot-check', 'record', { findings }, record.id);
      coverage.step('testing-work-quality-and-task-allocation', 'work scored');
      await chief.act('laboratory.spot-check', 'decide', { decision: '维持', upheld: findings }, record.id);
      const since = `${Number(story.today.slice(0, 4)) - 1}-01-01`;
      const { body: shares } = await chief.get<
        { name: string; grade: string; share: number; work: { reports: number } | null; reasons: { zh: string }[] }[]
      >(`/api/queries/laboratory.next-shares?since=${since}`);
      expect(shares.some(({ work }) => (work?.reports ?? 0) > 0)).toBe(true);
      const second = shares.find(({ name }) => name === story.second)!;
      expect(['C', 'D']).toContain(second.grade);
      expect(second.reasons[0]!.zh).toContain('能力验证');
      coverage.step('testing-work-quality-and-task-allocation', 'graded');
      expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 2);
      coverage.step('testing-work-quality-and-task-allocation', 'shares computed');
    },
  );
});
