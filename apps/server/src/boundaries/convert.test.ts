import type { FeatureCollection } from 'geojson';
import { feature } from 'topojson-client';
import { expect, it } from 'vitest';
import { makeBoundaries } from './convert.ts';

const square = (adcode: number, x: number): FeatureCollection['features'][number] => ({
  type: 'Feature',
  properties: { adcode },
  // Against the clock, as most publishers wind them.
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [x, 28],
        [x + 1, 28],
        [x + 1, 29],
        [x, 29],
        [x, 28],
      ],
    ],
  },
});

it('县界合成市界，内部界线消失；外环顺时针；不认识的代码和缺少的县都列出来', () => {
  const files: FeatureCollection[] = [
    { type: 'FeatureCollection', features: [square(430102, 112), square(430103, 113), square(430202, 114)] },
    { type: 'FeatureCollection', features: [square(430199, 115), square(350102, 119)] },
  ];
  const { boundaries, missing, unknown } = makeBoundaries(files, '430000', { source: '测试', approval: null });
  const { city, county } = boundaries.topology.objects;
  expect(county.geometries.map(({ id }) => id)).toEqual(['430102', '430103', '430202']);
  const cities = feature(boundaries.topology, city).features;
  expect(cities.map(({ id }) => id)).toEqual(['430100', '430200']);
  const ring = (cities[0]!.geometry as unknown as { coordinates: number[][][][] }).coordinates[0]![0]!;
  expect([Math.min(...ring.map(([x]) => x!)), Math.max(...ring.map(([x]) => x!))].map(Math.round)).toEqual([112, 114]);
  const turn = ring.slice(1).reduce((sum, [x, y], at) => sum + (x! - ring[at]![0]!) * (y! + ring[at]![1]!), 0);
  expect(turn).toBeGreaterThan(0);
  expect(unknown).toEqual(['430199']);
  expect(missing).toContain('430104 岳麓区');
  expect(() => makeBoundaries([files[1]!], '430000', { source: '测试', approval: null })).toThrow(
    expect.objectContaining({ code: 'boundaries-without-counties' }),
  );
});
