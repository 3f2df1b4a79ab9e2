import { v7 as uuid } from 'uuid';
import type { Act, Actor, Hand } from './act.ts';
import type { Row } from './database/database.ts';
import type { Action, Lifecycle } from './declare/lifecycle.ts';
import type { Command, Held, Loaded, Work } from './execute.ts';
import { makeAct } from './handling.ts';
import type { Kernel } from './kernel.ts';
import { notYourOffice, Problem, type Refusal } from './problem.ts';

/** Where a new record belongs. `vouched`: another action's handler takes this one, so the role was checked there. */
export interface Place {
  office?: string;
  parent?: string;
  id?: string;
  vouched?: boolean;
}

/** Every check that stands between a command and its handler; returns the row to act on. */
export async function admit(
  work: Work,
  lifecycle: Lifecycle,
  action: Action,
  loaded: Loaded,
  input: Record<string, unknown>,
  hands: Hand[],
  place: Place = {},
): Promise<{ row: Held; act: Act }> {
  const { actor, command } = work;
  // Before anything is asked of the record: without one no party can be told.
  if (loaded.row === null && action.from !== null)
    throw new Problem(422, 'record-missing', '没有指明要办理的记录。', 'The command names no record.');
  const row = (loaded.row ?? newRow(work, lifecycle, place)) as Held;
  if (!place.vouched) checkRole(work, lifecycle, action, row);
  if (
    work.parts === 0 &&
    command.version !== undefined &&
    loaded.register !== null &&
    loaded.register.version !== command.version
  )
    throw new Problem(
      409,
      'version-conflict',
      '这条记录在您打开之后被改动过，请核对后再办。',
      'The record was changed after you opened it.',
    );
  checkState(lifecycle, action, loaded, row);
  checkSeparation(lifecycle, action, loaded, [{ person: actor.person, organisation: actor.organisation }, ...hands]);
  checkDocuments(lifecycle, action, loaded, work.parts === 0 ? command.documents : undefined);
  if (loaded.register?.sheet && !place.vouched && actor.kind === 'person')
    throw new Problem(
      409,
      'in-approval',
      '这条记录正在审批，审批结束前不能办理其他事项。',
      'The record is with an approval sheet; nothing else can be done until that ends.',
    );
  const act = makeAct(work, lifecycle, row, loaded, hands);
  accept(action.when?.(row as never));
  if (action.check) accept(await action.check(row as never, input as never, act));
  return { row, act };
}

function newRow(work: Work, lifecycle: Lifecycle, place: Place): Row {
  const { actor, command, kernel } = work;
  const code = place.office ?? (work.parts === 0 ? command.office : undefined) ?? actor.office;
  const office = code === null || code === undefined ? undefined : kernel.offices.get(code);
  if (office === undefined || !(place.vouched || actor.claim.writes.includes(office.code))) throw notYourOffice();
  if (office.closedOn !== null && actor.kind === 'person')
    throw new Problem(
      422,
      'office-closed',
      `“${office.label.zh}”已于${office.closedOn}撤销，不再登记新的记录。`,
      `${office.label.en} was closed on ${office.closedOn}; nothing new is entered there.`,
    );
  const row: Row = { id: place.id ?? uuid(), home: office.home, office: office.code, parties: [], state: '' };
  for (const { name } of lifecycle.entity.fields) row[name] = null;
  return row;
}

function checkRole(work: Work, lifecycle: Lifecycle, action: Action, row: Held): void {
  const { actor } = work;
  if (action.by.includes(actor.role) && mayWrite(actor, row.office as string)) return;
  if (actor.kind === 'machine' && action.by.includes('system')) return;
  for (const name of action.by) {
    const party = lifecycle.parties[name];
    if (party?.of(row as never).some((token) => token && actor.claim.parties.includes(token))) return;
  }
  throw new Problem(
    403,
    'not-your-role',
    `“${action.label.zh}”由${whoMay(work.kernel, lifecycle, action, 'zh').join('、')}办理。`,
    `"${action.label.en}" is done by: ${whoMay(work.kernel, lifecycle, action, 'en').join(', ')}.`,
  );
}

function mayWrite(actor: Actor, office: string): boolean {
  return actor.claim.writes.includes(office);
}

/** Those who may take an action, in words. */
export function whoMay(kernel: Kernel, lifecycle: Lifecycle, action: Action, language: 'zh' | 'en'): string[] {
  return action.by.map((name) =>
    name === 'system'
      ? { zh: '系统', en: 'the system' }[language]
      : (lifecycle.parties[name]?.label ?? kernel.register.roles[name] ?? { zh: name, en: name })[language],
  );
}

function checkState(lifecycle: Lifecycle, action: Action, loaded: Loaded, row: Row): void {
  if (loaded.row === null) return;
  if (action.from?.includes(row.state as string)) return;
  const state = lifecycle.states[row.state as string]!;
  throw new Problem(
    422,
    'not-allowed-now',
    `当前状态为“${state.zh}”，不能“${action.label.zh}”。`,
    `The state is "${state.en}"; "${action.label.en}" is not possible now.`,
  );
}

function checkSeparation(
  lifecycle: Lifecycle,
  action: Action,
  loaded: Loaded,
  acting: { person: string; organisation: string | null }[],
): void {
  for (const rule of action.notBy ?? [])
    for (const past of loaded.hands) {
      if (!rule.actions.includes(past.action)) continue;
      const earlier = [{ person: past.person, organisation: past.organisation }, ...(past.hands ?? [])];
      const clash = acting.some((now) =>
        earlier.some((then) =>
          rule.same === 'person'
            ? then.person === now.person
            : now.organisation !== null && then.organisation === now.organisation,
        ),
      );
      if (!clash) continue;
      const other = lifecycle.actions[past.action]!.label;
      const [zh, en] = rule.same === 'person' ? ['人', 'person'] : ['机构', 'organisation'];
      throw new Problem(
        403,
        'separation',
        `“${action.label.zh}”不得由办理过“${other.zh}”的同一${zh}办理。`,
        `"${action.label.en}" may not be done by the same ${en} as "${other.en}".`,
      );
    }
}

function checkDocuments(lifecycle: Lifecycle, action: Action, loaded: Loaded, coming: Command['documents'] = []): void {
  for (const { kind } of coming)
    if (!Object.hasOwn(lifecycle.documents, kind))
      throw new Problem(
        422,
        'unknown-document',
        `没有“${kind}”这种材料。`,
        `There is no document of the kind ${kind}.`,
      );
  const held = new Set([...loaded.held, ...coming.map(({ kind }) => kind), ...(action.papers ?? [])]);
  const missing = (action.needs ?? []).filter((kind) => !held.has(kind)).map((kind) => lifecycle.documents[kind]!);
  if (missing.length > 0)
    throw new Problem(
      422,
      'document-missing',
      `缺少材料：${missing.map(({ zh }) => `《${zh}》`).join('、')}。`,
      `Missing: ${missing.map(({ en }) => en).join(', ')}.`,
    );
}

function accept(verdict: true | Refusal | undefined): void {
  if (verdict === undefined || verdict === true) return;
  const { code, zh, en, path } = verdict;
  throw new Problem(422, code, zh, en, path === undefined ? [] : [{ path: `input.${path}`, code, zh, en }]);
}
