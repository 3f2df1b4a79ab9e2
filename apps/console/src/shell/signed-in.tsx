import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Suspense, useEffect, useState } from 'react';
import { Navigate, Outlet, ScrollRestoration, useLocation, useNavigation } from 'react-router';
import { Problem, signedOut } from '../http.ts';
import { useSpeech } from '../i18n/language.ts';
import { Dialog } from '../kit/dialog.tsx';
import { LiveRegion } from '../kit/live.tsx';
import { Failure, Waiting } from '../kit/pieces.tsx';
import { declarationsQuery, meQuery } from '../session.ts';
import { useInboxHints } from './inbox-hints.ts';
import { BottomBar, Drawer, Navigation } from './navigation.tsx';
import { Shortcuts } from './shortcuts.tsx';
import { TopBar } from './topbar.tsx';

/** Everything behind sign-in: the frame of bars and navigation around one page. */
export function SignedIn() {
  const { t, say } = useSpeech();
  const place = useLocation();
  const navigation = useNavigation();
  const client = useQueryClient();
  const me = useQuery(meQuery);
  const declarations = useQuery({ ...declarationsQuery, enabled: me.isSuccess });
  const [drawer, setDrawer] = useState(false);
  useInboxHints(me.isSuccess);

  const [ended, setEnded] = useState(false);
  const known = me.isSuccess;
  useEffect(() => {
    const ask = () => setEnded(known);
    signedOut.addEventListener('signed-out', ask);
    return () => signedOut.removeEventListener('signed-out', ask);
  }, [known]);

  if (me.error instanceof Problem && me.error.status === 401) {
    const from = place.pathname + place.search;
    return <Navigate to={`/sign-in${from === '/' ? '' : `?from=${encodeURIComponent(from)}`}`} replace />;
  }
  const error = me.error ?? declarations.error;
  if (error) {
    return (
      <main className="main" id="main">
        <Failure
          page
          error={error}
          retry={() => void client.refetchQueries({ predicate: (query) => query.state.status === 'error' })}
        />
      </main>
    );
  }
  if (!me.data || !declarations.data) return <Waiting />;

  return (
    <>
      <a className="skip" href="#main">
        {t('skip')}
      </a>
      <TopBar onMenu={() => setDrawer(true)} />
      {me.data.banner && (
        <aside className="banner" aria-label={t('banner')}>
          {say(me.data.banner)}
        </aside>
      )}
      <div className="shell" data-busy={navigation.state !== 'idle'}>
        <Navigation />
        <Suspense fallback={<Waiting />}>
          <Outlet />
        </Suspense>
      </div>
      <BottomBar onMenu={() => setDrawer(true)} />
      {drawer && <Drawer onClose={() => setDrawer(false)} />}
      {ended && (
        <Dialog title={t('session.ended')} onClose={() => setEnded(false)}>
          <div className="stack">
            <p>{t('session.ended.text')}</p>
            <p className="row">
              <a className="button-primary" href="/console/sign-in" target="_blank" rel="noopener">
                {t('session.sign-in-again')}
              </a>
              <button type="button" className="button" onClick={() => setEnded(false)}>
                {t('session.continue')}
              </button>
            </p>
          </div>
        </Dialog>
      )}
      <Shortcuts />
      <LiveRegion />
      <ScrollRestoration />
    </>
  );
}
