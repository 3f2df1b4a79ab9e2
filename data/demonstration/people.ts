import { offices } from '../organisation/index.ts';
import { descendants } from '../regions/index.ts';
import { choices } from './draw.ts';
import { demonstrationEnterprises } from './enterprises.ts';
import { demonstrationLaboratories } from './laboratories.ts';
import { personName } from './names.ts';

/** Somebody who signs in to the demonstration. Names are put together from common characters; nobody real is meant. */
export interface DemonstrationPerson {
  /** Name to sign in with: role and place, `result-handler.430102`. Unique. */
  readonly account: string;
  readonly name: string;
  /** Id of a role in data/organisation. */
  readonly role: string;
  /** Office code, for those who act for an organ. */
  readonly office: string | null;
  /** Credit code, for those who act for a firm or a testing body. */
  readonly organisation: string | null;
}

interface Post {
  readonly role: string;
  readonly office?: string;
  readonly organisation?: string;
  readonly account: string;
}

const LABORATORY_STAFF = [
  'laboratory-receiver',
  'laboratory-tester',
  'laboratory-tester',
  'laboratory-checker',
  'laboratory-signatory',
  'sampler',
  'sampler',
  'laboratory-quality',
];

/**
 * The staff of the demonstration: planners, chiefs, heads, organisers, auditors and administrators of both provinces, an organiser and two
 * samplers in every city, a result handler in every county bureau, eight people in every testing body, and an agent for
 * each of the first six enterprises of Hunan under the same seed.
 */
export function demonstrationPeople(seed: string): DemonstrationPerson[] {
  const seen = new Map<string, number>();
  return [...provincialPosts(), ...localPosts(), ...laboratoryPosts(seed), ...enterprisePosts(seed)].map((post) => {
    const times = (seen.get(post.account) ?? 0) + 1;
    seen.set(post.account, times);
    const account = times === 1 ? post.account : `${post.account}.${times}`;
    return {
      account,
      name: personName(choices(seed, `person ${account}`)),
      role: post.role,
      office: post.office ?? null,
      organisation: post.organisation ?? null,
    };
  });
}

const atOffice = (role: string, office: string): Post => ({ role, office, account: `${role}.${office.slice(0, 6)}` });

function provincialPosts(): Post[] {
  const hunan = [
    ...['planner', 'section-chief', 'sampling-organiser', 'sampling-organiser'].map((role) =>
      atOffice(role, '430000-S02'),
    ),
    atOffice('bureau-head', '430000'),
    atOffice('auditor', '430000-S16'),
    ...['system-administrator', 'security-administrator'].map((role) => atOffice(role, '430000-S17')),
  ];
  const fujian = [
    'planner',
    'section-chief',
    'sampling-organiser',
    'bureau-head',
    'auditor',
    'system-administrator',
    'security-administrator',
  ];
  return [...hunan, ...fujian.map((role) => atOffice(role, '350000'))];
}

function localPosts(): Post[] {
  const levels = new Map(
    ['350000', '430000'].flatMap((code) => descendants(code)).map((region) => [region.code, region.level]),
  );
  return offices().flatMap((office): Post[] => {
    if (office.kind !== 'bureau' || office.parent === null) return [];
    if (levels.get(office.code) === 'county') return [atOffice('result-handler', office.code)];
    return ['section-chief', 'sampling-organiser', 'sampler', 'sampler'].map((role) => atOffice(role, office.code));
  });
}

function laboratoryPosts(seed: string): Post[] {
  return demonstrationLaboratories(seed).flatMap(({ creditCode, id }) =>
    LABORATORY_STAFF.map((role) => ({ role, organisation: creditCode, account: `${role}.${id}` })),
  );
}

function enterprisePosts(seed: string): Post[] {
  return demonstrationEnterprises(seed, 6, ['430000']).map(({ creditCode }, index) => ({
    role: 'enterprise-agent',
    organisation: creditCode,
    account: `enterprise-agent.${index + 1}`,
  }));
}
