import { rowsOf, type StandardTable, type TableSlot } from '../table-slots.ts';
import type { DeclaredQualityPlan } from './large-population.ts';
import type { SmallPopulationPlan } from './small-population.ts';

/** GB/T 2828.4-2008 Table 1: sample size and L by DQL and level O, I, II, III. */
export const DECLARED_QUALITY_SLOT: TableSlot = {
  id: 'gbt-2828.4-2008-master',
  standard: 'GB/T 2828.4-2008',
  table: 'Table 1',
  title: { zh: '声称质量水平评定程序主表', en: 'master table for declared quality levels' },
  columns: [
    { name: 'level', kind: 'text', meaning: { zh: '水平 O/I/II/III', en: 'level O, I, II or III' } },
    { name: 'dqlPercent', kind: 'decimal', meaning: { zh: '声称质量水平，%', en: 'declared quality level, percent' } },
    { name: 'n', kind: 'whole', meaning: { zh: '样本量', en: 'sample size' } },
    { name: 'limit', kind: 'whole', meaning: { zh: '限定数 L', en: 'limiting number L' } },
  ],
};

/** GB/T 2828.11-2008: sample size by population, declared number and level. */
export const SMALL_POPULATION_SLOT: TableSlot = {
  id: 'gbt-2828.11-2008-master',
  standard: 'GB/T 2828.11-2008',
  table: 'master tables',
  title: { zh: '小总体声称质量水平评定程序主表', en: 'master tables for small populations' },
  columns: [
    { name: 'level', kind: 'text', meaning: { zh: '检验水平（限定数所属水平）', en: 'level' } },
    { name: 'populationSize', kind: 'whole', meaning: { zh: '核查总体量 N', en: 'population size N' } },
    { name: 'declared', kind: 'whole', meaning: { zh: '声称不符合单位数 D0', en: 'declared number nonconforming D0' } },
    { name: 'n', kind: 'whole', meaning: { zh: '样本量', en: 'sample size' } },
    { name: 'limit', kind: 'whole', meaning: { zh: '限定数 L', en: 'limiting number L' } },
  ],
};

/** Plan of GB/T 2828.4 from an imported table. Throws `table-not-imported`, `not-in-table`. */
export function declaredQualityPlan(
  table: StandardTable | undefined,
  level: 'O' | 'I' | 'II' | 'III',
  dqlPercent: number,
): DeclaredQualityPlan {
  const row = rowsOf(DECLARED_QUALITY_SLOT, table, { level, dqlPercent })[0]!;
  return { n: Number(row.n), limit: Number(row.limit) };
}

/** Plan of GB/T 2828.11 from an imported table. Throws `table-not-imported`, `not-in-table`. */
export function smallPopulationPlan(
  table: StandardTable | undefined,
  level: string,
  populationSize: number,
  declared: number,
): SmallPopulationPlan {
  const row = rowsOf(SMALL_POPULATION_SLOT, table, { level, populationSize, declared })[0]!;
  return { populationSize, n: Number(row.n), limit: Number(row.limit) };
}
