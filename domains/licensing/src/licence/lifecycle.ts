import { type Act, type Lifecycle, lifecycle, on, optional, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { edition, licenceLaw, o16, readers } from '../clauses.ts';
import { kindOf, kinds } from '../kinds/catalogue.ts';
import { ruleOf } from '../kinds/clocks.ts';
import { clockOf } from '../kinds/rules.ts';
import { annulment, annulmentNotice, certificate, deregistration, withdrawal, withdrawalNotice } from './documents.ts';
import { Licence, type LicenceRow } from './entity.ts';
import { personActions, personDocuments } from './person-actions.ts';
import { publishStanding } from './publishing.ts';
import {
  annul,
  Check,
  Deregistration,
  deregister,
  expire,
  fileSelfReport,
  Granted,
  granted,
  heard,
  leave,
  missSelfReport,
  Proposal,
  Punished,
  propose,
  Reasoned,
  Renewed,
  renewed,
  revoke,
  SelfReport,
  Statement,
  Suspension,
  WithdrawalProposal,
  withdraw,
} from './terms.ts';

const sameHolder = (row: { kind: string; organisation: string }) => `licence|${row.kind}|${row.organisation}`;
const again = { to: 'same', by: ['system'], papers: ['certificate'], input: Renewed, run: renewed } as const;
const alive = ['valid', 'suspended'] as const;
const by = ['licence-decider'] as const;
const standing = (status: string) => async (row: LicenceRow, input: object, act: Act) =>
  publishStanding({ ...row, ...input } as LicenceRow, status, act);

const notOnCommitment = refuse(
  'not-on-commitment',
  '该许可不是凭承诺颁发，或者已经核查。',
  'This licence was not granted on commitment, or the commitment was checked.',
);
const confirmed = async (row: LicenceRow, act: Act): Promise<Partial<LicenceRow>> => ({
  commitment: 'verified',
  ...(await publishStanding({ ...row, commitment: 'verified' }, 'valid', act)),
});
/** The end of the term, while the licence is in force. */
const stillRunning = (row: LicenceRow): string | null =>
  row.state === 'expired' || !row.validUntil ? null : row.validUntil;

/** Terms of a licence that its kind declares: the last day for a renewal, the yearly self-report. */
const kindClocks = Object.fromEntries(
  kinds.flatMap((kind) => {
    const renewal = clockOf(kind, 'renewal');
    if (renewal === undefined) return [];
    const spec = {
      label: { zh: '延续申请截止', en: 'Last day for a renewal' },
      rule: ruleOf(renewal, { kind: 'before' }),
      starts: {
        at: ['grant', 'renewal', 'change', 'reissue'],
        from: (row: LicenceRow) => (row.kind === kind.code ? (row.validUntil ?? null) : null),
      },
      stops: ['requestRenewal'],
    };
    return [[`renewal-${kind.code}`, spec] as const];
  }),
);

/** 许可证: valid → its five exits, each on its own ground; 吊销 and 暂扣 only out of a penalty decision (practice W15). */
export const licenceLifecycle: Lifecycle = lifecycle(Licence, {
  editions: [edition],
  states: {
    valid: { zh: '有效', en: 'Valid' },
    suspended: { zh: '暂扣', en: 'Suspended' },
    annulling: { zh: '拟撤销', en: 'To be annulled' },
    withdrawing: { zh: '拟撤回', en: 'To be withdrawn' },
    expired: { zh: '已届满', en: 'Expired' },
    annulled: { zh: '已撤销', en: 'Annulled' },
    withdrawn: { zh: '已撤回', en: 'Withdrawn' },
    revoked: { zh: '已吊销', en: 'Revoked' },
    deregistered: { zh: '已注销', en: 'Deregistered', closed: true },
  },
  readers,
  columns: ['kind', 'holderName', 'issuedOn', 'validUntil', 'commitment'],
  documents: {
    certificate: { zh: '许可证件', en: 'Certificate', paper: certificate },
    checkReport: { zh: '承诺核查报告', en: 'Report of the check' },
    annulmentNotice: {
      zh: '拟撤销行政许可告知书',
      en: 'Notice of annulment',
      number: '许拟撤',
      paper: annulmentNotice,
    },
    annulment: { zh: '撤销行政许可决定书', en: 'Annulment', number: '许撤', paper: annulment },
    withdrawalNotice: {
      zh: '拟撤回行政许可告知书',
      en: 'Notice of withdrawal',
      number: '许拟回',
      paper: withdrawalNotice,
    },
    withdrawal: { zh: '撤回行政许可决定书', en: 'Withdrawal', number: '许回', paper: withdrawal },
    ...personDocuments,
    penaltyDecision: { zh: '行政处罚决定书', en: 'Penalty decision' },
    deregistration: { zh: '注销行政许可决定书', en: 'Deregistration', number: '许销', paper: deregistration },
  },
  parties: {
    holder: {
      label: { zh: '持证人', en: 'Holder' },
      of: (row) => [`org:${row.organisation}`, `person:${row.organisation}`],
      sees: 'all',
      from: 'valid',
    },
  },
  actions: {
    ...personActions,
    grant: on({
      label: { zh: '颁发', en: 'Issue' },
      from: null,
      to: 'valid',
      by: ['system'],
      basis: licenceLaw('第三十九条、第四十条'),
      papers: ['certificate'],
      input: Granted,
      reserves: (_row: LicenceRow, input: z.infer<typeof Granted>) =>
        kindOf(input).oneLicence
          ? [
              {
                key: sameHolder(input),
                refusal: refuse(
                  'one-licence',
                  '该企业已有本事项的有效许可证，增加产品应当办理变更（一企一证）。',
                  'The firm holds a valid licence of this kind; more products are a change of it.',
                ),
              },
            ]
          : [],
      run: granted,
    }),
    change: on({ label: { zh: '变更', en: 'Change' }, from: 'valid', basis: o16('第二十五条'), ...again }),
    renewal: on({ label: { zh: '延续', en: 'Renew' }, from: 'valid', basis: o16('第二十七条'), ...again }),
    reissue: on({ label: { zh: '补领', en: 'Re-issue' }, from: 'valid', basis: o16('第二十五条'), ...again }),
    requestRenewal: on({
      label: { zh: '登记延续申请', en: 'A renewal was asked for' },
      from: alive,
      to: 'same',
      by: ['system'],
      basis: licenceLaw('第五十条'),
      input: z.strictObject({ renewal: optional(Licence.shape.application) }),
    }),
    replace: on({
      label: { zh: '由新证取代，注销', en: 'Replaced by a new licence' },
      from: ['valid', 'expired'],
      to: 'deregistered',
      by: ['system'],
      basis: licenceLaw('第七十条第一项'),
      input: Reasoned,
      papers: ['deregistration'],
      run: leave('replaced', 'deregistered'),
    }),
    expire: on({
      label: { zh: '有效期届满', en: 'The term ends' },
      from: [...alive, 'annulling', 'withdrawing'],
      to: ['valid', 'expired'],
      by: ['system'],
      basis: `${licenceLaw('第五十条、第七十条')}：逾期未作延续决定的，视为准予延续`,
      run: expire,
    }),
    fileSelfReport: on({
      label: { zh: '提交年度自查报告', en: 'File the yearly self-report' },
      from: alive,
      to: 'same',
      by: ['holder'],
      aside: true,
      basis: licenceLaw('第六十二条'),
      input: SelfReport,
      when: (row: LicenceRow) =>
        clockOf(kindOf(row), 'self-report') !== undefined ||
        refuse('no-self-report', '该事项无需提交年度自查报告。', 'This licence asks for no yearly self-report.'),
      run: fileSelfReport,
    }),
    missSelfReport: on({
      label: { zh: '逾期未提交自查报告', en: 'The self-report was not filed' },
      from: [...alive, 'annulling', 'withdrawing'],
      to: 'same',
      by: ['system'],
      basis: licenceLaw('第六十一条、第六十二条'),
      run: missSelfReport,
    }),
    confirmCommitment: on({
      label: { zh: '承诺核查合格', en: 'The commitment was kept' },
      from: 'valid',
      to: 'same',
      by: ['licence-examiner', 'licence-supervisor'],
      basis: '告知承诺制的批准文件；许可事项的承诺规则',
      needs: ['checkReport'],
      when: (row: LicenceRow) => row.commitment === 'unverified' || notOnCommitment,
      input: Check,
      run: (row: LicenceRow, _input, act) => confirmed(row, act),
    }),
    findCommitmentFalse: on({
      label: { zh: '承诺不实，拟撤销', en: 'The commitment was false; to be annulled' },
      from: 'valid',
      to: 'annulling',
      by: ['licence-examiner', 'licence-supervisor'],
      danger: true,
      basis: '告知承诺制的批准文件；《行政许可法》第六十九条',
      needs: ['checkReport'],
      papers: ['annulmentNotice'],
      when: (row: LicenceRow) => row.commitment === 'unverified' || notOnCommitment,
      input: Check,
      run: (row: LicenceRow, input, act) => ({
        ...propose(row, input, act),
        ground: 'false-commitment' as const,
        commitment: 'false' as const,
      }),
    }),
    proposeAnnulment: on({
      label: { zh: '拟撤销，告知持证人', en: 'Propose to annul' },
      from: alive,
      to: 'annulling',
      by: ['licence-examiner'],
      aside: true,
      danger: true,
      basis: o16('第四十条至第四十三条'),
      papers: ['annulmentNotice'],
      input: Proposal,
      run: propose,
    }),
    proposeWithdrawal: on({
      label: { zh: '拟撤回，告知持证人', en: 'Propose to withdraw' },
      from: alive,
      to: 'withdrawing',
      by: ['licence-examiner'],
      aside: true,
      danger: true,
      basis: `${o16('第三十六条至第三十九条')}；${licenceLaw('第八条')}`,
      papers: ['withdrawalNotice'],
      input: WithdrawalProposal,
      run: propose,
    }),
    stateView: on({
      label: { zh: '陈述申辩', en: 'State one’s view' },
      from: ['annulling', 'withdrawing'],
      to: 'same',
      by: ['holder', 'licence-window'],
      basis: licenceLaw('第七条'),
      input: Statement,
    }),
    extendAnnulment: on({
      label: { zh: '延长撤销期限', en: 'Extend the term' },
      from: 'annulling',
      to: 'same',
      by: ['licence-examiner'],
      aside: true,
      basis: o16('第四十六条、第四十七条'),
      approval: ['bureau-head'],
      input: Reasoned,
    }),
    dropProposal: on({
      label: { zh: '不予撤销或者撤回', en: 'Drop the proposal' },
      from: ['annulling', 'withdrawing'],
      to: alive,
      by,
      aside: true,
      basis: `${licenceLaw('第六十九条第三款')}：可能对公共利益造成重大损害的，不予撤销`,
      input: Reasoned,
      run: (row: LicenceRow, _input, act) => ({
        to: row.suspendedUntil && row.suspendedUntil >= act.occurredOn ? 'suspended' : 'valid',
      }),
    }),
    annul: on({
      label: { zh: '撤销', en: 'Annul' },
      from: 'annulling',
      to: 'annulled',
      by,
      danger: true,
      basis: `${o16('第四十条至第四十七条')}；${licenceLaw('第六十九条')}`,
      approval: ['bureau-head'],
      papers: ['annulment'],
      notBy: [{ actions: ['proposeAnnulment', 'findCommitmentFalse'], same: 'person' }],
      check: heard,
      run: annul,
    }),
    withdraw: on({
      label: { zh: '撤回', en: 'Withdraw' },
      from: 'withdrawing',
      to: 'withdrawn',
      by,
      danger: true,
      basis: `${o16('第三十六条至第三十九条')}；${licenceLaw('第八条')}`,
      approval: ['bureau-head'],
      papers: ['withdrawal'],
      notBy: [{ actions: ['proposeWithdrawal'], same: 'person' }],
      check: heard,
      run: withdraw,
    }),
    suspend: on({
      label: { zh: '执行暂扣（处罚决定）', en: 'Carry out a suspension' },
      from: 'valid',
      to: 'suspended',
      by: ['licence-window'],
      aside: true,
      danger: true,
      basis: '《行政处罚法》第九条第三项；只能依据处罚决定',
      needs: ['penaltyDecision'],
      input: Suspension,
      run: standing('suspended'),
    }),
    restore: on({
      label: { zh: '暂扣期满，恢复', en: 'The suspension ends' },
      from: 'suspended',
      to: 'valid',
      by: ['system', 'licence-window'],
      basis: '处罚决定载明的期限',
      run: standing('valid'),
    }),
    revoke: on({
      label: { zh: '执行吊销（处罚决定）', en: 'Carry out a revocation' },
      from: alive,
      to: 'revoked',
      by: ['licence-window'],
      aside: true,
      danger: true,
      basis: '《行政处罚法》第九条第三项；只能依据处罚决定',
      needs: ['penaltyDecision'],
      input: Punished,
      run: revoke,
    }),
    deregister: on({
      label: { zh: '依申请或者依职权注销', en: 'Deregister' },
      from: 'valid',
      to: 'deregistered',
      by,
      aside: true,
      danger: true,
      basis: `${o16('第四十八条至第五十二条')}；${licenceLaw('第七十条')}；被立案调查期间不得注销`,
      papers: ['deregistration'],
      input: Deregistration,
      run: deregister,
    }),
    deregisterEnded: on({
      label: { zh: '注销（届满、撤回、撤销、吊销之后）', en: 'Deregister after its end' },
      from: ['expired', 'annulled', 'withdrawn', 'revoked'],
      to: 'deregistered',
      by,
      basis: `${o16('第四十九条')}；${licenceLaw('第七十条')}`,
      papers: ['deregistration'],
      run: deregister,
    }),
  },
  clocks: {
    ...kindClocks,
    validity: {
      label: { zh: '有效期', en: 'Validity' },
      rule: { kind: 'within', unit: 'day', amount: 0, rollForward: 'none', basis: '许可证载明' },
      starts: {
        at: ['grant', 'renewal', 'change', 'reissue', 'expire', 'dropProposal', 'restore'],
        from: stillRunning,
      },
      stops: ['expire', 'annul', 'withdraw', 'revoke', 'deregister', 'replace'],
      onExpiry: 'expire',
    },
    selfReport: {
      label: { zh: '年度自查报告', en: 'Yearly self-report' },
      rule: { kind: 'within', unit: 'day', amount: 0, basis: '许可事项的自查报告规则' },
      starts: { at: ['grant', 'fileSelfReport', 'missSelfReport'], on: 'selfReportDue' },
      stops: ['fileSelfReport', 'missSelfReport', 'annul', 'withdraw', 'revoke', 'deregister', 'replace', 'expire'],
      onExpiry: 'missSelfReport',
    },
    commitmentCheck: {
      label: { zh: '承诺核查期限', en: 'Commitment to be checked' },
      rule: { kind: 'within', unit: 'day', amount: 0, basis: '许可事项的承诺规则' },
      starts: { at: ['grant'], on: 'checkDue' },
      stops: ['confirmCommitment', 'findCommitmentFalse'],
    },
    annulment: {
      label: { zh: '撤销决定期限', en: 'Time to annul' },
      rule: { kind: 'within', unit: 'working-day', amount: 60, basis: o16('第四十六条') },
      starts: { at: ['proposeAnnulment', 'findCommitmentFalse'] },
      stops: ['annul', 'dropProposal'],
      extends: { by: 'extendAnnulment', amount: 20 },
    },
    suspension: {
      label: { zh: '暂扣期限', en: 'Suspension' },
      rule: { kind: 'within', unit: 'day', amount: 0, rollForward: 'none', basis: '处罚决定载明的期限' },
      starts: {
        at: ['suspend', 'dropProposal'],
        from: (row: LicenceRow) => (row.state === 'suspended' ? (row.suspendedUntil ?? null) : null),
      },
      stops: ['restore', 'revoke', 'proposeAnnulment', 'proposeWithdrawal', 'expire'],
      onExpiry: 'restore',
    },
  },
});
