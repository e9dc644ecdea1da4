import type { GuardedAction } from '../../../ports/action.ts';
import { parseResource } from '../../../ports/resource.ts';

/** The values of an action that a map's placeholders name, by the paths of `MAP_PATHS`, besides `params`. */
export function mapValues(action: GuardedAction): ReadonlyMap<string, unknown> {
  const { actor, footprint, facts } = action;
  const resource = parseResource(action.resource);
  return new Map<string, unknown>([
    ...(
      [
        'id',
        'door',
        'verb',
        'params',
        'task',
        'because',
        'aiAssisted',
        'hash',
        'atMs',
        'buildDigest',
      ] as const
    ).map(key => [`action.${key}`, action[key]] as const),
    ...Object.entries(actor).map(([key, value]) => [`actor.${key}`, value] as const),
    ['resource.text', action.resource],
    ['resource.environment', action.environment],
    ['resource.service', resource?.service ?? action.resource],
    ['resource.region', resource?.region ?? '*'],
    ['resource.tier', action.tier],
    ['resource.owner', action.owner],
    ['resource.tags', action.tags],
    ...Object.entries(footprint).map(([key, value]) => [`footprint.${key}`, value] as const),
    // Some policy languages have no fractions.
    ['footprint.trafficPercent', Math.round(footprint.trafficShare * 100)],
    ['evidence', facts.evidence],
    ['passedEvidence', passedKinds(action)],
    ['changeRecord', facts.changeRecord],
    ['changeRecord.id', facts.changeRecord?.id],
    ['changeRecord.kind', facts.changeRecord?.kind],
    ['changeRecord.openedBy', facts.changeRecord?.openedBy],
    ['approvals', facts.approvals],
    ['approvals.count', facts.approvals.length],
    ['approvers', facts.approvals.map(({ by }) => by)],
    ['seniorApprovals.count', facts.approvals.filter(({ level }) => level === 'senior').length],
  ]);
}

/** Kinds of evidence that are genuine and passed, each once. */
function passedKinds(action: GuardedAction): readonly string[] {
  const passed = action.facts.evidence.filter(fact => fact.state === 'genuine' && fact.passed);
  return [...new Set(passed.map(({ kind }) => kind))];
}
