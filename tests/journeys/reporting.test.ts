import { afterAll, expect, it } from 'vitest';
import { journeyCoverage } from './coverage.ts';
import { signIn, stranger } from './visitor.ts';

const coverage = journeyCoverage('reporting', import.meta.url);
const [statistics, analysis] = ['quality-business-statistics', 'quality-analysis-report'];
let passed = false;
afterAll(() => coverage.finish(passed));

interface Counted {
  total: { numerator: number; denominator: number; value: string };
  hash: string;
}
interface Published {
  bulletins: {
    entry: string;
    title: string;
    product: string;
    publishedOn: string;
    passed: number;
    n: number;
    rate: string;
    cities: { passed: number; n: number }[];
  }[];
}
interface Frozen {
  state: string;
  fields: {
    sections: {
      figures: {
        figure: string;
        hash: string;
        parameters: Record<string, string>;
        lines: { group: string | null; numerator: number }[];
      }[];
    }[];
    digest: string;
  };
  documents: { id: string; kind: string; number: string | null }[];
}

it('领导签发季报：数字取自记录、核对、签发、冻结、复算一致；公告里的合格率与指标一致', {
  timeout: 120_000,
}, async () => {
  const planner = await signIn('Planner', '湖南省');
  const chief = await signIn('Section chief', '湖南省');
  const { body: today } = await stranger().get<{ today: string }>('/api/demonstration/clock');
  const year = today.today.slice(0, 4);
  const { body: rates } = await stranger().get<Published>('/api/public/queries/reporting.published-rates');
  expect(rates.bulletins.length).toBeGreaterThan(0);

  const ask = (input: Record<string, string>) =>
    planner.get<Counted>(`/api/queries/reporting.figure?${new URLSearchParams(input)}`);
  const schemes = await planner.get<{
    groups: { group: string; numerator: number; denominator: number; label: { zh: string } }[];
  }>('/api/queries/reporting.figure?figure=pass-rate&by=scheme');
  for (const bulletin of rates.bulletins) {
    // The title of a bulletin of the demonstration is its scheme's with another end.
    const scheme = schemes.body.groups.find(({ label }) => bulletin.title.startsWith(label.zh.replace(/方案$/, '')))!;
    expect([scheme.numerator, scheme.denominator]).toEqual([bulletin.passed, bulletin.n]);
    expect(bulletin.cities.reduce((sum, { n }) => sum + n, 0)).toBe(bulletin.n);
  }
  coverage.step(statistics!, 'by city and product');
  coverage.step(statistics!, 'published rates');
  const page = await stranger().get('/rates');
  expect(page.status).toBe(200);
  for (const { title } of rates.bulletins) expect(page.text).toContain(title);
  const csv = await stranger().get(`/api/public/rates.csv?product=${encodeURIComponent(rates.bulletins[0]!.product)}`);
  expect(csv.text).toContain(rates.bulletins[0]!.rate);

  const month =
    rates.bulletins.map(({ publishedOn }) => publishedOn).find((day) => day.startsWith(year)) ??
    rates.bulletins[0]!.publishedOn;
  const { record } = await planner.act('reporting.report', 'draft', { template: 'quarterly', periodFrom: month });
  coverage.step(statistics!, 'counted from the records');
  coverage.step(analysis!, 'figures pulled');
  coverage.step(analysis!, 'drafted');
  expect((await chief.refused('reporting.report', 'check', {}, record.id)).code).toBe('not-your-role');
  await planner.act('reporting.report', 'check', { remarks: '与各处台账核对一致。' }, record.id);
  coverage.step(statistics!, 'checked');
  const { sheet } = await planner.act('reporting.report', 'freeze', {}, record.id);
  coverage.step(statistics!, 'put before the chief');
  await chief.act('kernel.approval', 'sign', { opinion: '同意签发。' }, sheet!);
  const { body: frozen } = await chief.get<Frozen>(`/api/records/${record.id}`);
  expect(frozen.state).toBe('frozen');
  coverage.step(statistics!, 'signed and frozen');
  coverage.step(analysis!, 'reviewed');

  const figure = frozen.fields.sections
    .flatMap(({ figures }) => figures)
    .find(({ figure: key, parameters }) => key === 'pass-rate' && parameters.by === 'product')!;
  expect((await ask(figure.parameters)).body.hash).toBe(figure.hash);
  const again = await chief.get<{ same: number; figures: number; changed: unknown[] }>(
    `/api/queries/reporting.recompute?report=${record.id}`,
  );
  expect(again.body.changed).toEqual([]);
  expect(again.body.same).toBe(again.body.figures);
  const paper = frozen.documents.find(({ kind }) => kind === 'report')!;
  expect((await chief.get(`/api/documents/${paper.id}.pdf`)).text.slice(0, 5)).toBe('%PDF-');
  const book = await chief.get(`/api/reports/${record.id}.xlsx`);
  expect([book.status, book.text.slice(0, 2)]).toEqual([200, 'PK']);
  expect((await planner.refused('reporting.report', 'discard', { reason: '改' }, record.id)).code).toBe(
    'not-allowed-now',
  );
  const oversight = await chief.get<{ campaigns: { tasks: number; loops: number; closed: number }[] }>(
    '/api/queries/reporting.campaigns',
  );
  expect(oversight.body.campaigns.some(({ loops, closed }) => loops > 0 && closed <= loops)).toBe(true);
  passed = true;
});
