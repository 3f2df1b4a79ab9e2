import type { Paper } from '@hengjian/kernel';
import type { DrawCommitment, DrawResult } from '@hengjian/transparency';
import type { AllotmentLine } from './allotment.ts';
import type { DrawRow } from './entity.ts';
import type { Stratum } from './rules.ts';

/** 随机抽取公告: what was committed to. It names nobody. */
export function announcementPaper(row: DrawRow): Paper {
  const commitment = row.commitment as unknown as DrawCommitment;
  return {
    template: 'sampling-draw-announcement',
    title: `${row.name}公告`,
    content: {
      name: row.name,
      product: row.productName,
      frame: commitment.frame,
      strata: row.strata,
      digest: row.commitmentDigest,
      beacon: commitment.beacon,
      beaconAt: row.beaconAt,
      parties: commitment.parties.map(({ name }) => name),
    },
  };
}

/** 随机抽取记录: the sources of the random number and how many leaves of each stratum were drawn. It names nobody. */
export function recordPaper(row: DrawRow): Paper {
  const result = row.result as unknown as DrawResult;
  const strata = row.strata as unknown as Stratum[];
  return {
    template: 'sampling-draw-record',
    title: `${row.name}记录`,
    content: {
      name: row.name,
      product: row.productName,
      frameRoot: row.frameRoot,
      digest: row.commitmentDigest,
      beacon: result.beacon,
      strata: result.selection.map(({ stratum, drawn, reserve }) => ({
        label: strata.find(({ code }) => code === stratum)!.label,
        drawn: drawn.length,
        reserves: reserve.length,
      })),
      allotment: ((row.allotment ?? []) as unknown as AllotmentLine[]).map(({ id: _id, ...line }) => line),
    },
  };
}
