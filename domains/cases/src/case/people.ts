import { type Act, type Refusal, refuse } from '@hengjian/kernel';
import { o2, penaltyLaw } from '../clauses.ts';
import type { CaseRow } from './entity.ts';

/** Actions by which somebody investigates, reviews or hears; on the case and on what belongs to it. */
const investigating = [
  'cases.case.verify',
  'cases.case.takeEvidence',
  'cases.case.beginMeasure',
  'cases.case.issuePaper',
  'cases.case.conclude',
  'cases.case.reexamine',
  'cases.evidence.confirm',
  'cases.measure.preserve',
  'cases.measure.seize',
];
const reviewing = [
  'cases.case.passReview',
  'cases.case.adviseCorrection',
  'cases.case.passLegal',
  'cases.case.failLegal',
];
const hearing = ['cases.hearing.hold', 'cases.hearing.report'];
const parts = { investigation: investigating, review: reviewing, hearing } as const;
export type Part = keyof typeof parts;
const partNames: Record<Part, { zh: string; en: string }> = {
  investigation: { zh: '调查', en: 'the investigation' },
  review: { zh: '审核', en: 'the review' },
  hearing: { zh: '听证主持', en: 'the hearing' },
};

/** Everybody who had a hand in a part of a case, over its whole history: actors, and those who proposed. */
export async function handsIn(caseId: string, part: Part, act: Act): Promise<Set<string>> {
  const rows = await act.sql.query<{ person: string }>(
    `with own as (
       select e.actor, e.hands from kernel.event e join kernel.record r on r.id = e.record
       where (r.id = $1 or r.parent = $1) and e.entity || '.' || e.action = any($2::text[]))
     select actor::text as person from own
     union select h ->> 'person' from own, jsonb_array_elements(own.hands) h where h ->> 'part' = 'proposed'`,
    [caseId, parts[part]],
  );
  const people = new Set(rows.map(({ person }) => person));
  if (part !== 'investigation') return people;
  const assigned = await act.sql.query<{ person: string }>(
    `select o ->> 'person' as person from kernel.event e, jsonb_array_elements(e.changes -> 'officers' -> 1) o
     where e.record = $1 and e.action in ('assign', 'replaceOfficer') and jsonb_typeof(e.changes -> 'officers' -> 1) = 'array'`,
    [caseId],
  );
  for (const { person } of assigned) people.add(person);
  return people;
}

/** 调查、审核、决定三分离: whoever acts had no hand in these parts of the case, on any record of it, at any time. */
export async function refuseUnlessApart(
  caseId: string,
  from: readonly Part[],
  act: Act,
  clause: string,
  person: string = act.actor.person,
): Promise<true | Refusal> {
  for (const part of from)
    if ((await handsIn(caseId, part, act)).has(person))
      return refuse(
        'separation',
        `参加过本案${partNames[part].zh}的人员不得办理此项（${clause}）。`,
        `Who took part in ${partNames[part].en} of this case may not do this (${clause}).`,
      );
  return true;
}

/** Two officers with certificates that are valid today, none of them twice (penalty law art. 42; order 2 arts 19, 22). */
export async function certified(
  people: readonly string[],
  act: Act,
): Promise<{ officers: NonNullable<CaseRow['officers']> } | { refusal: Refusal }> {
  if (new Set(people).size !== people.length)
    return { refusal: refuse('officer-twice', '同一人员列了两次。', 'One person is named twice.', 'people') };
  if (people.length < 2)
    return {
      refusal: refuse(
        'two-officers',
        `办案人员不得少于两人（${penaltyLaw('第四十二条')}；${o2('第十九条、第二十二条')}）。`,
        `Two officers at least (${penaltyLaw('第四十二条')}; ${o2('第十九条、第二十二条')}).`,
        'people',
      ),
    };
  const held = await act.sql.query<{ person: string; name: string; certificate: string }>(
    `select distinct on (person) person, person_name as name, certificate from kernel.grant
     where person = any($1::uuid[]) and state = 'held' and role = 'case-officer' and certificate is not null
       and certificate_until >= $2 and valid_from <= $2 and (valid_until is null or valid_until >= $2)
     order by person, certificate_until desc`,
    [people, act.occurredOn],
  );
  const missing = people.filter((person) => !held.some((one) => one.person === person));
  if (missing.length > 0)
    return {
      refusal: refuse(
        'certificate-missing',
        `有 ${missing.length} 名人员没有本机关办案岗位的有效行政执法证（${penaltyLaw('第四十二条')}）。`,
        `${missing.length} of them hold no valid enforcement certificate of a case officer here (${penaltyLaw('第四十二条')}).`,
        'people',
      ),
    };
  return { officers: people.map((person) => held.find((one) => one.person === person)!) };
}

/** Officers of the case who took part in an act: two at least, all of them assigned. */
export function refuseUnlessTwo(row: Pick<CaseRow, 'officers'>, people: readonly string[]): true | Refusal {
  const assigned = new Set((row.officers ?? []).map(({ person }) => person));
  if (new Set(people).size < 2)
    return refuse(
      'two-officers',
      `调查或者检查时办案人员不得少于两人（${o2('第二十二条')}）。`,
      `Two officers at least (${o2('第二十二条')}).`,
      'present',
    );
  return (
    people.every((person) => assigned.has(person)) ||
    refuse('not-assigned', '有人不是本案的办案人员。', 'Somebody is no officer of this case.', 'present')
  );
}

/** Where a child of a case is acted on: the actor is an officer of the case. */
export async function refuseUnlessOfCase(caseId: string, act: Act): Promise<true | Refusal> {
  const [held] = await act.sql.query<{ officers: { person: string }[] | null }>(
    'select officers from cases.case where id = $1',
    [caseId],
  );
  return (
    (held?.officers ?? []).some(({ person }) => person === act.actor.person) ||
    refuse(
      'not-assigned',
      `只有本案的办案人员可以办理（${o2('第十九条第二款')}）。`,
      `Only officers of this case may do this (${o2('第十九条第二款')}).`,
    )
  );
}
