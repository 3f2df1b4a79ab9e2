/** A probability or fraction as per cent, with as many digits as can be read: 5.32 %, 0.0042 %. */
export function percent(value: number): string {
  const hundredfold = 100 * value;
  if (hundredfold === 0) return '0 %';
  if (hundredfold < 0.01) return hundredfold < 1e-6 ? '< 0.000001 %' : `${Number(hundredfold.toPrecision(2))} %`;
  // What is almost certain is not said to be certain.
  if (hundredfold > 99.99 && hundredfold < 100) return `${Math.floor(hundredfold * 1e4) / 1e4} %`;
  return `${hundredfold.toFixed(2)} %`;
}

/** A quality as per cent, without digits that say nothing: 1 %, 2.5 %, 0.065 %. */
export function quality(value: number): string {
  return `${Number((100 * value).toPrecision(3))} %`;
}

/** A measured or computed number with five significant digits. */
export function five(value: number): string {
  return String(Number(value.toPrecision(5)));
}

/** Round steps (1, 2, 5 × 10^k) from 0 to at least `maximum`, about `wanted` of them: the ticks of an axis. */
export function roundTicks(maximum: number, wanted = 5): number[] {
  if (!(maximum > 0)) return [0];
  const rough = maximum / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10) * power;
  const count = Math.ceil(maximum / step - 1e-9);
  return Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)));
}
