import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Matrix, Post } from './installation.ts';

interface Secret {
  draw: string;
  words: string[];
}

/** Before the visits nothing public names a drawn firm, and the firm itself learns nothing either. */
export function drawnNames(held: () => Matrix): void {
  describe('a draw that is drawn and not yet opened', () => {
    let matrix: Matrix;
    let secrets: Secret[];
    let visited: { draw: string; id: string; enterprise: string; state: string }[];

    beforeAll(async () => {
      matrix = held();
      const draws = await matrix.rows<{ id: string }>(`select id from sampling.draw where state = 'drawn' order by id`);
      visited = await matrix.rows(
        `select t.draw, t.id, t.enterprise, t.state from sampling.task t join sampling.draw d on d.id = t.draw where d.state = 'drawn'`,
      );
      // Who was named by another draw that is open already, or by a bulletin, is public for that reason and no evidence here.
      const elsewhere = new Set(
        (
          await matrix.rows<{ word: string }>(
            `select unnest(array[f.enterprise::text, f.name, f.public_name, f.code]) as word
             from sampling.frame_entry f join sampling.draw d on d.id = f.draw where d.state = 'opened'
             union select unnest(array[p.person::text, p.name]) from sampling.pool_entry p join sampling.draw d on d.id = p.draw where d.state = 'opened'`,
          )
        ).map(({ word }) => word),
      );
      secrets = [];
      for (const { id: draw } of draws) {
        const words = await matrix.rows<{ word: string }>(
          `select unnest(array[f.enterprise::text, f.name, f.public_name, f.code, encode(f.salt, 'hex'), encode(f.salt, 'base64')]) as word
           from sampling.frame_entry f where f.draw = $1
           union select unnest(array[p.person::text, p.name, encode(p.salt, 'hex'), encode(p.salt, 'base64')]) from sampling.pool_entry p where p.draw = $1
           union select unnest(array[encode(e.salt, 'hex'), encode(e.salt, 'base64')]) from sampling.exclusion e where e.draw = $1
           union select t.id::text from sampling.task t where t.draw = $1`,
          [draw],
        );
        secrets.push({
          draw,
          words: words
            .map(({ word }) => word)
            .filter((word) => word !== null && word.length > 1 && !elsewhere.has(word)),
        });
      }
    });

    const named = (where: string, text: string): string[] =>
      secrets.flatMap(({ draw, words }) =>
        words.filter((word) => text.includes(word)).map((word) => `${where}: ${word} of ${draw}`),
      );

    it('exists in the demonstration, with firms yet to be visited', () => {
      expect(secrets.length).toBeGreaterThanOrEqual(1);
      for (const { words } of secrets) expect(words.length).toBeGreaterThan(50);
      expect(visited.filter(({ state }) => state === 'assigned').length).toBeGreaterThan(0);
    });

    it('is found by this search once it is opened, so that the search can fail', async () => {
      const [firm] = await matrix.rows<{ name: string }>(
        `select f.public_name as name from sampling.task t join sampling.draw d on d.id = t.draw
         join sampling.frame_entry f on f.draw = t.draw and f.enterprise = t.enterprise where d.state = 'opened' and t.state = 'concluded' limit 1`,
      );
      const rows = await matrix.rows<{ text: string }>(
        'select row_to_json(e)::text as text from public_record.entry e',
      );
      expect(rows.some(({ text }) => text.includes(firm!.name))).toBe(true);
    });

    it('names no firm, code, sampler, salt or task in any row of the public record', async () => {
      const rows = await matrix.rows<{ id: string; text: string }>(
        'select id, row_to_json(e)::text as text from public_record.entry e',
      );
      expect(rows.flatMap(({ id, text }) => named(id, text))).toEqual([]);
    });

    it('names none on any address that is open without a sign-in', async () => {
      const entries = await matrix.rows<{ id: string; kind: string }>('select id, kind from public_record.entry');
      const kinds = [...new Set(entries.map(({ kind }) => kind))];
      const head = await matrix.ask(null, '/api/public/log/head');
      const size = Number(head.body.size);
      const addresses = [
        '/',
        '/records',
        '/draws',
        '/log',
        '/verify',
        '/log/head.txt',
        '/feed',
        '/records.atom',
        '/api/openapi.json',
        '/health',
        '/api/public/records?limit=500',
        '/api/public/records.csv?limit=500',
        '/api/public/records.atom?limit=500',
        '/api/public/log/head',
        ...kinds.flatMap((kind) => [`/records?kind=${kind}`, `/api/public/records?kind=${kind}&limit=500`]),
        ...entries.flatMap(({ id }) => [`/records/${id}`, `/api/public/records/${id}`]),
        ...secrets.flatMap(({ draw }) => [
          `/draws/${draw}`,
          `/api/public/draws/${draw}/bundle`,
          `/api/public/queries/sampling.draw-state?draw=${draw}`,
          `/api/public/queries/sampling.draw-bundle?draw=${draw}`,
        ]),
        ...entries.filter(({ kind }) => kind === 'sampling-draw').map(({ id }) => `/draws/${id}`),
        `/api/public/log/inclusion?leaf=0&size=${size}`,
        `/api/public/log/inclusion?leaf=${size - 1}&size=${size}`,
        `/api/public/log/consistency?from=1&to=${size}`,
      ];
      let answered = 0;
      const found: string[] = [];
      for (const address of addresses) {
        const { status, text } = await matrix.ask(null, address);
        if (status === 200) answered += 1;
        if (status >= 500) found.push(`${address}: ${status}`);
        found.push(...named(address, text));
      }
      expect(found).toEqual([]);
      expect(answered).toBeGreaterThan(entries.length * 2);
    });

    it('is not found by asking the portal for a drawn firm', async () => {
      const found: string[] = [];
      for (const { enterprise } of visited.filter(({ state }) => state === 'assigned')) {
        const [firm] = await matrix.rows<{ name: string; code: string }>(
          'select name, credit_code as code from subjects.enterprise where id = $1',
          [enterprise],
        );
        for (const address of [
          `/api/public/records?q=${encodeURIComponent(firm!.name)}`,
          `/api/public/records?subject=${firm!.code}`,
        ]) {
          const { body } = await matrix.ask(null, address);
          for (const { id } of body.entries as { id: string }[]) {
            const [entry] = await matrix.rows<{ record: string }>(
              'select record from public_record.entry where id = $1',
              [id],
            );
            if (secrets.some(({ draw }) => draw === entry!.record)) found.push(`${address} → ${id}`);
          }
        }
      }
      expect(found).toEqual([]);
    });

    it('stays unknown to the agents of the drawn firms: no row, no list, no archive tells them', async () => {
      const found: string[] = [];
      for (const { draw, id, enterprise } of visited.filter(({ state }) => ['assigned', 'reserved'].includes(state))) {
        const agent: Post = await matrix.enter('enterprise-agent', '430000', enterprise);
        const tell = [draw, id];
        for (const address of [
          '/api/records?limit=1000',
          '/api/records.csv',
          '/api/inbox',
          '/api/declarations',
          '/api/jobs',
          '/api/parked',
          `/api/queries/subjects.archive?enterprise=${enterprise}`,
          `/api/records/${enterprise}`,
        ]) {
          const { status, text } = await matrix.ask(agent, address);
          if (status >= 500) found.push(`${address}: ${status}`);
          for (const word of tell) if (text.includes(word)) found.push(`${address} tells ${word}`);
        }
        const other = randomUUID();
        for (const address of [
          `/api/records/${id}`,
          `/api/records/${draw}`,
          `/api/queries/sampling.task-results?task=${id}`,
          `/api/queries/sampling.draw-state?draw=${draw}`,
        ]) {
          const real = await matrix.ask(agent, address);
          const none = await matrix.ask(agent, address.replace(id, other).replace(draw, other));
          if (real.status !== none.status || real.text.replaceAll(id, other).replaceAll(draw, other) !== none.text)
            found.push(`${address}: ${real.status}`);
        }
      }
      expect(found).toEqual([]);
    });
  });
}
