export { referralLifecycle } from './lifecycle.ts';
