import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { readTruth } from './expected.ts';
import type { Answer, Matrix, Post } from './installation.ts';
import { act, boundary, command, form, improper, pdf, plan, stock } from './refusal.ts';

/** Every wrong input is refused in words and leaves nothing behind. */
export function badInput(held: () => Matrix): void {
  describe('wrong input', () => {
    let matrix: Matrix;
    let planner: Post;
    let organiser: Post;
    let task: string;

    beforeAll(async () => {
      matrix = held();
      const truth = await readTruth(matrix);
      planner = matrix.post('planner', '430000');
      organiser = matrix.post('organiser', '430000');
      task = [...truth.facts.values()].find(
        ({ entity, state }) => entity === 'sampling.task' && state === 'concluded',
      )!.id;
      // Everybody signs in first: what follows may write nothing at all.
      await Promise.all(matrix.posts.map((post) => matrix.ask(post, '/api/me')));
    });
    const json = { 'content-type': 'application/json' };

    it('is refused with a stable code and a sentence in Chinese, and nothing is written', async () => {
      const before = await stock(matrix);
      const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
      const cases: [string, () => Promise<Answer>, number | null, string | null][] = [
        ['malformed JSON', () => act(matrix, planner, 'sampling.plan/draft', '{"id":', json), 400, 'bad-json'],
        ['no body', () => act(matrix, planner, 'sampling.plan/draft', '', json), 400, null],
        ['a list for a command', () => act(matrix, planner, 'sampling.plan/draft', []), 400, 'bad-request'],
        ['a number for a command', () => act(matrix, planner, 'sampling.plan/draft', '7', json), 400, 'bad-request'],
        ['null for a command', () => act(matrix, planner, 'sampling.plan/draft', 'null', json), 400, 'bad-request'],
        [
          'another kind of content',
          () => act(matrix, planner, 'sampling.plan/draft', '<a/>', { 'content-type': 'text/xml' }),
          415,
          'wrong-media-type',
        ],
        [
          'a command without id',
          () => act(matrix, planner, 'sampling.plan/draft', { input: plan }),
          400,
          'bad-request',
        ],
        [
          'a command id that is no uuid',
          () => act(matrix, planner, 'sampling.plan/draft', { id: '1', input: plan }),
          400,
          'bad-request',
        ],
        [
          'a record that is no uuid',
          () => act(matrix, planner, 'sampling.plan/submit', command({ record: `${task}' or 1=1` })),
          400,
          'bad-request',
        ],
        [
          'wrong types',
          () => act(matrix, planner, 'sampling.plan/draft', command({ input: { ...plan, year: 'soon', budget: {} } })),
          422,
          'invalid-input',
        ],
        [
          'a list for an input',
          () => act(matrix, planner, 'sampling.plan/draft', command({ input: [] })),
          400,
          'bad-request',
        ],
        [
          'unknown fields',
          () => act(matrix, planner, 'sampling.plan/draft', command({ input: { ...plan, surprise: 1 } })),
          422,
          'invalid-input',
        ],
        [
          'a field named like the prototype',
          () =>
            act(matrix, planner, 'sampling.plan/draft', `{"id":"${randomUUID()}","input":{"__proto__":{"a":1}}}`, json),
          400,
          null,
        ],
        ['an unknown entity', () => act(matrix, planner, 'sampling.nothing/draft', command()), 404, 'unknown-entity'],
        [
          'an entity of every object',
          () => act(matrix, planner, '__proto__/constructor', command()),
          404,
          'unknown-entity',
        ],
        ['an unknown action', () => act(matrix, planner, 'sampling.plan/dance', command()), 404, 'unknown-action'],
        [
          'an action of every object',
          () => act(matrix, planner, 'sampling.plan/toString', command()),
          404,
          'unknown-action',
        ],
        [
          'a time to come',
          () => act(matrix, planner, 'sampling.plan/draft', command({ input: plan, occurredAt: tomorrow })),
          422,
          'in-the-future',
        ],
        [
          'a time that is none',
          () =>
            act(matrix, planner, 'sampling.plan/draft', command({ input: plan, occurredAt: '2026-02-30T00:00:00Z' })),
          400,
          'bad-request',
        ],
        [
          'a version that was never',
          () => act(matrix, organiser, 'kernel.handover/urge', command({ record: task, version: 0 })),
          400,
          'bad-request',
        ],
        [
          'too long a note',
          () => act(matrix, planner, 'sampling.plan/draft', command({ note: '长'.repeat(2001) })),
          400,
          'bad-request',
        ],
        [
          'a paper that nobody uploaded',
          () =>
            act(
              matrix,
              planner,
              'sampling.plan/draft',
              command({ input: plan, documents: [{ kind: 'x', upload: randomUUID() }] }),
            ),
          422,
          null,
        ],
        [
          'a record of another kind',
          () => act(matrix, planner, 'sampling.plan/submit', command({ record: task })),
          404,
          'not-found',
        ],
        [
          'an office that does not exist',
          () => act(matrix, planner, 'sampling.plan/draft', command({ input: plan, office: '990000' })),
          null,
          null,
        ],
        [
          'a creation that names a record',
          () => act(matrix, planner, 'sampling.plan/draft', command({ record: task, input: plan })),
          null,
          null,
        ],
        ['an action without its record', () => act(matrix, planner, 'sampling.plan/submit', command()), null, null],
        [
          'an action for another post',
          () => act(matrix, matrix.post('auditor', '430000'), 'sampling.plan/draft', command({ input: plan })),
          null,
          null,
        ],
        [
          'a body too large',
          () => act(matrix, planner, 'sampling.plan/draft', command({ input: { name: 'x'.repeat(3_000_000) } })),
          413,
          'too-large',
        ],
        [
          'no header',
          () => act(matrix, planner, 'sampling.plan/draft', command(), { 'x-hengjian': '' }),
          403,
          'header-missing',
        ],
        ['no session', () => act(matrix, null, 'sampling.plan/draft', command()), 401, 'sign-in-needed'],
        [
          'a forged session',
          () => act(matrix, null, 'sampling.plan/draft', command(), { cookie: 'hengjian.session_token=abc.def' }),
          401,
          'sign-in-needed',
        ],
        [
          'a post that is not held',
          () => matrix.ask(planner, '/api/me/grant', { method: 'POST', body: { grant: organiser.id } }),
          403,
          'not-your-grant',
        ],
        [
          'somebody unknown',
          () => matrix.ask(null, '/api/demonstration/sign-in', { method: 'POST', body: { person: randomUUID() } }),
          404,
          null,
        ],
        [
          'a program renamed to a paper',
          () => matrix.ask(planner, '/api/uploads', form('report.pdf', Buffer.from('MZ\x90\0'))),
          415,
          'file-kind-refused',
        ],
        [
          'a program',
          () => matrix.ask(planner, '/api/uploads', form('report.exe', Buffer.from('MZ\x90\0'))),
          415,
          'file-kind-refused',
        ],
        [
          'a page as a file',
          () => matrix.ask(planner, '/api/uploads', form('report.html', Buffer.from('<script>'))),
          415,
          'file-kind-refused',
        ],
        [
          'a paper with two endings',
          () => matrix.ask(planner, '/api/uploads', form('report.pdf.exe', pdf)),
          415,
          'file-kind-refused',
        ],
        [
          'an empty file',
          () => matrix.ask(planner, '/api/uploads', form('report.pdf', Buffer.alloc(0))),
          415,
          'file-kind-refused',
        ],
        [
          'a file too large',
          () =>
            matrix.ask(
              planner,
              '/api/uploads',
              form('report.pdf', Buffer.concat([pdf, Buffer.alloc(20 * 1024 * 1024)])),
            ),
          413,
          'too-large',
        ],
        [
          'a form without a file',
          () =>
            matrix.ask(planner, '/api/uploads', {
              method: 'POST',
              headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
              body: `--${boundary}--\r\n`,
            }),
          400,
          null,
        ],
        [
          'a form cut off',
          () =>
            matrix.ask(planner, '/api/uploads', {
              method: 'POST',
              headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
              body: `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-`,
            }),
          400,
          null,
        ],
        ['no form', () => matrix.ask(planner, '/api/uploads', { method: 'POST', body: {} }), null, null],
        [
          'an upload without session',
          () => matrix.ask(null, '/api/uploads', form('report.pdf', pdf)),
          401,
          'sign-in-needed',
        ],
        [
          'an import of an unknown kind',
          () => matrix.ask(planner, '/api/imports/everything', form('a.csv', Buffer.from('a'))),
          404,
          'unknown-import',
        ],
        [
          'an import by another post',
          () => matrix.ask(planner, '/api/imports/subjects.enterprise', form('a.csv', Buffer.from('a'))),
          403,
          'not-your-role',
        ],
        [
          'a draft of undefined',
          () => matrix.ask(planner, '/api/drafts/a', { method: 'PUT', body: {} }),
          400,
          'bad-request',
        ],
        [
          'too long a key',
          () => matrix.ask(planner, `/api/drafts/${'k'.repeat(201)}`, { method: 'PUT', body: { value: 1 } }),
          400,
          'bad-request',
        ],
        [
          'a retry that is no uuid',
          () => matrix.ask(planner, '/api/parked/x/retry', { method: 'POST' }),
          400,
          'bad-request',
        ],
        ['an unknown address', () => matrix.ask(planner, '/api/nothing'), 404, 'no-such-address'],
      ];
      const cursor = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
      for (const [address, code] of [
        ['/api/records/x', 'bad-request'],
        ['/api/records/%00', 'unwritable-text'],
        [`/api/records/${task}?reveal=contact`, 'purpose-needed'],
        ['/api/records?cursor=%21', 'bad-cursor'],
        [`/api/records?cursor=${cursor({})}`, 'bad-cursor'],
        [`/api/records?cursor=${cursor(['not a time', task])}`, null],
        [`/api/records?sort=due&cursor=${cursor(['32.13.', task])}`, null],
        ['/api/records?sort=size', 'unknown-sort'],
        ['/api/records?limit=1001', 'bad-request'],
        ['/api/records?limit=many', 'bad-request'],
        ['/api/records?subject=me', 'bad-request'],
        ['/api/records?open=perhaps', 'bad-request'],
        [`/api/records?q=${'x'.repeat(201)}`, 'bad-request'],
        ['/api/records?entity=a&entity=b', 'bad-request'],
        ['/api/records.csv?cursor=x', 'bad-cursor'],
        ['/api/search', 'bad-request'],
        ['/api/documents/x', 'bad-request'],
        ['/api/documents/..%2f..%2flog.key', 'bad-request'],
        [`/api/documents/${'-'.repeat(36)}`, 'bad-request'],
        ['/api/jobs/1', 'bad-request'],
        ['/api/queries/nothing', 'unknown-query'],
        ['/api/queries/__proto__', 'unknown-query'],
        ['/api/queries/sampling.draw-state', 'bad-request'],
        ['/api/public/records/x', 'bad-request'],
        ['/api/public/records?limit=0', 'bad-request'],
        ['/api/public/records?before=today', 'bad-request'],
        ['/api/public/log/inclusion?leaf=-1&size=5', 'bad-request'],
        ['/api/public/log/inclusion?leaf=5&size=5', 'no-such-leaf'],
        ['/api/public/log/inclusion?leaf=1&size=9007199254740991', 'no-such-leaf'],
        ['/api/public/log/consistency?from=9&to=1', 'sizes-reversed'],
        ['/api/public/log/consistency?from=1&to=9007199254740991', 'no-such-leaf'],
        ['/api/public/draws/x/bundle', 'bad-request'],
      ] as const)
        cases.push([address, () => matrix.ask(planner, address), null, code]);
      const wrong: string[] = [];
      for (const [name, ask, status, code] of cases) {
        const answer = await ask();
        const fault = improper(answer);
        if (fault !== undefined) wrong.push(`${name}: ${fault}`);
        else if ((status !== null && answer.status !== status) || (code !== null && answer.body.code !== code))
          wrong.push(`${name}: ${answer.status} ${String(answer.body.code)} instead of ${status} ${code}`);
      }
      const quiet = [
        '/api/records?q=%00',
        '/api/records?office=%00',
        '/api/records?entity=%00',
        '/api/records?state=%00',
        '/api/search?q=%00a',
        '/api/search?q=%26%7C%21%28%3A%2A',
        `/api/search?q=${encodeURIComponent("a' or 1=1 --\\")}`,
        '/api/drafts/%00',
        '/api/public/records?q=%25%5C%00',
        '/api/public/records?region=%00',
        '/api/public/records?kind=%00',
        '/api/counts/%00',
        '/api/queries/subjects.search-enterprises?q=%00',
        `/api/records?sort=title&cursor=${cursor(['\u0000', task])}`,
        '/api/records?q=%ED%A0%80',
        '/records?q=%00',
        '/enterprises/%00',
        '/draws/%00',
        '/records/%00',
        '/verify/%00',
        '/api/public/log/inclusion?leaf=0&size=0',
      ];
      for (const address of quiet) {
        const { status } = await matrix.ask(planner, address);
        if (status >= 500) wrong.push(`${address}: ${status}`);
      }
      expect(wrong).toEqual([]);
      expect(await stock(matrix)).toEqual(before);
    });
  });
}
