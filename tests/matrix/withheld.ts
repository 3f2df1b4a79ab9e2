import { randomUUID } from 'node:crypto';
import { actorOf, type Claim } from '@hengjian/kernel';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Matrix, Post, Row } from './installation.ts';

/** What the application works with and cannot read, whatever statement it sends: addresses, reservation keys, exclusions. */
export function withheld(held: () => Matrix): void {
  describe('what the application itself may not read', () => {
    let matrix: Matrix;
    let drawn: string;
    let opened: string;

    beforeAll(async () => {
      matrix = held();
      const draws = await matrix.rows<{ id: string; state: string }>('select id, state from sampling.draw');
      drawn = draws.find(({ state }) => state === 'drawn')!.id;
      opened = draws.find(({ state }) => state === 'opened')!.id;
      // A person kept from a firm, so that there is something to hide; taken away again below.
      for (const draw of [drawn, opened])
        await matrix.rows(
          `insert into sampling.exclusion (draw, position, sampler, salt, reason) values ($1, 0, 0, '\\x00', '配偶在该企业任职')`,
          [draw],
        );
      await matrix.rows(`update kernel.person set email = 'zhao@example.org' where id = $1`, [
        matrix.post('section-chief', '430000').person,
      ]);
    });

    const claimOf = (post: Post): Claim =>
      actorOf(matrix.platform, {
        ...post,
        personName: '',
        organisationName: null,
        validUntil: null,
        actingForName: null,
      }).claim;
    const raw = (post: Post | null, text: string, parameters: unknown[] = []): Promise<Row[]> =>
      matrix.platform.database.transaction('hengjian_app', post === null ? null : claimOf(post), (tx) =>
        tx.query(text, parameters),
      );

    it.each([
      'select email from kernel.person',
      'select * from kernel.person',
      `select 1 from kernel.person where email like 'z%'`,
      'select * from kernel.reservation',
      `select count(*) from kernel.reservation where key like 'sampling.%'`,
      'delete from kernel.reservation',
      `insert into kernel.reservation (key, record, event) values ('x', gen_random_uuid(), gen_random_uuid())`,
      'select * from sampling.exclusion',
      'select count(reason) from sampling.exclusion',
      'delete from sampling.exclusion',
      `update sampling.exclusion set reason = 'x'`,
      `select kernel.stands_in(gen_random_uuid(), '{auditor}')`,
    ])('refuses to every post: %s', async (text) => {
      for (const post of [matrix.post('system-administrator', '430000'), matrix.post('planner', '430000')])
        await expect(raw(post, text), post.role).rejects.toThrow(/permission denied/);
    });

    it('gives the exclusions of a draw with their reasons to the auditors who see it, and to nobody else', async () => {
      const wrong: string[] = [];
      for (const post of matrix.posts)
        for (const draw of [drawn, opened]) {
          const rows = await raw(post, 'select * from sampling.exclusions_of($1)', [draw]);
          const visible = (await raw(post, 'select 1 from sampling.draw where id = $1', [draw])).length > 0;
          const audits = visible && post.role === 'auditor';
          const carries = visible && draw === drawn && ['planner', 'organiser'].includes(post.role);
          const reasons = rows.filter(({ reason }) => reason !== null).length;
          if (rows.length !== (audits || carries ? 1 : 0) || reasons !== (audits ? 1 : 0))
            wrong.push(`${post.role} at ${post.organisation ?? post.office}: ${rows.length} rows, ${reasons} reasons`);
        }
      expect(wrong).toEqual([]);
      expect(await raw(null, 'select * from sampling.exclusions_of($1)', [drawn])).toEqual([]);
      const auditor = matrix.post('auditor', '430000');
      expect(await raw(auditor, 'select * from sampling.exclusions_of($1)', [drawn])).toHaveLength(1);
    });

    it('does not keep the exclusions in the event that made them', async () => {
      const rows = await matrix.rows<{ exclusions: unknown }>(
        `select input->'exclusions' as exclusions from kernel.event where entity = 'sampling.draw' and action = 'commit'`,
      );
      expect(rows.length).toBeGreaterThan(0);
      for (const { exclusions } of rows) expect(exclusions).toEqual({ sealed: true });
    });

    it('answers about a reservation key that is known, gives it back to its own record only, and lists none', async () => {
      const [one] = await matrix.rows<{ key: string; record: string }>(
        `select key, record from kernel.reservation where key like 'sampling.same-product|%' and until > '2020-01-01' order by key`,
      );
      const planner = matrix.post('planner', '430000');
      const ask = async (post: Post | null, key: string): Promise<unknown> =>
        (await raw(post, `select kernel.is_reserved(array[$1], '2020-01-01') as held`, [key]))[0]!.held;
      expect(await ask(planner, one!.key)).toBe(true);
      expect(await ask(planner, `${one!.key} `)).toBe(false);
      expect(await ask(null, one!.key)).toBe(false);
      const before = await matrix.rows('select key from kernel.reservation');
      const stranger = matrix.post('planner', '350000');
      const release = 'select kernel.release_reservations($1) as n';
      expect(await raw(stranger, release, [one!.record])).toEqual([{ n: 0 }]);
      expect(
        await raw(null, `select kernel.take_reservation('x', $1, $1, null, '2026-01-01') as taken`, [randomUUID()]),
      ).toEqual([{ taken: false }]);
      expect(await matrix.rows('select key from kernel.reservation')).toEqual(before);
    });

    it('leaves the address of a person to the sign-in', async () => {
      const post = matrix.post('section-chief', '430000');
      const [row] = await matrix.platform.database.transaction('hengjian_machine', null, (tx) =>
        tx.query<{ email: string }>('select email from kernel.person where id = $1', [post.person]),
      );
      expect(row!.email).toBe('zhao@example.org');
      await matrix.rows('update kernel.person set email = null where id = $1', [post.person]);
      await matrix.rows('delete from sampling.exclusion where draw = any($1)', [[drawn, opened]]);
    });
  });
}
