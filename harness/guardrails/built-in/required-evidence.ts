import { z } from 'zod';
import type { Decision, EvidenceFact, GuardedAction, Remedy } from '../guardrail.ts';
import { defineGuardrail } from '../guardrail.ts';
import { changesProduction, putsBack } from './support/changes.ts';
import { tiers } from './support/options.ts';
import { quoted } from './support/quoted.ts';
import { coversVerb } from './support/verb-pattern.ts';

const kind = z.enum(['unit-tests', 'load-run', 'dry-run']);
type Kind = z.infer<typeof kind>;

const requirement = z.strictObject({
  verbs: z.array(z.string().min(1).max(64)).min(1).max(100).default(['*']).describe('Verbs it is about.'),
  builds: z.boolean().default(false).describe('Only actions that put a build in place.'),
  tiers,
  evidence: z.array(kind).max(3).default([]).describe('Kinds of evidence that must be there.'),
  changeRecord: z.boolean().default(false).describe('A change record must be named.'),
});

const REQUIREMENTS: z.input<typeof requirement>[] = [
  { builds: true, evidence: ['unit-tests', 'load-run'] },
  { verbs: ['plan.apply'], evidence: ['dry-run'] },
  { changeRecord: true },
];

/**
 * Asks for artefacts of things that really ran. What is claimed and was never recorded, what is of another build or too
 * old, and what did not pass are refused each for its own reason.
 */
export const requiredEvidence = defineGuardrail({
  name: 'required-evidence',
  summary: 'Production changes need evidence that passed (tests, a load run, a dry run) and a change record.',
  options: z.strictObject({
    requirements: z
      .array(requirement)
      .min(1)
      .max(50)
      .prefault(REQUIREMENTS)
      .describe('What is needed; every requirement that fits an action holds.'),
  }),
  tighten: {
    requirements: [REQUIREMENTS],
    'requirements.verbs': [['*']],
    'requirements.builds': 'down',
    'requirements.tiers': 'up',
    'requirements.evidence': 'up',
    'requirements.changeRecord': 'up',
  },
  create: ({ requirements }) => ({
    decide: action => {
      if (!changesProduction(action)) return { effect: 'allow', reason: 'it changes nothing in production' };
      const forged = action.facts.evidence.find(fact => fact.state === 'forged');
      if (forged !== undefined) {
        return {
          effect: 'deny',
          reason: `evidence ${quoted(forged.id)} is forged: nothing of that id was ever recorded`,
          remedies: [],
        };
      }
      const fitting = requirements.filter(
        ({ verbs, builds, tiers: ruled }) =>
          verbs.some(pattern => coversVerb(pattern, action.verb)) &&
          (!builds || action.buildDigest !== null) &&
          ruled.includes(action.tier),
      );
      // A roll-back puts an old build in place; asking for its load run would only prolong the outage.
      const kinds = putsBack(action) ? [] : fitting.flatMap(({ evidence }) => evidence);
      const needsRecord = fitting.some(({ changeRecord }) => changeRecord);
      return rule(action, [...new Set(kinds)], needsRecord);
    },
  }),
});

function rule(action: GuardedAction, kinds: readonly Kind[], needsRecord: boolean): Decision {
  const lacks: string[] = [];
  const remedies: Remedy[] = [];
  for (const wanted of kinds) {
    const lack = lackOf(wanted, action);
    if (lack === null) continue;
    lacks.push(lack.reason);
    if (lack.canBeObtained) remedies.push({ kind: 'evidence', of: wanted });
  }
  if (needsRecord && action.facts.changeRecord === null) {
    lacks.push('no change record is named');
    remedies.push({ kind: 'change-record', of: 'normal' });
  }
  if (lacks.length > 0) return { effect: 'deny', reason: lacks.join('; '), remedies };
  return {
    effect: 'allow',
    reason: kinds.length === 0 ? 'nothing more is needed' : 'the evidence is there and passed',
  };
}

function lackOf(
  wanted: Kind,
  { facts, buildDigest }: GuardedAction,
): { reason: string; canBeObtained: boolean } | null {
  const ofKind = facts.evidence.filter(fact => fact.kind === wanted);
  const genuine = ofKind.filter(fact => fact.state === 'genuine' && isOfBuild(fact, wanted, buildDigest));
  const newest = genuine.reduce<EvidenceFact | null>(
    (best, fact) => (best === null || fact.recordedAtMs >= best.recordedAtMs ? fact : best),
    null,
  );
  if (newest?.passed === true) return null;
  // The newest counts: running something until it passes once is no evidence. A failed run is not mended by another.
  if (newest !== null) return { reason: `${wanted} ${quoted(newest.id)} did not pass`, canBeObtained: false };
  const stale = ofKind[0];
  if (stale === undefined) return { reason: `evidence of kind ${wanted} is missing`, canBeObtained: true };
  return {
    reason: `${wanted} ${quoted(stale.id)} is stale: of another build, or too old`,
    canBeObtained: true,
  };
}

/** Tests and load runs speak of one build; a dry run speaks of a plan. */
function isOfBuild(fact: EvidenceFact, wanted: Kind, buildDigest: string | null): boolean {
  return wanted === 'dry-run' || buildDigest === null || fact.subject === buildDigest;
}
