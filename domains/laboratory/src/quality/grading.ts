import type { Label } from '@hengjian/kernel';
import type { ScoreClass } from '@hengjian/statistics';
import { type Grade, gradeOf } from '../proficiency/scoring.ts';

/** What a body did for supervision in a period, as its tasks show it. */
export interface Work {
  readonly reports: number;
  /** Reported after the day that the task set. */
  readonly late: number;
  /** Reports of which a second revision was needed. */
  readonly corrected: number;
  /** Conclusions that a retest did not bear out. */
  readonly overturned: number;
}

/** What is known of a body's quality; null or empty where nothing is. */
export interface Record {
  readonly scores: readonly { readonly class: ScoreClass; readonly corrected: boolean }[];
  readonly work: Work | null;
  /** Final spot checks, 0 to 100 each. */
  readonly spotChecks: readonly { readonly score: number; readonly major: boolean }[];
}

export interface Graded {
  readonly grade: Grade;
  /** Why it is not A; empty when it is. */
  readonly reasons: readonly Label[];
}

/**
 * Bounds from which a body goes down a grade: shares of its reports in percent, and points of a spot check. A convention of this platform
 * for order 39 art. 20 (supervision by class), to be set by the province.
 */
export const bounds = { latePercent: 10, correctedPercent: 2, spotCheck: 80, spotCheckFails: 60 } as const;

const grades: readonly Grade[] = ['A', 'B', 'C', 'D'];
const percent = (part: number, whole: number): number => (whole === 0 ? 0 : (part / whole) * 100);
const shown = (value: number): string => value.toFixed(1).replace(/\.0$/, '');

/**
 * Grade of a body from its proficiency rounds, its work for supervision (late, corrected, overturned) and spot checks. Each finding takes
 * one grade; a failed or major spot check, and what is not corrected, leave none. Undefined where nothing is known of it.
 */
export function gradeBody({ scores, work, spotChecks }: Record): Graded | undefined {
  const known = scores.length > 0 || (work?.reports ?? 0) > 0 || spotChecks.length > 0;
  if (!known) return undefined;
  const rounds = gradeOf(scores) ?? 'A';
  let step = grades.indexOf(rounds);
  const reasons: Label[] = [];
  if (step > 0)
    reasons.push({
      zh: `能力验证：${rounds} 级（可疑或不满意的结果，或者尚未整改）。`,
      en: `Proficiency rounds: grade ${rounds} (warnings, action, or not corrected).`,
    });
  const down = (steps: number, zh: string, en: string): void => {
    step += steps;
    reasons.push({ zh, en });
  };
  if (work !== null) {
    const [late, corrected] = [percent(work.late, work.reports), percent(work.corrected, work.reports)];
    if (late > bounds.latePercent)
      down(
        1,
        `${work.reports} 份报告中 ${work.late} 份超期（${shown(late)} %，界限 ${bounds.latePercent} %）。`,
        `${work.late} of ${work.reports} reports were late (${shown(late)} %, bound ${bounds.latePercent} %).`,
      );
    if (corrected > bounds.correctedPercent)
      down(
        1,
        `${work.reports} 份报告中 ${work.corrected} 份更正（${shown(corrected)} %，界限 ${bounds.correctedPercent} %）。`,
        `${work.corrected} of ${work.reports} reports were corrected (${shown(corrected)} %, bound ${bounds.correctedPercent} %).`,
      );
    if (work.overturned > 0)
      down(1, `复检推翻结论 ${work.overturned} 次。`, `A retest did not bear out ${work.overturned} conclusions.`);
  }
  const worst = Math.min(100, ...spotChecks.map(({ score }) => score));
  if (worst < bounds.spotCheckFails || spotChecks.some(({ major }) => major))
    down(3, `工作质量抽查最低 ${worst} 分或者有重大问题。`, `A spot check found ${worst} points or a major fault.`);
  else if (worst < bounds.spotCheck)
    down(1, `工作质量抽查最低 ${worst} 分。`, `The worst spot check found ${worst} points.`);
  return { grade: grades[Math.min(step, grades.length - 1)]!, reasons };
}
