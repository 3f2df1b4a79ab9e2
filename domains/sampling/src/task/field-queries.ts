import { captureTimes, type EvidenceChain, type EvidenceFault, verifyChain } from '@hengjian/evidence';
import { dayInChina, field, type Label, query, type Refusal, refuse, rowFromColumns } from '@hengjian/kernel';
import { z } from 'zod';
import type { TaskRow } from './entity.ts';
import { taskLifecycle } from './lifecycle.ts';
import { checkSample } from './rules.ts';
import { SampleRecord } from './sample-fields.ts';
import { checkSixMonths } from './six-months.ts';

const taskInput = { task: field.reference('抽样任务', 'sampling.task', { en: 'Task' }) };

/**
 * Whether a sheet would stand, six months included, before anybody signs it: the very rules of the act. `sheet` is its content as JSON.
 * Answers `{ stands: true }`, or the refusal that the act would meet.
 */
export const sheetCheck = query({
  name: 'sampling.sheet-check',
  label: { zh: '抽样单预检', en: 'Would this sheet stand' },
  roles: ['sampler'],
  input: z.object({ ...taskInput, sheet: z.string().max(20_000) }),
  answer: async (
    { task, sheet },
    { actor, sql, kernel, today },
  ): Promise<{ stands: true } | ({ stands: false } & Refusal)> => {
    const [columns] = await sql.query('select * from sampling.task where id = $1', [task]);
    if (columns === undefined) return refused(refuse('not-found', '没有这项任务。', 'There is no such task.'));
    const row = rowFromColumns(taskLifecycle, columns) as unknown as TaskRow;
    const parsed = SampleRecord.safeParse(readJson(sheet));
    if (!parsed.success) {
      const path = parsed.error.issues[0]?.path.map(String).join('.');
      return refused(refuse('sheet-incomplete', '单子还没有填完整。', 'The sheet is not complete yet.', path));
    }
    const verdict = checkSample(row, parsed.data, actor, today);
    const stands =
      verdict === true ? await checkSixMonths(row, parsed.data, { sql, offices: kernel.offices }) : verdict;
    return stands === true ? { stands } : refused(stands);
  },
});

const refused = (refusal: Refusal): { stands: false } & Refusal => ({ stands: false, ...refusal });

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface KeptPiece {
  piece: number;
  kind: string;
  label: Label;
  /** By the server's clock. */
  at: string;
  day: string;
  place: { latitude: string; longitude: string; accuracy: string } | null;
  signer: string | null;
  sha256: string;
  /** The paper of the record that holds this very file; null when none does. */
  document: string | null;
}

/**
 * The evidence of a task, each chain verified again just now: against the task, link by link, and against the files that hang on the record.
 */
export const taskEvidence = query({
  name: 'sampling.task-evidence',
  label: { zh: '现场证据核验', en: 'Evidence of a task, verified again' },
  roles: ['planner', 'organiser', 'section-chief', 'bureau-head', 'auditor', 'sampler'],
  input: z.object(taskInput),
  answer: async ({ task }, { sql }) => {
    const events = await sql.query<{ action: string; recorded_at: string; capture: HandedIn }>(
      `select action, recorded_at, input -> 'capture' as capture from kernel.event
       where record = $1 and jsonb_typeof(input -> 'capture') = 'object' order by recorded_at, part`,
      [task],
    );
    const held = await sql.query<{ id: string; sha256: string; size: number | null }>(
      'select id, sha256, size from kernel.document where record = $1 and template is null',
      [task],
    );
    const byHash = new Map(held.map((document) => [document.sha256, document]));
    return {
      task,
      chains: events.map(({ action, recorded_at, capture: { chain, clock } }) => {
        const files = new Map(
          chain.links.flatMap(({ piece }) => {
            const document = byHash.get(piece.sha256);
            return document === undefined ? [] : [[piece.id, { sha256: document.sha256, size: Number(document.size) }]];
          }),
        );
        const fault: EvidenceFault | null = verifyChain(chain, task, files, null);
        const times = captureTimes(chain, clock);
        return {
          action,
          label: labelOfAction(action),
          recordedAt: recorded_at,
          device: chain.device,
          fault,
          pieces: chain.links.map(({ piece }, index): KeptPiece => {
            const { at } = times[index]!;
            return {
              piece: index + 1,
              kind: piece.kind,
              label: labelOfKind(piece.kind),
              at,
              day: dayInChina(at),
              place: piece.place,
              signer: piece.signer?.name ?? null,
              sha256: piece.sha256,
              document: byHash.get(piece.sha256)?.id ?? null,
            };
          }),
        };
      }),
    };
  },
});

interface HandedIn {
  chain: EvidenceChain;
  clock: { deviceAt: string; serverAt: string };
}

const labelOfAction = (name: string): Label => taskLifecycle.actions[name]!.label;

function labelOfKind(kind: string): Label {
  const known = taskLifecycle.documents[kind];
  return known === undefined ? { zh: kind, en: kind } : { zh: known.zh, en: known.en };
}
