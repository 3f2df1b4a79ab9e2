export { grantLifecycle } from './grant.ts';
export { type Role, roles } from './roles.ts';
