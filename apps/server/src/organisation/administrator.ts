import { randomUUID } from 'node:crypto';
import { dayInChina, execute, type Kernel, machineActor, machines, Problem } from '@hengjian/kernel';

/**
 * Appoints the first system administrator of an installation, in the name of the machine that sets it up; every other post is given by
 * an administrator. Does nothing when there is one already.
 * @returns the person, and whether the post was given now
 * @throws Problem 422 `no-offices`, `unknown-office`, 409 `administrator-exists`
 */
export async function appointFirstAdministrator(
  kernel: Kernel,
  { name, email, office }: { name: string; email: string; office: string | undefined },
): Promise<{ person: string; appointed: boolean; office: string }> {
  const roots = [...kernel.offices.values()].filter(({ parent, closedOn }) => parent === null && closedOn === null);
  const at = office ?? (roots.length === 1 ? roots[0]!.code : undefined);
  if (at === undefined)
    throw new Problem(
      422,
      'no-offices',
      roots.length === 0 ? '还没有机关，请先用 --offices 建立机关。' : '有几个最上级机关，请用 --office 指明。',
      roots.length === 0
        ? 'There is no office yet; bring the list with --offices.'
        : 'There are several topmost offices; name one with --office.',
    );
  if (!kernel.offices.has(at))
    throw new Problem(422, 'unknown-office', `没有机关“${at}”。`, `There is no office ${at}.`);
  const address = email.toLowerCase();
  const [standing] = await kernel.database.asOwner((tx) =>
    tx.query<{ person: string; name: string; email: string | null }>(
      `select g.person, p.name, p.email from kernel.grant g join kernel.person p on p.id = g.person
       where g.role = 'system-administrator' and g.office = $1 and g.state = 'held' limit 1`,
      [at],
    ),
  );
  if (standing !== undefined) {
    if (standing.email === address) return { person: standing.person, appointed: false, office: at };
    throw new Problem(
      409,
      'administrator-exists',
      `系统管理员已是“${standing.name}”；其他任职由其办理。`,
      `${standing.name} is the system administrator already and gives every other post.`,
    );
  }
  const person = await kernel.database.asOwner(async (tx) => {
    const [known] = await tx.query<{ id: string }>('select id from kernel.person where email = $1', [address]);
    if (known !== undefined) return known.id;
    const id = randomUUID();
    await tx.query('insert into kernel.person (id, name, email) values ($1, $2, $3)', [id, name, address]);
    return id;
  });
  await execute(kernel, machineActor(kernel, machines.seed, at), {
    id: randomUUID(),
    entity: 'kernel.grant',
    action: 'appoint',
    office: at,
    input: { person, role: 'system-administrator', validFrom: dayInChina(kernel.now()) },
  });
  return { person, appointed: true, office: at };
}
