import type { Act, Refusal } from '@hengjian/kernel';
import { notFound, refuse } from '@hengjian/kernel';
import { authorityOf, isBelow } from '@hengjian/people';
import type { z } from 'zod';
import type { subjectShape } from './fields.ts';
import { samePerson } from './person.ts';

type Offices = Act['offices'];
type Subject = Pick<z.infer<z.ZodObject<typeof subjectShape>>, 'subjectKind' | 'region' | 'platformRegion'>;

/** A region's code without the zeros that only fill it up. */
const trimmed = (region: string): string => region.slice(0, 6).replace(/(?:00)+$/, '');
const covers = (authority: string, place: string): boolean => place.startsWith(trimmed(authority));

/** The authority that a place belongs to, as deep in the tree as there is one on this platform. */
export function authorityAt(offices: Offices, place: string): string | undefined {
  let best: { code: string; depth: number } | undefined;
  for (const { code, kind, region, closedOn } of offices.values()) {
    if (kind !== 'bureau' || closedOn !== null || !covers(region, place)) continue;
    const depth = trimmed(region).length;
    if (best === undefined || depth > best.depth) best = { code, depth };
  }
  return best?.code;
}

/**
 * Places whose authority may handle a complaint (order 121 art. 13): the actual place of business or domicile; a platform or own website
 * at its domicile; a merchant on a platform at the address shown there or at the platform's domicile.
 */
export const placesOf = ({ subjectKind, region, platformRegion }: Subject): string[] =>
  subjectKind === 'platform-merchant' && platformRegion ? [region, platformRegion] : [region];

/** Whether an office may handle it: its own authority, or a superior, who may take what lies below (art. 13(4)). */
export const isCompetent = (offices: Offices, office: string, subject: Subject): boolean =>
  placesOf(subject).some((place) => covers(authorityOf(offices, office).region, place));

/** Whether both stand below the office: it is then their common superior, who designates (art. 33). */
export const isCommonSuperior = (offices: Offices, office: string, one: string, other: string): boolean =>
  isBelow(offices, one, office) && isBelow(offices, other, office);

interface Moved {
  office: string;
  moves: number;
}

/** A matter is passed to another authority once, to the one it belongs to; a second time only its common superior does it. */
export function refuseTransfer(row: Moved & Subject, to: string, act: Act): true | Refusal {
  const { offices } = act;
  if (offices.get(to)?.kind !== 'bureau')
    return refuse('no-such-authority', '没有这个市场监督管理部门。', 'There is no such authority.', 'to');
  if (to === authorityOf(offices, row.office).code)
    return refuse('same-authority', '不能转给本机关。', 'It cannot be passed to oneself.', 'to');
  if (row.moves > 0)
    return refuse(
      'moved-already',
      '这件投诉已经转过一次，不得再转；有争议的，协商不成报共同的上一级指定。',
      'It was passed on once and may not be again; a dispute goes to the common superior, who designates.',
    );
  if (isCompetent(offices, row.office, row))
    return refuse(
      'first-receiver-keeps',
      '本机关有处理权限，应当由先收到的机关处理。',
      'This authority is competent; whoever received it first handles it.',
    );
  if (!isCompetent(offices, to, row))
    return refuse(
      'receiver-not-competent',
      '接收机关也没有处理权限，请按经营地或者平台住所地确定。',
      'The receiver is not competent either; look at the place of business or the platform’s domicile.',
      'to',
    );
  return true;
}

/** Designation: by whoever stands above both. */
export function refuseDesignation(row: Moved, to: string, act: Act): true | Refusal {
  const own = act.actor.office ?? '';
  if (act.offices.get(to)?.kind !== 'bureau')
    return refuse('no-such-authority', '没有这个市场监督管理部门。', 'There is no such authority.', 'to');
  return (
    isCommonSuperior(act.offices, own, row.office, to) ||
    refuse(
      'not-common-superior',
      '指定处理机关由共同的上一级市场监督管理部门作出。',
      'The common superior of both authorities designates.',
    )
  );
}

/** A unit of the authority itself, to which its desk distributes; never another authority (art. 41). */
export function refuseUnit(row: { office: string }, unit: string, act: Act): true | Refusal {
  const { offices } = act;
  return (
    (offices.has(unit) && authorityOf(offices, unit).code === authorityOf(offices, row.office).code) ||
    refuse(
      'not-own-unit',
      '只能分送本机关的内设机构、派出机构；由其他机关处理的按规定转送。',
      'It is distributed to units of the authority itself; what another authority handles is passed on by its own step.',
      'unit',
    )
  );
}

/** The matter goes on at another authority as a record of its own, with what was entered of it and how often it has moved. */
export async function passOn<Row extends Moved & { id: string; mixed: boolean; source?: string | null }>(
  entity: 'complaints.complaint' | 'complaints.report',
  names: readonly (keyof Row)[],
  row: Row,
  to: string,
  act: Act,
  more: Record<string, unknown> = {},
): Promise<{ wentTo: string }> {
  const arriving = {
    ...Object.fromEntries(names.map((name) => [name, row[name]])),
    receivedOn: act.occurredOn,
    mixed: row.mixed,
    ...more,
    source: row.source ?? null,
    cameFrom: row.id,
    moves: row.moves + 1,
  };
  await act.create(entity, 'arrive', arriving, { office: to, parent: row.id });
  return { wentTo: to };
}

/** A matter joins an earlier one only of the same person about the same firm (order 121 art. 16, 35(2)); said in the words of each. */
export async function refuseJoining(
  table: 'complaint' | 'report',
  row: { id: string; subjectName: string },
  other: string,
  act: Act,
  told: Record<'trader' | 'person', readonly [zh: string, en: string]>,
): Promise<true | Refusal> {
  const [earlier] = await act.sql.query<{ subjectName: string }>(
    `select subject_name as "subjectName" from complaints.${table} where id = $1`,
    [other],
  );
  if (earlier === undefined || other === row.id) throw notFound();
  if (earlier.subjectName !== row.subjectName) return refuse('another-trader', ...told.trader, 'mergedInto');
  return (await samePerson(row.id, other, act.sql)) === true || refuse('another-person', ...told.person, 'mergedInto');
}
