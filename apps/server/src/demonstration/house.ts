import { later, type OfficeWork } from './office-work.ts';

/** What every office has around its records: a week of duty, somebody on leave, letters under way, people who want to be told. */
export async function keepHouse(work: OfficeWork, today: string): Promise<void> {
  const chief = work.who('section-chief.430000');
  const organiser = work.who('sampling-organiser.430000');
  const planner = work.who('planner.430000');
  work.on(today, 8);
  const rota = [organiser, planner, chief];
  for (let day = 0; day < 7; day += 1) {
    const on = { day: later(today, day), shift: 'whole' };
    await work.act(chief, 'people.duty', 'plan', { ...on, person: rota[day % 3]!.person, part: 'officer' });
    await work.act(chief, 'people.duty', 'plan', {
      ...on,
      person: work.who('bureau-head.430000').person,
      part: 'leader',
    });
  }
  await work.act(planner, 'people.leave', 'ask', {
    kind: 'mission',
    firstDay: later(today, 3),
    lastDay: later(today, 5),
    deputy: organiser.person,
    remark: '参加标准宣贯培训',
  });
  await work.act(organiser, 'correspondence.letter', 'issueAssistance', {
    toOffice: '350000',
    matter: '一批次电线电缆抽查不合格，标称生产者在贵省，其书面否认该批次为其产品。',
    demand: '请协助核实标称生产者是否生产过该批次产品，并提供生产和出厂记录。',
  });
  await work.act(chief, 'correspondence.letter', 'issueUrging', {
    toOffice: '430100',
    matter: '部分县（区）局对不合格结果的处理进展缓慢。',
    demand: '请逐件说明未签收、超期的原因和完成时间。',
    deadline: later(today, 10),
  });
  await work.act(chief, 'correspondence.letter', 'issueQualityMeeting', {
    toName: '全省电线电缆生产企业代表',
    matter: '通报本年度电线电缆监督抽查情况，分析导体电阻不合格的原因。',
    demand: '请携带原材料进厂检验记录参会。',
    meetingOn: later(today, 12),
    place: '省局二楼会议室',
  });
  // One number that the file provider carries, one that it refuses: what failed stands first in the outbox.
  for (const [who, phone] of [
    [organiser, '13900000001'],
    [chief, '13900000000'],
  ] as const)
    await work.act(who, 'correspondence.preference', 'set', {
      nearDue: true,
      handovers: true,
      phone,
      language: 'zh',
    });
  await work.platform.settle();
}
