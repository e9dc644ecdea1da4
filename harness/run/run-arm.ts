import type { Check } from '../../fixtures/retail/kit/service.ts';
import { runAgent } from '../agent/run-agent.ts';
import { createControlPlane } from '../control-plane/control-plane.ts';
import { createGuardrailChain, type GuestLoader } from '../guardrails/create-chain.ts';
import { type ArmStatus, JOURNAL_SCHEMA } from '../journal/events.ts';
import { createJournal, type LineSink } from '../journal/writer.ts';
import { messageOf } from '../kernel/errors.ts';
import { createRng } from '../kernel/rng.ts';
import type { Plan } from '../plan/plan.ts';
import type { GuardrailDefinition } from '../ports/guardrail.ts';
import type { RunContext } from '../ports/run-context.ts';
import type { Build } from '../ports/stack.ts';
import { withMoments } from './moments.ts';
import type { Stage, StageFactory } from './stage.ts';
import { startCompany } from './start-company.ts';

export interface ArmDeps {
  readonly tool: string;
  readonly sink: LineSink;
  readonly createStage: StageFactory;
  readonly builds: ReadonlyMap<string, Build & { readonly checks: readonly Check[] }>;
  readonly definitions: ReadonlyMap<string, GuardrailDefinition>;
  readonly guests: GuestLoader;
  readonly stopRequested: () => boolean;
  /** Told of world time as it passes, about once per hour of it. */
  readonly onProgress: (atMs: number) => void;
}

export interface FinishedArm {
  readonly status: ArmStatus;
  readonly reason: string;
}
