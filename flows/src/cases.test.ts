import { randomUUID } from 'node:crypto';
import { handlingLifecycles } from '@hengjian/handling';
import { type Actor, machineActor, machines, runFlows } from '@hengjian/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Bureau,
  investigated,
  openBureau,
  reviewed,
  serve,
  told,
  withEvidence,
} from '../../domains/cases/src/cases-fixture.ts';
import { caseFlows } from './index.ts';

const kind = 'cases.case';
let bureau: Bureau;
let handler: Actor;
beforeAll(async () => {
  bureau = await openBureau({
    lifecycles: handlingLifecycles,
    migrations: [{ name: 'handling', path: new URL('../../domains/handling/migrations', import.meta.url).pathname }],
    flows: caseFlows,
  });
  handler = await bureau.kernel.officer('结果处理', 'result-handler', '43');
});
afterAll(() => bureau.kernel.close());

const carry = async (): Promise<void> => {
  await bureau.kernel.sealer.seal();
  await runFlows(bureau.kernel);
  await bureau.kernel.sealer.seal();
  await runFlows(bureau.kernel);
};

describe('从抽查不合格的线索到案件', () => {
  it('负责人批准立案的线索成为案件，九十日从批准之日起；不予立案的不成为案件', async () => {
    bureau.on('2026-03-02');
    const opened = {
      task: randomUUID(),
      source: 'own',
      regime: 'product',
      duty: 'producer',
      organiser: '43',
      subjectId: bureau.firm,
      subjectName: '湖南试验电缆厂',
      subjectCode: '91430102MA4L00011X',
      productName: '电线电缆',
      region: '430102',
      reportNumber: 'R-1',
      failedItems: [{ item: '导体电阻', limit: '≤7.41', result: '7.95', unit: 'Ω', severity: 'A' }],
      items: [{ item: '导体电阻', method: 'GB/T 3048.4', limit: '≤7.41', unit: 'Ω', severity: 'A', judge: 'rounded' }],
      lab: { id: randomUUID(), name: '省质检院' },
      ground: '电线电缆：导体电阻不合格',
    };
    const decisions = ['filed', 'not-filed'];
    for (const decision of decisions) {
      const machine = machineActor(bureau.kernel, machines.flow, '43');
      const { record: loop } = await bureau.act(machine, 'handling.loop', 'open', { ...opened, task: randomUUID() });
      const [lead] = await bureau.rows<{ id: string }>(
        `select id from handling.referral where loop = $1 and kind = 'penalty' and state = 'received'`,
        [loop],
      );
      const input = { decision, decisionReason: '经核查属实。' };
      await bureau.signed(handler, 'handling.referral', 'decideLead', lead!.id, input, [bureau.head], ['record']);
    }
    await carry();
    const cases = await bureau.rows<Record<string, unknown>>('select * from cases.case');
    expect(cases).toMatchObject([
      {
        state: 'filed',
        source: 'sampling',
        party_name: '湖南试验电缆厂',
        verification: '经核查属实。',
        region: '430102',
      },
    ]);
    expect(await bureau.clock(cases[0]!.id as string, 'handling')).toMatchObject({ due_on: '2026-06-01' });
    expect(await bureau.rows('select * from kernel.parked')).toEqual([]);
  });
});

describe('从处罚决定到许可和公示', () => {
  it('吊销许可证的决定移交发证机关；公示文本脱敏；复议撤销后撤回公示', async () => {
    bureau.on('2026-03-10');
    const { act, signed, first, chief, head } = bureau;
    const licence = randomUUID();
    await bureau.rows(
      `insert into public_record.entry (id, kind, record, event, title_zh, title_en, office, office_zh, office_en, region, subjects, body, published_at, words)
       values (gen_random_uuid(), 'licence', $1, gen_random_uuid(), '许可证', 'Licence', '4301', '长沙局', 'Changsha', '430100', '{}', '{"number":"湘XK01"}', now(), '')`,
      [licence],
    );
    const record = await investigated(bureau);
    await withEvidence(bureau, record);
    await reviewed(bureau, record, { licenceMeasure: 'revoke', licence });
    await told(bureau, record, '2026-03-10');
    await act(first, kind, 'waive', {}, record, ['waiver']);
    await signed(first, kind, 'proposeDecision', record, {}, [chief]);
    await act(head, kind, 'decide', {}, record);
    await serve(bureau, record, 'decision', '2026-03-10');
    await carry();
    const handovers = await bureau.rows<Record<string, unknown>>('select * from kernel.handover');
    expect(handovers).toMatchObject([{ to_office: '4301', target_entity: 'cases.paper', state: 'sent' }]);
    expect(handovers[0]!.purpose).toMatch(/湘市监处罚〔2026〕1号：吊销许可证 湘XK01/);
    const [publication] = await bureau.rows<{ id: string; text: string; publicity: string }>(
      'select * from cases.publication where penalty_case = $1',
      [record],
    );
    expect(publication!.publicity).toBe('serious');
    expect(publication!.text).not.toMatch(/钱明礼|13812345678/);
    expect(await bureau.clock(publication!.id, 'publication')).toMatchObject({ due_on: '2026-04-08' });
    await signed(first, 'cases.publication', 'publish', publication!.id, {}, [chief]);
    const open = () =>
      bureau.rows<{ body: { text: string } }>(
        `select * from public_record.entry where kind = 'penalty-decision' and withdrawn_at is null`,
      );
    expect(JSON.stringify(await open())).not.toMatch(/钱明礼|13812345678/);
    expect(await open()).toHaveLength(1);
    const begun = {
      kind: 'suit',
      organ: '长沙铁路运输法院',
      number: '（2026）湘行初1号',
      claim: '撤销',
      penaltyCase: record,
    };
    const { record: matter } = await act(
      first,
      'cases.review-matter',
      'begin',
      { ...begun, acceptedOn: '2026-03-10', copyOn: '2026-03-10' },
      undefined,
      ['copy'],
    );
    const ruling = { outcome: 'revoked', decidedOn: '2026-03-10', ruling: '撤销' };
    await act(first, 'cases.review-matter', 'decide', ruling, matter, ['ruling']);
    await carry();
    expect(await open()).toEqual([]);
    expect(await bureau.rows('select * from kernel.parked')).toEqual([]);
  });
});
