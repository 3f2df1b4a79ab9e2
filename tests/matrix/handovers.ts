import type { Matrix } from './installation.ts';
export function handovers(_held: () => Matrix): void {}
