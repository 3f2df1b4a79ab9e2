export * from './decision.ts';
export * from './operating-characteristic.ts';
export * from './tables.ts';
