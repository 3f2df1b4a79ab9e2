export {
  type Served,
  Service,
  ServiceWithConfirmation,
  ReturnWithConfirmation,
  serviceDocuments,
  serviceFields,
} from './service/fields.ts';
export { clauses as serviceClauses, publicNoticeRule, refuseReturn, serviceRule } from './service/rules.ts';
export { publicNoticeClock, reachingSteps, serviceSteps, servingSteps, withdrawPublicNotice } from './service/steps.ts';
