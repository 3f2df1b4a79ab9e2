import { createCalendar } from '@hengjian/calendar';
import { describe, expect, it } from 'vitest';
import { holidayYears } from '../../../../data/holidays/index.ts';
import {
  refuseReturn,
  refuseReturnUnless,
  refuseService,
  type ServiceClaim,
  servedByPublicNotice,
  ways,
} from './rules.ts';

const paper = { issuedOn: '2026-03-02', today: '2026-03-10' };
const claim = (more: Partial<ServiceClaim> & Pick<ServiceClaim, 'way'>): ServiceClaim => ({
  servedOn: '2026-03-05',
  ...more,
});
const code = (verdict: ReturnType<typeof refuseService>) => (verdict === true ? 'served' : verdict.code);

describe('每种送达方式各有凭证（令第2号第八十二条）', () => {
  it.each([
    [claim({ way: 'direct', receivedBy: '李四' }), {}, 'served'],
    [claim({ way: 'direct' }), {}, 'receiver-missing'],
    [claim({ way: 'entrusted', receivedBy: '望城区局王某' }), {}, 'served'],
    [claim({ way: 'entrusted' }), {}, 'receiver-missing'],
    [claim({ way: 'left', witness: '居委会张某' }), {}, 'served'],
    [claim({ way: 'left' }), {}, 'witness-missing'],
    [claim({ way: 'left' }), { filmed: true }, 'served'],
    [claim({ way: 'mail', waybill: 'EMS1' }), {}, 'served'],
    [claim({ way: 'mail' }), {}, 'waybill-missing'],
    [claim({ way: 'electronic' }), {}, 'address-not-confirmed'],
    [claim({ way: 'electronic' }), { confirmedOn: '2026-03-05' }, 'served'],
    [claim({ way: 'electronic' }), { confirmedOn: '2026-03-06' }, 'address-not-confirmed'],
  ] as const)('%o %o → %s', (told, more, expected) => {
    expect(code(refuseService(told, { ...paper, ...more }))).toBe(expected);
  });

  it('送达日期在制作之日和今天之间，两端都算', () => {
    const on = (servedOn: string) => code(refuseService(claim({ way: 'mail', waybill: '1', servedOn }), paper));
    expect(['2026-03-01', '2026-03-02', '2026-03-10', '2026-03-11'].map(on)).toEqual([
      'served-before-issued',
      'served',
      'served',
      'served-in-future',
    ]);
  });

  it('公告送达没有人可以声称：它只能期满', () => {
    expect(Object.keys(ways)).toContain('public-notice');
    // 2 March and thirty days is the first of April; a term that runs out does not roll over Qingming either.
    const calendar = createCalendar(holidayYears);
    expect(servedByPublicNotice('2026-03-02', calendar)).toBe('2026-04-01');
    expect(servedByPublicNotice('2026-03-06', calendar)).toBe('2026-04-05');
  });
});

describe('邮件退回（第八十三条第二款）', () => {
  it('确认过地址的视为送达，没有确认的不是送达', () => {
    expect(refuseReturnUnless(true, '2026-03-01')).toBe(true);
    expect(refuseReturnUnless(true, null)).toMatchObject({ code: 'address-not-confirmed' });
    expect(refuseReturnUnless(false, null)).toBe(true);
    expect(refuseReturnUnless(false, '2026-03-01')).toMatchObject({ code: 'address-confirmed' });
    expect(refuseReturn('2026-03-11', paper)).toMatchObject({ code: 'returned-on' });
    expect(refuseReturn('2026-03-10', paper)).toBe(true);
  });
});
