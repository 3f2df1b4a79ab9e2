import { englishHolidayName } from './holidays.ts';

/** The same words in both languages. */
export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

/** What happens on a line of the arithmetic: counted, left out and why, extended, rolled forward, or an end. */
export type StepKind =
  | 'start'
  | 'counted'
  | 'make-up'
  | 'weekend'
  | 'holiday'
  | 'suspended'
  | 'term'
  | 'extended'
  | 'travel'
  | 'rolled'
  | 'opens'
  | 'due';

export interface StepFacts {
  readonly kind: StepKind;
  readonly unit: 'hour' | 'working-day' | 'day' | 'month' | 'year';
  /** First and last count of a run of counted days; equal for one day; null where nothing is counted. */
  readonly counts: readonly [number, number] | null;
  /** Why a day is not counted, or what a term or extension adds. */
  readonly reason: Bilingual | null;
  readonly provisional: boolean;
}

export const WEEKEND: Bilingual = { zh: '周末', en: 'weekend' };

export function holidayReason(name: string): Bilingual {
  return { zh: name, en: englishHolidayName(name) };
}

const PROVISIONAL: Bilingual = {
  zh: '（该年度放假安排尚未公布，暂按周一至周五为工作日）',
  en: ' (notice for that year not issued: Monday to Friday assumed)',
};

function countText(facts: StepFacts): Bilingual {
  const [first, last] = facts.counts ?? [0, 0];
  const working = facts.unit === 'working-day';
  const zh = `第${first === last ? first : `${first}—${last}`}${working ? '个工作日' : '日'}`;
  const en = `${working ? 'working day' : 'day'}${first === last ? ` ${first}` : `s ${first} to ${last}`}`;
  return { zh, en };
}

function plainText(facts: StepFacts): Bilingual {
  const { zh, en } = facts.reason ?? { zh: '', en: '' };
  const count = countText(facts);
  switch (facts.kind) {
    case 'start':
      return { zh: zh === '' ? '开始当日，不计入' : zh, en: en === '' ? 'starting day, not counted' : en };
    case 'counted':
      return count;
    case 'make-up':
      return { zh: `${count.zh}（${zh}调休上班）`, en: `${count.en} (make-up day for ${en})` };
    case 'weekend':
      return { zh: `${zh}，不计入`, en: `${en}, not counted` };
    case 'holiday':
      return { zh: `法定节假日（${zh}），不计入`, en: `public holiday (${en}), not counted` };
    case 'suspended':
      return { zh: `中止（${zh}），不计入`, en: `suspended (${en}), not counted` };
    case 'term':
      return { zh, en };
    case 'extended':
      return { zh: `延长${zh}`, en: `extended by ${en}` };
    case 'travel':
      return { zh: '在途时间，不计入', en: 'in transit, not counted' };
    case 'rolled':
      return { zh: `届满日逢${zh}，顺延`, en: `the last day falls on a day off (${en}), rolled forward` };
    case 'opens':
      return { zh: '自此可以办理', en: 'the act may be done from here on' };
    case 'due':
      return { zh: '期限届满', en: 'last day' };
  }
}

/** One line of the arithmetic, without its date. */
export function stepText(facts: StepFacts): Bilingual {
  const text = plainText(facts);
  return facts.provisional ? { zh: text.zh + PROVISIONAL.zh, en: text.en + PROVISIONAL.en } : text;
}

const UNIT: Readonly<Record<StepFacts['unit'], Bilingual>> = {
  hour: { zh: '小时', en: 'hour' },
  'working-day': { zh: '个工作日', en: 'working day' },
  day: { zh: '日', en: 'day' },
  month: { zh: '个月', en: 'month' },
  year: { zh: '年', en: 'year' },
};

/** '3个月' and '3 months'. */
export function amountText(amount: number, unit: StepFacts['unit']): Bilingual {
  return { zh: `${amount}${UNIT[unit].zh}`, en: `${amount} ${UNIT[unit].en}${amount === 1 ? '' : 's'}` };
}
