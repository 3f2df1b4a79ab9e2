import type { Paper } from '@hengjian/kernel';
import type { BulletinRow } from './entity.ts';

/** 公告 with its two annexes, as it goes on paper and on the web site. */
export const bulletinPaper = (row: BulletinRow): Paper => ({
  template: 'sampling-bulletin',
  title: row.name,
  content: {
    name: row.name,
    product: row.productName,
    summary: row.summary ?? null,
    counts: row.counts,
    passing: row.passing,
    failing: row.failing,
    revision: row.revision,
    reason: row.reason ?? null,
  },
});
