import type { Matrix } from './installation.ts';
export function visibility(_held: () => Matrix): void {}
