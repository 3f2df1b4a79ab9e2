export { authorityOf, findSuperior, isBelow } from './authority.ts';
export { grantLifecycle } from './grant.ts';
export { handoverLifecycle } from './handover.ts';
export { type Role, roles } from './roles.ts';
