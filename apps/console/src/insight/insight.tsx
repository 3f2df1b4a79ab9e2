import { useRef } from 'react';
import { useSearchParams } from 'react-router';
import { beijingTime } from '../format.ts';
import { Problem } from '../http.ts';
import { useSpeech } from '../i18n/language.ts';
import { Icon } from '../kit/icon.tsx';
import { Empty, Failure, Notice, Sheet, Waiting } from '../kit/pieces.tsx';
import { usePageTitle } from '../kit/title.ts';
import { useDeclarations, useMe, useNamedQuery } from '../session.ts';
import { FigureTable } from './figure-table.tsx';
import { FigureMap, useBoundaries } from './map.tsx';
import { download, downloadPng, downloadSvg } from './picture.ts';
import { type Asked, asking, Question } from './question.tsx';
import { csvOf, type FigureAnswer, type Figured, type FigureList, shown } from './shapes.ts';
import './insight.css';

/** The region of the reader's office: where his map begins. */
function useHome(): string {
  const me = useMe();
  const { offices } = useDeclarations();
  const office = offices.find(({ code }) => code === me.grant?.office);
  return (office?.region ?? '430000').slice(0, 6).padEnd(6, '0');
}

function useAsked(home: string, list: FigureList | undefined): [Asked, (change: Partial<Asked>) => void] {
  const [search, setSearch] = useSearchParams();
  const read = (name: string) => search.get(name) ?? '';
  const figure = list?.figures.find(({ key }) => key === read('figure')) ?? list?.figures[0];
  const region = /^\d{6}$/.test(read('region')) ? read('region') : home;
  const place = region.endsWith('0000') ? 'city' : 'county';
  const by = figure?.by.includes(read('by')) ? read('by') : figure?.by.includes(place) ? place : (figure?.by[0] ?? '');
  const asked = {
    figure: figure?.key ?? '',
    by,
    region,
    ...Object.fromEntries(asking.map((name) => [name, read(name)])),
  } as Asked;
  const ask = (change: Partial<Asked>) => {
    const next = new URLSearchParams(search);
    for (const [name, value] of Object.entries(change)) value ? next.set(name, value) : next.delete(name);
    setSearch(next);
  };
  return [asked, ask];
}

const given = (asked: Asked): Record<string, string> =>
  Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== ''));

/** The figure for all of what was asked, large, with its interval, n and what it is worth. */
function Headline({ answer }: { answer: FigureAnswer }) {
  const { t, say } = useSpeech();
  const { total } = answer;
  return (
    <div className="figure-headline">
      <p>
        <b className="figure-value">{shown(total, answer.unit)}</b>{' '}
        {answer.unit === 'percent' && <span>{t('figure.of', { x: total.numerator, n: total.denominator ?? 0 })}</span>}
      </p>
      {total.interval && (
        <p className="small">
          {t('figure.interval', {
            low: `${(Number(total.interval.wilson.lower) * 100).toFixed(1)} %`,
            high: `${(Number(total.interval.wilson.upper) * 100).toFixed(1)} %`,
          })}
        </p>
      )}
      {total.worth && <Notice tone={total.worth.representative ? 'plain' : 'warn'}>{say(total.worth.note)}</Notice>}
    </div>
  );
}

/** What a number means and how it came about: in words, as asked, as a statement, with its hash. */
function Origin({ answer }: { answer: FigureAnswer }) {
  const { t, say } = useSpeech();
  return (
    <details className="figure-origin">
      <summary>{t('figure.origin')}</summary>
      <dl>
        <dt>{t('figure.definition')}</dt>
        <dd>{say(answer.definition)}</dd>
        <dt>{t('figure.period')}</dt>
        <dd>{say(answer.period)}</dd>
        <dt>{t('figure.parameters')}</dt>
        <dd>
          <code>
            {Object.entries(answer.parameters)
              .map(([name, value]) => `${name}=${value}`)
              .join('  ')}
          </code>
        </dd>
        <dt>{t('figure.as-of')}</dt>
        <dd>{beijingTime(answer.asOf)}</dd>
        <dt>{t('figure.hash')}</dt>
        <dd>
          <code>{answer.hash}</code>
        </dd>
        <dt>{t('figure.statement')}</dt>
        <dd>
          <code>{answer.query}</code>
        </dd>
      </dl>
    </details>
  );
}

function Trail({
  region,
  home,
  names,
  onGo,
}: {
  region: string;
  home: string;
  names: (code: string) => string;
  onGo: (region: string) => void;
}) {
  const { t } = useSpeech();
  const trail = [...new Set([`${region.slice(0, 2)}0000`, `${region.slice(0, 4)}00`, region])].filter((code) =>
    code.startsWith(home.replace(/(00)+$/, '')),
  );
  return (
    <nav className="figure-trail" aria-label={t('map.trail')}>
      {trail.map((code, index) =>
        index === trail.length - 1 ? (
          <b key={code}>{names(code)}</b>
        ) : (
          <span key={code}>
            <button type="button" className="link-button" onClick={() => onGo(code)}>
              {names(code)}
            </button>
            <Icon name="right" />
          </span>
        ),
      )}
    </nav>
  );
}

/** Names of regions, as far as offices and the answer tell them. */
function useNames(answer: FigureAnswer | undefined): (code: string) => string {
  const { say } = useSpeech();
  const { offices } = useDeclarations();
  const told = new Map((answer?.groups ?? []).map(({ group, label }: Figured) => [group, say(label)]));
  return (code) => {
    const bureau = offices.find(({ code: own, kind }) => own === code && kind === 'bureau');
    return (
      told.get(code) ??
      (bureau
        ? say(bureau.label)
            .replace(/市场监督管理局$/, '')
            .replace(/ (Administration|Bureau).*$/, '')
        : code)
    );
  };
}

function Answer({
  asked,
  list,
  home,
  onAsk,
}: {
  asked: Asked;
  list: FigureList;
  home: string;
  onAsk: (change: Partial<Asked>) => void;
}) {
  const { t, say } = useSpeech();
  const answer = useNamedQuery<FigureAnswer>('reporting.figure', given(asked));
  const boundaries = useBoundaries(`${asked.region.slice(0, 2)}0000`);
  const picture = useRef<SVGSVGElement>(null);
  const names = useNames(answer.data);
  const atPlaces = asked.by === (asked.region.endsWith('0000') ? 'city' : 'county');
  if (answer.error) return <Failure error={answer.error} retry={() => void answer.refetch()} />;
  if (!answer.data) return <Waiting />;
  const told = answer.data;
  const go = (region: string) => onAsk({ region, by: '' });
  const name = `${told.figure}-${asked.region}-${told.hash.slice(0, 8)}`;
  const choose = asked.by === 'city' ? go : null;
  const missing = boundaries.error instanceof Problem && boundaries.error.code === 'boundaries-missing';
  return (
    <>
      <div className="between">
        <Trail region={asked.region} home={home} names={names} onGo={go} />
        <p className="row no-print">
          <button
            type="button"
            className="button-quiet"
            onClick={() => download(new Blob([csvOf(told, say)], { type: 'text/csv' }), `${name}.csv`)}
          >
            <Icon name="download" />
            CSV
          </button>
          {boundaries.data && atPlaces && (
            <>
              <button
                type="button"
                className="button-quiet"
                onClick={() => picture.current && downloadSvg(picture.current, name)}
              >
                <Icon name="download" />
                SVG
              </button>
              <button
                type="button"
                className="button-quiet"
                onClick={() => picture.current && void downloadPng(picture.current, name)}
              >
                <Icon name="download" />
                PNG
              </button>
            </>
          )}
          <button type="button" className="button-quiet wide-only" onClick={() => window.print()}>
            <Icon name="print" />
            {t('print')}
          </button>
        </p>
      </div>
      <Headline answer={told} />
      {told.groups.length === 0 ? (
        <Empty title={t('figure.empty')}>
          <p>{t('figure.empty.text')}</p>
        </Empty>
      ) : (
        <div className="figure-columns" data-map={Boolean(boundaries.data) && atPlaces}>
          {boundaries.data && atPlaces && (
            <Sheet title={t('map.title')}>
              <div className="sheet-body">
                <FigureMap
                  boundaries={boundaries.data}
                  under={asked.region}
                  answer={told}
                  names={names}
                  onChoose={choose}
                  picture={picture}
                />
              </div>
            </Sheet>
          )}
          <div className="stack">
            {missing && atPlaces && <Notice>{t('map.missing')}</Notice>}
            <FigureTable answer={told} first={say(list.dimensions[asked.by])} onChoose={choose} />
            {told.unit === 'percent' && (
              <p className="small soft">{t('figure.small-explained', { n: list.leastForColour })}</p>
            )}
            <Origin answer={told} />
          </div>
        </div>
      )}
    </>
  );
}

/** 统计分析: one figure, on the map and as a table, from the province down to a county. */
export function InsightPage() {
  const { t } = useSpeech();
  const heading = usePageTitle(t('insight'));
  const home = useHome();
  const list = useNamedQuery<FigureList>('reporting.figures', {});
  const [asked, ask] = useAsked(home, list.data);
  const figure = list.data?.figures.find(({ key }) => key === asked.figure);
  return (
    <main className="main stack" id="main">
      <header>
        <h1 ref={heading} tabIndex={-1}>
          {t('insight')}
        </h1>
        <p className="soft">{t('insight.lead')}</p>
      </header>
      {list.error ? <Failure error={list.error} retry={() => void list.refetch()} /> : null}
      {list.data && figure && (
        <>
          <Question asked={asked} list={list.data} figure={figure} onAsk={ask} />
          <Answer asked={asked} list={list.data} home={home} onAsk={ask} />
        </>
      )}
      {list.isPending && <Waiting />}
    </main>
  );
}
