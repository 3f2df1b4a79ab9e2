import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { readTruth, type Truth } from './expected.ts';
import type { Answer, Ask, Matrix, Post, Row } from './installation.ts';

const boundary = 'a-boundary-of-forms';

/** A form with one file, as a browser sends it. */
function form(name: string, content: Buffer): Ask {
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n`;
  return {
    method: 'POST',
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: Buffer.concat([Buffer.from(head), content, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  };
}

const pdf = Buffer.from('%PDF-1.7\n%%EOF\n');
const plan = {
  year: 2026, name: '试', kind: 'supervision', level: 'province', items: [], budget: '1.00',
};

/** Every wrong input is refused in words and leaves nothing behind. */
export function badInput(held: () => Matrix): void {
  describe('wrong input', () => {
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
      task = [...truth.facts.values()].find(({ entity, state }) => entity === 'sampling.task' && state === 'concluded')!.id;
      // Everybody signs in first: what follows may write nothing at all.
      await Promise.all(matrix.posts.map((post) => matrix.ask(post, '/api/me')));
    });

    const counts = async (): Promise<Row> => {
      const tables = await matrix.rows<{ target: string }>(
        `select schemaname || '.' || tablename as target from pg_tables
         where schemaname in ('kernel', 'subjects', 'sampling', 'desk', 'public_record') and tablename not in ('read_log', 'sign_in_session')`,
      );
      const text = tables.map(({ target }) => `select '${target}' as target, count(*) as n from ${target}`).join(' union all ');
      return Object.fromEntries((await matrix.rows<{ target: string; n: number }>(text)).map(({ target, n }) => [target, Number(n)]));
    };
    const versions = async (): Promise<number> =>
      Number((await matrix.rows<{ n: number }>('select sum(version) as n from kernel.record'))[0]!.n);

    /** What is wrong with an answer that should be a refusal; undefined when it is a proper one. */
    const improper = ({ status, type, body, text }: Answer): string | undefined => {
      if (status < 400 || status >= 500) return `status ${status} ${text.slice(0, 200)}`;
      if (!type.startsWith('application/problem+json')) return `type ${type}`;
      if (typeof body.code !== 'string' || !/^[a-z][a-z0-9-]*$/.test(body.code)) return `code ${String(body.code)}`;
      if (typeof body.detail !== 'string' || !/[\u4e00-\u9fff]/.test(body.detail)) return `detail ${String(body.detail)}`;
      if (body.status !== status) return `status in body ${String(body.status)}`;
      return undefined;
    };
    const act = (post: Post | null, path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
      matrix.ask(post, `/api/actions/${path}`, { method: 'POST', body, headers });
    const json = { 'content-type': 'application/json' };
    const command = (more: Row = {}): Row => ({ id: randomUUID(), input: {}, ...more });

    it('is refused with a stable code and a sentence in Chinese, and nothing is written', async () => {
      const before = [await counts(), await versions()];
      const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
      const cases: [string, () => Promise<Answer>, number | null, string | null][] = [
        ['malformed JSON', () => act(planner, 'sampling.plan/draft', '{"id":', json), 400, 'bad-json'],
        ['no body', () => act(planner, 'sampling.plan/draft', '', json), 400, null],
        ['a list for a command', () => act(planner, 'sampling.plan/draft', []), 400, 'bad-request'],
        ['a number for a command', () => act(planner, 'sampling.plan/draft', '7', json), 400, 'bad-request'],
        ['null for a command', () => act(planner, 'sampling.plan/draft', 'null', json), 400, 'bad-request'],
        ['another kind of content', () => act(planner, 'sampling.plan/draft', '<a/>', { 'content-type': 'text/xml' }), 415, 'wrong-media-type'],
        ['a command without id', () => act(planner, 'sampling.plan/draft', { input: plan }), 400, 'bad-request'],
        ['a command id that is no uuid', () => act(planner, 'sampling.plan/draft', { id: '1', input: plan }), 400, 'bad-request'],
        ['a record that is no uuid', () => act(planner, 'sampling.plan/submit', command({ record: `${task}' or 1=1` })), 400, 'bad-request'],
        ['wrong types', () => act(planner, 'sampling.plan/draft', command({ input: { ...plan, year: 'soon', budget: {} } })), 422, 'invalid-input'],
        ['a list for an input', () => act(planner, 'sampling.plan/draft', command({ input: [] })), 400, 'bad-request'],
        ['unknown fields', () => act(planner, 'sampling.plan/draft', command({ input: { ...plan, surprise: 1 } })), 422, 'invalid-input'],
        ['a field named like the prototype', () => act(planner, 'sampling.plan/draft', `{"id":"${randomUUID()}","input":{"__proto__":{"a":1}}}`, json), 400, null],
        ['an unknown entity', () => act(planner, 'sampling.nothing/draft', command()), 404, 'unknown-entity'],
        ['an entity of every object', () => act(planner, '__proto__/constructor', command()), 404, 'unknown-entity'],
        ['an unknown action', () => act(planner, 'sampling.plan/dance', command()), 404, 'unknown-action'],
        ['an action of every object', () => act(planner, 'sampling.plan/toString', command()), 404, 'unknown-action'],
        ['a time to come', () => act(planner, 'sampling.plan/draft', command({ input: plan, occurredAt: tomorrow })), 422, 'in-the-future'],
        ['a time that is none', () => act(planner, 'sampling.plan/draft', command({ input: plan, occurredAt: '2026-02-30T00:00:00Z' })), 400, 'bad-request'],
        ['a version that was never', () => act(organiser, 'kernel.handover/urge', command({ record: task, version: 0 })), 400, 'bad-request'],
        ['too long a note', () => act(planner, 'sampling.plan/draft', command({ note: '长'.repeat(2001) })), 400, 'bad-request'],
        ['a paper that nobody uploaded', () => act(planner, 'sampling.plan/draft', command({ input: plan, documents: [{ kind: 'x', upload: randomUUID() }] })), 422, null],
        ['a record of another kind', () => act(planner, 'sampling.plan/submit', command({ record: task })), 404, 'not-found'],
        ['an office that does not exist', () => act(planner, 'sampling.plan/draft', command({ input: plan, office: '990000' })), null, null],
        ['a creation that names a record', () => act(planner, 'sampling.plan/draft', command({ record: task, input: plan })), null, null],
        ['an action without its record', () => act(planner, 'sampling.plan/submit', command()), null, null],
        ['an action for another post', () => act(matrix.post('auditor', '430000'), 'sampling.plan/draft', command({ input: plan })), null, null],
        ['a body too large', () => act(planner, 'sampling.plan/draft', command({ input: { name: 'x'.repeat(3_000_000) } })), 413, 'too-large'],
        ['no header', () => act(planner, 'sampling.plan/draft', command(), { 'x-hengjian': '' }), 403, 'header-missing'],
        ['no session', () => act(null, 'sampling.plan/draft', command()), 401, 'sign-in-needed'],
        ['a forged session', () => act(null, 'sampling.plan/draft', command(), { cookie: 'hengjian.session_token=abc.def' }), 401, 'sign-in-needed'],
        ['a post that is not held', () => matrix.ask(planner, '/api/me/grant', { method: 'POST', body: { grant: organiser.id } }), 403, 'not-your-grant'],
        ['somebody unknown', () => matrix.ask(null, '/api/demonstration/sign-in', { method: 'POST', body: { person: randomUUID() } }), 404, null],
        ['a program renamed to a paper', () => matrix.ask(planner, '/api/uploads', form('report.pdf', Buffer.from('MZ\x90\0'))), 415, 'file-kind-refused'],
        ['a program', () => matrix.ask(planner, '/api/uploads', form('report.exe', Buffer.from('MZ\x90\0'))), 415, 'file-kind-refused'],
        ['a page as a file', () => matrix.ask(planner, '/api/uploads', form('report.html', Buffer.from('<script>'))), 415, 'file-kind-refused'],
        ['a paper with two endings', () => matrix.ask(planner, '/api/uploads', form('report.pdf.exe', pdf)), 415, 'file-kind-refused'],
        ['an empty file', () => matrix.ask(planner, '/api/uploads', form('report.pdf', Buffer.alloc(0))), 415, 'file-kind-refused'],
        ['a file too large', () => matrix.ask(planner, '/api/uploads', form('report.pdf', Buffer.concat([pdf, Buffer.alloc(20 * 1024 * 1024)]))), 413, 'too-large'],
        ['a form without a file', () => matrix.ask(planner, '/api/uploads', { method: 'POST', headers: { 'content-type': `multipart/form-data; boundary=${boundary}` }, body: `--${boundary}--\r\n` }), 400, null],
        ['a form cut off', () => matrix.ask(planner, '/api/uploads', { method: 'POST', headers: { 'content-type': `multipart/form-data; boundary=${boundary}` }, body: `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-` }), 400, null],
        ['no form', () => matrix.ask(planner, '/api/uploads', { method: 'POST', body: {} }), null, null],
        ['an upload without session', () => matrix.ask(null, '/api/uploads', form('report.pdf', pdf)), 401, 'sign-in-needed'],
        ['an import of an unknown kind', () => matrix.ask(planner, '/api/imports/everything', form('a.csv', Buffer.from('a'))), 404, 'unknown-import'],
        ['an import by another post', () => matrix.ask(planner, '/api/imports/subjects.enterprise', form('a.csv', Buffer.from('a'))), 403, 'not-your-role'],
        ['a draft of undefined', () => matrix.ask(planner, '/api/drafts/a', { method: 'PUT', body: {} }), 400, 'bad-request'],
        ['too long a key', () => matrix.ask(planner, `/api/drafts/${'k'.repeat(201)}`, { method: 'PUT', body: { value: 1 } }), 400, 'bad-request'],
        ['a retry that is no uuid', () => matrix.ask(planner, '/api/parked/x/retry', { method: 'POST' }), 400, 'bad-request'],
        ['an unknown address', () => matrix.ask(planner, '/api/nothing'), 404, 'no-such-address'],
      ];
      const cursor = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
      for (const [address, code] of [
        ['/api/records/x', 'bad-request'], ['/api/records/%00', 'bad-request'], [`/api/records/${task}?reveal=contact`, 'purpose-needed'],
        ['/api/records?cursor=%21', 'bad-cursor'], [`/api/records?cursor=${cursor({})}`, 'bad-cursor'],
        [`/api/records?cursor=${cursor(['not a time', task])}`, 'bad-cursor'], [`/api/records?sort=due&cursor=${cursor(['32.13.', task])}`, 'bad-cursor'],
        ['/api/records?sort=size', 'bad-request'], ['/api/records?limit=1001', 'bad-request'], ['/api/records?limit=many', 'bad-request'],
        ['/api/records?subject=me', 'bad-request'], ['/api/records?open=perhaps', 'bad-request'], [`/api/records?q=${'x'.repeat(201)}`, 'bad-request'],
        ['/api/records?entity=a&entity=b', 'bad-request'], ['/api/records.csv?cursor=x', 'bad-cursor'], ['/api/search', 'bad-request'],
        ['/api/documents/x', 'bad-request'], ['/api/documents/..%2f..%2flog.key', 'bad-request'], [`/api/documents/${'-'.repeat(36)}`, 'bad-request'], ['/api/jobs/1', 'bad-request'],
        ['/api/queries/nothing', 'unknown-query'], ['/api/queries/__proto__', 'unknown-query'], ['/api/queries/sampling.draw-state', 'bad-request'],
        ['/api/public/records/x', 'bad-request'], ['/api/public/records?limit=0', 'bad-request'], ['/api/public/records?before=today', 'bad-request'],
        ['/api/public/log/inclusion?leaf=-1&size=5', 'bad-request'], ['/api/public/log/inclusion?leaf=5&size=5', 'no-such-leaf'],
        ['/api/public/log/inclusion?leaf=1&size=9007199254740991', 'no-such-leaf'], ['/api/public/log/consistency?from=9&to=1', 'sizes-reversed'],
        ['/api/public/log/consistency?from=1&to=9007199254740991', 'no-such-leaf'], ['/api/public/draws/x/bundle', 'bad-request'],
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
        '/api/records?q=%00', '/api/records?office=%00', '/api/records?entity=%00', '/api/records?state=%00', '/api/search?q=%00a', '/api/search?q=%26%7C%21%28%3A%2A',
        `/api/search?q=${encodeURIComponent("a' or 1=1 --\\")}`, '/api/drafts/%00', '/api/public/records?q=%25%5C%00', '/api/public/records?region=%00', '/api/public/records?kind=%00',
        '/api/counts/%00', '/api/queries/subjects.search-enterprises?q=%00', `/api/records?sort=title&cursor=${cursor(['\u0000', task])}`, '/api/records?q=%ED%A0%80', '/records?q=%00', '/enterprises/%00', '/draws/%00', '/records/%00',
        '/verify/%00', '/api/public/log/inclusion?leaf=0&size=0',
      ];
      for (const address of quiet) {
        const { status } = await matrix.ask(planner, address);
        if (status >= 500) wrong.push(`${address}: ${status}`);
      }
      expect(wrong).toEqual([]);
      expect([await counts(), await versions()]).toEqual(before);
    });

    it('cannot place a file by its name', async () => {
      for (const name of ['../../../log.key.pdf', '..\\..\\session.pdf', '/etc/passwd.pdf', '....//a.pdf', '\u202efdp.pdf', `${'长'.repeat(300)}.pdf`]) {
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
      const before = await counts();
      const documents = [{ kind: 'x', upload: body.id }];
      const answer = await act(planner, 'sampling.plan/draft', command({ input: plan, documents }));
      expect(improper(answer)).toBeUndefined();
      expect(await counts()).toEqual(before);
    });

    it('happens once when the same command arrives six times at once', async () => {
      const target = [...truth.facts.values()].find(({ entity }) => entity === 'sampling.task')!.id;
      const body = command({ input: { target, toOffice: '430102', purpose: '一次', kind: 'transfer' } });
      const before = Number((await counts())['kernel.handover']);
      const answers = await Promise.all(Array.from({ length: 6 }, () => act(organiser, 'kernel.handover/send', body)));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 201]);
      expect(new Set(answers.map((answer) => (answer.body.record as { id: string }).id)).size).toBe(1);
      expect(answers.filter((answer) => answer.body.replayed === false)).toHaveLength(1);
      expect((await counts())['kernel.handover']).toBe(before + 1);
      const other = await act(organiser, 'kernel.handover/send', { ...body, input: { target, toOffice: '430103', purpose: '另一', kind: 'transfer' } });
      expect([other.status, other.body.code]).toEqual([409, 'already-different']);
      const record = (answers[0]!.body.record as { id: string }).id;
      const stale = await act(organiser, 'kernel.handover/end', command({ record, version: 99 }));
      expect([stale.status, stale.body.code]).toEqual([409, 'version-conflict']);
      expect((stale.body.current as Row).id).toBe(record);
      await act(organiser, 'kernel.handover/end', command({ record, version: 1 }));
    });

    it('never makes the platform stumble, whatever an action is given', async () => {
      const before = [await counts(), await versions()];
      const agents = matrix.posts.filter(({ organisation }) => organisation !== null);
      const actions = [...matrix.platform.register.lifecycles.values()].flatMap((lifecycle) =>
        Object.values(lifecycle.actions).map((action) => ({ lifecycle, action })),
      );
      const leaf = fc.oneof(
        fc.string({ unit: 'binary', maxLength: 12 }),
        fc.constantFrom('', '\u0000', '\ud800', '0', '-1', '1e400', '9'.repeat(40), '0.1', '2026-02-30', '2026-12-31', '0001-01-01', '999999-01-01', '430000', '99', task, randomUUID(), '__proto__', '长'.repeat(5000)),
        fc.constantFrom<unknown>(0, -1, 2 ** 31, 2 ** 53, 1e308, 0.5, true, false, null, [], {}, [null], [{}]),
        fc.jsonValue({ maxDepth: 2 }),
      );
      const wrong: string[] = [];
      for (const { lifecycle, action } of actions) {
        const records = [...truth.facts.values()].filter(({ entity, state }) => entity === lifecycle.entity.name && action.from?.includes(state));
        const roles = action.by.filter((role) => role !== 'system' && role in matrix.platform.register.roles);
        const officers = matrix.posts.filter(({ role, office, organisation }) => organisation === null && office === '430000' && (roles.length === 0 ? role === 'organiser' : roles.includes(role)));
        const names = Object.keys(action.input.shape as Row);
        const input = fc.oneof(
          fc.record(Object.fromEntries(names.map((name) => [name, leaf]))),
          fc.record(Object.fromEntries(names.map((name) => [name, leaf])), { requiredKeys: [] }),
          fc.dictionary(fc.string(), leaf, { maxKeys: 3 }),
        );
        for (const sample of fc.sample(input, { numRuns: 4, seed: 20260101 })) {
          const record = records[0]?.id;
          const post = agents.find((agent) => record !== undefined && roles.length === 0 && truth.maySee(agent, record)) ?? officers[0] ?? planner;
          const answer = await act(post, `${lifecycle.entity.name}/${action.name}/preview`, command({ input: sample, ...(action.from === null || record === undefined ? {} : { record }) }));
          const fault = answer.status === 200 ? undefined : improper(answer);
          if (fault !== undefined) wrong.push(`${lifecycle.entity.name}.${action.name} ${JSON.stringify(sample).slice(0, 300)}: ${fault}`);
        }
      }
      expect(wrong).toEqual([]);
      expect([await counts(), await versions()]).toEqual(before);
    });
  });
}
