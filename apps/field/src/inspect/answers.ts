import type { Gap } from '../act/act-page.tsx';
import { piecesOf } from '../capture.ts';
import type { Speech } from '../language.ts';
import type { Draft, Task, Values } from '../shapes.ts';

/** An item of a checklist as the visit carries it. */
export type Item = {
  key: string;
  group?: string | null;
  text: string;
  textEn?: string | null;
  clause?: string | null;
  kind: 'choice' | 'number' | 'text' | 'date';
  choices?: { value: string; label: string; labelEn?: string | null; outcome: Outcome }[] | null;
  least?: string | null;
  most?: string | null;
  severity: 'minor' | 'major' | 'critical';
  required: boolean;
  photo: boolean;
  hint?: string | null;
  when?: { item: string; is: boolean; value: string } | null;
};
export type Outcome = 'met' | 'not-met' | 'not-applicable';
export type Answer = { item: string; value: string; note?: string };
export type HazardLine = {
  item: string;
  description?: string;
  severity?: string;
  measures?: string;
  deadline?: string;
  owner?: string;
};

export const itemsOf = (task: Task): Item[] => (task.fields.items as Item[] | undefined) ?? [];
export const answersOf = (values: Values): Answer[] => (values.answers as Answer[] | undefined) ?? [];
export const hazardsOf = (values: Values): HazardLine[] => (values.hazards as HazardLine[] | undefined) ?? [];

/** The server decides; this is what the person sees before there is a network. */
export function outcomeOf(item: Item, value: string): Outcome | null {
  if (item.kind === 'choice') return item.choices?.find((choice) => choice.value === value)?.outcome ?? null;
  if (item.kind !== 'number') return value.trim() === '' ? null : 'met';
  if (!/^-?\d+(\.\d+)?$/.test(value)) return null;
  const number = Number(value);
  return (item.least && number < Number(item.least)) || (item.most && number > Number(item.most)) ? 'not-met' : 'met';
}

export function isAsked(item: Item, answers: readonly Answer[]): boolean {
  if (!item.when) return true;
  const { item: other, is, value } = item.when;
  return (answers.find((answer) => answer.item === other)?.value === value) === is;
}

export const nobodyThere = new Set(['closed', 'unreachable', 'uncooperative']);

/** What is missing on a record of a visit, as far as the device can tell. */
export function checklistGaps(task: Task, draft: Draft, today: string, t: Speech['t']): Gap[] {
  const { values } = draft;
  const answers = answersOf(values);
  const hazards = hazardsOf(values);
  const gaps: Gap[] = [];
  const gap = (path: string, text: string) => gaps.push({ path, text });
  if (((values.present as unknown[] | undefined) ?? []).length < 2) gap('present', t('inspect.two-officers'));
  if (values.signature !== 'signed' && !values.witness) gap('witness', t('inspect.unsigned'));
  const skipped = nobodyThere.has(String(values.result)) && answers.length === 0;
  if (skipped && !values.remark) gap('remark', t('inspect.account'));
  if (skipped) return gaps;
  const asked = itemsOf(task).filter((item) => isAsked(item, answers));
  for (const item of asked) {
    const answer = answers.find((one) => one.item === item.key);
    const outcome = answer === undefined ? null : outcomeOf(item, answer.value);
    const at = `item-${item.key}`;
    if (answer === undefined ? item.required : outcome === null) gap(at, `${item.text}：${t('sheet.missing')}`);
    if (outcome === 'not-met' && !answer?.note) gap(at, `${item.text}：${t('inspect.note')}`);
    if (outcome === 'not-met' && item.severity === 'critical' && !hazards.some((hazard) => hazard.item === item.key))
      gap(at, `${item.text}：${t('inspect.must-list')}`);
  }
  const answered = (key: string): boolean => answers.some(({ item }) => item === key);
  if (asked.some(({ key, photo }) => photo && answered(key)) && piecesOf(draft.chain, 'photos').length === 0)
    gap('piece-photos', t('inspect.photo'));
  for (const hazard of hazards) {
    const { description, severity, measures, deadline, owner } = hazard;
    if (!description || !severity || !measures || !owner || !deadline || deadline <= today)
      gap(`item-${hazard.item}`, t('inspect.hazard.incomplete'));
  }
  if (piecesOf(draft.chain, 'hazardPhotos').length < hazards.length)
    gap('piece-hazardPhotos', t('inspect.hazard.photo', { n: hazards.length }));
  return gaps;
}
