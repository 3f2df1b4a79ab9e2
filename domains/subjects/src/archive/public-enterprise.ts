import { isCreditCode } from '@hengjian/identifiers';
import { type Label, Problem, type Transaction } from '@hengjian/kernel';

/** Something that was made public about an enterprise. What was withdrawn keeps its heading and the reason, not its content. */
export interface PublicEntry {
  id: string;
  kind: string;
  title: Label;
  office: { code: string; label: Label };
  region: string;
  publishedAt: string;
  body: Record<string, unknown> | null;
  withdrawn: { at: string; reason: string | null; replacedBy: string | null } | null;
}

const most = 500;

/**
 * What the public record says about the holder of a credit code, newest first; at most 500 entries. Reads nothing else, so it runs
 * in the role `hengjian_public`, which has no other grant.
 * @throws Problem 422 `credit-code` when it is no credit code
 */
export async function publicEnterprise(
  sql: Transaction,
  creditCode: string,
): Promise<{ creditCode: string; entries: PublicEntry[]; counts: Record<string, number> }> {
  const code = creditCode.trim().toUpperCase();
  if (!isCreditCode(code))
    throw new Problem(
      422,
      'credit-code',
      '这不是有效的统一社会信用代码，请核对。',
      'This is not a valid unified social credit code.',
    );
  const rows = await sql.query<Record<string, never>>(
    `select id, kind, title_zh, title_en, office, office_zh, office_en, region, body, published_at, withdrawn_at, reason, replaced_by
     from public_record.entry where subjects @> array[$1::text] order by published_at desc, id limit ${most}`,
    [code],
  );
  const entries = rows.map(
    (row): PublicEntry => ({
      id: row.id!,
      kind: row.kind!,
      title: { zh: row.title_zh!, en: row.title_en! },
      office: { code: row.office!, label: { zh: row.office_zh!, en: row.office_en! } },
      region: row.region!,
      publishedAt: row.published_at!,
      body: row.withdrawn_at ? null : row.body!,
      withdrawn: row.withdrawn_at ? { at: row.withdrawn_at, reason: row.reason!, replacedBy: row.replaced_by! } : null,
    }),
  );
  const counts: Record<string, number> = {};
  for (const { kind, withdrawn } of entries) if (withdrawn === null) counts[kind] = (counts[kind] ?? 0) + 1;
  return { creditCode: code, entries, counts };
}
