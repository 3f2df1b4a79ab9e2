import { type Act, field, lifecycle, on, optional, type Refusal, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { edition, handlers, o2, o18, overseers, qualityLaw } from '../clauses.ts';
import { leadRule } from '../clocks.ts';
import { openingShape, Referral, type ReferralKind, type ReferralRow } from './entity.ts';

const onlyFor =
  (...kinds: ReferralKind[]) =>
  (row: ReferralRow): true | Refusal =>
    kinds.includes(row.kind) || refuse('other-kind', '这类事项不适用此操作。', 'This is not how such a referral goes.');
const others: ReferralKind[] = ['suspension', 'revocation', 'production-licence', 'crime'];

const LeadDecision = z.strictObject({
  decision: field.choice(
    '核查结果',
    {
      filed: { zh: '立案', en: 'Case filed' },
      'not-filed': { zh: '不予立案', en: 'No case' },
      transferred: { zh: '移送有管辖权的机关', en: 'Passed to the competent authority' },
    },
    { en: 'Result' },
  ),
  decisionReason: field.longText('理由', { en: 'Reasons', max: 4000 }),
});
const Decision = z.strictObject({
  decisionNumber: field.text('决定文号', { en: 'Number of the decision' }),
  decidedOn: field.date('决定日期', { en: 'Decided on' }),
  decisionReason: field.longText('决定内容', { en: 'What was decided', max: 4000 }),
  suspendedUntil: optional(
    field.date('整顿截止日', { en: 'Suspended until', help: { zh: '责令停业整顿的填写。', en: 'For a suspension.' } }),
  ),
});
const Declined = z.strictObject({
  decisionReason: field.longText('不予采纳的理由', { en: 'Why it is declined', max: 4000 }),
});
const Reason = z.strictObject({ reason: field.longText('撤回理由', { en: 'Why it is withdrawn', max: 2000 }) });

const checkDecision = (row: ReferralRow, input: z.infer<typeof Decision>, act: Act): true | Refusal => {
  if (input.decidedOn > act.occurredOn || input.decidedOn < row.startedOn)
    return refuse('decided-on', '决定日期应在移送之后、今天之前。', 'It is decided after the referral.', 'decidedOn');
  if (row.kind !== 'suspension') return true;
  return (
    (input.suspendedUntil ?? '') > input.decidedOn ||
    refuse('term-missing', '请填写整顿截止日。', 'Give the last day of the suspension.', 'suspendedUntil')
  );
};

/** What was decided elsewhere moves the loop. */
async function decided(row: ReferralRow, input: z.infer<typeof Decision>, act: Act): Promise<Partial<ReferralRow>> {
  if (row.kind === 'suspension')
    await act.perform('handling.loop', row.loop, 'suspend', { suspendedUntil: input.suspendedUntil });
  if (row.kind === 'revocation') await act.perform('handling.loop', row.loop, 'revoke', {});
  return { decision: 'decided' };
}

async function declined(row: ReferralRow, _input: unknown, act: Act): Promise<Partial<ReferralRow>> {
  if (row.kind === 'suspension' || row.kind === 'revocation')
    await act.perform('handling.loop', row.loop, 'proposalDeclined', {});
  return { decision: 'declined', decidedOn: act.occurredOn };
}

/** 线索和移送: checked in fifteen working days, or decided by another procedure whose paper comes back. */
export const referralLifecycle = lifecycle(Referral, {
  editions: [edition],
  states: {
    open: { zh: '待签收', en: 'To be signed for' },
    received: { zh: '承办中', en: 'In hand' },
    decided: { zh: '已有结果', en: 'Decided', closed: true },
    withdrawn: { zh: '已撤回', en: 'Withdrawn', closed: true },
  },
  readers: overseers,
  columns: ['kind', 'subjectName', 'productName', 'startedOn', 'decision'],
  documents: {
    record: { zh: '核查记录', en: 'Record of the check' },
    decision: { zh: '行政处罚决定书或者其他决定', en: 'Decision' },
    reply: { zh: '回函', en: 'Reply' },
  },
  parties: {
    authority: {
      label: { zh: '承办机关', en: 'Authority in charge' },
      of: (row) => (row.toOffice ? [`office:${row.toOffice}`] : []),
      sees: 'all',
      from: 'open',
    },
  },
  actions: {
    open: on({
      label: { zh: '提出', en: 'Open' },
      from: null,
      to: ['open', 'received'],
      by: ['system'],
      basis: `${o18('第四十八条、第五十一条')}；${o2('第十八条')}`,
      input: z.strictObject(openingShape),
      run: (_row: ReferralRow, input: { toOffice?: string | null | undefined }, act) =>
        input.toOffice ? { to: 'open' } : { to: 'received', receivedOn: act.occurredOn },
    }),
    sign: on({
      label: { zh: '签收', en: 'Sign for' },
      from: 'open',
      to: 'received',
      by: ['authority'],
      basis: o2('第十四条'),
      run: (_row: ReferralRow, _input, act) => ({ receivedOn: act.occurredOn }),
    }),
    decideLead: on({
      label: { zh: '决定是否立案', en: 'Decide on a case' },
      from: 'received',
      to: 'decided',
      by: handlers,
      basis: o2('第十八条、第十九条'),
      input: LeadDecision,
      needs: ['record'],
      approval: ['bureau-head'],
      when: onlyFor('penalty'),
      run: (_row: ReferralRow, _input, act) => ({ decidedOn: act.occurredOn }),
    }),
    extendLead: on({
      label: { zh: '延长核查期限', en: 'Extend the check' },
      from: 'received',
      to: 'same',
      by: handlers,
      aside: true,
      basis: o2('第十八条第一款'),
      approval: ['bureau-head'],
      when: onlyFor('penalty'),
    }),
    recordDecision: on({
      label: { zh: '登记决定', en: 'Record the decision' },
      from: 'received',
      to: 'decided',
      by: [...handlers, 'authority'],
      basis: `${qualityLaw('第十七条第一款')}；《工业产品生产许可证管理条例》第五十四条`,
      input: Decision,
      needs: ['decision'],
      when: onlyFor(...others),
      check: checkDecision,
      run: decided,
    }),
    decline: on({
      label: { zh: '不予采纳', en: 'Decline' },
      from: ['open', 'received'],
      to: 'decided',
      by: [...handlers, 'authority'],
      aside: true,
      basis: o2('第十四条'),
      input: Declined,
      needs: ['reply'],
      when: onlyFor(...others),
      run: declined,
    }),
    withdraw: on({
      label: { zh: '撤回', en: 'Withdraw' },
      from: ['open', 'received'],
      to: 'withdrawn',
      by: ['system'],
      basis: o18('第四十二条'),
      input: Reason,
    }),
  },
  clocks: {
    lead: {
      label: { zh: '线索核查', en: 'Check of the lead' },
      rule: leadRule,
      starts: { at: ['open'], from: (row: ReferralRow) => (row.kind === 'penalty' ? row.startedOn : null) },
      stops: ['decideLead'],
      extends: { by: 'extendLead', amount: 15 },
    },
  },
});
