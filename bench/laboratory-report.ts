import { judge, parseLimit } from '@hengjian/statistics';
import { renderPaper } from '../apps/server/src/papers/render.ts';
import { type Report, reportPaper } from '../domains/laboratory/src/report/content.ts';
import { median, rounded, secondsOf } from './measure.ts';

const items = 20;

function reportNumbered(number: number): Report {
  const results = Array.from({ length: items }, (_, at) => {
    const value = (0.05 + ((number * 7 + at * 13) % 200) / 1000).toFixed(3);
    return {
      item: `检验项目${at + 1}`,
      method: 'GB 23200.113-2018',
      limit: '≤0.2 mg/kg',
      clause: 'GB 2763-2021 4.1',
      severity: 'A',
      value,
      unit: 'mg/kg',
      decision: null,
      quantification: '0.01 mg/kg',
      subcontractor: null,
      repeats: [],
      verdict: judge({
        limit: parseLimit('≤0.2', 'mg/kg'),
        result: value,
        unit: 'mg/kg',
        method: 'full',
        rule: { kind: 'simple' },
      }),
    };
  });
  return {
    form: 'hengjian-test-report/1',
    number: `HX-${number}`,
    revision: 1,
    corrects: null,
    body: { name: '湖南衡岫产品质量检验研究院', certificate: '241820110001', mark: 'CMA' },
    client: { name: '演示委托单位', address: '湖南省长沙市岳麓区试验路1号' },
    source: 'commissioned',
    sample: {
      name: '韭菜',
      batch: 'B-1',
      blindCode: 'AAAAA-BBBBB',
      quantity: '6 份',
      seal: 'F-0001',
      receivedOn: '2026-03-02',
      condition: '新鲜，无腐烂',
      temperature: '4.5',
      producedOn: null,
      sampledOn: '2026-03-01',
    },
    results,
    conclusion: 'conforms',
    seriousness: 'none',
    verdictRule: 'any-item',
    reportedOn: '2026-03-09',
    signedBy: '签字人',
    checkCode: 'ABCD1234',
  };
}

const print = (content: Record<string, unknown>, title: string, template: string): Promise<Buffer> =>
  renderPaper({
    title,
    number: null,
    sha256: 'a'.repeat(64),
    created_at: '2026-03-09T02:00:00Z',
    template,
    content,
    verifyAt: `https://example.gov.cn/verify/${'a'.repeat(64)}`,
  });

/** Report papers a second, 20 items each, with QR, seal picture and embedded font; beside a paper of one line by the same compiler. */
export async function measureReports({ quick }: { quick: boolean }): Promise<Record<string, unknown>> {
  const many = quick ? 20 : 200;
  const first = await secondsOf(() => print({ paragraphs: ['首份'] }, '通知', 'warm-up'));
  const reports: number[] = [];
  const bare: number[] = [];
  let bytes = 0;
  for (let turn = 0; turn < (quick ? 1 : 3); turn += 1) {
    reports.push(
      await secondsOf(async () => {
        for (let at = 0; at < many; at += 1) {
          const { content, title, template } = reportPaper(reportNumbered(turn * many + at));
          bytes = (await print(content, title, template)).byteLength;
        }
      }),
    );
    bare.push(
      await secondsOf(async () => {
        for (let at = 0; at < many; at += 1)
          await print({ paragraphs: [`第${turn * many + at}份`] }, '通知', 'one-line');
      }),
    );
  }
  if (bytes < 10_000) throw new Error('A report without its embedded font is no report.');
  return {
    items,
    firstPaperSeconds: rounded(first),
    perSecond: rounded(many / median(reports)),
    onePageOneLinePerSecond: rounded(many / median(bare)),
    ratio: rounded(median(reports) / median(bare)),
    kilobytes: Math.round(bytes / 1024),
  };
}
