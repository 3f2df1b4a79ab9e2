import { Problem } from '@hengjian/kernel';
import type { Feature, FeatureCollection, MultiPolygon, Polygon, Position } from 'geojson';
import { mergeArcs, quantize } from 'topojson-client';
import { topology } from 'topojson-server';
import { presimplify, quantile, simplify } from 'topojson-simplify';
import type {
  GeometryCollection,
  MultiPolygon as Shape,
  Polygon as SimpleShape,
  Topology,
} from 'topojson-specification';
import { findRegion, regions } from '../../../../data/regions/index.ts';

/** Outlines as GeoJSON gives them. */
export type Outlines = FeatureCollection;

/** Where a map's lines come from; stands under every map. */
export interface MapSource {
  source: string;
  /** 审图号 of the standard map, or null: such a map stays inside the house (地图管理条例 arts 15, 23). */
  approval: string | null;
}

/** Lines of one province, shared by its cities and counties, as the console loads them. */
export interface Boundaries extends MapSource {
  province: string;
  topology: Topology<{ city: GeometryCollection; county: GeometryCollection }>;
}

/** So many points draw a province sharply at the size of a screen and weigh some forty kilobytes on the line. */
const mostPoints = 9_000;
const grid = 10_000;

type Area = Feature<Polygon | MultiPolygon, Record<string, unknown> | null>;

/** The six-digit code of a feature, where publishers put it. */
function codeOf({ id, properties }: Area): string | undefined {
  const found = [properties?.adcode, properties?.code, properties?.gb, id].find((value) =>
    /(^|\D)\d{6}$|\d{9}$/.test(String(value ?? '')),
  );
  return found === undefined ? undefined : String(found).slice(-6);
}

function signedArea(ring: readonly Position[]): number {
  let sum = 0;
  for (let at = 1; at < ring.length; at += 1)
    sum += (ring[at]![0]! - ring[at - 1]![0]!) * (ring[at]![1]! + ring[at - 1]![1]!);
  return sum;
}

/** On a sphere a ring encloses what lies to its right: outer rings run clockwise, holes against it. */
const wound = (polygon: Position[][]): Position[][] =>
  polygon.map((ring, place) => (signedArea(ring) > 0 === (place === 0) ? ring : [...ring].reverse()));

function rewind({ geometry, ...rest }: Area): Area {
  return geometry.type === 'Polygon'
    ? { ...rest, geometry: { type: 'Polygon', coordinates: wound(geometry.coordinates) } }
    : { ...rest, geometry: { type: 'MultiPolygon', coordinates: geometry.coordinates.map(wound) } };
}

function countPoints(made: Topology): number {
  return made.arcs.reduce((sum, arc) => sum + arc.length, 0);
}

/**
 * Makes the boundaries of a province of the outlines of its counties: lines shared, simplified and quantised; the cities are put
 * together of their counties, so that both levels have the same lines.
 * @param files GeoJSON collections whose features bear a six-digit code as `adcode`, `code`, `gb` or id
 * @param renamed codes that the files still have → codes of today
 * @throws Problem 422 `boundaries-without-counties` when no feature is a county of the province
 */
export function makeBoundaries(
  files: readonly Outlines[],
  province: string,
  source: MapSource,
  renamed: ReadonlyMap<string, string> = new Map(),
): { boundaries: Boundaries; missing: string[]; unknown: string[] } {
  const prefix = province.slice(0, 2);
  const unknown: string[] = [];
  const counties = new Map<string, Area>();
  for (const feature of files.flatMap(({ features }) => features) as Area[]) {
    const given = codeOf(feature);
    const code = renamed.get(given ?? '') ?? given;
    if (code === undefined || !code.startsWith(prefix)) continue;
    const region = findRegion(code);
    if (region === undefined) unknown.push(code);
    else if (region.level === 'county') counties.set(code, { ...rewind(feature), id: code, properties: {} });
  }
  if (counties.size === 0)
    throw new Problem(
      422,
      'boundaries-without-counties',
      `文件中没有${findRegion(province)?.name ?? province}的县级界线（要素须带六位代码）。`,
      `The files hold no county of ${province}; features must bear six-digit codes.`,
    );
  const outlines: Outlines = { type: 'FeatureCollection', features: [...counties.values()] };
  const raw = topology({ county: outlines }) as unknown as Topology<{
    county: GeometryCollection;
  }>;
  const weighed = presimplify(raw);
  const kept = mostPoints / countPoints(raw);
  // The weights are ranked from the heaviest down: a quantile is the share of points that stays.
  const simple = kept >= 1 ? weighed : simplify(weighed, quantile(weighed, kept));
  const { county } = simple.objects;
  const shapes = county.geometries.filter((shape): shape is Shape | SimpleShape => 'arcs' in shape);
  const byCity = Map.groupBy(shapes, ({ id }) => `${String(id).slice(0, 4)}00`);
  const city: GeometryCollection = {
    type: 'GeometryCollection',
    geometries: [...byCity].map(([id, parts]) => ({ ...mergeArcs(simple, parts), id })),
  };
  const known = regions().filter(
    ({ code, level, kind }) => level === 'county' && kind === 'statutory' && code.startsWith(prefix),
  );
  return {
    boundaries: { ...source, province, topology: quantize({ ...simple, objects: { city, county } }, grid) },
    missing: known.filter(({ code }) => !counties.has(code)).map(({ code, name }) => `${code} ${name}`),
    unknown,
  };
}
