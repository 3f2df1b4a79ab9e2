/** Who is signed in, under which grant, and what that grant may read: the two answers every page stands on. */
import { queryOptions, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import type { ActionView, Declarations, EntityView, FieldView, Inbox, Me, RecordPage } from './api.ts';
import { request } from './http.ts';

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => request<Me>('/api/me', { signal }),
  staleTime: 60_000,
});

/** Choices that stand once for all fields: offices for every office field, posts for whoever is asked to countersign. */
function withChoices(field: FieldView, { offices, roles }: Declarations, action: string): FieldView {
  if (field.item)
    return { ...field, item: field.item.map((inner) => withChoices(inner, { offices, roles, entities: [] }, action)) };
  if (field.type === 'office' && !field.choices) {
    return { ...field, choices: offices.map(({ code, label }) => ({ value: code, label })) };
  }
  if (action === 'countersign' && field.name === 'role') {
    return { ...field, choices: Object.entries(roles).map(([value, label]) => ({ value, label })) };
  }
  return field;
}

function completed(told: Declarations): Declarations {
  const entities = told.entities.map((entity) => ({
    ...entity,
    fields: entity.fields.map((field) => withChoices(field, told, '')),
    actions: entity.actions.map((action) => ({
      ...action,
      input: action.input.map((field) => withChoices(field, told, action.name)),
    })),
  }));
  return { ...told, entities };
}

export const declarationsQuery = queryOptions({
  queryKey: ['declarations'],
  queryFn: async ({ signal }) => completed(await request<Declarations>('/api/declarations', { signal })),
  staleTime: 600_000,
});

export const inboxQuery = queryOptions({
  queryKey: ['inbox'],
  queryFn: ({ signal }) => request<Inbox>('/api/inbox', { signal }),
  // Hints come by stream; this is for when it is cut.
  refetchInterval: 120_000,
});

export function recordQuery(id: string) {
  return queryOptions({
    queryKey: ['record', id],
    queryFn: ({ signal }) => request<RecordPage>(`/api/records/${encodeURIComponent(id)}`, { signal }),
  });
}

export function useMe(): Me {
  return useSuspenseQuery(meQuery).data;
}

export function useDeclarations(): Declarations {
  return useSuspenseQuery(declarationsQuery).data;
}

/** The declaration of one kind of record; undefined when the grant may not read it. */
export function useEntity(name: string | undefined): EntityView | undefined {
  return useDeclarations().entities.find((entity) => entity.name === name);
}

/** Such an action starts from the record that it is about, never from an empty page. */
export function needsTarget(action: ActionView): boolean {
  return action.input.some((field) => field.type === 'identifier' && field.name === 'target');
}

/** Imports begin with a file, on a page of their own. */
function byFile(entity: EntityView): boolean {
  return entity.name === 'subjects.import';
}

/** Actions by which the present post may bring a record of this kind into being. */
export function creatingActions(entity: EntityView): ActionView[] {
  return entity.actions.filter(
    (action) => action.from.length === 0 && action.mine && !needsTarget(action) && !byFile(entity),
  );
}

/** A named query of the server; its shape is the caller's to state. */
export function useNamedQuery<T>(name: string, parameters: Record<string, string>, enabled = true) {
  return useQuery({
    queryKey: ['query', name, parameters],
    queryFn: ({ signal }) => request<T>(`/api/queries/${name}?${new URLSearchParams(parameters)}`, { signal }),
    enabled,
  });
}

/** Changes the grant one acts under; everything seen before belongs to the other grant and is forgotten. */
export function useSwitchGrant(): (grant: string) => Promise<void> {
  const client = useQueryClient();
  return async (grant) => {
    const me = await request<Me>('/api/me/grant', { method: 'POST', body: { grant } });
    client.setQueryData(meQuery.queryKey, me);
    await client.resetQueries({ predicate: (query) => query.queryKey[0] !== 'me' });
  };
}
