import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bureau, investigated, openBureau } from './cases-fixture.ts';

const measure = 'cases.measure';
let bureau: Bureau;
let record: string;
beforeAll(async () => {
  bureau = await openBureau();
  bureau.on('2026-03-02');
  record = await investigated(bureau);
});
afterAll(() => bureau.kernel.close());

async function begin(kind: 'preservation' | 'seizure', more: Record<string, unknown> = {}): Promise<string> {
  const { created } = await bureau.act(
    bureau.first,
    'cases.case',
    'beginMeasure',
    {
      kind,
      suspicion: '生产不合格电线',
      legalBasis: '《产品质量法》第十八条',
      place: '成品仓库',
      goods: [{ name: '电线', model: 'BV 2.5', unit: '卷', quantity: '120' }],
      present: [bureau.first.person, bureau.second.person],
      ...more,
    },
    record,
  );
  return created[0]!;
}
const carried = (id: string, action: string) => bureau.signed(bureau.first, measure, action, id, {}, [bureau.head]);
const state = async (id: string): Promise<string> => (await bureau.get<{ state: string }>('measure', id)).state;

describe('先行登记保存', () => {
  it('七个工作日期满自动解除，没有人需要操作；退还要有清单', async () => {
    bureau.on('2026-03-02');
    const id = await begin('preservation');
    await expect(bureau.act(bureau.third, measure, 'preserve', {}, id)).rejects.toMatchObject({ code: 'not-assigned' });
    await expect(carried(id, 'seize')).rejects.toMatchObject({ code: 'other-measure' });
    await carried(id, 'preserve');
    expect((await bureau.clock(id, 'preservation'))?.due_on).toBe('2026-03-11');
    await expect(bureau.act(bureau.first, measure, 'extend', { extensionReason: 'x' }, id)).rejects.toMatchObject({
      code: 'no-extension',
      zh: expect.stringContaining('第三十五条'),
    });
    bureau.on('2026-03-11');
    await bureau.expire();
    expect(await state(id)).toBe('in-force');
    bureau.on('2026-03-12');
    await bureau.expire();
    expect(await state(id)).toBe('lapsed');
    await expect(bureau.act(bureau.first, measure, 'giveBack', { outcome: '退还' }, id)).rejects.toMatchObject({
      code: 'document-missing',
    });
    await bureau.act(bureau.first, measure, 'giveBack', { outcome: '退还' }, id, ['signedInventory']);
  });

  it('当场实施的，二十四小时内没有补办批准即解除', async () => {
    bureau.on('2026-03-03');
    const id = await begin('preservation', { atOnce: true });
    expect(await state(id)).toBe('urgent');
    bureau.on('2026-03-05');
    await bureau.expire();
    expect(await state(id)).toBe('lapsed');
  });
});

describe('查封扣押', () => {
  it('三十日加三十日，检验期间不计，届满即失效；没有决定不能没收', async () => {
    bureau.on('2026-03-09');
    const id = await begin('seizure');
    await carried(id, 'seize');
    const due = async () => (await bureau.clock(id, 'seizure'))!.due_on;
    expect(await due()).toBe('2026-04-08');
    bureau.on('2026-03-10');
    await bureau.act(bureau.first, measure, 'sendToTest', { testUntil: '2026-03-25' }, id);
    await expect(bureau.act(bureau.first, measure, 'confiscate', { outcome: '没收' }, id)).rejects.toMatchObject({
      code: 'not-decided',
      zh: expect.stringContaining('第二十七条'),
    });
    bureau.on('2026-03-20');
    await bureau.act(bureau.first, measure, 'testDone', {}, id);
    expect(await due()).toBe('2026-04-19');
    await bureau.signed(bureau.first, measure, 'extend', id, { extensionReason: '情况复杂' }, [bureau.head]);
    expect(await due()).toBe('2026-05-19');
    await expect(bureau.act(bureau.first, measure, 'extend', { extensionReason: '再延' }, id)).rejects.toMatchObject({
      code: 'extended-once',
      zh: expect.stringContaining('第三十八条'),
    });
    bureau.on('2026-05-20');
    await bureau.expire();
    expect(await state(id)).toBe('lapsed');
    const papers = await bureau.rows<{ kind: string; number: string | null }>(
      'select kind, number from kernel.document where record = $1 and template is not null order by id',
      [id],
    );
    expect(papers.map(({ kind }) => kind).sort()).toEqual(['extension', 'inventory', 'seal', 'seizure', 'testPeriod']);
    expect(papers.find(({ kind }) => kind === 'seizure')?.number).toBe('湘市监强制〔2026〕1号');
  });
});
