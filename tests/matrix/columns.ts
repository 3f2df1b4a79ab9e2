import { beforeAll, describe, expect, it } from 'vitest';
import { readTruth, type Truth } from './expected.ts';
import type { Matrix, Post, Row } from './installation.ts';

const nameOf = (post: Post): string => `${post.role} at ${post.organisation ?? post.office}`;

/** A row of a list tells no more than the page of its record does to the same reader. */
export function columns(held: () => Matrix): void {
  describe('the columns of a list', () => {
    let matrix: Matrix;
    let truth: Truth;
    beforeAll(async () => {
      matrix = held();
      truth = await readTruth(matrix);
    });

    interface Declared {
      name: string;
      list: { columns: string[]; offered: string[]; sorts: string[] };
    }
    const declared = async (post: Post): Promise<Declared[]> =>
      ((await matrix.ask(post, '/api/declarations')).body.entities as Declared[]) ?? [];

    it('show exactly the fields that the record’s own page opens to the reader, personal ones masked', async () => {
      const wrong: string[] = [];
      let partial = 0;
      let masked = 0;
      let asked = 0;
      // Agents are many and alike: one of each four, and everybody of a testing body.
      const posts = matrix.posts.filter(
        ({ role, organisation }, index) =>
          (organisation !== null && (role !== 'enterprise-agent' || index % 4 === 0)) || index % 12 === 0,
      );
      for (const post of posts)
        for (const { name, list } of await declared(post)) {
          // Kinds of records take turns between the posts.
          asked += 1;
          if (asked % 2 === 0) continue;
          const { body, status, text } = await matrix.ask(
            post,
            `/api/records?entity=${name}&limit=40&fields=${list.offered.join(',')}`,
          );
          if (status !== 200) wrong.push(`${nameOf(post)}: ${name} ${status} ${text.slice(0, 100)}`);
          for (const row of (body.rows ?? []) as { id: string; fields: Row }[]) {
            const open = truth.fieldsOf(post, row.id) ?? list.offered;
            const expected = list.offered.filter((field) => open.includes(field));
            if (expected.length < list.offered.length) partial += 1;
            if (Object.keys(row.fields).sort().join() !== [...expected].sort().join())
              wrong.push(`${nameOf(post)}: ${name} shows ${Object.keys(row.fields).join()} for ${expected.join()}`);
            for (const { name: field, meta } of truth.lifecycle(name).entity.fields) {
              const value = row.fields[field] as { masked?: string } | null | undefined;
              if (meta.personal === undefined || value === null || value === undefined) continue;
              masked += 1;
              if (typeof value.masked !== 'string') wrong.push(`${nameOf(post)}: ${name}.${field} is not masked`);
            }
          }
        }
      expect(wrong).toEqual([]);
      expect(partial).toBeGreaterThan(5);
      expect(masked).toBeGreaterThan(5);
    });

    it('go into a file as they stand on the screen: these columns, this order, these words', async () => {
      const planner = matrix.post('planner', '430000');
      const file = await matrix.ask(
        planner,
        '/api/records.csv?entity=sampling.scheme&columns=title,batches,plan,designBasis&language=en&sort=-batches',
      );
      const [header, first] = file.text.replace('\uFEFF', '').split('\r\n');
      expect(header).toBe('Title,Batches (批次),Plan,Basis of the sample size');
      expect(first).toMatch(/^.+,\d+,.+计划,Fixed by national rules$/);
      const firm = matrix.posts.find(({ role }) => role === 'enterprise-agent')!;
      const shown = await matrix.ask(firm, '/api/records.csv?entity=sampling.notice&columns=title,witness');
      expect(shown.status).toBe(200);
      const contact = await matrix.ask(
        planner,
        '/api/records.csv?entity=sampling.task&columns=title,contact&state=concluded',
      );
      for (const { contact: real } of await matrix.rows<{ contact: string | null }>(
        'select contact from sampling.task',
      ))
        if (real !== null) expect(contact.text).not.toContain(`,${real}\r\n`);
    });

    it('sort a list for its readers alone, and never by what is masked or unknown', async () => {
      const planner = matrix.post('planner', '430000');
      const batches = async (sort: string, cursor = ''): Promise<{ values: number[]; next: string | null }> => {
        const { body } = await matrix.ask(
          planner,
          `/api/records?entity=sampling.plan&sort=${sort}&fields=batches&limit=1${cursor && `&cursor=${cursor}`}`,
        );
        const values = (body.rows as { fields: { batches: number } }[]).map(({ fields }) => fields.batches);
        return { values, next: body.next as string | null };
      };
      for (const sort of ['batches', '-batches']) {
        const found: number[] = [];
        let cursor: string | null = '';
        while (cursor !== null) {
          const page: { values: number[]; next: string | null } = await batches(sort, cursor);
          found.push(...page.values);
          cursor = page.next;
        }
        const sorted = [...found].sort((one, other) => (sort === 'batches' ? one - other : other - one));
        expect(found).toEqual(sorted);
        expect(found.length).toBeGreaterThan(1);
      }
      const agent = matrix.posts.find(({ role }) => role === 'enterprise-agent')!;
      const refused = await matrix.ask(agent, '/api/records?entity=sampling.notice&sort=servedOn');
      expect([refused.status, refused.body.code]).toEqual([400, 'unknown-sort']);
      for (const sort of ['contact', 'nothing', 'samplers'])
        expect((await matrix.ask(planner, `/api/records?entity=sampling.task&sort=${sort}`)).status, sort).toBe(400);
      expect((await matrix.ask(planner, '/api/records?entity=sampling.task&fields=samplers')).body.code).toBe(
        'unknown-column',
      );
    });
  });
}
