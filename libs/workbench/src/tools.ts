import { check } from './check.ts';
import { clock } from './clock.ts';
import { curve } from './curve.ts';
import type { Tool } from './form.ts';
import { judge } from './judge.ts';
import { plan } from './plan.ts';

/** The five calculations, in the order in which they are shown. */
export const tools: readonly [Tool, ...Tool[]] = [plan, curve, judge, clock, check];

/** The calculation with this name. */
export function findTool(name: string | undefined): Tool | undefined {
  return tools.find((tool) => tool.name === name);
}
