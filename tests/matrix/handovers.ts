import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { readTruth, type Truth } from './expected.ts';
import type { Answer, Matrix, Post, Row } from './installation.ts';

/** What a hand-over opens, and that it closes again. */
export function handovers(held: () => Matrix): void {
  describe('a hand-over to a county', () => {
    let matrix: Matrix;
    let truth: Truth;
    let organiser: Post;
    let county: Post;
    let target: string;

    beforeAll(async () => {
      matrix = held();
      truth = await readTruth(matrix);
      organiser = matrix.post('organiser', '430000');
      county = matrix.post('result-handler', '430102');
      target = [...truth.facts.values()].find(
        ({ entity, state }) => entity === 'sampling.task' && state === 'concluded',
      )!.id;
      expect(truth.maySee(county, target)).toBe(false);
    });

    const act = (post: Post, action: string, input: Row, record?: string): Promise<Answer> =>
      matrix.ask(post, `/api/actions/kernel.handover/${action}`, {
        method: 'POST',
        body: { id: randomUUID(), input, ...(record === undefined ? {} : { record }) },
      });
    const send = async (): Promise<string> => {
      const { status, body, text } = await act(organiser, 'send', {
        target,
        toOffice: '430102',
        purpose: '请依法处理',
        kind: 'transfer',
      });
      expect(status, text).toBe(201);
      return (body.record as { id: string }).id;
    };
    const listed = async (post: Post): Promise<Set<string>> => {
      const { body } = await matrix.ask(post, '/api/records?limit=1000');
      return new Set((body.rows as { id: string }[]).map(({ id }) => id));
    };
    const sees = async (post: Post): Promise<boolean> =>
      (await matrix.ask(post, `/api/records/${target}`)).status === 200;

    it('opens exactly that record, and after its return no longer', async () => {
      const before = await listed(county);
      const elsewhere = [matrix.post('result-handler', '350102'), matrix.post('result-handler', '350100')];
      const unmoved = await Promise.all(elsewhere.map(listed));
      const handover = await send();
      const during = await listed(county);
      expect([...during].filter((id) => !before.has(id)).sort()).toEqual([target, handover].sort());
      expect(await sees(county)).toBe(true);
      expect(await Promise.all(elsewhere.map(listed))).toEqual(unmoved);
      const { status, text } = await act(county, 'returnIt', { reply: '不属本机关管辖' }, handover);
      expect(status, text).toBe(200);
      const after = await listed(county);
      expect([...after].filter((id) => !before.has(id))).toEqual([handover]);
      expect(await sees(county)).toBe(false);
    });

    it('closes when the sender ends it', async () => {
      const handover = await send();
      expect(await sees(county)).toBe(true);
      const { status, text } = await act(organiser, 'end', {}, handover);
      expect(status, text).toBe(200);
      expect(await sees(county)).toBe(false);
    });

    // Known fault of kernel.move_door: it closes the door without asking whether another hand-over still needs it.
    it('keeps the record open while a second hand-over of it to the same county is unfinished', async () => {
      const [first, second] = [await send(), await send()];
      expect((await act(organiser, 'end', {}, first)).status).toBe(200);
      expect(await sees(county)).toBe(true);
      expect((await act(organiser, 'end', {}, second)).status).toBe(200);
      expect(await sees(county)).toBe(false);
    });

    it('cannot be sent of a record that the sender may not see', async () => {
      const foreign = [...truth.facts.values()].find(
        ({ entity, office }) => entity === 'subjects.enterprise' && office.startsWith('35'),
      )!;
      const { status, body } = await act(organiser, 'send', {
        target: foreign.id,
        toOffice: '430102',
        purpose: '查',
        kind: 'transfer',
      });
      const none = await act(organiser, 'send', {
        target: randomUUID(),
        toOffice: '430102',
        purpose: '查',
        kind: 'transfer',
      });
      expect([status, body]).toEqual([none.status, none.body]);
      expect(status).toBeGreaterThanOrEqual(400);
    });

    it('cannot be sent on by the receiver for a record that is not at his office', async () => {
      const handover = await send();
      const sectionChief = matrix.post('section-chief', '430102');
      const { status } = await act(sectionChief, 'send', {
        target,
        toOffice: '350102',
        purpose: '转',
        kind: 'transfer',
      });
      expect(status).toBeGreaterThanOrEqual(400);
      expect(await sees(matrix.post('result-handler', '350102'))).toBe(false);
      expect((await act(organiser, 'end', {}, handover)).status).toBe(200);
    });
  });
}
