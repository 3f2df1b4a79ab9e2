import { useQuery } from '@tanstack/react-query';
import { NavLink, useNavigate } from 'react-router';
import type { Inbox } from '../api.ts';
import { useSpeech } from '../i18n/language.ts';
import { Dialog } from '../kit/dialog.tsx';
import { Icon } from '../kit/icon.tsx';
import { useKeys } from '../kit/keyboard.ts';
import { inboxQuery, useDeclarations, useMe } from '../session.ts';
import { type Place, placesFor } from './places.ts';

function sum(counts: Inbox['counts'] | undefined): number {
  return Object.entries(counts ?? {}).reduce((total, [key, n]) => total + (key === 'parked' ? 0 : (n ?? 0)), 0);
}

function Count({ place }: { place: Place }) {
  const { t } = useSpeech();
  const inbox = useQuery(inboxQuery);
  const counts = inbox.data?.counts;
  const n = place.key === 'inbox' ? sum(counts) : place.key === 'approvals' ? (counts?.approvals ?? 0) : 0;
  if (n === 0) return null;
  const late = place.key === 'inbox' && (counts?.overdue ?? 0) > 0;
  return (
    <span className="count" data-late={late}>
      {n}
      <span className="visually-hidden">
        {late ? t('navigation.count-late', { n, late: counts?.overdue ?? 0 }) : t('navigation.count', { n })}
      </span>
    </span>
  );
}

function Groups({ onGo }: { onGo?: () => void }) {
  const speech = useSpeech();
  const { entities } = useDeclarations();
  const me = useMe();
  return placesFor(entities, speech, me.grant?.role).map((group) => (
    <div key={group.title} className="navigation-group">
      <h2>{group.title}</h2>
      <ul>
        {group.places.map((place) => (
          <li key={place.to}>
            <NavLink to={place.to} end={place.to === '/' || place.to === '/list'} {...(onGo ? { onClick: onGo } : {})}>
              {place.icon ? <Icon name={place.icon} /> : <span className="icon" />}
              <span>{place.text}</span>
              <Count place={place} />
            </NavLink>
          </li>
        ))}
      </ul>
    </div>
  ));
}

export function Navigation() {
  const { t } = useSpeech();
  const navigate = useNavigate();
  useKeys({
    'g i': () => navigate('/'),
    'g a': () => navigate('/approvals'),
    'g l': () => navigate('/list'),
    'g w': () => navigate('/workbench'),
  });
  return (
    <nav className="navigation" aria-label={t('navigation')}>
      <Groups />
    </nav>
  );
}

export function Drawer({ onClose }: { onClose: () => void }) {
  const { t } = useSpeech();
  return (
    <Dialog title={t('navigation')} onClose={onClose} className="drawer">
      <nav aria-label={t('navigation')}>
        <Groups onGo={onClose} />
      </nav>
    </Dialog>
  );
}

/** On a phone: the four places a thumb needs. */
export function BottomBar({ onMenu }: { onMenu: () => void }) {
  const { t } = useSpeech();
  const inbox = { to: '/', text: t('inbox'), icon: 'inbox', key: 'inbox' } as const;
  const approvals = { to: '/approvals', text: t('approvals'), icon: 'approve', key: 'approvals' } as const;
  const records = { to: '/list', text: t('all-records'), icon: 'list' } as const;
  return (
    <nav className="bottombar" aria-label={t('navigation.bottom')}>
      {[inbox, approvals, records].map((place: Place) => (
        <NavLink key={place.to} to={place.to} end={place.to === '/'}>
          {place.icon && <Icon name={place.icon} />}
          <span>{place.text}</span>
          <Count place={place} />
        </NavLink>
      ))}
      <button type="button" onClick={onMenu}>
        <Icon name="menu" />
        <span>{t('navigation.more')}</span>
      </button>
    </nav>
  );
}
