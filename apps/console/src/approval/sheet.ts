/** Reading an approval sheet: who signs, what was said, and what the waiting command would change. */
import type { EntityView, FieldView, RecordPage } from '../api.ts';
import type { Speech } from '../i18n/language.ts';
import { plainValue } from '../record/value.ts';

export type SheetStep = { role: string; kind: string; person: string | null };
export type SheetOpinion = { name: string; role: string; decision: string; opinion: string | null; at: string };
export type Sheet = {
  target: string;
  targetEntity: string;
  targetAction: string;
  proposer: string;
  proposerName: string;
  command: Record<string, unknown>;
  steps: SheetStep[];
  step: number;
  opinions: SheetOpinion[];
};

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function list<T>(value: unknown): T[] {
  return Array.isArray(value) ? (value as T[]) : [];
}

/** The sheet inside a record page of kernel.approval. */
export function readSheet(page: RecordPage): Sheet {
  const { fields } = page;
  const command = fields.command;
  return {
    target: text(fields.target) || (page.parent?.id ?? ''),
    targetEntity: text(fields.targetEntity) || (page.parent?.entity ?? ''),
    targetAction: text(fields.targetAction),
    proposer: text(fields.proposer),
    proposerName: text(fields.proposerName),
    command: typeof command === 'object' && command !== null ? (command as Record<string, unknown>) : {},
    steps: list<SheetStep>(fields.steps),
    step: typeof fields.step === 'number' ? fields.step : 0,
    opinions: list<SheetOpinion>(fields.opinions),
  };
}

export type Difference = {
  name: string;
  label: string;
  field: FieldView | undefined;
  old: unknown;
  now: unknown;
  kind: 'new' | 'changed' | 'same';
};

/** Each value of the waiting command beside what the record holds today. */
export function differences(
  sheet: Sheet,
  target: RecordPage | undefined,
  entity: EntityView | undefined,
  speech: Speech,
): Difference[] {
  const action = entity?.actions.find((candidate) => candidate.name === sheet.targetAction);
  return Object.entries(sheet.command)
    .filter(([, now]) => now !== null && now !== undefined && now !== '')
    .map(([name, now]) => {
      const field =
        action?.input.find((candidate) => candidate.name === name) ??
        entity?.fields.find((candidate) => candidate.name === name);
      const old = target?.fields[name];
      const before = plainValue(old, field, speech);
      const after = plainValue(now, field, speech);
      const kind = before === '' ? ('new' as const) : before === after ? ('same' as const) : ('changed' as const);
      return { name, label: field ? speech.say(field.label) : name, field, old, now, kind };
    });
}
