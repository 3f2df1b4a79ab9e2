import { type Act, field, type Refusal, refuse } from '@hengjian/kernel';
import { refuseExpiredCertificate } from '@hengjian/people';
import { z } from 'zod';
import { refuseUnlessOfCase } from '../case/people.ts';
import { coercionLaw } from '../clauses.ts';
import type { MeasureRow } from './entity.ts';

export const by = ['case-officer'];
export const only =
  (kind: MeasureRow['kind']) =>
  (row: MeasureRow): true | Refusal =>
    row.kind === kind || refuse('other-measure', '这项措施不适用此操作。', 'This is not how such a measure goes.');
/** An officer of the case, whose certificate has not ended. */
export async function officerOfCase(row: MeasureRow, _input: unknown, act: Act): Promise<true | Refusal> {
  const verdict = await refuseExpiredCertificate(act);
  // The signatory carries an approved measure out in the name of whoever proposed it.
  if (verdict !== true || act.hands.length > 0) return verdict;
  return refuseUnlessOfCase(row.penaltyCase, act);
}
export const begins = (_row: MeasureRow, _input: unknown, act: Act): Partial<MeasureRow> => ({
  startedOn: act.occurredOn,
});
export const ends = (_row: MeasureRow, _input: unknown, act: Act): Partial<MeasureRow> => ({ endedOn: act.occurredOn });
export const Outcome = z.strictObject({
  outcome: field.longText('处理情况和理由', { en: 'What was done and why', max: 4000 }),
});
export const running = ['in-force', 'testing'] as const;

/** A seized thing is confiscated by a decision, never by the measure itself (coercion law art. 27). */
export async function decidedToConfiscate(row: MeasureRow, _input: unknown, act: Act): Promise<true | Refusal> {
  const [held] = await act.sql.query<{ goods: string | null }>(
    `select confiscated_goods as goods from cases.case where id = $1 and decided_on is not null`,
    [row.penaltyCase],
  );
  return (
    held?.goods != null ||
    refuse(
      'not-decided',
      `没有作出没收决定，不能没收（${coercionLaw('第二十七条')}）。`,
      `Nothing is confiscated without a decision (${coercionLaw('第二十七条')}).`,
    )
  );
}
