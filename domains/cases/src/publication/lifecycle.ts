import {
  type Act,
  disclose,
  entity,
  field,
  lifecycle,
  on,
  optional,
  type RecordRow,
  type Refusal,
  refuse,
} from '@hengjian/kernel';
import { authorityOf } from '@hengjian/people';
import { z } from 'zod';
import { publicationRules } from '../case/clocks.ts';
import { edition, o2, o45, o107, readers } from '../clauses.ts';
import { holdsPersonal, redact } from './redaction.ts';
import { publicityClasses, publicUntil, repairFrom } from './term.ts';

/** Kind of the public entry of a penalty decision. */
export const DECISION_ENTRY = 'penalty-decision';
const why = { zh: '公示前隐去个人信息和商业秘密', en: 'to be left out before publication' };
const text = field.longText('公示的决定书', { en: 'Public text of the decision', public: true, max: 60_000 });
const withheldShape = {
  persons: optional(field.list('隐去的姓名', field.text('姓名', { personal: why }), { en: 'Names masked', max: 50 })),
  addresses: optional(
    field.list('隐去的住址', field.text('住址', { max: 300, personal: why }), { en: 'Homes left out', max: 50 }),
  ),
  secrets: optional(
    field.list('隐去的商业秘密', field.text('内容', { max: 2000 }), { en: 'Business secrets left out', max: 100 }),
  ),
};
export const prepareShape = {
  penaltyCase: field.reference('案件', 'cases.case', { en: 'Case' }),
  decisionNumber: field.text('决定书文号', { en: 'Number of the decision', public: true }),
  partyName: field.text('当事人', { en: 'Party', public: true }),
  partyCode: optional(field.text('统一社会信用代码', { en: 'Credit code', max: 18, public: true })),
  party: optional(field.identifier('当事人（经营主体）', { en: 'Party (register)' })),
  violation: field.text('违法行为类型', { en: 'Kind of violation', max: 300, public: true }),
  penalty: field.longText('行政处罚内容', { en: 'Penalty', max: 4000, public: true }),
  authority: field.text('作出处罚的机关', { en: 'Authority', public: true }),
  decidedOn: field.date('决定日期', { en: 'Decided on', public: true }),
  publicity: field.choice('公示类别', publicityClasses, { en: 'Class' }),
  restrictedUntil: optional(field.date('资格限制至', { en: 'Restricted until' })),
  outside: field.flag('当事人登记地在省外', { en: 'Party of another province' }),
  text,
  ...withheldShape,
};

/** 处罚信息公示: the public version of a decision, for as long as the rules say. */
const Publication = entity(
  'cases.publication',
  { zh: '行政处罚信息公示', en: 'Publication of a decision' },
  {
    fields: {
      ...prepareShape,
      publishedOn: optional(field.date('公示日期', { en: 'Public since', public: true })),
      until: optional(field.date('公示期限届满日', { en: 'Public until', public: true })),
      repairFrom: optional(field.date('可申请信用修复之日', { en: 'Repair from', public: true })),
      entry: optional(field.identifier('公开条目', { en: 'Public entry' })),
      domicile: optional(field.text('登记地市场监督管理部门', { en: 'Authority of the domicile' })),
      reason: optional(field.longText('更正、撤回、停止公示的理由', { en: 'Why corrected or ended', max: 2000 })),
    },
    title: (row) => `公示：${row.partyName} ${row.decisionNumber}`,
    subject: (row) => (row.party ? { id: row.party, name: row.partyName } : null),
    words: (row) => [row.partyCode, row.decisionNumber],
    purpose: {
      zh: '行政处罚信息的脱敏、公示、更正、撤回和期满下架。',
      en: 'Decisions made public, corrected, taken down.',
    },
  },
);
export type PublicationRow = RecordRow<typeof Publication>;

const withheld = (row: Pick<PublicationRow, 'persons' | 'addresses' | 'secrets'>) => ({
  persons: row.persons ?? [],
  addresses: row.addresses ?? [],
  secrets: row.secrets ?? [],
});
const Reason = z.strictObject({ reason: field.longText('理由', { en: 'Reason', max: 2000 }) });
const More = z.strictObject({
  names: optional(field.list('隐去的姓名', field.text('姓名', { personal: why }), { en: 'Names', max: 50 })),
  homes: optional(field.list('隐去的住址', field.text('住址', { max: 300, personal: why }), { en: 'Homes', max: 50 })),
  passages: optional(
    field.list('隐去的商业秘密', field.text('内容', { max: 2000 }), { en: 'Business secrets', max: 100 }),
  ),
});

const clean = (row: PublicationRow): true | Refusal =>
  !holdsPersonal(`${row.text}\n${row.penalty}`, withheld(row)) ||
  refuse(
    'personal-left',
    `公示文本还含有个人信息或者商业秘密，请先隐去（${o45('第五条至第八条')}）。`,
    `The text still holds personal data or business secrets (${o45('第五条至第八条')}).`,
  );

async function publish(row: PublicationRow, _input: unknown, act: Act): Promise<Partial<PublicationRow>> {
  const publishedOn = row.publishedOn ?? act.occurredOn;
  const dates = {
    publishedOn,
    until: row.until ?? publicUntil(row.publicity, publishedOn, row.restrictedUntil ?? null, act.calendar),
    repairFrom: row.publicity === 'light' ? null : repairFrom(row.publicity, publishedOn, act.calendar),
  };
  const entry = await act.publish({
    kind: DECISION_ENTRY,
    title: { zh: `行政处罚：${row.partyName}`, en: `Penalty: ${row.partyName}` },
    region: authorityOf(act.offices, row.office).region,
    subjects: row.partyCode ? [row.partyCode] : [],
    words: [row.partyName, row.decisionNumber, row.violation],
    body: disclose(Publication as unknown as Parameters<typeof disclose>[0], { ...row, ...dates }),
    ...(row.entry ? { replaces: row.entry } : {}),
  });
  return { ...dates, entry };
}
const offline = (words: string) => async (row: PublicationRow, input: { reason?: string | null }, act: Act) => {
  if (row.entry) await act.withdraw(row.entry, input.reason ?? words);
};

export const publicationLifecycle = lifecycle(Publication, {
  editions: [edition],
  states: {
    prepared: { zh: '待审核公示', en: 'To be published' },
    pushed: { zh: '已推送登记地，待协助公示', en: 'Sent to the domicile' },
    public: { zh: '公示中', en: 'Public' },
    'repair-asked': { zh: '公示中，已申请修复', en: 'Public, repair asked for' },
    ended: { zh: '已停止公示', en: 'Ended', closed: true },
    withdrawn: { zh: '已撤回', en: 'Withdrawn', closed: true },
    elsewhere: { zh: '登记地已公示', en: 'Published at the domicile', closed: true },
  },
  readers,
  columns: ['decisionNumber', 'partyName', 'publicity', 'publishedOn', 'until'],
  documents: {
    pushProof: { zh: '推送凭证', en: 'Proof of sending' },
    domicileProof: { zh: '登记地公示的回执', en: 'Reply of the domicile' },
    repairRequest: { zh: '信用修复申请书和守信承诺书', en: 'Request and pledge' },
    performance: { zh: '履行义务、改正违法行为的证明', en: 'Proof of performance' },
  },
  parties: {
    party: {
      label: { zh: '当事人', en: 'Party' },
      of: (row) => (row.party ? [`org:${row.party}`] : []),
      sees: ['decisionNumber', 'partyName', 'publicity', 'publishedOn', 'until', 'repairFrom', 'reason'],
      from: 'public',
    },
  },
  actions: {
    prepare: on({
      label: { zh: '生成公示文本', en: 'Prepare the public text' },
      from: null,
      to: 'prepared',
      by: ['system'],
      basis: o45('第二条至第九条'),
      input: z.strictObject(prepareShape),
      run: (_row: PublicationRow, input: z.infer<z.ZodObject<typeof prepareShape>>) => ({
        text: redact(input.text, withheld(input)),
        penalty: redact(input.penalty, withheld(input)),
      }),
    }),
    withhold: on({
      label: { zh: '再隐去个人信息、商业秘密', en: 'Leave out more' },
      from: 'prepared',
      to: 'same',
      by: ['case-officer', 'case-reviewer'],
      aside: true,
      basis: o45('第五条至第八条'),
      input: More,
      run: (row: PublicationRow, input: z.infer<typeof More>) => {
        const more = {
          persons: [...(row.persons ?? []), ...(input.names ?? [])].slice(0, 50),
          addresses: [...(row.addresses ?? []), ...(input.homes ?? [])].slice(0, 50),
          secrets: [...(row.secrets ?? []), ...(input.passages ?? [])].slice(0, 100),
        };
        return { ...more, text: redact(row.text, more), penalty: redact(row.penalty, more) };
      },
    }),
    publish: on({
      label: { zh: '公示', en: 'Publish' },
      from: 'prepared',
      to: 'public',
      by: ['case-officer'],
      danger: true,
      basis: o45('第四条至第九条'),
      approval: ['section-chief'],
      when: clean,
      run: publish,
    }),
    push: on({
      label: { zh: '推送登记地', en: 'Send to the domicile' },
      from: 'prepared',
      to: 'pushed',
      by: ['case-officer'],
      aside: true,
      basis: o45('第十条'),
      needs: ['pushProof'],
      input: z.strictObject({ domicile: field.text('登记地市场监督管理部门', { en: 'Authority of the domicile' }) }),
      when: (row: PublicationRow) =>
        !row.outside
          ? refuse('not-outside', '当事人登记在本省，由本机关公示。', 'The party is of this province.')
          : clean(row),
    }),
    publishedElsewhere: on({
      label: { zh: '登记地已公示', en: 'Published at the domicile' },
      from: 'pushed',
      to: 'elsewhere',
      by: ['case-officer'],
      basis: o45('第十条'),
      needs: ['domicileProof'],
    }),
    correct: on({
      label: { zh: '更正后重新公示', en: 'Correct and publish again' },
      from: ['public', 'repair-asked'],
      to: 'same',
      by: ['case-officer'],
      aside: true,
      danger: true,
      basis: o45('第十二条'),
      approval: ['section-chief'],
      input: Reason.extend({ violation: prepareShape.violation, penalty: prepareShape.penalty }),
      run: async (row: PublicationRow, input: { reason: string; violation: string; penalty: string }, act) => {
        const corrected = { ...row, violation: input.violation, penalty: redact(input.penalty, withheld(row)) };
        const told = await publish(corrected, {}, act);
        await act.withdraw(row.entry!, input.reason, told.entry!);
        return { ...told, penalty: corrected.penalty };
      },
    }),
    withdraw: on({
      label: { zh: '决定被撤销、变更，撤回', en: 'Withdraw: the decision fell' },
      from: ['prepared', 'pushed', 'public', 'repair-asked'],
      to: 'withdrawn',
      by: ['system'],
      basis: `${o2('第六十三条第二款')}；${o45('第十一条')}`,
      input: Reason,
      run: offline('行政处罚决定已被依法撤销、变更或者确认违法'),
    }),
    takeDown: on({
      label: { zh: '公示期满，自动下架', en: 'The term ends' },
      from: ['public', 'repair-asked'],
      to: 'ended',
      by: ['system'],
      basis: o45('第十三条至第十五条'),
      run: offline('公示期限届满'),
    }),
    askRepair: on({
      label: { zh: '申请信用修复', en: 'Ask for repair' },
      from: 'public',
      to: 'repair-asked',
      by: ['party', 'case-officer'],
      aside: true,
      basis: o107('第八条至第十四条'),
      needs: ['repairRequest', 'performance'],
      input: z.strictObject({ facts: field.longText('履行和改正情况', { en: 'What was done', max: 4000 }) }),
      check: async (row: PublicationRow, _input, act) => {
        if (row.publicity === 'light')
          return refuse(
            'ends-by-itself',
            `较轻类公示满三个月自动停止，不需要申请（${o107('第七条')}）。`,
            `This publicity ends by itself after three months (${o107('第七条')}).`,
          );
        if (act.occurredOn <= row.repairFrom!)
          return refuse(
            'repair-early',
            `最短公示期到 ${row.repairFrom} 届满，之后才能申请（${o107('第八条')}）。`,
            `The shortest term runs until ${row.repairFrom} (${o107('第八条')}).`,
          );
        return true;
      },
      run: async (row: PublicationRow, input: { facts: string }, act) => {
        await act.create('cases.repair', 'open', {
          publication: row.id,
          penaltyCase: row.penaltyCase,
          partyName: row.partyName,
          party: row.party,
          decisionNumber: row.decisionNumber,
          facts: input.facts,
          askedOn: act.occurredOn,
        });
      },
    }),
    repairDenied: on({
      label: { zh: '不予修复', en: 'Repair refused' },
      from: 'repair-asked',
      to: 'public',
      by: ['system'],
      basis: o107('第十六条至第十八条'),
    }),
    stopEarly: on({
      label: { zh: '准予修复，提前停止公示', en: 'Repaired: publicity ends' },
      from: 'repair-asked',
      to: 'ended',
      by: ['system'],
      basis: `${o107('第十七条')}；${o45('第十六条')}`,
      run: offline('准予信用修复'),
    }),
  },
  clocks: {
    publication: {
      label: { zh: '公示期限', en: 'To be published' },
      rule: publicationRules.publication,
      starts: { at: ['prepare'], from: (row: PublicationRow) => (row.outside ? null : row.decidedOn) },
      stops: ['publish', 'push', 'withdraw'],
    },
    push: {
      label: { zh: '推送登记地', en: 'To be sent to the domicile' },
      rule: publicationRules.push,
      starts: { at: ['prepare'], from: (row: PublicationRow) => (row.outside ? row.decidedOn : null) },
      stops: ['push', 'publish', 'withdraw'],
    },
    domicile: {
      label: { zh: '登记地协助公示', en: 'Publication at the domicile' },
      rule: publicationRules.domicile,
      starts: { at: ['push'] },
      stops: ['publishedElsewhere', 'withdraw'],
    },
    term: {
      label: { zh: '公示至', en: 'Public until' },
      rule: { kind: 'within', unit: 'day', amount: 0, rollForward: 'none', basis: o45('第十三条至第十五条') },
      starts: { at: ['publish'], from: (row: PublicationRow) => row.until ?? null },
      stops: ['takeDown', 'withdraw', 'stopEarly'],
      onExpiry: 'takeDown',
    },
  },
});
