export type { Act, Actor, Hand } from './act.ts';
export { approvalLifecycle } from './approval.ts';
export { type ClockRow, clockFromRow } from './clocks.ts';
export { type Claim, type Database, type Row, sqlBuilder, type Transaction } from './database/database.ts';
export { type MigrationFolder, migrate } from './database/migrate.ts';
export { openEmbedded } from './database/pglite.ts';
export { openPostgres } from './database/postgresql.ts';
export { entity, type RecordRow } from './declare/entity.ts';
export {
  describeFields,
  type FieldType,
  type FieldView,
  field,
  type Label,
  labelOf,
  optional,
} from './declare/field.ts';
export { type Action, inputFields, type Lifecycle, lifecycle, on, type Paper } from './declare/lifecycle.ts';
export { type Command, execute, type Outcome, rehearse, rowFromColumns } from './execute.ts';
export { type Flow, flow } from './flow.ts';
export { actorOf, grantsOf, type HeldGrant, machineActor } from './grant.ts';
export { ingest, ingestChildren } from './ingest.ts';
export { dayInChina, type FileStore, type Kernel, loadOffices, type Office } from './kernel.ts';
export { expireClocks, machines, retryParked, runFlows } from './machines.ts';
export { notFound, Problem, type Refusal, refuse, valueRefused } from './problem.ts';
export { disclose, type Publication } from './publish.ts';
export { type Query, query, type Reader } from './query.ts';
export { createRegister, type Register } from './register.ts';
export { createSealer, type Sealer } from './sealer.ts';
export { searchQuery } from './words.ts';
