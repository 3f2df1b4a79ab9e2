import type { Act } from '@hengjian/kernel';
import type { ApplicationRow } from './entity.ts';

/** Keeps what the applicant reads by number and secret, refusals included, which are nobody else's business. */
export async function tellOutcome(
  row: Pick<ApplicationRow, 'id'>,
  state: string,
  reason: string | null,
  act: Act,
): Promise<void> {
  await act.sql.query('update licensing.outcome set state = $2, reason = $3, told_on = $4 where application = $1', [
    row.id,
    state,
    reason,
    act.occurredOn,
  ]);
}
