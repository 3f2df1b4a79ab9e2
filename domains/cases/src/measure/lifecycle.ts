import { type Act, field, lifecycle, on, optional, type Refusal, refuse } from '@hengjian/kernel';
import { refuseExpiredCertificate } from '@hengjian/people';
import { z } from 'zod';
import { measureRules } from '../case/clocks.ts';
import { refuseUnlessOfCase } from '../case/people.ts';
import { coercionLaw, edition, o2, penaltyLaw, readers } from '../clauses.ts';
import { formNumber, formTitle } from '../forms.ts';
import {
  custody,
  disposalRecord,
  extension,
  goodsTransfer,
  inventory,
  preservation,
  preservationEnd,
  seal,
  seizure,
  seizureEnd,
  testPeriod,
} from './documents.ts';
import { Measure, type MeasureRow, openShape } from './entity.ts';

const by = ['case-officer'];
const only =
  (kind: MeasureRow['kind']) =>
  (row: MeasureRow): true | Refusal =>
    row.kind === kind || refuse('other-measure', '这项措施不适用此操作。', 'This is not how such a measure goes.');
/** An officer of the case, whose certificate has not ended. */
async function officerOfCase(row: MeasureRow, _input: unknown, act: Act): Promise<true | Refusal> {
  const verdict = await refuseExpiredCertificate(act);
  // The signatory carries an approved measure out in the name of whoever proposed it.
  if (verdict !== true || act.hands.length > 0) return verdict;
  return refuseUnlessOfCase(row.penaltyCase, act);
}
const begins = (_row: MeasureRow, _input: unknown, act: Act): Partial<MeasureRow> => ({ startedOn: act.occurredOn });
const ends = (_row: MeasureRow, _input: unknown, act: Act): Partial<MeasureRow> => ({ endedOn: act.occurredOn });
const Outcome = z.strictObject({
  outcome: field.longText('处理情况和理由', { en: 'What was done and why', max: 4000 }),
});
const running = ['in-force', 'testing'] as const;

/** A seized thing is confiscated by a decision, never by the measure itself (coercion law art. 27). */
async function decidedToConfiscate(row: MeasureRow, _input: unknown, act: Act): Promise<true | Refusal> {
  const [held] = await act.sql.query<{ goods: string | null }>(
    `select confiscated_goods as goods from cases.case where id = $1 and decided_on is not null`,
    [row.penaltyCase],
  );
  return (
    held?.goods != null ||
    refuse(
      'not-decided',
      `没有作出没收决定，不能没收（${coercionLaw('第二十七条')}）。`,
      `Nothing is confiscated without a decision (${coercionLaw('第二十七条')}).`,
    )
  );
}

/** 先行登记保存与查封扣押: approved by the head, within their terms, and over when the term is. */
export const measureLifecycle = lifecycle(Measure, {
  editions: [edition],
  states: {
    proposed: { zh: '待批准', en: 'To be approved' },
    urgent: { zh: '当场实施，待补办批准', en: 'Done at once, to be approved' },
    'in-force': { zh: '实施中', en: 'In force' },
    testing: { zh: '检验期间', en: 'Being tested' },
    lapsed: { zh: '期限届满，待退还', en: 'Lapsed, to be returned' },
    settled: { zh: '已采取后续措施', en: 'Followed up', closed: true },
    released: { zh: '已解除', en: 'Released', closed: true },
    confiscated: { zh: '已没收', en: 'Confiscated', closed: true },
    transferred: { zh: '已移送', en: 'Transferred', closed: true },
    dropped: { zh: '未实施', en: 'Not carried out', closed: true },
  },
  readers,
  columns: ['kind', 'partyName', 'startedOn', 'extended', 'endedOn'],
  documents: {
    preservation: { zh: formTitle(19), en: 'Preservation', number: formNumber(19), paper: preservation },
    preservationEnd: { zh: formTitle(20), en: 'End of preservation', number: formNumber(20), paper: preservationEnd },
    seizure: { zh: formTitle(21), en: 'Seizure', number: formNumber(21), paper: seizure },
    extension: { zh: formTitle(22), en: 'Extension', number: formNumber(22), paper: extension },
    seizureEnd: { zh: formTitle(23), en: 'End of seizure', number: formNumber(23), paper: seizureEnd },
    inventory: { zh: formTitle(24), en: 'List of goods', paper: inventory },
    seal: { zh: formTitle(25), en: 'Seal', paper: seal },
    custody: { zh: formTitle(26), en: 'Custody', number: formNumber(26), paper: custody },
    testPeriod: { zh: formTitle(31), en: 'Time of the test', number: formNumber(31), paper: testPeriod },
    goodsTransfer: { zh: formTitle(6), en: 'Goods transferred', number: formNumber(6), paper: goodsTransfer },
    disposalRecord: { zh: formTitle(52), en: 'Disposal of goods', paper: disposalRecord },
    signedInventory: { zh: '当事人签名的清单', en: 'List signed by the party' },
    consent: {
      zh: '先行处置物品确认书或者公告期满的证明',
      en: 'Consent to early disposal, or the notice that ran out',
    },
  },
  parties: {
    party: {
      label: { zh: '当事人', en: 'Party' },
      of: (row) => (row.party ? [`org:${row.party}`] : []),
      sees: [
        'kind',
        'partyName',
        'suspicion',
        'legalBasis',
        'place',
        'goods',
        'startedOn',
        'extended',
        'testUntil',
        'endedOn',
      ],
      from: 'in-force',
    },
  },
  actions: {
    propose: on({
      label: { zh: '拟采取措施', en: 'Propose' },
      from: null,
      to: 'proposed',
      by: ['system'],
      basis: o2('第三十三条、第三十六条'),
      input: z.strictObject(openShape),
    }),
    preserveAtOnce: on({
      label: { zh: '当场先行登记保存', en: 'Preserve at once' },
      from: null,
      to: 'urgent',
      by: ['system'],
      danger: true,
      basis: o2('第三十三条第二款'),
      input: z.strictObject(openShape),
      papers: ['preservation', 'inventory'],
      run: begins,
    }),
    seizeAtOnce: on({
      label: { zh: '当场查封、扣押', en: 'Seize at once' },
      from: null,
      to: 'urgent',
      by: ['system'],
      danger: true,
      basis: o2('第三十六条第二款'),
      input: z.strictObject(openShape),
      papers: ['seizure', 'inventory', 'seal'],
      run: begins,
    }),
    preserve: on({
      label: { zh: '先行登记保存', en: 'Preserve' },
      from: 'proposed',
      to: 'in-force',
      by,
      basis: `${penaltyLaw('第五十六条')}；${o2('第三十三条第一款、第三十四条')}`,
      approval: ['bureau-head'],
      papers: ['preservation', 'inventory'],
      when: only('preservation'),
      check: officerOfCase,
      run: begins,
    }),
    seize: on({
      label: { zh: '查封、扣押', en: 'Seize' },
      from: 'proposed',
      to: 'in-force',
      by,
      danger: true,
      basis: `${coercionLaw('第十八条、第二十四条')}；${o2('第三十六条第一款、第三十七条')}`,
      approval: ['bureau-head'],
      papers: ['seizure', 'inventory', 'seal'],
      when: only('seizure'),
      check: officerOfCase,
      run: begins,
    }),
    ratify: on({
      label: { zh: '补办批准', en: 'Approve afterwards' },
      from: 'urgent',
      to: 'in-force',
      by,
      basis: `${o2('第三十三条第二款、第三十六条第二款')}；${coercionLaw('第十九条')}`,
      approval: ['bureau-head'],
      check: officerOfCase,
    }),
    undo: on({
      label: { zh: '负责人认为不应采取，立即解除', en: 'The head lifts it at once' },
      from: 'urgent',
      to: 'released',
      by: ['bureau-head'],
      aside: true,
      basis: o2('第三十三条第二款、第三十六条第二款'),
      input: Outcome,
      run: ends,
    }),
    drop: on({
      label: { zh: '不采取措施', en: 'Drop' },
      from: 'proposed',
      to: 'dropped',
      by,
      aside: true,
      basis: o2('第三十三条、第三十六条'),
      input: Outcome,
      check: officerOfCase,
    }),
    extend: on({
      label: { zh: '延长查封、扣押', en: 'Extend' },
      from: 'in-force',
      to: 'same',
      by,
      aside: true,
      basis: `${o2('第三十八条第一款、第二款')}；${coercionLaw('第二十五条')}`,
      approval: ['bureau-head'],
      papers: ['extension'],
      input: z.strictObject({ extensionReason: field.longText('延长的理由', { en: 'Why', max: 2000 }) }),
      when: (row: MeasureRow) =>
        row.kind === 'preservation'
          ? refuse(
              'no-extension',
              `先行登记保存不能延长（${o2('第三十五条')}）。`,
              `Preservation is not extended (${o2('第三十五条')}).`,
            )
          : row.extended
            ? refuse(
                'extended-once',
                `查封、扣押只能延长一次，不超过三十日（${o2('第三十八条第一款')}）。`,
                `A seizure is extended once, by thirty days (${o2('第三十八条第一款')}).`,
              )
            : true,
      check: officerOfCase,
      run: () => ({ extended: true }),
    }),
    sendToTest: on({
      label: { zh: '送检', en: 'Send to a test' },
      from: 'in-force',
      to: 'testing',
      by,
      aside: true,
      basis: `${o2('第三十八条第三款')}；${coercionLaw('第二十五条第三款')}`,
      papers: ['testPeriod'],
      when: only('seizure'),
      input: z.strictObject({ testUntil: field.date('检验期间至', { en: 'Test until' }) }),
      check: async (row: MeasureRow, input: { testUntil: string }, act) =>
        input.testUntil > act.occurredOn
          ? officerOfCase(row, input, act)
          : refuse(
              'test-until',
              '检验期间应当明确，在今天之后结束。',
              'The test ends on a named day after today.',
              'testUntil',
            ),
    }),
    testDone: on({
      label: { zh: '检验结束', en: 'The test is done' },
      from: 'testing',
      to: 'in-force',
      by: [...by, 'system'],
      basis: o2('第三十八条第三款'),
    }),
    entrust: on({
      label: { zh: '委托保管', en: 'Entrust' },
      from: running,
      to: 'same',
      by,
      aside: true,
      basis: o2('第四十一条第一款'),
      papers: ['custody'],
      when: only('seizure'),
      input: z.strictObject({
        keeper: field.text('受托保管人', { en: 'Keeper' }),
        keptAt: optional(field.text('保管地点', { en: 'Kept at', max: 300 })),
      }),
      check: officerOfCase,
    }),
    dispose: on({
      label: { zh: '先行处置', en: 'Early disposal' },
      from: running,
      to: 'settled',
      by,
      aside: true,
      danger: true,
      basis: o2('第四十一条第三款'),
      approval: ['bureau-head'],
      needs: ['consent'],
      papers: ['disposalRecord'],
      when: only('seizure'),
      input: Outcome,
      check: officerOfCase,
      run: ends,
    }),
    followUp: on({
      label: { zh: '登记后续措施', en: 'Followed up' },
      from: 'in-force',
      to: 'settled',
      by,
      basis: o2('第三十五条第一项至第三项'),
      when: only('preservation'),
      input: Outcome,
      check: officerOfCase,
      run: ends,
    }),
    releasePreservation: on({
      label: { zh: '解除先行登记保存', en: 'Release' },
      from: 'in-force',
      to: 'released',
      by,
      aside: true,
      basis: o2('第三十三条、第三十五条第五项'),
      approval: ['bureau-head'],
      papers: ['preservationEnd'],
      when: only('preservation'),
      input: Outcome,
      check: officerOfCase,
      run: ends,
    }),
    releaseSeizure: on({
      label: { zh: '解除查封、扣押', en: 'Release' },
      from: running,
      to: 'released',
      by,
      aside: true,
      basis: `${o2('第三十六条、第四十二条')}；${coercionLaw('第二十八条')}`,
      approval: ['bureau-head'],
      needs: ['signedInventory'],
      papers: ['seizureEnd'],
      when: only('seizure'),
      input: Outcome,
      check: officerOfCase,
      run: ends,
    }),
    confiscate: on({
      label: { zh: '依决定没收', en: 'Confiscate' },
      from: running,
      to: 'confiscated',
      by,
      danger: true,
      basis: `${coercionLaw('第二十七条')}；${o2('第四十二条第一款第三项')}`,
      papers: ['disposalRecord'],
      input: Outcome,
      check: async (row: MeasureRow, input, act) => {
        const verdict = await decidedToConfiscate(row, input, act);
        return verdict === true ? officerOfCase(row, input, act) : verdict;
      },
      run: ends,
    }),
    handOver: on({
      label: { zh: '随案移送', en: 'Transfer with the case' },
      from: running,
      to: 'transferred',
      by,
      aside: true,
      basis: o2('第十七条第二款'),
      papers: ['goodsTransfer'],
      when: only('seizure'),
      input: Outcome,
      check: officerOfCase,
      run: ends,
    }),
    lapse: on({
      label: { zh: '期限届满，自动解除', en: 'The term ends' },
      from: ['urgent', 'in-force'],
      to: 'lapsed',
      by: ['system'],
      basis: o2('第三十三条第二款、第三十五条第二款、第四十二条第一款第四项'),
      run: ends,
    }),
    giveBack: on({
      label: { zh: '退还', en: 'Give back' },
      from: 'lapsed',
      to: 'released',
      by,
      basis: `${o2('第四十二条第二款')}；${coercionLaw('第二十八条第二款')}`,
      needs: ['signedInventory'],
      input: Outcome,
      check: officerOfCase,
    }),
  },
  clocks: {
    urgent: {
      label: { zh: '补办批准（二十四小时）', en: 'To be approved within 24 hours' },
      rule: measureRules.urgent,
      starts: { at: ['preserveAtOnce', 'seizeAtOnce'] },
      stops: ['ratify', 'undo', 'lapse'],
      onExpiry: 'lapse',
    },
    preservation: {
      label: { zh: '先行登记保存', en: 'Preservation' },
      rule: measureRules.preservation,
      starts: {
        at: ['preserve', 'ratify'],
        from: (row: MeasureRow) => (row.kind === 'preservation' ? row.startedOn! : null),
      },
      stops: ['followUp', 'releasePreservation', 'confiscate', 'lapse'],
      onExpiry: 'lapse',
    },
    seizure: {
      label: { zh: '查封、扣押期限', en: 'Seizure' },
      rule: measureRules.seizure,
      starts: {
        at: ['seize', 'ratify'],
        from: (row: MeasureRow) => (row.kind === 'seizure' ? row.startedOn! : null),
      },
      stops: ['releaseSeizure', 'confiscate', 'handOver', 'dispose', 'lapse'],
      suspends: { from: ['sendToTest'], until: ['testDone'] },
      extends: { by: 'extend', amount: 30 },
      onExpiry: 'lapse',
    },
    test: {
      label: { zh: '检验期间', en: 'Time of the test' },
      rule: { kind: 'within', unit: 'day', amount: 0, rollForward: 'none', basis: o2('第三十八条第三款') },
      starts: { at: ['sendToTest'], on: 'testUntil' },
      stops: ['testDone', 'releaseSeizure', 'confiscate', 'handOver', 'dispose'],
      onExpiry: 'testDone',
    },
  },
});
