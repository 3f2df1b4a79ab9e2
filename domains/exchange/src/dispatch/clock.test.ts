import { computeDeadline, createCalendar } from '@hengjian/calendar';
import { describe, expect, it } from 'vitest';
import { holidayYears } from '../../../../data/holidays/index.ts';
import { counterparts } from '../counterpart/index.ts';
import { dispatchLifecycle, doublePublicity } from './lifecycle.ts';

describe('双公示时限', () => {
  it('自作出决定之日起七个工作日，跨国庆顺延；只有写明时限的报文才起算', () => {
    const calendar = createCalendar(holidayYears);
    expect(computeDeadline(doublePublicity, '2026-03-02', calendar).dueOn).toBe('2026-03-11');
    // 29 and 30 September, 8, 9 and 10 (a Saturday that is worked), 12 and 13 October.
    expect(computeDeadline(doublePublicity, '2026-09-28', calendar).dueOn).toBe('2026-10-13');
    const { from } = dispatchLifecycle.clocks.doublePublicity!.starts;
    expect(from!({ termFrom: '2026-03-02' })).toBe('2026-03-02');
    expect(from!({ termFrom: null })).toBeNull();
    expect(
      counterparts.flatMap(({ messages }) => messages.filter(({ clock }) => clock).map(({ name }) => name)),
    ).toEqual(['decision']);
  });
});
