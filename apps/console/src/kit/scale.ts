/** Scales and ticks for charts. */

/** Round steps (1, 2, 5 × 10^k) from 0 to at least `maximum`, about `wanted` of them. */
export function roundTicks(maximum: number, wanted = 5): number[] {
  if (!(maximum > 0)) return [0];
  const rough = maximum / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10) * power;
  const count = Math.ceil(maximum / step - 1e-9);
  return Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)));
}

export type Point = { x: number; y: number };

/** The height of a curve given as points in ascending x, by straight lines between them. */
export function heightAt(points: Point[], x: number): number | undefined {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last || x < first.x || x > last.x) return undefined;
  const after = points.findIndex((point) => point.x >= x);
  const right = points[after];
  const left = points[after - 1];
  if (!right) return undefined;
  if (!left || right.x === left.x) return right.y;
  return left.y + ((x - left.x) / (right.x - left.x)) * (right.y - left.y);
}

/** At most `wanted` points of a curve, evenly by place, first and last always among them. */
export function thinned<T>(points: T[], wanted: number): T[] {
  if (points.length <= wanted) return points;
  return Array.from(
    { length: wanted },
    (_, index) => points[Math.round((index * (points.length - 1)) / (wanted - 1))]!,
  );
}

/** A falling curve up to where it has come so near to zero that nothing more is to be seen. */
export function worthShowing(points: Point[], least = 0.005): Point[] {
  const end = points.findIndex((point) => point.y < least);
  return end === -1 ? points : points.slice(0, end + 1);
}
