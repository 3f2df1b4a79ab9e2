export type { NoticeRow } from './entity.ts';
export { noticeLifecycle } from './lifecycle.ts';
