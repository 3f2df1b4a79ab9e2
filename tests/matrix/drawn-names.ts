import type { Matrix } from './installation.ts';
export function drawnNames(_held: () => Matrix): void {}
