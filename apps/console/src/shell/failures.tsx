import { Link, useRouteError } from 'react-router';
import { useSpeech } from '../i18n/language.ts';
import { Empty, Failure } from '../kit/pieces.tsx';
import { usePageTitle } from '../kit/title.ts';

export function NotFound() {
  const { t } = useSpeech();
  usePageTitle(t('not-found.title'));
  return (
    <main className="main" id="main">
      <Empty page title={t('not-found.title')}>
        <p>{t('not-found.text')}</p>
        <Link to="/" className="button">
          {t('inbox')}
        </Link>
      </Empty>
    </main>
  );
}

export function RouteFailure() {
  const error = useRouteError();
  return (
    <main className="main" id="main">
      <Failure page error={error} retry={() => window.location.reload()} />
    </main>
  );
}
