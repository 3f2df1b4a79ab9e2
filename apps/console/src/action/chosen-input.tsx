import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { RecordPage } from '../api.ts';
import { request } from '../http.ts';
import { useSpeech } from '../i18n/language.ts';
import { type Choice, Combobox } from '../kit/combobox.tsx';
import { isLabel } from '../record/value.ts';
import { recordQuery, useDeclarations } from '../session.ts';
import { type Choosing, nameFields, regionPrefix } from './choosing.ts';
import { useCodes } from './codes.ts';
import type { InputProperties } from './fields.tsx';
import { fieldId, type Values } from './form.ts';
import { peopleQuery, usePause, usePeople } from './people.ts';
import { useReferenceChoices } from './reference.ts';
import { useScope } from './scope.tsx';

/** Writes what goes with a choice into the fields beside it. */
export type Sibling = (values: Record<string, unknown>) => void;

export type ChosenProperties<From extends Choosing['from'] = Choosing['from']> = InputProperties & {
  choosing: Extract<Choosing, { from: From }>;
  onSiblings?: Sibling | undefined;
  /** Values of the fields beside it. */
  beside?: Values | undefined;
};

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** `samplers.0.` for `samplers.0.person`: empty at the top of a form. */
function prefixOf(path: string): string {
  return path.includes('.') ? path.replace(/[^.]+$/, '') : '';
}

function siblingNames(field: string, path: string, name: string): Record<string, string> {
  return Object.fromEntries(nameFields(field, prefixOf(path)).map((key) => [key, name]));
}

/** A name that was chosen earlier and is no longer offered is still shown. */
function withHeld(choices: Choice[], { value, beside, field, path }: ChosenProperties): Choice[] {
  const id = text(value);
  if (id === '' || choices.some((choice) => choice.id === id)) return choices;
  const name = nameFields(field.name, prefixOf(path))
    .map((key) => text(beside?.[key]))
    .find((held) => held !== '');
  return name === undefined ? choices : [{ id, text: name }, ...choices];
}

function One({
  choices,
  onSearch,
  onChoose,
  free,
  ...properties
}: ChosenProperties & {
  choices: Choice[];
  onSearch?: (text: string) => void;
  onChoose?: (id: string) => void;
  free?: boolean;
}) {
  const { say } = useSpeech();
  const { field, path, value, onChange, invalid, describedBy } = properties;
  return (
    <Combobox
      id={fieldId(path)}
      label={say(field.label)}
      // What was written freely is its own name.
      choices={free ? choices : withHeld(choices, properties)}
      value={text(value)}
      onChange={(id) => {
        onChange(id);
        if (id !== '') onChoose?.(id);
      }}
      {...(onSearch ? { onSearch } : {})}
      {...(free ? { free } : {})}
      invalid={invalid}
      describedBy={describedBy}
    />
  );
}

function PersonInput(properties: ChosenProperties<'people'>) {
  const { field, path, value, choosing, onSiblings } = properties;
  const { people, choices, search } = usePeople(choosing, text(value));
  const place = text(value) === '' ? undefined : choices.find((choice) => choice.id === value)?.detail;
  return (
    <>
      <One
        {...properties}
        choices={choices}
        onSearch={search}
        onChoose={(id) => {
          const chosen = people.find((one) => one.person === id);
          if (!chosen) return;
          const body =
            chosen.organisation && prefixOf(path) !== ''
              ? { organisation: chosen.organisation.id, organisationName: chosen.organisation.name }
              : {};
          onSiblings?.({ ...siblingNames(field.name, path, chosen.name), ...body });
        }}
      />
      {place && <p className="small soft">{place}</p>}
    </>
  );
}

/** Bodies with people in the given posts, by name. */
export function useBodies(roles: readonly string[]): Choice[] {
  const found = useQuery(peopleQuery({ roles: roles.join(','), limit: '200' }));
  const bodies = new Map((found.data ?? []).flatMap((one) => (one.organisation ? [[one.organisation.id, one]] : [])));
  return [...bodies.values()]
    .map((one) => ({ id: one.organisation?.id ?? '', text: one.organisation?.name ?? '' }))
    .sort((a, b) => a.text.localeCompare(b.text, 'zh'));
}

function BodyInput(properties: ChosenProperties<'bodies'>) {
  const { field, path, choosing, onSiblings } = properties;
  const choices = useBodies(choosing.roles);
  return (
    <One
      {...properties}
      choices={choices}
      onChoose={(id) => {
        const name = choices.find((choice) => choice.id === id)?.text;
        if (name) onSiblings?.(siblingNames(field.name, path, name));
      }}
    />
  );
}

const creditCode = /^[0-9A-HJ-NPQRTUWXY]{18}$/;

function OrganisationInput(properties: ChosenProperties<'organisations'>) {
  const { field, path, onSiblings } = properties;
  const { t } = useSpeech();
  const [typed, setTyped] = useState('');
  const text = usePause(typed.trim());
  const code = text.toUpperCase();
  const staffed = useQuery(peopleQuery({ limit: '200', ...(text === '' ? {} : { q: text }) }));
  const found = useQuery({
    queryKey: ['organisations', code],
    queryFn: ({ signal }) =>
      request<{ organisations: { id: string; name: string }[] }>(`/api/organisations?code=${code}`, { signal }),
    enabled: creditCode.test(code),
  });
  const known = (staffed.data ?? []).flatMap(({ organisation }) => (organisation ? [organisation] : []));
  const all = [...(found.data?.organisations ?? []), ...known];
  const choices = [...new Map(all.map(({ id, name }) => [id, { id, text: name }])).values()];
  return (
    <>
      <One
        {...properties}
        choices={choices}
        onSearch={setTyped}
        onChoose={(id) => {
          const name = choices.find((choice) => choice.id === id)?.text;
          if (name) onSiblings?.(siblingNames(field.name, path, name));
        }}
      />
      <p className="small soft">{t('organisations.by-code')}</p>
    </>
  );
}

function CodeInput(properties: ChosenProperties<'codes'>) {
  const { field, path, value, choosing, onSiblings } = properties;
  const { say } = useSpeech();
  const held = text(value);
  const { codes, choices, search } = useCodes(choosing.list, held ? [held] : [], held);
  return (
    <One
      {...properties}
      choices={choices}
      onSearch={search}
      free={choosing.free ?? false}
      onChoose={(code) => {
        const chosen = codes.find((one) => one.code === code);
        if (chosen) onSiblings?.(siblingNames(field.name, path, chosen.zh || say(chosen)));
      }}
    />
  );
}

function RecordInput(properties: ChosenProperties<'records'>) {
  const { field, path, value, choosing, onSiblings } = properties;
  const { rows, choices, search } = useReferenceChoices(choosing.entity, text(value), choosing.state);
  return (
    <One
      {...properties}
      choices={choices}
      onSearch={search}
      onChoose={(id) => {
        const chosen = rows.find((row) => row.id === id);
        if (!chosen) return;
        // A firm brings its credit code and region along, where the form asks for them.
        const { creditCode, region } = chosen.fields ?? {};
        const more = choosing.entity === 'subjects.enterprise' ? { code: creditCode, region } : {};
        const known = Object.entries(more).filter(([, held]) => typeof held === 'string');
        onSiblings?.({ ...siblingNames(field.name, path, chosen.title), ...Object.fromEntries(known) });
      }}
    />
  );
}

/** The rows of a list that stands elsewhere, as choices. */
export function useRows(choosing: Extract<Choosing, { from: 'rows' }>): Choice[] {
  const { values, known } = useScope();
  const { say } = useSpeech();
  const { of, list } = choosing;
  const target = typeof of === 'object' ? text(values[of.reference]) : '';
  const record = useQuery({ ...recordQuery(target), enabled: target !== '' });
  const source: Record<string, unknown> =
    of === 'form' ? values : of === 'record' ? known : ((record.data as RecordPage | undefined)?.fields ?? {});
  const rows = Array.isArray(source[list]) ? (source[list] as Record<string, unknown>[]) : [];
  const choices = rows.flatMap((row) => {
    const id = text(row[choosing.id]);
    const shown = row[choosing.text];
    return id === '' ? [] : [{ id, text: isLabel(shown) ? say(shown) : text(shown) || id }];
  });
  return [...new Map(choices.map((choice) => [choice.id, choice])).values()];
}

function RowInput(properties: ChosenProperties<'rows'>) {
  return <One {...properties} choices={useRows(properties.choosing)} />;
}

/** The choices that another field declares. */
export function useDeclaredChoices({ entity, field }: Extract<Choosing, { from: 'choices' }>): Choice[] {
  const { entities } = useDeclarations();
  const { say } = useSpeech();
  const declared = entities.find((one) => one.name === entity)?.fields.find((one) => one.name === field);
  return (declared?.choices ?? []).map(({ value, label }) => ({ id: value, text: say(label) }));
}

function DeclaredInput(properties: ChosenProperties<'choices'>) {
  return <One {...properties} choices={useDeclaredChoices(properties.choosing)} />;
}

function PostInput(properties: ChosenProperties<'posts'>) {
  const { roles } = useDeclarations();
  const { say } = useSpeech();
  return <One {...properties} choices={Object.entries(roles).map(([id, label]) => ({ id, text: say(label) }))} />;
}

/** One value, chosen from where the rules of choosing say. */
export function ChosenInput(properties: ChosenProperties) {
  const { choosing, ...rest } = properties;
  switch (choosing.from) {
    case 'people':
      return <PersonInput {...rest} choosing={choosing} />;
    case 'bodies':
      return <BodyInput {...rest} choosing={choosing} />;
    case 'organisations':
      return <OrganisationInput {...rest} choosing={choosing} />;
    case 'codes':
      return <CodeInput {...rest} choosing={choosing} />;
    case 'records':
      return <RecordInput {...rest} choosing={choosing} />;
    case 'rows':
      return <RowInput {...rest} choosing={choosing} />;
    case 'choices':
      return <DeclaredInput {...rest} choosing={choosing} />;
    case 'posts':
      return <PostInput {...rest} choosing={choosing} />;
  }
}

/** How a chosen code is kept. */
export function keptCode(choosing: Extract<Choosing, { from: 'codes' }>, code: string): string {
  return choosing.prefix ? regionPrefix(code) : code;
}
