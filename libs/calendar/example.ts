import { computeDeadline, createCalendar, daysLeft, explainDeadline, statusOf, summarise } from './src/index.ts';

const calendar = createCalendar([
  {
    year: 2026,
    notices: ['https://www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm'],
    holidays: [
      { name: '春节', from: '2026-02-15', to: '2026-02-23' },
      { name: '国庆节', from: '2026-10-01', to: '2026-10-07' },
    ],
    makeUpDays: [
      { name: '春节', date: '2026-02-14' },
      { name: '春节', date: '2026-02-28' },
    ],
  },
]);

const licence = { kind: 'within', unit: 'working-day', amount: 10, basis: '《行政许可法》第四十四条' } as const;
const options = { suspensions: [{ from: '2026-02-25', to: '2026-02-26', reason: '检验' }] };

const deadline = computeDeadline(licence, '2026-02-06', calendar, options);
for (const line of summarise(explainDeadline(licence, '2026-02-06', calendar, options))) {
  console.log(line.from === line.to ? line.from : `${line.from} – ${line.to}`, line.zh, '|', line.en);
}
console.log(deadline.dueOn, daysLeft(deadline, '2026-02-27', calendar), statusOf(deadline, '2026-02-27', calendar));
