import { createHash, randomBytes } from 'node:crypto';
import { type Kernel, Problem, type Transaction } from '@hengjian/kernel';

/** A link by which somebody sets his first password, once; passed on by the administrator who vouches for the address. */
export interface Invitation {
  name: string;
  email: string;
  link: string;
}

const days = 7;
const digest = (token: string): string => createHash('sha256').update(token).digest('hex');
const placeOf = (token: string): string => `first-sign-in:${digest(token)}`;

/** The token goes out and is not kept; what is kept is its hash and whose it is. An earlier link of the same person ends. */
async function invite(tx: Transaction, person: string, now: Date): Promise<string> {
  const token = randomBytes(24).toString('base64url');
  await tx.query(`delete from desk.sign_in_verification where identifier like 'first-sign-in:%' and value = $1`, [
    person,
  ]);
  await tx.query('insert into desk.sign_in_verification (identifier, value, expires_at) values ($1, $2, $3)', [
    placeOf(token),
    person,
    new Date(now.getTime() + days * 86_400_000).toISOString(),
  ]);
  return token;
}

/** A link for each person of a roster who has an address and no account yet. */
export async function invitePeople(
  kernel: Kernel,
  lines: readonly { email: string }[],
  baseUrl: string,
): Promise<Invitation[]> {
  const addresses = [...new Set(lines.map(({ email }) => email.toLowerCase()).filter((email) => email !== ''))];
  const people = await kernel.database.asOwner((tx) =>
    tx.query<{ id: string; name: string; email: string }>(
      `select p.id, p.name, p.email from kernel.person p where p.email = any($1::text[])
         and not exists (select from desk.sign_in_credential c where c.user_id = p.id) order by p.email`,
      [addresses],
    ),
  );
  return kernel.database.transaction('hengjian_machine', null, async (tx) => {
    const made: Invitation[] = [];
    for (const { id, name, email } of people) {
      const token = await invite(tx, id, kernel.now());
      made.push({ name, email, link: `${baseUrl}/console/sign-in?first=${token}` });
    }
    return made;
  });
}

/** The links as a table that a spreadsheet opens. */
export const invitationTable = (made: readonly Invitation[]): string =>
  `\uFEFF姓名,邮箱,一次性登录链接\r\n${made.map(({ name, email, link }) => `"${name.replaceAll('"', '""')}",${email},${link}\r\n`).join('')}`;

/**
 * Whose link a token is; it counts once.
 * @throws Problem 422 `link-spent` when it was used, has ended or never was
 */
export async function spendInvitation(
  kernel: Pick<Kernel, 'database' | 'now'>,
  token: string,
): Promise<{ person: string; email: string }> {
  const [spent] = await kernel.database.transaction('hengjian_machine', null, (tx) =>
    tx.query<{ value: string }>(
      'delete from desk.sign_in_verification where identifier = $1 and expires_at > $2 returning value',
      [placeOf(token), kernel.now().toISOString()],
    ),
  );
  const [person] =
    spent === undefined
      ? []
      : await kernel.database.asOwner((tx) =>
          tx.query<{ id: string; email: string | null }>('select id, email from kernel.person where id = $1', [
            spent.value,
          ]),
        );
  if (!person?.email)
    throw new Problem(
      422,
      'link-spent',
      '这个链接已经用过、已过期或者不存在，请向系统管理员索取新的。',
      'This link was used, has ended or never was; ask the administrator for a new one.',
    );
  return { person: person.id, email: person.email };
}

/**
 * Enters somebody whom no roster named, so that he can be appointed by hand, and gives his first link.
 * @throws Problem 409 `email-taken`
 */
export async function enterPerson(
  kernel: Kernel,
  { name, email }: { name: string; email: string },
  baseUrl: string,
): Promise<Invitation & { person: string }> {
  const address = email.toLowerCase();
  const [entered] = await kernel.database.asOwner((tx) =>
    tx.query<{ id: string }>(
      'insert into kernel.person (id, name, email) values (gen_random_uuid(), $1, $2) on conflict (email) do nothing returning id',
      [name, address],
    ),
  );
  if (entered === undefined)
    throw new Problem(409, 'email-taken', '这个邮箱已有人使用。', 'Somebody has this address already.');
  const token = await kernel.database.transaction('hengjian_machine', null, (tx) =>
    invite(tx, entered.id, kernel.now()),
  );
  return { person: entered.id, name, email: address, link: `${baseUrl}/console/sign-in?first=${token}` };
}
