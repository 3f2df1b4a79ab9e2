import { describe, expect, it } from 'vitest';
import type { FieldView } from '../api.ts';
import { speechIn } from '../i18n/language.ts';
import { plainValue } from './value.ts';

const zh = speechIn('zh');

function field(name: string, type: FieldView['type'], more: Partial<FieldView> = {}): FieldView {
  return { name, type, label: { zh: name, en: name }, public: false, required: true, ...more };
}

describe('a value in words', () => {
  it('stands with its unit, and a year is no quantity', () => {
    expect(plainValue(32000, field('stock', 'number', { unit: '件' }), zh)).toBe('32,000 件');
    expect(plainValue(2026, field('year', 'number'), zh)).toBe('2026');
    expect(plainValue('1080000.00', field('budget', 'money', { unit: '元' }), zh)).toBe('1,080,000.00 元');
  });

  it('never shows an identifier where a name is told', () => {
    const body = field('lab', 'object', { item: [field('id', 'identifier'), field('name', 'text')] });
    expect(plainValue({ id: '96ace2e3', name: '质量检验所' }, body, zh)).toBe('质量检验所');
  });

  it('stays masked', () => {
    expect(plainValue({ masked: '张**' }, field('contact', 'text'), zh)).toBe('张**');
  });

  it('reads a choice by its label in the language of the reader', () => {
    const kind = field('kind', 'choice', { choices: [{ value: 'company', label: { zh: '公司', en: 'Company' } }] });
    expect(plainValue('company', kind, zh)).toBe('公司');
    expect(plainValue('company', kind, speechIn('en'))).toBe('Company');
  });
});
