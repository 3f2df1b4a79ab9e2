export type Point = { latitude: number; longitude: number };

const earthKilometres = 6371;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Great-circle distance in kilometres (haversine, sphere). */
export function distance(one: Point, other: Point): number {
  const dLatitude = radians(other.latitude - one.latitude);
  const dLongitude = radians(other.longitude - one.longitude);
  const half =
    Math.sin(dLatitude / 2) ** 2 +
    Math.cos(radians(one.latitude)) * Math.cos(radians(other.latitude)) * Math.sin(dLongitude / 2) ** 2;
  return 2 * earthKilometres * Math.asin(Math.sqrt(half));
}

export type Frame = { place: (point: Point) => { x: number; y: number }; unitsPerKilometre: number };

/**
 * Fits points into a square of `size` units with a margin: equirectangular about their middle, true to scale in both directions to within a
 * per cent across a province. A single point, or points closer than `least` kilometres, get a window of that width.
 */
export function frameOf(points: readonly Point[], size: number, margin: number, least = 20): Frame {
  const latitudes = points.map(({ latitude }) => latitude);
  const longitudes = points.map(({ longitude }) => longitude);
  const middle = {
    latitude: (Math.min(...latitudes) + Math.max(...latitudes)) / 2,
    longitude: (Math.min(...longitudes) + Math.max(...longitudes)) / 2,
  };
  const kilometresOf = (point: Point) => ({
    east: radians(point.longitude - middle.longitude) * Math.cos(radians(middle.latitude)) * earthKilometres,
    north: radians(point.latitude - middle.latitude) * earthKilometres,
  });
  const reach = points.reduce((most, point) => {
    const { east, north } = kilometresOf(point);
    return Math.max(most, Math.abs(east), Math.abs(north));
  }, least / 2);
  const unitsPerKilometre = (size / 2 - margin) / reach;
  return {
    unitsPerKilometre,
    place: (point) => {
      const { east, north } = kilometresOf(point);
      return { x: size / 2 + east * unitsPerKilometre, y: size / 2 - north * unitsPerKilometre };
    },
  };
}

/** A round length in kilometres that is between a tenth and a third of the picture. */
export function scaleLength({ unitsPerKilometre }: Frame, size: number): number {
  return [1, 2, 5, 10, 20, 50, 100, 200, 500].find((kilometres) => kilometres * unitsPerKilometre > size / 8) ?? 500;
}
