export type { Answer, Block, Column, CurveBlock, CurvePosition, Fact, TableBlock, WorkedStep } from './answer.ts';
export { answerFor } from './check.ts';
export { type Clause, clauses } from './clauses.ts';
export type { Context } from './context.ts';
export {
  addressOf,
  type Choice,
  entryOf,
  type Field,
  type FieldProblem,
  type Outcome,
  type Tool,
  type Way,
  type Written,
  wayOf,
  words,
  work,
} from './form.ts';
export { type CheckOptions, type IdentifierKind, identifierKinds } from './identifier-kinds.ts';
export { both, type Label, type Text, textIn } from './label.ts';
export { roundTicks } from './numbers.ts';
export { findTool, tools } from './tools.ts';
