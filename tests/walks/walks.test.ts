import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  approvalLifecycle,
  entity,
  field,
  type Lifecycle,
  lifecycle,
  on,
  optional,
  type RecordRow,
} from '@hengjian/kernel';
import { type TestKernel, testKernel } from '@hengjian/kernel/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { licence } from '../trials/licence.ts';
import { penaltyCase } from '../trials/penalty-case.ts';
import { createWalker, type Seen } from './walk.ts';

// Many small steps, each examined: seconds of processor time, minutes on a busy machine.
vi.setConfig({ testTimeout: 600_000 });

let kernel: TestKernel | undefined;
afterEach(async () => {
  await kernel?.close();
  kernel = undefined;
});

/** The tables that declarations without a migration of their own need. */
function tablesOf(lifecycles: readonly Lifecycle[]): string {
  const tables = lifecycles.map(({ entity: { name, table, fields } }) => {
    const columns = fields.map(({ column, meta }) => `${column} ${meta.column}`);
    return `create table ${table} (id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null, ${columns.join(', ')});
      select kernel.protect('${table}', '${name}');`;
  });
  return `create schema trial; grant usage on schema trial to hengjian_app; ${tables.join('\n')}`;
}

async function walked(lifecycles: Lifecycle[], steps: number): Promise<Seen> {
  const folder = mkdtempSync(join(tmpdir(), 'hengjian-'));
  writeFileSync(join(folder, '0001.sql'), tablesOf(lifecycles));
  kernel = await testKernel({ lifecycles, migrations: [{ name: 'trial', path: folder }] });
  const walker = await createWalker(kernel, 20_260_101);
  // Once more after the sheets, whose signatures lead further.
  for (const one of [...lifecycles, approvalLifecycle, ...lifecycles]) await walker.walk(one, steps);
  return walker.seen;
}

describe('a random walk', () => {
  it('takes the two trial procedures far without anything coming apart', async () => {
    const seen = await walked([licence, penaltyCase], 70);
    expect(seen.wrong).toEqual([]);
    expect([...seen.accepted.keys()].length).toBeGreaterThan(12);
    for (const code of ['not-allowed-now', 'not-your-role', 'invalid-input', 'not-found'])
      expect(seen.refused.get(code), code).toBeGreaterThan(0);
  });

  it('finds a handler that stumbles, one that goes behind the register, and a clock that is stopped by nobody', async () => {
    const Faulty = entity('trial.faulty', '缺陷', {
      fields: { name: field.text('名称'), count: optional(field.integer('数量')) },
      title: (row) => row.name,
      purpose: { zh: '试验', en: 'trial' },
    });
    type Row = RecordRow<typeof Faulty>;
    const faulty = lifecycle(Faulty, {
      editions: [{ name: '1', basis: '试验', inForce: '2000-01-01' }],
      states: { open: '开', shut: { zh: '关', en: 'Shut', closed: true } },
      readers: ['organiser'],
      actions: {
        start: on({
          label: '建',
          from: null,
          to: 'open',
          by: ['organiser'],
          basis: '试验',
          input: z.strictObject({ name: field.text('名称') }),
        }),
        stumble: on({
          label: '跌倒',
          from: 'open',
          to: 'same',
          by: ['organiser'],
          basis: '试验',
          run: (row: Row) => ({ name: (row as unknown as { none: { at: string } }).none.at }),
        }),
        goBehind: on({
          label: '绕过',
          from: 'open',
          to: 'same',
          by: ['organiser'],
          basis: '试验',
          run: async (row: Row, _input, act) => {
            await act.sql.query(`update kernel.clock set status = 'met' where record = $1 and status = 'running'`, [
              row.id,
            ]);
          },
        }),
        close: on({ label: '关', from: 'open', to: 'shut', by: ['organiser'], basis: '试验' }),
      },
      clocks: {
        term: {
          label: '期限',
          rule: { kind: 'within', unit: 'day', amount: 5, basis: '试验' },
          starts: { at: ['start'] },
          stops: ['close'],
        },
      },
    });
    const { wrong } = await walked([faulty], 20);
    expect(wrong.some((line) => /stumble by .* stumbled: Cannot read properties/.test(line))).toBe(true);
    expect(wrong.some((line) => /due on 2026-03-\d\d, by its clocks on no day/.test(line))).toBe(true);
  });
});
