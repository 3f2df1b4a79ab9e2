import { foodNoticeLifecycle } from './notice-lifecycle.ts';
import { foodObjectionLifecycle } from './objection-lifecycle.ts';
import { retestBodyLifecycle } from './retest-body.ts';
import { foodRetestLifecycle } from './retest-lifecycle.ts';

/** What order 15 has otherwise than order 18: notices of failing results, retests, objections. */
export const foodLifecycles = [foodNoticeLifecycle, foodRetestLifecycle, foodObjectionLifecycle, retestBodyLifecycle];
