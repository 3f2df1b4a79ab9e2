export { noticeLifecycle } from './lifecycle.ts';
export { type NoticeRow } from './entity.ts';
