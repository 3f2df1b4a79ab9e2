export { type DemonstrationEnterprise, demonstrationEnterprises } from './enterprises.ts';
export { type DemonstrationLaboratory, demonstrationLaboratories } from './laboratories.ts';
export { type DemonstrationPerson, demonstrationPeople } from './people.ts';
export type { EnterpriseKind } from './words.ts';
