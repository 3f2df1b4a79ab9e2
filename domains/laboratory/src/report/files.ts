import type { Transaction } from '@hengjian/kernel';
import { certificateOf } from './certificate.ts';
import { bytesOf, type Report } from './content.ts';

export interface ReportFile {
  name: string;
  type: string;
  content: string;
}

/**
 * A report as a file: `json` are the bytes that its hash and its seal are over; `xml` the same as a digital certificate; `seal` the seal
 * beside it. Undefined where the reader sees no such report, or it has no seal.
 */
export async function reportFile(
  sql: Pick<Transaction, 'query'>,
  sample: string,
  form: 'json' | 'xml' | 'seal',
): Promise<ReportFile | undefined> {
  const [found] = await sql.query<{ report: Report | null; signature: unknown }>(
    'select report, signature from laboratory.sample where id = $1',
    [sample],
  );
  if (!found?.report) return undefined;
  const stem = `${found.report.number}-${found.report.revision}`;
  if (form === 'json') return { name: `${stem}.json`, type: 'application/json', content: bytesOf(found.report) };
  if (form === 'xml') return { name: `${stem}.xml`, type: 'application/xml', content: certificateOf(found.report) };
  if (!found.signature) return undefined;
  return { name: `${stem}.seal.json`, type: 'application/json', content: JSON.stringify(found.signature, null, 2) };
}
