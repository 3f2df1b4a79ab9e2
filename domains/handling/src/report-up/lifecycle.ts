import { type Act, field, lifecycle, on, type Refusal, refuse } from '@hengjian/kernel';
import { findSuperior } from '@hengjian/people';
import { z } from 'zod';
import { edition, o18, overseers } from '../clauses.ts';
import { ReportUp, type ReportUpRow, sendingShape } from './entity.ts';

const Reason = z.strictObject({ reason: field.longText('理由', { en: 'Why', max: 2000 }) });
const desk = ['organiser', 'section-chief', 'result-handler'];

const hasSuperior = (act: Act, code: string): boolean => findSuperior(act.offices, code) !== undefined;

const checkForward = (row: ReportUpRow, _input: unknown, act: Act): true | Refusal =>
  hasSuperior(act, row.office) ||
  refuse(
    'at-the-top',
    '本机关是省级市场监管部门，受理后由本机关公告。',
    'This is the province: accept it and announce.',
  );
const checkAccept = (row: ReportUpRow, _input: unknown, act: Act): true | Refusal =>
  !hasSuperior(act, row.office) || refuse('not-the-top', '请核实后转报上一级。', 'Forward it to the next level.');

/** The next level gets a report of its own, so that each level's day stands in the record. */
async function forward(row: ReportUpRow, _input: unknown, act: Act): Promise<Partial<ReportUpRow>> {
  const { loop, subjectId, subjectName, subjectCode, productName, model, batch, ground, failedItems, summary } = row;
  await act.create(
    'handling.report-up',
    'send',
    {
      loop,
      previous: row.id,
      fromOffice: row.office,
      origin: row.origin,
      organiser: row.organiser,
      ...{ subjectId, subjectName, subjectCode, productName, model, batch, ground, failedItems, summary },
    },
    { office: findSuperior(act.offices, row.office)!.code },
  );
  return { receivedOn: act.occurredOn };
}

/** A report that comes back goes down the way it came, to the county. */
async function returnIt(row: ReportUpRow, input: z.infer<typeof Reason>, act: Act): Promise<void> {
  await act.perform('handling.loop', row.loop, 'reportReturned', { reason: input.reason });
}

/** 逐级上报: sent to the next level, forwarded upward, accepted by the province, announced. */
export const reportUpLifecycle = lifecycle(ReportUp, {
  editions: [edition],
  states: {
    sent: { zh: '待受理', en: 'To be accepted' },
    accepted: { zh: '已受理，待公告', en: 'Accepted, to be announced' },
    forwarded: { zh: '已转报', en: 'Forwarded', closed: true },
    returned: { zh: '已退回', en: 'Returned', closed: true },
    announced: { zh: '已公告', en: 'Announced', closed: true },
    withdrawn: { zh: '已撤回', en: 'Withdrawn', closed: true },
  },
  readers: overseers,
  columns: ['fromOffice', 'subjectName', 'productName', 'ground'],
  parties: {
    below: {
      label: { zh: '上报和处理机关', en: 'Reporting and handling authorities' },
      of: (row) => [`office:${row.fromOffice}`, `office:${row.origin}`, `office:${row.organiser}`],
      sees: 'all',
      from: 'sent',
    },
  },
  actions: {
    send: on({
      label: { zh: '上报', en: 'Report' },
      from: null,
      to: 'sent',
      by: ['system'],
      basis: o18('第四十七条第二款'),
      input: z.strictObject(sendingShape),
    }),
    forward: on({
      label: { zh: '核实并转报', en: 'Verify and forward' },
      from: 'sent',
      to: 'forwarded',
      by: desk,
      basis: o18('第四十七条第二款'),
      check: checkForward,
      run: forward,
    }),
    accept: on({
      label: { zh: '受理', en: 'Accept' },
      from: 'sent',
      to: 'accepted',
      by: desk,
      basis: o18('第四十七条第二款'),
      check: checkAccept,
      run: (_row: ReportUpRow, _input, act) => ({ receivedOn: act.occurredOn }),
    }),
    returnIt: on({
      label: { zh: '退回', en: 'Return' },
      from: ['sent', 'accepted'],
      to: 'returned',
      by: desk,
      aside: true,
      basis: o18('第四十七条第二款'),
      input: Reason,
      run: returnIt,
    }),
    announce: on({
      label: { zh: '已公告', en: 'Announced' },
      from: 'accepted',
      to: 'announced',
      by: ['system'],
      basis: o18('第四十七条第二款'),
    }),
    withdraw: on({
      label: { zh: '撤回', en: 'Withdraw' },
      from: ['sent', 'accepted'],
      to: 'withdrawn',
      by: ['system'],
      basis: o18('第四十二条'),
      input: Reason,
    }),
  },
});
