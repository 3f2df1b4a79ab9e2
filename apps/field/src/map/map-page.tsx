import { useState } from 'react';
import { whereAmI } from '../device.ts';
import { useSpeech } from '../language.ts';
import { useStored } from '../live.ts';
import { go } from '../route.ts';
import type { Task } from '../shapes.ts';
import { store } from '../store.ts';
import { distance, frameOf, type Point, scaleLength } from './projection.ts';

const size = 360;
const margin = 44;
type Spot = { region: Task['region']; point: Point | null; tasks: Task[] };

function spotsOf(tasks: readonly Task[]): Spot[] {
  const groups = Map.groupBy(tasks, ({ region }) => region.code);
  return [...groups.values()].map((group) => {
    const { region, seat } = group[0]!;
    const point = seat === null ? null : { latitude: Number(seat.latitude), longitude: Number(seat.longitude) };
    return { region, point, tasks: group };
  });
}

/** Where the tasks are, by the seats of their counties: points, a scale, one's own place; no tiles and no borders. */
export default function MapPage() {
  const { t } = useSpeech();
  const [here, setHere] = useState<Point | null>(null);
  const [nowhere, setNowhere] = useState(false);
  const tasks = useStored(async () => (await store()).getAll('tasks'), []);
  if (tasks === undefined) return null;
  const spots = spotsOf(tasks);
  const placed = spots.filter((spot): spot is Spot & { point: Point } => spot.point !== null);
  const points = [...placed.map(({ point }) => point), ...(here === null ? [] : [here])];
  const away = (spot: Spot): number => (here === null || spot.point === null ? 0 : distance(here, spot.point));
  return (
    <div className="stack">
      <h1>{t('map.title')}</h1>
      <p className="soft">{t('map.lead')}</p>
      <button
        type="button"
        className="button"
        onClick={() =>
          void whereAmI().then((place) => {
            setNowhere(place === null);
            setHere(place === null ? null : { latitude: Number(place.latitude), longitude: Number(place.longitude) });
          })
        }
      >
        {t('map.here')}
      </button>
      {nowhere && <p className="notice">{t('map.nowhere')}</p>}
      {points.length > 0 && <Picture spots={placed} points={points} here={here} />}
      <ol className="rows">
        {spots
          .toSorted((one, other) => away(one) - away(other))
          .map((spot) => (
            <li key={spot.region.code} className="row">
              <b>{spot.region.name}</b>
              <span className="soft">
                {spot.point === null
                  ? t('map.unknown')
                  : here === null
                    ? ''
                    : t('map.distance', { km: Math.round(away(spot)) })}
              </span>
              {spot.tasks.map((task) => (
                <a
                  key={task.id}
                  href={`/field/task/${task.id}`}
                  onClick={(event) => {
                    event.preventDefault();
                    go(`task/${task.id}`);
                  }}
                >
                  {task.title}
                </a>
              ))}
            </li>
          ))}
      </ol>
    </div>
  );
}

function Picture({ spots, points, here }: { spots: (Spot & { point: Point })[]; points: Point[]; here: Point | null }) {
  const { t } = useSpeech();
  const frame = frameOf(points, size, margin);
  const kilometres = scaleLength(frame, size);
  const own = here === null ? null : frame.place(here);
  return (
    <svg className="map" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={t('map.title')}>
      {spots.map(({ region, point, tasks }) => {
        const { x, y } = frame.place(point);
        const left = x > size / 2;
        return (
          <g key={region.code}>
            <circle cx={x} cy={y} r={5 + Math.min(9, tasks.length * 2)} className="spot" />
            <text x={x} y={y + 4} textAnchor="middle" className="spot-count">
              {tasks.length}
            </text>
            <text x={left ? x - 18 : x + 18} y={y + 4} textAnchor={left ? 'end' : 'start'} className="spot-name">
              {region.name.replace(/^.*?市(?=.)/, '')}
            </text>
          </g>
        );
      })}
      {own !== null && <path d={`M${own.x - 7} ${own.y}h14M${own.x} ${own.y - 7}v14`} className="own" />}
      <path d={`M16 ${size - 14}h${kilometres * frame.unitsPerKilometre}`} className="scale" />
      <text x={16} y={size - 20} className="spot-name">
        {kilometres} km · N ↑
      </text>
    </svg>
  );
}
