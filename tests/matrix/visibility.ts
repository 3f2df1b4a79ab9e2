import { randomUUID } from 'node:crypto';
import ExcelJS from 'exceljs';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Fact, readTruth, type Truth } from './expected.ts';
import type { Ask, Matrix, Post, Row } from './installation.ts';

const nameOf = (post: Post): string => `${post.role} at ${post.organisation ?? post.office}`;

/** Every route that takes an id, under every post: what may be seen, nothing more and nothing less. */
export function visibility(held: () => Matrix): void {
  describe('what each post sees over HTTP', () => {
    let matrix: Matrix;
    let truth: Truth;

    beforeAll(async () => {
      matrix = held();
      truth = await readTruth(matrix);
    });

    /** One post of each role of an office, the places taking turns, and every other agent and member of a body: pages are
     * dear, the database itself is asked for everybody. */
    const some = (): Post[] => {
      const roles = [
        ...new Set(matrix.posts.filter(({ organisation }) => organisation === null).map(({ role }) => role)),
      ];
      const officers = roles.map((role, index) => {
        const held = matrix.posts.filter((post) => post.role === role && post.organisation === null);
        return held[index % held.length]!;
      });
      return [
        ...officers,
        ...matrix.posts.filter(({ organisation }) => organisation !== null).filter((_, at) => at % 2 === 0),
      ];
    };
    /** True once in so many times: spreads the dear questions over posts and kinds of records instead of asking them all. */
    const oneIn = (many: number): (() => boolean) => {
      let at = 0;
      return () => at++ % many === 0;
    };
    /** One record of each entity that the post may see, or may not see; those of the other province first. */
    const samples = (post: Post, visible: boolean): Fact[] => {
      const found = new Map<string, Fact>();
      for (const fact of truth.facts.values()) {
        if (truth.maySee(post, fact.id) !== visible) continue;
        const known = found.get(fact.entity);
        if (
          known === undefined ||
          (known.office.slice(0, 2) === post.office.slice(0, 2) && fact.office.slice(0, 2) !== post.office.slice(0, 2))
        )
          found.set(fact.entity, fact);
      }
      return [...found.values()];
    };

    it('lists exactly the records that may be seen, page by page', async () => {
      const wrong: string[] = [];
      for (const post of some()) {
        const seen = new Set<string>();
        let cursor: string | null = null;
        do {
          const address: string = `/api/records?limit=1000${cursor === null ? '' : `&cursor=${cursor}`}`;
          const { status, body } = await matrix.ask(post, address);
          if (status !== 200) wrong.push(`${nameOf(post)}: ${status}`);
          for (const { id } of (body.rows ?? []) as { id: string }[]) seen.add(id);
          cursor = (body.next as string | null) ?? null;
        } while (cursor !== null);
        const expected = truth.seen(post);
        const more = [...seen].filter((id) => !expected.has(id));
        const less = [...expected].filter((id) => !seen.has(id));
        if (more.length + less.length > 0) wrong.push(`${nameOf(post)}: +${more.length} -${less.length}`);
      }
      expect(wrong).toEqual([]);
    });

    it('exports exactly what may be seen, as CSV and as a workbook', async () => {
      const wrong: string[] = [];
      const asWorkbook = oneIn(3);
      const posts = [
        matrix.post('organiser', '430000'),
        matrix.post('section-chief', '430100'),
        matrix.post('result-handler', '430102'),
        matrix.post('planner', '350000'),
        ...matrix.posts.filter(({ organisation }) => organisation !== null).slice(0, 4),
      ];
      for (const post of posts) {
        const expected = [...truth.seen(post)]
          .map((id) => truth.facts.get(id)!)
          .filter(({ entity }) => entity !== 'kernel.grant');
        for (const entity of new Set([
          'sampling.task',
          'sampling.scheme',
          'sampling.notice',
          ...expected.map((fact) => fact.entity),
        ])) {
          if (entity === 'subjects.enterprise' && expected.length > 300) continue;
          const titles = expected
            .filter((fact) => fact.entity === entity)
            .map(({ title }) => title)
            .sort();
          const csv = await matrix.ask(post, `/api/records.csv?entity=${entity}`);
          const lines = csv.text.trim().split('\r\n').slice(1);
          if (lines.length !== titles.length || titles.some((title) => !csv.text.includes(title.replaceAll('"', '""'))))
            wrong.push(`${nameOf(post)} ${entity}.csv: ${lines.length} for ${titles.length}`);
          if (!asWorkbook()) continue;
          const { raw } = await matrix.ask(post, `/api/records.xlsx?entity=${entity}`);
          const book = new ExcelJS.Workbook();
          await book.xlsx.load(raw as never);
          const shown: string[] = [];
          book.worksheets[0]!.eachRow((row, number) => {
            if (number > 1) shown.push(String(row.getCell(2).value));
          });
          if (shown.sort().join('\n') !== titles.join('\n'))
            wrong.push(`${nameOf(post)} ${entity}.xlsx: ${shown.length} for ${titles.length}`);
        }
      }
      expect(wrong).toEqual([]);
    });

    it('opens of each kind one visible record, with the fields that the declaration opens and personal ones masked', async () => {
      const wrong: string[] = [];
      let partial = 0;
      let masked = 0;
      const asked = oneIn(2);
      for (const post of some())
        for (const fact of samples(post, true).filter(asked)) {
          const { status, body, text } = await matrix.ask(post, `/api/records/${fact.id}`);
          const at = `${nameOf(post)}: ${fact.entity}`;
          if (status !== 200 || body.id !== fact.id) {
            wrong.push(`${at} ${status}`);
            continue;
          }
          const near = [
            ...(body.related as Row[]),
            ...(body.handovers as Row[]),
            body.parent as Row | null,
            body.approval as Row | null,
          ];
          for (const other of near)
            if (other !== null && !truth.maySee(post, other.id as string))
              wrong.push(`${at} shows ${String(other.id)} nearby`);
          if (text.includes('"salts"')) wrong.push(`${at} shows salts of the log`);
          const declared = truth.lifecycle(fact.entity).entity.fields;
          const open = truth.fieldsOf(post, fact.id) ?? declared.map(({ name }) => name);
          const fields = body.fields as Row;
          if (Object.keys(fields).sort().join() !== [...open].sort().join())
            wrong.push(`${at} shows ${Object.keys(fields).length} fields for ${open.length}`);
          for (const { name, meta } of declared) {
            const value = fields[name] as { masked?: string } | null | undefined;
            if (meta.personal === undefined || value === null || value === undefined) continue;
            masked += 1;
            if (typeof value.masked !== 'string') wrong.push(`${at}.${name} is not masked`);
          }
          for (const { changes } of body.timeline as { changes: { field: string }[] }[])
            for (const { field } of changes)
              if (!open.includes(field)) wrong.push(`${at} tells of ${field} in its history`);
          const closed = declared.find(({ name }) => !open.includes(name))?.name;
          if (closed === undefined) continue;
          partial += 1;
          const revealed = await matrix.ask(
            post,
            `/api/records/${fact.id}?reveal=${closed}&purpose=${encodeURIComponent('核对')}`,
          );
          if (closed in (revealed.body.fields as Row)) wrong.push(`${at}.${closed} was revealed`);
        }
      expect(wrong).toEqual([]);
      expect(partial).toBeGreaterThan(10);
      expect(masked).toBeGreaterThan(10);
    });

    it('answers for a hidden record of each kind as for an id that never was', async () => {
      const wrong: string[] = [];
      const asked = oneIn(5);
      for (const post of some()) {
        const nothing = await matrix.ask(post, `/api/records/${randomUUID()}`);
        expect(nothing.status).toBe(404);
        for (const [index, fact] of samples(post, false).filter(asked).entries()) {
          const { status, text } = await matrix.ask(
            post,
            `/api/records/${fact.id}${index % 3 === 0 ? '?reveal=name&purpose=x' : ''}`,
          );
          if (status !== 404 || text !== nothing.text) wrong.push(`${nameOf(post)}: hidden ${fact.entity} ${status}`);
        }
      }
      expect(wrong).toEqual([]);
    });

    it('gives documents with their record and otherwise as if they had never been', async () => {
      const documents = await matrix.rows<{ id: string; record: string }>(
        'select distinct on (kind) id, record from kernel.document order by kind, id',
      );
      const wrong: string[] = [];
      const asked = oneIn(3);
      let given = 0;
      const posts = matrix.posts.filter(
        ({ role, organisation }) => organisation !== null || ['organiser', 'result-handler', 'auditor'].includes(role),
      );
      for (const post of posts) {
        const nothing = await matrix.ask(post, `/api/documents/${randomUUID()}`);
        for (const { id, record } of documents.filter(asked)) {
          if (truth.maySee(post, record)) {
            if (given >= 6) continue;
            given += 1;
            const { status } = await matrix.ask(post, `/api/documents/${id}`);
            if (status !== 200) wrong.push(`${nameOf(post)}: document ${status}`);
            continue;
          }
          const { status, text } = await matrix.ask(post, `/api/documents/${id}.pdf`);
          if (status !== 404 || text !== nothing.text) wrong.push(`${nameOf(post)}: hidden document ${status}`);
        }
      }
      expect(wrong).toEqual([]);
      expect(given).toBe(6);
    });

    it('refuses every action and rehearsal on a hidden record as on an id that never was', async () => {
      const wrong: string[] = [];
      const asked = oneIn(5);
      for (const post of matrix.posts.filter((_, index) => index % 5 === 0))
        for (const fact of samples(post, false).filter(asked)) {
          const [action] = Object.values(truth.lifecycle(fact.entity).actions).filter(({ from }) => from !== null);
          const say = (record: string, tail: string): Promise<{ status: number; text: string }> => {
            const options: Ask = { method: 'POST', body: { id: randomUUID(), record, input: {} } };
            return matrix.ask(post, `/api/actions/${fact.entity}/${action!.name}${tail}`, options);
          };
          const none = await say(randomUUID(), '');
          for (const tail of ['', '/preview']) {
            const real = await say(fact.id, tail);
            if (real.status !== 404 || real.text !== none.text)
              wrong.push(`${nameOf(post)}: ${fact.entity}.${action!.name}${tail} ${real.status}`);
          }
        }
      expect(wrong).toEqual([]);
    });

    it('answers queries about a hidden record as about an id that never was', async () => {
      const wrong: string[] = [];
      const namedBy = new Map<string, string[]>();
      for (const { id, row } of truth.facts.values())
        for (const value of Object.values(row))
          if (typeof value === 'string' && value !== id && truth.facts.has(value))
            namedBy.set(value, [...(namedBy.get(value) ?? []), id]);
      // A handler may ask by the task that the loop on his desk names, though the task itself is not his to see.
      const unnamed = (post: Post, entity: string): Fact | undefined =>
        [...truth.facts.values()].find(
          (hidden) =>
            hidden.entity === entity &&
            !truth.maySee(post, hidden.id) &&
            !namedBy.get(hidden.id)?.some((other) => truth.maySee(post, other)),
        );
      const asks = {
        enterprise: 'subjects.enterprise',
        draw: 'sampling.draw',
        scheme: 'sampling.scheme',
        task: 'sampling.task',
      };
      for (const { name, input, roles } of matrix.platform.register.queries.values())
        for (const [parameter, entity] of Object.entries(asks)) {
          if (!(parameter in ((input as { shape?: Row }).shape ?? {}))) continue;
          for (const post of some()) {
            const allowed = roles.includes(post.role);
            if (!allowed && post.office.slice(2) !== '0102') continue;
            const fact = unnamed(post, entity);
            if (fact === undefined) continue;
            const real = await matrix.ask(post, `/api/queries/${name}?${parameter}=${fact.id}`);
            const other = randomUUID();
            const none = await matrix.ask(post, `/api/queries/${name}?${parameter}=${other}`);
            // A draw that was published is public for its own part; nothing else of it may be told.
            if (real.status >= 500 || (!allowed && real.status !== 404))
              wrong.push(`${nameOf(post)}: ${name} ${real.status}`);
            if (name !== 'sampling.draw-bundle' && real.text.replaceAll(fact.id, other) !== none.text)
              wrong.push(`${nameOf(post)}: ${name} tells a hidden ${entity} apart (${real.status})`);
          }
        }
      expect(wrong).toEqual([]);
    });

    it('finds by search and by filter only what may be seen', async () => {
      const wrong: string[] = [];
      const asked = oneIn(5);
      const posts = matrix.posts.filter((_, index) => index % 8 === 0);
      for (const post of posts)
        for (const fact of samples(post, false).filter(({ entity }) => entity !== 'kernel.grant' && asked())) {
          const words = encodeURIComponent((fact.number ?? fact.title).slice(0, 60));
          const { body, status } = await matrix.ask(post, `/api/search?q=${words}`);
          const found = ((body.groups ?? []) as { rows: { id: string }[] }[]).flatMap(({ rows }) => rows);
          const list = await matrix.ask(post, `/api/records?q=${words}&entity=${fact.entity}`);
          found.push(...((list.body.rows ?? []) as { id: string }[]));
          if (status !== 200 || found.some(({ id }) => !truth.maySee(post, id)))
            wrong.push(`${nameOf(post)}: ${fact.title} ${status}`);
        }
      const planner = matrix.post('planner', '430000');
      for (const fact of samples(planner, true).filter(
        ({ entity, title }) => entity !== 'kernel.grant' && title.length > 3,
      )) {
        const list = await matrix.ask(
          planner,
          `/api/records?q=${encodeURIComponent(fact.title.slice(0, 60))}&entity=${fact.entity}&limit=500`,
        );
        if (!(list.body.rows as { id: string }[]).some(({ id }) => id === fact.id))
          wrong.push(`not found: ${fact.entity} ${fact.title}`);
      }
      expect(wrong).toEqual([]);
    });

    it('keeps drafts, uploads, jobs and parked consequences to those whose they are', async () => {
      const [one, other] = [matrix.post('organiser', '430000'), matrix.post('organiser', '350000')];
      const [parked, job] = [randomUUID(), randomUUID()];
      await matrix.ask(one, '/api/drafts/sampling.plan/draft/new', { method: 'PUT', body: { value: { secret: 1 } } });
      await matrix.platform.database.asOwner(async (tx) => {
        await tx.query(
          `insert into kernel.parked (id, flow, event, office, owner_role, command, code, zh, en, since) values ($1, 'x', $1, '430000', 'organiser', '{}', 'x', '某事', 'x', now())`,
          [parked],
        );
        await tx.query(
          `insert into desk.job (id, kind, person, label_zh, label_en, state, payload, created_at) values ($1, 'x', $2, '某事', 'x', 'done', '{}', now())`,
          [job, one.person],
        );
      });
      const read = async (post: Post) => [
        (await matrix.ask(post, '/api/drafts/sampling.plan/draft/new')).body.value,
        (await matrix.ask(post, `/api/jobs/${job}`)).status,
        (await matrix.ask(post, '/api/jobs')).text.includes(job),
        (await matrix.ask(post, '/api/parked')).text.includes(parked),
      ];
      expect(await read(one)).toEqual([{ secret: 1 }, 200, true, true]);
      expect(await read(other)).toEqual([null, 404, false, false]);
      expect(await read(matrix.post('result-handler', '430102'))).toEqual([null, 404, false, false]);
      expect((await matrix.ask(other, `/api/parked/${parked}/retry`, { method: 'POST' })).status).toBe(404);
      await matrix.ask(other, '/api/drafts/sampling.plan/draft/new', { method: 'DELETE' });
      expect((await read(one))[0]).toEqual({ secret: 1 });
      await matrix.rows('delete from kernel.parked where id = $1', [parked]);
    });
  });
}
