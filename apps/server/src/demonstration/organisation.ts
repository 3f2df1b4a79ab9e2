import { randomUUID } from 'node:crypto';
import { type Actor, actorOf, dayInChina, execute, type Kernel } from '@hengjian/kernel';
import { type Role, roles } from '@hengjian/people';
import { v5 as uuidFrom } from 'uuid';
import { demonstrationLaboratories, demonstrationPeople } from '../../../../data/demonstration/index.ts';
import { offices } from '../../../../data/organisation/index.ts';
import { findRegion } from '../../../../data/regions/index.ts';
import type { Platform } from '../platform.ts';

const namespace = '2f3e7a52-5b50-4cbb-8a55-6f0f9d1c7e11';
export const demonstrationSeed = 'hengjian';

/** Ids of the demonstration are made from what they stand for, so that every installation has the same. */
export const idOf = (kind: 'person' | 'organisation', key: string): string => uuidFrom(`${kind}/${key}`, namespace);

/** The data's names of posts, where they differ from the platform's. */
const roleNames: Record<string, string> = { 'sampling-organiser': 'organiser' };

/** Provincial staff keep their section in the data; on the platform they act for the whole bureau. */
const bureauOf = (office: string | null): string =>
  office === null ? '430000' : office.startsWith('430000') ? '430000' : office;

/** Short name of an organ in official numbers: 湘市监, 长沙市监, 芙蓉市监. */
export function shortName(zh: string, region: string): string {
  const provinces: Record<string, string> = { '430000': '湘', '350000': '闽' };
  const place =
    provinces[region] ??
    (findRegion(region)?.name ?? zh).replace(/(土家族苗族自治州|[市县区]|苗族自治县|侗族自治县|瑶族自治县)$/, '');
  const detail = /开发区分局/.test(zh) ? '开' : /支队|大队/.test(zh) ? '执' : /所$/.test(zh) ? '所' : '';
  return `${place}市监${detail}`;
}

/** Writes the tree of offices as the owner: it is configuration, not a record. */
export async function seedOffices(platform: Platform): Promise<void> {
  const all = offices();
  const parents = new Map(all.map(({ code, parent }) => [code, parent]));
  const placeOf = (code: string): string[] => {
    const parent = parents.get(code) ?? null;
    return parent === null ? [code] : [...placeOf(parent), code];
  };
  await platform.database.asOwner(async (tx) => {
    for (const { code, parent, kind, zh, en, region, home } of all)
      await tx.query(
        'insert into kernel.office (code, parent, kind, zh, en, short, region, home, place) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
        [code, parent, kind, zh, en, shortName(zh, region), region, home, placeOf(code)],
      );
  });
  await platform.refreshOffices();
}

/** Posts of licensing at the provincial bureau. */
const licensingPosts = (
  [
    ['licence-window.430000', '上官受', 'licence-window'],
    ['licence-examiner.430000', '皇甫审', 'licence-examiner'],
    ['licence-reviewer.430000', '令狐评', 'licence-reviewer'],
    ['licence-reviewer.430000.2', '慕容核', 'licence-reviewer'],
    ['licence-reviewer.430000.3', '宇文察', 'licence-reviewer'],
    ['licence-decider.430000', '诸葛决', 'licence-decider'],
    ['licence-supervisor.430000', '尉迟访', 'licence-supervisor'],
  ] as const
).map(([account, name, role]) => ({ account, name, role, office: '430000', organisation: null }));

/** Posts of inspection at one county: two officers with their certificates, who plans, who reviews. */
export const inspectionPosts = (
  [
    ['inspector.430102', '南宫检', 'inspector', '湘执430102001'],
    ['inspector.430102.2', '东郭查', 'inspector', '湘执430102002'],
    ['planner.430102', '西门策', 'planner', null],
    ['section-chief.430102', '北堂审', 'section-chief', null],
    ['bureau-head.430102', '公孙定', 'bureau-head', null],
  ] as const
).map(([account, name, role, certificate]) => ({
  account,
  name,
  role,
  office: '430102',
  organisation: null,
  certificate,
}));
/** The certificates of the demonstration hold this many days from its first day. */
export const certificateDays = 1_800;
/** Posts of 12315 in one county, and the desk of the city above it. */
const complaintPosts = (
  [
    ['complaint-desk.430100', '淳于转', 'complaint-desk', '430100'],
    ['complaint-desk.430102', '东郭听', 'complaint-desk', '430102'],
    ['complaint-handler.430102', '南宫和', 'complaint-handler', '430102'],
    ['report-verifier.430102', '西门查', 'report-verifier', '430102'],
  ] as const
).map(([account, name, role, office]) => ({ account, name, role, office, organisation: null }));
/** Posts of penalty cases at the provincial bureau; who investigates carries an enforcement certificate. */
const casePosts = (
  [
    ['case-officer.430000', '公孙办', 'case-officer'],
    ['case-officer.430000.2', '夏侯证', 'case-officer'],
    ['case-reviewer.430000', '东方核', 'case-reviewer'],
    ['hearing-host.430000', '南宫听', 'hearing-host'],
  ] as const
).map(([account, name, role]) => ({ account, name, role, office: '430000', organisation: null }));

/** People by account, and who they are when they act. */
export type Staff = ReadonlyMap<string, Actor>;

/** Enters the people of the demonstration; the first administrator by the owner, every other grant by his appointment. */
export async function seedPeople(platform: Platform, now: () => Date): Promise<Staff> {
  const today = dayInChina(now());
  const laboratories = new Map(
    demonstrationLaboratories(demonstrationSeed).map((laboratory) => [laboratory.creditCode, laboratory.zh]),
  );
  const people = [
    ...demonstrationPeople(demonstrationSeed),
    { account: 'test-expert.430000', name: '欧阳知衡', role: 'test-expert', office: '430000', organisation: null },
    { account: 'data-steward.430000', name: '司徒明册', role: 'data-steward', office: '430000', organisation: null },
    {
      account: 'accreditation-officer.430000',
      name: '闻人鉴衡',
      role: 'accreditation-officer',
      office: '430000',
      organisation: null,
    },
    ...licensingPosts,
    ...inspectionPosts,
    ...complaintPosts,
    ...casePosts,
    { account: 'data-steward.350000', name: '端木录真', role: 'data-steward', office: '350000', organisation: null },
  ]
    .map((person) => ({ ...person, role: roleNames[person.role] ?? person.role }))
    .filter((person): person is typeof person & { role: Role } => person.role in roles);
  const staff = new Map<string, Actor>();
  await platform.database.asOwner(async (tx) => {
    for (const { account, name } of people)
      await tx.query('insert into kernel.person (id, name, demonstration) values ($1, $2, true)', [
        idOf('person', account),
        name,
      ]);
  });
  const administrators = new Map<string, Actor>();
  for (const person of people.filter(({ role }) => role === 'system-administrator')) {
    const office = bureauOf(person.office);
    const grant = randomUUID();
    await platform.database.asOwner((tx) =>
      tx.query(...firstGrant(platform, grant, { ...person, office, id: idOf('person', person.account) }, today)),
    );
    const actor = actorOf(platform, {
      id: grant,
      person: idOf('person', person.account),
      personName: person.name,
      role: person.role,
      office,
      organisation: null,
      organisationName: null,
      validUntil: null,
      actingForName: null,
    });
    administrators.set(office.slice(0, 2), actor);
    staff.set(person.account, actor);
  }
  for (const person of people) {
    if (person.role === 'system-administrator') continue;
    const office = bureauOf(person.office);
    const organisation = person.organisation === null ? null : idOf('organisation', person.organisation);
    const id = idOf('person', person.account);
    const organisationName =
      person.organisation === null ? null : (laboratories.get(person.organisation) ?? person.account);
    const { record } = await execute(platform, administrators.get(office.slice(0, 2))!, {
      id: randomUUID(),
      entity: 'kernel.grant',
      action: 'appoint',
      office,
      input: {
        person: id,
        role: person.role,
        validFrom: today,
        ...(organisation === null ? {} : { organisation, organisationName }),
        ...certificateOf(person, today),
        ...(person.role === 'case-officer'
          ? {
              certificate: `湘执43000${person.account.endsWith('.2') ? 2 : 1}`,
              certificateUntil: `${Number(today.slice(0, 4)) + 5}-12-31`,
            }
          : {}),
      },
    });
    staff.set(
      person.account,
      actorOf(platform, {
        id: record,
        person: id,
        personName: person.name,
        role: person.role,
        office,
        organisation,
        organisationName,
        validUntil: null,
        actingForName: null,
      }),
    );
  }
  return staff;
}

/** Gives a firm of the story somebody who reads its papers: an agent who can sign in. */
export async function appointAgent(
  platform: Platform,
  administrator: Actor,
  firm: { id: string; name: string },
  name: string,
): Promise<void> {
  const person = idOf('person', `agent of ${firm.id}`);
  await platform.database.asOwner((tx) =>
    tx.query('insert into kernel.person (id, name, demonstration) values ($1, $2, true) on conflict do nothing', [
      person,
      name,
    ]),
  );
  await execute(platform, administrator, {
    id: randomUUID(),
    entity: 'kernel.grant',
    action: 'appoint',
    office: '430000',
    input: {
      person,
      role: 'enterprise-agent',
      validFrom: dayInChina(platform.now()),
      organisation: firm.id,
      organisationName: firm.name,
    },
  });
}

function firstGrant(
  kernel: Kernel,
  id: string,
  person: { id: string; name: string; role: string; office: string },
  today: string,
): [string, unknown[]] {
  const home = kernel.offices.get(person.office)!.home;
  return [
    `with granted as (insert into kernel.grant (id, home, office, parties, state, person, person_name, role, valid_from)
       values ($1, $2, $3, array['person:' || $4::text], 'held', $4::uuid, $5, $6, $7::date))
     insert into kernel.record (id, entity, home, office, title, state, opened_at, updated_at, version, edition, parties)
     values ($1, 'kernel.grant', $2, $3, $5 || ' · ' || $6, 'held', $7::date, $7::date, 1, '2020', array['person:' || $4::text])`,
    [id, home, person.office, person.id, person.name, person.role, today],
  ];
}

/** What a grant says of an enforcement certificate; nothing where the post needs none. */
function certificateOf(person: object, today: string): { certificate?: string; certificateUntil?: string } {
  const { certificate } = person as { certificate?: string | null };
  if (!certificate) return {};
  const until = new Date(Date.parse(`${today}T00:00:00Z`) + certificateDays * 86_400_000).toISOString().slice(0, 10);
  return { certificate, certificateUntil: until };
}
