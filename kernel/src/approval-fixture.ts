import { z } from 'zod';
import { entity, type RecordRow } from './declare/entity.ts';
import { field, optional } from './declare/field.ts';
import { lifecycle, on } from './declare/lifecycle.ts';
import { refuse } from './problem.ts';

const Permit = entity('trial.permit', '许可', {
  fields: {
    name: field.text('名称'),
    amount: optional(field.integer('数量')),
  },
  title: (row) => row.name,
  purpose: { zh: '试验', en: 'trial' },
});
type PermitRow = RecordRow<typeof Permit>;

/** A procedure whose decision is signed twice, by nobody who checked, under a term that may run out meanwhile. */
export const permit = lifecycle(Permit, {
  editions: [{ name: '2020', basis: '试验办法', inForce: '2020-01-01' }],
  states: {
    drafted: '已起草',
    checked: '已核查',
    granted: { zh: '已准予', en: 'Granted', closed: true },
    lapsed: { zh: '已失效', en: 'Lapsed', closed: true },
  },
  readers: ['section-chief', 'bureau-head', 'organiser'],
  documents: { report: { zh: '核查报告', en: 'Report' } },
  actions: {
    draft: on({
      label: '起草',
      from: null,
      to: 'drafted',
      by: ['organiser'],
      basis: '第一条',
      input: z.strictObject({ name: field.text('名称') }),
    }),
    check: on({
      label: '核查',
      from: 'drafted',
      to: 'checked',
      by: ['organiser', 'section-chief'],
      basis: '第二条',
    }),
    grant: on({
      label: '准予',
      from: 'checked',
      to: 'granted',
      by: ['organiser'],
      basis: '第三条',
      numbers: '准',
      needs: ['report'],
      approval: ['section-chief', 'bureau-head'],
      notBy: [{ actions: ['check'], same: 'person' }],
      input: z.strictObject({ amount: field.integer('数量') }),
      check: (_row: PermitRow, input) => input.amount <= 100 || refuse('too-much', '数量过大。', 'Too much.', 'amount'),
    }),
    amend: on({
      label: '更正',
      from: 'checked',
      to: 'same',
      by: ['organiser'],
      aside: true,
      basis: '第四条',
      input: z.strictObject({ name: field.text('名称') }),
    }),
    lapse: on({ label: '失效', from: 'checked', to: 'lapsed', by: ['system'], basis: '第五条' }),
  },
  clocks: {
    validity: {
      label: '有效期',
      rule: { kind: 'within', unit: 'day', amount: 30, basis: '第五条' },
      starts: { at: ['check'] },
      stops: ['grant', 'lapse'],
      onExpiry: 'lapse',
    },
  },
});

export const permitTable = `create schema trial; grant usage on schema trial to hengjian_app;
  create table trial.permit (id uuid primary key, home smallint not null, office text not null, parties text[] not null, state text not null,
    name text not null, amount integer);
  select kernel.protect('trial.permit', 'trial.permit');`;
