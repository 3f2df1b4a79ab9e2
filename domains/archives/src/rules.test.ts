import { describe, expect, it } from 'vitest';
import { matterKinds, sectionOf, yearsOf } from './kinds.ts';
import { archivalClass, arrange, type FiledDocument, keptUntil } from './rules.ts';

const document = (kind: string, on: string, more: Partial<FiledDocument> = {}): FiledDocument => ({
  document: `${kind} ${on}`,
  record: 'r',
  entity: 'handling.order',
  kind,
  title: kind,
  on,
  sha256: '',
  pages: 1,
  ...more,
});

describe('卷内顺序和页码（令第2号第七十八条）', () => {
  it('决定和送达回证在前，证据在后，同一部分按日期；页码连续；本机关材料进副卷', () => {
    const volumes = arrange([
      document('photos', '2026-01-05', { pages: 4 }),
      document('receipt', '2026-02-02'),
      document('rectificationOrder', '2026-02-01', { pages: 2 }),
      document('record', '2026-01-09', { entity: 'handling.referral', pages: 3 }),
    ]);
    expect(volumes.map(({ name, pages }) => [name, pages])).toEqual([
      ['main', 7],
      ['internal', 3],
    ]);
    expect(volumes[0]!.lines.map(({ kind, firstPage, lastPage }) => [kind, firstPage, lastPage])).toEqual([
      ['rectificationOrder', 1, 2],
      ['receipt', 3, 3],
      ['photos', 4, 7],
    ]);
    expect(arrange([])).toEqual([]);
    expect(['hearingRecord', 'feeReceipt', 'annulmentReceipt', 'closingReport'].map(sectionOf)).toEqual([
      'hearing',
      'goods',
      'decision',
      'evidence',
    ]);
  });

  it('保管期限自办结次年起算，永久的没有尽头；没有一类短于规定的年限', () => {
    expect([keptUntil('10-years', '2026-03-02'), keptUntil('permanent', '2026-03-02')]).toEqual(['2036-12-31', null]);
    expect(archivalClass('430102', '2026', 'JGCL', '10-years')).toBe('430102-JGCL·2026·D10');
    for (const { retention, floor } of Object.values(matterKinds))
      expect((yearsOf[retention] ?? 999) >= (floor?.years ?? 0)).toBe(true);
  });
});
