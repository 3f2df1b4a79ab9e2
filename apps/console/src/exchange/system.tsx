import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { Link } from 'react-router';
import type { CommandResult } from '../api.ts';
import { dayWithWeekday } from '../format.ts';
import { request } from '../http.ts';
import { useSpeech } from '../i18n/language.ts';
import { Icon } from '../kit/icon.tsx';
import { announce } from '../kit/live.tsx';
import { Notice, Sheet } from '../kit/pieces.tsx';
import { useEntity, useMe } from '../session.ts';
import { Mapping } from './mapping.tsx';
import { Reconciliations } from './reconciliation.tsx';
import type { SystemSight } from './shapes.ts';
import { FileTaker } from './upload.tsx';

type Queued = SystemSight['queued'][number];

/** What waits of one kind. By file an officer packs it; by API it goes by itself. */
function QueuedRow({ system, row, may }: { system: SystemSight; row: Queued; may: boolean }) {
  const { t, say, explain, language } = useSpeech();
  const client = useQueryClient();
  const me = useMe();
  const command = useRef('');
  const port = system.connections.find(({ office }) => office.code === row.office.code)?.port;
  const pack = useMutation({
    mutationFn: () => {
      command.current ||= crypto.randomUUID();
      return request<CommandResult>('/api/actions/exchange.package/pack', {
        method: 'POST',
        body: { id: command.current, input: { system: system.system, message: row.message } },
      });
    },
    onSuccess: () => {
      command.current = '';
      announce(t('exchange.packed'));
      return client.invalidateQueries({ queryKey: ['query'] });
    },
  });
  const mine = row.office.code === me.grant?.office;
  return (
    <li>
      <div className="between">
        <p className="dotted">
          <b>{say(row.messageLabel)}</b>
          <span>{t('exchange.waiting', { n: row.n })}</span>
          <span>{t('exchange.oldest', { date: dayWithWeekday(row.oldest, language) })}</span>
          {!mine && <span>{say(row.office.label)}</span>}
        </p>
        {port === 'file' && may && mine && (
          <button
            type="button"
            className="button"
            aria-disabled={pack.isPending}
            onClick={() => !pack.isPending && pack.mutate()}
          >
            {t('exchange.pack')}
          </button>
        )}
        {port === 'api' && <span className="soft small">{t('exchange.by-api')}</span>}
      </div>
      {pack.error && (
        <div role="alert">
          <Notice tone="warn">{explain(pack.error)}</Notice>
        </div>
      )}
    </li>
  );
}

/** Packages that were downloaded, or wait to be, and have not all their receipts. */
function Packages({ system, may }: { system: SystemSight; may: boolean }) {
  const { t } = useSpeech();
  return (
    <ul className="exchange-lines">
      {system.packages.map((one) => (
        <li key={one.id} className="stack">
          <div className="between">
            <p className="dotted">
              <Link to={`/record/${one.id}`}>{one.number ?? one.messageLabel}</Link>
              <span>{one.messageLabel}</span>
              <span>{t('exchange.items', { n: one.total })}</span>
              <span>{one.packedOn}</span>
              <span>{t('exchange.answered', { accepted: one.accepted, rejected: one.rejected })}</span>
            </p>
            <p className="row">
              {system.formats.map((format) => (
                <a
                  key={format}
                  className="button"
                  href={`/api/exchange/packages/${one.id}/file?format=${format}`}
                  download
                  aria-label={t('exchange.download', { number: one.number ?? '', format: format.toUpperCase() })}
                >
                  <Icon name="download" />
                  {format.toUpperCase()}
                </a>
              ))}
            </p>
          </div>
          {may && (
            <FileTaker
              label={t('exchange.receipt.file', { number: one.number ?? one.messageLabel })}
              button={t('exchange.receipt.take')}
              path={`/api/exchange/packages/${one.id}/receipt`}
              done={t('exchange.receipt.done')}
            />
          )}
        </li>
      ))}
    </ul>
  );
}

/** Failures that the system assigns to us: through the API by one press, else as the ledger that it gives. */
function Incoming({ system, api }: { system: SystemSight; api: boolean }) {
  const { t, explain } = useSpeech();
  const collect = useMutation({
    mutationFn: () => request(`/api/exchange/collect/${system.system}`, { method: 'POST', body: {} }),
    onSuccess: () => announce(t('exchange.collect.begun')),
  });
  return (
    <div className="stack">
      <h3>{t('exchange.incoming')}</h3>
      {api ? (
        <p>
          <button
            type="button"
            className="button"
            aria-disabled={collect.isPending}
            onClick={() => !collect.isPending && collect.mutate()}
          >
            {t('exchange.collect')}
          </button>
        </p>
      ) : (
        <FileTaker
          label={t('exchange.ledger.file')}
          button={t('exchange.ledger.take')}
          path="/api/imports/sampling.outside-failure"
          done={t('exchange.collect.begun')}
        />
      )}
      {collect.isSuccess && <Notice tone="good">{t('exchange.collect.begun')}</Notice>}
      {collect.error && (
        <div role="alert">
          <Notice tone="warn">{explain(collect.error)}</Notice>
        </div>
      )}
      <p>
        <Link to="/list/sampling.outside-failure">{t('exchange.incoming.see')}</Link>
      </p>
    </div>
  );
}

/** One national system: connection, what waits, packages and receipts, reconciliation, and the mapping itself. */
export function SystemPart({ system, today }: { system: SystemSight; today: string }) {
  const { t, say } = useSpeech();
  const may = useEntity('exchange.package')?.actions.some(({ name, mine }) => name === 'pack' && mine) ?? false;
  const failures = useEntity('sampling.outside-failure')?.actions.some(({ name, mine }) => name === 'register' && mine);
  const api = system.connections.some(({ port }) => port === 'api');
  const connected = system.connections.length > 0;
  return (
    <Sheet
      id={system.system}
      title={say(system.label)}
      side={
        <span className="small soft">
          {connected
            ? system.connections
                .map(({ portLabel, since }) => t('exchange.connected', { port: say(portLabel), since }))
                .join(t('separator'))
            : t('exchange.not-connected')}
        </span>
      }
    >
      <div className="sheet-body stack exchange-system">
        {connected && (
          <div className="stack">
            <h3>{t('exchange.queue')}</h3>
            {system.queued.length === 0 && <p className="soft">{t('exchange.queue.none')}</p>}
            {system.queued.length > 0 && (
              <ul className="exchange-lines">
                {system.queued.map((row) => (
                  <QueuedRow key={`${row.office.code} ${row.message}`} system={system} row={row} may={may} />
                ))}
              </ul>
            )}
          </div>
        )}
        {system.packages.length > 0 && (
          <div className="stack">
            <h3>{t('exchange.packages')}</h3>
            <Packages system={system} may={may} />
          </div>
        )}
        {connected && <Reconciliations system={system} today={today} may={may} />}
        {connected && system.incoming && failures && <Incoming system={system} api={api} />}
        {!connected && may && (
          <p>
            <Link to="/new/exchange.connection/connect">{t('exchange.connect')}</Link>
          </p>
        )}
        <Mapping system={system} />
      </div>
    </Sheet>
  );
}
