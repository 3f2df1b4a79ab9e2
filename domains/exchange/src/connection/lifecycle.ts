import { type Act, field, lifecycle, on, type Refusal, refuse } from '@hengjian/kernel';
import { z } from 'zod';
import { edition, readers, reporting } from '../clauses.ts';
import { getCounterpart } from '../counterpart/index.ts';
import { Connection, type ConnectionRow, connectionShape, ports } from './entity.ts';

const Opening = z.strictObject(connectionShape);
const Switch = z.strictObject({
  port: field.choice('对接方式', ports, { en: 'Port' }),
  reason: field.longText('变更理由', { en: 'Why', max: 1000 }),
});
const Reason = z.strictObject({ reason: field.longText('终止理由', { en: 'Why', max: 1000 }) });

function checkPort(system: string, port: keyof typeof ports, act: Act): true | Refusal {
  return (
    getCounterpart(system, act.today).ports.includes(port) ||
    refuse('port-not-offered', '对方系统不提供这种对接方式。', 'The counterpart does not offer this port.', 'port')
  );
}

/** 系统对接: one organ, one national system, one connection at a time. */
export const connectionLifecycle = lifecycle(Connection, {
  editions: [edition],
  states: {
    connected: { zh: '报送中', en: 'Reporting' },
    ended: { zh: '已终止', en: 'Ended', closed: true },
  },
  readers,
  columns: ['system', 'port', 'since'],
  actions: {
    connect: on({
      label: { zh: '登记对接', en: 'Connect' },
      from: null,
      to: 'connected',
      by: ['organiser'],
      basis: reporting,
      input: Opening,
      check: (_row: ConnectionRow, input, act) => checkPort(input.system, input.port, act),
      reserves: (row: ConnectionRow, input) => [
        {
          key: `exchange.connection|${row.office}|${input.system}`,
          refusal: refuse(
            'connected-already',
            '本机关已经与这个系统对接。',
            'This organ is connected to it already.',
            'system',
          ),
        },
      ],
    }),
    switchPort: on({
      label: { zh: '改变对接方式', en: 'Change the port' },
      from: 'connected',
      to: 'same',
      by: ['organiser'],
      aside: true,
      basis: reporting,
      input: Switch,
      check: (row: ConnectionRow, input, act) =>
        input.port === row.port
          ? refuse('port-unchanged', '已经是这种对接方式。', 'It is this port already.', 'port')
          : checkPort(row.system, input.port, act),
    }),
    end: on({
      label: { zh: '终止对接', en: 'End' },
      from: 'connected',
      to: 'ended',
      by: ['organiser'],
      aside: true,
      danger: true,
      basis: reporting,
      input: Reason,
      run: async (row: ConnectionRow, _input, act) => {
        await act.sql.query('select kernel.release_reservations($1)', [row.id]);
        return {};
      },
    }),
  },
});
