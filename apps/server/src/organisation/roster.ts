import { randomUUID } from 'node:crypto';
import { type Actor, dayInChina, execute, type Kernel, Problem } from '@hengjian/kernel';
import type { LineFault } from './offices.ts';
import type { Headings } from './table.ts';

/** One line of a roster: who holds which post at which office, or for which organisation, from when until when. */
export interface RosterLine {
  line: number;
  name: string;
  email: string;
  role: string;
  office: string;
  /** Credit code of an organisation in the register, for laboratories and firms. */
  organisation: string;
  from: string;
  until: string;
  certificate: string;
  certificateUntil: string;
}

const column = (required: boolean, ...called: string[]) => ({ called, required });

export const rosterHeadings = {
  name: column(true, '姓名', 'name'),
  email: column(false, '邮箱', '电子邮箱', 'email', 'e-mail'),
  role: column(true, '岗位', 'post', 'role'),
  office: column(true, '机关', '机关代码', 'office'),
  organisation: column(false, '单位代码', '统一社会信用代码', 'organisation', 'credit code'),
  from: column(false, '起始日', '任职日期', 'from'),
  until: column(false, '截止日', 'until'),
  certificate: column(false, '执法证号', 'certificate'),
  certificateUntil: column(false, '执法证有效期', 'certificate until'),
} satisfies Headings<Exclude<keyof RosterLine, 'line'>>;

export interface RosterOutcome {
  people: number;
  appointed: number;
  replaced: number;
  unchanged: number;
  faults: LineFault[];
}

interface HeldPost {
  id: string;
  validFrom: string;
  validUntil: string | null;
  certificate: string | null;
  certificateUntil: string | null;
}

const date = /^\d{4}-\d{2}-\d{2}$/;

/** The post by its identifier, Chinese or English name. */
function roleOf(kernel: Kernel, text: string): string | undefined {
  return Object.entries(kernel.register.roles).find(
    ([name, { zh, en }]) => name === text || zh === text || en.toLowerCase() === text.toLowerCase(),
  )?.[0];
}

/**
 * Appoints everybody whom a roster names, in the name of the administrator who brings it. A line that cannot be taken is reported and the
 * others are; a line that says what holds already changes nothing; one that says it differently ends the post and appoints anew. A
 * person is told from another of the same name by the e-mail address.
 */
export async function applyRoster(
  kernel: Kernel,
  administrator: Actor,
  lines: readonly RosterLine[],
): Promise<RosterOutcome> {
  const outcome: RosterOutcome = { people: 0, appointed: 0, replaced: 0, unchanged: 0, faults: [] };
  for (const line of lines) {
    try {
      await applyLine(kernel, administrator, line, outcome);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const { code, zh, en, errors } = error;
      const first = errors[0];
      outcome.faults.push({
        line: line.line,
        field: first?.path.replace('input.', '') ?? '',
        code,
        zh: first?.zh ?? zh,
        en: first?.en ?? en,
      });
    }
  }
  return outcome;
}

const refuse = (code: string, zh: string, en: string): never => {
  throw new Problem(422, code, zh, en);
};

async function applyLine(
  kernel: Kernel,
  administrator: Actor,
  line: RosterLine,
  outcome: RosterOutcome,
): Promise<void> {
  const role =
    roleOf(kernel, line.role) ?? refuse('unknown-role', `没有岗位“${line.role}”。`, `There is no post ${line.role}.`);
  const office = kernel.offices.get(line.office);
  if (office === undefined)
    refuse('unknown-office', `没有机关“${line.office}”。`, `There is no office ${line.office}.`);
  if (line.name === '') refuse('name-missing', '缺少姓名。', 'The name is missing.');
  if (line.email !== '' && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(line.email))
    refuse('email-malformed', '邮箱写法不对。', 'The e-mail address is malformed.');
  for (const text of [line.from, line.until, line.certificateUntil])
    if (text !== '' && !date.test(text))
      refuse('date-malformed', `日期“${text}”应写成 年-月-日。`, `The date ${text} is not YYYY-MM-DD.`);
  const organisation = line.organisation === '' ? null : await organisationOf(kernel, administrator, line.organisation);
  const person = await personOf(kernel, line, outcome);
  const wanted = {
    validFrom: line.from === '' ? dayInChina(kernel.now()) : line.from,
    validUntil: line.until === '' ? null : line.until,
    certificate: line.certificate === '' ? null : line.certificate,
    certificateUntil: line.certificateUntil === '' ? null : line.certificateUntil,
  };
  const held = await heldPost(kernel, person, role, line.office, organisation?.id ?? null);
  const from = line.from === '' && held !== undefined ? held.validFrom : wanted.validFrom;
  const same =
    held !== undefined &&
    held.validFrom === from &&
    held.validUntil === wanted.validUntil &&
    held.certificate === wanted.certificate &&
    held.certificateUntil === wanted.certificateUntil;
  if (same) {
    outcome.unchanged += 1;
    return;
  }
  const act = (action: string, record: string | undefined, input: Record<string, unknown>) =>
    execute(kernel, administrator, {
      id: randomUUID(),
      entity: 'kernel.grant',
      action,
      input,
      ...(record === undefined ? { office: line.office } : { record }),
    });
  if (held !== undefined) await act('end', held.id, {});
  await act('appoint', undefined, {
    person,
    role,
    ...Object.fromEntries(Object.entries({ ...wanted, validFrom: from }).filter(([, value]) => value !== null)),
    ...(organisation === null ? {} : { organisation: organisation.id, organisationName: organisation.name }),
  });
  if (held === undefined) outcome.appointed += 1;
  else outcome.replaced += 1;
}

async function heldPost(
  kernel: Kernel,
  person: string,
  role: string,
  office: string,
  organisation: string | null,
): Promise<HeldPost | undefined> {
  const [held] = await kernel.database.transaction('hengjian_machine', null, (tx) =>
    tx.query<HeldPost>(
      `select id, valid_from as "validFrom", valid_until as "validUntil", certificate, certificate_until as "certificateUntil" from kernel.grant
       where person = $1 and role = $2 and office = $3 and organisation is not distinct from $4::uuid and state = 'held' and acting_for is null`,
      [person, role, office, organisation],
    ),
  );
  return held;
}

/** The person of a line: by the address, else the only one of that name; entered by the owner when there is none. */
async function personOf(kernel: Kernel, { name, email }: RosterLine, outcome: RosterOutcome): Promise<string> {
  const address = email.toLowerCase();
  return kernel.database.asOwner(async (tx) => {
    const [known] =
      address === ''
        ? []
        : await tx.query<{ id: string; name: string }>('select id, name from kernel.person where email = $1', [
            address,
          ]);
    if (known !== undefined) {
      if (known.name !== name)
        refuse(
          'email-of-another',
          `邮箱 ${email} 属于“${known.name}”。`,
          `The address ${email} belongs to ${known.name}.`,
        );
      return known.id;
    }
    const named = await tx.query<{ id: string; email: string | null }>(
      `select id, email from kernel.person where name = $1 and kind = 'person'`,
      [name],
    );
    const free = named.filter((one) => address === '' || one.email === null);
    if (free.length > 1)
      refuse(
        'several-people',
        `有 ${free.length} 人叫“${name}”，请写明邮箱。`,
        `${free.length} people are called ${name}; give the e-mail address.`,
      );
    if (free[0] !== undefined) {
      if (address !== '') await tx.query('update kernel.person set email = $2 where id = $1', [free[0].id, address]);
      return free[0].id;
    }
    const id = randomUUID();
    await tx.query('insert into kernel.person (id, name, email) values ($1, $2, $3)', [
      id,
      name,
      address === '' ? null : address,
    ]);
    outcome.people += 1;
    return id;
  });
}

async function organisationOf(kernel: Kernel, { office }: Actor, code: string): Promise<{ id: string; name: string }> {
  const [found] = await kernel.database.asOwner((tx) =>
    tx.query<{ id: string; name: string }>(
      `select id, name from subjects.enterprise where credit_code = $1 and state = 'registered' order by office = $2 desc, id limit 1`,
      [code, office],
    ),
  );
  return (
    found ??
    refuse('unknown-organisation', `主体库中没有代码“${code}”。`, `The register holds nobody with the code ${code}.`)
  );
}
