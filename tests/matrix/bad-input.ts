import type { Matrix } from './installation.ts';
export function badInput(_held: () => Matrix): void {}
