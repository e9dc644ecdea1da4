import type { z } from 'zod';
import type { GuardrailDefinition } from '../ports/guardrail.ts';

// The package export `brakecheck/guardrail`: all that the author of a guardrail imports. `z` comes along, so that a
// module of one's own needs no dependency besides this one.
export { z } from 'zod';
export type {
  ActionRequest,
  Actor,
  ApprovalDemand,
  ApprovalFact,
  ChangeRecordFact,
  Constraints,
  Decision,
  Door,
  EvidenceFact,
  Footprint,
  GuardedAction,
  Level,
  Params,
  Remedy,
} from '../ports/action.ts';
export type {
  ContainmentOrder,
  GateRuling,
  GuardrailContext,
  GuardrailDefinition,
  GuardrailInstance,
  RaisedAlarm,
  RolloutGate,
  Tightening,
  WatchAnswer,
} from '../ports/guardrail.ts';
export type { CellTelemetry, RegionOrders, TelemetryWindow } from '../ports/telemetry.ts';

/** Identity helper: gives the definition its type. `create` receives the options as `options` has parsed them. */
export function defineGuardrail<Options extends z.ZodType>(
  definition: GuardrailDefinition<Options>,
): GuardrailDefinition<Options> {
  return definition;
}
