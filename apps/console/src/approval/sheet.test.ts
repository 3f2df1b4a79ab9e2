import { describe, expect, it } from 'vitest';
import type { EntityView, RecordPage } from '../api.ts';
import { speechIn } from '../i18n/language.ts';
import { differences, readSheet } from './sheet.ts';

const label = { zh: '样本量', en: 'Sample size' };
const entity = {
  fields: [],
  actions: [
    { name: 'approve', input: [{ name: 'n', label, type: 'number', unit: '件', public: false, required: true }] },
  ],
} as unknown as EntityView;

function page(fields: Record<string, unknown>): RecordPage {
  return { fields, parent: { id: 'r1', entity: 'sampling.scheme' } } as unknown as RecordPage;
}

describe('what an approval would change', () => {
  const sheet = readSheet(page({ targetAction: 'approve', command: { n: 8, c: 0, remark: '' } }));

  it('stands beside what the record holds today', () => {
    const rows = differences(sheet, page({ n: 6, c: 0 }), entity, speechIn('zh'));
    expect(rows.map(({ label: text, kind }) => [text, kind])).toEqual([
      ['样本量', 'changed'],
      ['c', 'same'],
    ]);
  });

  it('is new where the record holds nothing', () => {
    expect(differences(sheet, page({}), entity, speechIn('zh'))[0]?.kind).toBe('new');
  });

  it('finds its record by the sheet, or else by the parent', () => {
    expect(sheet.target).toBe('r1');
    expect(readSheet(page({ target: 'r2' })).target).toBe('r2');
  });
});
