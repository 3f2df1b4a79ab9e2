import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { entity, field, lifecycle, on } from '@hengjian/kernel';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { counterparts, findCounterpart, getCounterpart, getMessage, requireCounterparts } from './index.ts';
import { readCounterparts } from './load.ts';
import { contractFaults, mapMessage } from './mapping.ts';
import type { Message } from './schema.ts';

const label = { zh: '值', en: 'Value' };
const message = (...fields: object[]): Message =>
  ({
    fields: fields.map((one) => ({ name: 'F', label, required: false, separator: '；', ...one })),
  }) as unknown as Message;
const map = (value: unknown, form: object) =>
  mapMessage(message({ from: 'value', ...form }), {
    fields: { value },
    $number: 'N-1',
    $officeName: '某局',
    $occurredOn: '2026-03-02',
  });

describe('映射', () => {
  it('代码、日期、单位、列表和固定值写成对方的样子', () => {
    const value = (ours: unknown, form: object) => map(ours, form).lines[0]?.value;
    expect(value('fails', { codes: { fails: '0' } })).toBe('0');
    expect(value('2026-03-02', { date: 'YYYYMMDD' })).toBe('20260302');
    expect(value('2026-03-02', { date: 'YYYY/MM/DD' })).toBe('2026/03/02');
    expect(value('12.5', { number: { factor: '100', places: 0 } })).toBe('1250');
    expect(value(12.5, { number: { places: 2 } })).toBe('12.50');
    expect(value([{ item: '铅', result: '0.3' }, { item: '镉' }], { each: '{item}：{result}' })).toBe('铅：0.3；镉：');
    expect(map('', {}).lines).toEqual([]);
    const fixed = { name: 'A', from: undefined, value: '省级' };
    expect(
      mapMessage(message(fixed, { name: 'B', from: '$number' }), {
        fields: {},
        $number: 'N-1',
        $officeName: '',
        $occurredOn: '',
      }).lines.map((line) => line.value),
    ).toEqual(['省级', 'N-1']);
  });

  it('缺必填、超长、没有代码、不是日期、不是数字、小数过多：不猜、不截断，逐项说明', () => {
    const code = (ours: unknown, form: object) => map(ours, form).faults[0]?.code;
    expect(code(null, { required: true })).toBe('missing');
    expect(code('一二三', { max: 2 })).toBe('too-long');
    expect(code('new', { codes: { old: '1' } })).toBe('code-unknown');
    expect(code('toString', { codes: { old: '1' } })).toBe('code-unknown');
    expect(code('明天', { date: 'YYYYMMDD' })).toBe('not-a-date');
    expect(code('多', { number: { places: 0 } })).toBe('not-a-number');
    expect(code('1.005', { number: { places: 2 } })).toBe('too-long');
    expect(map('new', { codes: { old: '1' }, required: true }).faults).toHaveLength(1);
  });

  it('同样的内容同样的校验值，内容变了就不同', () => {
    expect(map('a', {}).hash).toBe(map('a', {}).hash);
    expect(map('a', {}).hash).not.toBe(map('b', {}).hash);
  });

  it('约定之外的字段、代码、日期、数字通不过', () => {
    const faults = (values: Record<string, string>, form: object) =>
      contractFaults(message({ from: 'value', ...form }), values).map(({ code }) => code);
    expect(faults({ G: '1' }, {})).toEqual(['code-unknown']);
    expect(faults({ F: '2' }, { codes: { a: '1' } })).toEqual(['code-unknown']);
    expect(faults({ F: '2026-03-02' }, { date: 'YYYYMMDD' })).toEqual(['not-a-date']);
    expect(faults({ F: '多' }, { number: { places: 0 } })).toEqual(['not-a-number']);
  });
});

describe('对接配置', () => {
  const folders: string[] = [];
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true });
  });
  const whole = counterparts.find(({ system }) => system === 'credit-publicity')!;
  const written =
    (change: (file: typeof whole) => object, name = 'credit-publicity.2026-11.json') =>
    () =>
      readCounterparts(place(change(structuredClone(whole)), name));
  const place = (content: object, name: string): string => {
    const inside = mkdtempSync(join(tmpdir(), 'hengjian-counterpart-'));
    folders.push(inside);
    writeFileSync(join(inside, name), JSON.stringify(content));
    return inside;
  };

  it('有错不启动，指出哪个文件哪一处', () => {
    expect(written((file) => file)()).toHaveLength(1);
    expect(written((file) => ({ ...file, confidence: 'sure' }))).toThrow(/2026-11\.json confidence:/);
    expect(written((file) => ({ ...file, messages: [...file.messages, ...file.messages] }))).toThrow(
      /decision stands twice/,
    );
    expect(written((file) => file, 'other.2026-11.json')).toThrow(/is the file of credit-publicity\.2026-11/);
    expect(
      written((file) => {
        delete file.messages[0]!.fields[0]!.from;
        return file;
      }),
    ).toThrow(/messages\[0\]\.fields\[0\]/);
    expect(
      written((file) => {
        Object.assign(file.messages[0]!.fields[0]!, { date: 'YYYYMMDD', each: '{a}' });
        return file;
      }),
    ).toThrow(/one form at most/);
  });

  it('要映射的记录、动作、字段、代码必须存在；个人信息不对外报送', () => {
    const Referral = entity('handling.referral', '移送', {
      fields: {
        subjectName: field.text('名称', { personal: { zh: '试验', en: 'trial' } }),
        kind: field.choice('类别', { suspension: '停业', crime: '犯罪' }),
      },
      title: () => '移送',
      purpose: label,
    });
    const referral = lifecycle(Referral, {
      editions: [{ name: '1', basis: '试验', inForce: '2000-01-01' }],
      states: { open: '开' },
      readers: ['organiser'],
      actions: {
        open: on({ label: '建', from: null, to: 'open', by: ['organiser'], basis: '试验', input: z.strictObject({}) }),
      },
    });
    const register = { lifecycles: new Map([['handling.referral', referral]]) } as never;
    const said = (): string => {
      try {
        requireCounterparts([whole], register);
        return '';
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(said()).toContain('decision.on: handling.referral has no action recordDecision');
    expect(said()).toContain('CF_XDR_MC.from: subjectName is personal and is sent to nobody');
    expect(said()).toContain('handling.referral has no field decidedOn');
    expect(said()).toContain('CF_XDR_SHXYM.from: handling.referral has no field subjectCode');
    expect(() => requireCounterparts([whole], { lifecycles: new Map() } as never)).toThrow(
      /no records called handling\.referral/,
    );
  });

  it('按日取有效版本；没有的系统和报文说明白', () => {
    expect(findCounterpart('food-sampling', '2026-11-27')?.edition).toBe('2026-11');
    expect(findCounterpart('food-sampling', '2025-11-27')).toBeUndefined();
    expect(() => getCounterpart('moon', '2026-11-27')).toThrow(/unknown-counterpart/);
    expect(() => getMessage(getCounterpart('food-sampling', '2026-11-27'), 'moon')).toThrow(/unknown-message/);
  });
});
