import { createContext } from 'react';
import type { RecordPage } from '../api.ts';

/** Titles of the records around the open one, so that a reference to one of them reads as its name. */
export const NearRecords = createContext<ReadonlyMap<string, string>>(new Map());

export function nearOf(page: RecordPage): ReadonlyMap<string, string> {
  const rows = [page.parent, page.approval, ...page.related, ...page.handovers].filter((row) => row !== null);
  const titles = new Map(Object.entries(page.titles));
  for (const row of rows) titles.set(row.id, row.title);
  if (page.subject) titles.set(page.subject.id, page.subject.name);
  return titles;
}
