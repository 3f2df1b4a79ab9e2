export * from './batch.ts';
export * from './plan.ts';
export {
  labelUnits,
  leastCharacterHeight,
  type ShortageRounding,
  type TolerableShortage,
  tolerableShortage,
} from './shortage.ts';
