import type { ControlPlane } from '../ports/control-plane.ts';
import type { GuardrailChain } from '../ports/guardrail-chain.ts';
import type { RunContext } from '../ports/run-context.ts';
import type { TelemetryWindow } from '../ports/telemetry.ts';

/** Shows a telemetry window to the guardrails that watch, and carries out what they order, through the same doors as everybody's actions. */
export async function carryOutOrders(
  window: TelemetryWindow,
  deps: { readonly context: RunContext; readonly chain: GuardrailChain; readonly controlPlane: ControlPlane },
): Promise<void> {
  for (const { guardrail, order } of await deps.chain.watch(window)) {
    const outcome = await deps.controlPlane.request({
      stepId: null,
      door: 'runbook',
      verb: order.verb,
      resource: order.resource,
      params: order.params,
      actor: {
        id: guardrail,
        kind: 'guardrail',
        level: 'senior',
        roles: ['operator'],
        onBehalfOf: null,
        session: 'own',
      },
      task: 'Contain what telemetry shows',
      because: order.because,
      aiAssisted: false,
      evidence: [],
      changeRecord: null,
    });
    deps.context.journal.write({ type: 'containment', guardrail, order, result: outcome.status });
  }
}
