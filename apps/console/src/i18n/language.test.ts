import { describe, expect, it } from 'vitest';
import { enBench } from './en-bench.ts';
import { enDesk } from './en-desk.ts';
import { enExchange } from './en-exchange.ts';
import { enLoop } from './en-loop.ts';
import { enWork } from './en-work.ts';
import { fill } from './language.ts';
import { zhBench } from './zh-bench.ts';
import { zhDesk } from './zh-desk.ts';
import { zhExchange } from './zh-exchange.ts';
import { zhLoop } from './zh-loop.ts';
import { zhWork } from './zh-work.ts';

const zh: Record<string, string> = { ...zhDesk, ...zhWork, ...zhLoop, ...zhBench, ...zhExchange };
const en: Record<string, string> = { ...enDesk, ...enWork, ...enLoop, ...enBench, ...enExchange };

function placeholders(text: string): string[] {
  return [...new Set([...text.matchAll(/\{(\w+)/g)].map((match) => match[1] ?? ''))].sort();
}

describe('both languages', () => {
  it('have the same keys, none in two parts of a dictionary', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort());
    expect(Object.keys(zh)).toHaveLength(
      [zhDesk, zhWork, zhLoop, zhBench, zhExchange].reduce((keys, part) => keys + Object.keys(part).length, 0),
    );
  });

  it('name the same values in every sentence', () => {
    const differing = Object.keys(zh).filter((key) => {
      const needed = placeholders(zh[key] ?? '');
      return !needed.every((name) => placeholders(en[key] ?? '').includes(name));
    });
    expect(differing).toEqual([]);
  });

  it('put the counted number in the same way', () => {
    const counted = Object.keys(zh).filter((key) => zh[key]?.includes('#') !== en[key]?.includes('#'));
    expect(counted).toEqual([]);
  });
});

describe('sentences with numbers', () => {
  it('speak of one day and of several', () => {
    expect(fill('{n} working {n|day|days} left', { n: 1 })).toBe('1 working day left');
    expect(fill('{n} working {n|day|days} left', { n: 3 })).toBe('3 working days left');
  });

  it('leave alone what they were not given', () => {
    expect(fill('{a} and {b}', { a: 'x' })).toBe('x and {b}');
  });
});
