import { createHash } from 'node:crypto';
import { type Refusal, refuse } from '@hengjian/kernel';
import { canonicalJson } from '@hengjian/transparency';
import type { FailedItem, FinalConclusion, Seriousness } from '../task/items.ts';
import type { Channel } from '../task/sample-fields.ts';
import type { BatchRow, BulletinRow } from './entity.ts';

/** A task as the bulletin needs it, with the conclusion that holds now. */
export interface ReportedTask {
  id: string;
  number: string | null;
  state: string;
  conclusion: FinalConclusion | null;
  producerDenied: boolean;
  retested: boolean;
  enterprise: string;
  enterpriseCode: string | null;
  region: string;
  producer: string | null;
  producerCode: string | null;
  productName: string;
  trademark: string | null;
  model: string | null;
  batch: string | null;
  channel: Channel | null;
  laboratory: string;
  failedItems: FailedItem[] | null;
  seriousness: Seriousness | null;
}

const ended = new Set(['concluded', 'not-sampled', 'terminated', 'cancelled', 'test-stopped']);

/** Tasks that are under way; reserves that were never called are none. */
const openTasks = (tasks: readonly ReportedTask[]): ReportedTask[] => tasks.filter(({ state }) => !ended.has(state));

const sellerOnly = '标称生产者否认为其产品并经认定成立，本结果仅对销售者有效。';

function rowOf(task: ReportedTask): BatchRow {
  const denied = task.producerDenied;
  return {
    task: task.id,
    enterprise: task.enterprise,
    enterpriseCode: task.enterpriseCode,
    region: task.region,
    producer: denied ? null : task.producer,
    producerCode: denied ? null : task.producerCode,
    productName: task.productName,
    trademark: task.trademark!,
    model: task.model!,
    batch: task.batch!,
    channel: task.channel!,
    laboratory: task.laboratory,
    failedItems: task.conclusion === 'fails' ? (task.failedItems ?? []) : [],
    seriousness: task.conclusion === 'fails' ? (task.seriousness ?? 'ordinary') : 'none',
    retested: task.retested,
    note: denied ? sellerOnly : null,
  };
}

/** Both annexes and the counts from the tasks of a scheme, in the order of region, firm and number. Pure. */
export function compile(
  tasks: readonly ReportedTask[],
): Pick<BulletinRow, 'counts' | 'passing' | 'failing' | 'digest'> {
  const sorted = [...tasks].sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
  const concluded = sorted.filter(({ state }) => state === 'concluded');
  const withConclusion = (conclusion: FinalConclusion): ReportedTask[] =>
    concluded.filter((task) => task.conclusion === conclusion);
  const inState = (state: string): number => tasks.filter((task) => task.state === state).length;
  const passing = withConclusion('conforms').map(rowOf);
  const failing = withConclusion('fails').map(rowOf);
  const counts = {
    tasks: tasks.length,
    conforming: passing.length,
    failing: failing.length,
    voided: withConclusion('void').length,
    stopped: inState('test-stopped'),
    notSampled: inState('not-sampled'),
    terminated: inState('terminated'),
    cancelled: inState('cancelled'),
    open: openTasks(tasks).length,
  };
  const content = JSON.parse(JSON.stringify({ counts, passing, failing }));
  return { counts, passing, failing, digest: createHash('sha256').update(canonicalJson(content)).digest('hex') };
}

const orderOf = ({ region, enterprise, id }: ReportedTask): string => `${region}\n${enterprise}\n${id}`;

/** Every number adds up: each task is counted once, and each annex is as long as its count. */
export function addsUp({ counts, passing, failing }: Pick<BulletinRow, 'counts' | 'passing' | 'failing'>): boolean {
  const { tasks, ...parts } = counts;
  const sum = Object.values(parts).reduce((total, n) => total + n, 0);
  return sum === tasks && passing.length === counts.conforming && failing.length === counts.failing;
}

/** A bulletin speaks of the whole campaign: what is still open must be named, with the reason, and nothing else may be left out. */
export function checkLeftOut(tasks: readonly ReportedTask[], leftOut: readonly { task: string }[]): true | Refusal {
  const named = new Set(leftOut.map(({ task }) => task));
  const open = openTasks(tasks);
  const missing = open.filter(({ id }) => !named.has(id));
  if (missing.length > 0) {
    const numbers = missing
      .slice(0, 10)
      .map(({ number, enterprise }) => number ?? enterprise)
      .join('、');
    return refuse(
      'tasks-open',
      `还有 ${missing.length} 项任务没有办结（${numbers}${missing.length > 10 ? '等' : ''}），请办结或者逐项说明未纳入的原因。`,
      `${missing.length} tasks are still open: end them, or name each with its reason.`,
      'leftOut',
    );
  }
  return (
    open.length === named.size ||
    refuse(
      'not-open',
      '只能不纳入尚未办结的任务；已办结的结果一律公布。',
      'Only open tasks may be left out; every result that is final is published.',
      'leftOut',
    )
  );
}
