import { type Grade, sharesByGrade } from '@hengjian/institutions';

/** How one laboratory's part of the tasks was reckoned. */
export interface AllotmentLine {
  id: string;
  name: string;
  /** Percent of the agreement; null where not everybody's are agreed, and all count alike. */
  agreed: number | null;
  /** Null where none was decided; it counts like an A until somebody looks. */
  grade: Grade | null;
  factor: number;
  /** Agreed share times factor. */
  weight: number;
  /** What the weight comes to among all, in percent with two decimals. */
  share: string;
  tasks: number;
}

/** Agreed share × factor of the grade, for each laboratory; the last tasks are given where the weight is least used. */
export function allotmentOf(
  laboratories: readonly { id: string; name: string }[],
  agreed: ReadonlyMap<string, number>,
  grades: ReadonlyMap<string, Grade>,
): AllotmentLine[] {
  const all = laboratories.every(({ id }) => agreed.has(id));
  const lines = laboratories.map(({ id, name }) => {
    const grade = grades.get(id) ?? null;
    const factor = grade === null ? 1 : sharesByGrade[grade];
    const own = all ? agreed.get(id)! : null;
    return { id, name, agreed: own, grade, factor, weight: (own ?? 1) * factor };
  });
  const whole = lines.reduce((sum, { weight }) => sum + weight, 0);
  return lines.map((line) => ({
    ...line,
    share: whole === 0 ? '0.00' : ((line.weight / whole) * 100).toFixed(2),
    tasks: 0,
  }));
}
