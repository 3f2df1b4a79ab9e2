import {
  type Actor,
  describeFields,
  type FieldView,
  inputFields,
  type Label,
  type Lifecycle,
  labelOf,
  type Register,
} from '@hengjian/kernel';
import { z } from 'zod';
import { offeredColumns, sortableColumns } from './columns.ts';

/** A lifecycle as the generic pages, the OpenAPI document and the CLI read it. */
export interface EntityView {
  name: string;
  domain: string;
  label: Label;
  purpose: Label;
  fields: FieldView[];
  states: Record<string, Label & { closed: boolean }>;
  actions: {
    name: string;
    label: Label;
    from: readonly string[];
    to: readonly string[];
    by: Label[];
    input: FieldView[];
    needs: readonly string[];
    papers: readonly string[];
    basis: string;
    approval: Label[] | null;
    danger: boolean;
    /** May the reader's post take it at all? */
    mine: boolean;
  }[];
  documents: Record<string, Label>;
  clocks: Record<string, { label: Label; basis: string }>;
  /** `columns` at first, `offered` altogether; `sorts` are the fields by which this reader may sort. */
  list: { columns: readonly string[]; offered: string[]; sorts: string[]; filters: string[] };
}

export function describeEntity(register: Register, lifecycle: Lifecycle, role: string | null): EntityView {
  const { entity } = lifecycle;
  const who = (name: string): Label =>
    name === 'system'
      ? { zh: '系统', en: 'System' }
      : (({ zh, en }) => ({ zh, en }))(lifecycle.parties[name]?.label ?? labelOf(register.roles[name] ?? name, name));
  return {
    name: entity.name,
    domain: entity.name.split('.')[0]!,
    label: entity.label,
    purpose: entity.purpose,
    fields: describeFields(z.object(entity.shape)),
    states: Object.fromEntries(
      Object.entries(lifecycle.states).map(([name, { zh, en, closed }]) => [name, { zh, en, closed }]),
    ),
    actions: Object.values(lifecycle.actions).map((action) => ({
      name: action.name,
      label: action.label,
      from: action.from ?? [],
      to: action.to,
      by: action.by.map(who),
      input: inputFields(action),
      needs: action.needs ?? [],
      papers: action.papers ?? [],
      basis: action.basis,
      approval: action.approval?.map(who) ?? null,
      danger: action.danger === true,
      mine:
        role !== null && (action.by.includes(role) || action.by.some((name) => Object.hasOwn(lifecycle.parties, name))),
    })),
    documents: Object.fromEntries(Object.entries(lifecycle.documents).map(([kind, { zh, en }]) => [kind, { zh, en }])),
    clocks: Object.fromEntries(
      Object.entries(lifecycle.clocks).map(([name, { label, rule }]) => [name, { label, basis: rule.basis }]),
    ),
    list: {
      columns: lifecycle.columns,
      offered: offeredColumns(lifecycle),
      sorts: [],
      filters: ['state', 'office', 'subject', 'q', 'open', 'overdue', 'mine'],
    },
  };
}

/** What the actor's post may read, or stands in as a party. */
export function describeFor(register: Register, actor: Actor): EntityView[] {
  return [...register.lifecycles.values()]
    .filter(({ readers, parties }) => readers.includes(actor.role) || Object.keys(parties).length > 0)
    .map((lifecycle) => {
      const view = describeEntity(register, lifecycle, actor.role);
      return { ...view, list: { ...view.list, sorts: sortableColumns(lifecycle, actor) } };
    });
}
