import type { Transaction } from '@hengjian/kernel';
import { penaltyLines } from '../case/documents.ts';
import type { CaseRow } from '../case/entity.ts';
import { benchmarkOn, rangeOf } from '../discretion/rules.ts';
import { publicityClass } from './term.ts';

const columns = `party_kind as "partyKind", party, party_name as "partyName", party_code as "partyCode", address, representative, cause,
  region, violation, violated_on as "violatedOn", found_on as "foundOn", goods_value as "goodsValue", factors, warning, fine,
  confiscated_gains as "confiscatedGains", confiscated_goods as "confiscatedGoods", licence_measure as "licenceMeasure",
  suspended_until as "suspendedUntil", business_stop as "businessStop", decided_on as "decidedOn", decision_number as "decisionNumber"`;

/**
 * What the publication of a decided case is prepared with, or undefined where nothing is published: a warning alone (W10), or no
 * decision. The text is as served; the publication's own first step redacts it.
 */
export async function publicationOf(
  sql: Transaction,
  caseId: string,
  bureau: string,
): Promise<Record<string, unknown> | undefined> {
  const [row] = await sql.query<CaseRow>(`select ${columns} from cases.case where id = $1`, [caseId]);
  if (!row?.decidedOn || !row.decisionNumber) return undefined;
  const day = row.violatedOn ?? row.foundOn;
  const benchmark = benchmarkOn(row.violation ?? '', day);
  const range =
    benchmark === undefined
      ? undefined
      : rangeOf(benchmark, { goodsValue: row.goodsValue ?? '0', factors: row.factors ?? [] });
  const publicity = publicityClass(row, {
    person: row.partyKind === 'person',
    lenient: range?.grade.grade === 'lenient',
    benchmark,
    day: row.decidedOn,
  });
  if (publicity === null) return undefined;
  const [paper] = await sql.query<{ content: { paragraphs?: string[] } }>(
    `select content from cases.paper where penalty_case = $1 and form = 'decision' order by id desc limit 1`,
    [caseId],
  );
  const person = row.partyKind === 'person';
  return {
    penaltyCase: caseId,
    decisionNumber: row.decisionNumber,
    partyName: person ? `${row.partyName.slice(0, 1)}某` : row.partyName,
    partyCode: row.partyCode,
    party: row.party,
    violation: benchmark?.zh ?? row.cause,
    penalty: penaltyLines(row).join('；'),
    authority: bureau,
    decidedOn: row.decidedOn,
    publicity,
    restrictedUntil: row.suspendedUntil,
    // A credit code carries the registering authority's division in its third to eighth place.
    outside: row.partyCode != null && row.partyCode.slice(2, 4) !== row.region.slice(0, 2),
    text: (paper?.content.paragraphs ?? []).join('\n').slice(0, 60_000),
    persons: [row.representative, person ? row.partyName : null].filter(Boolean),
    addresses: person && row.address ? [row.address] : [],
    secrets: [],
  };
}
