export { describeEntity, describeFor, type EntityView } from './declarations.ts';
export { type Inbox, readInbox } from './inbox.ts';
export { countRecords, listInput, type ListInput, listRecords, searchRecords } from './list.ts';
export { type Possibility, readRecord, type RecordPage } from './page.ts';
export { type RecordView, viewRecords } from './view.ts';
