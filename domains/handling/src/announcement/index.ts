export { announcementLifecycle } from './lifecycle.ts';
