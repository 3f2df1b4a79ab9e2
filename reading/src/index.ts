export { columnsAsked, type Pointed } from './columns.ts';
export { describeEntity, describeFor, type EntityView } from './declarations.ts';
export { findDrift } from './drift.ts';
export { type Inbox, readInbox } from './inbox.ts';
export { countRecords, type ListInput, listInput, listRecords, searchRecords } from './list.ts';
export { type Possibility, type RecordPage, readRecord } from './page.ts';
export { type RecordView, registerColumns, viewRecords } from './view.ts';
