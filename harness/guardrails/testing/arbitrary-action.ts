import fc from 'fast-check';
import { DOORS, type GuardedAction } from '../../ports/action.ts';

const text = fc.oneof(fc.string({ maxLength: 80 }), fc.string({ unit: 'binary', maxLength: 900 }));
const level = fc.constantFrom('junior', 'mid', 'senior');
const kind = fc.constantFrom('agent', 'person', 'automation', 'guardrail');
const session = fc.constantFrom('own', 'inherited', 'borrowed', 'break-glass');
const worldMs = fc.integer({ min: 0, max: 1_000_000_000 });
const cell = fc.constantFrom('pricing/na', 'pricing/eu', 'checkout/na', 'odd', '/');
const person = fc.oneof(fc.constantFrom('agent-1', 'person-1', 'person-2', 'person-3'), text);
const verb = fc.oneof(
  fc.constantFrom(
    'environment.describe',
    'environment.delete',
    'environment.restore',
    'plan.apply',
    'rollout.start',
    'rollout.rollback',
    'config.push',
    'database.execute',
    'pull-request.merge',
    'evidence.run',
  ),
  text,
);
const resource = fc.oneof(fc.constantFrom('pricing/na', 'staging:pricing/na', 'pricing/*', '*'), text);

const actor = fc.record({
  id: person,
  kind,
  level,
  roles: fc.array(text, { maxLength: 3 }),
  onBehalfOf: fc.option(person),
  session,
});

const footprint = fc.record({
  cells: fc.array(cell, { maxLength: 5 }),
  destructive: fc.boolean(),
  reversible: fc.boolean(),
  trafficShare: fc.double({ min: 0, max: 1, noNaN: true }),
  rollsOut: fc.boolean(),
  readOnly: fc.boolean(),
});

const facts = fc.record({
  evidence: fc.array(
    fc.record({
      id: text,
      kind: fc.constantFrom('unit-tests', 'load-run', 'dry-run', 'unknown'),
      state: fc.constantFrom('genuine', 'stale', 'forged'),
      passed: fc.boolean(),
      subject: fc.constantFrom('sha256:b', 'sha256:c'),
      recordedAtMs: worldMs,
    }),
    { maxLength: 5 },
  ),
  changeRecord: fc.option(
    fc.record({
      id: text,
      kind: fc.constantFrom('normal', 'standard', 'emergency'),
      describes: text,
      openedAtMs: worldMs,
      openedBy: person,
    }),
  ),
  approvals: fc.array(fc.record({ by: person, level, kind, session, grantedAtMs: worldMs }), {
    maxLength: 6,
  }),
});

/** Any action that the port's types admit, likely ones and odd ones. */
export const arbitraryAction: fc.Arbitrary<GuardedAction> = fc.record({
  id: text,
  door: fc.constantFrom(...DOORS),
  verb,
  resource,
  params: fc.dictionary(fc.string({ maxLength: 10 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 }),
  actor,
  task: text,
  because: text,
  aiAssisted: fc.boolean(),
  evidence: fc.array(text, { maxLength: 5 }),
  changeRecord: fc.option(text),
  hash: text,
  atMs: worldMs,
  environment: fc.oneof(fc.constantFrom('production', 'staging', 'scratch-1'), text),
  tier: fc.constantFrom(1, 2, 3),
  owner: text,
  tags: fc.array(text, { maxLength: 3 }),
  footprint,
  buildDigest: fc.option(fc.constantFrom('sha256:b', 'sha256:c')),
  facts,
});
