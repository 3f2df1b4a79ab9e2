import type { Actor, Kernel } from '@hengjian/kernel';

/**
 * The office that keeps an enterprise: the bureau of its county, else of its city or province, as far as the actor may write
 * there; otherwise his own, which is also where entities of other provinces are kept.
 */
export function officeFinder(kernel: Kernel, actor: Actor): (region: string | null) => string {
  const bureaus = new Map(
    [...kernel.offices.values()]
      .filter(({ kind, code }) => kind === 'bureau' && actor.claim.writes.includes(code))
      .map(({ region, code }) => [region.padEnd(6, '0'), code]),
  );
  const own = actor.office ?? '';
  return (region) => {
    if (region === null) return own;
    for (const area of [region, `${region.slice(0, 4)}00`, `${region.slice(0, 2)}0000`]) {
      const code = bureaus.get(area);
      if (code !== undefined) return code;
    }
    return own;
  };
}
