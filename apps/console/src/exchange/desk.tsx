import { Link, useSearchParams } from 'react-router';
import { dayWithWeekday } from '../format.ts';
import { useSpeech } from '../i18n/language.ts';
import { Empty, Failure, Sheet, Waiting } from '../kit/pieces.tsx';
import { ScrollFrame } from '../kit/scroll-frame.tsx';
import { usePageTitle } from '../kit/title.ts';
import { useDeclarations, useEntity, useNamedQuery } from '../session.ts';
import type { ExchangeDesk, SystemSight } from './shapes.ts';
import { StuckRows } from './stuck.tsx';
import { SystemPart } from './system.tsx';
import './exchange.css';

/** What each system has of ours, at a glance; the name leads to its part of the page. */
function Overview({ desk }: { desk: ExchangeDesk }) {
  const { t, say } = useSpeech();
  const states = desk.systems[0]?.states ?? [];
  const count = (system: SystemSight, state: string) => system.states.find((one) => one.state === state)?.n ?? 0;
  const open = (system: SystemSight) => system.reconciliations.reduce((sum, one) => sum + one.open, 0);
  return (
    <ScrollFrame label={t('exchange.overview')}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('exchange.system')}</th>
            {states.map(({ state, label }) => (
              <th key={state} scope="col" className="numeric">
                {say(label)}
              </th>
            ))}
            <th scope="col" className="numeric">
              {t('exchange.overdue')}
            </th>
            <th scope="col" className="numeric">
              {t('exchange.differences')}
            </th>
          </tr>
        </thead>
        <tbody>
          {desk.systems.map((system) => (
            <tr key={system.system}>
              <th scope="row">
                <a href={`#${system.system}`}>{say(system.short)}</a>
              </th>
              {states.map(({ state }) => (
                <td
                  key={state}
                  className="numeric"
                  data-late={(state === 'rejected' || state === 'incomplete') && count(system, state) > 0}
                >
                  {count(system, state)}
                </td>
              ))}
              <td className="numeric" data-late={system.overdue > 0}>
                {system.overdue}
              </td>
              <td className="numeric" data-late={open(system) > 0}>
                {open(system)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}

function Desk({ desk }: { desk: ExchangeDesk }) {
  const { t } = useSpeech();
  const mayConnect = useEntity('exchange.connection')?.actions.some(({ name, mine }) => name === 'connect' && mine);
  const connected = desk.systems.some(({ connections }) => connections.length > 0);
  return (
    <>
      {!connected && (
        <Empty title={t('exchange.unconnected')}>
          <p>{t('exchange.unconnected.text')}</p>
          {mayConnect && (
            <p>
              <Link className="button-primary" to="/new/exchange.connection/connect">
                {t('exchange.connect')}
              </Link>
            </p>
          )}
        </Empty>
      )}
      <Sheet title={t('exchange.overview')}>
        <Overview desk={desk} />
      </Sheet>
      <Sheet title={t('exchange.stuck', { n: desk.stuck.length })}>
        {desk.stuck.length === 0 ? (
          <p className="sheet-body soft">{t('exchange.stuck.none')}</p>
        ) : (
          <StuckRows rows={desk.stuck} />
        )}
        {desk.more && (
          <p className="sheet-body soft">
            <Link to="/list/exchange.dispatch?state=rejected">{t('exchange.stuck.more')}</Link>
          </p>
        )}
      </Sheet>
      {desk.systems.map((system) => (
        <SystemPart key={system.system} system={system} today={desk.today} />
      ))}
    </>
  );
}

/** The exchange desk: nothing here is typed twice; what came back stands first, with its reason. */
export function ExchangePage() {
  const { t, say, language } = useSpeech();
  const heading = usePageTitle(t('exchange'));
  const { offices } = useDeclarations();
  const [search, setSearch] = useSearchParams();
  const office = search.get('office') ?? '';
  const desk = useNamedQuery<ExchangeDesk>('exchange.desk', office ? { office } : {});
  const connected = new Set(desk.data?.systems.flatMap(({ connections }) => connections.map((one) => one.office.code)));
  const offered = offices.filter(({ code }) => connected.has(code) || code === office);
  return (
    <main className="main stack" id="main">
      <div>
        <div className="between">
          <h1 ref={heading} tabIndex={-1}>
            {t('exchange')}
          </h1>
          {offered.length > 1 && (
            <label className="row no-print">
              <span>{t('loops.office')}</span>
              <select
                className="select narrow-input"
                value={office}
                onChange={({ target }) => setSearch(target.value ? { office: target.value } : {})}
              >
                <option value="">{t('loops.office.all')}</option>
                {offered.map(({ code, label }) => (
                  <option key={code} value={code}>
                    {say(label)}
                  </option>
                ))}
              </select>
            </label>
          )}
        </div>
        <p className="soft">
          {t('exchange.lead')} {desk.data && dayWithWeekday(desk.data.today, language)}
        </p>
      </div>
      {desk.error ? <Failure error={desk.error} retry={() => void desk.refetch()} /> : null}
      {desk.isPending && <Waiting />}
      {desk.data && <Desk desk={desk.data} />}
    </main>
  );
}
