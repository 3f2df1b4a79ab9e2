import { roles } from '@hengjian/people';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Matrix, type Post, places } from './installation.ts';

interface Named {
  person: string;
  name: string;
  role: string;
  office: string | null;
  organisation: { id: string } | null;
}
interface Grant {
  person: string;
  name: string;
  role: string;
  office: string;
  organisation: string | null;
}

const bodyRoles = ['sampler', 'laboratory-receiver', 'laboratory-tester', 'laboratory-signatory'];
const ordering = [
  'planner',
  'organiser',
  'section-chief',
  'bureau-head',
  'auditor',
  'system-administrator',
  'security-administrator',
];
const nameOf = (post: Post): string => `${post.role} at ${post.organisation ?? post.office}`;

/** Whose names each post is given to choose from, and that nothing else of a person comes along. */
export function people(held: () => Matrix): void {
  describe('whom each post may name', () => {
    let matrix: Matrix;
    let grants: Grant[];
    let parents: Map<string, string | null>;

    beforeAll(async () => {
      matrix = held();
      parents = new Map(
        (await matrix.rows<{ code: string; parent: string | null }>('select code, parent from kernel.office')).map(
          ({ code, parent }) => [code, parent],
        ),
      );
      await matrix.rows(`update kernel.person set email = 'secret-' || id || '@example.org' where kind = 'person'`);
      grants = await matrix.rows<Grant>(
        `select g.person, p.name, g.role, g.office, g.organisation from kernel.grant g join kernel.person p on p.id = g.person
         where g.state = 'held' and g.valid_from <= $1::date and (g.valid_until is null or g.valid_until >= $1::date)`,
        [matrix.platform.now().toISOString().slice(0, 10)],
      );
    });

    const isBelow = (code: string, top: string): boolean => {
      for (let at: string | null | undefined = code; at; at = parents.get(at)) if (at === top) return true;
      return false;
    };
    /** The rule in words of its own: own line of organs; bodies for who orders work; agents for who gives authority. */
    const mayName = (post: Post, grant: Grant): boolean => {
      if (post.organisation !== null) return grant.organisation === post.organisation;
      const below = isBelow(grant.office, post.office);
      const inLine = below || isBelow(post.office, grant.office);
      if (grant.organisation === null) return inLine;
      if (bodyRoles.includes(grant.role)) return inLine && ordering.includes(post.role);
      return below && post.role === 'system-administrator';
    };
    const ask = async (post: Post, query: string): Promise<{ status: number; text: string; people: Named[] }> => {
      const { status, text, body } = await matrix.ask(post, `/api/people?${query}`);
      return { status, text, people: (body.people ?? []) as Named[] };
    };

    it('gives each post exactly the people of its reach, role by role and office by office', async () => {
      const wrong: string[] = [];
      for (const post of matrix.posts)
        for (const role of ['planner', 'result-handler', 'sampler', 'laboratory-tester', 'enterprise-agent']) {
          const given = await ask(post, `roles=${role}&limit=200`);
          const known = new Set(given.people.map(({ person }) => person));
          const expected = new Set(
            grants.filter((grant) => grant.role === role && mayName(post, grant)).map(({ person }) => person),
          );
          const more = [...known].filter((id) => !expected.has(id));
          const less = given.people.length < 200 ? [...expected].filter((id) => !known.has(id)) : [];
          if (given.status !== 200 || more.length + less.length > 0)
            wrong.push(`${nameOf(post)} asking for ${role}: ${given.status} +${more.length} -${less.length}`);
        }
      expect(wrong).toEqual([]);
    });

    it('gives nobody to a stranger, and nobody beyond the reach to whoever asks for him by name or number', async () => {
      expect((await matrix.ask(null, '/api/people?q=a')).status).toBe(401);
      const county = matrix.post('result-handler', '430102');
      const hidden = grants.filter((grant) => !mayName(county, grant)).slice(0, 40);
      expect(hidden.length).toBe(40);
      const asked = await ask(county, `people=${hidden.map(({ person }) => person).join(',')}`);
      const open = new Set(grants.filter((grant) => mayName(county, grant)).map(({ person }) => person));
      expect(asked.people.filter(({ person }) => !open.has(person))).toEqual([]);
      const agent = grants.find(({ role }) => role === 'enterprise-agent')!;
      expect((await ask(county, `q=${encodeURIComponent(agent.name)}&roles=enterprise-agent`)).people).toEqual([]);
    });

    it('tells a name, a post and a place, never an address', async () => {
      for (const role of ['system-administrator', 'planner', 'enterprise-agent', 'sampler']) {
        const post = matrix.posts.find((one) => one.role === role)!;
        const { text, people: given } = await ask(post, 'limit=200');
        expect(given.length, role).toBeGreaterThan(0);
        expect(text).not.toContain('@');
        expect(Object.keys(given[0]!).sort()).toEqual(
          ['actingFor', 'name', 'office', 'organisation', 'person', 'place', 'role', 'roleLabel'].sort(),
        );
      }
    });

    it('finds by name, initials, post and organ, and forgets whoever holds no post any more', async () => {
      const planner = matrix.post('planner', '430000');
      const known = grants.find(
        (grant) => grant.role === 'section-chief' && grant.office === '430000' && !/ /.test(grant.name),
      )!;
      const finds = async (query: string): Promise<boolean> =>
        (await ask(planner, `${query}&limit=200`)).people.some(({ person }) => person === known.person);
      expect(await finds(`q=${encodeURIComponent(known.name)}`)).toBe(true);
      expect(await finds(`q=${encodeURIComponent(`${known.name.slice(0, 1)} ${roles['section-chief'].zh}`)}`)).toBe(
        true,
      );
      expect(await finds(`q=section+hunan`)).toBe(true);
      expect(await finds(`q=${encodeURIComponent('%')}`)).toBe(false);
      const [first] = (await ask(planner, 'prefer=bureau-head&limit=5')).people;
      expect([first!.role, first!.office]).toEqual(['bureau-head', '430000']);
      const gone = await matrix.enter('section-chief', '430000', null);
      await matrix.rows(`update kernel.grant set valid_until = '2020-02-01' where id = $1`, [gone.id]);
      expect((await ask(planner, `people=${gone.person}`)).people).toEqual([]);
      matrix.posts.splice(matrix.posts.indexOf(gone), 1);
      expect(places).toContain('430000');
    });

    it('offers the codes of regions, products and industries to whoever is signed in, by name, code or initials', async () => {
      const planner = matrix.post('planner', '430000');
      const codes = async (query: string): Promise<string[]> =>
        ((await matrix.ask(planner, `/api/codes/${query}`)).body.codes as { code: string }[]).map(({ code }) => code);
      expect((await codes('regions?q=frq'))[0]).toBe('430102');
      expect((await codes('regions?q=430102'))[0]).toBe('430102');
      expect((await codes('regions')).slice(0, 2)).toEqual(['430000', '430100']);
      expect((await codes('regions?parent=430102')).every((code) => code.startsWith('430102'))).toBe(true);
      expect(await codes('products?q=dxdl')).toEqual(['P301']);
      expect((await codes(`industries?q=${encodeURIComponent('玩具制造')}`)).length).toBeGreaterThan(0);
      expect((await matrix.ask(null, '/api/codes/regions')).status).toBe(401);
    });
  });
}
