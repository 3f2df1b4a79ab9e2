import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { readTruth, type Truth } from './expected.ts';
import type { Matrix, Post, Row } from './installation.ts';
import { act, command, form, improper, pdf, plan, stock } from './refusal.ts';

/** The same command many times at once, and any input for every action. */
export function anyInput(held: () => Matrix): void {
  describe('commands as the network and strangers send them', () => {
    let matrix: Matrix;
    let truth: Truth;
    let planner: Post;
    let organiser: Post;
    let task: string;

    beforeAll(async () => {
      matrix = held();
      truth = await readTruth(matrix);
      planner = matrix.post('planner', '430000');
      organiser = matrix.post('organiser', '430000');
      task = [...truth.facts.values()].find(({ entity }) => entity === 'sampling.task')!.id;
      await Promise.all(matrix.posts.map((post) => matrix.ask(post, '/api/me')));
    });

    it('cannot place a file by its name', async () => {
      for (const name of [
        '../../../log.key.pdf',
        '..\\..\\session.pdf',
        '/etc/passwd.pdf',
        '....//a.pdf',
        '\u202efdp.pdf',
        `${'长'.repeat(300)}.pdf`,
      ]) {
        const { status, body } = await matrix.ask(planner, '/api/uploads', form(name, pdf));
        expect(status, name).toBe(200);
        expect(body.name).not.toMatch(/[\\/]/);
        expect((body.name as string).length).toBeLessThanOrEqual(200);
      }
      const paths = await matrix.rows<{ sha256: string }>('select distinct sha256 from desk.upload');
      for (const { sha256 } of paths) expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    });

    it('cannot use what somebody else uploaded', async () => {
      const { body } = await matrix.ask(organiser, '/api/uploads', form('mine.pdf', pdf));
      const before = await stock(matrix);
      const documents = [{ kind: 'x', upload: body.id }];
      const answer = await act(matrix, planner, 'sampling.plan/draft', command({ input: plan, documents }));
      expect(improper(answer)).toBeUndefined();
      expect(await stock(matrix)).toEqual(before);
    });

    it('happens once when the same command arrives six times at once', async () => {
      const target = [...truth.facts.values()].find(({ entity }) => entity === 'sampling.task')!.id;
      const body = command({ input: { target, toOffice: '430102', purpose: '一次', kind: 'transfer' } });
      const before = Number((await stock(matrix))['kernel.handover']);
      const answers = await Promise.all(
        Array.from({ length: 6 }, () => act(matrix, organiser, 'kernel.handover/send', body)),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 201]);
      expect(new Set(answers.map((answer) => (answer.body.record as { id: string }).id)).size).toBe(1);
      expect(answers.filter((answer) => answer.body.replayed === false)).toHaveLength(1);
      expect((await stock(matrix))['kernel.handover']).toBe(before + 1);
      const other = await act(matrix, organiser, 'kernel.handover/send', {
        ...body,
        input: { target, toOffice: '430103', purpose: '另一', kind: 'transfer' },
      });
      expect([other.status, other.body.code]).toEqual([409, 'already-different']);
      const record = (answers[0]!.body.record as { id: string }).id;
      const stale = await act(matrix, organiser, 'kernel.handover/end', command({ record, version: 99 }));
      expect([stale.status, stale.body.code]).toEqual([409, 'version-conflict']);
      expect((stale.body.current as Row).id).toBe(record);
      await act(matrix, organiser, 'kernel.handover/end', command({ record, version: 1 }));
    });

    it('never makes the platform stumble, whatever an action is given', async () => {
      const before = await stock(matrix);
      const agents = matrix.posts.filter(({ organisation }) => organisation !== null);
      const actions = [...matrix.platform.register.lifecycles.values()].flatMap((lifecycle) =>
        Object.values(lifecycle.actions).map((action) => ({ lifecycle, action })),
      );
      const leaf = fc.oneof(
        fc.string({ unit: 'binary', maxLength: 12 }),
        fc.constantFrom(
          '',
          '\u0000',
          '\ud800',
          '0',
          '-1',
          '1e400',
          '9'.repeat(40),
          '0.1',
          '2026-02-30',
          '2026-12-31',
          '0001-01-01',
          '999999-01-01',
          '430000',
          '99',
          task,
          randomUUID(),
          '__proto__',
          '长'.repeat(5000),
        ),
        fc.constantFrom<unknown>(0, -1, 2 ** 31, 2 ** 53, 1e308, 0.5, true, false, null, [], {}, [null], [{}]),
        fc.jsonValue({ maxDepth: 2 }),
      );
      const wrong: string[] = [];
      for (const { lifecycle, action } of actions) {
        const records = [...truth.facts.values()].filter(
          ({ entity, state }) => entity === lifecycle.entity.name && action.from?.includes(state),
        );
        const roles = action.by.filter((role) => role !== 'system' && role in matrix.platform.register.roles);
        const officers = matrix.posts.filter(
          ({ role, office, organisation }) =>
            organisation === null &&
            office === '430000' &&
            (roles.length === 0 ? role === 'organiser' : roles.includes(role)),
        );
        const names = Object.keys((action.input as z.ZodObject).shape);
        const input = fc.oneof(
          fc.record(Object.fromEntries(names.map((name) => [name, leaf]))),
          fc.record(Object.fromEntries(names.map((name) => [name, leaf])), { requiredKeys: [] }),
          fc.dictionary(fc.string(), leaf, { maxKeys: 3 }),
        );
        for (const sample of fc.sample(input, { numRuns: 2, seed: 20260101 })) {
          const record = records[0]?.id;
          const post =
            agents.find((agent) => record !== undefined && roles.length === 0 && truth.maySee(agent, record)) ??
            officers[0] ??
            planner;
          const answer = await act(
            matrix,
            post,
            `${lifecycle.entity.name}/${action.name}/preview`,
            command({ input: sample, ...(action.from === null || record === undefined ? {} : { record }) }),
          );
          const fault = answer.status === 200 ? undefined : improper(answer);
          if (fault !== undefined)
            wrong.push(`${lifecycle.entity.name}.${action.name} ${JSON.stringify(sample).slice(0, 300)}: ${fault}`);
        }
      }
      expect(wrong).toEqual([]);
      expect(await stock(matrix)).toEqual(before);
    });
  });
}
