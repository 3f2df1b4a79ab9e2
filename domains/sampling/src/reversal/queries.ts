import type { Transaction } from '@hengjian/kernel';

/** A final conclusion that fell: why, and whom it concerns. */
export interface FallenConclusion {
  task: string;
  reason: string;
  /** "Seller only" undoes what concerns the labelled producer alone. */
  concerns: (subjectName: string) => boolean;
}

/** What an approved reversal means for whatever rests on the conclusion. */
export async function findFallenConclusion(sql: Transaction, reversal: string): Promise<FallenConclusion | undefined> {
  const [found] = await sql.query<{ task: string; change: string; reason: string; producer: string | null }>(
    `select r.task, r.change, r.reason, t.labelled_producer ->> 'name' as producer
     from sampling.reversal r join sampling.task t on t.id = r.task where r.id = $1`,
    [reversal],
  );
  if (found === undefined) return undefined;
  const { task, change, reason, producer } = found;
  return {
    task,
    reason: `结论变更：${reason}`.slice(0, 2000),
    concerns: (subjectName) => change !== 'seller-only' || subjectName === producer,
  };
}
