import { randomUUID } from 'node:crypto';
import type { Answer, Ask, Matrix, Post, Row } from './installation.ts';

export const boundary = 'a-boundary-of-forms';

export const pdf = Buffer.from('%PDF-1.7\n%%EOF\n');
export const plan = {
  year: 2026,
  name: '试',
  kind: 'supervision',
  level: 'province',
  items: [],
  budget: '1.00',
};

/** A form with one file, as a browser sends it. */
export function form(name: string, content: Buffer): Ask {
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n`;
  return {
    method: 'POST',
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: Buffer.concat([Buffer.from(head), content, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  };
}

export const command = (more: Row = {}): Row => ({ id: randomUUID(), input: {}, ...more });

export const act = (
  matrix: Matrix,
  post: Post | null,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> => matrix.ask(post, `/api/actions/${path}`, { method: 'POST', body, headers });

/** How many rows each table holds, and the sum of all versions; reading and being signed in leave their own traces. */
export async function stock(matrix: Matrix): Promise<Row> {
  const tables = await matrix.rows<{ target: string }>(
    `select schemaname || '.' || tablename as target from pg_tables
     where schemaname in ('kernel', 'subjects', 'sampling', 'desk', 'public_record') and tablename not in ('read_log', 'sign_in_session')`,
  );
  const text = [
    ...tables.map(({ target }) => `select '${target}' as target, count(*) as n from ${target}`),
    `select 'versions', sum(version) from kernel.record`,
  ].join(' union all ');
  const counted = await matrix.rows<{ target: string; n: number }>(text);
  return Object.fromEntries(counted.map(({ target, n }) => [target, Number(n)]));
}

/** What is wrong with an answer that should be a refusal; undefined when it is a proper one. */
export function improper({ status, type, body, text }: Answer): string | undefined {
  if (status < 400 || status >= 500) return `status ${status} ${text.slice(0, 200)}`;
  if (!type.startsWith('application/problem+json')) return `type ${type}`;
  if (typeof body.code !== 'string' || !/^[a-z][a-z0-9-]*$/.test(body.code)) return `code ${String(body.code)}`;
  if (typeof body.detail !== 'string' || !/[\u4e00-\u9fff]/.test(body.detail)) return `detail ${String(body.detail)}`;
  if (body.status !== status) return `status in body ${String(body.status)}`;
  return undefined;
}
