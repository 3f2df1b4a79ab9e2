import type { AnyEpcisDocument, EpcisEvent, Vocabulary } from './model.ts';

/** The events of a document for capture or of a query's answer. */
export function eventsOf(document: AnyEpcisDocument): readonly EpcisEvent[] {
  return document.type === 'EPCISDocument'
    ? (document.epcisBody?.eventList ?? [])
    : (document.epcisBody?.queryResults?.resultsBody?.eventList ?? []);
}

/** The master data that a document carries. */
export function vocabulariesOf(document: AnyEpcisDocument): readonly Vocabulary[] {
  return document.type === 'EPCISDocument'
    ? (document.epcisHeader?.epcisMasterData?.vocabularyList ?? [])
    : (document.epcisBody?.queryResults?.resultsBody?.vocabularyList ?? []);
}
