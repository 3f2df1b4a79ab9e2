import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import { request } from '../http.ts';
import { useSpeech } from '../i18n/language.ts';
import { Icon, Mark } from '../kit/icon.tsx';
import { useKeys } from '../kit/keyboard.ts';
import { ChoiceMenu } from '../kit/menu.tsx';
import { setPreferences, type Theme, usePreferences } from '../preferences.ts';
import { useMe, useSwitchGrant } from '../session.ts';
import { openShortcuts } from './shortcuts.tsx';

const Palette = lazy(async () => ({ default: (await import('./palette.tsx')).Palette }));

/** Role and place one acts under; choosing another changes everything that may be seen and done. */
function GrantSwitcher() {
  const { t, say } = useSpeech();
  const me = useMe();
  const switchGrant = useSwitchGrant();
  const navigate = useNavigate();
  if (!me.grant) return <span className="soft">{t('grant.none')}</span>;
  const acting = me.grant.actingFor ? t('grant.acting-for', { name: me.grant.actingFor.name }) : '';
  return (
    <ChoiceMenu
      label={`${t('grant.switch')}：${say(me.grant.roleLabel)} ${say(me.grant.place)} ${acting}`}
      title={t('grant.switch')}
      className="button-quiet grant"
      button={
        <>
          <span className="grant-text">
            <b>{say(me.grant.roleLabel)}</b>
            <span className="soft">
              {say(me.grant.place)}
              {acting && ` · ${acting}`}
            </span>
          </span>
          <Icon name="down" />
        </>
      }
      entries={me.grants.map((grant) => ({
        id: grant.id,
        text: `${say(grant.roleLabel)} · ${say(grant.place)}`,
        detail: [
          grant.actingFor ? t('grant.acting-for', { name: grant.actingFor.name }) : '',
          grant.until ? t('grant.until', { date: grant.until }) : '',
        ]
          .filter(Boolean)
          .join(' · '),
        selected: grant.id === me.grant?.id,
      }))}
      onChoose={(id) => {
        if (id !== me.grant?.id) void switchGrant(id).then(() => navigate('/'));
      }}
    />
  );
}

const nextTheme: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' };

/** One click each: the other language, the next theme. Also stands on the sign-in page. */
export function Switches() {
  const { t, language } = useSpeech();
  const { theme } = usePreferences();
  const themeName = t(`theme.${theme}`);
  return (
    <>
      <button
        type="button"
        className="button-quiet"
        lang={language === 'zh' ? 'en' : 'zh-CN'}
        onClick={() => setPreferences({ language: language === 'zh' ? 'en' : 'zh' })}
      >
        {language === 'zh' ? 'English' : '中文'}
      </button>
      <button
        type="button"
        className="button-quiet"
        title={themeName}
        onClick={() => setPreferences({ theme: nextTheme[theme] })}
      >
        <Icon name={theme === 'system' ? 'half' : theme === 'light' ? 'sun' : 'moon'} />
        <span className="visually-hidden">{t('theme.switch', { now: themeName })}</span>
      </button>
    </>
  );
}

function PersonMenu() {
  const { t } = useSpeech();
  const me = useMe();
  const client = useQueryClient();
  const navigate = useNavigate();
  return (
    <ChoiceMenu
      label={t('person.menu', { name: me.person.name })}
      className="button-quiet person"
      button={
        <>
          <Icon name="person" />
          <span className="person-name">{me.person.name}</span>
        </>
      }
      entries={[
        { id: 'keys', text: t('shortcuts') },
        { id: 'sign-out', text: t(me.demonstration ? 'sign-out.demonstration' : 'sign-out') },
      ]}
      onChoose={(id) => {
        if (id === 'keys') openShortcuts();
        else {
          void request('/api/sign-out', { method: 'POST' }).finally(() => {
            navigate('/sign-in');
            client.clear();
          });
        }
      }}
    />
  );
}

export function TopBar({ onMenu }: { onMenu: () => void }) {
  const { t } = useSpeech();
  const { pathname } = useLocation();
  const [palette, setPalette] = useState<'search' | 'command' | null>(null);
  const open = (kind: 'search' | 'command') => setPalette(kind);
  useKeys({ '/': () => open('search'), 'mod+k': () => open('command') });
  return (
    <header className="topbar">
      <button type="button" className="button-quiet topbar-menu" onClick={onMenu}>
        <Icon name="menu" />
        <span className="visually-hidden">{t('navigation.open')}</span>
      </button>
      <Link to="/" className="brand" aria-current={pathname === '/' ? 'page' : undefined}>
        <Mark size={28} />
        <span className="brand-name">衡鉴</span>
        <span className="visually-hidden">{t('brand.home')}</span>
      </Link>
      <button type="button" className="search-button" onClick={() => open('search')}>
        <Icon name="search" />
        <span className="search-hint">{t('search.hint')}</span>
        <kbd>/</kbd>
      </button>
      <div className="topbar-side">
        <GrantSwitcher />
        <Switches />
        <PersonMenu />
      </div>
      {palette && (
        <Suspense>
          <Palette kind={palette} onClose={() => setPalette(null)} />
        </Suspense>
      )}
    </header>
  );
}
