import { query } from '@hengjian/kernel';
import { listInput, listRecords } from '@hengjian/reading';
import { z } from 'zod';
import { Enterprise } from '../enterprise/entity.ts';
import { readers } from '../enterprise/reading.ts';

interface Hit {
  id: string;
  name: string;
  creditCode: string | null;
  kind: string;
  region: string | null;
  address: string | null;
  status: string;
}

/**
 * Enterprises by name, other name, credit code, address or pinyin initials (of the whole name, or without the region in front), those
 * whose name begins as typed first.
 */
export const searchEnterprises = query({
  name: 'subjects.search-enterprises',
  label: { zh: '查找经营主体', en: 'Search for entities' },
  roles: readers,
  input: z.object({ q: z.string().max(200), limit: z.coerce.number().int().min(1).max(50).default(20) }),
  answer: async ({ q, limit }, { kernel, actor, sql }) => {
    const list = await listRecords(
      kernel,
      actor,
      sql,
      listInput.parse({ entity: Enterprise.name, state: 'registered,closed', q, limit: 200 }),
    );
    const rows = await sql.query<Hit>(
      `select id, name, credit_code as "creditCode", kind, region, address, status from subjects.enterprise
       where id = any($1::uuid[]) order by starts_with(name, $2) desc, length(name), id limit $3`,
      [list.rows.map(({ id }) => id), q.trim(), limit],
    );
    return { rows, more: list.rows.length > rows.length || list.next !== null };
  },
});
