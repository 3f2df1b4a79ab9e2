import { useQuery } from '@tanstack/react-query';
import { geoConicEqualArea, geoPath } from 'd3-geo';
import type { FeatureCollection, Geometry } from 'geojson';
import { type RefObject, useMemo } from 'react';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { request } from '../http.ts';
import { useSpeech } from '../i18n/language.ts';
import { useWidth } from '../kit/width.ts';
import { type Classed, classesOf } from './classes.ts';
import { type FigureAnswer, type Figured, shown } from './shapes.ts';

export type Boundaries = {
  province: string;
  source: string;
  approval: string | null;
  topology: Topology<{ city: GeometryCollection; county: GeometryCollection }>;
};

export function useBoundaries(province: string) {
  return useQuery({
    queryKey: ['boundaries', province],
    queryFn: ({ signal }) => request<Boundaries>(`/api/boundaries/${province}`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}

const fillOf = (classed: Classed): string =>
  classed.kind === 'class' ? `map-class-${classed.index}` : classed.kind === 'small' ? 'map-small' : 'map-none';

function useShapes(boundaries: Boundaries, under: string, width: number, height: number) {
  return useMemo(() => {
    const level = under.endsWith('0000') ? 'city' : 'county';
    const { topology } = boundaries;
    const every = feature(topology, topology.objects[level]) as FeatureCollection<Geometry>;
    const prefix = under.replace(/(00)+$/, '');
    const features = every.features.filter(({ id }) => String(id).startsWith(prefix));
    const collection = { type: 'FeatureCollection' as const, features };
    const [west, east] = [Infinity, -Infinity].map((start, at) => (topology.bbox ? topology.bbox[at * 2]! : start)) as [
      number,
      number,
    ];
    const projection = geoConicEqualArea()
      .parallels([25, 47])
      .rotate([-(west + east) / 2, 0])
      .fitExtent(
        [
          [8, 8],
          [width - 8, height - 8],
        ],
        collection,
      );
    const path = geoPath(projection);
    return features.map((shape) => ({
      code: String(shape.id),
      outline: path(shape) ?? '',
      centre: path.centroid(shape),
      area: path.area(shape),
    }));
  }, [boundaries, under, width, height]);
}

/** Areas coloured by a figure. The table beside it holds the same content; the map is the picture of it. */
export function FigureMap({
  boundaries,
  under,
  answer,
  names,
  onChoose,
  picture,
}: {
  boundaries: Boundaries;
  under: string;
  answer: FigureAnswer;
  names: (code: string) => string;
  onChoose: ((code: string) => void) | null;
  picture: RefObject<SVGSVGElement | null>;
}) {
  const { t, say } = useSpeech();
  const [frame, width] = useWidth<HTMLDivElement>();
  const height = Math.round(Math.min(640, Math.max(280, width * 0.9)));
  const shapes = useShapes(boundaries, under, Math.max(width, 200), height);
  const classes = classesOf(answer.figure, answer.unit, answer.groups);
  const lines = new Map(answer.groups.map((line): [string, Figured] => [line.group ?? '', line]));
  const legend = 44;
  return (
    <div className="map-frame" ref={frame}>
      {width > 0 && (
        <svg
          ref={picture}
          width={width}
          height={height + legend}
          role="img"
          aria-label={t('map.label', { figure: say(answer.label), place: names(under) })}
          className="map"
        >
          <defs>
            <pattern id="map-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <rect width="6" height="6" className="map-hatch-ground" />
              <line x1="0" x2="0" y1="0" y2="6" className="map-hatch-line" />
            </pattern>
          </defs>
          {shapes.map(({ code, outline }) => {
            const line = lines.get(code);
            const classed = classes.of(line);
            return (
              // biome-ignore lint/a11y/noStaticElementInteractions: the table beside the map offers the same step to the keyboard.
              <path
                key={code}
                d={outline}
                className={`map-area ${fillOf(classed)}`}
                data-open={onChoose !== null}
                onClick={() => onChoose?.(code)}
              >
                <title>{`${names(code)}：${line ? describe(line, answer, t) : t('map.none')}`}</title>
              </path>
            );
          })}
          {shapes.map(({ code, centre, area }) =>
            area > 1400 && Number.isFinite(centre[0]) ? (
              <text key={code} x={centre[0]} y={centre[1]} textAnchor="middle" className="map-name">
                {names(code).replace(/(土家族苗族自治州|市|县|区)$/, '') || names(code)}
              </text>
            ) : null,
          )}
          <Legend answer={answer} classes={classes} y={height + 4} width={width} />
        </svg>
      )}
      <p className="small soft">
        {t('map.source', { source: boundaries.source })}
        {boundaries.approval ? t('map.approval', { number: boundaries.approval }) : t('map.inside')}
      </p>
    </div>
  );
}

function describe(line: Figured, answer: FigureAnswer, t: ReturnType<typeof useSpeech>['t']): string {
  if (answer.unit !== 'percent') return shown(line, answer.unit);
  const told = t('map.rate', { value: shown(line, answer.unit), x: line.numerator, n: line.denominator ?? 0 });
  return line.small ? `${told}${t('map.small-note')}` : told;
}

function Legend({
  answer,
  classes,
  y,
  width,
}: {
  answer: FigureAnswer;
  classes: ReturnType<typeof classesOf>;
  y: number;
  width: number;
}) {
  const { t } = useSpeech();
  const { breaks } = classes;
  const count = breaks.length - 1;
  const extra = answer.unit === 'percent' ? 2 : 1;
  const box = Math.min(64, Math.floor((width - 16) / (count + extra + 0.5)));
  const tell = (value: number) => (answer.unit === 'percent' ? `${Math.round(value * 100)} %` : String(value));
  const spare = answer.unit === 'percent' ? (['map-small', 'map-none'] as const) : (['map-none'] as const);
  return (
    <g className="map-legend">
      {breaks.slice(0, -1).map((least, index) => (
        <g key={least}>
          <rect x={8 + index * box} y={y} width={box} height={12} className={`map-class-${index}`} />
          <text x={8 + index * box} y={y + 28}>
            {tell(least)}
          </text>
        </g>
      ))}
      {spare.map((name, index) => (
        <g key={name}>
          <rect x={8 + (count + 0.5 + index) * box} y={y} width={box - 8} height={12} className={name} />
          <text x={8 + (count + 0.5 + index) * box} y={y + 28}>
            {t(name === 'map-small' ? 'map.legend-small' : 'map.legend-none')}
          </text>
        </g>
      ))}
    </g>
  );
}
