import { once, readJson, readRows } from '../read.ts';
import { UnknownCodeError } from '../unknown-code.ts';

export type OfficeKind = 'bureau' | 'section' | 'branch' | 'station' | 'brigade';

/** An organ of market regulation or a part of one (局, 处科, 分局, 所, 支队). */
export interface Office {
  /** Region code for a bureau; for its parts that code with a suffix: `-S01` section, `-D01` branch of a development zone, `-B01` brigade, `-T01` station. */
  readonly code: string;
  /** Null for a provincial bureau. */
  readonly parent: string | null;
  readonly kind: OfficeKind;
  readonly zh: string;
  readonly en: string;
  /** Six digits, GB/T 2260. A branch of a development zone has the code of the city it lies in. */
  readonly region: string;
  /** Partition number of the city (the province's own organs have theirs), given once and never changed. */
  readonly home: number;
}

/** A role on the platform; who holds it acts for an office or for an organisation (a firm, a testing body). */
export interface Role {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  /** `either`: samplers serve in an office or in a commissioned body. */
  readonly holder: 'office' | 'organisation' | 'either';
  /** What the role may do, in one line. */
  readonly may: { readonly zh: string; readonly en: string };
}

const OFFICE = { code: 'office-unknown', zh: '机构名录', en: 'office' };
const ROLE = { code: 'role-unknown', zh: '角色名录', en: 'role' };

const officesByCode = once(
  () =>
    new Map(
      readRows(import.meta.dirname, 'offices.csv').map(
        ([code = '', parent = '', kind = '', region = '', home = '', zh = '', en = '']): [string, Office] => [
          code,
          { code, parent: parent || null, kind: kind as OfficeKind, zh, en, region, home: Number(home) },
        ],
      ),
    ),
);

const rolesById = once(
  () => new Map(readJson<Role[]>(import.meta.dirname, 'roles.json').map((role) => [role.id, role])),
);

/** The offices of the demonstration: Hunan in full depth, Fujian as bureaus. A parent comes before its children. */
export const offices = (): readonly Office[] => [...officesByCode().values()];

export const findOffice = (code: string): Office | undefined => officesByCode().get(code);

/** @throws UnknownCodeError `office-unknown` */
export function getOffice(code: string): Office {
  const office = findOffice(code);
  if (office === undefined) throw new UnknownCodeError(OFFICE, code);
  return office;
}

/** The office itself and every office below it. @throws UnknownCodeError `office-unknown` */
export function officesUnder(code: string): Office[] {
  const below = offices().filter((office) => office.parent === code);
  return [getOffice(code), ...below.flatMap((office) => officesUnder(office.code))];
}

/** The roles that a sampling campaign needs. */
export const roles = (): readonly Role[] => [...rolesById().values()];

/** @throws UnknownCodeError `role-unknown` */
export function getRole(id: string): Role {
  const role = rolesById().get(id);
  if (role === undefined) throw new UnknownCodeError(ROLE, id);
  return role;
}
