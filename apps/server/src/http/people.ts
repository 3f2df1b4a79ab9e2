import { Problem } from '@hengjian/kernel';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { enterPerson, spendInvitation } from '../organisation/invitations.ts';
import type { SignIn } from '../sign-in/index.ts';
import type { Server } from './app.ts';
import { parse } from './records.ts';

const newPerson = z.strictObject({ name: z.string().trim().min(1).max(80), email: z.email().max(254) });
const firstSignIn = z.strictObject({ token: z.string().min(20).max(100), password: z.string().min(1).max(1000) });

/** Entering somebody by hand, and his first sign-in by the link that the administrator passed on. */
export function peopleRoutes(
  app: FastifyInstance,
  { platform, actor, configuration, limits }: Server,
  signIn: SignIn,
): void {
  app.post('/api/people', async (request, reply) => {
    const who = await actor(request);
    if (who.role !== 'system-administrator')
      throw new Problem(
        403,
        'not-your-role',
        '人员由系统管理员登记。',
        'People are entered by the system administrator.',
      );
    const entered = await enterPerson(platform, parse(newPerson, request.body), configuration.baseUrl);
    return reply.code(201).header('cache-control', 'no-store').send(entered);
  });
  app.post('/api/first-sign-in', { config: { rateLimit: limits.uploads } }, async (request, reply) => {
    const { token, password } = parse(firstSignIn, request.body);
    // A password that is refused must not cost the link.
    signIn.checkPassword(password);
    const { person, email } = await spendInvitation(platform, token);
    await signIn.createAccount(person, email, password);
    return reply.code(201).send({ email });
  });
}
