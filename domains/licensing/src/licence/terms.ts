import { computeDeadline } from '@hengjian/calendar';
import { type Act, field, optional, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { bar } from '../application/decision.ts';
import { kindOf } from '../kinds/catalogue.ts';
import { clockOf, renewedUntil } from '../kinds/rules.ts';
import { nextInSeries } from '../sequence.ts';
import { prepareService } from '../service/prepare.ts';
import { exitChoices, groundChoices, Licence, type LicenceRow } from './entity.ts';
import { publishStanding } from './publishing.ts';

const { shape } = Licence;
const told = {
  application: shape.application,
  holderName: shape.holderName,
  products: shape.products,
  address: shape.address,
  region: shape.region,
  issuedOn: shape.issuedOn,
  number: shape.number,
  validUntil: shape.validUntil,
};
export const Renewed = z.strictObject(told);
export const Granted = Renewed.extend({
  kind: shape.kind,
  organisation: shape.organisation,
  holderCode: shape.holderCode,
  identity: shape.identity,
  validFrom: shape.validFrom,
  commitment: shape.commitment,
});
export const Reasoned = z.strictObject({ reason: field.longText('理由', { en: 'Reason', max: 2000 }) });
export const Proposal = z.strictObject({
  ground: field.choice('拟撤销的理由', groundChoices, { en: 'Ground' }),
  facts: field.longText('事实', { en: 'Facts', max: 4000 }),
});
export const WithdrawalProposal = z.strictObject({
  facts: field.longText('法律法规或者客观情况的变化', { en: 'What changed in law or in fact', max: 4000 }),
  compensation: field.longText('补偿安排', { en: 'Compensation', max: 2000 }),
});
export const Statement = z.strictObject({ statement: field.longText('陈述申辩意见', { en: 'Statement', max: 4000 }) });
export const Punished = z.strictObject({
  penaltyCase: field.text('处罚决定文号', { en: 'Penalty decision', max: 80, pattern: /〔\d{4}〕\d+号$/ }),
});
export const Suspension = Punished.extend({ suspendedUntil: field.date('暂扣至', { en: 'Until' }) });
const voluntary = { applied: exitChoices.applied, ended: exitChoices.ended };
export const Deregistration = z.strictObject({
  exit: field.choice('注销原因', voluntary, { en: 'Why' }),
  reason: optional(field.longText('说明', { en: 'Note', max: 2000 })),
});
export const SelfReport = z.strictObject({
  selfReport: field.longText('自查报告', { en: 'Self-report', max: 10_000 }),
});
export const Check = z.strictObject({ facts: field.longText('核查情况', { en: 'What was found', max: 4000 }) });

/** A day so many units on, by the calendar of the act. */
const after = (from: string, amount: number, unit: 'working-day' | 'day' | 'month' | 'year', act: Act): string =>
  computeDeadline({ kind: 'within', unit, amount, basis: 'term' }, from, act.calendar).dueOn!;

export async function granted(row: LicenceRow, input: z.infer<typeof Granted>, act: Act): Promise<Partial<LicenceRow>> {
  const kind = kindOf(input);
  const selfReport = clockOf(kind, 'self-report');
  const statusIndex = (await nextInSeries(act.sql, 'status-list')) - 1;
  const full = { ...row, ...input, statusIndex } as LicenceRow;
  const facts = {
    statusIndex,
    selfReportDue: selfReport ? after(input.issuedOn, selfReport.amount, selfReport.unit, act) : null,
    checkDue:
      input.commitment === 'unverified'
        ? after(input.issuedOn, kind.commitment!.check.amount, kind.commitment!.check.unit, act)
        : null,
  };
  const visits = kind.visits.map(({ reason, within, zh }) => ({ reason, within, text: zh }));
  if (input.commitment === 'unverified')
    visits.push({ reason: 'commitment', within: kind.commitment!.check, text: '承诺事项核查' });
  for (const { reason, within, text } of visits)
    await act.create('licensing.visit', 'plan', {
      licence: row.id,
      organisation: input.organisation,
      holderName: input.holderName,
      number: input.number,
      kind: input.kind,
      reason,
      task: text,
      dueOn: after(input.issuedOn, within.amount, within.unit, act),
    });
  return { ...facts, ...(await publishStanding(full, 'valid', act)) };
}

export async function renewed(row: LicenceRow, input: z.infer<typeof Renewed>, act: Act): Promise<Partial<LicenceRow>> {
  return { renewal: null, ...(await publishStanding({ ...row, ...input } as LicenceRow, 'valid', act)) };
}

/** The end of the term: a renewal asked for in time and not decided is deemed granted, else the licence has expired. */
export async function expire(row: LicenceRow, _input: unknown, act: Act) {
  const kind = kindOf(row);
  if (row.renewal && row.state === 'valid') {
    const validUntil = renewedUntil(kind, row.validUntil!, act.occurredOn, act.calendar)!;
    const next = { ...row, validUntil };
    return { validUntil, renewal: null, ...(await publishStanding(next, 'valid', act)), to: 'valid' };
  }
  await act.sql.query('select kernel.release_reservations($1)', [row.id]);
  const entry = await publishStanding({ ...row, exit: 'expired' }, 'expired', act);
  return { ...entry, exit: 'expired' as const, to: 'expired' };
}

const statementDays = 5;
/** The holder is heard for five working days before anything is taken from him. */
export const propose = (_row: LicenceRow, _input: unknown, act: Act): Partial<LicenceRow> => ({
  statementUntil: after(act.occurredOn, statementDays, 'working-day', act),
  statement: null,
});
export const heard = (row: LicenceRow, _input: unknown, act: Act) =>
  Boolean(row.statement) ||
  (row.statementUntil !== null && row.statementUntil !== undefined && act.occurredOn > row.statementUntil) ||
  refuse(
    'holder-not-heard',
    `持证人可以在 ${row.statementUntil} 前陈述申辩，期满或者已经陈述后才能决定。`,
    `The holder may state his view until ${row.statementUntil}; the decision comes after that, or after his statement.`,
  );

export const leave =
  (exit: keyof typeof exitChoices, state: string) =>
  async (row: LicenceRow, input: { reason?: string | null }, act: Act): Promise<Partial<LicenceRow>> => {
    const next = { ...row, ...input, exit } as LicenceRow;
    await act.sql.query('select kernel.release_reservations($1)', [row.id]);
    return { exit, ...(await publishStanding(next, state, act)) };
  };

export async function annul(row: LicenceRow, _input: unknown, act: Act): Promise<Partial<LicenceRow>> {
  if (row.ground === 'fraud' || row.ground === 'false-commitment') await bar(row, 'fraud', act);
  await serve('annulment', row, act);
  return leave('annulled', 'annulled')(row, { reason: row.facts ?? null }, act);
}

export async function withdraw(row: LicenceRow, _input: unknown, act: Act): Promise<Partial<LicenceRow>> {
  await serve('withdrawal', row, act);
  return leave('withdrawn', 'withdrawn')(row, {}, act);
}

/** A decision against a licence is served on its holder. */
const serve = (paper: 'annulment' | 'withdrawal', row: LicenceRow, act: Act) =>
  prepareService(
    paper,
    {
      organisation: row.organisation,
      name: row.holderName,
      code: row.holderCode,
      address: row.address,
      number: row.number,
    },
    { licence: row.id, decidedOn: act.occurredOn },
    act,
  );

export async function revoke(row: LicenceRow, input: z.infer<typeof Punished>, act: Act): Promise<Partial<LicenceRow>> {
  await bar(row, 'revoked', act);
  return leave('revoked', 'revoked')(row, { reason: `处罚决定 ${input.penaltyCase}` }, act);
}

export const deregister = async (
  row: LicenceRow,
  input: Partial<z.infer<typeof Deregistration>>,
  act: Act,
): Promise<Partial<LicenceRow>> => {
  const exit = row.exit ?? input.exit ?? 'ended';
  return leave(exit, 'deregistered')(row, { reason: input.reason ?? row.reason ?? null }, act);
};

export async function fileSelfReport(row: LicenceRow, _input: unknown, act: Act): Promise<Partial<LicenceRow>> {
  const clock = clockOf(kindOf(row), 'self-report')!;
  return { selfReportDue: after(row.selfReportDue ?? act.occurredOn, clock.amount, clock.unit, act) };
}

/** A self-report that was not filed becomes a visit. */
export async function missSelfReport(row: LicenceRow, _input: unknown, act: Act): Promise<Partial<LicenceRow>> {
  const clock = clockOf(kindOf(row), 'self-report')!;
  await act.create('licensing.visit', 'plan', {
    licence: row.id,
    organisation: row.organisation,
    holderName: row.holderName,
    number: row.number,
    kind: row.kind,
    reason: 'self-report',
    task: '逾期未提交自查报告，上门检查',
    dueOn: after(act.occurredOn, 1, 'month', act),
  });
  return { selfReportDue: after(row.selfReportDue ?? act.occurredOn, clock.amount, clock.unit, act) };
}
