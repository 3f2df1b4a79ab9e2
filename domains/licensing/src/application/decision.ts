import { type Act, field, optional, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { kindOf } from '../kinds/catalogue.ts';
import { barUntil, renewedUntil, validUntil } from '../kinds/rules.ts';
import { numberFor } from '../licence/numbering.ts';
import { prepareService } from '../service/prepare.ts';
import { type ApplicationRow, deliveryChoices } from './entity.ts';
import { tellLicence } from './intake.ts';
import { tellOutcome } from './outcome.ts';

export const Refusal = z.strictObject({
  reason: field.longText('理由', { en: 'Reasons', max: 4000 }),
  falseMaterials: optional(field.flag('申请人隐瞒情况或者提供虚假材料', { en: 'False materials' })),
});
export const Delivery = z.strictObject({
  delivery: field.choice('送达方式', deliveryChoices, { en: 'Delivery' }),
  deliveredOn: field.date('送达日期', { en: 'Delivered on' }),
});

/** The paper that ends an application is served on its applicant. */
const serve = (
  paper: 'certificate' | 'refusal',
  row: ApplicationRow,
  number: string | null,
  decidedOn: string,
  act: Act,
) =>
  prepareService(
    paper,
    { organisation: row.organisation, name: row.applicantName, code: row.applicantCode, address: row.address, number },
    { application: row.id, decidedOn },
    act,
  );

export const checkGrant = (row: ApplicationRow) =>
  row.opinion === 'grant' ||
  refuse(
    'opinion-against',
    '审查意见为不予许可；如不同意，请退回审查。',
    'The examiner proposes to refuse; send the file back if you disagree.',
  );

export async function grant(row: ApplicationRow, _input: unknown, act: Act): Promise<Partial<ApplicationRow>> {
  await tellOutcome(row, 'granted', null, act);
  return { decidedOn: act.occurredOn, stepOn: act.occurredOn };
}

export async function refuseIt(
  row: ApplicationRow,
  input: z.infer<typeof Refusal>,
  act: Act,
): Promise<Partial<ApplicationRow>> {
  await tellOutcome(row, 'refused', input.reason, act);
  await tellLicence(row, null, act);
  if (input.falseMaterials) await bar(row, 'false-materials', act);
  await serve('refusal', row, row.queryNumber ?? null, act.occurredOn, act);
  return { decidedOn: act.occurredOn, stepOn: act.occurredOn };
}

/** Writes down that an applicant may not apply again for some years, if the law of this licence says so. */
export async function bar(
  row: { id: string; organisation: string; kind: string; office: string },
  ground: 'fraud' | 'false-materials' | 'revoked',
  act: Act,
): Promise<void> {
  const rule = kindOf(row).bars.find((one) => one.ground === ground);
  if (rule === undefined) return;
  await act.sql.query(
    'insert into licensing.bar (record, office, organisation, kind, until_on, reason) values ($1, $2, $3, $4, $5, $6)',
    [row.id, row.office, row.organisation, row.kind, barUntil(act.occurredOn, rule.years, act.calendar), rule.basis],
  );
}

/** Issues what was granted: a licence, or the changed, renewed or re-issued one. */
export async function issue(row: ApplicationRow, _input: unknown, act: Act): Promise<Partial<ApplicationRow>> {
  const kind = kindOf(row);
  const decidedOn = row.decidedOn!;
  const told = {
    application: row.id,
    holderName: row.applicantName,
    products: row.products,
    address: row.address,
    region: row.region,
    issuedOn: act.occurredOn,
  };
  if (row.purpose !== 'new') {
    const licence = row.licence!;
    const [old] = await act.sql.query<{ until: string | null; number: string }>(
      `select to_char(valid_until, 'YYYY-MM-DD') as until, number from licensing.licence where id = $1`,
      [licence],
    );
    if (old === undefined)
      throw act.problem(
        'licence-missing',
        '找不到原许可证，或者您无权办理。',
        'The licence held is not there, or not yours to act on.',
      );
    const until =
      row.purpose === 'renewal' && old.until ? renewedUntil(kind, old.until, decidedOn, act.calendar) : old.until;
    const number =
      row.purpose === 'renewal' && !kind.numbering.keepsOnRenewal
        ? await numberFor(kind, row, decidedOn, until, act)
        : old.number;
    await act.perform('licensing.licence', licence, row.purpose, { ...told, number, validUntil: until });
    await serve('certificate', row, number, decidedOn, act);
    return { issuedLicence: licence };
  }
  if (row.lateRenewal && row.licence)
    await act.perform('licensing.licence', row.licence, 'replace', { reason: '逾期申请延续，由新许可证取代' });
  const until = validUntil(kind, decidedOn, act.calendar);
  const number = await numberFor(kind, row, decidedOn, until, act);
  const licence = await act.create('licensing.licence', 'grant', {
    ...told,
    kind: row.kind,
    number,
    organisation: row.organisation,
    holderCode: row.applicantCode ?? null,
    identity: row.identity ?? null,
    validFrom: decidedOn,
    validUntil: until,
    commitment: row.track === 'commitment' ? 'unverified' : 'none',
  });
  await serve('certificate', row, number, decidedOn, act);
  return { issuedLicence: licence.id };
}
