import type { CommandResult, RecordRow } from '../api.ts';
import { request } from '../http.ts';

/** The two decisions that need nothing but an opinion; the others have their own forms. */
export const decisions = ['sign', 'returnIt'] as const;
export type Decision = (typeof decisions)[number];

const ids = new Map<string, string>();

/** The same decision on the same version of a sheet is always the same command, however often it is sent. */
function commandId(row: RecordRow, decision: Decision, opinion: string): string {
  const key = `${row.id} ${row.version} ${decision} ${opinion}`;
  const known = ids.get(key) ?? crypto.randomUUID();
  ids.set(key, known);
  return known;
}

/**
 * Signs or returns one sheet.
 * @throws {Problem} with the server's reason.
 */
export function decide(row: RecordRow, decision: Decision, opinion: string): Promise<CommandResult> {
  return request<CommandResult>(`/api/actions/kernel.approval/${decision}`, {
    method: 'POST',
    body: {
      id: commandId(row, decision, opinion),
      record: row.id,
      version: row.version,
      input: opinion.trim() === '' ? {} : { opinion: opinion.trim() },
    },
  });
}
