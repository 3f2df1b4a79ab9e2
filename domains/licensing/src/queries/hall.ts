import { explainDeadline, summarise } from '@hengjian/calendar';
import { accreditedBodies } from '@hengjian/institutions';
import { clockFromRow, field, query, type Reader, type Row } from '@hengjian/kernel';
import { z } from 'zod';
import type { ApplicationRow } from '../application/entity.ts';
import { attachedTo } from '../application/intake.ts';
import { applicationLifecycle } from '../application/lifecycle.ts';
import { kindOf } from '../kinds/catalogue.ts';
import { compareForms, formOn, needsTest, papersOf, renewalDeadline } from '../kinds/rules.ts';

const applicants = ['enterprise-agent', 'laboratory-quality', 'licence-window'] as const;

/** licensing.hall: what a signed-in applicant has here: account, applications, licences, appointments. */
export const hall = query({
  name: 'licensing.hall',
  label: { zh: '我的办事', en: 'My matters' },
  roles: applicants,
  input: z.object({}),
  answer: async (_input, { sql, actor, kernel, today }) => {
    const own = actor.organisation;
    const [account] = await sql.query<{ id: string; name: string; creditCode: string | null; subject: string }>(
      `select id, name, credit_code as "creditCode", subject from licensing.account where organisation = $1 and state = 'open'`,
      [own],
    );
    const applications = await sql.query<Row>(
      `select a.id, a.kind, a.purpose, a.state, a.query_number as "queryNumber", to_char(a.received_on, 'YYYY-MM-DD') as "receivedOn",
         to_char(r.due, 'YYYY-MM-DD') as "dueOn", a.office
       from licensing.application a join kernel.record r on r.id = a.id where a.organisation = $1 order by r.id desc limit 100`,
      [own],
    );
    const licences = await sql.query<{ kind: string; validUntil: string | null } & Row>(
      `select id, kind, number, state, products, to_char(valid_until, 'YYYY-MM-DD') as "validUntil",
         to_char(self_report_due, 'YYYY-MM-DD') as "selfReportDue" from licensing.licence where organisation = $1 order by issued_on desc limit 100`,
      [own],
    );
    const appointments = await sql.query<Row>(
      `select id, office, to_char(day, 'YYYY-MM-DD') as day, time, counter, matter, state from licensing.appointment
       where organisation = $1 order by day desc, time limit 50`,
      [own],
    );
    return {
      account: account ?? null,
      applications: applications.map((row) => ({
        ...row,
        kindName: nameOf(row.kind as string),
        stateName: stateName(row.state as string),
        officeName: kernel.offices.get(row.office as string)?.label ?? null,
      })),
      licences: licences.map((row) => ({
        ...row,
        kindName: nameOf(row.kind),
        renewBy: row.validUntil === null ? null : renewalDeadline(kindOf(row), row.validUntil, kernel.calendar),
        today,
      })),
      appointments: appointments.map((row) => ({
        ...row,
        officeName: kernel.offices.get(row.office as string)?.label ?? null,
      })),
    };
  },
});

const nameOf = (kind: string) => {
  const { zh, en } = kindOf({ kind });
  return { zh, en };
};
const stateName = (state: string) => {
  const { zh, en } = applicationLifecycle.states[state]!;
  return { zh, en };
};

/** The clocks of a record with their arithmetic, day by day, as the applicant reads it. */
async function clocksOf(record: string, { sql, kernel, today }: Reader) {
  const rows = await sql.query<Row>('select * from kernel.clock where record = $1 order by started_on, id', [record]);
  return rows.map((row) => {
    const clock = clockFromRow(row);
    const { zh, en } = applicationLifecycle.clocks[clock.name]!.label;
    // A pause that has not ended is counted up to today, so that the applicant sees what stands still.
    const suspensions = clock.suspensions.map((pause) => ({ ...pause, to: pause.to ?? today }));
    const steps = explainDeadline(clock.rule, clock.startedOn, kernel.calendar, {
      suspensions: suspensions.filter(({ from, to }) => from <= to),
      extensions: clock.extensions,
    });
    return {
      label: { zh, en },
      basis: clock.basis,
      startedOn: clock.startedOn,
      dueOn: clock.status === 'suspended' ? null : clock.dueOn,
      status: clock.status,
      suspensions: clock.suspensions,
      extensions: clock.extensions,
      // Neighbouring days that say the same stand in one line: sixty days are read, not scrolled through.
      steps: summarise(steps).map(({ from, zh: stepZh, en: stepEn }) => ({ date: from, zh: stepZh, en: stepEn })),
    };
  });
}

/** licensing.application: one application as its applicant sees it: form, papers, what may be done, clocks, decisions. */
export const applicationPage = query({
  name: 'licensing.application',
  label: { zh: '申请办理情况', en: 'An application' },
  roles: applicants,
  input: z.object({ application: field.identifier('申请', { en: 'Application' }) }),
  answer: async ({ application }, reader) => {
    const { sql, kernel, today } = reader;
    const [found] = await sql.query<Row>(
      `select a.*, r.version, to_char(received_on, 'YYYY-MM-DD') as received_day from licensing.application a join kernel.record r on r.id = a.id where a.id = $1`,
      [application],
    );
    if (found === undefined) return null;
    const row = found as unknown as ApplicationRow & Record<string, unknown>;
    const kind = kindOf(row);
    const form =
      row.state === 'draft' ? formOn(kind, today) : kind.forms.find(({ version }) => version === found.form_version)!;
    const attached = await attachedTo(application, { sql });
    const papers = await sql.query<Row>(
      `select id, kind, title, number, template is not null as issued, created_at as "createdAt" from kernel.document
       where record = $1 and superseded_by is null order by created_at`,
      [application],
    );
    const may = Object.values(applicationLifecycle.actions)
      .filter(({ by, from }) => by.includes('applicant') && from?.includes(row.state))
      .map(({ name, label }) => ({ name, label }));
    return {
      id: row.id,
      version: found.version,
      kind: { code: kind.code, zh: kind.zh, en: kind.en },
      purpose: row.purpose,
      track: row.track,
      state: row.state,
      stateName: stateName(row.state),
      office: kernel.offices.get(row.office)?.label ?? null,
      applicantName: found.applicant_name,
      products: kind.products
        .filter(({ code }) => row.products.includes(code))
        .map(({ code, zh, en }) => ({ code, zh, en })),
      queryNumber: found.query_number,
      querySecret: found.query_secret,
      receivedOn: found.received_day,
      tacit: row.tacit,
      lateRenewal: found.late_renewal,
      address: row.address,
      form,
      formVersion: found.form_version,
      differences:
        form.version === found.form_version ? null : compareForms(kind, found.form_version as string, form.version),
      answers: row.answers,
      papers: papersOf(kind, row.purpose, row.products).map((paper) => ({
        ...paper,
        attached: attached.includes(paper.kind),
      })),
      commitmentNeeded: row.track === 'commitment',
      commitmentAttached: attached.includes('commitment'),
      missing: row.missing,
      demands: row.demands,
      reason: row.reason,
      score: row.score,
      testPassed: found.test_passed,
      laboratoryName: found.laboratory_name,
      laboratories:
        row.state === 'siteChecked' &&
        needsTest(kind, { purpose: row.purpose, track: row.track, changeOf: found.change_of as string | null })
          ? await accreditedBodies(sql, row.products, today)
          : [],
      licence: found.issued_licence,
      documents: papers,
      may,
      clocks: await clocksOf(application, reader),
    };
  },
});

/** licensing.free-slots: seats that can be booked, by office, day and time. */
export const freeSlots = query({
  name: 'licensing.free-slots',
  label: { zh: '可预约号源', en: 'Free slots' },
  roles: applicants,
  input: z.object({}),
  answer: async (_input, { sql, kernel, today }) => {
    const rows = await sql.query<{ office: string; day: string; time: string; free: number }>(
      `select office, to_char(day, 'YYYY-MM-DD') as day, time, count(*)::int as free from licensing.seat
       where day >= $1 and appointment is null group by office, day, time order by day, time, office limit 500`,
      [today],
    );
    return rows.map((row) => ({ ...row, officeName: kernel.offices.get(row.office)?.label ?? null }));
  },
});

/** licensing.ending: licences whose renewal falls due soon; the holder sees his own, an office those it issued. */
export const endingLicences = query({
  name: 'licensing.ending',
  label: { zh: '即将到期的许可证', en: 'Licences about to end' },
  roles: [...applicants, 'licence-examiner', 'licence-supervisor', 'section-chief', 'auditor'],
  input: z.object({ days: z.coerce.number().int().min(1).max(400) }),
  answer: async ({ days }, { sql, kernel, today }) => {
    const rows = await sql.query<{ id: string; kind: string; number: string; holderName: string; validUntil: string }>(
      `select id, kind, number, holder_name as "holderName", to_char(valid_until, 'YYYY-MM-DD') as "validUntil" from licensing.licence
       where state in ('valid', 'suspended') and valid_until is not null order by valid_until limit 2000`,
    );
    const until = new Date(Date.parse(`${today}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
    return rows
      .map((row) => ({
        ...row,
        kindName: nameOf(row.kind),
        renewBy: renewalDeadline(kindOf(row), row.validUntil, kernel.calendar),
      }))
      .filter(({ renewBy }) => renewBy !== null && renewBy <= until);
  },
});
