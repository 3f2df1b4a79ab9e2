import { createCalendar, computeDeadline, explainDeadline, summarise, type ClockRule, type ClockUnit, type Extension, type Suspension } from '@hengjian/calendar';
import { Problem } from '@hengjian/kernel';
import {
  codeLetter,
  type CurveModel,
  type DecisionRule,
  findSinglePlan,
  type InspectionLevel,
  judge,
  operatingCharacteristic,
  parseLimit,
  type Severity,
  singlePlanForLot,
} from '@hengjian/statistics';
import type { Command as Program } from 'commander';
import { Option } from 'commander';
import { holidayYears } from '../../../../data/holidays/index.ts';
import type { Context } from '../context.ts';
import { UsageError } from '../failure.ts';
import { findKind, identifierKinds } from '../identifier-kinds.ts';
import { formatTable, type Terminal } from '../terminal.ts';
import { readWhole } from './work.ts';

/** `plan`, `judge`, `clock` and `check`: the libraries by hand; no installation is needed. */
export function addReckoningCommands(program: Program, { terminal }: Context): void {
  addPlan(program, terminal);
  addJudge(program, terminal);
  addClock(program, terminal);
  addCheck(program, terminal);
}
