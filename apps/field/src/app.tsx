import { lazy, Suspense } from 'react';
import { ActPage } from './act/act-page.tsx';
import { DevicePage } from './device-page.tsx';
import { chooseLanguage, useSpeech, type Word } from './language.ts';
import { useOnline, useProgress, useStored } from './live.ts';
import { OutboxPage } from './outbox/outbox-page.tsx';
import { go, useRoute } from './route.ts';
import { SignIn } from './sign-in.tsx';
import { readDay, store } from './store.ts';
import { TaskList } from './tasks/task-list.tsx';
import { TaskPage } from './tasks/task-page.tsx';

const MapPage = lazy(() => import('./map/map-page.tsx'));
const LookupPage = lazy(() => import('./lookup/lookup-page.tsx'));
const PrintPage = lazy(() => import('./print/print-page.tsx'));

const places: [string, Word][] = [
  ['', 'nav.tasks'],
  ['map', 'nav.map'],
  ['lookup', 'nav.lookup'],
  ['outbox', 'nav.outbox'],
  ['device', 'nav.device'],
];

export function App() {
  const route = useRoute();
  const { t } = useSpeech();
  const day = useStored(async () => (await readDay()) ?? null, []);
  const { problem } = useProgress();
  if (day === undefined) return <p className="waiting">…</p>;
  const signedOut = problem?.code === 'sign-in-needed';
  const mustSignIn = day === null || route[0] === 'sign-in';
  return (
    <>
      <Top />
      {signedOut && !mustSignIn && (
        <p className="notice" data-tone="act" role="alert">
          {t('sign-in.again')}{' '}
          <button type="button" className="link" onClick={() => go('sign-in')}>
            {t('sign-in.do')}
          </button>
        </p>
      )}
      <main id="content">{mustSignIn ? <SignIn /> : <Suspense fallback={<p>…</p>}>{pageOf(route)}</Suspense>}</main>
      {!mustSignIn && route[0] !== 'print' && <Bottom here={route[0] ?? ''} />}
    </>
  );
}

function pageOf([place, id, action]: string[]) {
  if (place === 'task' && id !== undefined)
    return action === undefined ? <TaskPage id={id} /> : <ActPage id={id} action={action} />;
  if (place === 'print' && id !== undefined) return <PrintPage task={id} />;
  if (place === 'map') return <MapPage />;
  if (place === 'lookup') return <LookupPage />;
  if (place === 'outbox') return <OutboxPage />;
  if (place === 'device') return <DevicePage />;
  return <TaskList />;
}

function Top() {
  const { t, language } = useSpeech();
  const online = useOnline();
  const person = useStored(async () => (await readDay())?.person.name ?? '', []);
  return (
    <header className="top">
      <span className="top-name">
        <img src="/field/mark.svg" alt="" width="20" height="20" /> {t('app')}
      </span>
      <span className="top-person">{person}</span>
      <span className="state" data-tone={online ? 'good' : 'late'}>
        {online ? t('online') : t('offline')}
      </span>
      <button
        type="button"
        className="quiet"
        lang={language === 'zh' ? 'en' : 'zh'}
        onClick={() => chooseLanguage(language === 'zh' ? 'en' : 'zh')}
      >
        {t('language.other')}
      </button>
    </header>
  );
}

function Bottom({ here }: { here: string }) {
  const { t } = useSpeech();
  const waiting = useStored(async () => (await store()).count('outbox'), []) ?? 0;
  return (
    <nav className="bottom" aria-label={t('app')}>
      {places.map(([path, word]) => (
        <a
          key={path}
          href={`/field/${path}`}
          aria-current={here === path || (path === '' && here === 'task') ? 'page' : undefined}
          onClick={(event) => {
            event.preventDefault();
            go(path);
          }}
        >
          {t(word)}
          {path === 'outbox' && waiting > 0 && <b className="count">{waiting}</b>}
        </a>
      ))}
    </nav>
  );
}
