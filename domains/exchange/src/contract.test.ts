import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { csvRows, openLedger } from '@hengjian/subjects';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { counterparts, getMessage } from './counterpart/index.ts';
import { contractFaults } from './counterpart/mapping.ts';
import { readReceipt, renderPackage } from './package/file.ts';
import { controlTotals, digestOf, receiptFaults } from './package/rules.ts';
import { readTable } from './package/table.ts';
import { assignedLedger } from './port/assigned.ts';
import { contract, type SentItem } from './port/contract.ts';
import { openEndpoint } from './port/endpoint.ts';
import { readList } from './reconciliation/file.ts';
import { type FakeCounterpart, fakeReceipt, openFake } from './testing/fake-counterpart.ts';

const samples = fileURLToPath(new URL('../samples/', import.meta.url));
const sample = (system: string, name: string): Buffer => readFileSync(`${samples}${system}/${name}`);
const itemsOf = (system: string): SentItem[] => JSON.parse(sample(system, 'items.json').toString());
const signal = new AbortController().signal;

describe.each(counterparts.map((one) => [one.system, one] as const))('%s：约定', (system, counterpart) => {
  let fake: FakeCounterpart;
  beforeAll(async () => {
    fake = await openFake(counterpart, () => '2026-11-20');
  });
  afterAll(() => fake.close());
  const packed = (message: string) => {
    const lines = itemsOf(system)
      .filter((item) => item.message === message)
      .map(({ key, values }) => ({ key, dispatch: key.slice(0, 36), matter: '示例', hash: '', values }));
    const control = controlTotals(getMessage(counterpart, message), lines);
    return {
      system,
      message,
      mapping: counterpart.edition,
      total: lines.length,
      control,
      digest: digestOf(lines),
      lines,
    };
  };

  it('样例文件每种报文一条，都符合字段、代码、日期和长度的约定', () => {
    const items = itemsOf(system);
    expect(items.map(({ message }) => message)).toEqual(counterpart.messages.map(({ name }) => name));
    for (const item of items) {
      expect(contract.item.safeParse(item).success).toBe(true);
      expect(contractFaults(getMessage(counterpart, item.message), item.values)).toEqual([]);
    }
  });

  it('对方替身接收每条样例、按编号只收一次、清单和答复都符合约定；不合约定的退回并说明', async () => {
    const endpoint = openEndpoint(fake);
    for (const item of itemsOf(system)) {
      const answer = await endpoint.put(item, signal);
      expect(answer).toMatchObject({ state: 'accepted' });
      expect(await endpoint.put(item, signal)).toEqual(answer);
      expect(await endpoint.ask(item.key, signal)).toEqual(answer);
    }
    expect(await endpoint.list('2026-11-20', '2026-11-20')).toHaveLength(counterpart.messages.length);
    expect(await endpoint.list('2026-11-21', '2026-11-21')).toEqual([]);
    const [first] = itemsOf(system);
    const { [counterpart.messages[0]!.fields.find(({ required }) => required)!.name]: _left, ...values } =
      first!.values;
    expect(await endpoint.put({ ...first!, key: `${first!.key}9`, values }, signal)).toMatchObject({
      state: 'rejected',
      code: 'E-missing',
    });
    for (const answer of JSON.parse(sample(system, 'answers.json').toString()) as unknown[])
      expect(contract.answer.safeParse(answer).success).toBe(true);
  });

  it('报送包导出后，对方替身读得出并给出回执，回执逐条对上', async () => {
    const { name } = counterpart.messages[0]!;
    const one = packed(name);
    for (const format of ['csv', 'xlsx'] as const) {
      const file = await renderPackage(one, counterpart, format);
      const receipt = await fakeReceipt(counterpart, name, file, format);
      const { rows, faults } = await readReceipt(receipt, format, counterpart, one, new Set());
      expect(faults).toEqual([]);
      expect(rows.map(({ key, outcome }) => [key, outcome])).toEqual(one.lines.map(({ key }) => [key, 'accepted']));
    }
    const json = JSON.parse((await renderPackage(one, counterpart, 'json')).toString());
    expect(json).toMatchObject({
      control: { count: one.total, digest: one.digest },
      items: [{ KEY: one.lines[0]!.key }],
    });
  });

  it('回执和清单的样例读得出', async () => {
    const lines = itemsOf(system).map(({ key }) => ({ key })) as never;
    const { rows, faults } = await readReceipt(sample(system, 'receipt.csv'), 'csv', counterpart, { lines }, new Set());
    expect(faults).toEqual([]);
    expect(rows).toHaveLength(counterpart.messages.length);
    const { list, faults: none } = await readList(sample(system, 'list.json'), 'json', counterpart);
    expect(none).toEqual([]);
    expect(list.map(({ message }) => message)).toEqual(counterpart.messages.map(({ name }) => name));
    expect(Object.keys(list[0]!.values)).toHaveLength(2);
  });
});

describe('下发的不合格信息', () => {
  it.each(readdirSync(samples).filter((system) => readdirSync(`${samples}${system}`).includes('assigned.json')))(
    '%s：按映射写成我方台账，编号随行',
    async (system) => {
      const { items } = contract.assigned.parse(JSON.parse(sample(system, 'assigned.json').toString()));
      const file = await openLedger(await assignedLedger(system, '2026-11-27', items), 'csv');
      const rows = [];
      for await (const { cells } of csvRows(file, () => 0)) rows.push(cells);
      await file.close();
      expect(rows).toHaveLength(2);
      expect(rows[1]![rows[0]!.indexOf('对方编号')]).toBe(items[0]!.SYS_NO);
      await expect(assignedLedger('credit-publicity', '2026-11-27', [])).rejects.toMatchObject({
        code: 'nothing-assigned',
      });
    },
  );
});

describe('接口', () => {
  it('凭据不被接受、答复不合约定就停下；对方忙或者不答复留待再试', async () => {
    const fake = await openFake(counterparts[0]!, () => '2026-11-20');
    const [item] = itemsOf(counterparts[0]!.system);
    const put = (token = fake.token) => openEndpoint({ ...fake, token, timeoutMilliseconds: 200 }).put(item!, signal);
    await expect(put('wrong')).rejects.toMatchObject({ code: 'counterpart-refuses-us' });
    fake.stumble(503, 429, 'silent');
    for (let call = 0; call < 3; call += 1)
      await expect(put()).rejects.not.toHaveProperty('code', 'counterpart-unclear');
    fake.stumble(200);
    await expect(put()).rejects.toMatchObject({ code: 'counterpart-unclear' });
    expect(await put()).toMatchObject({ state: 'accepted' });
    await fake.close();
  });
});

describe('回执', () => {
  const lines = [{ key: 'a' }, { key: 'b' }, { key: 'c' }];
  it('不在包里、重复、已有回执、缺编号、缺原因的，逐条说明', () => {
    const faults = receiptFaults(
      [
        { key: 'x', outcome: 'accepted', foreignNumber: '1' },
        { key: 'a', outcome: 'accepted' },
        { key: 'a', outcome: 'accepted', foreignNumber: '2' },
        { key: 'b', outcome: 'rejected' },
        { key: 'c', outcome: 'accepted', foreignNumber: '3' },
      ],
      lines,
      new Set(['c']),
    );
    expect(faults.map(({ index, code }) => [index, code])).toEqual([
      [0, 'not-in-package'],
      [1, 'number-missing'],
      [2, 'twice'],
      [3, 'reason-missing'],
      [4, 'answered-already'],
    ]);
  });

  it('缺列、看不懂的状态按行列说明；不是这种格式、空文件、引号不成对的整份退回', async () => {
    const counterpart = counterparts[0]!;
    const read = (text: string) =>
      readReceipt(Buffer.from(text), 'csv', counterpart, { lines: lines as never }, new Set());
    expect((await read('报送编号,状态\na,1')).faults).toMatchObject([{ row: null, code: 'column-missing' }]);
    expect((await read('报送编号,处理状态,国家系统编号\na,好,1\nb,1,2')).faults).toMatchObject([
      { row: 2, column: '处理状态', code: 'outcome-unknown', value: '好' },
    ]);
    await expect(read('\n\n')).rejects.toMatchObject({ code: 'file-empty' });
    await expect(read('报送编号,处理状态\n"a,1')).rejects.toMatchObject({ code: 'row-broken' });
    await expect(readTable(Buffer.from('{"a":1}'), 'json')).rejects.toMatchObject({ code: 'not-this-format' });
    expect((await readList(Buffer.from('国家系统编号\n1'), 'csv', counterpart)).faults).toMatchObject([
      { code: 'column-missing' },
    ]);
    expect((await readList(Buffer.from('KEY,SYS_NO\n,1'), 'csv', counterpart)).faults).toMatchObject([
      { row: 2, code: 'key-missing' },
    ]);
  });
});
