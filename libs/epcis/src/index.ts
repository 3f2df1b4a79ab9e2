export { eventsOf, vocabulariesOf } from './documents.ts';
export { documentHashes, type EventHashOptions, eventHash, isEventHash } from './hash/event-hash.ts';
export { validateJson } from './validation/validate.ts';
