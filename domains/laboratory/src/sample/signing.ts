import { randomUUID } from 'node:crypto';
import { computeDeadline } from '@hengjian/calendar';
import { findStanding, maySign, mayTest } from '@hengjian/institutions';
import { type Act, field, type Refusal, refuse } from '@hengjian/kernel';
import { concludeFrom } from '@hengjian/sampling';
import { z } from 'zod';
import { type Report, reportOf } from '../report/content.ts';
import { type KeptKind, keepUntil } from '../rules.ts';
import type { SampleRow } from './entity.ts';
import { resultsOfSample, type SampleResult } from './reading.ts';
import { standsFor } from './subcontracting.ts';

export const Signing = z.strictObject({ reportNumber: field.text('报告编号', { en: 'Report number', max: 60 }) });
type Signing = z.infer<typeof Signing>;

const decidesNothing = new Set(['no-limit-value', 'no-numeric-maximum']);

/** Complete, decided, by other hands, within scope, ready, and in the signatory's own field: each refusal names the item. */
export async function checkSigning(row: SampleRow, input: Signing, act: Act): Promise<true | Refusal> {
  if (row.reportNumber && input.reportNumber !== row.reportNumber)
    return refuse(
      'number-kept',
      `更正报告沿用原编号“${row.reportNumber}”（令第39号第十二条）。`,
      `A corrected report keeps its number ${row.reportNumber} (order 39 art. 12).`,
      'reportNumber',
    );
  const results = await resultsOfSample(act.sql, row.id);
  const held = new Map(results.map((result) => [result.item, result]));
  const missing = row.items.find(({ item }) => !held.get(item)?.checked);
  if (missing !== undefined)
    return refuse(
      'item-missing',
      `“${missing.item}”还没有校核过的结果，不得减少或遗漏项目（令第39号第十五条第三项）。`,
      `${missing.item} has no checked result; no item may be left out (order 39 art. 15(3)).`,
    );
  const open = results.find(
    ({ verdict, judgement }) => verdict === 'not-judged' && !decidesNothing.has(judgement.reason.code),
  );
  if (open !== undefined)
    return refuse(
      'item-undecided',
      `“${open.item}”不能判定：${open.judgement.reason.zh}`,
      `${open.item} cannot be decided: ${open.judgement.reason.en}`,
    );
  const hands = separateHands(results, act.actor.person);
  return hands === true ? checkStanding(row, act) : hands;
}

function separateHands(results: readonly SampleResult[], person: string): true | Refusal {
  return results.some(({ tester, checker }) => tester === person || checker === person)
    ? refuse('separation', '检验人员和校核人员不得签发同一份报告。', 'Who tested or checked does not sign the report.')
    : true;
}

async function checkStanding(row: SampleRow, act: Act): Promise<true | Refusal> {
  const parameters = row.items.map(({ item }) => item);
  const standing = await findStanding(act.sql, row.organisation, parameters);
  for (const { item, method } of row.items) {
    const stands = standsFor(row, item);
    const own = stands === row.organisation;
    const body = own ? standing : await findStanding(act.sql, stands, [item]);
    const { report, row: line } = mayTest({ kinds: [row.kind], parameter: item, method }, body, act.occurredOn);
    if (report !== true) return report;
    // A subcontractor signs its own report; here his ability alone is asked.
    if (!own) continue;
    const signs = maySign(standing!, act.actor.person, line!, act.occurredOn);
    if (signs !== true) return signs;
  }
  return true;
}

/** One body gives one number to one report. */
export const reserveNumber = (row: SampleRow, { reportNumber }: Signing) =>
  row.reportNumber
    ? []
    : [
        {
          key: `laboratory.report|${row.organisation}|${reportNumber}`,
          refusal: refuse(
            'number-taken',
            '这个报告编号已经用过。',
            'This report number was used before.',
            'reportNumber',
          ),
        },
      ];

/** Writes the report, remembers its bytes, and makes it one that can be checked by number and code. */
export async function sign(row: SampleRow, { reportNumber }: Signing, act: Act): Promise<Partial<SampleRow>> {
  const results = await resultsOfSample(act.sql, row.id);
  const [certificate] = await act.sql.query<{ number: string }>(
    'select number from institutions.certificate where organisation = $1 and valid_from <= $2 and valid_until >= $2',
    [row.organisation, act.occurredOn],
  );
  const concluded = concludeFrom(row.verdictRule, row.items, results);
  const report = reportOf(row, results, {
    number: reportNumber,
    reportedOn: act.occurredOn,
    certificate: certificate!.number,
    signedBy: act.actor.name,
    checkCode: (row.report as unknown as Report | null)?.checkCode ?? randomUUID().slice(0, 8).toUpperCase(),
    ...concluded,
  });
  const content = JSON.parse(JSON.stringify(report)) as never;
  const [before] = await act.sql.query<{ entry: string }>('select entry from laboratory.issued_report where id = $1', [
    row.issued ?? null,
  ]);
  const issued = await act.create('laboratory.issued-report', 'issue', {
    sample: row.id,
    organisation: row.organisation,
    content,
    replaces: before?.entry ?? null,
  });
  await setTerms(row, concluded.conclusion === 'fails', act);
  return {
    ...concluded,
    reportNumber,
    reportedOn: act.occurredOn,
    revision: report.revision,
    report: content,
    reportHash: issued.contentHash as string,
    signature: null,
    issued: issued.id,
  };
}

/** What is kept of the sample now has its last day: it depends on the conclusion (practice W17). */
async function setTerms(row: SampleRow, fails: boolean, act: Act): Promise<void> {
  const kept = await act.sql.query<{ id: string; kind: KeptKind }>(
    `select id, kind from laboratory.kept_sample where sample = $1 and state = 'kept'`,
    [row.id],
  );
  const [bench] = await act.sql.query<{ months: number }>(
    'select retained_months as months from laboratory.bench where id = $1',
    [row.bench],
  );
  const addMonths = (day: string, amount: number): string =>
    computeDeadline(
      { kind: 'within', unit: 'month', amount, rollForward: 'none', basis: '样品保存期限' },
      day,
      act.calendar,
    ).dueOn!;
  for (const { id, kind } of kept) {
    const own = { shelfLifeUntil: row.shelfLifeUntil ?? null, retainedMonths: bench?.months ?? 3 };
    const until = keepUntil(kind, act.occurredOn, fails, own, addMonths);
    await act.perform('laboratory.kept-sample', id, 'setTerm', { keepUntil: until });
  }
}

export const Returned = z.strictObject({
  returnedReason: field.longText('组织部门退回理由', { en: 'Why the organiser returned it', max: 2000 }),
});

export const Retraction = z.strictObject({ reason: field.longText('理由', { en: 'Reason', max: 2000 }) });

/** A report is taken back only with a reason that everybody who checks it reads; what it said stays in the events. */
export async function retract(
  row: SampleRow,
  { reason }: z.infer<typeof Retraction>,
  act: Act,
): Promise<Partial<SampleRow>> {
  await act.perform('laboratory.issued-report', row.issued!, 'withdraw', { reason });
  return { conclusion: null, seriousness: null, reportedOn: null, returnedReason: null };
}
